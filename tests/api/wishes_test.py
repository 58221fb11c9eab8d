#!/usr/bin/env python3
"""A delegation's list of wishes as it is pasted: what is matched, what waits, how it is decided, and how long a long one takes."""
import sqlite3
import time

from desk import add_account, arrive, join
from served import Served
from tap import Tap

EXHIBITORS = 1200
LONG = 500


def prepare(site):
    # Its organisations all exhibit in 2024, so that a buyer comes from outside.
    with sqlite3.connect(site.database) as opened:
        site.edition, = opened.execute("SELECT id FROM edition WHERE code = '2024'").fetchone()
        organisation = opened.execute("INSERT INTO organisation (name_en) VALUES ('Ministry of Trade')").lastrowid
        site.participant = opened.execute("INSERT INTO participant (edition_id, organisation_id, kind, state) VALUES (?, ?, 'delegation', 'active')",
                                          [site.edition, organisation]).lastrowid
        site.names = [(en, zh, country, number) for number, en, zh, country in opened.execute(
            'SELECT o.id, o.name_en, o.name_zh, c.name_en FROM organisation o JOIN exhibitor e ON e.organisation_id = o.id '
            'JOIN country c ON c.code = o.country WHERE e.edition_id = ? AND o.name_en IS NOT NULL ORDER BY o.id', [site.edition])]
    site.given = add_account(site.database, 'organiser@expo.example', '--role', 'organiser')


def check_long(tap, person, where, names):
    spelled = []
    for n in range(LONG):
        en, zh, country, _ = names[n]
        spelled.append([f'{n + 1}. {en} ({country})', f'• {en.upper()}', f'({n + 1}) {zh or en}', f'{n + 1}\t{en}\t{country}',
                        f'{en}, {country};'][n % 5])
    started = time.monotonic()
    reply = person.wanted('POST', where, {'text': '\n'.join(spelled)})
    took = time.monotonic() - started
    items = reply['items']
    right = sum(item['organisation_id'] == names[n][3] for n, item in enumerate(items))
    wrong = [item for n, item in enumerate(items) if item['organisation_id'] not in (None, names[n][3])]
    print(f'# {LONG} names against {len(names)} exhibitors: {right} matched, {len(wrong)} wrongly, {took * 1000:.0f} ms')
    findings = [f'wrong: {item["text"]} is {item["name_en"]}' for item in wrong]
    if reply['added'] != LONG or right < LONG * 0.97:
        findings.append(f'{reply["added"]} added, {right} right')
    tap.check('a delegation\'s long list is matched, and nobody is taken for another', findings)
    again = person.wanted('POST', where, {'text': '\n'.join(spelled)})
    tap.check('a list that comes again adds nothing', [] if (again['added'], again['repeated']) == (0, LONG) else [str(again['added'])])
    for item in items[:20]:
        person.wanted('DELETE', f'{where}/{item["id"]}')
    tap.check('wishes are deleted', [] if len(person.wanted('GET', where)['items']) == LONG - 20 else ['they are there'])


def check_open(tap, person, where, names):
    findings = []
    en, _, _, number = names[900]
    wrong = en[:len(en) // 2] + en[len(en) // 2 + 1:]
    items = person.wanted('POST', where, {'text': f'{wrong}\nNobody Whom Anybody Knows'})['items'][-2:]
    if items[0]['state'] != 'open' or number not in [one['organisation_id'] for one in items[0]['candidates']]:
        findings.append(str(items[0]))
    if items[1]['state'] != 'open' or items[1]['candidates']:
        findings.append(str(items[1]))
    person.wanted('PUT', f'{where}/{items[0]["id"]}', {'organisation_id': number})
    person.wanted('PUT', f'{where}/{items[1]["id"]}', {'state': 'refused'})
    decided = {item['id']: item for item in person.wanted('GET', where)['items']}
    if (decided[items[0]['id']]['confidence'], decided[items[1]['id']]['state']) != (1000, 'refused'):
        findings.append(str([decided[item['id']] for item in items]))
    tap.check('what is not sure waits for a person, with candidates', findings)


def check_refusals(tap, person, where):
    findings = []
    for body, status in (({'text': ''}, 422), ({'text': '\n-\n'}, 422), ({'text': 'x' * 400}, 422), ({'text': 7}, 422), ({}, 422),
                         ({'text': 'x\n' * 90000}, 422), ({'text': 'x' * 300000}, 422)):
        reply = person.ask('POST', where, body)
        if reply.status != status or 'text' not in [error['field'] for error in reply.json()['errors']]:
            findings.append(f'{str(body)[:40]}: {reply.status} {reply.body.decode()[:200]}')
    some = person.wanted('GET', where)['items'][0]['id']
    for body, status in (({}, 422), ({'organisation_id': 987654321}, 422), ({'state': 'matched'}, 422),
                         ({'organisation_id': 1, 'state': 'refused'}, 422), ({'organisation_id': 'x'}, 422)):
        reply = person.ask('PUT', f'{where}/{some}', body)
        if reply.status != status:
            findings.append(f'{body}: {reply.status} {reply.body.decode()[:200]}')
    for method, body in (('PUT', {'state': 'refused'}), ('DELETE', None)):
        if person.ask(method, f'{where}/987654321', body).status != 404:
            findings.append(f'{method} of a wish that is not there')
    tap.check('what cannot be is refused in words', findings)


def main():
    tap = Tap()
    with Served(exhibitors=EXHIBITORS, prepare=prepare) as site:
        organiser = arrive(site.address, 'organiser', 'organiser@expo.example', site.given)
        person = join(site, organiser, site.participant, 'exhibitor-manager', 'lead@ministry.example', 'Lead')
        where = f'/api/v1/my/participants/{site.participant}/wishes'
        check_long(tap, person, where, site.names)
        check_open(tap, person, where, site.names)
        check_refusals(tap, person, where)
    tap.end()


if __name__ == '__main__':
    main()
