#!/usr/bin/env python3
"""Signing in as somebody outside tries it: cookies, fixation, rotation, guessing, one-time links, who has an account, and
paths that lead out of where they should. What the door costs is counted in tests/service/door_test.c."""
import os
import re
import sqlite3
import subprocess
import time
import urllib.parse

from desk import PASSWORD, Person, add_account, arrive, ask
from served import PROGRAM, Served
from tap import Tap

OWNER, OTHER, STRANGER, DISABLED = 'owner@expo.example', 'other@expo.example', 'nobody@expo.example', 'gone@expo.example'
HOME, ELSEWHERE = '192.0.2.1', '198.51.100.66'
GUESSES = 40
DAY_MS = 24 * 3600 * 1000


def cookie_of(reply):
    """(name, value, {attribute: value}) of the cookie of a reply."""
    first, *rest = [part.strip() for part in (reply.headers['Set-Cookie'] or '=').split(';')]
    name, value = first.split('=', 1)
    return name, value, {part.split('=')[0].lower(): part.partition('=')[2] for part in rest}


def sign_in(site, email, password, **headers):
    return ask(site.address, 'POST', '/api/v1/session', {'email': email, 'password': password},
               {key.replace('_', '-'): value for key, value in headers.items()})


def link_of(site, email):
    """The secret of a new link by which an account chooses its password."""
    out = subprocess.run([PROGRAM, 'user', site.database, 'link', email, '--origin', 'http://127.0.0.1'], check=True,
                         capture_output=True, text=True, encoding='utf-8').stdout
    return re.search(r'#([\w-]+)$', out, re.MULTILINE).group(1)


def redeem(site, secret, password=''):
    return ask(site.address, 'POST', '/api/v1/session/redeem', {'token': secret, 'password': password})


def sql(site, statement, *values):
    connection = sqlite3.connect(site.database, timeout=30)
    with connection:
        connection.execute(statement, values)
    connection.close()


def check_cookies(tap, site, secure):
    reply = sign_in(site, OWNER, PASSWORD.format('owner'))
    name, value, attributes = cookie_of(reply)
    findings = [] if 'httponly' in attributes and attributes.get('samesite') == 'Lax' and attributes.get('path') == '/' else [str(attributes)]
    findings += ['it has a Domain'] if 'domain' in attributes else []
    if ('secure' in attributes) != secure or name.startswith('__Host-') != secure:
        findings.append(f'{name}: {attributes}')
    if len(value) < 43 or value in reply.body.decode():
        findings.append('the cookie is short, or the body repeats it')
    out = ask(site.address, 'DELETE', '/api/v1/session', None, {'Cookie': f'{name}={value}', 'X-CSRF-Token': reply.json()['csrf']})
    if cookie_of(out)[1] != '' or cookie_of(out)[2].get('max-age') != '0':
        findings.append(f'signing out leaves the cookie: {out.headers["Set-Cookie"]}')
    tap.check(f'the cookie is HttpOnly, SameSite, of this host{", Secure and __Host-" if secure else ""}, and ends with the session', findings)


def check_fixation(tap, site, owner):
    findings = []
    prepared = 'A' * 43
    reply = sign_in(site, OWNER, PASSWORD.format('owner'), Cookie=f'fairlead_session={prepared}')
    if cookie_of(reply)[1] == prepared:
        findings.append('a cookie made by somebody else is taken over')
    if ask(site.address, 'GET', '/api/v1/session', None, {'Cookie': f'fairlead_session={prepared}'}).status != 401:
        findings.append('a cookie made by somebody else opens the session')
    attacker = Person(site.address, 'other').sign_in(OTHER, PASSWORD.format('other'))
    theirs = sign_in(site, OWNER, PASSWORD.format('owner'), Cookie=attacker.cookie)
    if cookie_of(theirs)[1] in attacker.cookie:
        findings.append('a session goes on as somebody else\'s')
    if attacker.get('/api/v1/session').status != 401:
        findings.append('the session that came along did not end')
    changed = Person(site.address, 'owner').sign_in(OWNER, PASSWORD.format('owner'))
    before = changed.cookie
    changed.choose(PASSWORD.format('owner'), PASSWORD.format('owner') + '!')
    changed.choose(PASSWORD.format('owner') + '!', PASSWORD.format('owner'))
    for cookie in (before, owner.cookie):
        if ask(site.address, 'GET', '/api/v1/session', None, {'Cookie': cookie}).status != 401:
            findings.append('a session outlives a new password')
    tap.check('fixation: a sign-in and a new password always make a new session, and end the one that came along', findings)
    return changed


