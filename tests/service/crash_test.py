#!/usr/bin/env python3
"""What service/writer acknowledged survives SIGKILL at random moments.

Two processes with several threads each write into one database until both are killed; then the database is opened as
after any crash, and compared with what was acknowledged (tests/crash.py). Every 8 kills it begins with a new database,
so that looking at all of it stays short. FAIRLEAD_KILLS: how often, instead of 20 times.
"""
import os
import subprocess
import tempfile
import time

from crash import Child, Ledger, kill_after_a_while, read_state, seeded
from tap import Tap, path

KILLS = int(os.environ.get('FAIRLEAD_KILLS') or 20)
WRITER = os.environ.get('CRASH_WRITER') or path('build', 'debug', 'tests', 'service', 'crash-writer')
SEED = 20251126
PROCESSES, THREADS, LONGEST_S, KILLS_A_DATABASE = 2, 4, 0.04, 8


def main():
    tap = Tap()
    rng = seeded(SEED)
    findings, written, begin = [], 0, time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for kill in range(KILLS):
            if kill % KILLS_A_DATABASE == 0:
                database, ledger = os.path.join(folder, f'{kill}.fairlead'), Ledger()
                subprocess.run([WRITER, database, 'new'], check=True, timeout=60)
            children = [Child([WRITER, database, 'write', f'{kill}.{process}', str(THREADS)], ledger)
                        for process in range(PROCESSES)]
            found = kill_after_a_while(children, rng, LONGEST_S)
            state, problems = read_state([WRITER, database, 'read'])
            before = ledger.count
            findings += [f'kill {kill}: {finding}' for finding in found + problems + ledger.compare(state)]
            written += before
            ledger.count = 0
            if kill % 100 == 99:
                print(f'# {kill + 1} kills, {written} writes acknowledged, {len(findings)} findings', flush=True)
    print(f'# {KILLS} kills in {time.monotonic() - begin:.0f} s, {written} writes acknowledged')
    tap.check('what was acknowledged is there after each kill, and nothing by half', findings)
    tap.check('each kill fell between writes', [] if written >= KILLS * PROCESSES else [f'{written} writes'])
    tap.end()


main()
