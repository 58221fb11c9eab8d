#!/usr/bin/env python3
"""The directory as a visitor, a crawler and a spreadsheet meet it: what it says of itself is what it does."""
import csv
import gzip
import io
import json
from html.parser import HTMLParser
from urllib.parse import quote

from served import Served
from tap import Tap

LIST = '/en/2024/exhibitors'
WEIGHT_MAX, ELEMENTS_MAX = 20_000, 2_000


class Page(HTMLParser):
    """What a listing shows: firms, choices of each field, links with their rel, anchors."""

    def __init__(self, text):
        super().__init__()
        self.firms, self.choices, self.links, self.ids, self.robots, self.canonical = [], {}, [], set(), None, None
        self.within = self.field = self.value = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        self.ids.add(a.get('id'))
        if tag == 'div':
            self.within = a.get('class')
        elif tag == 'select':
            self.field = self.choices.setdefault(a['name'], {})
        elif tag == 'option':
            self.value = a['value']
        elif tag == 'a':
            self.links.append((a.get('href'), a.get('rel') or ''))
            if self.within == 'who':
                self.firms.append(a['href'].rsplit('/', 1)[-1])
        elif tag == 'meta' and a.get('name') == 'robots':
            self.robots = a['content']
        elif tag == 'link' and a.get('rel') == 'canonical':
            self.canonical = a['href']

    def handle_data(self, data):
        if self.value:
            self.field[self.value] = int(data.rsplit('(', 1)[1].rstrip(')'))
            self.value = None


def read(site, query='', page=LIST):
    return Page(site.get(page + query)[1].decode('utf-8'))


def check_choices(tap, site):
    """Every choice of a field leads to as many firms as it says."""
    for name, query in (('no filter', ''), ('a chain', 'chain=smart-vehicle'), ('two filters', 'country=CN&seen=new'),
                        ('words', 'q=s')):
        page, faults = read(site, f'?{query}' if query else ''), []
        if not {'chain', 'stage', 'country', 'area', 'type', 'size'} <= page.choices.keys():
            faults.append(f'fields: {sorted(page.choices)}')
        for field, choices in page.choices.items():
            kept = '&'.join(part for part in query.split('&') if part and not part.startswith(field + '='))
            for value, count in choices.items():
                found = len(read(site, f'?{kept}&{field}={quote(value)}').firms)
                if found != count:
                    faults.append(f'{field}={value}: {count} promised, {found} shown')
        tap.check(f'choices: with {name}, each leaves as many exhibitors as it says', faults)


def check_addresses(tap, site):
    faults = []
    for asked, clean in (('?q=&chain=&stage=', ''), ('?country=CN&size=&chain=smart-vehicle', '?chain=smart-vehicle&country=CN'),
                         ('?q=+tesla+', '?q=tesla'), ('?page=1', ''), ('?by=letter', ''), ('?page=&q=a%26b&utm_source=x', '?q=a%26b'),
                         ('?country=CN&country=US', '?country=CN')):
        status, location, _ = site.status(LIST + asked)
        if (status, location) != (302, LIST + clean):
            faults.append(f'{asked}: {status} to {location}')
        if site.status(LIST + clean)[0] != 200:
            faults.append(f'{clean}: not 200')
    for asked, clean in (('?country=CN&chain=smart-vehicle', '?chain=smart-vehicle&country=CN'), ('?utm_source=x&seen=new', '?seen=new')):
        if read(site, asked).canonical != 'https://expo.example' + LIST + clean:
            faults.append(f'{asked} does not name {clean}')
    keys = ('chain=smart-vehicle', 'stage=upstream', 'node=bat.cell', 'country=CN', 'region=CN-GD', 'size=large',
            'area=clean-energy', 'type=direct', 'seen=new', 'q=x', 'by=area')
    if read(site, '?' + '&'.join(reversed(keys))).canonical != 'https://expo.example' + LIST + '?' + '&'.join(keys):
        faults.append('not every filter stands in the address')
    tap.check('addresses: a listing has one, whatever a form or a person writes', faults)
    faults = []
    for language, missing in (('en', 'no '), ('zh', '没有')):
        for query in ('chain=no-such', 'node=x', 'country=ZZ', 'area=x', 'size=x', 'type=x', 'region=x', 'lead=0',
                      'pavilion=0', 'page=99', 'page=x'):
            status, _, body = site.status(f'/{language}/2024/exhibitors?{query}')
            if status != 404 or missing not in body:
                faults.append(f'{language} {query}: {status}')
    if site.status(f'{LIST}?q={"+".join("abcdefghijklmnopqrst")}')[0] != 400:
        faults.append('twenty words are not refused')
    tap.check('addresses: what the edition does not have is said in the language of the page', faults)


