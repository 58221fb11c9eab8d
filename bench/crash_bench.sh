#!/bin/bash
# Kills survived: processes that write through service/writer, and then a server that clients write to over HTTP, are
# killed with SIGKILL 1,000 times each, and what is there is compared with what was acknowledged. The limit is the number
# of kills.
# usage: [FAIRLEAD_KILLS=N] crash_bench.sh
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
export FAIRLEAD_KILLS=${FAIRLEAD_KILLS:-1000} PYTHONPATH=$root/tests FAIRLEAD=${FAIRLEAD:-$root/build/bench/src/fairlead}
CRASH_WRITER=$root/build/bench/tests/service/crash-writer python3 "$root/tests/service/crash_test.py"
python3 "$root/tests/api/crash_test.py"
