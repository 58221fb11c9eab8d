"""TAP for the tests that are scripts: a check is a name and the list of its findings."""
import os
import sys

ROOT = os.environ.get('FAIRLEAD_SOURCE') or os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHOWN_MAX = 40


class Tap:
    def __init__(self):
        self.count = 0
        self.failed = 0

    def check(self, name, findings):
        """Passes when there are no findings; else prints them."""
        self.count += 1
        self.failed += bool(findings)
        print(f"{'not ok' if findings else 'ok'} {self.count} - {name}")
        for finding in findings[:SHOWN_MAX]:
            print(f'# {finding}')
        if len(findings) > SHOWN_MAX:
            print(f'# and {len(findings) - SHOWN_MAX} more')

    def skip(self, name, reason):
        self.count += 1
        print(f'ok {self.count} - {name} # SKIP {reason}')

    def end(self):
        print(f'1..{self.count}')
        sys.exit(1 if self.failed else 0)


def path(*parts):
    return os.path.join(ROOT, *parts)


def read(relative):
    with open(path(relative), encoding='utf-8') as handle:
        return handle.read()


def files(folder, *endings):
    """Paths below a folder of the project with one of the endings, sorted, relative to the root."""
    found = []
    for base, folders, names in os.walk(path(folder)):
        folders[:] = [f for f in folders if f not in ('node_modules', 'build', '.git')]
        found += [os.path.relpath(os.path.join(base, n), ROOT) for n in names if n.endswith(endings)]
    return sorted(found)
