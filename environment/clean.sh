#!/usr/bin/env bash
# make clean: stop what runs from this folder and remove all that was made.
# shellcheck source=environment/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=environment/system.sh
. "$ENVIRONMENT/system.sh"
# shellcheck source=environment/postgres.sh
. "$ENVIRONMENT/postgres.sh"

for name in run test; do
    # A server of ours has our folder in its command line.
    pkill -TERM -f -- "--config $LOCAL/$name" 2>/dev/null || true
    stop_cluster "$name"
    rm -rf "$(cluster_socket "$name")"
done
rm -rf "$LOCAL"
echo "Removed $LOCAL."
