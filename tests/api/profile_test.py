#!/usr/bin/env python3
"""The profile of a participant as its people send it: what comes back, what is refused and by which words, who saves over
whom, and bodies that nobody sends by accident."""
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor

from desk import add_account, arrive, join
from served import Served
from tap import Tap

LISTS = ('offers', 'needs', 'volumes', 'seeks', 'conditions', 'languages', 'certificates', 'days')


def prepare(site):
    """An exhibitor and a buyer that take part, in a file that nobody has open."""
    with sqlite3.connect(site.database) as opened:
        stand, organisation = opened.execute('SELECT id, organisation_id FROM exhibitor WHERE edition_id = 1 ORDER BY id').fetchone()
        free, = opened.execute('SELECT id FROM organisation WHERE merged_into IS NULL AND id NOT IN '
                               '(SELECT organisation_id FROM exhibitor WHERE edition_id = 1)').fetchone()
        insert = 'INSERT INTO participant (edition_id, organisation_id, kind, exhibitor_id, state) VALUES (1, ?, ?, ?, ?)'
        site.exhibitor = opened.execute(insert, (organisation, 'exhibitor', stand, 'active')).lastrowid
        site.buyer = opened.execute(insert, (free, 'buyer', None, 'active')).lastrowid
    site.given = add_account(site.database, 'organiser@expo.example', '--role', 'organiser')


def errors(reply):
    return {error['field']: error for error in reply.json().get('errors', [])}


def check_round_trip(tap, firm, where):
    findings = []
    first = firm.wanted('GET', where)
    if firm.wanted('PUT', where, first) != first:
        findings.append('what was read and sent back as it is, is not the same')
    said = dict(first, meetings_max=8, languages=['zh', 'en'], certificates=['ISO 9001'], note='电池包 battery packs',
                seeks=[{'kind': 'supplier', 'node': 'bat.cell', 'quantity': 5, 'unit': 'GWh', 'by_day': '2026-12-31', 'note': None}],
                volumes=[{'node': 'bat.pack', 'side': 'offer', 'quantity': 100, 'unit': 'GWh'}],
                conditions=[{'strength': 'nice', 'kind': 'country', 'value': 'DE'}])
    second = firm.wanted('PUT', where, said)
    for name in ('meetings_max', 'languages', 'certificates', 'note', 'volumes', 'offers'):
        if second[name] != said[name]:
            findings.append(f'{name}: {second[name]}')
    if second['seeks'] != said['seeks'] or second['conditions'][0]['value'] != 'DE':
        findings.append(str(second))
    if second['revision'] == first['revision'] or firm.wanted('GET', where) != second:
        findings.append('the reply is not what is read afterwards')
    tap.check('what a firm says is read again as it said it', findings)


def check_meanwhile(tap, firm, where):
    base = firm.wanted('GET', where)
    with ThreadPoolExecutor(8) as pool:
        statuses = sorted(reply.status for reply in pool.map(lambda n: firm.ask('PUT', where, dict(base, note=f'note {n}')), range(8)))
    findings = [] if statuses == [200] + [409] * 7 else [str(statuses)]
    again = firm.ask('PUT', where, dict(base, note='late'))
    if again.status != 409 or 'meanwhile' not in again.json()['detail']:
        findings.append(again.text)
    tap.check('of eight who save at once one is kept, and the others are told', findings)


