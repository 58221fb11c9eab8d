#!/usr/bin/env python3
"""The desk in the browser: small enough, the same bytes from the same sources, its words in order, its files short."""
import gzip
import os
import re
import shutil
import subprocess
import tempfile

from tap import Tap, files, path, read

BUNDLE_BYTES_MAX = 120 * 1000        # compressed, as it is sent
FILE_LINES_MAX = 600
LINE_COLUMNS_MAX = 140               # 120 is the aim; markup in code nests
WORD = re.compile(r'WORD\((\w+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)')
MARK = re.compile(r'%[a-z]')
HAN = re.compile('[\u4e00-\u9fff]')
QUOTED_HAN = {'web/desk/signin.tsx': 'the names of the languages', 'web/desk/screens/accounts.tsx': 'the name of a language'}


def build(folder):
    """Bundles the desk into a folder; what went wrong, or nothing."""
    done = subprocess.run(['node', path('web/build.mjs'), folder, os.path.join(folder, 'desk.d'), 'desk.js'],
                          capture_output=True, text=True, check=False)
    return [line for line in done.stderr.split('\n') if line][:5] if done.returncode else []


def content(folder, name):
    with open(os.path.join(folder, name), 'rb') as handle:
        return handle.read()


def check_bundle(tap):
    if not shutil.which('node') or not os.path.isdir(path('web/node_modules')):
        tap.skip('the bundle is small and reproducible', 'the modules of web/ are not installed')
        return
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        faults = build(one) + build(other)
        tap.check('the desk is bundled', faults)
        if faults:
            return
        tap.check('the same sources give the same bytes',
                  [f'{n} differs' for n in ('desk.js', 'desk.css') if content(one, n) != content(other, n)])
        sizes = {n: len(gzip.compress(content(one, n), 9)) for n in ('desk.js', 'desk.css')}
        print(f'# compressed: {sizes}')
        tap.check(f'script and style are at most {BUNDLE_BYTES_MAX} bytes, compressed',
                  [f'{sum(sizes.values())} bytes'] if sum(sizes.values()) > BUNDLE_BYTES_MAX else [])


def check_types(tap):
    """esbuild looks at no types: here the desk and the API, whose types are made from its tables, are held together."""
    compiler = path('web/node_modules/.bin/tsc')
    if not shutil.which('node') or not os.path.exists(compiler):
        tap.skip('the types of the desk and of the API agree', 'the modules of web/ are not installed')
        return
    subprocess.run(['node', path('web/words.mjs'), path('build/desk')], check=True)
    done = subprocess.run([compiler, '-p', path('web'), '--pretty', 'false'], capture_output=True, text=True, check=False)
    tap.check('the types of the desk and of the API agree', [line for line in done.stdout.split('\n') if line][:10])


def check_words(tap):
    sources = {p: read(p) for p in files('web/desk', '.ts', '.tsx')}
    code = '\n'.join(sources.values())
    unused, differing, empty = [], [], []
    for file in files('web/desk/words', '.def'):
        for name, en, zh in WORD.findall(re.sub(r'/\*.*?\*/', '', read(file), flags=re.DOTALL)):
            if not re.search(rf'\bW\.{name}\b', code):
                unused.append(f'{file}: {name}')
            if MARK.findall(en) != MARK.findall(zh):
                differing.append(f'{file}: {name}: {MARK.findall(en)} and {MARK.findall(zh)}')
            if not HAN.search(zh) or HAN.search(en):
                empty.append(f'{file}: {name}')
    tap.check('every word of the desk is said somewhere', unused)
    tap.check('marks stand in the same order in both languages', differing)
    tap.check('every word is English and Chinese', empty)
    tap.check('no Chinese stands in the code instead of the words',
              [f'{p}:{n}' for p, text in sources.items() if p not in QUOTED_HAN
               for n, line in enumerate(text.split('\n'), 1) if HAN.search(line)])
    tap.check(f'no file is longer than {FILE_LINES_MAX} lines',
              [f'{p}: {t.count(chr(10))} lines' for p, t in sources.items() if t.count('\n') > FILE_LINES_MAX])
    tap.check(f'no line is wider than {LINE_COLUMNS_MAX} columns, indented by tabs or ends in blanks',
              [f'{p}:{n}' for p, t in sources.items() for n, line in enumerate(t.split('\n'), 1)
               if len(line) > LINE_COLUMNS_MAX or '\t' in line or line != line.rstrip()])
    tap.check('every file says what it is for', [p for p, t in sources.items() if not t.startswith('/*') and not p.endswith('globals.d.ts')])
    tap.check('no markup goes in as text', [p for p, t in sources.items() if 'dangerouslySetInnerHTML' in t or 'innerHTML' in t])


def main():
    tap = Tap()
    check_bundle(tap)
    check_types(tap)
    check_words(tap)
    tap.end()


main()