def check_crawlers(tap, site):
    page, faults = read(site), []
    if page.robots or page.canonical != 'https://expo.example' + LIST:
        faults.append(f'the directory itself: {page.robots}, {page.canonical}')
    for query in ('?chain=smart-vehicle', '?q=tec', '?by=area'):
        page = read(site, query)
        if page.robots != 'noindex':
            faults.append(f'{query}: robots {page.robots}')
        faults += [f'{query}: {href} is to be followed' for href, rel in page.links
                   if '/exhibitors?' in (href or '') and 'nofollow' not in rel]
    tap.check('crawlers: combinations of filters are neither kept nor followed', faults)


def check_filters(tap, site):
    page = read(site, '?chain=smart-vehicle&country=CN&size=large')
    removals = [href for href, rel in page.links if rel == 'nofollow' and '?' in (href or '') and '.csv' not in href]
    faults = [] if len(page.firms) > 1 else ['too few to see anything']
    for left in ('?chain=smart-vehicle&country=CN', '?chain=smart-vehicle&size=large', '?country=CN&size=large'):
        if LIST + left not in removals:
            faults.append(f'no chip leads to {left}')
        if not set(page.firms) <= set(read(site, left).firms):
            faults.append(f'{left} leaves less than more filters do')
    tap.check('filters: each can be taken off and then leaves no less', faults)
    faults = []
    page = read(site, '?chain=smart-vehicle&country=HU')
    drops = {href: None for href, rel in page.links if rel == 'nofollow' and href in (LIST + '?chain=smart-vehicle', LIST + '?country=HU')}
    if page.firms or 'nobody' not in page.ids or len(drops) != 2 or (LIST, '') not in page.links:
        faults.append(f'no help: {page.links}')
    for words, name, mark in (('Intel', 'Intel', True), ('tesila', 'Tesla', False), ('boshi', 'Bosch', False), ('Qualcom', 'Qualcomm', False)):
        text = site.get(f'{LIST}?q={words}')[1].decode('utf-8')
        near = text.split('id="nobody"')[1] if 'id="nobody"' in text else text.split('class="firms"')[-1]
        if name not in near or mark and 'other editions only' not in near:
            faults.append(f'{words} does not lead to {name}')
    tap.check('filters: when nobody is left, the page says which to drop', faults)


def ask(site, query):
    """Numbers of the exhibitors that the API gives, all of them."""
    return [str(row['id']) for row in json.loads(site.get(f'/api/v1/exhibitors?limit=1000&fields=id&{query}')[1])['items']]


def check_words(tap, site):
    """One meaning of words, whoever asks: page, file and API, in the order of each language and beside other filters."""
    faults = []
    for words in ('tec', 'ningde', '宁德', '時代', 'ndsd', 'crystal-optech', 'Tesla', 'tesila', 'bo shi', '公司', 'bei', 'no such name'):
        q = 'q=' + quote(words)
        for further in ('', 'country=CN', 'seen=new&size=large', 'chain=smart-vehicle&stage=midstream'):
            query = f'{further}&{q}' if further else q
            for language in ('en', 'zh'):
                shown = read(site, f'?{query}', f'/{language}/2024/exhibitors').firms
                given = ask(site, f'{query}&sort=name_{language}')
                rows = site.get(f'/{language}/2024/exhibitors.csv?{query}')[1].decode('utf-8-sig').count('\r\n') - 1
                if shown != given or rows != len(given):
                    faults.append(f'{language} {query}: {len(shown)} on the page, {rows} in the file, {len(given)} in the API')
        if words != 'no such name' and words not in ('公司', '時代') and not ask(site, q):
            faults.append(f'{words}: nobody')
    tap.check('words: page, file and API find the same in the same order', faults)
    faults = []
    for words, there, elsewhere in (('tec', True, False), ('Qualcom', True, False), ('telsa', False, True)):
        text = site.get(f'{LIST}?q={words}')[1].decode('utf-8')
        if (read(site, f'?q={words}').firms != []) != there or ('id="nobody"' in text) != elsewhere:
            faults.append(f'{words}: guessed')
        if f'href="/en/2024/search?q={words}"' not in text:
            faults.append(f'{words}: no way to the search')
    if '/search?q=' in ''.join(href or '' for href, _ in read(site, '?country=CN').links):
        faults.append('a search for nothing')
    tap.check('words: names as written, and a link to the search for what firms show', faults)


