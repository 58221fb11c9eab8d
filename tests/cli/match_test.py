#!/usr/bin/env python3
"""Rounds of suggestions on the command line: run, keep, compare, release, close, why, settings, export."""
import csv
import io
import os
import tempfile
import zipfile

from program import run
from tap import Tap


def expect(tap, name, result, *words, code=0):
    """The exit code, and words that stand in the output or the error."""
    said = result[1] + result[2]
    tap.check(name, ([] if result[0] == code else [f'exit {result[0]}']) + [f'no "{w}" in {said[-1500:]}' for w in words if w not in said])
    return result[1]


def check_rounds(tap, db, folder):
    at = ('--edition', '2026')
    expect(tap, 'no round is kept at first', run('match', 'list', db, *at), 'No round is kept')
    out = expect(tap, 'a round tells its total, bound and effects', run('match', 'run', db, *at), 'no plan has more than', 'Floors',
                 'For the first time', 'with a source', 'firms have fewer than 5')
    tap.check('and writes nothing', [] if 'Kept' not in out and 'No round' in run('match', 'list', db, *at)[1] else [out])
    out = expect(tap, 'a stable plan has no pairs that would leave it', run('match', 'run', db, *at, '--stable'), 'Stability costs')
    tap.check('none at all', [] if '\n0 pairs would both rather have each other' in out else [out[:600]])
    expect(tap, 'a round is kept as a draft', run('match', 'run', db, *at, '--keep', '--name', 'spring'), 'Kept as a draft')
    expect(tap, 'and listed', run('match', 'list', db, *at), 'draft', 'spring')
    expect(tap, 'a draft is compared with another', run('match', 'run', db, *at, '--against', '1'), 'Beside round 1:', ' 0 come, 0 go')
    rows = list(csv.DictReader(io.StringIO(run('match', 'show', db, '1', *at, '--format', 'csv')[1])))
    tap.check('its pairs are shown with reasons in both languages',
              [r for r in rows if not (r['reasons_en'] and r['reasons_zh'] and float(r['score']) > 0)] if len(rows) > 100 else [len(rows)])
    book = os.path.join(folder, 'pairs.xlsx')
    expect(tap, 'they go into a workbook', run('match', 'show', db, '1', *at, '--out', book))
    tap.check('which is one', [] if zipfile.is_zipfile(book) else ['no workbook'])
    expect(tap, 'a released round asks for answers', run('match', 'release', db, '1', *at), 'suggestions wait for answers until')
    expect(tap, 'it cannot be deleted', run('match', 'delete', db, '1', *at), 'stays on record', code=1)
    expect(tap, 'what waits stays when a new round is compared', run('match', 'run', db, *at), 'Beside round 1:', ' 0 go')
    expect(tap, 'a round is closed', run('match', 'close', db, '1', *at), 'were not answered in time')
    run('match', 'run', db, *at, '--keep')
    expect(tap, 'a draft is deleted', run('match', 'delete', db, '2', *at))
    out = run('match', 'list', db, *at)[1]
    tap.check('and gone', [] if 'closed' in out and 'draft' not in out else [out])


def check_firms(tap, db):
    at = ('--edition', '2026')
    expect(tap, 'the list of a firm has reasons', run('match', 'of', db, 'Geely Holding', *at), 'CATL', 'battery packs, an essential input')
    expect(tap, 'in Chinese, too', run('match', 'of', db, '吉利控股集团', *at, '--zh'), '宁德时代', '关键投入')
    expect(tap, 'why two meet is a sum of parts', run('match', 'why', db, 'Tesla', 'CATL', *at), 'suggested to each other', '(fit-need)',
           'whom Tesla could meet')
    expect(tap, 'and why not is said, too', run('match', 'why-not', db, 'Tesla', 'Corning', *at), 'Nothing that one offers')
    expect(tap, 'a firm of another edition takes no part', run('match', 'of', db, 'Yili', *at), 'takes no part in edition 2026', code=1)
    expect(tap, 'a name that nobody has is told', run('match', 'of', db, 'Teslaa', *at), 'no organisation is named', code=1)


def check_settings(tap, db):
    at = ('--edition', '2026')
    expect(tap, 'settings are listed', run('match', 'settings', db, *at), 'suggestions_max=10', 'fit-need=')
    expect(tap, 'a weight above 1 is refused by name', run('match', 'settings', db, 'rivalry=1.2', *at), 'rivalry is 1.2', code=1)
    expect(tap, 'so is a word', run('match', 'settings', db, 'floor=many', *at), 'floor: "many" is no whole number', code=1)
    expect(tap, 'and a setting that there is not', run('match', 'settings', db, 'beauty=1', *at), 'no setting "beauty"', code=1)
    expect(tap, 'a preview tells what would change', run('match', 'settings', db, 'suggestions_max=4', 'floor=2', *at, '--preview'),
           'Beside a round with the settings that hold', ' go; the lists of')
    expect(tap, 'and sets nothing', run('match', 'settings', db, *at), 'suggestions_max=10')
    run('match', 'settings', db, 'suggestions_max=4', 'floor=2', *at)
    expect(tap, 'settings are kept for the edition', run('match', 'settings', db, *at), 'suggestions_max=4')
    expect(tap, 'and for no other', run('match', 'settings', db, '--edition', '2025'), 'suggestions_max=10')


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        db = os.path.join(folder, 'expo.fairlead')
        expect(tap, 'a database with the sample', run('new', db, '--sample'))
        check_firms(tap, db)
        check_rounds(tap, db, folder)
        check_settings(tap, db)
        expect(tap, 'an unknown action is told with those that there are', run('match', 'guess', db), 'run, list, show', code=2)
        expect(tap, 'a missing name, too', run('match', 'why', db, 'Tesla'), 'match why takes DB FIRST SECOND', code=2)
        expect(tap, 'the database is whole', run('check', db), 'whole')
    tap.end()


main()
