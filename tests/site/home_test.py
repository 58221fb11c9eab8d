#!/usr/bin/env python3
"""The overview: whoever reads it finds every publication of a key figure, and nothing is called new that cannot be known."""
import csv
import re

from served import Served
from tap import Tap, path

KEYS = ('exhibitors_contracted', 'exhibitors_with_partners', 'foreign_share', 'countries', 'gross_area', 'visits_total',
        'agreements', 'debuts')
LEADING_2024 = ('620', 'over 1,000', '32 %', '69', '120,000 m²', 'over 200,000', 'over 210', 'about 91')


def text_of(html):
    return re.sub(r'\s+', ' ', re.sub(r'<[^>]*>', '', html)).strip()


def section(page, name):
    """The HTML from a heading to the next one."""
    found = re.search(rf'<h2 id="{name}">.*?(?=<h2 |</main>)', page, re.DOTALL)
    return found.group(0) if found else ''


def check_figures(tap, pages):
    faults = []
    with open(path('data', 'sample', 'figures.csv'), encoding='utf-8') as file:
        rows = [row for row in csv.DictReader(file) if row['edition'] == '2024' and row['figure'] in KEYS]
    tiles = re.findall(r'<div class="figure">(.*?)</div>', section(pages['en', '2024'], 'figures'), re.DOTALL)
    leading = tuple(text_of(re.search(r'<strong>(.*?)</strong>', tile).group(1)) for tile in tiles)
    if leading != LEADING_2024:
        faults.append(f'leading: {leading}')
    shown = sum(len(re.findall(r'<time ', tile)) for tile in tiles)
    if shown != len(rows):
        faults.append(f'{len(rows)} publications, {shown} shown')
    for row in rows:
        value = f"{int(row['value']):,}"
        if not any(value in text_of(tile) and f'datetime="{row["as_of"]}"' in tile for tile in tiles):
            faults.append(f"{row['figure']} {value} of {row['as_of']} is not there")
    faults += [f'no source: {text_of(tile)}' for tile in tiles if 'rel="nofollow noopener"' not in tile]
    tap.check('figures: one publication leads, all others stand beneath it with day and source', faults)


def check_news(tap, pages):
    faults = []
    for language in ('en', 'zh'):
        if section(pages[language, '2023'], 'new'):
            faults.append(f'{language}: at the first edition something is new')
        news = section(pages[language, '2024'], 'new')
        for link in (f'/{language}/2024/chains/advanced-manufacturing', f'/{language}/2024/exhibitors?seen=new'):
            if link not in news:
                faults.append(f'{language}: no link to {link}')
    news = text_of(section(pages['en', '2024'], 'new'))
    if 'may have been there before' not in news or 'FARMER BOB' not in news:
        faults.append(news)
    tap.check('news: new areas, debuts and first-time exhibitors, as far as partial registers tell', faults)


def main():
    tap = Tap()
    with Served() as site:
        pages = {(language, edition): site.get(f'/{language}/{edition}/')[1].decode('utf-8')
                 for language in ('en', 'zh') for edition in ('2023', '2024', '2025')}
    check_figures(tap, pages)
    check_news(tap, pages)
    guests = text_of(section(pages['zh', '2024'], 'pavilions'))
    tap.check('guests: country and province of honour', [] if all(word in guests for word in ('主宾国', '匈牙利', '主宾省', '湖北'))
              else [guests])
    opening = text_of(pages['en', '2024'].split('<h1>')[1].split('<h2')[0])
    tap.check('opening: what, when and where come first',
              [] if all(word in opening for word in ('26–30 November 2024', 'Beijing', 'supply chains')) else [opening])
    tap.end()


if __name__ == '__main__':
    main()
