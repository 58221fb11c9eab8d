/*
 * Private to engine/names: words that firms share (data/text/name_words.csv), by kind and concept.
 * Words of one concept mean the same in any language: "machinery", "maschinenbau", "机械".
 *
 * Thread rule: any thread; constant tables. Cost: O(log words).
 */
#ifndef FAIRLEAD_ENGINE_NAMES_WORDS_H
#define FAIRLEAD_ENGINE_NAMES_WORDS_H

#include "base/str.h"

enum names_kind {
    NAMES_BRAND,   /* in no list: what makes the name */
    NAMES_LEGAL,   /* Inc., GmbH, 有限公司 */
    NAMES_GENERIC, /* group, technology, 科技: often left out */
    NAMES_TRADE,   /* machinery, trading, 物流: tells sister firms apart */
    NAMES_COUNTRY,
    NAMES_PLACE, /* cities and provinces */
};

struct names_word {
    const char *text;
    uint8_t len;
    uint8_t kind;
    uint16_t concept;
};

extern const struct names_word names_words[]; /* in byte order */
extern const size_t names_words_len;

/* The word, or NULL. `text` is folded (text_fold_plain). */
const struct names_word *names_word_find(struct str text);

/* The longest word at the beginning of `text`, which has no blanks between words, or NULL. */
const struct names_word *names_word_longest(struct str text);

#endif
