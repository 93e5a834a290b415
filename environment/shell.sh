#!/usr/bin/env bash
# make shell: an Odoo shell on the demonstration database, beside a server that runs or without one.
# shellcheck source=environment/prepare.sh
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

need_system run
need_odoo
start_cluster run
CONFIG=$(odoo_config shell run)
need_demonstration "$CONFIG"
step_done
STATUS=0
odoo shell --config "$CONFIG" --database "$DEMONSTRATION" --no-http || STATUS=$?
# The cluster belongs to a server that runs; without one, nothing is left behind.
if flock --nonblock "$LOCAL/run.lock" true; then stop_cluster run; fi
exit "$STATUS"
