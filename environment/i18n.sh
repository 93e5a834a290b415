#!/usr/bin/env bash
# make i18n: the terms as the source has them now, and the French file with the new ones to fill in.
# shellcheck source=environment/prepare.sh
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

only_one test
trap 'stop_cluster test' EXIT
need_system run lint
need_odoo
start_cluster test
CONFIG=$(odoo_config test test)
need_template "$CONFIG" test
step "Installing the addon"
copy_database "$TEMPLATE" test_i18n
logged i18n-install odoo --config "$CONFIG" --database test_i18n --init "$ADDON" --stop-after-init --no-http
step "Exporting the terms"
POT=$ROOT/$ADDON/i18n/$ADDON.pot
PO=$ROOT/$ADDON/i18n/fr.po
logged i18n-export odoo i18n export --config "$CONFIG" --database test_i18n --languages pot --output "$POT" "$ADDON"
drop_database test_i18n
"$PYTHON" "$ENVIRONMENT/own_terms.py" "$POT"
# Dates would make each export a change.
sed -i '/^"\(POT-Creation-Date\|PO-Revision-Date\):/d' "$POT"
[ -f "$PO" ] || msginit --no-translator --locale fr --input "$POT" --output-file "$PO"
msgmerge --quiet --no-fuzzy-matching --no-wrap --backup=none --update "$PO" "$POT"
msgattrib --no-obsolete --no-wrap --output-file "$PO" "$PO"
step_done
echo "To translate: $(msgattrib --untranslated "$PO" | grep -c '^msgid "." *\|^msgid "[^"]' || true) terms in $PO"
