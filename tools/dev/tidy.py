#!/usr/bin/env python3
"""clang-tidy over the sources of a build directory, two at a time; prints the findings.

A file that was clean is not looked at again until its object file is newer than the stamp of that
look: ninja has then seen a change in it or in a header it includes. usage: tidy.py BUILD
"""
import concurrent.futures
import json
import os
import re
import subprocess
import sys

FINDING = re.compile(r'^(\S+:\d+:\d+: (?:warning|error): .*)$', re.MULTILINE)


def look(build, root, entry):
    """The findings in one source file."""
    source = os.path.relpath(os.path.join(entry['directory'], entry['file']), root)
    compiled = os.path.join(build, entry['output'])
    stamp = os.path.join(build, 'tidy', source.replace('/', '!'))
    rules = os.path.getmtime(os.path.join(root, '.clang-tidy'))
    if os.path.exists(stamp) and os.path.exists(compiled) \
            and os.path.getmtime(stamp) > max(os.path.getmtime(compiled), rules):
        return []
    result = subprocess.run(['clang-tidy-14', '-p', build, '--quiet', os.path.join(root, source)],
                            capture_output=True, text=True, check=False)
    findings = [re.sub(r'^(\.\./)+', '', line.replace(root + '/', '').replace(f'{build}/../../', ''))
                for line in FINDING.findall(result.stdout)]
    if not findings and result.returncode == 0:
        with open(stamp, 'w', encoding='ascii'):
            pass
    elif not findings:
        findings = [f'{source}: clang-tidy stopped: {result.stderr.strip()[-200:]}']
    return findings


def main():
    build = sys.argv[1]
    root = os.getcwd()
    os.makedirs(os.path.join(build, 'tidy'), exist_ok=True)
    with open(os.path.join(build, 'compile_commands.json'), encoding='utf-8') as handle:
        entries = [e for e in json.load(handle) if e['file'].startswith('../../src/')]
    with concurrent.futures.ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        findings = {line for lines in pool.map(lambda e: look(build, root, e), entries) for line in lines}
    print('\n'.join(sorted(findings)))


main()
