#!/usr/bin/env python3
"""An edition written to a folder and read back is the edition."""
import filecmp
import hashlib
import os
import tempfile
import zlib

from program import run
from tap import Tap


def png(width, height):
    """A grey picture, made here."""
    def chunk(kind, data):
        body = kind + data
        return len(data).to_bytes(4, 'big') + body + zlib.crc32(body).to_bytes(4, 'big')
    rows = b''.join(b'\0' + bytes(width) for _ in range(height))
    head = width.to_bytes(4, 'big') + height.to_bytes(4, 'big') + b'\x08\0\0\0\0'
    return b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', head) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')


def failures(*steps):
    return [f'{code}: {out[-500:]} {err[-500:]}' for code, out, err in steps if code != 0]


def differences(first, second):
    """Files that are not in both folders with the same bytes."""
    names = sorted(set(os.listdir(first)) | set(os.listdir(second)))
    same, different, missing = filecmp.cmpfiles(first, second, [n for n in names if n != 'pictures'], shallow=False)
    return different + missing


def check_round_trip(tap, folder, name, base, edition):
    out, again, other = (os.path.join(folder, name + n) for n in ('-out', '-again', '-other.fairlead'))
    tap.check(f'{name}: the edition is written', failures(run('export', base, '--as', 'edition', '--edition', edition, '--out', out)))
    code, report, err = run('import', base, out)
    tap.check(f'{name}: reading it back changes nothing',
              [] if code == 0 and 'Nothing to write' in report else [report[-1500:], err])
    steps = [run('new', other), run('import', other, out), run('check', other),
             run('export', other, '--as', 'edition', '--edition', edition, '--out', again)]
    tap.check(f'{name}: another database takes it', failures(*steps))
    tap.check(f'{name}: and writes the same bytes', differences(out, again))
    return out, again


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        base, sheets, picture = (os.path.join(folder, n) for n in ('expo.fairlead', 'sheets', 'bridge.png'))
        with open(picture, 'wb') as file:
            file.write(png(40, 30))
        tap.check('a database with the sample and a picture', failures(
            run('new', base, '--sample'),
            run('picture', base, 'Hungary', picture, '--alt-en', 'A bridge', '--alt-zh', '一座桥', '--credit', 'Test')))
        out, again = check_round_trip(tap, folder, 'sample', base, '2024')
        pictures = os.listdir(os.path.join(out, 'pictures'))
        with open(os.path.join(again, 'pictures', pictures[0]), 'rb') as file:
            bytes_again = file.read()
        # It was encoded anew once; its name is the digest of what came out.
        tap.check('the picture came along', [] if len(pictures) == 1 and bytes_again[16:24] == png(40, 30)[16:24]
                  and pictures[0] == f'{hashlib.sha256(bytes_again).hexdigest()}.png' else pictures)
        tap.check('a generated edition is imported', failures(
            run('sample', sheets, '--exhibitors', '120', '--partners', '60', '--year', '2025'), run('import', base, sheets)))
        check_round_trip(tap, folder, 'generated', base, '2025')
        code, text, err = run('export', base, '--as', 'edition', '--format', 'json')
        tap.check('one JSON object holds all tables', [] if code == 0 and '"pavilion_texts":[' in text else [text[:300], err])
        code, _, err = run('export', base, '--as', 'edition')
        tap.check('a folder is asked for', [] if code == 2 and '--out' in err else [err])
    tap.end()


main()
