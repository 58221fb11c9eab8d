#!/usr/bin/env python3
"""The work list of translations: what it says is missing can be written into the named sheets and is then not missing."""
import csv
import json
import os
import tempfile

from program import run
from tap import Tap


def listed(database, edition='2024'):
    return json.loads(run('export', database, '--as', 'translations', '--edition', edition, '--format', 'json')[1])


def read_sheet(path):
    with open(path, encoding='utf-8-sig', newline='') as file:
        return list(csv.DictReader(file))


def write_sheet(path, rows):
    with open(path, 'w', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def fill(folder, row, number):
    """Writes a text into the blank cells that a row of the list means; False when there are none."""
    path = os.path.join(folder, row['sheet'] + '.csv')
    if not os.path.exists(path):
        return False
    rows, found = read_sheet(path), False
    for record in rows:
        if record.get(row['field']) == '' and row['text'] in record.values():
            record[row['field']] = f'译文{number}' if row['missing'] == 'zh' else f'Text {number}'
            found = True
    if found:
        write_sheet(path, rows)
    return found


def check_sample(tap, database):
    rows = listed(database)
    pages = [row['pages'] for row in rows]
    faults = [] if pages == sorted(pages, reverse=True) and pages and pages[-1] > 0 else ['not the most seen first']
    faults += [f'not whole: {row}' for row in rows
               if None in (row['sheet'], row['record'], row['field'], row['text']) or not row['address'].startswith('/' + row['missing'] + '/2024/')]
    tap.check('list: most seen first, each with its sheet, field, text and page', faults)
    status, text, _ = run('export', database, '--as', 'translations', '--edition', '2024')
    tap.check('list: also as CSV', [] if status == 0 and len(text.splitlines()) >= len(rows) + 1 else [text[:200]])


def check_way_back(tap, database, folder):
    before, faults = listed(database), []
    run('export', database, '--as', 'edition', '--edition', '2024', '--out', os.path.join(folder, 'edition'))
    run('export', database, '--as', 'catalogue', '--out', os.path.join(folder, 'catalogue'))
    for number, row in enumerate(before):
        if not any([fill(os.path.join(folder, where), row, number) for where in ('edition', 'catalogue')]):
            faults.append(f'no blank cell for {row}')
    for where in ('catalogue', 'edition'):
        status, out, err = run('import', database, os.path.join(folder, where))
        if status != 0:
            faults.append((out + err)[-1500:])
    faults += [f'still missing: {row}' for row in listed(database)]
    tap.check(f'way back: {len(before)} texts written into their sheets are no longer missing', faults or ([] if before else ['nothing to do']))


EXTRA = {
    'exhibitors.csv': 'name_en,name_zh,country,editions,offers_text,offers_text_zh,source\n'
                      'Nimbus Freight,,DE,2024,Container trains,,test\n,青岚物流,CN,2024,,冷链运输,test\n',
    'exhibits.csv': 'edition,exhibitor,name_en,name_zh,node,debut,source\n2024,Nimbus Freight,Block train,,,,test\n',
    'programme.csv': 'id,edition,date,kind,title_en,title_zh,place_en,hosts,source\nT900,2024,2024-11-27,forum,Rail forum,,Hall W1,Nimbus Freight,test\n',
    'pavilions.csv': 'edition,kind,name_en,name_zh,theme,source\n2024,country-stand,Freedonia,,Rail,test\n',
}


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        database = os.path.join(folder, 'expo.fairlead')
        extra = os.path.join(folder, 'extra')
        os.mkdir(extra)
        for name, text in EXTRA.items():
            with open(os.path.join(extra, name), 'w', encoding='utf-8') as file:
                file.write(text)
        run('new', database, '--sample')
        status, out, err = run('import', database, extra)
        tap.check('sheets with texts in one language are taken', [] if status == 0 else [out + err])
        check_sample(tap, database)
        names = {(row['record'], row['field']) for row in listed(database)}
        wanted = {('Nimbus Freight', 'name_zh'), ('青岚物流', 'name_en'), ('青岚物流', 'offers_text'), ('Block train', 'name_zh'),
                  ('T900', 'title_zh'), ('T900', 'hosts_zh'), ('Freedonia', 'theme_zh')}
        tap.check('list: holds what was left out', [f'not there: {name}' for name in sorted(wanted - names)])
        check_way_back(tap, database, folder)
    tap.end()


if __name__ == '__main__':
    main()
