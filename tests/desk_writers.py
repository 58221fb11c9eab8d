"""Clients that write through the desk's API at the same time, and what they were told (tests/crash.py).

A key is an organisation of this name; its value stands in its website and in an alias of its own, both written by one
request. So a request that was done by half is seen.
"""
import http.client
import json
import sqlite3
import subprocess
import threading
import urllib.parse

from crash import Ledger
from desk import add_account, arrive
from served import PROGRAM, Served

KEYS = 6    # of one client
ADDRESS = 'https://value.example/'


class Writers:
    """`count` clients that write until they are stopped or the server goes away. Each key has one client."""

    def __init__(self, site, token, ledger, count, known=None):
        self.site = site
        self.token = token
        self.ledger = ledger
        self.known = {} if known is None else known    # key -> (organisation, alias): kept over a restart
        self.stopped = threading.Event()
        self.refused = []                              # replies other than 200: (status, body, Retry-After)
        self.unanswered = 0                            # requests that got no reply
        self.first = [threading.Event() for _ in range(count)]
        self.threads = [threading.Thread(target=self.run, args=(number,)) for number in range(count)]

    def start(self):
        for thread in self.threads:
            thread.start()
        return self

    def wait_for_first(self):
        for event in self.first:
            event.wait(timeout=60)

    def join(self):
        self.stopped.set()
        for thread in self.threads:
            thread.join()

    def operations(self, key, value):
        text = f'{ADDRESS}{value}'
        if key in self.known:
            organisation, alias = self.known[key]
            return [{'op': 'update', 'table': 'organisation', 'id': organisation, 'values': {'website': text}},
                    {'op': 'update', 'table': 'organisation_name', 'id': alias, 'values': {'name': text}}]
        return [{'op': 'create', 'table': 'organisation', 'id': '$new', 'values': {'name_en': key, 'website': text}},
                {'op': 'create', 'table': 'organisation_name',
                 'values': {'organisation_id': '$new', 'name': text, 'kind': 'alias'}}]

    def run(self, number):
        connection = http.client.HTTPConnection(urllib.parse.urlsplit(self.site.address).netloc, timeout=60)
        headers = {'Authorization': f'Bearer {self.token}', 'Content-Type': 'application/json'}
        turn = 0
        try:
            while not self.stopped.is_set():
                key = f'key.{number}.{turn % KEYS}'
                turn += 1
                value = f'{self.site.starts}.{turn}'
                body = json.dumps({'operations': self.operations(key, value), 'note': 'crash'})
                self.ledger.trying(key, value)
                connection.request('POST', '/api/v1/changes', body, headers)
                reply = connection.getresponse()
                told = reply.read()
                if reply.status == 200:
                    self.known[key] = tuple(result['id'] for result in json.loads(told)['results'])
                    self.ledger.kept(key, value)
                    self.first[number].set()
                else:
                    self.refused.append((reply.status, told.decode('utf-8', 'replace'), reply.headers['Retry-After']))
                    self.stopped.wait(0.02)
        except (OSError, http.client.HTTPException):
            self.unanswered += 1
        finally:
            self.first[number].set()
            connection.close()


class Desk(Served):
    """A served sample with an administrator and a token for writing."""

    def __init__(self, **options):
        super().__init__(arguments=['--client-limit', '0'], prepare=self.add, **options)
        self.starts = 0
        self.admin = None

    def add(self, _):
        self.given = add_account(self.database, 'admin@expo.example', '--role', 'administrator')

    def start(self):
        self.starts += 1
        super().start()
        if self.admin:
            self.admin.address = self.address
        return self

    def enter(self):
        """Signs the administrator in and makes the token."""
        self.admin = arrive(self.address, 'administrator', 'admin@expo.example', self.given)
        self.token = self.admin.make_token('write').token
        return self

    def write(self, ledger, count, known=None):
        return Writers(self, self.token, ledger, count, known).start()


def check(database):
    """Findings of the command check."""
    result = subprocess.run([PROGRAM, 'check', database], capture_output=True, text=True, check=False, timeout=120)
    return [] if result.returncode == 0 else [f'check: {result.stdout}{result.stderr}']


def read_keys(database):
    """({key: value}, {key: (organisation, alias)}) of all keys in a database; a value written by half is 'half'."""
    state, known = {}, {}
    with sqlite3.connect(f'file:{database}?mode=ro', uri=True) as connection:
        rows = connection.execute("SELECT o.id, o.name_en, o.website, n.id, n.name FROM organisation o "
                                  "LEFT JOIN organisation_name n ON n.organisation_id = o.id AND n.kind = 'alias' "
                                  "WHERE o.name_en LIKE 'key.%'").fetchall()
    connection.close()
    for organisation, key, website, alias, name in rows:
        state[key] = website[len(ADDRESS):] if website == name and key not in state else 'half'
        known[key] = (organisation, alias)
    return state, known


__all__ = ['Desk', 'Ledger', 'Writers', 'check', 'read_keys']
