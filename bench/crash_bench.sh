#!/bin/bash
# Kills survived: processes that write through service/writer are killed with SIGKILL 1,000 times, and what is there
# is compared with what was acknowledged. The limit is the number of kills.
# usage: [FAIRLEAD_KILLS=N] crash_bench.sh
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
kills=${FAIRLEAD_KILLS:-1000}
FAIRLEAD_KILLS=$kills CRASH_WRITER=$root/build/bench/tests/service/crash-writer PYTHONPATH=$root/tests \
    python3 "$root/tests/service/crash_test.py"
