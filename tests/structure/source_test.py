#!/usr/bin/env python3
"""Ceilings and words of the source: files, functions, lines, what must not stand in them."""
import re

from tap import Tap, files, read

FILE_LINES_MAX = 700
FUNCTION_LINES_MAX = 80      # 60 is the aim; longer ones are listed in the output
FUNCTION_LINES_AIM = 60
LINE_COLUMNS_MAX = 100       # as .clang-format

CODE = ('.c', '.h')
# The words are put together here, so that this file does not hold them.
MARKS = re.compile(r'\b(' + '|'.join(['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK']) + r')\b')
MACHINE = re.compile(r'(?<![\w.])/(home|work|root|tmp/[a-z]+[.-]\d|Users|mnt)/\w')
ALLOCATION = re.compile(r'(?<![\w.>])(malloc|calloc|realloc|free|strdup|strndup|asprintf)\s*\(')
EXITS = re.compile(r'(?<![\w.>])(exit|abort|_exit|quick_exit)\s*\(')
TYPEDEF_STRUCT = re.compile(r'^\s*typedef\s+(struct|union)\b(?![^;{]*\()')   # types of functions may return one
# A function of a foreign library's own memory, by file: why it may call free().
FREE_ALLOWED = {'src/base/mem.c': 'the door to the C library', 'src/cli/cmd_text.c': 'the line of getline'}


def without_comments(text):
    """Comments, string contents and definitions of macros become blanks; the lines stay."""
    pattern = re.compile(r'/\*.*?\*/|^#[ \t]*define(?:\\\n|[^\n])*|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.DOTALL | re.MULTILINE)
    return pattern.sub(lambda m: re.sub(r'[^\n]', ' ', m.group()), text)


def functions(text):
    """(name, first line, number of lines) of each function, by the layout of clang-format."""
    lines = text.split('\n')
    start = None
    for number, line in enumerate(lines, 1):
        if start is None:
            # A definition opens with a brace at the end of a line that began at column 0, or after it.
            if line.endswith('{') and not line.startswith('#') and '=' not in line:
                first = number
                while first > 1 and lines[first - 1][:1] in (' ', '\t') and lines[first - 2].strip():
                    first -= 1
                head = ' '.join(lines[first - 1:number])
                name = re.search(r'(\w+)\s*\(', head)
                if name and '=' not in head and not re.match(r'\s|struct \w+ \{|enum|union', head):
                    start = (name.group(1), first)
        elif line == '}':
            yield start[0], start[1], number - start[1] + 1
            start = None


def main():
    tap = Tap()
    sources = files('src', *CODE)
    code = sources + files('tests', *CODE) + files('bench', *CODE)
    everything = code + files('tests', '.py', '.sh', '.mjs', '.build', '.json') + files('docs', '.md') \
        + files('src', '.build') + files('tools', '.py', '.sh', '.txt', '.c') + files('web', '.ts', '.tsx') \
        + files('schema', '.sql') + ['dev', 'README.md', '.ci/run', 'meson.build']
    everything = [p for p in everything if not p.startswith('tests/fuzz/corpus')]
    text = {p: read(p) for p in everything}
    bare = {p: without_comments(text[p]) for p in sources}

    def search(pattern, where, paths):
        return [f'{p}:{n}: {line.strip()[:90]}' for p in paths for n, line in enumerate(where[p].split('\n'), 1)
                if pattern.search(line)]

    tap.check(f'no source file is longer than {FILE_LINES_MAX} lines',
              [f'{p}: {text[p].count(chr(10))} lines' for p in code if text[p].count('\n') > FILE_LINES_MAX])
    long_functions = [(length, f'{p}:{line}: {name} has {length} lines') for p in sources
                      for name, line, length in functions(bare[p]) if length > FUNCTION_LINES_AIM]
    tap.check(f'no function is longer than {FUNCTION_LINES_MAX} lines',
              [words for length, words in long_functions if length > FUNCTION_LINES_MAX])
    for length, words in sorted(long_functions, reverse=True):
        print(f'# over the aim of {FUNCTION_LINES_AIM}: {words}')
    tap.check(f'no line of code is wider than {LINE_COLUMNS_MAX} columns',
              [f'{p}:{n}: {len(line)} columns' for p in code for n, line in enumerate(text[p].split('\n'), 1)
               if len(line) > LINE_COLUMNS_MAX])
    tap.check('no left-over marks', search(MARKS, text, everything))
    tap.check('no paths of one machine', search(MACHINE, text, [p for p in everything if not p.endswith('source_test.py')]))
    tap.check('memory comes through base/mem only',
              search(ALLOCATION, bare, [p for p in sources if p not in FREE_ALLOWED]))
    tap.check('nothing below main exits', search(EXITS, bare, [p for p in sources if p != 'src/main.c']))
    tap.check('no typedef of a struct', search(TYPEDEF_STRUCT, bare, sources))
    tap.end()


main()
