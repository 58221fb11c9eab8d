"""Kills a writing program at random moments and compares what is there with what it acknowledged.

A Ledger knows of each key which values were tried and which were acknowledged; whoever writes tells it. After a kill the
state that is found must hold, of each key, the value acknowledged last or one that was tried after it; keys that
nobody tried must not be there. Each key has one writer at a time, so that "last" has a meaning.

A Child is a program that says on its standard output what it does, a line each: "try KEY VALUE" before it asks for
a write, "ack KEY VALUE" when the write was acknowledged. Where the writers are not in a child (clients of a server),
they call the ledger themselves.
"""
import random
import signal
import subprocess
import threading


class Ledger:
    def __init__(self):
        self.lock = threading.Lock()
        self.acknowledged = {}        # key -> value
        self.tried = {}               # key -> values asked for since then
        self.count = 0                # writes acknowledged

    def trying(self, key, value):
        with self.lock:
            self.tried.setdefault(key, []).append(value)

    def kept(self, key, value):
        with self.lock:
            self.acknowledged[key] = value
            # What was tried before it can no longer be there.
            values = self.tried.get(key, [])
            self.tried[key] = values[values.index(value) + 1:] if value in values else values
            self.count += 1

    def compare(self, state):
        """Findings, and then takes the state as the one from which it goes on."""
        findings = []
        with self.lock:
            for key, value in self.acknowledged.items():
                if key not in state:
                    findings.append(f'{key} is gone; acknowledged was {value}')
                elif state[key] != value and state[key] not in self.tried.get(key, []):
                    findings.append(f'{key} is {state[key]}; acknowledged was {value}')
            for key, value in state.items():
                if key not in self.acknowledged and value not in self.tried.get(key, []):
                    findings.append(f'{key} is {value}, which nobody wrote')
            self.acknowledged = dict(state)
            self.tried = {}
        return findings


class Child:
    """A program that writes until it is killed."""

    def __init__(self, command, ledger):
        self.ledger = ledger
        self.program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.first = threading.Event()        # something was acknowledged, or it ended
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        for line in self.program.stdout:
            # A line cut by the kill says nothing: it has no end, or not all its words.
            words = line.decode().split() if line.endswith(b'\n') else []
            if len(words) == 3 and words[0] == 'try':
                self.ledger.trying(words[1], words[2])
            elif len(words) == 3 and words[0] == 'ack':
                self.ledger.kept(words[1], words[2])
                self.first.set()
        self.first.set()

    def kill(self):
        """Findings: it must have been alive, or it failed by itself."""
        alive = self.program.poll() is None
        self.program.send_signal(signal.SIGKILL)
        self.program.wait()
        self.reader.join()
        said = self.program.stderr.read().decode().strip()
        self.program.stdout.close()
        self.program.stderr.close()
        return [] if alive else [f'it ended by itself: {said}']


def read_state(command):
    """(state, findings) of a program that prints "KEY VALUE" lines and "! finding" lines."""
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    lines = result.stdout.splitlines()
    findings = [line[2:] for line in lines if line.startswith('! ')]
    if result.returncode != 0:
        findings.append(f'it cannot be read: {result.stderr.strip()}')
    return dict(line.rsplit(' ', 1) for line in lines if not line.startswith('! ')), findings


def kill_after_a_while(children, rng, longest_s):
    """Waits until each child had something acknowledged, then a random time, then kills them all."""
    for child in children:
        child.first.wait(timeout=60)
    threading.Event().wait(rng.random() * longest_s)
    return [finding for child in children for finding in child.kill()]


def seeded(seed):
    print(f'# seed {seed}', flush=True)
    return random.Random(seed)
