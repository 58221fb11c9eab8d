"""People at the organiser's desk, for tests that speak to it as a browser or a program does."""
import http.client
import json
import pathlib
import re
import sqlite3
import subprocess
import urllib.parse
from email import message_from_bytes, policy

from served import PROGRAM

PASSWORD = 'correct horse of {}'


class Reply:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def json(self):
        return json.loads(self.body)

    @property
    def text(self):
        """Headers and body, as whoever asked can read them."""
        return f'{self.headers}\n{self.body.decode("utf-8", "replace")}'


def ask(address, method, where, body=None, headers=None):
    """One request; a body that is no bytes goes as JSON."""
    connection = http.client.HTTPConnection(urllib.parse.urlsplit(address).netloc, timeout=60)
    headers = dict(headers or {})
    if body is not None and not isinstance(body, bytes):
        body = json.dumps(body).encode()
        headers.setdefault('Content-Type', 'application/json')
    try:
        connection.request(method, where, body, headers)
        reply = connection.getresponse()
        return Reply(reply.status, reply.headers, reply.read())
    finally:
        connection.close()


class Person:
    """Who asks: nobody, a browser with a cookie, or a program with a token."""

    def __init__(self, address, name='nobody', token=None):
        self.address = address
        self.name = name
        self.token = token
        self.cookie = self.csrf = None
        self.account = None

    def headers(self, method, more):
        found = {}
        if self.token:
            found['Authorization'] = f'Bearer {self.token}'
        if self.cookie:
            found['Cookie'] = self.cookie
            if method not in ('GET', 'HEAD'):
                found['X-CSRF-Token'] = self.csrf
        found.update(more)
        return {key: value for key, value in found.items() if value is not None}

    def ask(self, method, where, body=None, **more):
        """A request; further headers as X_CSRF_Token='...', None takes one away."""
        named = {key.replace('_', '-'): value for key, value in more.items()}
        return ask(self.address, method, where, body, self.headers(method, named))

    def get(self, where):
        return self.ask('GET', where)

    def wanted(self, method, where, body=None):
        """The reply as JSON of a request that must go well."""
        reply = self.ask(method, where, body)
        if reply.status >= 300:
            raise AssertionError(f'{self.name}: {method} {where}: {reply.status} {reply.body.decode()}')
        return reply.json() if reply.body else None

    def enter(self, reply):
        """Keeps the session of a reply that opened one."""
        if reply.status != 200:
            raise AssertionError(f'{self.name} does not get in: {reply.status} {reply.body.decode()}')
        self.cookie = reply.headers['Set-Cookie'].split(';')[0]
        self.csrf = reply.json()['csrf']
        self.account = reply.json()['account']
        return self

    def sign_in(self, email, password):
        return self.enter(self.ask('POST', '/api/v1/session', {'email': email, 'password': password}))

    def choose(self, old, new):
        return self.enter(self.ask('POST', '/api/v1/session/password', {'old_password': old, 'new_password': new}))

    def make_token(self, scope):
        made = self.wanted('POST', '/api/v1/tokens', {'name': f'{scope} of {self.name}', 'scope': scope, 'days': 1})
        return Person(self.address, f'{scope} token of {self.name}', token=made['secret'])

    def change(self, *operations, note='', dry_run=False):
        return self.ask('POST', '/api/v1/changes', {'note': note, 'operations': list(operations), 'dry_run': dry_run})


def add_account(database, email, *options):
    """Makes an account by the command line; its one-time password."""
    out = subprocess.run([PROGRAM, 'user', database, 'add', email, *options], check=True, capture_output=True, text=True,
                         encoding='utf-8').stdout
    return re.search(r'password: (\S+)', out).group(1)


def arrive(address, name, email, given):
    """Signs in with the one-time password and chooses another, as the first sign-in asks."""
    return Person(address, name).sign_in(email, given).choose(given, PASSWORD.format(name))


def add_participants(database, count):
    """Participants of the first edition, buyers without a stand, in a file that nobody has open; their numbers."""
    with sqlite3.connect(database) as opened:
        free = opened.execute('SELECT id FROM organisation WHERE merged_into IS NULL AND id NOT IN '
                              '(SELECT organisation_id FROM exhibitor WHERE edition_id = 1) LIMIT ?', [count]).fetchall()
        assert len(free) == count, 'too few organisations without a stand'
        return [opened.execute("INSERT INTO participant (edition_id, organisation_id, kind, state) VALUES (1, ?, 'buyer', 'active')",
                               one).lastrowid for one in free]


def letter_to(database, email):
    """The link in the newest letter to an address: in the outbox, or where the server put it when it was sent."""
    with sqlite3.connect(f'file:{database}?mode=ro', uri=True) as opened:
        body, = opened.execute('SELECT body FROM outbox WHERE recipient = ? ORDER BY id DESC', [email.lower()]).fetchone()
    if not body:
        sent = sorted(pathlib.Path(f'{database}.mail').iterdir(), key=lambda file: file.stat().st_mtime_ns)
        letters = (message_from_bytes(file.read_bytes(), policy=policy.default) for file in reversed(sent))
        body = next(letter.get_content() for letter in letters if email.lower() in letter['To'])
    return re.search(r'https?://\S+', body).group(0)


def join(site, inviter, participant, role, email, name):
    """Invites somebody to act for a participant, who accepts and chooses a password by the letter that comes then."""
    link = inviter.wanted('POST', f'/api/v1/my/participants/{participant}/invitations', {'role': role})['secret']
    person = Person(site.address, role)
    person.wanted('POST', '/api/v1/session/join',
                  {'token': link.split('#')[1], 'email': email, 'name': name, 'language': 'en'})
    secret = letter_to(site.database, email).split('#')[1]
    return person.enter(person.ask('POST', '/api/v1/session/redeem', {'token': secret, 'password': PASSWORD.format(role)}))
