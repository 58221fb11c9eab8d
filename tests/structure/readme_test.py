#!/usr/bin/env python3
"""What the documents tell a newcomer to type exists."""
import os
import re
import subprocess

from tap import Tap, files, path, read

LINK = re.compile(r'\]\(([^)#:\s]+)(#[^)]*)?\)')


def main():
    tap = Tap()
    documents = ['README.md'] + files('docs', '.md')
    usage = subprocess.run(['bash', path('dev'), 'help'], capture_output=True, text=True, check=False).stdout
    commands = set(re.findall(r'^  (\w+)', usage, re.MULTILINE))
    tap.check('README shows the two commands',
              [f'no {c}' for c in ('./dev demo', './dev test') if c not in read('README.md')])
    tap.check('every ./dev command in the documents exists',
              [f'{d}: ./dev {c}' for d in documents for c in re.findall(r'\./dev (\w+)', read(d)) if c not in commands | {'help'}])
    tap.check('every link between documents leads somewhere',
              [f'{d}: {target}' for d in documents for target, _ in LINK.findall(read(d))
               if not os.path.exists(os.path.join(os.path.dirname(path(d)), target))])
    tap.end()


main()
