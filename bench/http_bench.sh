#!/bin/sh
# Compares src/http with nginx: the same bytes, the same connections, one after the other with wrk
# on the same machine. usage: http_bench.sh BENCH-HTTP [SECONDS]
set -eu
program=$1
seconds=${2:-4}
for tool in nginx wrk; do
    command -v $tool >/dev/null || { echo "skipped: $tool is not installed"; exit 0; }
done
work=$(mktemp -d)
server=
stop() {
    exec 9>&- || true
    [ -n "$server" ] && wait "$server" || true
    [ -f "$work/nginx.pid" ] && kill -QUIT "$(cat "$work/nginx.pid")" || true
    rm -rf "$work"
}
trap stop EXIT

rate() { # URL: requests a second
    wrk -t1 -c64 -d"${seconds}s" "$1" | awk '/Requests\/sec/ {print int($2)}'
}

start_nginx() { # THREADS PORT
    cat >"$work/nginx.conf" <<CONF
worker_processes $1;
daemon on;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 1024; }
http {
    access_log off; sendfile on; keepalive_requests 1000000; default_type text/html;
    open_file_cache max=10; server_tokens off;
    server { listen 127.0.0.1:$2; root $work; }
}
CONF
    nginx -c "$work/nginx.conf" 2>/dev/null
    while [ ! -s "$work/nginx.pid" ]; do sleep 0.1; done
}

printf '%8s %8s %12s %12s %7s\n' threads bytes fairlead/s nginx/s ratio
mkfifo "$work/hold"
port=18734
for threads in 1 2; do
    for size in 2000 20000 80000; do
        head -c "$size" /dev/zero | tr '\0' x >"$work/page"
        chmod 755 "$work"; chmod 644 "$work/page"
        rm -f "$work/url"
        "$program" serve $threads $size <"$work/hold" >"$work/url" &
        server=$!
        exec 9>"$work/hold"
        while [ ! -s "$work/url" ]; do sleep 0.05; done
        ours=$(rate "$(cat "$work/url")")
        exec 9>&-
        wait $server
        server=
        start_nginx $threads $port
        theirs=$(rate "http://127.0.0.1:$port/page")
        kill -QUIT "$(cat "$work/nginx.pid")"
        while [ -f "$work/nginx.pid" ]; do sleep 0.05; done
        awk -v t=$threads -v s="$size" -v a="$ours" -v b="$theirs" \
            'BEGIN {printf "%8d %8d %12d %12d %6.0f%%\n", t, s, a, b, 100 * a / b}'
    done
done
