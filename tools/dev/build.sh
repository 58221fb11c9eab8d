# shellcheck shell=bash
# ./dev build, serve and clean: one build directory a kind, made once and kept up to date.
#
#   release  -O2, link-time optimisation, no assertions, symbols kept for profilers
#   debug    assertions and warnings as errors; what the tests run on
#   asan     as debug, with AddressSanitizer and UBSan; warnings stay warnings, because GCC's
#            flow warnings are unreliable in sanitized code
#   tsan     as debug, with ThreadSanitizer; the tests of units with threads of their own
#   fuzz     clang, libFuzzer with both sanitizers; the fuzz targets only
#   bench    as release, with the benchmarks

build_arguments() {
    case $1 in
    release) echo "--buildtype=debugoptimized -Db_ndebug=true -Db_lto=true -Dtests=false" ;;
    debug) echo "--buildtype=debug -Dwerror=true" ;;
    asan) echo "--buildtype=debugoptimized -Db_sanitize=address,undefined" ;;
    tsan) echo "--buildtype=debugoptimized -Db_sanitize=thread" ;;
    fuzz) echo "--buildtype=debugoptimized -Dtests=false -Dfuzz=true" \
        "-Db_sanitize=address,undefined -Db_lundef=false -Dc_args=-fsanitize=fuzzer-no-link" ;;
    bench) echo "--buildtype=debugoptimized -Db_ndebug=true -Db_lto=true" ;;
    *) usage_error "build: no kind '$1'; there are release, debug, asan, tsan and fuzz" ;;
    esac
}

# Makes or updates build/KIND; further arguments are ninja targets. A directory whose options are
# not those above any more, or that a break left without build files, is made anew.
build_kind() {
    local kind=$1 arguments compiler=gcc log
    shift
    arguments=$(build_arguments "$kind")
    [ "$kind" != fuzz ] || compiler=clang-14
    log=build/$kind.log
    mkdir -p build
    ensure_modules web
    if [ ! -f "build/$kind/build.ninja" ] ||
        { [ -f "build/$kind/dev-arguments" ] && [ "$(<"build/$kind/dev-arguments")" != "$arguments" ]; }; then
        rm -rf "build/$kind"
        # shellcheck disable=SC2086 # the arguments are words of our own
        CC=$compiler meson setup "build/$kind" $arguments >"$log" 2>&1 || {
            grep -E 'ERROR|error:' "$log" >&2 || tail -20 "$log" >&2
            die "meson could not set up build/$kind (whole output in $log)"
        }
        echo "$arguments" >"build/$kind/dev-arguments"
    fi
    ninja -C "build/$kind" "$@" >"$log" 2>&1 || {
        grep -E -A12 'error:|FAILED|undefined reference' "$log" | head -60 >&2 || tail -20 "$log" >&2
        die "the $kind build failed (whole output in $log)"
    }
}

build_release() {
    build_kind release
    if [ -x build/release/src/fairlead ]; then
        ln -sfn release/src/fairlead build/fairlead
    fi
}

cmd_build() {
    local kind=${1:-release}
    build_arguments "$kind" >/dev/null
    case $kind in
    release) ensure_packages build ;;
    *) ensure_packages build test ;;
    esac
    say "build: $kind"
    if [ "$kind" = release ]; then
        build_release
        say "build: the program is build/fairlead"
    else
        build_kind "$kind"
        say "build: done, in build/$kind"
    fi
}

cmd_serve() {
    [ $# -gt 0 ] || usage_error "serve: which database? ./dev serve DB"
    ensure_packages build
    build_release
    exec build/fairlead serve "$@"
}

# Whether NAME is among the names given, or none were given.
wanted() {
    local name=$1
    shift
    [ $# -eq 0 ] && return 0
    case " $* " in *" $name "*) ;; *) return 1 ;; esac
}

cmd_bench() {
    local program found=0 name
    ensure_packages build test bench
    say "bench: building for speed"
    build_kind bench
    for program in build/bench/bench/bench-*; do
        [ -f "$program" ] && [ -x "$program" ] || continue
        name=${program##*/bench-}
        wanted "$name" "$@" || continue
        found=1
        say "bench: $name"
        FAIRLEAD_SOURCE=$root FAIRLEAD=$root/build/bench/src/fairlead "$program"
    done
    for program in bench/*_bench.sh; do
        name=${program##*/}
        name=${name%_bench.sh}
        wanted "$name" "$@" || continue
        found=1
        say "bench: $name (whole program)"
        FAIRLEAD=$root/build/bench/src/fairlead "$program" "$root/build/bench/bench/bench-$name"
    done
    [ $found -eq 1 ] || die "no benchmark named '$*'; bench/ holds them"
}

cmd_clean() {
    rm -rf build
    say "clean: build/ is gone"
}
