# shellcheck shell=bash
# Databases: a template with all that ours depends on, and copies of it.
#
# Whatever takes long is built under a name that nobody uses, and gets its real name when it is whole:
# a kill in between leaves nothing that the next start trips over. A database's files are put in place
# before its name, so that the name means both.

has_database() { [ "$(psql -tAc "SELECT 1 FROM pg_database WHERE datname = '$1'")" = 1 ]; }

drop_database() {
    psql --quiet -c "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" 2>/dev/null
    rm -rf "${FILES:?}/$1"
}

copy_database() {
    drop_database "$2"
    mkdir -p "$FILES"
    # Links: Odoo never changes a stored file, it only adds and removes them.
    if [ -d "$FILES/$1" ]; then cp -al "$FILES/$1" "$FILES/$2"; fi
    psql --quiet -c "CREATE DATABASE \"$2\" TEMPLATE \"$1\""
}

rename_database() {
    rm -rf "${FILES:?}/$2"
    if [ -d "$FILES/$1" ]; then mv "$FILES/$1" "$FILES/$2"; fi
    psql --quiet -c "ALTER DATABASE \"$1\" RENAME TO \"$2\""
}

# What our addon depends on, and the companions that a cooperative in France uses beside it.
template_modules() {
    "$PYTHON" - "$ROOT/$ADDON/__manifest__.py" "$ENVIRONMENT/companions.txt" <<'PY'
import ast, sys
depends = ast.literal_eval(open(sys.argv[1], encoding='utf-8').read())['depends']
companions = [line.split('#')[0].strip() for line in open(sys.argv[2], encoding='utf-8')]
print(','.join([*depends, *filter(None, companions)]))
PY
}

# need_template CONFIG CLUSTER: sets TEMPLATE to a database with the dependencies installed.
need_template() {
    local config=$1 modules old
    FILES=$LOCAL/data-$2/filestore
    modules=$(template_modules)
    TEMPLATE=template_$(fingerprint "$ODOO_VERSION" "$ENVIRONMENT/requirements.lock" "$ENVIRONMENT/requirements-oca.txt" \
        "$ENVIRONMENT/set_up_books.py" "$modules")
    has_database "$TEMPLATE" && return
    step "Making the template database: Odoo in French (about 30 s)"
    drop_database template_building
    logged template-init odoo db --config "$config" init --language fr_FR --country FR template_building
    step "Installing into it what the addon depends on and its companions (about 90 s)"
    logged template-install odoo --config "$config" --database template_building --init "$modules" --stop-after-init --no-http
    logged template-books set_up_books "$config" template_building
    for old in $(psql -tAc "SELECT datname FROM pg_database WHERE datname ~ '^template_[0-9a-f]{12}$'"); do drop_database "$old"; done
    rename_database template_building "$TEMPLATE"
}

# What our addon is made of, tests aside.
addon_fingerprint() {
    find "$ROOT/$ADDON" -type f -not -path '*/__pycache__/*' -not -path '*/tests/*' -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12
}

# need_demonstration CONFIG: the database that `make run` serves.
need_demonstration() {
    local config=$1 stamp=$LOCAL/demonstration.fingerprint now
    now=$(addon_fingerprint)
    if has_database "$DEMONSTRATION"; then
        if [ "$(cat "$stamp" 2>/dev/null)" != "$now" ]; then
            step "The addon has changed: updating the database"
            logged demonstration-update odoo --config "$config" --database "$DEMONSTRATION" --update "$ADDON" --stop-after-init --no-http
            echo "$now" >"$stamp"
        fi
        return
    fi
    need_template "$config" run
    step "Installing the addon"
    copy_database "$TEMPLATE" demonstration_building
    logged demonstration-install odoo --config "$config" --database demonstration_building --init "$ADDON" --stop-after-init --no-http
    step "Loading the demonstration cohort"
    logged demonstration-load load_demonstration "$config" demonstration_building
    echo "$now" >"$stamp"
    rename_database demonstration_building "$DEMONSTRATION"
}

set_up_books() {
    odoo shell --config "$1" --database "$2" --no-http <"$ENVIRONMENT/set_up_books.py"
}

load_demonstration() {
    odoo shell --config "$1" --database "$2" --no-http < "$ENVIRONMENT/load_demonstration.py"
}
