#!/usr/bin/env python3
"""The open data against its own description: every cell of every CSV is of the type that the Table
Schema gives its column, keys are unique and lead to rows, and the JSON has the same rows."""
import csv
import datetime
import io
import json
import os
import re

from served import Served
from tap import Tap

EDITIONS = ['2023', '2024', '2025', '2026']
NUMBER = re.compile(r'-?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?')
FORMULA = re.compile(r"^[=+\-@\t\r]")


def get_json(site, path):
    return json.loads(site.get(path)[1])


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


def read_table(site, base, resource):
    """(rows as typed values by field, findings) of a resource's CSV."""
    findings, rows = [], []
    headers, body = site.get(f"{base}/{resource['path']}")
    if headers['Content-Type'] != 'text/csv; charset=utf-8':
        return [], [f"{resource['path']}: {headers['Content-Type']}"]
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


def check_edition(tap, site, edition):
    base = f'/api/v1/data/{edition}'
    package = get_json(site, f'{base}/datapackage.json')
    tables, wrong, keys, links, json_differs = {}, [], [], [], []
    for resource in package['resources']:
        rows, findings = read_table(site, base, resource)
        tables[resource['name']] = rows
        wrong += findings
        key = resource['schema']['primaryKey']
        seen = [tuple(row.get(k) for k in key) for row in rows]
        if len(set(seen)) != len(seen):
            keys.append(f"{resource['name']}: {key} tells {len(seen) - len(set(seen))} rows not apart")
        same = get_json(site, f"{base}/{resource['path_json']}")
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


def check_lists(tap, site, tables):
    """As many rows as the API's lists have items."""
    differs = []
    paths = get_json(site, '/api/openapi.json')['paths']
    listed = {path.split('/')[-1] for path, item in paths.items() if '{' not in path and item.get('get', {}).get('security') == []}
    for name in sorted(listed & set(tables)):
        query = {'figures': '&editions=all', 'editions': ''}.get(name, '&edition=2024')
        total = get_json(site, f'/api/v1/{name}?limit=1{query}')['total']
        if total != len(tables[name]):
            differs.append(f'{name}: {total} items, {len(tables[name])} rows')
    tap.check('tables have as many rows as the lists of the API', differs if len(listed & set(tables)) > 10 else ['no lists'])


def add_formula(site):
    sheet = os.path.join(site.folder, 'formula.csv')
    with open(sheet, 'w', encoding='utf-8') as out:
        out.write('name_en,country,editions,offers_text\n"Formula Works",CN,2024,"=HYPERLINK(""http://x"",""y"")"\n')
    site.run('import', site.database, sheet, '--edition', '2024')


def check_without_license(tap):
    with Served() as site:
        package = get_json(site, '/api/v1/data/2024/datapackage.json')
        tap.check('without a licence none is claimed, and it says so',
                  [] if 'licenses' not in package and 'not named a licence' in package['description'] else [package.get('licenses')])
    try:
        with Served(arguments=('--license', 'mine')):
            said = 'serve took it'
    except RuntimeError as error:
        said = str(error)
    tap.check('an unknown licence is refused with those that are known', [] if 'CC-BY-4.0' in said else [said])


def main():
    tap = Tap()
    with Served(arguments=('--license', 'cc-by-4.0', '--client-limit', '0'), prepare=add_formula) as site:
        for edition in EDITIONS:
            package, tables = check_edition(tap, site, edition)
            if edition == '2024':
                check_lists(tap, site, tables)
                texts = [r['offers_text_en'] for r in tables['exhibitors'] if r['name_en'] == 'Formula Works']
                tap.check('a text that a spreadsheet would run is guarded', [] if texts == ['\'=HYPERLINK("http://x","y")'] else texts)
        tap.check('the licence is stated as the organiser names it',
                  [] if [x['name'] for x in package['licenses']] == ['CC-BY-4.0'] else [package['licenses']])
        tap.check('sources and contributors are stated', [k for k in ('sources', 'contributors', 'description') if not package.get(k)])
        status, location, _ = site.status('/api/v1/data/exhibitors.csv')
        tap.check('without an edition the way leads to the current one',
                  [] if (status, location) == (302, '/api/v1/data/2024/exhibitors.csv') else [status, location])
        wrong = {'/api/v1/data/2024/exhibitor.csv': 'Did you mean', '/api/v1/data/2024/x.csv': 'datapackage.json',
                 '/api/v1/data/1999/exhibitors.csv': 'no edition', '/api/v1/data/2024/exhibitors.xml': 'no file'}
        replies = {path: site.status(path) for path in wrong}
        tap.check('a file that is not there is said with a way on',
                  [f'{path}: {replies[path]}' for path, words in wrong.items() if replies[path][0] != 404 or words not in replies[path][2]])
    check_without_license(tap)
    tap.end()


main()
