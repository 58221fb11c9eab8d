/*
 * The syllables of Mandarin in the order of their letters, and ranges of them as a trie.
 *
 * Ranks are dense from SYLLABLE_FIRST on; ü counts as u, because keyboards have none, so lu and lü
 * have the same rank. Private to engine/search.
 *
 * Thread rule: constant after syllables_init.
 */
#ifndef FAIRLEAD_ENGINE_SEARCH_SYLLABLES_H
#define FAIRLEAD_ENGINE_SEARCH_SYLLABLES_H

#include "text/han.h"

enum {
    SYLLABLE_END = 0,  /* rank of what ends a run of Han */
    SYLLABLE_NONE = 1, /* of a character that is not read in Mandarin */
    SYLLABLE_FIRST = 2,
    SYLLABLES_MAX = 512,
};

struct syllables {
    uint32_t end;                                  /* the ranks are SYLLABLE_FIRST .. end - 1 */
    char letters[SYLLABLES_MAX][HAN_SYLLABLE_MAX]; /* by rank, terminated */
    uint16_t rank[SYLLABLES_MAX];                  /* by the number of text/han.h */
};

/* Ranks that begin with the same `depth` letters. */
struct syllable_range {
    uint32_t from, to, depth;
};

void syllables_init(struct syllables *s);

/* The whole table, at depth 0. */
struct syllable_range syllables_all(const struct syllables *s);

/* Those of `range` that go on with `letter`; empty (from == to) when there are none. */
struct syllable_range syllables_step(const struct syllables *s, struct syllable_range range,
                                     char letter);

/* The rank of the syllable that is complete at the range's depth, or SYLLABLE_NONE. */
uint32_t syllables_whole(const struct syllables *s, struct syllable_range range);

#endif