def check_file(tap, site):
    faults = []
    for language in ('en', 'zh'):
        for query in ('', '?country=US', '?seen=returning&chain=smart-vehicle'):
            headers, body = site.get(f'/{language}/2024/exhibitors.csv{query}')
            rows = list(csv.DictReader(io.StringIO(body.decode('utf-8-sig'))))
            shown = read(site, query, f'/{language}/2024/exhibitors').firms
            if headers['Content-Type'] != 'text/csv; charset=utf-8' or len(rows) != len(shown) or not rows:
                faults.append(f"{language}{query}: {len(rows)} rows for {len(shown)} firms, {headers['Content-Type']}")
            for row, number in zip(rows, shown):
                text = site.get(f'/{language}/2024/exhibitors/{number}')[1].decode('utf-8')
                if row['name_en'].replace('&', '&amp;').replace("'", '&#39;') not in text:
                    faults.append(f"{language}{query}: {row['name_en']} is not number {number}")
    tap.check('file: the same exhibitors in the same order', faults)


def check_weight(tap, site):
    """The budget of a phone in a crowded hall; a page of 1,200 exhibitors has as many rows as one of 230."""
    faults = []
    for where in ('/en/2024/exhibitors', '/zh/2024/exhibitors?page=2', '/zh/2024/exhibitors?by=area', '/en/2024/'):
        body = site.get(where)[1]
        if len(gzip.compress(body)) > WEIGHT_MAX or body.count(b'<') / 2 > ELEMENTS_MAX:
            faults.append(f'{where}: {len(gzip.compress(body))} bytes compressed, {body.count(b"<") // 2} elements')
    tap.check('pages: light and small', faults)


def check_pages(tap):
    with Served(exhibitors=230) as site:
        check_weight(tap, site)
        faults, seen = [], []
        for language in ('en', 'zh'):
            where, firms = f'/{language}/2024/exhibitors', []
            for number in (1, 2, 3):
                query = f'?page={number}' if number > 1 else ''
                page = read(site, query, where)
                firms += page.firms
                rels = {rel: href for href, rel in page.links if rel in ('prev', 'next')}
                wanted = {'prev': where + ('?page=2' if number == 3 else ''), 'next': f'{where}?page={number + 1}'}
                if rels != {key: href for key, href in wanted.items() if (number > 1 if key == 'prev' else number < 3)}:
                    faults.append(f'page {number}: {rels}')
                if page.robots or page.canonical != f'https://expo.example{where}{query}':
                    faults.append(f'page {number}: {page.canonical}')
                for href, _ in page.links:
                    if href and '#letter-' in href:
                        target, anchor = href.split('#')
                        if anchor not in (page if not target else read(site, target[len(where):], where)).ids:
                            faults.append(f'page {number}: {href} leads nowhere')
            if len(firms) != len(set(firms)) or len(firms) < 230:
                faults.append(f'{len(firms)} firms, {len(set(firms))} different')
            seen.append(set(firms))
        if seen[0] != seen[1]:
            faults.append('the languages show different firms')
        tap.check('pages: a hundred on each, every exhibitor once, letters lead to their place', faults)


def main():
    tap = Tap()
    with Served() as site:
        check_choices(tap, site)
        check_addresses(tap, site)
        check_crawlers(tap, site)
        check_filters(tap, site)
        check_words(tap, site)
        check_file(tap, site)
    check_pages(tap)
    tap.end()


if __name__ == '__main__':
    main()
