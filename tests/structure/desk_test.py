#!/usr/bin/env python3
"""The desk and the portal in the browser: small enough, the same bytes from the same sources, its words in order, its files short."""
import gzip
import os
import re
import shutil
import subprocess
import tempfile

from tap import Tap, files, path, read

BUNDLE_BYTES_MAX = {'desk': 120 * 1000, 'portal': 60 * 1000}  # script and style, compressed, as they are sent
FOLDERS = ('web/desk', 'web/portal', 'web/shared')
FILE_LINES_MAX = 600
LINE_COLUMNS_MAX = 140               # 120 is the aim; markup in code nests
WORD = re.compile(r'WORD\((\w+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+),\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)')
MARK = re.compile(r'%[a-z]')
HAN = re.compile('[\u4e00-\u9fff]')
QUOTED_HAN = {'web/shared/signin.tsx': 'the names of the languages', 'web/desk/screens/accounts.tsx': 'the name of a language'}


def build(folder):
    """Bundles both into a folder; what went wrong, or nothing."""
    done = subprocess.run(['node', path('web/build.mjs'), folder, os.path.join(folder, 'apps.d'), 'desk.js'],
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
        tap.check('desk and portal are bundled', faults)
        if faults:
            return
        names = [f'{app}.{kind}' for app in BUNDLE_BYTES_MAX for kind in ('js', 'css')]
        tap.check('the same sources give the same bytes',
                  [f'{n} differs' for n in names if content(one, n) != content(other, n)])
        sizes = {n: len(gzip.compress(content(one, n), 9)) for n in names}
        print(f'# compressed: {sizes}')
        for app, most in BUNDLE_BYTES_MAX.items():
            size = sizes[f'{app}.js'] + sizes[f'{app}.css']
            tap.check(f'script and style of the {app} are at most {most} bytes, compressed', [f'{size} bytes'] if size > most else [])


def check_types(tap):
    """esbuild looks at no types: here desk, portal and the API, whose types are made from its tables, are held together."""
    compiler = path('web/node_modules/.bin/tsc')
    if not shutil.which('node') or not os.path.exists(compiler):
        tap.skip('the types of desk, portal and API agree', 'the modules of web/ are not installed')
        return
    subprocess.run(['node', path('web/words.mjs'), path('build/desk')], check=True)
    done = subprocess.run([compiler, '-p', path('web'), '--pretty', 'false'], capture_output=True, text=True, check=False)
    tap.check('the types of desk, portal and API agree', [line for line in done.stdout.split('\n') if line][:10])


def check_words(tap):
    sources = {p: read(p) for folder in FOLDERS for p in files(folder, '.ts', '.tsx')}
    code = '\n'.join(sources.values())
    unused, differing, empty = [], [], []
    for file in [f for folder in FOLDERS for f in files(f'{folder}/words', '.def')]:
        for name, en, zh in WORD.findall(re.sub(r'/\*.*?\*/', '', read(file), flags=re.DOTALL)):
            if not re.search(rf'\bW\.{name}\b', code):
                unused.append(f'{file}: {name}')
            if MARK.findall(en) != MARK.findall(zh):
                differing.append(f'{file}: {name}: {MARK.findall(en)} and {MARK.findall(zh)}')
            if not HAN.search(zh) or HAN.search(en):
                empty.append(f'{file}: {name}')
    tap.check('every word of desk and portal is said somewhere', unused)
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
