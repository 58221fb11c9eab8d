#!/usr/bin/env python3
"""Tests mirror the source: what src/X/Y.h offers to other folders is used by a test in tests/X, or
stands below with the reason. A header that only its own folder includes is a part of the folder's
module and tested through it; so is a source file without a header of its own."""
import glob
import os
import re

from headers_test import declarations
from tap import Tap, files, path, read

TESTED_ELSEWHERE = {
    'src/base/err.h': 'the error paths of every test',
    'src/base/log.h': 'one call that writes a line',
    'src/base/job.h': 'the cancelled and late runs of the engines',
    'src/base/mem.h': 'the allocation-failure loops of the modules',
    'src/base/vec.h': 'every module that grows an array',
    'src/cli/cli.h': 'tests/cli runs the program',
    'src/assets/assets.h': 'generated; what it holds is opened by the tests of store and service',
}
INCLUDE = re.compile(r'^#include "([^"]+)"', re.MULTILINE)


def users(sources):
    """Header -> the folders that include it."""
    found = {}
    for source in sources:
        for header in INCLUDE.findall(read(source)):
            found.setdefault('src/' + header, set()).add(os.path.dirname(source))
    return found


def main():
    tap = Tap()
    headers = files('src', '.h')
    used_by = users(files('src', '.c', '.h'))
    tested_by = users(files('tests', '.c', '.h'))
    missing = []
    for header in headers:
        folder = os.path.dirname(header)
        public = used_by.get(header, set()) - {folder} and any(declarations(read(header)))
        tested = 'tests' + folder[len('src'):] in tested_by.get(header, set())
        if public and not tested and header not in TESTED_ELSEWHERE:
            missing.append(f'{header}: no test in tests{folder[len("src"):]} includes it')
    tap.check('every public header has its test or a reason', missing)
    folders = {os.path.dirname(s) for s in files('src', '.c')} - {'src', 'src/assets'}
    tap.check('every folder with code has tests',
              [f for f in sorted(folders) if not glob.glob(path('tests', f[len('src/'):], '*_test.*'))])
    tap.check('the list of reasons names existing files', [s for s in TESTED_ELSEWHERE if s not in headers])
    tap.end()


if __name__ == '__main__':
    main()
