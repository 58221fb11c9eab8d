#!/usr/bin/env python3
"""Rounds of suggestions as the organiser's programs ask for them: run, show, compare, release, close, export, settings, why."""
import csv
import io
import sqlite3
import zipfile

from desk import add_account, arrive, join
from served import Served
from tap import Tap

AT = '?edition=2026'
ROUNDS = '/api/v1/partner-rounds'


def prepare(site):
    site.given = {role: add_account(site.database, f'{role}@expo.example', '--role', role) for role in ('organiser', 'reader')}


def organisation(person, name):
    reply = person.wanted('GET', f'/api/v1/organisations?edition=2026&q={name}')
    return next(item['id'] for item in reply['items'] if item['name_en'] == name)


def participant(site, name):
    with sqlite3.connect(f'file:{site.database}?mode=ro', uri=True) as opened:
        found = opened.execute('SELECT p.id FROM participant p JOIN organisation o ON o.id = p.organisation_id JOIN edition e '
                               'ON e.id = p.edition_id WHERE o.name_en = ? AND e.code = ?', (name, '2026')).fetchone()
    return found[0]


def check_firm(tap, site, boss):
    """What a firm is told of the suggestions that wait for it."""
    mine = participant(site, 'Geely Holding')
    firm = join(site, boss, mine, 'exhibitor-manager', 'li@firm.example', 'Li')
    where = f'/api/v1/my/participants/{mine}'
    matches = firm.wanted('GET', f'{where}/matches')['items']
    told = [reason['words_en'] for match in matches for reason in match['reasons'] if match['partner']['name_en'] == 'CATL']
    tap.check('a firm reads why each partner is suggested to it, as "you"',
              [] if matches and all(m['reasons'] for m in matches) and any('your passenger cars' in words for words in told) else told)
    catl, corning = (organisation(boss, name) for name in ('CATL', 'Corning'))
    why = firm.wanted('GET', f'{where}/why?partner={catl}')
    tap.check('a suggestion that waits is told as one', [] if why['is_suggested'] and len(why['words_en']) > 1 and
              len(why['words_zh']) == len(why['words_en']) else [str(why)])
    why = firm.wanted('GET', f'{where}/why?partner={corning}')
    tap.check('who exchanges nothing is told as that', [] if not why['is_suggested'] and why['score'] is None and why['rank_mine'] is None
              and 'Nothing' in why['words_en'][0] else [str(why)])
    other = f'/api/v1/my/participants/{participant(site, "CATL")}/why?partner={catl}'
    tap.check('a firm asks for itself alone, and for those who take part',
              [str(r.status) for r, status in ((firm.get(other), 403), (firm.get(f'{where}/why?partner=999999'), 404)) if r.status != status])


