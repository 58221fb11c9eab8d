#!/usr/bin/env python3
"""The header is the manual: each public function is declared once, and words stand above it."""
import re

from tap import Tap, files, read

DECLARATION = re.compile(r'^(?!static|typedef|struct \w+ \{|enum|#|extern)[A-Za-z_][\w \t*]*?\**(\w+)\(', re.MULTILINE)
GUARD = re.compile(r'#ifndef (\w+)\n#define (\w+)\n')


def declarations(text):
    """(name, line number, whether a comment stands above it or above the block it is part of)."""
    lines = text.split('\n')
    commented = False
    inside_comment = False
    depth = 0
    for number, line in enumerate(lines, 1):
        stripped = line.strip()
        if inside_comment or stripped.startswith('/*'):
            inside_comment = '*/' not in stripped
            commented = True
            continue
        if not stripped:
            commented = False
            continue
        found = DECLARATION.match(line) if depth == 0 else None
        depth += line.count('{') - line.count('}')
        if found and '__attribute__' not in found.group(1):
            yield found.group(1), number, commented or '/*' in line


def main():
    tap = Tap()
    once, bare, guards, headless, unused = {}, [], [], [], []
    seen_guards = {}
    sources = {p: read(p) for p in files('src', '.c')}
    headers = {p: read(p) for p in files('src', '.h')}
    for path, text in headers.items():
        names = []
        if path != 'src/base/banned.h':
            found = GUARD.search(text)
            name = found.group(1) if found else 'none'
            if not found or name != found.group(2) or not name.startswith('FAIRLEAD_'):
                guards.append(f'{path}: guard {name}')
            elif name in seen_guards:
                guards.append(f'{path}: guard {name} is also that of {seen_guards[name]}')
            seen_guards[name] = path
        if not text.startswith('/*'):
            headless.append(path)
        for name, line, commented in declarations(text):
            names.append(name)
            once.setdefault(name, []).append(f'{path}:{line}')
            # The head of a small header may speak for all it declares.
            if not commented and not re.search(rf'\b{name}\b', text[:text.find('#ifndef')]):
                bare.append((path, line, name))
    tap.check('every public function is declared once',
              [f'{name}: {", ".join(places)}' for name, places in once.items() if len(places) > 1])
    # Pairs that the naming rule explains (docs/STYLE): _init, _release, _free, _clear, _close need no words.
    tap.check('every public function has a comment or a name of the life cycle',
              [f'{path}:{line}: {name}' for path, line, name in bare
               if not re.search(r'_(init|release|new|free|clear|close)$', name) and not family_is_commented(headers[path], line)])
    tap.check('every header opens with a comment', headless)
    tap.check('every header has a guard of its own', guards)
    everything = '\n'.join(list(sources.values()) + list(headers.values()))
    for name, places in once.items():
        if len(re.findall(rf'\b{name}\b', everything)) < 2:
            unused.append(f'{places[0]}: {name} is defined nowhere')
    tap.check('every declared function is defined', unused)
    tap.end()


def family_is_commented(text, line):
    """Declarations that follow one another without a blank line share the comment above them."""
    lines = text.split('\n')[:line]
    while lines and lines[-1].strip():
        if '*/' in lines[-1]:
            return True
        lines.pop()
    return False


if __name__ == '__main__':
    main()
