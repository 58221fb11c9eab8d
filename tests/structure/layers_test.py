#!/usr/bin/env python3
"""Arrows go down only, and each foreign library has one door (docs/ARCHITECTURE.md)."""
import re

from tap import Tap, files, read

# Folder -> folders it may include. A folder named with a star stands for all engines.
MAY = {
    'base': [],
    'assets': ['base'],                     # files that the build puts into the program
    'text': ['base', 'assets'],
    'model': ['base', 'text'],
    'store': ['base', 'assets', 'text', 'model'],
    'engine/*': ['base'],
    'engine/catalogue': ['base', 'text'],   # the engines that see words
    'engine/names': ['base', 'text'],
    'engine/search': ['base', 'text'],
    'exchange': ['base', 'assets', 'text', 'model'],
    'http': ['base'],                       # knows nothing of expos
    'service': ['base', 'assets', 'text', 'model', 'store', 'engine/*', 'exchange'],
    'site': ['base', 'assets', 'text', 'model', 'engine/*', 'exchange', 'service', 'http'],
    'api': ['base', 'assets', 'text', 'model', 'engine/*', 'exchange', 'service', 'http'],
    # The command line opens, backs up and restores databases without a use case in between.
    'cli': ['base', 'assets', 'text', 'model', 'store', 'engine/*', 'exchange', 'service', 'http', 'site', 'api'],
    '.': ['base', 'service', 'cli', 'site', 'api', 'http'],   # main.c
}

# Header (a prefix) -> the one folder that may include it.
DOORS = {
    'unicode/': 'text', 'sqlite3.h': 'store', 'microhttpd.h': 'http', 'zlib.h': 'http', 'zip.h': 'exchange', 'expat.h': 'exchange',
    'xlsxwriter.h': 'exchange', 'jansson.h': 'exchange', 'sodium.h': 'service', 'malloc.h': 'base', 'cairo': 'exchange',
    'pango/': 'exchange', 'qrencode.h': 'exchange', 'curl/': 'exchange', 'libical/': 'exchange', 'gd.h': 'exchange', 'md4c.h': 'site',
    'ccadical.h': 'engine/meet',
}
# What the C library and the system offer to everybody.
SYSTEM = re.compile(r'^(arpa/inet|assert|ctype|dirent|errno|fcntl|fenv|float|ftw|getopt|inttypes|iso646|limits|'
                    r'locale|math|netdb|netinet/(in|tcp)|poll|pthread|sched|semaphore|setjmp|signal|stdalign|stdarg|stdatomic|'
                    r'stdbool|stddef|stdint|stdio|stdlib|string|strings|sys/[a-z_]+|termios|threads|time|unistd|'
                    r'wchar|[a-z]*mmintrin|x86intrin|langinfo|glob|spawn|linux/[a-z_]+)\.h$')
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def folder_of(path):
    """"src/engine/chain/a.c" and "engine/chain/a.h" -> "engine/chain"; "src/main.c" -> "."."""
    parts = path.split('/')[:-1]
    if parts[:1] == ['src']:
        parts = parts[1:]
    return '/'.join(parts[:2] if parts[:1] == ['engine'] else parts[:1]) or '.'


def allowed(source, target):
    if source == target:
        return True
    if source not in MAY and not source.startswith('engine/'):
        return False
    granted = MAY.get(source, MAY['engine/*'])
    return target in granted or (target.startswith('engine/') and 'engine/*' in granted)


def main():
    tap = Tap()
    upward, doors, unknown = [], [], []
    for path in files('src', '.c', '.h'):
        here = folder_of(path)
        for mark, header in INCLUDE.findall(read(path)):
            if mark == '"':
                target = folder_of(header) if '/' in header else here
                if not allowed(here, target):
                    upward.append(f'{path} includes {header}: {here} may not know {target}')
                continue
            door = next((f for prefix, f in DOORS.items() if header.startswith(prefix)), None)
            if door is not None and door != here:
                doors.append(f'{path} includes <{header}>: only {door}/ may')
            elif door is None and not SYSTEM.match(header):
                unknown.append(f'{path} includes <{header}>: name its one folder in tests/structure/layers_test.py')
    tap.check('includes go down the layers only', upward)
    tap.check('each foreign library is included by one folder', doors)
    tap.check('every system header is a known one', unknown)
    tap.end()


main()
