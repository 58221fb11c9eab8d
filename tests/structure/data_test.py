#!/usr/bin/env python3
"""The data shipped with the program passes its own checkers, where the public code lists are at hand."""
import os
import subprocess

from tap import Tap, path

CODES = path('..', 'shared', 'data', 'codes')


def findings(*command):
    result = subprocess.run(['python3', *command], capture_output=True, text=True, check=False)
    return [] if result.returncode == 0 else (result.stdout + result.stderr).splitlines() or ['no output']


def main():
    tap = Tap()
    if os.path.isdir(CODES):
        tap.check('the catalogue passes its checker', findings(path('data/catalogue/check.py'), path('data/catalogue'), CODES))
        tap.check('the sample passes its checker', findings(
            path('data/sample/check.py'), path('data/sample'), path('data/catalogue/nodes.csv'),
            os.path.join(CODES, 'country-codes.csv'), os.path.join(CODES, 'unlocode-subdivisions.csv')))
    else:
        tap.skip('the catalogue passes its checker', 'no code lists beside the checkout')
        tap.skip('the sample passes its checker', 'no code lists beside the checkout')
    tap.end()


main()
