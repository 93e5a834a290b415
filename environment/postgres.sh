# shellcheck shell=bash
# A PostgreSQL cluster of our own: one for the demonstration, which is to last, and one for the tests,
# which trades safety for speed.

cluster_data() { echo "$LOCAL/postgres-$1/data"; }

# A socket's path is limited to 107 bytes by the system: a clone deep in the tree needs another place.
cluster_socket() {
    local dir=$LOCAL/postgres-$1/socket
    if [ ${#dir} -gt 90 ]; then dir=${TMPDIR:-/tmp}/inocoop-$1-$(fingerprint "$LOCAL"); fi
    echo "$dir"
}

# PostgreSQL refuses to be root: it is then the system's postgres user, which may have to pass through
# folders that are root's own, where the clone lies.
as_postgres() {
    # The server outlives the script, and must not keep the script's lock.
    if [ "$(id -u)" != 0 ]; then (close_lock && exec "$@"); return; fi
    local user=(setpriv --reuid=postgres --regid=postgres --clear-groups)
    if ! "${user[@]}" test -x "$LOCAL"; then
        user+=(--inh-caps=+dac_override --ambient-caps=+dac_override)
        "${user[@]}" test -x "$LOCAL" || fail "the postgres user can't reach $LOCAL." "Clone into a folder that others may enter."
    fi
    # Not from where the command was typed: postgres may not be able to read that folder.
    (close_lock && cd / && exec "${user[@]}" "$@")
}

# start_cluster NAME: a cluster that is there and answers. Survives a kill: PostgreSQL recovers by itself.
start_cluster() {
    local name=$1 data socket bin
    data=$(cluster_data "$name")
    socket=$(cluster_socket "$name")
    bin=$(postgres_bin)
    mkdir -p "$(dirname "$data")" "$socket"
    if [ ! -f "$LOCAL/postgres-$name/complete" ]; then
        step "Making the PostgreSQL cluster ($name)"
        rm -rf "$data"
        mkdir -p "$data"
        [ "$(id -u)" != 0 ] || chown postgres: "$(dirname "$data")" "$data" "$socket"
        chmod 700 "$data"
        logged "postgres-$name-init" as_postgres "$bin/initdb" --pgdata "$data" --username odoo --auth trust \
            --encoding UTF8 --locale C.UTF-8
        touch "$LOCAL/postgres-$name/complete"
    fi
    [ "$(id -u)" != 0 ] || chown postgres: "$socket"
    chmod 700 "$socket"
    export PGHOST=$socket PGPORT=5432 PGUSER=odoo PGDATABASE=postgres
    if "$bin/pg_isready" --quiet; then return; fi
    step "Starting PostgreSQL ($name)"
    # Members' rules are long conditions of which little is ever run: compiling them takes seconds, running them milliseconds.
    local options=(-c jit=off -c listen_addresses= -c "unix_socket_directories='$socket'" -c port=5432 -c max_connections=300 -c shared_buffers=256MB)
    # A test database is thrown away: it need not survive a power cut.
    [ "$name" != test ] || options+=(-c fsync=off -c synchronous_commit=off -c full_page_writes=off)
    local log=$LOCAL/postgres-$name/server.log
    logged "postgres-$name-start" as_postgres "$bin/pg_ctl" start --wait --pgdata "$data" --log "$log" --options "${options[*]}"
}

stop_cluster() {
    local data bin
    data=$(cluster_data "$1")
    bin=$(postgres_bin) || return 0
    [ -f "$data/postmaster.pid" ] || return 0
    as_postgres "$bin/pg_ctl" stop --wait --mode fast --pgdata "$data" >/dev/null 2>&1 || true
}
