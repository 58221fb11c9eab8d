#!/usr/bin/env python3
"""Cards of organisations, read by a parser that is not ours (python3-vobject), against the register."""
import json
import sys

from served import Served
from tap import Tap

# Debian's modules, also for a Python that is not Debian's own.
sys.path.append('/usr/lib/python3/dist-packages')
try:
    import vobject
except ImportError:
    vobject = None

LANGUAGES = {'en': 'en', 'zh': 'zh-Hans'}


def values(card, name, language):
    """The values of a property in one language."""
    return [line.value for line in card.contents.get(name, []) if line.params.get('LANGUAGE') == [language]]


def faults_of(site, number, page_language):
    headers, body = site.get(f'/{page_language}/2024/exhibitors/{number}/card.vcf')
    faults = [] if headers['Content-Type'] == 'text/vcard; charset=utf-8' else [f"type {headers['Content-Type']}"]
    faults += [f'{len(line)} octets in a line' for line in body.split(b'\r\n') if len(line) > 75]
    cards = list(vobject.readComponents(body.decode('utf-8'), validate=False))
    if len(cards) != 1 or cards[0].name != 'VCARD' or cards[0].version.value != '4.0' or cards[0].kind.value != 'org':
        return None, faults + ['not one card of an organisation']
    card = cards[0]
    if card.fn.params.get('LANGUAGE') != [LANGUAGES[page_language]] and values(card, 'fn', LANGUAGES[page_language]):
        faults.append('the name in the language of the page is not the first')
    if any(line.params.get('ALTID') != ['1'] for name in ('fn', 'org', 'adr') for line in card.contents.get(name, [])):
        faults.append('alternatives without ALTID')
    return card, faults


def check_all(tap, site):
    rows = json.loads(site.run('export', site.database, '--as', 'exhibitors', '--format', 'json'))
    wanted = {(row['name_en'] or '', row['name_zh'] or '') for row in rows}
    found, faults = set(), []
    for number in range(1, 400):
        try:
            card, wrong = faults_of(site, number, ('en', 'zh')[number % 2])
        except OSError:
            break
        faults += [f'{number}: {text}' for text in wrong]
        if card is None or not card.contents.get('note'):
            continue
        names = tuple(''.join(values(card, 'fn', language)) for language in LANGUAGES.values())
        found.add(names)
        if tuple(''.join(o[0] if isinstance(o, list) else o for o in values(card, 'org', language))
                 for language in LANGUAGES.values()) != names:
            faults.append(f'{number}: ORG and FN differ')
    tap.check('cards: an independent parser reads every one of them', faults)
    tap.check('cards: both names of each exhibitor are those of the register',
              [f'not found: {names}' for names in sorted(wanted - found)] +
              [f'not in the register: {names}' for names in sorted(found - wanted)])


def main():
    tap = Tap()
    if vobject is None:
        tap.skip('cards: an independent parser reads every one of them', 'no python3-vobject')
    else:
        with Served() as site:
            check_all(tap, site)
    tap.end()


if __name__ == '__main__':
    main()
