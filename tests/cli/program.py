"""Runs the program for the command line tests."""
import os
import subprocess

from tap import path

PROGRAM = os.environ.get('FAIRLEAD') or path('build', 'fairlead')


def run(*arguments, stdin=''):
    """(exit code, standard output, standard error) of the program."""
    result = subprocess.run([PROGRAM, *arguments], input=stdin, capture_output=True, text=True, encoding='utf-8',
                            timeout=120, check=False, env={**os.environ, 'FAIRLEAD_ACTOR': 'test'})
    return result.returncode, result.stdout, result.stderr


def commands():
    """Names of all commands, from the help."""
    _, out, _ = run('--help')
    listed = out.split('Commands:')[-1].split('\n\n')[0]
    return [line.split()[0] for line in listed.strip().splitlines()]
