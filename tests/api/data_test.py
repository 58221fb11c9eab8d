#!/usr/bin/env python3
"""The open data against its own description: every cell of every CSV is of the type that the Table
Schema gives its column, keys are unique and lead to rows, and the JSON has the same rows."""
import csv
import datetime
import io
import os
import re

from serving import get, get_json, run, served
from tap import Tap

EDITIONS = ['2023', '2024', '2025', '2026']
NUMBER = re.compile(r'-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?')
FORMULA = re.compile(r"^[=+\-@\t\r]")


def typed(cell, field):
    """The value of a cell under its field's type; ValueError when it is none."""
    kind, rules = field['type'], field.get('constraints', {})
    if cell == '':
        if rules.get('required'):
            raise ValueError('is empty')
        return None
    if 'enum' in rules and cell not in rules['enum']:
        raise ValueError('is not in the list')
    if 'pattern' in rules and not re.fullmatch(rules['pattern'], cell):
        raise ValueError('does not fit the pattern')
    if kind == 'integer':
        return int(cell)
    if kind == 'number':
        if not NUMBER.fullmatch(cell):
            raise ValueError('is no number')
        return float(cell)
    if kind == 'boolean':
        return {'true': True, 'false': False}[cell]
    if kind == 'date':
        return datetime.date.fromisoformat(cell).isoformat()
    return cell


def read_table(address, resource):
    """(rows as typed values by field, findings) of a resource's CSV."""
    findings, rows = [], []
    status, headers, body = get(f"{address}/{resource['path']}")
    if status != 200 or headers['Content-Type'] != 'text/csv; charset=utf-8':
        return [], [f"{resource['path']}: {status} {headers['Content-Type']}"]
    lines = list(csv.reader(io.StringIO(body.decode('utf-8'), newline=''), strict=True))
    fields = resource['schema']['fields']
    if lines[0] != [f['name'] for f in fields]:
        findings.append(f"{resource['path']}: columns {lines[0]}")
    for number, line in enumerate(lines[1:], 2):
        row = {}
        if len(line) != len(fields):
            findings.append(f"{resource['path']}:{number}: {len(line)} cells")
            continue
        for cell, field in zip(line, fields):
            if FORMULA.match(cell) and not NUMBER.fullmatch(cell):
                findings.append(f"{resource['path']}:{number}: {field['name']} would run: {cell[:40]}")
            try:
                row[field['name']] = typed(cell, field)
            except (ValueError, KeyError) as error:
                findings.append(f"{resource['path']}:{number}: {field['name']} \"{cell[:40]}\" {error}")
        rows.append(row)
    return rows, findings


def unguarded(value):
    """A text as it was before the guard against formulas."""
    return value[1:] if isinstance(value, str) and value[:1] == "'" and FORMULA.match(value[1:]) else value


def check_edition(tap, address, edition):
    base = f'{address}/api/v1/data/{edition}'
    package = get_json(f'{base}/datapackage.json')
    tables, wrong, keys, links, json_differs = {}, [], [], [], []
    for resource in package['resources']:
        rows, findings = read_table(base, resource)
        tables[resource['name']] = rows
        wrong += findings
        key = resource['schema']['primaryKey']
        seen = [tuple(row.get(k) for k in key) for row in rows]
        if len(set(seen)) != len(seen):
            keys.append(f"{resource['name']}: {key} tells {len(seen) - len(set(seen))} rows not apart")
        same = get_json(f"{base}/{resource['path_json']}")
        plain = [{k: unguarded(v) for k, v in row.items()} for row in rows]
        if [{k: None if v == '' else v for k, v in row.items()} for row in same] != plain:
            json_differs.append(f"{resource['name']}: {len(same)} and {len(rows)} rows")
    for resource in package['resources']:
        for foreign in resource['schema'].get('foreignKeys', []):
            there = {row[foreign['reference']['fields']] for row in tables[foreign['reference']['resource']]}
            links += [f"{resource['name']}.{foreign['fields']}: {row[foreign['fields']]}" for row in tables[resource['name']]
                      if row[foreign['fields']] is not None and row[foreign['fields']] not in there]
    tap.check(f'{edition}: every cell is what the schema says', wrong)
    tap.check(f'{edition}: primary keys tell rows apart', keys)
    tap.check(f'{edition}: foreign keys lead to rows', links)
    tap.check(f'{edition}: the JSON has the same rows', json_differs)
    return package, tables


def check_lists(tap, address, tables):
    """As many rows as the API's lists have items."""
    differs = []
    for name in tables:
        status, _, _ = get(f'{address}/api/v1/{name}?limit=1')
        if status != 200:
            continue
        total = get_json(f"{address}/api/v1/{name}?limit=1&{'editions=all' if name == 'figures' else 'edition=2024'}"
                         if name != 'editions' else f'{address}/api/v1/editions?limit=1')['total']
        if total != len(tables[name]):
            differs.append(f'{name}: {total} items, {len(tables[name])} rows')
    tap.check('tables have as many rows as the lists of the API', differs)


def add_formula(database, folder):
    sheet = os.path.join(folder, 'formula.csv')
    with open(sheet, 'w', encoding='utf-8') as out:
        out.write('name_en,country,editions,offers_text\n"Formula Works",CN,2024,"=HYPERLINK(""http://x"",""y"")"\n')
    run('import', database, sheet, '--edition', '2024')


def main():
    tap = Tap()
    with served(add_formula, ('--license', 'cc-by-4.0')) as address:
        for edition in EDITIONS:
            package, tables = check_edition(tap, address, edition)
            if edition == '2024':
                check_lists(tap, address, tables)
                texts = [r['offers_text_en'] for r in tables['exhibitors'] if r['name_en'] == 'Formula Works']
                tap.check('a text that a spreadsheet would run is guarded', [] if texts == ['\'=HYPERLINK("http://x","y")'] else texts)
        tap.check('the licence is stated as the organiser names it',
                  [] if [x['name'] for x in package['licenses']] == ['CC-BY-4.0'] else [package['licenses']])
        tap.check('sources and contributors are stated', [k for k in ('sources', 'contributors', 'description') if not package.get(k)])
        status, headers, _ = get(f'{address}/api/v1/data/exhibitors.csv')
        tap.check('without an edition the way leads to the current one',
                  [] if (status, headers['Location']) == (302, '/api/v1/data/2024/exhibitors.csv') else [status, headers['Location']])
        wrong = {'/api/v1/data/2024/exhibitor.csv': b'Did you mean', '/api/v1/data/2024/x.csv': b'datapackage.json',
                 '/api/v1/data/1999/exhibitors.csv': b'no edition', '/api/v1/data/2024/exhibitors.xml': b'there is no file'}
        tap.check('a file that is not there is said with a way on',
                  [p for p, words in wrong.items() if get(address + p)[0] != 404 or words.lower() not in get(address + p)[2].lower()])
    with served() as address:
        package = get_json(f'{address}/api/v1/data/2024/datapackage.json')
        tap.check('without a licence none is claimed, and it says so',
                  [] if 'licenses' not in package and 'not named a licence' in package['description'] else [package.get('licenses')])
    try:
        with served(options=('--license', 'mine')):
            tap.check('an unknown licence is refused', ['serve took it'])
    except RuntimeError as error:
        tap.check('an unknown licence is refused', [] if 'CC-BY-4.0' in str(error) else [str(error)])
    tap.end()


main()
