#!/usr/bin/env bash
# make test: the whole suite, on copies of a template, in two processes side by side.
# shellcheck source=environment/prepare.sh
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

only_one test
MODULES=${MODULES:-}
EXTRA=
if [ -n "${EXTRA_ADDONS:-}" ]; then
    [ -d "$EXTRA_ADDONS" ] || fail "EXTRA_ADDONS=$EXTRA_ADDONS is not a folder." "make test EXTRA_ADDONS=dir MODULES=a,b"
    [ -n "$MODULES" ] || fail "EXTRA_ADDONS says where, but not which." "make test EXTRA_ADDONS=$EXTRA_ADDONS MODULES=a,b"
    EXTRA=$(cd "$EXTRA_ADDONS" && pwd)
fi

trap 'kill $(jobs -p) 2>/dev/null || true; stop_cluster test' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

need_system run test
need_odoo
start_cluster test
CONFIG=$(odoo_config test test "$EXTRA")
need_template "$CONFIG" test

RESULTS=$LOGS/test
rm -rf "$RESULTS"
mkdir -p "$RESULTS"

step "Installing the addon${MODULES:+ and $MODULES}"
copy_database "$TEMPLATE" test_base
if ! odoo --config "$CONFIG" --database test_base --init "$ADDON${MODULES:+,$MODULES}" --stop-after-init --no-http \
    >"$RESULTS/install.log" 2>&1 </dev/null; then
    step_done
    exec "$PYTHON" "$ENVIRONMENT/verdict.py" --crashed install "$RESULTS"/*.log
fi

# shard NAME TAGS: the installed modules' tests that carry these tags, on a copy of their own.
shard() {
    local database=test_$1
    copy_database test_base "$database"
    odoo --config "$CONFIG" --database "$database" --db-filter "^$database\$" --test-tags "$2" --stop-after-init \
        --http-port "$(free_port)" --gevent-port "$(free_port)" --screenshots "$RESULTS/screenshots" --max-cron-threads 0 \
        >"$RESULTS/$1.log" 2>&1 </dev/null || echo "$?" >"$RESULTS/$1.status"
}

step "Running the tests"
if [ -n "${TAGS:-}" ]; then
    # ":TestX" alone is a class of ours.
    [[ $TAGS != :* ]] || TAGS=/$ADDON$TAGS
    shard part "$TAGS"
else
    TESTED=("$ADDON")
    [ -z "$MODULES" ] || IFS=, read -r -a TESTED <<<"$ADDON,$MODULES"
    ORM='' BROWSER=''
    for module in "${TESTED[@]}"; do
        # What opens a browser or real connections waits a lot: it runs beside what computes.
        ORM+=/$module,
        BROWSER+=browser/$module,concurrency/$module,
    done
    shard orm "$ORM-browser" &
    shard browser "${BROWSER%,}" &
    "$PYTHON" -m unittest discover --start-directory "$ENVIRONMENT/tests" --verbose >"$RESULTS/environment.log" 2>&1 </dev/null || true
    wait
fi
step_done
"$PYTHON" "$ENVIRONMENT/verdict.py" "$RESULTS"/*.log
