# shellcheck shell=bash
# ./dev format and ./dev lint: how the code looks and what machines can find in it. The rules that
# need a closer look at the source (layers, ceilings, words) are tests in tests/structure.

c_files() { project_files '*.c' '*.h'; }

# The parts of ./dev are read through ./dev, which sources them.
shell_files() {
    echo dev
    project_files '.ci/run' '*.sh' | grep -v '^tools/dev/'
}

cmd_format() {
    ensure_packages test
    say "format: clang-format over the C code"
    c_files | xargs -r clang-format-14 -i
}

# Names each file whose layout differs.
check_format() {
    c_files | xargs -r -P "$(jobs_count)" -n 16 clang-format-14 --dry-run --Werror 2>&1 |
        sed -n 's/^\([^:]*\):\([0-9]*\):.*clang-format-violations.*/\1:\2: layout differs; run .\/dev format/p' |
        sort -u -t: -k1,1
}

check_shell() {
    shell_files | xargs -r shellcheck -S info -x -a
}

# The checks are in .clang-tidy; it reads the compile commands of the debug build.
check_tidy() {
    python3 tools/dev/tidy.py build/debug
}

# The types of the desk, which esbuild does not look at.
check_types() {
    node web/words.mjs build/desk
    web/node_modules/.bin/tsc -p web --pretty false
}

# One check as a TAP line; what it prints are the findings.
lint_step() {
    local number=$1 name=$2 findings
    shift 2
    findings=$("$@" || true)
    if [ -z "$findings" ]; then
        echo "ok $number - $name"
    else
        echo "not ok $number - $name"
        printf '%s\n' "$findings" | head -40 | sed 's/^/# /'
        return 1
    fi
}

cmd_lint() {
    local status=0
    ensure_packages build test
    build_kind debug
    echo 1..4
    lint_step 1 'the layout is that of clang-format' check_format || status=1
    lint_step 2 'shellcheck finds nothing' check_shell || status=1
    lint_step 3 'clang-tidy finds nothing' check_tidy || status=1
    lint_step 4 'the types of the desk agree' check_types || status=1
    return $status
}
