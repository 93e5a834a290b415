# shellcheck shell=bash
# Sourced by each command: everything but the databases.
# shellcheck source=environment/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=environment/system.sh
. "$ENVIRONMENT/system.sh"
# shellcheck source=environment/odoo.sh
. "$ENVIRONMENT/odoo.sh"
# shellcheck source=environment/postgres.sh
. "$ENVIRONMENT/postgres.sh"
# shellcheck source=environment/database.sh
. "$ENVIRONMENT/database.sh"
