#!/usr/bin/env python3
"""Every sentence that an import can say of a file stands in finding_words.def with its Chinese."""
import re

from tap import Tap, read

# Who speaks to the person that brings a list, and what in them speaks to others (of the program, or of a stop).
FILES = ['model/identifier.c', 'model/kinds.c', 'model/place.c'] + [
    f'service/import_{name}.c' for name in (
        'diff', 'editions', 'header', 'leads', 'pairs', 'record', 'records', 'records_faults', 'rows', 'skip', 'words')]
NOT_OF_A_FILE = re.compile(r'was stopped|is not read as records|at most %d can be imported|Fields are|^%s "%')
STRING = r'"(?:[^"\\]|\\.)*"'
LITERAL = re.compile(rf'{STRING}(?:\s*{STRING})*')
FORMAT = re.compile(r'%(?:\.\*|\.\d+)?(?:ll|z)?[sdu]')


def unquote(literal):
    return ''.join(re.findall(r'"((?:[^"\\]|\\.)*)"', literal)).replace('\\"', '"')


def said(path):
    """The sentences of a source: literals with a blank between words, which keys, names of files and codes have not."""
    text = re.sub(r'/\*.*?\*/', '', read(f'src/{path}'), flags=re.S)
    text = re.sub(r'^\s*#.*$', '', text, flags=re.M)
    speaking = re.compile(r'\b(?:err_set|err_hint|complain\w*|say|unknown_place)\s*\((.*?)\)\s*;'
                          r'|\.(?:message|expected) =(.*?),\n\s*[.}]|return ("[^"]+");|expected = (.*?);', re.S)
    for match in speaking.finditer(text):
        for literal in LITERAL.findall(next(group for group in match.groups() if group is not None)):
            sentence = unquote(literal)
            if ' ' in sentence.strip() and not NOT_OF_A_FILE.search(sentence):
                yield sentence


def main():
    tap = Tap()
    pairs = [(unquote(a), unquote(b))
             for a, b in re.findall(rf'SAY\(({STRING}), ({STRING})\)', read('src/service/finding_words.def'))]
    patterns = [re.compile(re.sub(r'%\d', '.+', re.escape(english).replace(r'\%', '%')) + '$', re.S) for english, _ in pairs]
    missing, count = [], 0
    for path in FILES:
        for sentence in said(path):
            count += 1
            is_head = any(english.startswith(f'{sentence} "') for english, _ in pairs)  # of err_set('%s "%s"')
            if not is_head and not any(p.match(FORMAT.sub('7', sentence)) for p in patterns):
                missing.append(f'{path}: {sentence}')
    print(f'# {count} sentences, {len(pairs)} in Chinese')
    tap.check('every sentence of an import has its Chinese', missing)
    tap.check('the sources are read', [] if count > 80 else [f'{count} sentences only'])
    tap.check('the Chinese tells what the English tells', [
        english for english, chinese in pairs if sorted(re.findall(r'%\d', english)) != sorted(re.findall(r'%\d', chinese))])
    tap.check('the Chinese is Chinese', [english for english, chinese in pairs if not re.search('[\u4e00-\u9fff]', chinese)])
    tap.end()


main()
