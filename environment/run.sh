#!/usr/bin/env bash
# make run: from nothing to a cooperative in the browser.
# shellcheck source=environment/prepare.sh
. "$(dirname "${BASH_SOURCE[0]}")/prepare.sh"

PORT=${PORT:-8069}
HOST=${HOST:-127.0.0.1}
[[ $PORT =~ ^[0-9]+$ ]] && [ "$PORT" -le 65535 ] || fail "PORT=$PORT is not a port." "make run PORT=8070"
only_one run
# Asked before the long work, not after it.
port_is_free "$PORT" || fail "port $PORT is taken by another program." "make run PORT=$((PORT + 1))"

ODOO_PID=
stop_all() {
    trap - EXIT INT TERM HUP
    step_done
    if [ -n "$ODOO_PID" ] && kill -TERM "$ODOO_PID" 2>/dev/null; then
        wait "$ODOO_PID" 2>/dev/null || true
    fi
    stop_cluster run
    [ -z "$ODOO_PID" ] || echo "Stopped. \"make run\" starts it again in seconds."
}
trap stop_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

need_system run
need_odoo
start_cluster run
CONFIG=$(odoo_config run run)
need_demonstration "$CONFIG"
# Where what is printed finds how it looks.
psql --quiet --dbname "$DEMONSTRATION" \
    -c "UPDATE ir_config_parameter SET value = 'http://localhost:$PORT' WHERE key = 'web.base.url'"

step "Starting Odoo"
exec_odoo --config "$CONFIG" --database "$DEMONSTRATION" --db-filter "^$DEMONSTRATION\$" \
    --http-interface "$HOST" --http-port "$PORT" --gevent-port "$(free_port)" >"$LOGS/server.log" 2>&1 </dev/null &
ODOO_PID=$!
until "$PYTHON" "$ENVIRONMENT/answers.py" "$HOST" "$PORT"; do
    kill -0 "$ODOO_PID" 2>/dev/null || { tail -n 30 "$LOGS/server.log" >&2; ODOO_PID=; fail "Odoo did not start." "The whole log: $LOGS/server.log"; }
    sleep 0.2
done
say "" "A cooperative in its fourth month is open on http://localhost:$PORT" \
    "Log in with one of these; the password is the same word:" \
    "    admin         installs and configures" \
    "    manager       runs the programme, all its cohorts" \
    "    facilitator   is in charge of the cohort" \
    "    psychologist  follows its members" \
    "    accountant    keeps the host's books" \
    "    chair         a member, chairs the board" \
    "    treasurer     a member, in the finance committee" \
    "    member        a member" \
    "" "Log: $LOGS/server.log" "Ctrl-C stops everything."
wait "$ODOO_PID"
