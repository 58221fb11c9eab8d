#!/usr/bin/env python3
"""The command serve from outside, and the unit of systemd that runs it."""
import os
import re
import shutil
import subprocess
import tempfile

from program import PROGRAM, run
from tap import Tap, path, read

EXPOSURE_MAX = 15   # tenths, of systemd-analyze security; 100 = no protection at all


def check_options(tap, folder):
    base = os.path.join(folder, 'expo.fairlead')
    assert run('new', base)[0] == 0
    code, _, err = run('serve', base, '--listen', '127.0.0.1:0', '--behind-proxy', 'nginx')
    tap.check('a proxy is named by its address', [] if code == 1 and 'loopback' in err else [f'exit code {code}', err])
    wrong = [('--client-limit', 'much'), ('--client-limit', '-1'), ('--cache', '0')]
    tap.check('limits are numbers', [f'{w}: {r}' for w in wrong for r in [run('serve', base, *w)] if r[0] != 2 or not r[2]])
    code, _, err = run('serve', base, '--listen', '8080')
    tap.check('an address without a host is an error that shows a right one',
              [] if code == 1 and '127.0.0.1:8080' in err else [f'exit code {code}', err])


def check_unit(tap):
    unit = read('docs/fairlead.service')
    command = re.search(r'^ExecStart=(.*)$', unit, re.MULTILINE).group(1).split()
    known = subprocess.run([PROGRAM, 'serve', '--help'], capture_output=True, text=True, check=True).stdout
    tap.check('the unit of systemd runs the program with options it has',
              [o for o in command if o.startswith('--') and o not in known] + ([] if command[1] == 'serve' else command[:2]))
    name = 'the unit of systemd keeps the program in its place'
    if shutil.which('systemd-analyze') is None:
        tap.skip(name, 'systemd-analyze is not installed')
        return
    result = subprocess.run(['systemd-analyze', 'security', '--offline=true', '--no-pager', f'--threshold={EXPOSURE_MAX}',
                             path('docs/fairlead.service')], capture_output=True, text=True, check=False)
    tap.check(name, [] if result.returncode == 0 else (result.stdout + result.stderr).splitlines()[-3:])


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        check_options(tap, folder)
    check_unit(tap)
    tap.end()


main()
