#!/bin/bash
# The assignment on large files: R-MAT graphs of scale 20 with capacity 10, and buyers and suppliers with their proved
# optimum, beside LEMON on the same file. Every plan is judged by the independent checker of the instances.
# Before that, a round on an edition of 1,200 exhibitors (match_round_bench.c).
# The files are made once, into build/bench/instances; without the generators (../shared/instances) there is nothing to do.
# usage: [FAIRLEAD=program] match_bench.sh
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
gen=$root/../shared/instances/gen
fairlead=${FAIRLEAD:-$root/build/bench/src/fairlead}
files=$root/build/bench/instances
"$root/build/bench/bench/bench-match-round"
[ -d "$gen" ] || { echo "no generators beside the project: skipped"; exit 0; }
mkdir -p "$files"
plan=$(mktemp)
trap 'rm -f "$plan"' EXIT

make_file() { # NAME COMMAND...: into a file of that name, once
    local name=$1
    shift
    [ -s "$files/$name" ] || { "$@" "$files/$name.part" >/dev/null && mv "$files/$name.part" "$files/$name"; }
}

field() { sed -n "s/.*$1=\([^ ]*\).*/\1/p" <<<"$2"; }

row() { # NAME FILE OPTIONS...: one line of the table
    local name=$1 file=$2 last judged
    shift 2
    last=$("$fairlead" solve matching "$file" "$@" --out "$plan" | tail -n 1)
    judged=$(python3 "$gen/check_match.py" "$file" "$plan" --b 10 | sed 's/.*ratio/ratio/')
    printf '%-26s %-9s %18s %9s %9s  %s\n' "$name" "$(field status "$last")" "$(field weight "$last")" \
        "$(field gap "$last")" "$(field time_s "$last")" "$judged"
}

printf '%-26s %-9s %18s %9s %9s  %s\n' file status weight gap seconds 'judged: weight / bound'
for kind in b g er; do
    make_file "rmat20$kind" python3 "$gen/rmat.py" "$kind" --scale 20
    row "R-MAT $kind, scale 20" "$files/rmat20$kind" --capacity 10
    row "  stopped after 2 s" "$files/rmat20$kind" --capacity 10 --time 2
done
for size in 1000 10000 100000; do
    make_file "sides$size" python3 "$gen/buyers_suppliers.py" --buyers $size --suppliers $size --list 50 --binary
    row "$size + $size, 50 each" "$files/sides$size"
done
if [ -e /usr/include/lemon/network_simplex.h ] && command -v g++ >/dev/null; then
    g++ -O2 -w -o "$root/build/bench/match-lemon" "$root/bench/match_lemon.cc" -llemon
    for size in 10000 100000; do
        last=$("$fairlead" solve matching "$files/sides$size" | tail -n 1)
        ours=$(field time_s "$last")
        "$root/build/bench/match-lemon" "$files/sides$size" | while read -r name weight seconds; do
            printf 'LEMON %-20s %-9s %18s %9s %9s  %s times ours\n' "$name" optimal "$weight" "" "$seconds" \
                "$(awk -v a="$seconds" -v b="$ours" 'BEGIN { printf "%.1f", a / b }')"
        done
    done
else
    echo "LEMON is not installed: no peer (./dev setup bench)"
fi