def check_rounds(tap, site, boss):
    none = boss.wanted('GET', ROUNDS + AT)
    first = boss.ask('POST', ROUNDS + AT, {'name': 'spring'})
    effects = first.json()
    row = effects['round']
    findings = [] if none == {'items': []} and first.status == 201 and row['state'] == 'draft' and row['name'] == 'spring' else [first.text]
    if not 0 < row['total'] <= row['bound'] or row['gap'] > 0.05 or effects['blocking'] is None or row['pairs'] < 100:
        findings.append(str(row))
    tap.check('a round is run, bounded and kept as a draft', findings)
    firms = [sum(g['firms'] for g in effects['groups'] if g['by'] == by) for by in ('size', 'origin', 'area', 'country', 'return', 'kind')]
    tap.check('every grouping counts every firm', [] if set(firms) == {effects['exhibitors']} else [str(firms)])
    tap.check('gaps and firms with few are told', [] if effects['gaps_closed'] > 0 and effects['few_count'] == len(effects['few']) > 0 else
              [str(effects['gaps_closed'])])
    where = f'{ROUNDS}/{row["id"]}'
    shown = boss.wanted('GET', where)
    same = all(shown[key] == effects[key] for key in ('round', 'groups', 'gaps', 'exhibitors', 'floor_given', 'few_count'))
    tap.check('and are the same when the draft is read again', [] if same and shown['blocking'] is None else
              [key for key in shown if shown[key] != effects[key]])
    check_pairs(tap, boss, where, row)
    second = boss.wanted('POST', f'{ROUNDS}{AT}&against={row["id"]}', {'stable': True})
    told = second['comparison']
    tap.check('a stable round has no blocking pairs and is compared with the draft that is named',
              [] if second['blocking'] == 0 and second['compared_with'] == row['id'] and told['kept'] + told['appeared'] == second['round']['pairs']
              else [str(told)])
    tap.check('a round that is not there cannot be compared with',
              [r.text for r in [boss.ask('POST', f'{ROUNDS}{AT}&against=999', {})] if r.status != 400 or 'against' not in r.text])
    few = boss.wanted('POST', ROUNDS + AT, {'suggestions_max': 2, 'floor': 1})
    tap.check('a round may have limits of its own', [] if few['round']['suggestions_max'] == 2 and few['round']['pairs'] < row['pairs'] else
              [str(few['round'])])
    refused = boss.ask('POST', ROUNDS + AT, {'suggestions_max': 2, 'floor': 3})
    tap.check('whose floor is not above the most', [] if refused.status == 422 and 'floor' in refused.text else [refused.text])
    boss.ask('DELETE', f'{ROUNDS}/{few["round"]["id"]}')
    gone = boss.ask('DELETE', f'{ROUNDS}/{second["round"]["id"]}')
    left = [r['id'] for r in boss.wanted('GET', ROUNDS + AT)['items']]
    tap.check('a draft is deleted', [] if gone.status == 204 and left == [row['id']] else [f'{gone.status} {left}'])
    released = boss.wanted('POST', f'{where}/release')
    tap.check('a draft is released', [] if released['suggested'] == row['pairs'] and released['answer_by_ms'] > 0 else [str(released)])
    shown = boss.wanted('GET', where)
    tap.check('its answers are counted', [] if shown['round']['answers']['waiting'] == row['pairs'] and shown['round']['state'] == 'released' else
              [str(shown['round']['answers'])])
    tap.check('a released round is released and deleted no more',
              [r.text for r in (boss.ask('POST', f'{where}/release'), boss.ask('DELETE', where)) if r.status != 409])
    check_firm(tap, site, boss)
    again = boss.wanted('POST', ROUNDS + AT, {})
    tap.check('what waits stays and is not suggested again', [] if again['comparison']['gone'] == 0 and again['comparison']['kept'] == row['pairs']
              else [str(again['comparison'])])
    check_answers(tap, boss, where, row)
    closed = boss.wanted('POST', f'{where}/close')
    tap.check('a round is closed', [] if closed['expired'] == row['pairs'] else [str(closed)])


def check_answers(tap, boss, where, row):
    told = boss.wanted('GET', f'{where}/answers')
    sides = [sum(g['sides'] for g in told['groups'] if g['by'] == by) for by in ('size', 'origin', 'area', 'country', 'return', 'kind')]
    tap.check('answers are counted of both sides in every grouping', [] if told['sides'] == 2 * row['pairs'] and set(sides) == {told['sides']}
              else [str(sides)])
    alone = sum(s['persons'] == 0 for s in told['silent'])
    tap.check('who has not answered is told, with the persons who can; one firm has some',
              [] if told['silent_count'] == told['firms'] and told['firms_alone'] == alone == told['firms'] - 1 and told['accepted'] == 0 and told['declines'] == []
              and sum(s['waiting'] for s in told['silent']) == told['sides'] else [str(told)[:500]])
    listed = next(r for r in boss.wanted('GET', ROUNDS + AT)['items'] if r['id'] == row['id'])
    tap.check('the list of rounds tells the answers so far', [] if listed['answers']['sides'] == told['sides'] else [str(listed)])
    waiting = boss.wanted('GET', f'{where}/pairs?state=suggested&q=ningde')
    names = [p for p in waiting['items'] if 'CATL' not in (p['first']['name_en'], p['second']['name_en'])]
    tap.check('pairs are found by name in any spelling and by state',
              names if waiting['items'] and boss.wanted('GET', f'{where}/pairs?state=mutual')['total'] == 0 else [str(waiting)])
    tap.check('and tell what each side said', [str(p) for p in waiting['items'] if p['first']['answer'] != 'none'][:3])


