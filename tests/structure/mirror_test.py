#!/usr/bin/env python3
"""Tests mirror the source: what src/X/Y.h offers to other folders is tested by tests/X/Y_test.c (or
Y_PART_test.c), or stands below with the reason. A header that only its own folder includes is a part
of the folder's module and tested through it; so is a source file without a header of its own."""
import glob
import os
import re

from tap import Tap, files, path, read

TESTED_ELSEWHERE = {
    'src/base/banned.h': 'the compiler refuses what it names',
    'src/base/err.h': 'the error paths of every test',
    'src/base/log.h': 'one call that writes a line',
    'src/base/job.h': 'the cancelled and late runs of the engines',
    'src/base/mem.h': 'the allocation-failure loops of the modules',
    'src/base/vec.h': 'every module that grows an array',
    'src/assets/assets.h': 'generated; what it holds is opened by the tests of store and site',
}


def users(sources):
    """Header path in quotes -> the folders that include it."""
    found = {}
    for source in sources:
        for header in re.findall(r'^#include "([^"]+)"', read(source), re.MULTILINE):
            found.setdefault('src/' + header, set()).add(os.path.dirname(source))
    return found


def main():
    tap = Tap()
    headers = files('src', '.h')
    used_by = users(files('src', '.c', '.h'))
    missing = []
    for header in headers:
        stem = path('tests', header[len('src/'):-len('.h')])
        public = used_by.get(header, set()) - {os.path.dirname(header)} and re.search(r'\w\(', read(header))
        folder = os.path.dirname(header)
        if os.path.basename(header) == os.path.basename(folder) + '.h' \
                and glob.glob(path('tests', folder[len('src/'):], '*_test.c')):
            continue   # the header of the whole folder: each part has its own test
        if public and header not in TESTED_ELSEWHERE \
                and not os.path.exists(stem + '_test.c') and not glob.glob(stem + '_*_test.c'):
            missing.append(f'{header}: no {os.path.relpath(stem, path())}_test.c')
    tap.check('every public header has its test or a reason', missing)
    folders = {os.path.dirname(s) for s in files('src', '.c')} - {'src', 'src/assets'}
    tap.check('every folder with code has tests',
              [f for f in sorted(folders) if not glob.glob(path('tests', f[len('src/'):], '*_test.*'))])
    tap.check('the list of reasons names existing files', [s for s in TESTED_ELSEWHERE if s not in headers])
    tap.end()


main()
