#!/usr/bin/env bash
# make lint: all must be clean. (That every term is translated is a test: it needs a database.)
# shellcheck source=environment/prepare.sh
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

need_system run lint
need_odoo
LINT=$LOCAL/lint
KEY=$(fingerprint "$ENVIRONMENT/requirements-lint.txt" "$LINT")
if [ "$(cat "$LINT/complete" 2>/dev/null)" != "$KEY" ]; then
    step "Installing the linters"
    rm -rf "$LINT"
    logged lint-venv python3 -m venv "$LINT"
    logged lint-install "$PYTHON" -m uv pip install --python "$LINT/bin/python" --requirement "$ENVIRONMENT/requirements-lint.txt"
    echo "$KEY" >"$LINT/complete"
fi

cd "$ROOT"
STATUS=0
check() {
    step "$1"
    shift
    local out
    if ! out=$("$@" 2>&1); then
        printf '\n%s\n' "$out"
        STEP_STARTED=
        STATUS=1
    fi
}
mapfile -t ADDONS < <(find . -maxdepth 2 -name __manifest__.py -printf '%h\n' | sort)
mapfile -t SCRIPTS < <(find environment .ci -type f \( -name '*.sh' -o -name run -o -name inocoop-entrypoint \) | sort)
mapfile -t TRANSLATIONS < <(find "${ADDONS[@]}" -path '*/i18n/*' -name '*.po' | sort)
check "ruff" "$LINT/bin/python" -m ruff check --no-cache .
# A model that does not fit in a head is split over files, by what each is for: no reason to merge them again.
# (Said here, because the configuration file can only disable once, before it enables.)
check "pylint-odoo" env PYTHONPATH="$ODOO_PYTHONPATH" "$LINT/bin/python" -m pylint --rcfile=environment/pylintrc \
    --disable=consider-merging-classes-inherited "${ADDONS[@]}"
check "shellcheck" shellcheck --external-sources "${SCRIPTS[@]}"
check "XML" "$PYTHON" "$ENVIRONMENT/check_xml.py" "${ADDONS[@]}"
for translation in "${TRANSLATIONS[@]}"; do
    check "$translation" msgfmt --check --output-file=/dev/null "$translation"
    check "$translation: nothing fuzzy, nothing left in English" \
        "$PYTHON" "$ENVIRONMENT/check_translation.py" "$translation"
done
step_done
[ "$STATUS" = 0 ] && echo "All clean."
exit "$STATUS"