def check_pairs(tap, boss, where, row):
    page = boss.wanted('GET', f'{where}/pairs?limit=7&from=3')
    whole = boss.wanted('GET', f'{where}/pairs?limit=1000')
    tap.check('pairs come in pages', [] if page['items'] == whole['items'][3:10] and whole['total'] == row['pairs'] == len(whole['items'])
              else [str(whole['total'])])
    tap.check('each with its reasons', [str(p) for p in whole['items'] if not p['reasons'] or p['state'] is not None][:3])
    one = whole['items'][0]['first']['organisation_id']
    of = boss.wanted('GET', f'{where}/pairs?organisation={one}')
    wrong = [p for p in of['items'] if one not in (p['first']['organisation_id'], p['second']['organisation_id'])]
    tap.check('those of one organisation alone', wrong if of['items'] and of['total'] == len(of['items']) else [str(of['total'])])
    rows = list(csv.reader(io.StringIO(boss.ask('GET', f'{where}/pairs?format=csv').body.decode('utf-8-sig'))))
    book = boss.ask('GET', f'{where}/pairs?format=xlsx')
    tap.check('they are spreadsheets, too', [] if len(rows) == row['pairs'] + 1 and zipfile.is_zipfile(io.BytesIO(book.body)) else [str(len(rows))])
    tap.check('of no other kind', [r.text for r in [boss.ask('GET', f'{where}/pairs?format=pdf')] if r.status != 400])


def check_settings(tap, boss):
    where = '/api/v1/partner-settings'
    held = boss.wanted('GET', where + AT)
    wanted = {key: held[key] for key in ('suggestions_max', 'floor', 'answer_days')}
    refused = boss.ask('PUT', where + AT, {**wanted, 'weights': {'rivalry': 1.2, 'beauty': 0.5, 'wishes': 'much'}})
    fields = sorted(error['field'] for error in refused.json().get('errors', []))
    tap.check('weights that are none are refused by name',
              [] if refused.status == 422 and fields == ['weights.beauty', 'weights.rivalry', 'weights.wishes'] else [refused.text])
    refused = boss.ask('PUT', where + AT, {**wanted, 'floor': 11, 'weights': {}})
    tap.check('so is a floor above the most', [] if refused.status == 422 and 'floor' in refused.text else [refused.text])
    change = {'suggestions_max': 4, 'floor': 2, 'answer_days': 10, 'weights': {'rivalry': 0.9}}
    preview = boss.wanted('POST', where + '/preview' + AT, change)
    tap.check('a preview tells what changes', [] if preview['after']['pairs'] < preview['before']['pairs'] and preview['comparison']['gone'] > 0
              else [str(preview)])
    tap.check('and sets nothing', [] if boss.wanted('GET', where + AT) == held else ['it did'])
    kept = boss.wanted('PUT', where + AT, change)
    tap.check('settings are kept', [] if kept == boss.wanted('GET', where + AT) and kept['weights']['rivalry'] == 0.9
              and kept['weights']['fit-need'] == held['weights']['fit-need'] and kept['defaults'] == held['defaults'] else [str(kept)])


def check_why(tap, boss):
    where = '/api/v1/partner-why' + AT
    tesla, catl, corning = (organisation(boss, name) for name in ('Tesla', 'CATL', 'Corning'))
    why = boss.wanted('GET', f'{where}&first={tesla}&second={catl}')
    total = sum((-1 if p['part'] == 'rivalry' else 1) * p['value'] * p['weight'] for p in why['parts'])
    tap.check('why two meet adds up and is said in both languages',
              [] if abs(total - why['score']) < 1e-6 and why['is_suggested'] and why['words_en'] and len(why['words_zh']) == len(why['words_en'])
              and why['reasons'] and why['first']['rank'] > 0 else [str(why)])
    why = boss.wanted('GET', f'{where}&first={tesla}&second={corning}')
    tap.check('and why not', [] if why['verdict'] == 'nothing' and why['score'] == 0 and why['first']['rank'] is None else [str(why)])
    tap.check('who takes no part is told', [r.text for r in [boss.ask('GET', f'{where}&first={tesla}&second=999999')]
                                            if r.status != 400 or 'second' not in r.text])


def main():
    tap = Tap()
    with Served(prepare=prepare) as site:
        boss = arrive(site.address, 'organiser', 'organiser@expo.example', site.given['organiser'])
        reader = arrive(site.address, 'reader', 'reader@expo.example', site.given['reader'])
        check_why(tap, boss)
        check_rounds(tap, site, boss)
        check_settings(tap, boss)
        tap.check('others see and run nothing',
                  [r.text for r in (reader.get(ROUNDS + AT), reader.ask('POST', ROUNDS + AT, {}), reader.get('/api/v1/partner-settings' + AT),
                                    reader.get('/api/v1/partner-why?first=1&second=2')) if r.status != 403])
    tap.end()


if __name__ == '__main__':
    main()
