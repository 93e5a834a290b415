#!/usr/bin/env bash
# make clean: stop what runs from this folder and remove all that was made.
# shellcheck source=environment/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=environment/system.sh
. "$ENVIRONMENT/system.sh"
# shellcheck source=environment/postgres.sh
. "$ENVIRONMENT/postgres.sh"

# An Odoo of ours has a configuration file of this folder in its command line.
OURS="--config $(printf '%s' "$LOCAL" | sed 's/[][\.*^$+?(){}|]/\\&/g')/[a-z0-9]+\.conf( |\$)"
if pkill -TERM -f -- "$OURS"; then
    # One that is still ending would write into the folder that is being removed.
    for _ in {1..50}; do
        pgrep -f -- "$OURS" >/dev/null || break
        sleep 0.2
    done
    pkill -KILL -f -- "$OURS" || true
fi
for name in run test; do
    stop_cluster "$name"
    rm -rf "$(cluster_socket "$name")"
done
rm -rf "$LOCAL"
echo "Removed $LOCAL."
