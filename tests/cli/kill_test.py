#!/usr/bin/env python3
"""An import killed at any moment leaves the database as it was or as it should be, never between.

The list is imported again and again into a copy of the same database, and the program is killed with SIGKILL after
a random part of the time that a whole import takes (the seed is printed). What must hold does not depend on where the
kill falls, so the test does not depend on the machine's speed.
"""
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time

from program import PROGRAM, run
from tap import Tap

KILLS = 12
ROWS = 4000
SEED = 20241126


def exhibitors(base):
    """Exhibitors of the edition of 2024 in the register."""
    line = next(line for line in run('edition', base)[1].splitlines() if line.startswith('2024'))
    return int([word for word in line.split() if word.isdigit()][-1])


def copy(base, to):
    for suffix in ('', '-wal', '-shm'):
        if os.path.exists(base + suffix):
            shutil.copy(base + suffix, to + suffix)
        elif os.path.exists(to + suffix):
            os.remove(to + suffix)


def main():
    tap = Tap()
    rng = random.Random(SEED)
    print(f'# seed {SEED}')
    with tempfile.TemporaryDirectory() as folder:
        fresh, base = os.path.join(folder, 'fresh.fairlead'), os.path.join(folder, 'expo.fairlead')
        sheets = os.path.join(folder, 'list')
        run('new', fresh)
        run('sample', sheets, '--exhibitors', str(ROWS), '--partners', '0', '--year', '2024', '--seed', '1')
        copy(fresh, base)
        begin = time.monotonic()
        code, out, err = run('import', base, sheets)
        whole = time.monotonic() - begin
        tap.check('the list imports', [] if code == 0 and exhibitors(base) == ROWS else [out, err])
        findings, ended = [], 0
        for kill in range(KILLS):
            copy(fresh, base)
            program = subprocess.Popen([PROGRAM, 'import', base, sheets], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                program.wait(timeout=whole * rng.random() * 1.1)
                ended += 1
            except subprocess.TimeoutExpired:
                program.send_signal(signal.SIGKILL)
                program.wait()
            code, out, err = run('check', base)
            count = exhibitors(base)
            if code != 0:
                findings.append(f'kill {kill}: check says {out}{err}')
            if count not in (0, ROWS):
                findings.append(f'kill {kill}: {count} exhibitors')
        tap.check('after every kill the database is whole, with all of the list or none', findings)
        tap.check('some imports were killed before they ended', [] if ended < KILLS else ['every import ended before its kill'])
        code, out, err = run('import', base, sheets)
        tap.check('the list imports after a kill', [] if code == 0 and exhibitors(base) == ROWS else [out, err])
    tap.end()


main()
