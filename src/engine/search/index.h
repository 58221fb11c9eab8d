/*
 * The index as it lies in memory. Private to engine/search.
 *
 * Each text of a document is cut in two: its words, folded, one blank between them, and its Han
 * characters, a token each, with HAN_BREAK where something else stands between. Words go to one
 * side of the index, Han to the others. A side is the texts one after another, each closed by a
 * zero, and the places where a match may begin, sorted by what follows there.
 *
 * A token holds a character, its tone and the rank of its syllable (syllables.h), as they are read
 * where they stand, so that order by rank is the order of pinyin.
 */
#ifndef FAIRLEAD_ENGINE_SEARCH_INDEX_H
#define FAIRLEAD_ENGINE_SEARCH_INDEX_H

#include "base/vec.h"
#include "engine/search/cut.h"
#include "engine/search/search.h"
#include "engine/search/syllables.h"

enum {
    FORM_INITIALS = SEARCH_FIELDS, /* a field of its own: initials of a name or alias */
    FORM_FIELDS,
    FORM_ALL_FIELDS = (1 << FORM_FIELDS) - 1, /* as bits */
    FORM_FIELD_MASK = 7,
    FORM_HEAD = 8,   /* the text begins with this part */
    FORM_WHOLE = 16, /* the text has this part only */

    BLOCK_SHIFT = 5,                     /* a block is 32 bytes or tokens */
    WORDS_SORTED = SEARCH_WORD_COMPARED, /* bytes that the order of words looks at */
    HAN_SORTED = 21, /* characters that the order of Han looks at: three keys of seven */
};

enum side_name {
    SIDE_WORDS,
    SIDE_HAN_NAMES,        /* of names and aliases */
    SIDE_HAN_DESCRIPTIONS, /* apart, because pinyin is not looked for here */
    SIDES
};

struct side_text {
    uint32_t start;         /* its first place; the end is where the next one begins */
    uint32_t document : 24; /* ascending */
    uint32_t form : 8;      /* field, FORM_HEAD, FORM_WHOLE */
};

struct side {
    VEC(char)
    words; /* of SIDE_WORDS: the texts, a zero behind each */
    VEC(uint32_t)
    tokens; /* of the others */
    VEC(uint32_t)
    order; /* places by what follows */
    VEC(struct side_text)
    texts;            /* and one more for the end of the last */
    uint64_t *begins; /* of SIDE_WORDS: a bit for each place that is in the order */
    uint32_t *block;  /* the text at the first place of each block */
};

struct search_index {
    struct side side[SIDES];
    VEC(uint8_t)
    kinds; /* by document */
    VEC(uint8_t)
    weights;
    struct syllables syllables;
    struct cut cut; /* the text being added */
};

/* Bytes or tokens of a side. */
static inline size_t side_len(const struct side *side) {
    return side->words.len + side->tokens.len;
}

/* Whether a match may begin at a place. */
static inline bool side_begins(const struct side *side, uint32_t place) {
    return side->begins != NULL ? (side->begins[place / 64] >> place % 64 & 1) != 0
                                : side->tokens.at[place] != HAN_BREAK;
}

/* The text that holds a place of a side. */
static inline uint32_t side_text(const struct side *side, uint32_t place) {
    uint32_t text = side->block[place >> BLOCK_SHIFT];
    while (side->texts.at[text + 1].start <= place)
        text++;
    return text;
}

#endif
