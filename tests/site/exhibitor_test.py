#!/usr/bin/env python3
"""Pages of exhibitors: the map says nothing that the lists beside it do not say, and what was only inferred is folded."""
from html.parser import HTMLParser

from served import Served
from tap import Tap

VOID = {'meta', 'link', 'input', 'br', 'img'}


class Page(HTMLParser):
    """Links by where they stand: in the map, in the lists beside it, folded, or elsewhere; texts by section."""

    def __init__(self, text):
        super().__init__()
        self.open, self.links, self.section, self.sections = [], {'map': [], 'lists': [], 'folded': [], 'page': []}, '', {}
        self.feed(text)

    def place(self):
        for tag, name in reversed(self.open):
            if tag == 'svg':
                return 'map'
            if tag == 'details':
                return 'folded'
            if name == 'place':
                return 'lists'
        return 'page'

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == 'a' and a.get('href'):
            self.links[self.place()].append(a['href'])
        if tag == 'h2':
            self.section = a.get('id', '')
        if tag not in VOID:
            self.open.append((tag, a.get('class')))

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        self.sections[self.section] = self.sections.get(self.section, '') + data



def main():
    tap = Tap()
    with Served() as site:
        faults, maps, folded, found = [], 0, 0, {}
        for language in ('en', 'zh'):
            for number in range(1, 200):
                status, _, text = site.status(f'/{language}/2024/exhibitors/{number}')
                if status != 200:
                    continue
                page = Page(text)
                found[language, number] = page
                drawn, said = set(page.links['map']), set(page.links['lists'])
                own = {link for link in page.links['page'] if '/nodes/' in link}
                maps += bool(drawn)
                folded += bool(page.links['folded'])
                faults += [f'{language} {number}: {link} only in the map' for link in sorted(drawn - said - own)]
                if '/en/2024/exhibitors/' + str(number) in drawn:
                    faults.append(f'{number} is its own neighbour')
        tap.check('the map says nothing that the lists do not say', faults or ([] if maps > 60 else [f'{maps} maps']))
        tap.check('needs that only follow are folded', [] if folded > 40 else [f'{folded} pages'])
        texts = {page.sections.get('exhibits', '') for page in found.values()}
        tap.check('debuts stand with their proof', [] if any('First shown at the expo' in t and 'Proof:' in t for t in texts) and
                  any('本届首展' in t and '依据：' in t for t in texts) else ['no debut with a proof'])
        hosts = [page.sections['programme'] for page in found.values() if 'programme' in page.sections]
        tap.check('what an exhibitor hosts stands on its page',
                  [] if any('FARMER BOB' in text and 'not yet dated' in text for text in hosts) else hosts or ['nothing'])
    tap.end()


if __name__ == '__main__':
    main()