def check_faults(tap, firm, where):
    findings = []
    base = firm.wanted('GET', where)
    lines = [
        ({'meetings_max': 0}, 'meetings_max', 'withdraw'),
        ({'seeks': [{'kind': 'supplier', 'node': 'no.such'}]}, 'seeks[0].node', 'catalogue'),
        ({'seeks': [{'kind': 'supplier', 'quantity': 3}]}, 'seeks[0].unit', 'needed'),
        ({'seeks': [{'kind': 'friend'}]}, 'seeks[0].kind', 'supplier'),
        ({'seeks': [{'kind': 'supplier', 'quantity': 1.5, 'unit': 't'}]}, 'seeks[0].quantity', 'whole number'),
        ({'seeks': [{'kind': 'supplier', 'nod': 'bat.cell'}]}, 'seeks[0].nod', '"node"'),
        ({'seeks': ['supplier']}, 'seeks[0]', 'object'),
        ({'volumes': [{'node': 'bat.cell', 'side': 'offer', 'quantity': 1}]}, 'volumes[0].unit', 'needed'),
        ({'languages': ['zh', 7]}, 'languages[1]', 'text'),
        ({'languages': ['deutsch']}, 'languages[0]', '639-1'),
        ({'days': ['2026-13-01']}, 'days[0]', 'day'),
        ({'conditions': [{'strength': 'must', 'kind': 'country', 'value': 'DE'}, {'strength': 'never', 'kind': 'country', 'value': 'DE'}]},
         'conditions[1]', 'contradicts'),
        ({'conditions': [{'strength': 'never', 'kind': 'organisation', 'organisation_id': base['organisation']['id']}]},
         'conditions[0].organisation_id', 'own organisation'),
        ({'conditions': [{'strength': 'never', 'kind': 'size', 'value': 'huge'}]}, 'conditions[0].value', 'size'),
        ({'offers': [{'node': 'bat.cell', 'basis': 'confirmed'}, {'node': 'bat.cell'}]}, 'offers[1].node', 'already'),
        ({'revisions': 1}, 'revisions', '"revision"'),
    ]
    for change, field, word in lines:
        reply = firm.ask('PUT', where, {**base, **change})
        told = errors(reply).get(field)
        if reply.status != 422 or told is None or word not in told['message']:
            findings.append(f'{change}: {reply.status} {reply.body.decode()[:300]}')
    for name in LISTS:
        reply = firm.ask('PUT', where, {key: value for key, value in base.items() if key != name})
        if name not in errors(reply):
            findings.append(f'without {name}: {reply.status}')
    if '请' not in errors(firm.ask('PUT', where, {**base, 'meetings_max': 0}))['meetings_max']['message_zh']:
        findings.append('the words are not told in Chinese')
    tap.check('every fault is told by its place, with what to do', findings)
    tap.check('nothing of them is written', [] if firm.wanted('GET', where) == base else ['it changed'])


def check_hostile(tap, firm, where):
    base = firm.wanted('GET', where)
    deep = '[' * 5000 + ']' * 5000
    bodies = [b'', b'null', b'[]', b'"x"', b'{', b'\xff\xfe', b'{"revision":0,"revision":0}', f'{{"seeks":{deep}}}'.encode(),
              json.dumps({**base, 'seeks': [{'kind': 'supplier'}] * 100000}).encode(),
              json.dumps({**base, 'languages': ['zh'] * 100000}).encode(),
              json.dumps({**base, 'note': 'x' * 3000000}).encode(),
              json.dumps({**base, 'note': 'a\u0000b'}).encode(), json.dumps({**base, 'revision': 10 ** 30}).encode(),
              json.dumps({**base, 'revision': -1}).encode(), json.dumps({**base, 'organisation': [[[[]]]], 'seeks': {}}).encode(),
              json.dumps({**base, 'offers': [{'node': '\u202e' * 20}]}).encode(),
              json.dumps({**base, 'x' * 4000: 1}).encode(), json.dumps({**base, '中' * 100: 1}).encode()]
    findings = []
    for body in bodies:
        reply = firm.ask('PUT', where, body, Content_Type='application/json')
        if reply.status not in (400, 413, 422) or len(reply.body) > 100000:
            findings.append(f'{body[:60]}: {reply.status} {len(reply.body)}')
        reply.json()
    if firm.wanted('GET', where) != base:
        findings.append('a hostile body changed something')
    tap.check('hostile bodies are refused in words and change nothing', findings)


def main():
    tap = Tap()
    with Served(prepare=prepare) as site:
        organiser = arrive(site.address, 'organiser', 'organiser@expo.example', site.given)
        firm = join(site, organiser, site.exhibitor, 'exhibitor-manager', 'wang@firm.example', 'Wang')
        where = f'/api/v1/my/participants/{site.exhibitor}/profile'
        check_round_trip(tap, firm, where)
        check_meanwhile(tap, firm, where)
        check_faults(tap, firm, where)
        check_hostile(tap, firm, where)
        other = f'/api/v1/my/participants/{site.buyer}/profile'
        base = organiser.wanted('GET', other)
        tap.check('a firm reads and writes its own alone',
                  [str(r.status) for r in (firm.get(other), firm.ask('PUT', other, base)) if r.status != 403])
        reply = organiser.ask('PUT', other, {**base, 'offers': [{'node': 'bat.cell'}]})
        tap.check('a buyer says what it seeks, not what it offers', [] if 'offers' in errors(reply) else [reply.text])
    tap.end()


if __name__ == '__main__':
    main()
