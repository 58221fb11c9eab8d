#!/usr/bin/env python3
"""Writes the Han tables of text/han.h as C: gen_han.py READINGS VARIANTS PHRASES SIMPLIFY OUT.C

READINGS and VARIANTS are Unihan_Readings.txt.bz2 and Unihan_Variants.txt.bz2 of the Unicode
Character Database (Unicode Standard Annex 38). PHRASES and SIMPLIFY are our own data/text/*.csv;
they win over Unihan.

Readings of a character are ordered by likelihood: the share in kHanyuPinlu (frequency of each
reading in running text), then the customary reading (kMandarin), then the dictionaries of 2013
and 1983 (kTGHZ2013, kXHC1983). Dictionaries of old readings (kHanyuPinyin) are not used: they list
what nobody says. A traditional character also takes half the evidence of its simplified form,
because the frequencies were counted in simplified text.
"""
import bz2
import csv
import re
import sys
import unicodedata

DIRECT_FIRST, DIRECT_LAST = 0x3400, 0x9FFF
TONE_OF_MARK = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}


def unihan(path, fields):
    """{field: {code point: value}}"""
    out = {field: {} for field in fields}
    with bz2.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            parts = line.rstrip("\n").split("\t")
            if len(parts) == 3 and parts[1] in out:
                out[parts[1]][int(parts[0][2:], 16)] = parts[2]
    return out


def numbered(syllable):
    """'zhǎng' -> ('zhang', 3); None for what is no syllable of Mandarin ('ḿ')."""
    tone, letters = 5, ""
    for c in unicodedata.normalize("NFD", syllable):
        if c in TONE_OF_MARK:
            tone = TONE_OF_MARK[c]
        elif c == "\u0308":
            letters += c
        else:
            letters += c
    letters = unicodedata.normalize("NFC", letters)
    return (letters, tone) if re.fullmatch("[a-zü]*[aeiouü][a-zü]*", letters) else None


def add(scores, syllable, weight):
    reading = numbered(syllable)
    if reading:
        scores[reading] = scores.get(reading, 0) + weight


def evidence(readings, code):
    """{reading: weight}, weights as said at the top."""
    scores = {}
    counts = re.findall(r"([^\s()]+)\((\d+)\)", readings["kHanyuPinlu"].get(code, ""))
    total = sum(int(n) for _, n in counts)
    for syllable, n in counts:
        add(scores, syllable, int(n) / total)
    for syllable in readings["kMandarin"].get(code, "").split()[:1]:
        add(scores, syllable, 0.3)
    for field, weight in (("kTGHZ2013", 0.1), ("kXHC1983", 0.05)):
        for entry in readings[field].get(code, "").split():
            for syllable in entry.split(":")[1].split(","):
                add(scores, syllable, weight)
    # The neutral tone is how a reading is spoken in a word, not another reading.
    for (letters, tone), weight in list(scores.items()):
        full = [r for r in scores if r[0] == letters and r[1] != 5]
        if tone == 5 and full:
            best = max(full, key=lambda r: scores[r])
            scores[best] += weight
            del scores[(letters, 5)]
    return scores


def parse_pinyin(text):
    out = []
    for part in text.replace("v", "ü").split():
        if not re.fullmatch("[a-zü]+[1-5]", part):
            sys.exit(f"pinyin_phrases.csv: '{part}' is no syllable with a tone digit")
        out.append((part[:-1], int(part[-1])))
    return out


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.reader(f))[1:]


def simplified_forms(variants, own):
    out = {}
    for code, value in variants.items():
        targets = [int(t[2:].split("<")[0], 16) for t in value.split()]
        if code in targets:
            continue  # its own simplified form in some words; data/text/han_simplify.csv decides
        # The first is the common one; beyond the basic plane stand coined analogies.
        out[code] = ([t for t in targets if t <= 0xFFFF] or targets)[0]
    for row in own:
        out[ord(row[0])] = ord(row[1])
    for code in out:
        target, seen = out[code], {code}
        while target in out and target not in seen:
            seen.add(target)
            target = out[target]
        out[code] = target
    return {code: target for code, target in out.items() if code != target}


def c_array(f, ctype, name, values, per_line=16):
    f.write(f"const {ctype} {name}[] = {{\n")
    for i in range(0, len(values), per_line):
        f.write("    " + ", ".join(str(v) for v in values[i : i + per_line]) + ",\n")
    f.write("};\n")


class Tables:
    def __init__(self):
        self.syllables, self.pool, self.lists = {}, [], {}

    def code(self, reading):
        """12 bits: syllable and tone."""
        letters, tone = reading
        return self.syllables.setdefault(letters, len(self.syllables)) * 8 + tone

    def entry(self, ordered):
        """One reading as it is; several as their place in the pool, the last one marked."""
        codes = [self.code(r) for r in ordered]
        if len(codes) == 1:
            return codes[0]
        if tuple(codes) not in self.lists:
            self.lists[tuple(codes)] = len(self.pool)
            self.pool += codes[:-1] + [codes[-1] | 0x8000]
        return self.lists[tuple(codes)] | 0x8000


