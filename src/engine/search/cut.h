/*
 * A text as the index sees it: its words, its Han characters, and where a match may begin.
 *
 * A word is a run of letters and digits of an alphabet; an apostrophe inside it is dropped. Kana
 * and the scripts of South-East Asia have no blanks: a match may begin at each of their characters.
 * Private to engine/search.
 *
 * Life cycle: cut_init, any number of cuts (each replaces the last), cut_release.
 * Thread rule: one thread at a time.
 */
#ifndef FAIRLEAD_ENGINE_SEARCH_CUT_H
#define FAIRLEAD_ENGINE_SEARCH_CUT_H

#include "base/buf.h"
#include "base/vec.h"
#include "engine/search/syllables.h"

enum {
    HAN_BREAK = 0, /* the token between two runs of Han, and behind the last */
    TOKEN_CHARACTER = 0x1FFFF,
    TOKEN_TONE_SHIFT = 17,
    TOKEN_TONE = 7 << TOKEN_TONE_SHIFT,
    TOKEN_RANK_SHIFT = 20,
    INITIALS_MAX = 12,       /* letters */
    INITIALS_HAN_STARTS = 4, /* of them, for a Han name, may begin a match */
};

static inline uint32_t token_rank(uint32_t token) {
    return token >> TOKEN_RANK_SHIFT;
}

struct cut {
    struct buf words; /* "great wall motor" */
    VEC(uint32_t)
    word_starts;
    VEC(uint32_t)
    tokens;
    bool words_first;  /* the text begins with a word */
    struct buf folded; /* private */
};

void cut_init(struct cut *cut);
void cut_release(struct cut *cut);

/* Cuts any text but a code. ERR_MEMORY. O(len). */
enum err cut_text(struct cut *cut, const struct syllables *syllables, struct str text,
                  struct errinfo *info) ERR_CHECK;

/* Cuts a code: its letters and digits as one word; a match may begin where a part of it does, that
 * is behind a mark next to a letter, and where digits follow letters. */
enum err cut_code(struct cut *cut, struct str code, struct errinfo *info) ERR_CHECK;

/* Writes the initials of the Han characters or of three words at least; returns how many. */
size_t cut_han_initials(const struct cut *cut, const struct syllables *syllables,
                        char out[INITIALS_MAX]);
size_t cut_word_initials(const struct cut *cut, char out[INITIALS_MAX]);

/* Whether a code point is a Han character to search for, and it as the character of a token. */
bool cut_is_han(uint32_t code_point);
uint32_t cut_han_character(uint32_t code_point);

#endif
