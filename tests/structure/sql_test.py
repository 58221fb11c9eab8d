#!/usr/bin/env python3
"""SQL is only in src/store, and its statements are put together from names of the program's own tables and columns and
from numbers; every text that comes from outside is bound."""
import re

from tap import Tap, files, read

BUILDS = re.compile(r'\b(?:buf_printf|snprintf)\(\s*&?(?:sql|end|mark)\b')
APPENDS = re.compile(r'\b(?:buf_add_str|buf_add|buf_add_char)\(\s*&?sql\s*,')
# What may stand in a statement: names out of tables.def, and constants of the file.
NAMES = re.compile(r'^(?:t|store_table_info\(table\))->(?:name|column\[[\w.\[\]]+\]\.name)$|^[\w >]+ \? "[^"]*" : "[^"]*"$')
CONSTANTS = {
    'src/store/erase.c': {'image', 'between'},
    'src/store/states.c': {'between', 'column', 'table', 'rule->where', 'unreadable', 'log_rules[i].sql', 'STR_ARG(word)',
                           'kind_code(c->kind, i)', 'images[i]'},
    'src/store/read.c': {'column'},
    'src/store/batch.c': {'save'},
}


def call_at(text, start):
    """The arguments of the call whose name begins at `start`."""
    depth, parts, begin, in_text = 0, [], None, False
    i = text.index('(', start)
    while i < len(text):
        c = text[i]
        if in_text:
            if c == '\\':
                i += 1
            elif c == '"':
                in_text = False
        elif c == '"':
            in_text = True
        elif c == '(':
            depth += 1
            if depth == 1:
                begin = i + 1
        elif c == ')' or (c == ',' and depth == 1):
            if c == ')':
                depth -= 1
            if depth == 0 or c == ',':
                parts.append(' '.join(text[begin:i].split()))
                begin = i + 1
                if depth == 0:
                    return parts
        i += 1
    return parts


def findings_of(name, text):
    found = []
    for match in BUILDS.finditer(text):
        arguments = call_at(text, match.start())
        at = 2 if match.group().startswith('snprintf') else 1
        # Of two formats that take the same arguments, the longer one.
        words = max((''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', part)) for part in arguments[at].split(' : ')), key=len)
        kinds = re.findall(r'%(?:\.\*)?(?:[0-9]*)(?:ll|z)?([a-zA-Z])', words.replace('%%', ''))
        if len(kinds) != len(arguments) - at - 1:
            found.append(f'{name}: cannot tell what goes into: {words[:60]}')
        for kind, argument in zip(kinds, arguments[at + 1:]):
            if kind == 's' and not NAMES.match(argument) and argument not in CONSTANTS.get(name, set()):
                found.append(f'{name}: {argument} goes into a statement: {words[:60]}')
    for match in APPENDS.finditer(text):
        found.append(f'{name}: text is added to a statement: {text[match.start():match.start() + 60]}')
    return found


def main():
    tap = Tap()
    sources = files('src', '.c', '.h')
    tap.check('only the store speaks SQL', [f'{name} includes sqlite3.h' for name in sources
                                            if '<sqlite3.h>' in read(name) and not name.startswith('src/store/')])
    store = [name for name in sources if name.startswith('src/store/')]
    built = sum(len(BUILDS.findall(read(name))) for name in store)
    tap.check('statements are put together from names and numbers of the program, never from values',
              [finding for name in store for finding in findings_of(name, read(name))]
              + ([] if built > 10 else [f'only {built} statements were found']))
    planted = 'snprintf(sql, sizeof(sql), "SELECT %s FROM a WHERE b = \'%s\'", t->name, text.ptr);'
    tap.check('a value put into a statement is found', [] if len(findings_of('src/store/x.c', planted)) == 1 else ['it is not'])
    tap.end()


main()
