#!/usr/bin/env python3
"""Writes a C file that holds the named files.

usage: embed.py ROOT OUT.c FILE...
Names in the table are the files' paths relative to ROOT; those of files that the build made are relative
to its folder, in which this runs. The bytes come in through the assembler's .incbin, which is faster to
compile than an array of numbers.
"""
import os
import sys

root, out, files = sys.argv[1], sys.argv[2], sys.argv[3:]


def name_of(file):
    made = os.path.relpath(file)
    return (os.path.relpath(file, root) if made.startswith(os.pardir) else made).replace(os.sep, '/')


named = sorted((name_of(f).encode(), os.path.abspath(f)) for f in files)
with open(out, 'w', encoding='utf-8') as c:
    c.write('/* Made by embed.py. */\n#include "assets/assets.h"\n\n')
    c.write('__asm__(".section .rodata\\n"\n')
    for i, (_, path) in enumerate(named):
        quoted = path.replace('\\', '\\\\').replace('"', '\\"')
        c.write(f'    ".balign 16\\nasset_{i}: .incbin \\"{quoted}\\"\\n.byte 0\\n"\n')
    c.write('    ".previous\\n");\n\n')
    for i in range(len(named)):
        c.write(f'extern const char asset_{i}[] __asm__("asset_{i}");\n')
    c.write('\nextern const struct asset assets_table[];\nextern const uint32_t assets_table_len;\n')
    c.write(f'const uint32_t assets_table_len = {len(named)};\n')
    c.write('const struct asset assets_table[] = {\n')
    for i, (name, path) in enumerate(named):
        text = name.decode()
        c.write(f'    {{{{"{text}", {len(name)}}}, {{asset_{i}, {os.path.getsize(path)}}}}},\n')
    c.write('};\n')