def ordered_readings(readings, simple, defaults):
    codes = set(simple).union(*(readings[field] for field in readings))
    out = {}
    for code in sorted(codes):
        scores = evidence(readings, code)
        if code in simple:
            by_simple = evidence(readings, simple[code])
            if by_simple and not scores.keys() & by_simple.keys():
                scores = by_simple  # a variant that is read differently only in old books
            for reading, weight in by_simple.items():
                if reading in scores:
                    scores[reading] += weight / 2
        first = defaults.get(code) or defaults.get(simple.get(code))
        if first:
            scores[first] = 100
        if scores:
            out[code] = sorted(scores, key=lambda r: (-scores[r], r))
    return out


def add_phrase_readings(by_code, phrases):
    """A syllable that a character has in a phrase alone is its last reading, so that whoever looks
    for the readings of a character finds all that han_pinyin may give it."""
    for text, pinyin in phrases.items():
        for character, reading in zip(text, pinyin):
            known = by_code.setdefault(ord(character), [])
            if reading[0] not in [letters for letters, _ in known]:
                known.append(reading)


def main():
    readings_path, variants_path, phrases_path, simplify_path, out_path = sys.argv[1:]
    readings = unihan(readings_path, ["kHanyuPinlu", "kMandarin", "kTGHZ2013", "kXHC1983"])
    variants = unihan(variants_path, ["kSimplifiedVariant"])["kSimplifiedVariant"]
    simple = simplified_forms(variants, read_csv(simplify_path))
    phrases = {}
    for row in read_csv(phrases_path):
        text, pinyin = row[0], parse_pinyin(row[1])
        if len(text) != len(pinyin) or text in phrases:
            sys.exit(f"pinyin_phrases.csv: '{text}' stands twice or has another number of syllables")
        if any(ord(c) in simple for c in text):
            sys.exit(f"pinyin_phrases.csv: '{text}' is not in simplified characters")
        phrases[text] = pinyin
    defaults = {ord(t): p[0] for t, p in phrases.items() if len(t) == 1}
    phrases = {t: p for t, p in phrases.items() if len(t) > 1}
    by_code = ordered_readings(readings, simple, defaults)
    add_phrase_readings(by_code, phrases)

    t = Tables()
    direct = [t.entry(by_code[c]) if c in by_code else 0 for c in range(DIRECT_FIRST, DIRECT_LAST + 1)]
    others = [(c, t.entry(by_code[c])) for c in sorted(by_code) if c > DIRECT_LAST]
    to_simple = [simple.get(c, c) for c in range(DIRECT_FIRST, DIRECT_LAST + 1)]
    far = sorted((c, s) for c, s in simple.items() if c > DIRECT_LAST or s > DIRECT_LAST)
    to_simple = [s if s <= 0xFFFF else c for c, s in zip(range(DIRECT_FIRST, DIRECT_LAST + 1), to_simple)]

    starts = [0] * ((DIRECT_LAST - DIRECT_FIRST) // 8 + 1)
    texts, rows, phrase_codes = b"", [], []
    for text in sorted(phrases, key=lambda p: p.encode()):
        bit = ord(text[0]) - DIRECT_FIRST
        starts[bit // 8] |= 1 << bit % 8
        rows.append((len(texts), len(text.encode()), len(phrase_codes), len(text)))
        texts += text.encode()
        phrase_codes += [t.code(r) for r in phrases[text]]
    names = sorted(t.syllables, key=lambda s: t.syllables[s])
    with open(out_path, "w", encoding="utf-8") as f:
        f.write("/* Made by src/text/gen_han.py from Unihan and data/text; do not edit. */\n")
        f.write('#include "text/han_tables.h"\n')
        f.write("const char han_syllables[][8] = {\n    " +
                ", ".join('"%s"' % s for s in names).replace(", \"zh", ",\n    \"zh") + "};\n")
        f.write(f"const uint32_t han_syllables_len = {len(names)};\n")
        c_array(f, "uint16_t", "han_direct", direct)
        c_array(f, "uint16_t", "han_pool", t.pool)
        f.write("const struct han_other han_others[] = {\n" +
                "".join(f"    {{{c}, {e}}},\n" for c, e in others) + "};\n")
        f.write(f"const size_t han_others_len = {len(others)};\n")
        c_array(f, "uint16_t", "han_simple", to_simple)
        f.write("const struct han_far han_fars[] = {\n" +
                "".join(f"    {{{c}, {s}}},\n" for c, s in far) + "};\n")
        f.write(f"const size_t han_fars_len = {len(far)};\n")
        c_array(f, "uint8_t", "han_phrase_starts", starts)
        c_array(f, "unsigned char", "han_phrase_texts", list(texts))
        f.write("const struct han_phrase han_phrases[] = {\n" +
                "".join("    {%d, %d, %d, %d},\n" % r for r in rows) + "};\n")
        f.write(f"const size_t han_phrases_len = {len(rows)};\n")
        c_array(f, "uint16_t", "han_phrase_readings", phrase_codes)


main()
