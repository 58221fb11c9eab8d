#!/usr/bin/env python3
"""The command line from outside: help, exit codes, what a new database holds."""
import csv
import io
import json
import os
import tempfile

from program import commands, run
from tap import Tap


def check_help(tap):
    code, out, err = run('--help')
    tap.check('help lists the commands and ends well', [] if code == 0 and len(commands()) >= 10 and not err else [out, err])
    silent = [c for c in commands() if run(c, '--help')[0] != 0 or f'usage: fairlead {c}' not in run(c, '--help')[1]]
    tap.check('every command explains itself', silent)
    wrong = [('no-such-command',), ('check',), ('check', 'a', 'b', 'c'), ('chains', 'x', '--no-such-option'),
             ('chains', 'x', '--format', 'no-such-format')]
    tap.check('wrong usage is exit code 2 with words on standard error',
              [f'{w}: {r}' for w in wrong for r in [run(*w)] if r[0] != 2 or not r[2] or r[1]])


def check_database(tap, folder):
    base = os.path.join(folder, 'expo.fairlead')
    code, out, err = run('new', base, '--sample')
    tap.check('a new database with the sample is made', [] if code == 0 else [out, err])
    code, out, err = run('new', base)
    tap.check('a database is never made over another', [] if code == 1 and err else [f'exit code {code}', out])
    code, out, err = run('check', base)
    tap.check('a new database is whole', [] if code == 0 else [out, err])
    missing = run('chains', os.path.join(folder, 'none.fairlead'))
    tap.check('a missing database is an error that names it', [] if missing[0] == 1 and 'none.fairlead' in missing[2] else list(missing[1:]))

    as_json = json.loads(run('chains', base, '--edition', '2024', '--format', 'json')[1])
    as_csv = list(csv.DictReader(io.StringIO(run('chains', base, '--edition', '2024', '--format', 'csv')[1])))
    tap.check('chains are the same seven in CSV and JSON',
              [] if len(as_csv) == 7 and json.dumps(as_json).count('"clean-energy"') >= 1 else [str(as_csv)])
    code, out, err = run('chains', base, '--edition', '1887')
    tap.check('an unknown edition is an error that names it', [] if code == 1 and '1887' in err else [out, err])

    copy, again = os.path.join(folder, 'copy.fairlead'), os.path.join(folder, 'again.fairlead')
    steps = [run('backup', base, copy), run('restore', copy, again), run('check', again)]
    tap.check('a backup can be restored and is whole', [f'{s}' for s in steps if s[0] != 0])
    tap.check('a restored database answers as the first',
              [] if run('chains', base, '--format', 'csv')[1] == run('chains', again, '--format', 'csv')[1] else ['answers differ'])


def main():
    tap = Tap()
    check_help(tap)
    with tempfile.TemporaryDirectory() as folder:
        check_database(tap, folder)
    tap.end()


main()
