# shellcheck shell=bash
# What the benchmarks over HTTP share: an expo in a database, and the program serving it. Sourced; needs $program, and sets
# $work, $server and $address.
: "${program:?}"
work=$(mktemp -d)
server=''

# make_expo NAME EXHIBITORS [ARGUMENT...]: a complete edition of 2024; what `new` says stays in NAME.said
make_expo() {
    "$program" sample "$work/$1.sheets" --exhibitors "$2" --partners 0 --seed 1 --year 2024 >/dev/null
    "$program" new "$work/$1.fairlead" "${@:3}" >"$work/$1.said"
    # Names of firms repeat among 100,000, so that some exhibits have no one exhibitor: exit status 1, rows left out.
    "$program" import "$work/$1.fairlead" "$work/$1.sheets" --leave-out-wrong >/dev/null || [ $? -eq 1 ]
    "$program" edition "$work/$1.fairlead" 2024 --complete --current >/dev/null
    rm -rf "$work/$1.sheets"
}

# start_server NAME: sets `server` and `address`
start_server() {
    rm -f "$work/said"
    "$program" serve "$work/$1.fairlead" --listen 127.0.0.1:0 --origin https://expo.example --client-limit 0 >"$work/said" &
    server=$!
    until address=$(grep -o 'http://127.0.0.1:[0-9]*' "$work/said" 2>/dev/null); do sleep 0.05; done
}

stop_server() {
    kill "$server"
    wait "$server" || true
    server=''
}

# The paths that the site map of a language tells.
pages_of() { curl -fsS "$address/$1/2024/sitemap.xml" | grep -o '<loc>[^<]*' | sed 's|<loc>https://expo.example||'; }

# Processor time the server has used, in microseconds; what else the machine does does not count.
processor_us() { awk -v hz="$(getconf CLK_TCK)" '{ printf "%d", ($14 + $15) * 1000000 / hz }' "/proc/$server/stat"; }

# weigh PAGES MIX: most look at the overview, the chains and the directory; every page has its turn.
weigh() {
    local lang page search list='/api/v1/exhibitors'
    {
        sed 's/^/1 /' "$1"
        for lang in en zh; do
            for page in '' chains exhibitors gaps scenarios; do echo "200 /$lang/2024/$page"; done
        done
        echo '100 /assets/site.css'
        grep '/exhibitors/[0-9]*$' "$1" | sed 's|.*/exhibitors/|1 /api/v1/exhibitors/|' | sort -u
        echo "100 $list"
        for search in /en/2024/search?q= '/api/v1/search?q='; do
            if curl -fs -o /dev/null "$address${search}ab"; then echo "200 $search"; fi
        done
    } >"$2"
}
