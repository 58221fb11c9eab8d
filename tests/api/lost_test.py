#!/usr/bin/env python3
"""Nothing acknowledged is lost when the server is asked to end under load, when the disk is full, and while it is
copied. Kills are in crash_test.py, lost power in tests/store/power_test.c."""
import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
import time

from crash import seeded
from desk_writers import Desk, Ledger, check, read_keys
from served import PROGRAM
from tap import Tap

SEED = 20251128
STOPS, CLIENTS, EDITORS = 3, 20, 6
DISK = 24 << 20         # of the small disk
LEFT = 512 << 10        # what is left on it when the writing begins
BACKUP_ROUTE = '/api/v1/backup'


def compare(site, ledger, exactly=False):
    state, _ = read_keys(site.database)
    findings = check(site.database) + [f'{key} is done by half' for key, value in state.items() if value == 'half']
    if exactly and state != ledger.acknowledged:
        findings += [f'{key}: {state.get(key)} is there, {ledger.acknowledged.get(key)} was acknowledged last'
                     for key in sorted(set(state) | set(ledger.acknowledged)) if state.get(key) != ledger.acknowledged.get(key)]
    return findings + ledger.compare(state)


# ---- asked to end ----

def check_stop(tap):
    """Every request that was read is answered; one that was not answered was not done."""
    rng, findings, told = seeded(SEED), [], 0
    with Desk() as site:
        site.enter()
        ledger, known = Ledger(), {}
        for stop in range(STOPS):
            writers = site.write(ledger, CLIENTS, known)
            writers.wait_for_first()
            time.sleep(rng.random() * 0.3)
            site.server.send_signal(signal.SIGTERM)
            status = site.server.wait(timeout=60)
            site.server.stdout.close()
            writers.join()
            told += len(writers.refused)
            found = [] if status == 0 else [f'exit status {status}: {site.log}']
            found += [f'{status}, Retry-After {after}: {body[:200]}' for status, body, after in writers.refused if status != 503 or not after]
            findings += [f'stop {stop}: {finding}' for finding in found + compare(site, ledger, exactly=True)]
            known = read_keys(site.database)[1]
            site.start()
        print(f'# {ledger.count} writes acknowledged, {told} refused with a reply')
    tap.check(f'asked to end while {CLIENTS} clients write, exactly what was acknowledged is there', findings)


# ---- a full disk ----

@contextlib.contextmanager
def small_disk():
    """A folder on a disk of its own, or None where this machine lets nobody mount one."""
    folder = tempfile.mkdtemp(prefix='fairlead-disk-')
    mounted = subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={DISK}', 'fairlead-test', folder], capture_output=True, check=False)
    try:
        yield folder if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(['umount', folder], check=True)
        os.rmdir(folder)


