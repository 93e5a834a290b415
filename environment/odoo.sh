# shellcheck shell=bash
# Odoo 19 itself, and the Python packages it runs with.
#
# Odoo is not on PyPI. Debian's unstable suite has it as an architecture-independent package, which is
# unpacked into a private folder: nothing of unstable is installed in the system.

ODOO=$LOCAL/odoo
# Debian replaced some bundled files by links to packages of its own; these hold what the links point to.
UNSTABLE_PACKAGES=(odoo-19 fonts-glyphicons-halflings fonts-montserrat fonts-ocr-b fonts-roboto-unhinted)
# From the system's own suite: the newer Font Awesome has other file names.
STABLE_PACKAGES=(fonts-font-awesome fonts-inconsolata libjs-jquery libjs-jquery-form libjs-underscore)
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg

need_odoo() {
    if [ -n "${ODOO_SOURCE:-}" ]; then
        [ -f "$ODOO_SOURCE/odoo/release.py" ] && [ -d "$ODOO_SOURCE/addons" ] || fail \
            "ODOO_SOURCE=$ODOO_SOURCE is not an Odoo source tree: it has no odoo/release.py or no addons folder." \
            "Give the folder of a checkout of Odoo 19."
        ODOO_PYTHONPATH=$(cd "$ODOO_SOURCE" && pwd)
        ODOO_ADDONS=$ODOO_PYTHONPATH/addons,$ODOO_PYTHONPATH/odoo/addons
        ODOO_VERSION=$(fingerprint "$ODOO_PYTHONPATH/odoo/release.py" "$ODOO_PYTHONPATH")
    else
        [ -f "$ODOO/complete" ] || fetch_odoo
        ODOO_PYTHONPATH=$ODOO/usr/lib/python3/dist-packages
        ODOO_ADDONS=$ODOO_PYTHONPATH/odoo/addons
        ODOO_VERSION=$(cat "$ODOO/complete")
    fi
    need_python
    printf '%s\n' "$ODOO_PYTHONPATH" >"$("$PYTHON" -c 'import site; print(site.getsitepackages()[0])')/odoo-tree.pth"
}

fetch_odoo() {
    local hint="Or give an Odoo 19 source tree: make run ODOO_SOURCE=/path/to/odoo"
    has apt-get && has dpkg-deb || fail "Odoo 19 is taken from Debian's packages, and this system has no apt." "$hint"

    step "Fetching Odoo 19 from Debian's unstable suite (about 130 MB)"
    local apt=$LOCAL/apt mirror suite
    # The mirror this system already uses, and the key it trusts for it.
    # shellcheck disable=SC2016 # apt's own variables
    mirror=$(apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        awk -F'|' '$1 == "Debian" && $2 == "Debian" {print $3; exit}')
    # shellcheck source=/dev/null
    suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-}")
    if [ -z "$mirror" ] && [ -f "$KEYRING" ]; then
        # Lists never fetched yet: the sources say it too.
        mirror=$(sed -nE 's/^(URIs:|deb)( +\[[^]]*\])? +(https?:[^ ]*\/debian\/?)( .*)?$/\3/p' \
            /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null | head -n 1)
    fi
    [ -n "$mirror" ] && [ -n "$suite" ] || fail "this system's apt names no Debian mirror." "$hint"
    [ -f "$KEYRING" ] || fail "Debian's archive keyring is missing." "apt-get install debian-archive-keyring" "$hint"
    rm -rf "$apt"
    mkdir -p "$apt"/{parts,state/lists/partial,cache/archives/partial,packages}
    printf "deb [signed-by=$KEYRING] %s %s main\n" "$mirror" unstable "$mirror" "$suite" >"$apt/sources.list"
    cat >"$apt/apt.conf" <<CONF
