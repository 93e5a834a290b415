# The commands of a developer. Each is a small script in environment/; what it makes lies in .local/.
.DEFAULT_GOAL := help
SHELL := /bin/bash
export PORT HOST ODOO_SOURCE TAGS EXTRA_ADDONS MODULES

.PHONY: help run test bench shell lint i18n access docker clean

help: ## Say what can be done here
	@grep -E '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9]+):.*## /\1|/' | while IFS='|' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done
	@echo
	@echo '  PORT=8069 HOST=127.0.0.1     where "make run" serves'
	@echo '  TAGS=:TestMandate            the part of the suite that "make test" runs'
	@echo '  EXTRA_ADDONS=dir MODULES=a,b other addons, tested on top of ours'
	@echo '  ODOO_SOURCE=dir              an Odoo 19 source tree instead of the Debian package'

run: ## Install what is missing, make the demonstration database, serve it (Ctrl-C stops everything)
	@environment/run.sh

test: ## Run the whole suite, browser tours included
	@environment/test.sh

bench: ## Measure what the addon costs, against plain Odoo in the same run
	@environment/bench.sh

shell: ## Open an Odoo shell on the demonstration database
	@environment/shell.sh

lint: ## Check the code: ruff, pylint-odoo, shell, XML and translations
	@environment/lint.sh

i18n: ## Export the terms to translate and bring the French file up to date
	@environment/i18n.sh

access: ## Write docs/access.md from the table of who may do what
	@python3 environment/access_table.py

docker: ## Start the same demonstration with Docker
	@environment/docker/start.sh

clean: ## Stop what runs here and remove all that was made
	@environment/clean.sh
