#!/usr/bin/env bash
# make test: the whole suite, on copies of a template, in processes side by side.
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

# shard NAME DATABASE TAGS [OPTION...]: the tests with these tags, on a copy of that database.
shard() {
    local name=$1 database=test_$1 tags=$3
    copy_database "$2" "$database"
    shift 3
    odoo --config "$CONFIG" --database "$database" --db-filter "^$database\$" --test-tags "$tags" --stop-after-init \
        --http-port "$(free_port)" --gevent-port "$(free_port)" --screenshots "$RESULTS/screenshots" --max-cron-threads 0 \
        "$@" >"$RESULTS/$name.log" 2>&1 </dev/null || echo "$?" >"$RESULTS/$name.status"
}

INSTALLED=$ADDON${MODULES:+,$MODULES}
if [ -n "${TAGS:-}" ]; then
    step "Installing the addon${MODULES:+ and $MODULES}, and running the tests"
    # ":TestX" alone is a class of ours.
    [[ $TAGS != :* ]] || TAGS=/$ADDON$TAGS
    shard part "$TEMPLATE" "$TAGS" --init "$INSTALLED"
else
    IFS=, read -r -a TESTED <<<"$INSTALLED"
    INSTALL='' ORM='' BROWSER='' STORY=''
    for module in "${TESTED[@]}"; do
        # Ours wait for all to be installed; other people's may not, and only run while they are.
        INSTALL+=at_install/$module,
        ORM+=/$module,
        # What opens a browser or real connections waits a lot: it runs beside what computes. So does
        # what loads the demonstration, which takes as long as all the rest. The confinement test evens out.
        BROWSER+=browser/$module,concurrency/$module,confinement/$module,
        STORY+=demonstration/$module,
    done
    step "Installing the addon${MODULES:+ and $MODULES}"
    shard install "$TEMPLATE" "${INSTALL%,}" --init "$INSTALLED"
    if grep -q ' odoo.tests.result: ' "$RESULTS/install.log"; then
        step "Running the tests"
        shard orm test_install "$ORM-at_install,-browser,-confinement,-demonstration" &
        shard browser test_install "${BROWSER%,}" &
        shard demonstration test_install "${STORY%,}" &
        "$PYTHON" -m unittest discover --start-directory "$ENVIRONMENT/tests" --verbose >"$RESULTS/environment.log" 2>&1 </dev/null || true
        wait
    fi
fi
step_done
"$PYTHON" "$ENVIRONMENT/verdict.py" "$RESULTS"/*.log
