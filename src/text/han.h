/*
 * Han characters: how they are read in Mandarin, and their simplified forms.
 *
 * A plain transliterator gives each character its most frequent reading and so reads 长城 as
 * "zhang cheng" and 厦门 as "sha men". Here phrases come first (data/text/pinyin_phrases.csv:
 * places, trades, surnames), the longest one from the left, and then each character's most likely
 * reading. Traditional characters are read as their simplified forms. Source: Unihan database of
 * the Unicode Standard (Annex 38), ordered as src/text/gen_han.py says.
 *
 * Syllables are written as ISO 7098:2015 does, in lower case, without tones or with a digit 1 to 5
 * (5 = neutral); ü is ü (text_fold_plain makes it u).
 *
 * Thread rule: any thread; the tables are constant. Cost: O(len), well under a microsecond a name.
 */
#ifndef FAIRLEAD_TEXT_HAN_H
#define FAIRLEAD_TEXT_HAN_H

#include "base/buf.h"

enum { HAN_SYLLABLE_MAX = 8, HAN_READINGS_MAX = 8 };

struct han_reading {
    const char *syllable; /* constant, terminated: "chang" */
    uint32_t tone;        /* 1 to 5 */
    uint32_t number;      /* of the syllable: han_syllable(number) */
};

/* Whether the code point is a unified Han character. */
bool han_is(uint32_t code_point);

/*
 * Appends the reading of `text`: syllables with one blank between them, everything else as it is,
 * apart by a blank from syllables: "ABC长城2" gives "ABC chang cheng 2". Han without a known
 * reading stay. ERR_MEMORY, ERR_LIMIT; a part may then stand in `out`.
 */
enum err han_pinyin(struct str text, struct buf *out, struct errinfo *info) ERR_CHECK;

/* The same with tone digits: "chang2 cheng2". */
enum err han_pinyin_tones(struct str text, struct buf *out, struct errinfo *info) ERR_CHECK;

/* Reads a text character by character, as han_pinyin does. Private but for `rest`. */
struct han_reader {
    struct str rest; /* read-only: what was not taken yet */
    uint32_t phrase_at, phrase_left;
};

void han_reader_init(struct han_reader *r, struct str text);

/* Takes the next code point with its reading where it stands; `syllable` is NULL for what is not
 * read in Mandarin. False at the end of the text. */
bool han_reader_next(struct han_reader *r, uint32_t *code_point, struct han_reading *reading);

/* All syllables in no order, numbered from 0; NULL behind the last. */
const char *han_syllable(uint32_t number);

/* The readings of one character, the likeliest first, those of phrases included; returns how many,
 * at most HAN_READINGS_MAX. */
size_t han_readings(uint32_t code_point, struct han_reading out[HAN_READINGS_MAX]);

/* The simplified form of one character; itself when it has none, or none for every use (乾). */
uint32_t han_simplify_char(uint32_t code_point);

/* Appends `text` with every character simplified. */
enum err han_simplify(struct str text, struct buf *out, struct errinfo *info) ERR_CHECK;

#endif