def short_files(bytes_max):
    """Lets a program grow no file beyond so much, with an error and not with a signal."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_max, resource.RLIM_INFINITY))
    return limit


def big_change():
    """Some 900 kB in one request, and twice that in the file."""
    return {'operations': [{'op': 'create', 'table': 'exhibit', 'values': {
        'edition_id': 1, 'name_en': f'big {n}', 'description_en': 'x' * 4000}} for n in range(220)]}


def wait_for(condition):
    deadline = time.monotonic() + 60
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def write_until_full(site, ledger, make_room):
    """Findings of writing until nothing more fits, and again after there is room."""
    findings, known = [], {}
    big = site.admin.ask('POST', '/api/v1/changes', big_change())
    writers = site.write(ledger, EDITORS, known)
    if not wait_for(lambda: len(writers.refused) >= 20):
        findings.append(f'the disk is not full after {ledger.count} writes; a big one was answered with {big.status}')
    writers.join()
    for status, body, _ in writers.refused[:5] + [(big.status, big.body.decode(), None)]:
        if status != 507 or 'disk' not in body or 'full' not in body:
            findings.append(f'told when the disk is full: {status} {body[:300]}')
    if writers.unanswered:
        findings.append(f'{writers.unanswered} got no reply')
    for where in ('/en/2024/exhibitors', '/api/v1/exhibitors', '/api/v1/session'):
        reply = site.admin.get(where)
        if reply.status != 200:
            findings.append(f'{where} while the disk is full: {reply.status}')
    findings += compare_served(site, ledger)
    make_room()
    again = site.write(ledger, EDITORS, read_keys(site.database)[1])
    again.wait_for_first()
    again.join()
    findings += [f'with room again: {status} {body[:200]}' for status, body, _ in again.refused[:5]]
    return findings


def compare_served(site, ledger):
    state, _ = read_keys(site.database)
    return [f'{key} is done by half' for key, value in state.items() if value == 'half'] + ledger.compare(state)


def check_full_disk(tap):
    name = 'on a full disk writes are refused in words, reading goes on, nothing is lost, and with room it goes on'
    with small_disk() as folder:
        if folder is None:
            tap.skip(name, 'no disk can be mounted here; tests/service/writer_disk_test.c has one of its own')
            return
        with Desk() as site:
            site.stop()
            site.server.stdout.close()
            database = os.path.join(folder, 'expo.fairlead')
            shutil.copy(site.database, database)
            site.database = database
            site.start()
            site.enter()
            filler = os.path.join(folder, 'filler')
            usage = shutil.disk_usage(folder)
            with open(filler, 'wb') as file:
                file.write(b'\0' * (usage.free - LEFT))
            ledger = Ledger()
            findings = write_until_full(site, ledger, lambda: os.remove(filler))
            status = site.stop()
            findings += [f'exit status {status}'] if status else []
            tap.check(name, findings + compare(site, ledger, exactly=True))


def check_short_files(tap):
    """The same by a limit on the size of files, which every machine has; the words are those of a disk that fails."""
    findings = []
    with Desk() as site:
        site.enter()
        site.stop()
        site.server.stdout.close()
        site.limit = short_files(os.path.getsize(site.database))
        site.start()
        ledger = Ledger()
        writers = site.write(ledger, EDITORS)
        for _ in range(20):
            reply = site.admin.ask('POST', '/api/v1/changes', big_change())
            if reply.status != 200:
                break
        writers.join()
        for status, body, _ in writers.refused[:3] + [(reply.status, reply.body.decode(), None)]:
            if status != 507:
                findings.append(f'{status} {body[:200]}')
        if site.admin.get('/api/v1/exhibitors').status != 200:
            findings.append('nothing is read any more')
        status = site.stop()
        findings += [f'exit status {status}'] if status else []
        findings += compare(site, ledger)
    tap.check('a write that does not fit into the file is refused, and nothing is lost', findings)


# ---- copied while written ----

def number(value):
    return tuple(int(part) for part in value.split('.'))


def check_backup(tap):
    findings = []
    with Desk() as site:
        site.enter()
        ledger = Ledger()
        writers = site.write(ledger, EDITORS)
        writers.wait_for_first()
        document = site.admin.wanted('GET', '/api/openapi.json')
        ways = ['command'] + (['route'] if BACKUP_ROUTE in document['paths'] else [])
        for way in ways:
            copy, restored = (os.path.join(site.folder, f'{what}.{way}.fairlead') for what in ('copy', 'restored'))
            with ledger.lock:
                before = dict(ledger.acknowledged)
            if way == 'command':
                site.run('backup', site.database, copy)
            else:
                reply = site.admin.get(BACKUP_ROUTE)
                findings += [] if reply.status == 200 else [f'{reply.status} {reply.body[:200]}']
                with open(copy, 'wb') as file:
                    file.write(reply.body)
            with ledger.lock:
                after = {key: values[-1] for key, values in ledger.tried.items() if values} | {}
                latest = dict(ledger.acknowledged)
            made = subprocess.run([PROGRAM, 'restore', copy, restored], capture_output=True, text=True, check=False)
            if made.returncode != 0:
                findings.append(f'{way}: restore: {made.stdout}{made.stderr}')
                continue
            state, _ = read_keys(restored)
            findings += [f'{way}: {finding}' for finding in check(restored)]
            for key, value in before.items():
                if key not in state or state[key] == 'half' or number(state[key]) < number(value):
                    findings.append(f'{way}: {key} is {state.get(key)}; acknowledged before was {value}')
            for key, value in state.items():
                last = max((number(v) for v in (after.get(key), latest.get(key)) if v), default=None)
                if last is None or value == 'half' or number(value) > last:
                    findings.append(f'{way}: {key} is {value}, which was not written yet')
        writers.join()
        findings += [f'while it was copied: {status} {body[:200]}' for status, body, _ in writers.refused]
        site.stop()
        findings += compare(site, ledger, exactly=True)
        print(f'# {ledger.count} writes acknowledged, copied by {" and by ".join(ways)}')
    tap.check('a backup taken while clients write restores to a whole database of that moment', findings)


def main():
    tap = Tap()
    check_stop(tap)
    check_full_disk(tap)
    check_short_files(tap)
    check_backup(tap)
    tap.end()


main()
