# shellcheck shell=bash
# ./dev demo: from a checkout to a running expo. The database is made anew each time, one a port,
# so two demos do not meet.

demo_admin=admin@expo.example

port_is_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

demo_database() {
    local database=$1 full=$2 port=$3 sheets=${1%.fairlead}-sheets log=${1%.fairlead}.log
    local said=${1%.fairlead}.said password
    mkdir -p build/demo
    rm -f "$database" "$database"-wal "$database"-shm "$database".lock
    if [ "$full" = yes ]; then
        say "demo: generating an edition of 620 exhibitors and 400 partners"
        rm -rf "$sheets"
        build/fairlead sample "$sheets" --exhibitors 620 --partners 400 --seed 1 --year 2024 >/dev/null
        build/fairlead new "$database" --admin "$demo_admin" >"$said"
        build/fairlead import "$database" "$sheets" >"$log" ||
            die "the generated edition was not accepted; see $log"
        build/fairlead edition "$database" 2024 --complete --current >/dev/null
    else
        build/fairlead new "$database" --sample --admin "$demo_admin" >"$said"
    fi
    password=$(sed -n 's/.*one-time password: //p' "$said")
    rm -f "$said"
    say "demo: the desk is at http://127.0.0.1:$port/desk"
    say "demo: sign in as $demo_admin with $password (once; then choose your own)"
}

cmd_demo() {
    local wanted=8080 full=no port database
    while [ $# -gt 0 ]; do
        case $1 in
        --port)
            [[ ${2:-} =~ ^[0-9]{1,5}$ ]] && [ "$2" -ge 1 ] && [ "$2" -le 65535 ] ||
                usage_error "demo: --port needs a number from 1 to 65535"
            wanted=$2
            shift
            ;;
        --full) full=yes ;;
        *) usage_error "demo: unknown argument '$1'; there are --port N and --full" ;;
        esac
        shift
    done
    ensure_packages build
    [ -x build/fairlead ] || say "demo: building (about a minute the first time)"
    build_release
    [ -x build/fairlead ] || die "the build left no program at build/fairlead"

    port=$wanted
    while ! port_is_free "$port"; do
        port=$((port + 1))
        [ "$port" -le 65535 ] && [ "$port" -lt $((wanted + 100)) ] ||
            die "no free port between $wanted and $((port - 1)); choose one with --port N"
    done
    [ "$port" = "$wanted" ] || say "demo: port $wanted is busy, taking $port"

    database=build/demo/$port.fairlead
    demo_database "$database" "$full" "$port"
    exec build/fairlead serve "$database" --listen "127.0.0.1:$port"
}
