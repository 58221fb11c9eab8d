#!/usr/bin/env python3
"""Runs the tests of Fairlead and counts every TAP line.

What there is to run, each under a name that `./dev test NAME` selects by a part of it:
  base/str            a unit test program of the debug build
  asan:base/str       the same program under AddressSanitizer and UBSan
  tsan:service/writer the same under ThreadSanitizer, for units with threads of their own
  structure/layers    a script tests/KIND/NAME_test.{py,sh,mjs} that prints TAP (KIND: structure,
                      cli, golden, api, browser, ...); it finds the program as $FAIRLEAD and the
                      project as $FAIRLEAD_SOURCE; Python finds tests/tap.py
  fuzz:csv            a fuzz target over its corpus and a fixed number of runs
  lint                layout, clang-tidy, shellcheck

The last line is "N passed, N failed, N skipped"; the exit status is 1 when something failed.
Standard library only.
"""
import argparse
import concurrent.futures
import glob
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
FUZZ_RUNS = 20000         # about 3 s a target; runs and not seconds, so that each machine does the same
# A layout searches for a fixed amount of work, 7 ms under the sanitizers; each search is asked of a naive one, too.
FUZZ_RUNS_SLOW = {'map': 1500, 'search': 1500}
TIMEOUT_S = 600           # for one program
SHOWN_LINES = 30          # of the output of a program that failed without a TAP line
RESULT = re.compile(r'^(not )?ok\b[ \t]*(\d+)?[ \t]*-?[ \t]*(.*)$')
PLAN = re.compile(r'^1\.\.(\d+)')
SKIP = re.compile(r'#\s*skip\b', re.IGNORECASE)
INTERPRETERS = {'.py': ['python3'], '.sh': ['bash'], '.mjs': ['node']}


class Test:
    def __init__(self, name, command, environment=None, alone=False):
        self.name = name
        self.command = command
        self.environment = environment or {}
        self.alone = alone            # not beside other tests: a browser, a server
        self.is_tap = True


class Outcome:
    def __init__(self, test):
        self.test = test
        self.passed = self.skipped = 0
        self.failures = []            # (what, [lines that explain it])
        self.seconds = 0.0


