#!/bin/bash
# The server by the clock: drawn replies against nginx serving the same bytes as files, drawing, a mixed load of 500
# connections with and without changes of the data, memory with many organisations. Everything on this machine at once,
# the load as well. Of the comparisons with nginx the best of several rounds in turns counts, because other work on the
# machine can only slow them. usage: FAIRLEAD=PROGRAM http_bench.sh BENCH-HTTP
# Shorter: SECONDS_EACH (3), ROUNDS (3), ORGANISATIONS (100000; 0 = leave that out).
set -euo pipefail
program=${FAIRLEAD:?set FAIRLEAD to the program}
bench=$1
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
each=${SECONDS_EACH:-3} rounds=${ROUNDS:-3} organisations=${ORGANISATIONS:-100000}
for tool in nginx wrk curl; do
    command -v $tool >/dev/null || { echo "skipped: $tool is not installed"; exit 0; }
done
# shellcheck source=bench/served.sh
. "$here/served.sh"
uncached='' nginx=''
finish() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$uncached" ] || kill "$uncached" 2>/dev/null || true
    [ -z "$nginx" ] || kill "$nginx" 2>/dev/null || true
    wait
    rm -rf "$work"
}
trap finish EXIT

memory_mib() { awk '/^'"$1"':/ { printf "%.0f", $2 / 1024 }' "/proc/$server/status"; }

# rate URL HEADER: requests a second
rate() { wrk -t1 -c64 -d"${each}s" -H "$2" "$1" | awk '/Requests\/sec/ { print int($2) }'; }

best() { if [ "$2" -gt "$1" ]; then echo "$2"; else echo "$1"; fi; }

start_nginx() {
    cat >"$work/nginx.conf" <<CONF
$([ "$(id -u)" -ne 0 ] || echo 'user root;')
worker_processes 2;
daemon off;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 1024; }
http {
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000; default_type text/html;
    open_file_cache max=100; server_tokens off; gzip_static on;
    client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f; uwsgi_temp_path $work/u;
    scgi_temp_path $work/s;
    server { listen 127.0.0.1:18734; root $work/files; }
}
CONF
    nginx -c "$work/nginx.conf" 2>/dev/null &
    nginx=$!
    until [ -s "$work/nginx.pid" ]; do sleep 0.05; done
}

compare() { # TARGET CODING
    local header="Accept-Encoding: $2" ours=0 theirs=0 name
    name=$(echo "$1" | tr '/?' '__')
    curl -fsS "$address$1" >"$work/files/$name"
    curl -fsS -H 'Accept-Encoding: gzip' "$address$1" >"$work/files/$name.gz"
    for _ in $(seq "$rounds"); do
        ours=$(best "$ours" "$(rate "$address$1" "$header")")
        theirs=$(best "$theirs" "$(rate "http://127.0.0.1:18734/$name" "$header")")
    done
    local bytes
    if [ "$2" = gzip ]; then bytes=$(stat -c %s "$work/files/$name.gz"); else bytes=$(stat -c %s "$work/files/$name"); fi
    awk -v n="$1" -v c="$2" -v s="$bytes" -v a="$ours" -v b="$theirs" \
        'BEGIN { printf "%-42s %9s %9d %9d %9d %8.0f%%\n", n, c, s, a, b, 100 * a / b }'
}

# mix WORDS [THINK]: 500 connections, each as fast as it gets replies or waiting THINK ms between two requests; 48 ms
# make 10,000 requests a second. Only then the times say what a visitor waits: at the limit of the machine they say how
# many connections wait for it.
mix() {
    local before figures
    before=$(processor_us)
    figures=$(FAIRLEAD_THINK_MS=${2:-0} FAIRLEAD_PAGES=$work/mix \
        wrk -t2 -c500 -d$((each * 3))s -s "$here/http_mix.lua" "$address" | grep '^figures')
    echo "$figures $(($(processor_us) - before))" | awk -v w="$1" -v s=$((each * 3)) \
        '{ printf "%-42s %9d %9.1f %9.1f %9.1f %9d %9.1f\n", w, $2, $3, $4, $5, $6, $7 / ($2 * s) }'
}

make_expo expo 1200
start_server expo
{ pages_of en; pages_of zh; } >"$work/pages"
list='/api/v1/exhibitors'
one=$(grep -m1 '/en/2024/exhibitors/[0-9]*$' "$work/pages")
{
    cat "$work/pages"
    grep '/exhibitors/[0-9]*$' "$work/pages" | sed 's|.*/exhibitors/|/api/v1/exhibitors/|' | sort -u
    echo "$list"
} | "$bench" draw "$work/expo.fairlead"

mkdir "$work/files"
chmod 755 "$work"
start_nginx
printf '\n%-42s %9s %9s %9s %9s %9s\n' 'drawn replies, requests a second' coding bytes fairlead nginx ratio
for target in "$one" /en/2024/ /en/2024/exhibitors "$list"; do
    compare "$target" gzip
done
compare "$one" identity
compare /en/2024/exhibitors identity
kill "$nginx"
wait "$nginx" || true
nginx=''

coproc UNCACHED { exec "$bench" serve "$work/expo.fairlead"; }
uncached=$UNCACHED_PID
read -r bare <&"${UNCACHED[0]}"
grep '/exhibitors/[0-9]*$' "$work/pages" | sed 's/^/1 /' >"$work/mix"
printf '\n%-42s %9s %9s %9s %9s %9s %9s\n' 'load' 'a second' 'median ms' 'p99 ms' 'worst ms' errors 'cpu us'
FAIRLEAD_PAGES=$work/mix wrk -t1 -c2 -d$((each * 2))s -s "$here/http_mix.lua" "$bare" |
    awk '/^figures/ { printf "%-42s %9d %9.1f %9.1f %9.1f %9d\n", "exhibitor pages without cache, 2 conn.", $2, $3, $4, $5, $6 }'
kill "$uncached"
uncached=''

weigh "$work/pages" "$work/mix"
mix 'mixed, 500 connections, nothing drawn yet'
mix 'mixed, 500 connections'
mix 'mixed, 10,000 a second' 48
(
    while sleep 3; do
        "$program" edition "$work/expo.fairlead" 2024 --partial >/dev/null
        sleep 3
        "$program" edition "$work/expo.fairlead" 2024 --complete >/dev/null
    done
) &
changing=$!
mix 'mixed, 10,000 a second, a change every 3 s' 48
kill $changing
printf '\n%-42s %9s %9s %9s\n' 'memory, MiB' 'started' 'now' 'at most'
printf '%-42s %9s %9s %9s\n' 'edition of 1,200, all its pages drawn' - "$(memory_mib VmRSS)" "$(memory_mib VmHWM)"
stop_server

[ "$organisations" -gt 0 ] || exit 0
make_expo large "$organisations"
start_server large
started=$(memory_mib VmRSS)
{ pages_of en; pages_of zh; } | shuf -n 2000 --random-source=<(yes) >"$work/some"
printf '/en/2024/\n/zh/2024/chains\n/en/2024/exhibitors\n/zh/2024/exhibitors\n/en/2024/gaps\n' >>"$work/some"
while read -r page; do echo "url=\"$address$page\""; done <"$work/some" >"$work/urls"
curl -fsS -H 'Accept-Encoding: gzip' -K "$work/urls" >/dev/null || true
printf '%-42s %9s %9s %9s\n' "edition of $organisations, 2,000 pages drawn" "$started" "$(memory_mib VmRSS)" "$(memory_mib VmHWM)"
