/*
 * Grades: how good a match is, as numbers of which the smaller is better. Private to engine/search.
 *
 * A grade is a level (which field, where in it, how), the length of the text, and whether a typo
 * was made. A key puts all that decides the order of documents into one number, the document in its
 * lowest bits.
 */
#ifndef FAIRLEAD_ENGINE_SEARCH_GRADE_H
#define FAIRLEAD_ENGINE_SEARCH_GRADE_H

#include "engine/search/spans.h"

enum { GRADE_LENGTH_BITS = 8, GRADE_LEVEL_BITS = 6, GRADE_TYPO = 1 << 14 };

/* Of the match of a span at a place of a text. */
uint16_t grade_match(const struct side *side, const struct span *span, uint32_t place,
                     uint32_t text);

static inline bool grade_has_typo(uint16_t grade) {
    return (grade & GRADE_TYPO) != 0;
}

/* Without the typo. */
static inline uint16_t grade_of_match(uint16_t grade) {
    return (uint16_t)(grade & (GRADE_TYPO - 1));
}

/* Whether a match is a whole name, alias or code, or whole words of a name. */
bool grade_is_sure(uint16_t grade);

/* A little worse: the terms do not stand in a row. */
static inline uint16_t grade_scattered(uint16_t grade) {
    return (uint16_t)(grade + (1U << GRADE_LENGTH_BITS));
}

/* `grade` is without a typo. */
uint64_t grade_key(uint32_t missing, uint32_t typos, uint16_t grade, uint8_t weight,
                   uint32_t document);

/* What a key says; `kind` is left alone. */
void grade_read_key(uint64_t key, struct search_hit *hit);

#endif
