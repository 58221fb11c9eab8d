# shellcheck shell=bash
# ./dev test: builds what the chosen tests need and hands them to tools/dev/run_tests.py, which
# runs them, counts each TAP line and prints the last line "N passed, N failed, N skipped".

# Tests of units with threads of their own, which ThreadSanitizer watches, too.
tsan_targets=(tests/test-service-door tests/test-service-matches_race tests/test-service-outbox tests/test-service-password tests/test-service-writer
    tests/test-service-writer_disk)

cmd_test() {
    ensure_packages build test
    ensure_modules tests/api tests/browser
    say "test: building (release, debug, sanitizers, fuzz targets)"
    build_release
    build_kind debug
    build_kind asan
    build_kind tsan "${tsan_targets[@]}"
    build_kind fuzz
    exec python3 tools/dev/run_tests.py "$@"
}
