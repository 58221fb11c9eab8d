# shellcheck shell=bash
# ./dev fuzz: libFuzzer on every parser, as many at a time as there are cores. New inputs that reach new code join tests/fuzz/corpus,
# minimised; a crash is left in build/fuzz/found and fails the command.

fuzz_targets() {
    local program
    for program in build/fuzz/tests/fuzz/fuzz-*; do
        [ -f "$program" ] && [ -x "$program" ] && echo "${program##*/fuzz-}"
    done
    return 0
}

fuzz_one() {
    local name=$1 seconds=$2 program=$root/build/fuzz/tests/fuzz/fuzz-$1
    local kept=tests/fuzz/corpus/$1 work=build/fuzz/work/$1
    local found=build/fuzz/found/$1 log=build/fuzz/$1.log status=0
    mkdir -p "$kept" "$work" "$found"
    FAIRLEAD_SOURCE=$root "$program" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=2048 \
        -artifact_prefix="$found/" -print_final_stats=1 "$work" "$kept" >"$log" 2>&1 || status=$?
    if [ $status -ne 0 ]; then
        grep -E -m3 'ERROR|SUMMARY|Test unit written' "$log" || tail -3 "$log"
        printf '%-24s FAILED; inputs in %s\n' "$name" "$found"
        return 1
    fi
    # Without counters an input is kept for a new edge alone, so that the corpus stays small.
    FAIRLEAD_SOURCE=$root "$program" -merge=1 -use_counters=0 -max_len=4096 "$kept" "$work" >>"$log" 2>&1
    printf '%-24s %12s runs  %6s inputs kept  clean\n' "$name" \
        "$(awk '/stat::number_of_executed_units/ { print $2 }' "$log")" "$(find "$kept" -type f | wc -l)"
}

cmd_fuzz() {
    local only='' seconds=600 argument name cores count=0 ended=0 status=0
    for argument in "$@"; do
        if [[ $argument =~ ^[0-9]+$ ]]; then seconds=$argument; else only=$argument; fi
    done
    ensure_packages build test
    say "fuzz: building with clang, libFuzzer and the sanitizers"
    build_kind fuzz
    cores=$(jobs_count)
    while read -r name; do
        [ -z "$only" ] || [ "$only" = "$name" ] || continue
        if [ $((count - ended)) -ge "$cores" ]; then
            wait -n || status=1
            ended=$((ended + 1))
        fi
        count=$((count + 1))
        say "fuzz: $name for $seconds s"
        fuzz_one "$name" "$seconds" &
    done < <(fuzz_targets)
    [ $count -gt 0 ] || die "no fuzz target '$only'; tests/fuzz holds them"
    for (( ; ended < count; ended++)); do
        wait -n || status=1
    done
    return $status
}