def unit_tests(build, prefix):
    """The tests that meson knows in a build directory."""
    try:
        out = subprocess.run(['meson', 'introspect', '--tests', build], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return []
    return [Test(prefix + t['name'], t['cmd'], t['env']) for t in json.loads(out.stdout)]


def script_tests():
    found = []
    for path in sorted(glob.glob(os.path.join(ROOT, 'tests', '*', '*_test.*'))):
        stem, ending = os.path.splitext(path)
        kind = os.path.basename(os.path.dirname(path))
        if ending in INTERPRETERS:
            name = f'{kind}/{os.path.basename(stem)[:-len("_test")]}'
            found.append(Test(name, INTERPRETERS[ending] + [path], alone=kind == 'browser'))
    return found


def fuzz_tests(scratch):
    found = []
    for program in sorted(glob.glob(os.path.join(ROOT, 'build/fuzz/tests/fuzz/fuzz-*'))):
        if not os.path.isfile(program):
            continue
        name = os.path.basename(program)[len('fuzz-'):]
        corpus = os.path.join(scratch, name)
        kept = os.path.join(ROOT, 'tests/fuzz/corpus', name)
        if os.path.isdir(kept):
            shutil.copytree(kept, corpus)   # libFuzzer adds what it finds to its first folder
        else:
            os.mkdir(corpus)
        # One new input at most after the whole corpus: the runs count both.
        runs = FUZZ_RUNS_SLOW.get(name, FUZZ_RUNS) + len(os.listdir(corpus))
        test = Test('fuzz:' + name, [program, f'-runs={runs}', '-seed=1', '-timeout=20', '-rss_limit_mb=2048',
                                     f'-artifact_prefix={scratch}/', corpus])
        test.is_tap = False
        found.append(test)
    return found


def all_tests(scratch):
    tests = script_tests() + unit_tests('build/debug', '') + unit_tests('build/asan', 'asan:')
    tests += [t for t in unit_tests('build/tsan', 'tsan:') if os.path.exists(t.command[0])]
    tests += fuzz_tests(scratch)
    tests.append(Test('lint', ['./dev', 'lint']))
    return tests


def read_tap(outcome, text, status):
    """Counts the TAP lines of a program; silence, a broken plan or a crash counts as a failure."""
    lines = text.splitlines()
    planned = seen = 0
    for i, line in enumerate(lines):
        plan, result = PLAN.match(line), RESULT.match(line)
        if plan:
            planned += int(plan.group(1))
        if not result:
            continue
        seen += 1
        if SKIP.search(line):
            outcome.skipped += 1
        elif result.group(1):
            why = []
            for following in lines[i + 1:]:
                if not following.startswith('#') and not following.startswith(' '):
                    break
                why.append(following)
            outcome.failures.append((result.group(3), why))
        else:
            outcome.passed += 1
    if seen == 0 or (planned and seen != planned):
        outcome.failures.append((f'stopped after {seen} of {planned or "?"} results, exit status {status}', lines[-SHOWN_LINES:]))
    elif status != 0 and not outcome.failures:
        outcome.failures.append((f'all results fine, but exit status {status}', lines[-SHOWN_LINES:]))


def run(test):
    outcome = Outcome(test)
    environment = {**os.environ, **test.environment, 'FAIRLEAD_SOURCE': ROOT,
                   'FAIRLEAD': os.path.join(ROOT, 'build/fairlead'), 'NO_COLOR': '1', 'PYTHONPATH': os.path.join(ROOT, 'tests'),
                   'PYTHONDONTWRITEBYTECODE': '1',
                   'UBSAN_OPTIONS': 'print_stacktrace=1:halt_on_error=1'}
    start = time.monotonic()
    # A session of its own, so that whatever the program leaves running ends with it.
    process = subprocess.Popen(test.command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        output, _ = process.communicate(timeout=TIMEOUT_S)
        status = process.returncode
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        output, _ = process.communicate()
        status = f'none after {TIMEOUT_S} s'
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    outcome.seconds = time.monotonic() - start
    text = output.decode('utf-8', 'replace')
    if test.is_tap:
        read_tap(outcome, text, status)
    elif status == 0:
        outcome.passed = 1
    else:
        outcome.failures.append((f'exit status {status}', text.splitlines()[-SHOWN_LINES:]))
    return outcome


def show(outcome, done, total):
    state = 'FAILED' if outcome.failures else 'ok'
    counts = f'{outcome.passed} passed'
    if outcome.failures:
        counts += f', {len(outcome.failures)} failed'
    if outcome.skipped:
        counts += f', {outcome.skipped} skipped'
    print(f'[{done:3}/{total}] {state:6} {outcome.test.name:36} {counts} ({outcome.seconds:.1f} s)', flush=True)


def run_all(tests):
    """Two at a time and more where there are cores; those that want to be alone come last."""
    outcomes = []
    together = [t for t in tests if not t.alone]
    with concurrent.futures.ThreadPoolExecutor(max(2, os.cpu_count() or 2)) as pool:
        for future in concurrent.futures.as_completed([pool.submit(run, t) for t in together]):
            outcomes.append(future.result())
            show(outcomes[-1], len(outcomes), len(tests))
    for test in tests:
        if test.alone:
            outcomes.append(run(test))
            show(outcomes[-1], len(outcomes), len(tests))
    return outcomes


def main():
    parser = argparse.ArgumentParser(prog='./dev test', description='runs the tests of Fairlead')
    parser.add_argument('names', nargs='*', metavar='NAME', help='only tests whose name contains one of these')
    parser.add_argument('--list', action='store_true', help='print the names, run nothing')
    arguments = parser.parse_args()
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory(prefix='fairlead-test-') as scratch:
        tests = all_tests(scratch)
        if arguments.names:
            exact = [t for t in tests if t.name in arguments.names]
            tests = exact or [t for t in tests if any(n in t.name for n in arguments.names)]
        if arguments.list:
            print('\n'.join(t.name for t in tests))
            return 0
        if not tests:
            print(f'no test named {" ".join(arguments.names)}; ./dev test --list shows them', file=sys.stderr)
            return 2
        outcomes = run_all(tests)
    broken = [o for o in outcomes if o.failures]
    if broken:
        print('\nFailed:')
    for outcome in sorted(broken, key=lambda o: o.test.name):
        for what, why in outcome.failures:
            print(f'  {outcome.test.name}: {what}')
            print(''.join(f'      {line}\n' for line in why), end='')
        print(f'      again: ./dev test {outcome.test.name}')
    failed = sum(len(o.failures) for o in outcomes)
    print(f'{sum(o.passed for o in outcomes)} passed, {failed} failed, {sum(o.skipped for o in outcomes)} skipped')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
