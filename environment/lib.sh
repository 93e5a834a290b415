# shellcheck shell=bash
# What the scripts of this folder share: where things lie, and how they speak.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
ENVIRONMENT=$ROOT/environment
LOCAL=${INOCOOP_LOCAL:-$ROOT/.local}
LOGS=$LOCAL/logs
VENV=$LOCAL/venv
PYTHON=$VENV/bin/python
ADDON=inocoop_coop
DEMONSTRATION=inocoop

mkdir -p "$LOGS"

# step "What is being done": closes the previous step with the time it took.
STEP_STARTED=
step() {
    step_done
    printf '==> %s' "$1"
    STEP_STARTED=$(date +%s.%N)
}

step_done() {
    if [ -n "$STEP_STARTED" ]; then
        printf ' (%.1f s)\n' "$(awk -v a="$STEP_STARTED" -v b="$(date +%s.%N)" 'BEGIN {print b - a}')"
        STEP_STARTED=
    fi
}

say() {
    step_done
    printf '%s\n' "$@"
}

# fail "What is missing." "What to type."
fail() {
    [ -z "$STEP_STARTED" ] || { printf '\n'; STEP_STARTED=; }
    printf '\nStopped: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '    %s\n' "$@" >&2
    exit 1
}

# logged NAME COMMAND...: runs a command whose output only matters when it fails.
logged() {
    local log=$LOGS/$1.log
    shift
    "$@" >"$log" 2>&1 </dev/null && return
    [ -z "$STEP_STARTED" ] || { printf '\n'; STEP_STARTED=; }
    tail -n 40 "$log" >&2
    fail "this step failed; the end of its log is above." "The whole log: $log"
}

# only_one NAME: two of the same command would undo each other's work. The lock goes with the process.
only_one() {
    exec {LOCK}>"$LOCAL/$1.lock"
    flock --nonblock "$LOCK" || fail "\"make $1\" is already running in this folder." "Wait for it, or stop it with Ctrl-C."
}

# For what the script starts: the lock is the script's own.
close_lock() { [ -z "${LOCK:-}" ] || exec {LOCK}>&-; }

# A hash of files and of the other arguments' text.
fingerprint() {
    { for item in "$@"; do if [ -f "$item" ]; then cat "$item"; else printf '%s\n' "$item"; fi; done; } | sha256sum | cut -c1-12
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}
