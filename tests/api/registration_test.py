#!/usr/bin/env python3
"""A visitor organisation registers itself by an organiser's link: from the link to the session of its person, what is
refused, how often may be tried, and what a stranger can find out."""
import sqlite3

from desk import PASSWORD, Person, add_account, arrive, ask, letter_to
from served import Served
from tap import Tap

SEEK = {'kind': 'supplier', 'node': 'bat.cell', 'quantity': 5, 'unit': 'GWh', 'by_day': '2026-12-31'}


def make_link(organiser, **more):
    body = {'kind': 'buyer', 'name': 'Buyers of autumn', 'uses_max': 50, 'days': 30, **more}
    return organiser.wanted('POST', '/api/v1/registration-links', body)


def some(link, **more):
    return {'token': link['url'].split('#')[1], 'organisation': 'Bavarian Buyers GmbH', 'country': 'Germany', 'name': 'Anna Huber',
            'email': 'anna@buyers.example', 'language': 'en', 'seeks': [SEEK], **more}


def rows(site, statement, *values):
    with sqlite3.connect(f'file:{site.database}?mode=ro', uri=True) as opened:
        return opened.execute(statement, values).fetchall()


def send(site, body, **headers):
    return ask(site.address, 'POST', '/api/v1/registrations', body, {key.replace('_', '-'): value for key, value in headers.items()})


def check_way(tap, site, organiser):
    findings = []
    link = make_link(organiser)
    if not link['qr_path'].startswith('M') or not 21 <= link['qr_size'] <= 177:
        findings.append(f'no QR code: {link["qr_path"][:60]}')
    offered = ask(site.address, 'POST', '/api/v1/registrations/look', {'token': link['url'].split('#')[1]}).json()
    if offered['kind'] != 'buyer' or len(offered['countries']) < 200 or 'bat.cell' not in [node['code'] for node in offered['nodes']]:
        findings.append(str(offered)[:200])
    reply = send(site, some(link))
    if reply.status != 204:
        findings.append(reply.text)
    person = Person(site.address, 'anna')
    secret = letter_to(site.database, 'anna@buyers.example').split('#')[1]
    person.enter(person.ask('POST', '/api/v1/session/redeem', {'token': secret, 'password': PASSWORD.format('anna')}))
    mine = person.wanted('GET', '/api/v1/my/participants')['items']
    if [(one['name_en'], one['role']) for one in mine] != [('Bavarian Buyers GmbH', 'exhibitor-manager')]:
        findings.append(str(mine))
    profile = person.wanted('GET', f'/api/v1/my/participants/{mine[0]["id"]}/profile')
    if profile['kind'] != 'buyer' or profile['seeks'][0]['node'] != 'bat.cell' or profile['organisation']['country'] != 'DE':
        findings.append(str(profile))
    listed = organiser.wanted('GET', '/api/v1/registration-links')['items'][0]
    if (listed['uses'], listed['is_open']) != (1, True) or 'url' in listed:
        findings.append(str(listed))
    tap.check('from the link to the own profile', findings)
    return link


def check_same_answer(tap, site, link):
    before = rows(site, 'SELECT count(*) FROM organisation')[0]
    known = send(site, some(link, organisation='House of Organisers', email='organiser@expo.example'), X_Forwarded_For='198.51.100.1')
    new = send(site, some(link, organisation='House of Newcomers', email='new@buyers.example'), X_Forwarded_For='198.51.100.2')
    findings = [] if known.status == new.status == 204 and known.body == new.body else [known.text, new.text]
    password, = rows(site, "SELECT password IS NOT NULL FROM account WHERE email = 'organiser@expo.example'")[0]
    if not password or 'set-password' in letter_to(site.database, 'organiser@expo.example'):
        findings.append('who holds a link changes how somebody signs in')
    if rows(site, 'SELECT count(*) FROM organisation')[0][0] != before[0] + 2:
        findings.append('not two organisations')
    tap.check('the answer tells nobody who has an account', findings)


def check_refusals(tap, site, organiser, link):
    findings = []
    wrong = send(site, some(link, organisation='', country='Atlantis', name='', email='x', seeks=[{'kind': 'supplier', 'node': 'no'}],
                            days=['soon']))
    fields = {error['field'] for error in wrong.json().get('errors', [])}
    if wrong.status != 422 or not {'organisation'} <= fields:
        findings.append(wrong.text)
    wrong = send(site, some(link, country='Atlantis', email='x', seeks=[{'kind': 'supplier', 'node': 'no'}], days=['soon']))
    fields = {error['field']: error.get('message_zh') for error in wrong.json()['errors']}
    if set(fields) != {'country', 'email', 'seeks[0].node', 'days[0]'} or not all(fields.values()):
        findings.append(str(fields))
    for token in ('', 'A' * 43, 'x' * 90):
        reply = send(site, some(link, token=token))
        if reply.status not in (401, 422):
            findings.append(f'token {token}: {reply.status}')
    body = send(site, b'{"token": [', Content_Type='application/json')
    if body.status not in (400, 422):
        findings.append(str(body.status))
    other = send(site, some(link), Origin='https://evil.example')
    if other.status != 403:
        findings.append(f'another site\'s page registers: {other.status}')
    for more in ({'kind': 'exhibitor'}, {'uses_max': 0}, {'days': 4000}, {'name': ' '}):
        body = {'kind': 'buyer', 'name': 'x', 'uses_max': 1, 'days': 1, **more}
        if organiser.ask('POST', '/api/v1/registration-links', body).status != 422:
            findings.append(f'a link with {more}')
    taken = make_link(organiser)
    organiser.wanted('DELETE', f'/api/v1/registration-links/{taken["id"]}')
    for path in ('', '/look'):
        body = {'token': taken['url'].split('#')[1]} if path else some(taken, email='taken@buyers.example')
        reply = ask(site.address, 'POST', f'/api/v1/registrations{path}', body, {'X-Forwarded-For': '198.51.100.9'})
        if reply.status != 401:
            findings.append(f'a link that was taken back opens registrations{path}: {reply.status}')
    tap.check('what cannot be is refused in words', findings)


def check_throttle(tap, site, link):
    statuses = [send(site, some(link, organisation=f'House {n}', email='many@buyers.example'), X_Forwarded_For=f'203.0.113.{n}').status
                for n in range(6)]
    findings = [] if statuses[:2] == [204, 204] and 429 in statuses else [str(statuses)]
    letters, = rows(site, "SELECT count(*) FROM outbox WHERE recipient = 'many@buyers.example'")[0]
    if letters > 3:
        findings.append(f'{letters} letters to one address')
    tap.check('one address is not flooded with letters', findings)


def main():
    tap = Tap()
    given = {}

    def prepare(site):
        given['organiser'] = add_account(site.database, 'organiser@expo.example', '--role', 'organiser')

    with Served(prepare=prepare, arguments=['--behind-proxy', '127.0.0.1']) as site:
        organiser = arrive(site.address, 'organiser', 'organiser@expo.example', given['organiser'])
        link = check_way(tap, site, organiser)
        check_same_answer(tap, site, link)
        check_refusals(tap, site, organiser, link)
        check_throttle(tap, site, link)
        secrets = [link['url'].split('#')[1], 'anna@buyers.example']
        told = [secret for secret in secrets if secret in site.log]
        kept = rows(site, 'SELECT 1 FROM registration_link WHERE digest = ?', secrets[0])
        tap.check('the secret stands in no log and not in the database', told + [str(kept)] if told or kept else [])
    tap.end()


if __name__ == '__main__':
    main()
