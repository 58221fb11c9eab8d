/*
 * Where a term may stand: ranges of the sorted places. Private to engine/search.
 *
 * A span is a range of a side's order whose places all begin with what was looked for, as far as
 * the order tells; for Han and tones a pattern of tokens decides at each place.
 *
 * Life cycle: spans_init, span_words and the like for each term, spans_release. The functions that
 * add may run out of memory or of steps; they then do nothing and `failed` or `cut_off` tells.
 *
 * Only typos need a limit on steps: a term as written is one range of words, and the ways to read
 * it as Han or pinyin are ranges that do not overlap, so that there are no more of them than
 * places.
 */
#ifndef FAIRLEAD_ENGINE_SEARCH_SPANS_H
#define FAIRLEAD_ENGINE_SEARCH_SPANS_H

#include "engine/search/index.h"
#include "engine/search/query.h"

enum {
    SPAN_NO_PATTERN = UINT32_MAX,
    SPAN_ANY = 0, /* in a pattern: any token. A character or a tone alone may be given, too */
};

struct span {
    uint32_t from, to;  /* in the side's order */
    uint32_t pattern;   /* of `length` tokens in spans.patterns, or SPAN_NO_PATTERN */
    uint16_t length;    /* bytes or tokens that match */
    uint16_t last_rank; /* pinyin: of the last syllable if it is complete; else 0 */
    uint8_t side;       /* enum side_name */
    uint8_t fields;     /* bit f for field f of struct side */
    uint8_t term;
    bool pinyin, typo;
};

struct range {
    uint32_t from, to;
};

struct spans {
    const struct search_index *index;
    VEC(struct span)
    list;
    VEC(uint32_t)
    patterns;
    uint8_t term;   /* set by the caller: of the spans that are added */
    uint32_t steps; /* binary searches that may still be made */
    bool failed;    /* memory was short */
    bool cut_off;   /* the steps are used up */
};

void spans_init(struct spans *spans, const struct search_index *index, uint32_t steps);
void spans_release(struct spans *spans);

/* Private to the three files of spans: counts a step; false when nothing more may be done. */
bool spans_step(struct spans *spans);
/* Adds a span with `term` filled in; an empty one is passed over. `pattern` may be NULL. */
void spans_add(struct spans *spans, struct span span, const uint32_t *pattern);

/* Whether a place where a match may begin is one of a span, its pattern aside. O(length). */
bool span_holds(const struct search_index *index, const struct span *span, uint32_t place);

/* Places where words begin with `word`; O(log places). */
void span_words(struct spans *spans, const struct query_word *word);

/* The same with one letter more, less, another, or two swapped. `word` is without a digit. */
void span_word_typos(struct spans *spans, const struct query_word *word);

/* Places in names and aliases from which on the pinyin can be read. */
void span_pinyin(struct spans *spans, const struct query_pinyin *pinyin);

/* The same with one typo; for pinyin.plain. */
void span_pinyin_typos(struct spans *spans, const struct query_pinyin *pinyin);

/* Places where the Han characters stand. */
void span_han(struct spans *spans, const uint32_t *han, uint32_t len);

/* Places that are read the same, and from SEARCH_TYPO_HAN characters on those with one typo. */
void span_han_typos(struct spans *spans, const uint32_t *han, uint32_t len);

#endif