def check_rotation(tap, site, person):
    findings, old, csrf = [], person.cookie, person.csrf
    sql(site, 'UPDATE session SET created_ms = created_ms - ?', DAY_MS + 1)
    reply = person.get('/api/v1/session')
    name, value, _ = cookie_of(reply)
    new = f'{name}={value}'
    if value == '' or new == old:
        return tap.check('rotation: a session of a day gets a new cookie', [f'{reply.status} {reply.headers["Set-Cookie"]}'])
    for cookie, status in ((new, 200), (old, 200)):
        if ask(site.address, 'GET', '/api/v1/session', None, {'Cookie': cookie}).status != status:
            findings.append(f'{"the new" if cookie == new else "the old"} cookie does not answer {status} at once')
    if ask(site.address, 'GET', '/api/v1/session', None, {'Cookie': new}).json()['csrf'] != csrf:
        findings.append('forms that are open lose their csrf word')
    sql(site, 'UPDATE session SET expires_ms = min(expires_ms, ?) WHERE id < (SELECT max(id) FROM session)', int(time.time() * 1000) - 1)
    if ask(site.address, 'GET', '/api/v1/session', None, {'Cookie': old}).status != 401:
        findings.append('the old cookie outlives its time')
    if ask(site.address, 'GET', '/api/v1/session', None, {'Cookie': new}).status != 200:
        findings.append('the new cookie ended with the old one')
    person.cookie = new
    return tap.check('rotation: a session of a day gets a new cookie, and the old one ends after the requests under way', findings)


def check_guessing(tap, site):
    findings, refused = [], None
    at_home = sign_in(site, OWNER, PASSWORD.format('owner'), X_Forwarded_For=HOME)
    findings += [] if at_home.status == 200 else [f'the owner: {at_home.status}']
    for n in range(GUESSES):
        reply = sign_in(site, OWNER, f'guess number {n} of many', X_Forwarded_For=ELSEWHERE)
        if reply.status == 429:
            refused = reply
            break
        if reply.status != 401:
            findings.append(f'guess {n}: {reply.status}')
    if refused is None:
        findings.append(f'{GUESSES} guesses and no wait')
    elif not 1 <= int(refused.headers['Retry-After'] or 0) <= 900:
        findings.append(f'Retry-After: {refused.headers["Retry-After"]}')
    again = sign_in(site, OWNER, PASSWORD.format('owner'), X_Forwarded_For=ELSEWHERE)
    if again.status != 429:
        findings.append(f'whoever guesses is let in while it waits: {again.status}')
    owner = sign_in(site, OWNER, PASSWORD.format('owner'), X_Forwarded_For=HOME)
    if owner.status != 200:
        findings.append(f'the owner is held up by the guesses of others: {owner.status} {owner.body.decode()[:150]}')
    sql(site, 'UPDATE login_failure SET last_ms = last_ms - ?', 3600 * 1000)
    after = sign_in(site, OWNER, PASSWORD.format('owner'), X_Forwarded_For=ELSEWHERE)
    if after.status != 200:
        findings.append(f'after the wait the right password is refused: {after.status}')
    tap.check('guessing: slowed with Retry-After, the owner comes in from where it was before, and everybody after the wait', findings)


def check_links(tap, site):
    findings = []
    secret = link_of(site, OTHER)
    weak = redeem(site, secret, 'short')
    first, second = redeem(site, secret, PASSWORD.format('other')), redeem(site, secret, PASSWORD.format('other'))
    wrong = redeem(site, secret[:-1] + ('A' if secret[-1] != 'A' else 'B'), PASSWORD.format('other'))
    statuses = [weak.status, first.status, second.status, wrong.status]
    if statuses != [422, 200, 401, 401]:
        findings.append(f'too short, once, twice, another: {statuses}')
    if second.body != wrong.body:
        findings.append('a used link and one that never was are told apart')
    one, two = link_of(site, OTHER), link_of(site, OTHER)
    redeem(site, two, PASSWORD.format('other'))
    if redeem(site, one, PASSWORD.format('other')).status == 200:
        findings.append('an older link still works after a newer one was used')
    late = link_of(site, OTHER)
    sql(site, 'UPDATE one_time SET expires_ms = 1')
    if redeem(site, late, PASSWORD.format('other')).status != 401:
        findings.append('a link works after its time')
    gone = link_of(site, OTHER)
    with open(site.database, 'rb') as file:
        if gone.encode() in file.read():
            findings.append('the secret of a link stands in the database')
    tap.check('links: each opens once, in its time, and its secret is not kept', findings)


