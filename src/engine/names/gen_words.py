#!/usr/bin/env python3
"""Writes data/text/name_words.csv as a C table for words.c: gen_words.py CSV OUT.C

A row is a kind and words that mean the same, in any language, in folded form (text_fold_plain).
The table is in byte order; words of one row share a concept number.
"""
import csv
import sys

KINDS = {"legal", "generic", "trade", "country", "place"}


def main():
    words = {}
    with open(sys.argv[1], encoding="utf-8", newline="") as f:
        for concept, row in enumerate(list(csv.reader(f))[1:], start=1):
            kind, text = row
            if kind not in KINDS:
                sys.exit(f"name_words.csv: unknown kind '{kind}'")
            for word in text.split():
                if word in words:
                    sys.exit(f"name_words.csv: '{word}' stands twice")
                words[word] = (kind, concept)
    with open(sys.argv[2], "w", encoding="utf-8") as f:
        f.write("/* Made by src/engine/names/gen_words.py; do not edit. */\n")
        f.write('#include "engine/names/words.h"\n')
        f.write("const struct names_word names_words[] = {\n")
        for word in sorted(words, key=lambda w: w.encode()):
            kind, concept = words[word]
            f.write(f'    {{"{word}", {len(word.encode())}, NAMES_{kind.upper()}, {concept}}},\n')
        f.write("};\n")
        f.write(f"const size_t names_words_len = {len(words)};\n")


main()
