#!/bin/bash
# The program as a whole, by the clock: import of a large list against the sqlite3 shell's .import of the same
# file, chains of an edition of 1,200, and how soon a new sample database is served.
# usage: FAIRLEAD=PROGRAM program_bench.sh [ROWS]
set -euo pipefail
program=${FAIRLEAD:?set FAIRLEAD to the program}
rows=${ROWS:-1000000}
work=$(mktemp -d)
server=
trap '[ -n "$server" ] && kill "$server" 2>/dev/null; rm -rf "$work"' EXIT

# Runs a command; sets `seconds` and `peak_mb`.
measure() {
    local figures="$work/figures"
    if ! /usr/bin/time -o "$figures" -f '%e %M' "$@" >"$work/out" 2>"$work/err"; then
        cat "$work/err" >&2
        exit 1
    fi
    read -r seconds peak_kb <"$figures"
    peak_mb=$((peak_kb / 1024))
}

row() { printf '%-58s %10s s %8s MiB  %s\n' "$1" "$2" "$3" "${4:-}"; }

command -v /usr/bin/time >/dev/null || { echo "skipped: the package time is not installed"; exit 0; }

"$program" sample "$work/big" --exhibitors "$rows" --partners 0 --seed 1 >/dev/null
mkdir "$work/list"
cp "$work/big/editions.csv" "$work/big/areas.csv" "$work/big/pavilions.csv" "$work/big/exhibitors.csv" "$work/list/"
"$program" new "$work/big.fairlead" >/dev/null
measure "$program" import "$work/big.fairlead" "$work/list"
import=$seconds
row "import of $rows rows: validated, logged, duplicates sought" "$seconds" "$peak_mb"
if command -v sqlite3 >/dev/null; then
    measure sqlite3 "$work/peer.db" '.mode csv' ".import $work/list/exhibitors.csv t"
    row "sqlite3 .import of the same file" "$seconds" "$peak_mb" \
        "ratio $(awk -v a="$import" -v b="$seconds" 'BEGIN { printf "%.1f", a / b }')"
fi
rm -rf "$work/big" "$work/list" "$work"/big.fairlead* "$work/peer.db"

"$program" sample "$work/edition" --exhibitors 1200 --partners 0 --seed 1 >/dev/null
"$program" new "$work/edition.fairlead" >/dev/null
"$program" import "$work/edition.fairlead" "$work/edition" >/dev/null
measure "$program" chains "$work/edition.fairlead" --edition 2026
row "chains of 1,200 exhibitors, from the file to the table" "$seconds" "$peak_mb"

begin=$(date +%s%N)
"$program" new "$work/demo.fairlead" --sample >/dev/null
"$program" serve "$work/demo.fairlead" --listen 127.0.0.1:0 >"$work/serve" &
server=$!
until grep -q http "$work/serve"; do :; done
end=$(date +%s%N)
row "sample database made and served" "$(awk -v n=$((end - begin)) 'BEGIN { printf "%.2f", n / 1e9 }')" "-"
