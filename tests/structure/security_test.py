#!/usr/bin/env python3
"""The table of rights in docs/SECURITY.md is the one of the code; the tests it names exist."""
import glob
import os
import re

from tap import Tap, path, read

ROW = re.compile(r'^RIGHT\((\w+),\s*"([^"]+)",' + r'\s*(\w+),' * 8 + r'\s*"([^"]+)"\)', re.MULTILINE)
SCOPE = {'ALL': 'yes', 'OWN': 'own', 'NO': '–'}
TOKEN = {'READ': 'read', 'WRITE': 'write', 'NEVER': '–'}


def rows_of_code():
    for _, code, token, *scopes, what in ROW.findall(read('src/service/rights.def')):
        yield f'| `{code}` | {what} | ' + ' | '.join(SCOPE[s] for s in scopes) + f' | {TOKEN[token]} |'


def main():
    tap = Tap()
    document = read('docs/SECURITY.md')
    wanted = list(rows_of_code())
    told = re.findall(r'^\| `[a-z-]+` \| .* \|$', document, re.MULTILINE)
    tap.check('rights are read from the code', [] if len(wanted) == read('src/service/rights.def').count('\nRIGHT(') > 10 else wanted)
    tap.check('the document has the rows of the code, in its order',
              [f'wanted: {w}' for w in wanted if w not in told] + [f'too much: {t}' for t in told if t not in wanted] or
              ([] if told == wanted else ['the order differs']))
    named = re.findall(r'`(?:tests/[\w/]*/)?(\w+_(?:test|fuzz)\.\w+)`', document)
    known = {os.path.basename(f) for f in glob.glob(path('tests', '**', '*_*.*'), recursive=True) if 'node_modules' not in f}
    tap.check('the tests it names exist', [n for n in named if n not in known] or ([] if len(named) > 10 else named))
    tap.end()


main()
