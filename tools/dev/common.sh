# shellcheck shell=bash
# Shared by the commands of ./dev: what is said, and how a command ends.

say() { printf '== %s\n' "$*"; }

die() {
    printf 'dev: %s\n' "$*" >&2
    exit 1
}

usage_error() {
    printf 'dev: %s\n' "$*" >&2
    exit 2
}

# Cores this shell may use.
jobs_count() { nproc 2>/dev/null || echo 2; }

# All files that belong to the project and match the patterns: tracked, or new and not ignored.
# Works without git and when the checkout belongs to another user.
project_files() {
    if git -c safe.directory="$root" rev-parse --git-dir >/dev/null 2>&1; then
        git -c safe.directory="$root" ls-files --cached --others --exclude-standard -- "$@" |
            while IFS= read -r file; do [ ! -f "$file" ] || printf '%s\n' "$file"; done | sort -u
    else
        local pattern
        for pattern in "$@"; do
            find . -path ./build -prune -o -name node_modules -prune -o -type f -name "${pattern##*/}" -print
        done | sed 's|^\./||' | sort -u
    fi
}
