/*
 * Private to engine/names: how alike two names are, segment by segment and record by record.
 */
#ifndef FAIRLEAD_ENGINE_NAMES_SIMILAR_H
#define FAIRLEAD_ENGINE_NAMES_SIMILAR_H

#include "engine/names/parse.h"

/* How many records have a word: a table of counters by hash; NULL = every word is rare. */
struct names_rarity {
    const uint16_t *counts;
    uint32_t mask;
};

/* Words of one segment, or of a record. */
struct names_view {
    const struct names_token *tokens;
    size_t count;
    const char *text; /* of the pool */
};

/* Takes the next segment from `rest`; false when none is left. */
bool names_next_segment(struct names_view *rest, struct names_view *segment);

/* The core words in one piece, with the trade words when `trade`; at most `max` bytes. */
size_t names_join(const struct names_view *segment, bool trade, char *out, size_t max);

/* Damerau's distance (insert, delete, replace, swap neighbours) up to `limit`, else limit + 1.
 * Texts longer than NAMES_WORD_MAX bytes are only compared for equality. Bytes count, so it is
 * meant for Latin letters. */
uint32_t names_distance(struct str a, struct str b, uint32_t limit);

/* Two segments of one script, 0 to 1; adds bits of enum names_reason. */
float names_segment_score(const struct names_view *a, const struct names_view *b,
                          const struct names_rarity *rarity, uint32_t *reasons);

/* Han words as one Latin word each, the way pinyin writes them; `out` gets at most `max` words
 * whose text stands in `text`. */
enum err names_pinyin_view(const struct names_view *segment, struct names_token *out, size_t max,
                           struct buf *text, struct names_view *view,
                           struct errinfo *info) ERR_CHECK;

/* Two records; fills score and reasons of `out`. */
enum err names_score(const struct names_entry *a, const struct names_view *a_words,
                     const struct names_entry *b, const struct names_view *b_words,
                     const struct names_rarity *rarity, struct names_pair *out,
                     struct errinfo *info) ERR_CHECK;

#endif
