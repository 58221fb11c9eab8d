#!/usr/bin/env python3
"""The programme: calendars read by a parser that is not ours (python3-icalendar), against the sheet; the grid of a day."""
import csv
import datetime
import io
import json
import os
import re
import sys
import tempfile
import time

from served import Served
from tap import Tap

# Debian's modules, also for a Python that is not Debian's own.
sys.path.append('/usr/lib/python3/dist-packages')
try:
    import icalendar
except ImportError:
    icalendar = None

BEIJING = datetime.timezone(datetime.timedelta(hours=8))
STATES = {'confirmed': 'CONFIRMED', 'tentative': 'TENTATIVE', 'cancelled': 'CANCELLED', '': None}


def sheet(site):
    """The rows of the programme, as the export writes them."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, 'out')
        site.run('export', site.database, '--as', 'edition', '--edition', '2024', '--out', out)
        with open(os.path.join(out, 'programme.csv'), encoding='utf-8', newline='') as file:
            return list(csv.DictReader(io.StringIO(file.read())))


def moment(day, time):
    return datetime.datetime.fromisoformat(f'{day}T{time}').replace(tzinfo=BEIJING)


def faults_of(event, row, language):
    """What of an event differs from its row."""
    faults = []
    last = row['end_date'] or row['date']
    start, end = event['DTSTART'].dt, event['DTEND'].dt if 'DTEND' in event else None
    if row['start_time']:
        wanted = (moment(row['date'], row['start_time']), moment(last, row['end_time']) if row['end_time'] else None)
    else:
        wanted = (datetime.date.fromisoformat(row['date']), datetime.date.fromisoformat(last) + datetime.timedelta(days=1))
    if (start, end) != wanted:
        faults.append(f'{start} to {end}, not {wanted}')
    if str(event['SUMMARY']) != (row[f'title_{language}'] or row['title_en'] or row['title_zh']):
        faults.append(f"title {event['SUMMARY']}")
    if event.get('STATUS') != STATES[row['state']]:
        faults.append(f"state {event.get('STATUS')}")
    if row['place_en'] and row[f'place_{language}'] not in str(event['LOCATION']):
        faults.append(f"place {event['LOCATION']}")
    if not all(host.strip() in str(event['DESCRIPTION']) for host in re.split('[;；]', row[{'en': 'hosts', 'zh': 'hosts_zh'}[language]])):
        faults.append(f"hosts {event['DESCRIPTION']}")
    if event['SEQUENCE'] != 0 or event['DTSTAMP'].dt != event['LAST-MODIFIED'].dt:
        faults.append('revision')
    return [f"{row['id']}: {fault}" for fault in faults]


def events_of(site, path):
    headers, body = site.get(path)
    faults = [] if headers['Content-Type'] == 'text/calendar; charset=utf-8' else [headers['Content-Type']]
    faults += [f'{len(line)} octets in a line' for line in body.split(b'\r\n') if len(line) > 75]
    calendar = icalendar.Calendar.from_ical(body.decode('utf-8'))
    if str(calendar['VERSION']) != '2.0' or not calendar['PRODID']:
        faults.append('no VERSION or PRODID')
    return list(calendar.walk('VEVENT')), faults


def check_feed(tap, site, name, language):
    rows = {row['id']: row for row in sheet(site) if row['date']}
    events, faults = events_of(site, f'/{language}/2024/programme.ics')
    by_code = {str(event['UID']).split('.2024@')[0]: event for event in events}
    faults += [f'not in the feed: {code}' for code in rows.keys() - by_code.keys()]
    faults += [f'not in the sheet: {code}' for code in by_code.keys() - rows.keys()]
    for code in rows.keys() & by_code.keys():
        faults += faults_of(by_code[code], rows[code], language)
    tap.check(f'{name}: the feed holds every dated event as the sheet has it', faults)
    chain = next(row['area'] for row in rows.values() if row['area'])
    own, faults = events_of(site, f'/{language}/2024/chains/{chain}/programme.ics')
    tap.check(f'{name}: the feed of a chain holds its events',
              faults + [str(event['UID']) for event in own if rows[str(event['UID']).split('.2024@')[0]]['area'] != chain] +
              ([] if len(own) == sum(row['area'] == chain for row in rows.values()) else [f'{len(own)} events']))
    code = sorted(rows)[0]
    single, faults = events_of(site, f'/{language}/2024/programme/{code}/event.ics')
    tap.check(f'{name}: the file of one event is that of the feed',
              faults + ([] if len(single) == 1 and single[0].to_ical() == by_code[code].to_ical() else [f'{single}']))


def check_revision(tap, site):
    """A change shows in SEQUENCE, under the same UID."""
    row = next(row for row in sheet(site) if row['start_time'])
    before, _ = events_of(site, f"/en/2024/programme/{row['id']}/event.ics")
    path = os.path.join(site.folder, 'programme.csv')
    with open(path, 'w', encoding='utf-8') as file:
        file.write('id,edition,date,kind,title_en,state\n' + f"{row['id']},2024,{row['date']},{row['kind']},Moved,cancelled\n")
    site.run('import', site.database, path)
    after, deadline = before, time.monotonic() + 10
    while str(after[0]['SUMMARY']) != 'Moved' and time.monotonic() < deadline:
        after, _ = events_of(site, f"/en/2024/programme/{row['id']}/event.ics")
    faults = [] if after[0]['UID'] == before[0]['UID'] and after[0]['SEQUENCE'] == 1 and after[0]['STATUS'] == 'CANCELLED' else [str(after)]
    tap.check('a changed event keeps its UID and counts its revisions', faults)


def check_grid(tap, site):
    """Every event of a day with a time stands once in the grid, under its place, and rows add up."""
    rows = sheet(site)
    faults = []
    for day in sorted({row['date'] for row in rows if row['start_time']}):
        page = site.get(f'/en/2024/programme?day={day}')[1].decode('utf-8')
        table = re.search(r'<table class="grid">(.*?)</table>', page, re.DOTALL).group(1)
        columns = table.count('<th scope="col">') - 1
        lines = re.findall(r'<tr[^>]*>(.*?)</tr>', table.split('<tbody>')[1], re.DOTALL)
        cells = sum(int(n) for n in re.findall(r'rowspan="(\d+)"', table)) + table.count('<td></td>')
        if cells != columns * len(lines):
            faults.append(f'{day}: {cells} cells for {columns} x {len(lines)}')
        for row in rows:
            times = len(re.findall(rf"/programme/{row['id']}\"", table))
            if times != (row['date'] == day and row['start_time'] != ''):
                faults.append(f"{day}: {row['id']} stands {times} times")
    tap.check('the grid of a day holds each event once', faults)


def check_linked_data(tap, site):
    row = next(row for row in sheet(site) if row['start_time'] and ';' in row['hosts'])
    page = site.get(f"/en/2024/programme/{row['id']}")[1].decode('utf-8')
    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1))['@graph']
    event = next(thing for thing in graph if thing['@type'] == 'Event')
    wanted = {'startDate': f"{row['date']}T{row['start_time']}", 'endDate': f"{row['date']}T{row['end_time']}"}
    tap.check('an event is linked data with its hosts and its expo',
              [k for k, v in wanted.items() if event.get(k) != v] +
              ([] if len(event['organizer']) == len(row['hosts'].split(';')) and event['superEvent']['@type'] == 'ExhibitionEvent'
               else [str(event)]))


def main():
    tap = Tap()
    with Served(exhibitors=120) as site:
        check_grid(tap, site)
        check_linked_data(tap, site)
        if icalendar is None:
            tap.skip('calendars', 'python3-icalendar is not installed')
        else:
            check_feed(tap, site, 'generated', 'en')
            check_revision(tap, site)
    if icalendar is not None:
        with Served() as site:
            check_feed(tap, site, 'sample', 'zh')
    tap.end()


main()
