# shellcheck shell=bash
# The programs that come from the system's own packages.

postgres_bin() {
    local candidate
    for candidate in "$(pg_config --bindir 2>/dev/null || true)" $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV); do
        # The 0 is said: in a trap, a bare return would repeat the status of what the trap interrupted.
        [ -x "$candidate/initdb" ] && [ -x "$candidate/postgres" ] && { echo "$candidate"; return 0; }
    done
    return 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# need_system WHAT...: WHAT is run, test or lint. Installs what is missing, or says how to.
need_system() {
    local missing=() part
    for part in "$@"; do
        case $part in
        run)
            postgres_bin >/dev/null || missing+=(postgresql)
            python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
            has wkhtmltopdf || missing+=(wkhtmltopdf)
            has fc-list && [ -n "$(fc-list 2>/dev/null | head -n 1)" ] || missing+=(fontconfig fonts-dejavu-core)
            [ -e /etc/ssl/certs/ca-certificates.crt ] || missing+=(ca-certificates)
            ;;
        test)
            has chromium || has google-chrome || missing+=(chromium)
            has docker-compose || docker compose version >/dev/null 2>&1 || missing+=(docker-compose)
            ;;
        lint)
            has shellcheck || missing+=(shellcheck)
            has msgfmt || missing+=(gettext)
            ;;
        esac
    done
    [ ${#missing[@]} -gt 0 ] || return 0

    local command="apt-get install --no-install-recommends ${missing[*]}"
    has apt-get || fail "these programs are missing, and there is no apt to install them: ${missing[*]}." \
        "Install what your system calls them, then start again."
    if [ "$(id -u)" != 0 ] && ! has sudo; then
        fail "these packages are missing and only root can install them: ${missing[*]}." "As root: $command"
    fi
    step "Installing from the system's packages: ${missing[*]}"
    logged apt-update as_root apt-get update
    logged apt-install as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
}

# A port that nobody listens on now.
port_is_free() {
    ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

free_port() {
    python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
