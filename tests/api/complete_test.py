#!/usr/bin/env python3
"""Nothing on the pages that the API has not, and nothing in the API that the pages do not show.

Every text and number of the public tables is replaced by one that says where it stands in the
database (zq-organisation-name_en-12). Then all pages of an edition and all replies of the API are
read, and what is seen of the database on either side is compared. A new column is found here: it
is planted by itself, or has to be named below with the field that shows it."""
import html
import json
import re
import sqlite3
import urllib.error
import urllib.parse

from served import Served
from tap import Tap

EDITION = '2024'
PUBLIC = ['area', 'chain', 'country', 'edition', 'exhibit', 'exhibitor', 'figure', 'joint_stand', 'node', 'organisation',
          'organisation_name', 'pavilion', 'pavilion_text', 'picture', 'programme_entry', 'region', 'scenario', 'scenario_part']
# Numbers that people gave; those of links between records and of places in an order are not shown as such.
NUMBERS = ['area.size_m2', 'area.exhibitors', 'pavilion.participants', 'programme_entry.participants',
           'joint_stand.participants_reported', 'figure.value', 'picture.width', 'picture.height']
# Codes, days and hours keep their form; the field of the API's document that shows each.
CODES = {
    'area.code': 'Area.code', 'area.kind': 'Area.kind', 'area.novelty': 'Area.novelty', 'area.qualifier': 'Area.qualifier',
    'chain.code': 'Chain.code', 'country.code': 'Country.code', 'edition.code': 'Edition.code', 'edition.starts': 'Edition.starts',
    'edition.ends': 'Edition.ends', 'edition.timezone': 'Edition.timezone', 'exhibit.field': 'Exhibit.field',
    'exhibit.debut': 'Exhibit.debut', 'exhibit.basis': 'Exhibit.basis', 'exhibitor.type': 'Exhibitor.type',
    'exhibitor.area_basis': 'Exhibitor.area_basis', 'exhibitor.basis': 'Exhibitor.basis',
    'exhibitor.attendance': 'Exhibitor.attendance', 'figure.figure': 'Figure.figure', 'figure.unit': 'Figure.unit',
    'figure.qualifier': 'Figure.qualifier', 'figure.state': 'Figure.state', 'figure.as_of': 'Figure.as_of',
    'joint_stand.qualifier': 'Stand.qualifier', 'node.code': 'Node.code', 'node.kind': 'Node.kind',
    'organisation.country': 'Organisation.country', 'organisation.region': 'Organisation.region',
    'organisation.size': 'Organisation.size', 'organisation_name.language': 'Name.language', 'organisation_name.kind': 'Name.kind',
    'pavilion.kind': 'Pavilion.kind', 'pavilion.code': 'Pavilion.place', 'pavilion.qualifier': 'Pavilion.qualifier',
    'picture.digest': 'Picture.address', 'picture.format': 'Picture.format', 'pavilion_text.section': 'PavilionText.section', 'programme_entry.code': 'ProgrammeEntry.code',
    'programme_entry.starts': 'ProgrammeEntry.starts', 'programme_entry.ends': 'ProgrammeEntry.ends',
    'programme_entry.time_of_day': 'ProgrammeEntry.time_of_day', 'programme_entry.kind': 'ProgrammeEntry.kind',
    'programme_entry.area': 'ProgrammeEntry.area', 'programme_entry.start_time': 'ProgrammeEntry.start_time',
    'programme_entry.end_time': 'ProgrammeEntry.end_time', 'programme_entry.state': 'ProgrammeEntry.state',
    'region.code': 'Region.code', 'scenario.code': 'Scenario.code',
}
# Kept for the import and the engine; neither pages nor API show them.
HIDDEN = {
    'country.alpha3': 'a second code', 'country.m49': 'a third code', 'country.other_names': 'spellings that the import knows',
    'region.other_names': 'spellings that the import knows', 'region.country': 'the code begins with it',
    'organisation.parent_country': 'decides only what counts as foreign',
}
# In the API and on no page, each with its reason.
EVIDENCE = 'the evidence of a row, which open data has to give'
API_ONLY = {'area.source': EVIDENCE, 'organisation.source': EVIDENCE}
MARK = re.compile(r'zq-([a-z_]+)-([a-z0-9_]+)-(\d+)')
NUMBER_BASE = 70_000_000


def plant(site):
    """Replaces the texts and numbers; the planted columns are left in the module's PLANTED."""
    connection = sqlite3.connect(site.database)
    # The sample knows no further names.
    connection.execute("INSERT INTO organisation_name(organisation_id, language, kind, name) VALUES (1, 'en', 'alias', 'x')")
    # Nor a picture.
    digest, pavilion = 'ab' * 32, f"SELECT max(p.id) FROM pavilion p JOIN edition e ON e.id = p.edition_id WHERE e.code = '{EDITION}'"
    connection.execute(f"INSERT INTO content(digest, bytes) VALUES ('{digest}', x'89504E470D0A1A0A')")
    connection.execute('INSERT INTO picture(pavilion_id, digest, format, width, height, alt_en, alt_zh, credit)'
                       f" VALUES (({pavilion}), '{digest}', 'png', 1, 1, 'x', 'x', 'x')")
    for table in PUBLIC:
        for _, column, kind, *_ in connection.execute(f'PRAGMA table_info({table})').fetchall():
            name = f'{table}.{column}'
            if name in NUMBERS:
                base = NUMBER_BASE + NUMBERS.index(name) * 100_000
                connection.execute(f'UPDATE {table} SET {column} = {base} + id')
                PLANTED.add(name)
            elif kind == 'TEXT' and name not in CODES and name not in HIDDEN:
                prefix = 'https://' if column == 'website' else ''
                connection.execute(f"UPDATE {table} SET {column} = '{prefix}zq-{table}-{column}-' || id")
                PLANTED.add(name)
    connection.commit()
    connection.close()


