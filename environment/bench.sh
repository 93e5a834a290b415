#!/usr/bin/env bash
# make bench: what the addon costs, against plain Odoo on the same machine in the same run.
# shellcheck source=environment/prepare.sh
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

only_one test
trap 'stop_cluster test' EXIT

need_system run test
need_odoo
start_cluster test
CONFIG=$(odoo_config test test "")
need_template "$CONFIG" test

# measure DATABASE SCRIPT: runs a script of bench/ in an Odoo shell, which commits nothing; its figures are on the last line.
measure() {
    odoo shell --config "$CONFIG" --database "$1" --no-http --log-level error <"$ROOT/bench/$2" 2>>"$LOGS/bench.log" | tail -n 1
}

: >"$LOGS/bench.log"
step "Making two databases: plain Odoo, and Odoo with the addon"
copy_database "$TEMPLATE" bench_plain
copy_database "$TEMPLATE" bench_coop
logged bench-install odoo --config "$CONFIG" --database bench_coop --init "$ADDON" --stop-after-init --no-http
RESULTS=$LOGS/bench
rm -rf "$RESULTS"
mkdir -p "$RESULTS"
# In turns: what else the machine does falls on both.
for turn in 1 2 3; do
    for database in plain coop; do
        step "Measuring ($database, $turn of 3)"
        measure "bench_$database" documents.py >"$RESULTS/$database-$turn.json"
    done
done
step "Measuring a share of 15 members over 100,000 lines"
measure bench_coop share.py >"$RESULTS/share.json"
step_done
drop_database bench_plain
drop_database bench_coop
"$PYTHON" "$ROOT/bench/compare.py" "$RESULTS"
