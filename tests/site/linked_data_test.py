#!/usr/bin/env python3
"""Linked data of the pages, read by a parser that is not ours (python3-rdflib): every thing has its schema.org type and facts."""
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from served import Served  # noqa: E402
from tap import Tap  # noqa: E402

# Debian's modules, also for a Python that is not Debian's own.
sys.path.append('/usr/lib/python3/dist-packages')
try:
    import rdflib
except ImportError:
    rdflib = None

SCHEMA = 'https://schema.org/'
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# Page below language and edition -> the types it must tell of.
PAGES = {
    '': {'ExhibitionEvent', 'Place', 'PostalAddress'},
    'chains': {'BreadcrumbList', 'ListItem'},
    'chains/clean-energy': {'BreadcrumbList', 'ListItem'},
    'exhibitors/1': {'BreadcrumbList', 'ListItem', 'Organization', 'PostalAddress'},
    'nodes/bat.cell': {'BreadcrumbList', 'ListItem'},
    'scenarios/burger': {'BreadcrumbList', 'ListItem'},
}


def graph_of(site, path):
    """The page's one block as a graph. The vocabulary stands in for schema.org's context, which is not fetched."""
    blocks = BLOCK.findall(site.get(path)[1].decode('utf-8'))
    if len(blocks) != 1:
        raise ValueError(f'{len(blocks)} blocks')
    document = json.loads(blocks[0])
    if document['@context'] != 'https://schema.org':
        raise ValueError(f"context {document['@context']}")
    document['@context'] = {'@vocab': SCHEMA}
    return rdflib.Graph().parse(data=json.dumps(document), format='json-ld')


def values(graph, name):
    return {str(o) for o in graph.objects(None, rdflib.URIRef(SCHEMA + name))}


def faults_of(site, lang, below, wanted):
    graph = graph_of(site, f'/{lang}/2024/{below}')
    types = {str(o)[len(SCHEMA):] for o in graph.objects(None, rdflib.RDF.type)}
    faults = [f'no {name}' for name in sorted(wanted - types)]
    faults += [f'relative address {a}' for a in values(graph, 'item') | values(graph, 'url') if not a.startswith('https://expo.example/')]
    if below == '' and not {'2024-11-26'} <= values(graph, 'startDate'):
        faults.append('the edition does not say when it starts')
    return faults


def main():
    tap = Tap()
    if rdflib is None:
        tap.skip('linked data: an independent parser reads every kind of page', 'no python3-rdflib')
        tap.end()
    with Served() as site:
        faults = []
        for lang in ('en', 'zh'):
            for below, wanted in PAGES.items():
                try:
                    faults += [f'/{lang}/2024/{below}: {fault}' for fault in faults_of(site, lang, below, wanted)]
                except ValueError as error:
                    faults.append(f'/{lang}/2024/{below}: {error}')
        tap.check('linked data: an independent parser reads every kind of page', faults)
    tap.end()


if __name__ == '__main__':
    main()