PLANTED = set()


def marks(text):
    """What of the database a page or reply shows: (column, id)."""
    # Cards and calendars fold long lines.
    text = urllib.parse.unquote(html.unescape(text.replace('\r\n ', '')))
    found = {(f'{table}.{column}', int(number)) for table, column, number in MARK.findall(text)}
    for number in re.findall(r'\b7[0-9](?:[,\u202f\u00a0]?[0-9]{3}){2}\b', text):
        value = int(re.sub(r'[^0-9]', '', number)) - NUMBER_BASE
        if 0 <= value < len(NUMBERS) * 100_000:
            found.add((NUMBERS[value // 100_000], value % 100_000))
    return found


def read_pages(site):
    """Everything that is seen on the pages of the edition in both languages, with one page that shows it."""
    waiting, seen, shown = [f'/en/{EDITION}/', f'/zh/{EDITION}/'], set(), {}
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        try:
            headers, body = site.get(path)
        except urllib.error.HTTPError:
            continue
        if not headers['Content-Type'].startswith('text/'):
            continue
        text = body.decode('utf-8')
        for mark in marks(text):
            shown.setdefault(mark, path)
        for link in re.findall(r'href="(/(?:en|zh)/[^"#]*)', text):
            link = html.unescape(link)
            # Filters of the directory show the same exhibitors again.
            if link.startswith((f'/en/{EDITION}/', f'/zh/{EDITION}/')) and '?' not in link:
                waiting.append(link)
    return shown, len(seen)


def walk(site, path):
    join, cursor, items = '&' if '?' in path else '?', '', []
    while cursor is not None:
        page = json.loads(site.get(f'{path}{join}limit=1000{cursor and "&cursor=" + cursor}')[1])
        items += page['items']
        cursor = page['next']
    return items


def read_api(site):
    """Everything that the API shows of the edition, with one address that shows it."""
    shown = {}
    document = json.loads(site.get('/api/openapi.json')[1])
    keys = {'exhibitors': 'id', 'organisations': 'id', 'chains': 'code', 'nodes': 'code', 'scenarios': 'code',
            'pavilions': 'id', 'exhibits': 'id', 'programme': 'code', 'editions': 'code'}
    public = [path for path, item in document['paths'].items() if item.get('get', {}).get('security') == []]
    for path in public:
        if not path.startswith('/api/v1/') or '/data/' in path:
            continue
        if '{' not in path:
            if any(p.get('required') for p in document['paths'][path]['get']['parameters']):
                continue  # search finds what other addresses show
            # The page of figures shows those of all editions.
            replies = {path: walk(site, path + ('?editions=all' if path.endswith('/figures') else ''))}
        else:
            listed, rest = re.match(r'/api/v1/(\w+)/\{\w+\}(.*)', path).groups()
            ids = [str(item[keys[listed]]) for item in walk(site, f'/api/v1/{listed}?fields={keys[listed]}')]
            addresses = [f'/api/v1/{listed}/{i}{rest}' for i in ids]
            replies = {reply: site.get(reply)[1].decode('utf-8') for reply in addresses}
        for reply, body in replies.items():
            for mark in marks(body if isinstance(body, str) else repr(body)):
                shown.setdefault(mark, reply)
    return shown, document


def main():
    tap = Tap()
    with Served(arguments=('--client-limit', '0'), prepare=plant) as site:
        pages, count = read_pages(site)
        replies, document = read_api(site)
    schemas = document['components']['schemas']
    tap.check('the pages were read', [] if count > 500 and len(pages) > 2000 else [f'{count} pages, {len(pages)} values'])
    missing = sorted({(column, pages[column, i]) for column, i in pages if (column, i) not in replies})
    tap.check('what a page shows, the API has', [f'{column} on {path}' for column, path in missing])
    on_pages = {column for column, _ in pages}
    extra = sorted({column for column, _ in replies} - on_pages - set(API_ONLY))
    tap.check('what the API has, a page shows', [f'{c} at {next(p for (x, _), p in replies.items() if x == c)}' for c in extra])
    unseen = sorted(PLANTED - {column for column, _ in replies})
    tap.check('every public column is in the API', unseen)
    tap.check('every code is a field of the document',
              [f'{column}: {field}' for column, field in CODES.items()
               if field.split('.')[1] not in schemas.get(field.split('.')[0], {}).get('properties', {})])
    tap.check('no exception is out of date', sorted(c for c in API_ONLY if c in on_pages or c not in {x for x, _ in replies}))
    tap.end()


main()