def check_enumeration(tap, site):
    findings = []

    def same(what, replies):
        seen = {(r.status, re.sub(rb'\d+', b'', r.body), tuple(sorted(h for h in r.headers if h.lower() != 'date'))) for r in replies}
        if len(seen) != 1:
            findings.append(f'{what}: {seen}')

    sql(site, 'DELETE FROM login_failure')
    same('a wrong password', [sign_in(site, email, 'not the right one', X_Forwarded_For=f'203.0.113.{n}')
                              for n, email in enumerate((OTHER, STRANGER, DISABLED))])
    same('the right password of a disabled account, and a wrong one',
         [sign_in(site, email, PASSWORD.format('gone'), X_Forwarded_For=f'203.0.113.{n + 10}') for n, email in enumerate((DISABLED, STRANGER))])
    for want in (False, True):
        same(f'a link, to set a password: {want}',
             [ask(site.address, 'POST', '/api/v1/session/link', {'email': email, 'to_set_password': want}, {'X-Forwarded-For': f'203.0.113.{n + 20}'})
              for n, email in enumerate((OTHER, STRANGER, DISABLED))])
    tap.check('nobody learns who has an account: by sign-in, by a disabled account, by mail', findings)


def check_paths(tap, site, owner):
    """Every parameter of a path, with what leads out of a folder; and names of uploads."""
    findings = []
    outside = ['../../../../etc/passwd', '..%2f..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e/etc/passwd', '..\\..\\etc\\passwd', '..%5c..%5cetc%5cpasswd',
               '%00', 'x%00.json', '....//etc/passwd', '/etc/passwd', '%252e%252e%252fetc%252fpasswd', '%c0%ae%c0%ae/etc/passwd', "1' OR '1'='1", '1;DROP TABLE account']
    document = owner.wanted('GET', '/api/openapi.json')
    paths = [path for path, item in document['paths'].items() if 'get' in item and '{' in path]
    paths += ['/assets/{f}', '/desk/{f}', '/en/{f}/', '/en/2024/exhibitors/{f}', '/en/2024/pictures/{f}', '/pictures/{f}', '/{f}']
    before = sorted(os.listdir(site.folder))
    asked = 0
    for path in paths:
        for value in outside:
            target = re.sub(r'\{\w+\}', lambda _: urllib.parse.quote(value, safe='/%.\\;='), path)
            reply = owner.ask('GET', target)
            asked += 1
            if b'root:' in reply.body or reply.status >= 500 or (reply.status == 200 and not path.startswith('/desk')):
                findings.append(f'{target}: {reply.status}')
    if '/api/v1/uploads' in document['paths']:
        kind = next(iter(document['paths']['/api/v1/uploads']['post']['requestBody']['content'])).replace('*', 'x')
        for value in outside:
            reply = owner.ask('POST', f'/api/v1/uploads?name={urllib.parse.quote(value, safe="")}', b'name_en\nA\n', Content_Type=kind)
            if reply.status >= 500:
                findings.append(f'an upload named {value}: {reply.status}')
    after = sorted(os.listdir(site.folder))
    if [name for name in after if name not in before and not name.startswith('expo.fairlead')]:
        findings.append(f'files appeared: {after}')
    print(f'# {asked} paths asked')
    tap.check('no path and no name of an upload leads out of where it should', findings)


def main():
    tap = Tap()
    given = {}

    def prepare(site):
        for name, email in (('owner', OWNER), ('other', OTHER), ('gone', DISABLED)):
            given[name] = add_account(site.database, email, '--role', 'administrator')

    with Served(origin='http://127.0.0.1', arguments=['--client-limit', '0', '--behind-proxy', 'loopback'], prepare=prepare) as site:
        owner = arrive(site.address, 'owner', OWNER, given['owner'])
        arrive(site.address, 'other', OTHER, given['other'])
        gone = arrive(site.address, 'gone', DISABLED, given['gone'])
        owner.wanted('PATCH', f'/api/v1/accounts/{gone.account["id"]}', {'state': 'disabled'})
        check_cookies(tap, site, secure=False)
        owner = check_fixation(tap, site, owner)
        check_rotation(tap, site, owner)
        check_guessing(tap, site)
        check_links(tap, site)
        check_enumeration(tap, site)
        check_paths(tap, site, owner)
    with Served(origin='https://expo.example', arguments=['--client-limit', '0'], prepare=prepare) as site:
        arrive(site.address, 'owner', OWNER, given['owner'])
        check_cookies(tap, site, secure=True)
    tap.end()


main()
