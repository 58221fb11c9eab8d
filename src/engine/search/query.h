/*
 * A query as the index is asked for it. Private to engine/search.
 *
 * A term may be looked for in several writings: as words, as words joined, as pinyin, as Han. The
 * whole query is one more term, `all`, with its terms written as one; it stands for all of them.
 */
#ifndef FAIRLEAD_ENGINE_SEARCH_QUERY_H
#define FAIRLEAD_ENGINE_SEARCH_QUERY_H

#include "engine/search/cut.h"
#include "engine/search/search.h"

enum { QUERY_HAN_MAX = SEARCH_QUERY_BYTES_MAX / 3 + 1 };

/* Bytes or letters; what would be too long is cut, at a character. */
struct query_word {
    uint32_t len;
    char at[SEARCH_WORD_COMPARED];
};

struct query_pinyin {
    uint32_t len; /* 0 = the term cannot be pinyin */
    char at[SEARCH_WORD_COMPARED];
    uint8_t tone[SEARCH_WORD_COMPARED]; /* of the syllable that holds the letter; 0 = any */
    bool end[SEARCH_WORD_COMPARED];     /* a syllable ends behind the letter */
    bool plain;                         /* no tone and no end is given */
};

struct query_term {
    struct query_word words, joined; /* "coca cola" and "cocacola"; joined is empty if the same */
    struct query_pinyin pinyin;
    uint32_t han_len;
    uint32_t han[QUERY_HAN_MAX]; /* code points, simplified */
};

struct query {
    struct query_term terms[SEARCH_TERMS_MAX];
    uint32_t count;
    struct query_term all; /* empty when there is one term only */
};

/* Errors as of search_find. O(len). */
enum err query_parse(struct str text, const struct syllables *syllables, struct query *out,
                     struct errinfo *info) ERR_CHECK;

/* How many letters the words have, or 0 when there is a digit: then they are never guessed. */
uint32_t query_word_letters(const struct query_word *word);

#endif
