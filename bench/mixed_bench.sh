#!/bin/bash
# Public readers and editors at once: 500 connections that read pages, 20 that save edits through the API, each edit
# acknowledged when it is on the disk. Each saved edit makes the pages drawn so far old. Readers wait between two requests, so
# that the times say what a visitor waits; the last line has readers and editors who do not wait, at the limit of the machine.
# The load runs on the same machine. usage: FAIRLEAD=PROGRAM mixed_bench.sh
# Shorter: SECONDS_EACH (10).
set -euo pipefail
program=${FAIRLEAD:?set FAIRLEAD to the program}
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
each=${SECONDS_EACH:-10}
for tool in wrk curl; do
    command -v $tool >/dev/null || { echo "skipped: $tool is not installed"; exit 0; }
done
# shellcheck source=bench/served.sh
. "$here/served.sh"
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap finish EXIT

email=editor@expo.example
password='a long walk through six halls'

# post PATH BODY [HEADER]: a request of the signed-in administrator
post() {
    curl -sS --fail-with-body -b "$work/jar" -c "$work/jar" -H 'Content-Type: application/json' -H "${3:-Accept: */*}" -d "$2" "$address$1"
}

member() { grep -o "\"$1\":\"[^\"]*" | head -n 1 | cut -d'"' -f4; }

# Signs in, changes the one-time password and makes a token: sets FAIRLEAD_TOKEN.
open_desk() {
    local once csrf
    once=$(sed -n 's/.*one-time password: *//p' "$work/expo.said")
    csrf=$(post /api/v1/session "{\"email\":\"$email\",\"password\":\"$once\"}" | member csrf)
    post /api/v1/session/password "{\"old_password\":\"$once\",\"new_password\":\"$password\"}" "X-CSRF-Token: $csrf" >/dev/null
    csrf=$(post /api/v1/session "{\"email\":\"$email\",\"password\":\"$password\"}" | member csrf)
    FAIRLEAD_TOKEN=$(post /api/v1/tokens '{"name":"editors","scope":"write","days":1}' "X-CSRF-Token: $csrf" | member secret)
    export FAIRLEAD_TOKEN
}

# The records that are edited, one an editor, with their present revisions.
choose_records() {
    curl -fsS -H "Authorization: Bearer $FAIRLEAD_TOKEN" "$address/api/v1/records/organisation?limit=20" |
        grep -o '"id":[0-9]*,"table":"organisation","revision":[0-9]*' | sed 's/[^0-9]*\([0-9]*\)[^0-9]*\([0-9]*\)/\1 \2/' >"$work/records"
}

# row WORDS CORES: the figures of one wrk; CORES is what the server used of the machine meanwhile
row() {
    awk -v w="$1" -v c="$2" '/^figures/ { printf "%-46s %9.0f %9.1f %9.1f %9.1f %9d %9.2f\n", w, $2, $3, $4, $5, $6, c }
                             /^wrong/ { print }'
}

# mixed WORDS READERS-THINK EDITORS-THINK: in milliseconds; an empty one leaves these out
mixed() {
    local editing='' before cores
    choose_records
    before=$(processor_us)
    if [ -n "$3" ]; then
        FAIRLEAD_RECORDS=$work/records FAIRLEAD_THINK_MS=$3 \
            wrk -t20 -c20 -d"${each}s" -s "$here/mixed_edit.lua" "$address" >"$work/editors" &
        editing=$!
    fi
    [ -z "$2" ] || FAIRLEAD_PAGES=$work/mix FAIRLEAD_THINK_MS=$2 \
        wrk -t2 -c500 -d"${each}s" -s "$here/http_mix.lua" "$address" >"$work/readers"
    [ -z "$editing" ] || wait $editing
    cores=$(awk -v us=$(($(processor_us) - before)) -v s="$each" 'BEGIN { printf "%.2f", us / 1e6 / s }')
    [ -z "$2" ] || row "$1: readers" "$cores" <"$work/readers"
    [ -z "$3" ] || row "$1: editors" "$cores" <"$work/editors"
}

make_expo expo 1200 --admin "$email"
start_server expo
{ pages_of en; pages_of zh; } >"$work/pages"
weigh "$work/pages" "$work/mix"
open_desk
printf '%-46s %9s %9s %9s %9s %9s %9s\n' 'load' 'a second' 'median ms' 'p99 ms' 'worst ms' errors cores
mixed '20 editors alone, an edit after the other' '' 0
mixed '500 readers alone, 3,000 a second' 166 ''
mixed '1,000 a second, 20 edits a second' 500 1000
mixed '3,000 a second, 20 edits a second' 166 1000
mixed 'as fast as it goes' 0 0
"$program" check "$work/expo.fairlead" >/dev/null || { "$program" check "$work/expo.fairlead"; exit 1; }