Dir::Etc::sourcelist "$apt/sources.list";
Dir::Etc::sourceparts "$apt/parts";
Dir::State "$apt/state";
Dir::State::status "/var/lib/dpkg/status";
Dir::Cache "$apt/cache";
Acquire::Languages "none";
APT::Sandbox::User "";
CONF
    if ! download_odoo "$apt" "$suite" >"$LOGS/odoo-fetch.log" 2>&1; then
        tail -n 5 "$LOGS/odoo-fetch.log" >&2
        fail "the package odoo-19 can't be had from $mirror." "$hint"
    fi

    step "Unpacking it"
    rm -rf "$ODOO" "$ODOO.partial"
    mkdir -p "$ODOO.partial"
    local package
    for package in "$apt"/packages/*.deb; do dpkg-deb -x "$package" "$ODOO.partial"; done
    local segmentation=$ODOO.partial/usr/lib/python3/dist-packages/odoo/addons/mail/static/lib/selfie_segmentation
    mkdir -p "$segmentation"
    [ -e "$segmentation/selfie_segmentation.js" ] || cat >"$segmentation/selfie_segmentation.js" <<'JS'
// Debian's package leaves this library out, and every page would log its absence as an error.
// What is lost is the blurring of the background in video calls.
JS
    local dangling
    dangling=$(find "$ODOO.partial" -xtype l | head -n 3)
    [ -z "$dangling" ] || fail "Debian's package has changed: it links to files that are in none of the packages fetched." \
        "$dangling" "$hint"
    dpkg-deb -f "$apt"/packages/odoo-19_*.deb Version >"$ODOO.partial/complete"
    rm -rf "$apt"
    # From here on it is whole; a kill before this line only costs the time.
    mv "$ODOO.partial" "$ODOO"
}

download_odoo() {
    export APT_CONFIG=$1/apt.conf
    apt-get update && cd "$1/packages" &&
        apt-get download "${UNSTABLE_PACKAGES[@]/%//unstable}" "${STABLE_PACKAGES[@]/%//$2}"
    local status=$?
    unset APT_CONFIG
    cd "$ROOT" || return
    return "$status"
}

need_python() {
    local key
    key=$(fingerprint "$ENVIRONMENT/requirements.lock" "$ENVIRONMENT/requirements-oca.txt" "$VENV")
    [ "$(cat "$VENV/complete" 2>/dev/null)" != "$key" ] || return 0
    step "Installing the Python packages"
    rm -rf "$VENV"
    logged python-venv python3 -m venv "$VENV"
    logged python-uv "$PYTHON" -m pip install --quiet uv==0.13.9
    logged python-requirements "$PYTHON" -m uv pip install --python "$PYTHON" --requirement "$ENVIRONMENT/requirements.lock"
    # Without their dependencies: these are Odoo, which is not on PyPI, and each other.
    logged python-oca "$PYTHON" -m uv pip install --python "$PYTHON" --no-deps --requirement "$ENVIRONMENT/requirements-oca.txt"
    echo "$key" >"$VENV/complete"
}

# odoo_config NAME CLUSTER [ADDONS]: writes the configuration file and prints its name.
odoo_config() {
    local file=$LOCAL/$1.conf
    cat >"$file" <<CONF
[options]
addons_path = $ODOO_ADDONS,$ROOT${3:+,$3}
data_dir = $LOCAL/data-$2
db_host = $(cluster_socket "$2")
db_port = 5432
db_user = odoo
list_db = False
http_interface = ${HOST:-127.0.0.1}
max_cron_threads = 1
db_maxconn = 128
CONF
    echo "$file"
}

# Replaces the shell it runs in: for the background. Odoo ends with the script, however that ends: a
# killed one must not leave a server behind, nor an installation that goes on by itself.
exec_odoo() {
    export PYTHONDONTWRITEBYTECODE=1
    close_lock
    exec setpriv --pdeathsig TERM "$PYTHON" -m odoo "$@"
}

odoo() { (exec_odoo "$@"); }
