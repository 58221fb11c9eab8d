#!/usr/bin/env python3
"""Generated editions keep the rules that data/sample/check.py holds for the sample, and can be imported."""
import csv
import filecmp
import os
import re
import tempfile

from program import commands, run
from tap import Tap, path

HAN = re.compile('[\u4e00-\u9fff]')
LISTS = {'size': {'large', 'medium', 'small', 'institution', ''},
         'type': {'direct', 'co-exhibitor', 'pavilion', 'institution'}, 'basis': {'reported', 'common-knowledge'}}


def load(folder, name):
    with open(os.path.join(folder, name), encoding='utf-8', newline='') as handle:
        return list(csv.DictReader(handle))


def header(folder, name):
    with open(os.path.join(folder, name), encoding='utf-8') as handle:
        return handle.readline()


def letters(name):
    return re.sub('[^a-z0-9]', '', name.lower())


def check_exhibitors(folder, year):
    """What is wrong in the sheet of exhibitors."""
    nodes = {r['id'] for r in load(path('data/catalogue'), 'nodes.csv')}
    areas = {r['area'] for r in load(folder, 'areas.csv')}
    rows = load(folder, 'exhibitors.csv')
    by_name = {r['name_en']: r for r in rows}
    wrong = []
    for key in ({letters(r['name_en']) for r in rows}, by_name):
        if len(key) != len(rows):
            wrong.append(f'{len(rows) - len(key)} names are not unique')
    chinese = [r['name_zh'] for r in rows if r['name_zh']]
    if len(set(chinese)) != len(chinese):
        wrong.append('Chinese names are not unique')
    for r in rows:
        offers, needs = r['offers_nodes'].split(), r['needs_nodes'].split()
        lead = by_name.get(r['lead_exhibitor'])
        fine = r['source'] and r['editions'] == year and r['offers_text'] and HAN.search(r['offers_text_zh']) \
            and all(r[f] in allowed for f, allowed in LISTS.items()) and r['area'] in areas \
            and re.fullmatch('[A-Z]{2}', r['country']) and (not r['region'] or r['region'].startswith(r['country'] + '-')) \
            and (r['type'] == 'co-exhibitor') == bool(r['lead_exhibitor']) \
            and (not r['lead_exhibitor'] or (lead and not lead['lead_exhibitor'])) \
            and set(offers + needs) <= nodes and len(set(offers + needs)) == len(offers + needs)
        if not fine:
            wrong.append(f'{r}')
    return wrong


def check_references(folder):
    """Rows of other sheets that name what is not there."""
    names = {r['name_en'] for r in load(folder, 'exhibitors.csv')}
    pavilions = {r['name_en'] for r in load(folder, 'pavilions.csv')}
    wrong = [r for r in load(folder, 'exhibits.csv')
             if r['exhibitor'] not in names | {''} or r['pavilion'] not in pavilions | {''} or not HAN.search(r['name_zh'])]
    wrong += [r for r in load(folder, 'pavilion_texts.csv') if r['pavilion'] not in pavilions]
    for r in load(folder, 'joint_stands.csv'):
        partners = r['participants_named'].split(';')
        if r['lead_exhibitor'] not in names or len(partners) != int(r['participants_reported']) or set(partners) - names:
            wrong.append(r)
    wrong += [r for r in load(folder, 'figures.csv') if not re.fullmatch(r'\d+(\.\d+)?', r['value'])]
    edition = load(folder, 'editions.csv')[0]
    wrong += [r for r in load(folder, 'programme.csv') if r['date'] and not edition['starts'] <= r['date'] <= edition['ends']]
    return [str(r) for r in wrong]


def check_import(tap, folder, sheets):
    name = 'a generated edition is imported without errors'
    if not {'new', 'import'} <= set(commands()):
        tap.skip(name, 'the program has no import yet')
        return
    base = os.path.join(folder, 'expo.fairlead')
    steps = [run('new', base), run('import', base, sheets), run('check', base)]
    tap.check(name, [f'{code}: {out[-800:]} {err[-800:]}' for code, out, err in steps if code != 0])


def check_large_import(tap, folder):
    """Among 33,000 firms hundreds of brands would meet by accident, if the generator let them."""
    base, sheets = os.path.join(folder, 'large.fairlead'), os.path.join(folder, 'large')
    steps = [run('sample', sheets, '--exhibitors', '20000', '--seed', '1'), run('new', base), run('import', base, sheets)]
    taken = [line for line in steps[-1][1].split('\n') if 'told differently' in line or 'apart' in line or 'same ' in line]
    tap.check('in a large edition no firm is taken for another, and every exhibit finds its exhibitor',
              taken[:5] + [f'{code}: {err[-800:]}' for code, _, err in steps if code != 0])


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        first, second, third = (os.path.join(folder, n) for n in ('first', 'second', 'third'))
        arguments = ('--exhibitors', '620', '--partners', '400', '--year', '2024')
        results = [run('sample', first, *arguments, '--seed', '7'), run('sample', second, *arguments, '--seed', '7'),
                   run('sample', third, *arguments, '--seed', '8')]
        tap.check('three editions are generated', [r[2] for r in results if r[0] != 0])
        sheets = sorted(os.listdir(first))
        tap.check('the sheets are those of the sample, with the same headers',
                  [s for s in sheets if header(first, s) != header(path('data/sample'), s)])
        tap.check('every exhibitor keeps the rules of the sample', check_exhibitors(first, '2024') + check_exhibitors(third, '2024'))
        tap.check('sheets name only what other sheets hold', check_references(first) + check_references(third))
        tap.check('the same seed gives the same bytes',
                  [s for s in sheets if not filecmp.cmp(os.path.join(first, s), os.path.join(second, s), shallow=False)])
        tap.check('another seed gives other firms',
                  [] if header(first, 'exhibitors.csv') and load(first, 'exhibitors.csv') != load(third, 'exhibitors.csv') else ['equal'])
        code, _, err = run('sample', first, *arguments)
        tap.check('files that exist are kept', [] if code == 1 and 'exists already' in err else [err])
        check_import(tap, folder, first)
        check_large_import(tap, folder)
    tap.end()


main()
