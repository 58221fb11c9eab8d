#!/usr/bin/env python3
"""An edition of the real size, generated: every exhibitor that pages and site map link to has its page, whatever its number."""
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from served import Served  # noqa: E402
from tap import Tap  # noqa: E402

EXHIBITORS = 1200
LINK = re.compile(r'/en/2024/exhibitors/[^"<#?/]+')


def dead(site, addresses):
    faults = []
    for where in sorted(addresses):
        try:
            site.get(where)
        except OSError as error:
            faults.append(f'{where}: {error}')
    return faults


def main():
    tap = Tap()
    with Served(exhibitors=EXHIBITORS) as site:
        mapped = set(LINK.findall(site.get('/en/2024/sitemap.xml')[1].decode('utf-8')))
        tap.check('large: the site map leads to every exhibitor',
                  [] if len(mapped) == EXHIBITORS else [f'{len(mapped)} of {EXHIBITORS}'])
        linked = set()
        for where in ('exhibitors', 'gaps', 'chains/clean-energy', 'chains/digital-technology'):
            linked |= set(LINK.findall(site.get('/en/2024/' + where)[1].decode('utf-8')))
        tap.check('large: pages link to exhibitors of the site map', sorted(linked - mapped) or ([] if linked else ['none']))
        tap.check('large: every exhibitor has its page', dead(site, mapped))
    tap.end()


if __name__ == '__main__':
    main()
