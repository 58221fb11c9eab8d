# shellcheck shell=bash
# ./dev setup: Debian packages from tools/packages.txt and npm modules where a lock file asks for
# them. Looks before it installs, so a second run is instant and needs no network.

# Packages of a group that are neither installed nor stood for by their command, one a line.
missing_packages() {
    local group package command_name status
    local -A installed=()
    # shellcheck disable=SC2016 # the dollars are for dpkg-query
    local format='${Package} ${Status}\n'
    while read -r package status; do
        [ "$status" = 'install ok installed' ] && installed[$package]=1
    done < <(awk -v group="$1" '$1 == group { print $2 }' tools/packages.txt |
        xargs dpkg-query -W -f="$format" 2>/dev/null)
    while read -r group package command_name _; do
        [ "$group" = "$1" ] && [ -z "${installed[$package]:-}" ] || continue
        if [ "$command_name" = - ] || ! command -v "$command_name" >/dev/null; then
            echo "$package"
        fi
    done <tools/packages.txt
}

# Runs a command as root: directly, or through sudo when it is there.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo "$@"
    fi
}

install_packages() {
    local log=build/setup.log
    mkdir -p build
    if [ "$(id -u)" -ne 0 ] && ! { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }; then
        die "missing packages and no right to install them; as root: apt-get install --no-install-recommends $*"
    fi
    say "setup: installing $*"
    as_root apt-get update -q >"$log" 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -q -y --no-install-recommends "$@" >>"$log" 2>&1 || {
        grep -E '^(E|W):' "$log" >&2 || tail -5 "$log" >&2
        die "apt-get could not install: $* (whole output in $log)"
    }
}

ensure_packages() {
    local group packages=()
    [ -z "${DEV_SKIP_SETUP:-}" ] || return 0
    command -v dpkg-query >/dev/null ||
        die "this is no Debian: install by hand what tools/packages.txt lists (DEV_SKIP_SETUP=1 skips this look)"
    for group in "$@"; do
        mapfile -t -O "${#packages[@]}" packages < <(missing_packages "$group")
    done
    [ ${#packages[@]} -eq 0 ] || install_packages "${packages[@]}"
}

# npm modules of the named folders, when their lock file is newer than they are.
ensure_modules() {
    local lock folder
    for folder in "$@"; do
        lock=$folder/package-lock.json
        [ -f "$lock" ] || continue
        [ "$folder/node_modules/.package-lock.json" -nt "$lock" ] && continue
        say "setup: npm modules of $folder"
        (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error) ||
            die "npm could not install the modules of $folder; is the network reachable?"
        touch "$folder/node_modules/.package-lock.json"
    done
}

cmd_setup() {
    local groups=("$@")
    [ $# -gt 0 ] || groups=(build test bench)
    local group
    for group in "${groups[@]}"; do
        case $group in
        build | test | bench) ;;
        *) usage_error "setup: no group '$group'; there are build, test and bench" ;;
        esac
    done
    ensure_packages "${groups[@]}"
    case " ${groups[*]} " in *' build '*) ensure_modules web ;; esac
    case " ${groups[*]} " in *' test '*) ensure_modules tests/api tests/browser ;; esac
    say "setup: all packages for ${groups[*]} are present"
}
