/*
 * Private to engine/names: how alike two names are, segment by segment and record by record.
 */
#ifndef FAIRLEAD_ENGINE_NAMES_SIMILAR_H
#define FAIRLEAD_ENGINE_NAMES_SIMILAR_H

#include "engine/names/parse.h"

/* How many records have a word: a table of counters by hash. */
struct names_rarity {
    const uint16_t *counts;
    uint32_t mask;
};

/* Sets `doublings` of brand words; NULL = every word is rare. */
void names_set_rarity(struct names_token *tokens, size_t count, const struct names_rarity *rarity);

/* Words of one segment, or of a record. */
struct names_view {
    const struct names_token *tokens;
    size_t count;
    const char *text; /* of the pool */
};

/* A segment with what every comparison asks of it. */
struct names_segment {
    struct names_view words;
    uint16_t joined;     /* bytes that names_join gives with the trade words */
    uint16_t joined_all; /* bytes of all words in one piece */
    bool han, weak;      /* NAMES_HAN, NAMES_WEAK */
};

enum { NAMES_JOINED_MAX = 160 }; /* bytes of joined words; what follows is not compared */

/* The segments of a record, cut once and compared with many. */
struct names_segments {
    struct names_segment at[NAMES_SEGMENTS_MAX];
    size_t len;
};

/* Cuts a record; the segments borrow its words. O(words). */
void names_cut(const struct names_view *record, struct names_segments *out);

/* One segment from its words, at least one. */
struct names_segment names_segment_of(struct names_view words);

/* The core words in one piece, with the trade words when `trade`; at most `max` bytes. */
size_t names_join(const struct names_view *segment, bool trade, char *out, size_t max);

/* Damerau's distance (insert, delete, replace, swap neighbours) up to `limit`, else limit + 1.
 * Texts longer than NAMES_WORD_MAX bytes are only compared for equality. Bytes count, so it is
 * meant for Latin letters. */
uint32_t names_distance(struct str a, struct str b, uint32_t limit);

/* Two segments of one script, 0 to 1; adds bits of enum names_reason. */
float names_segment_score(const struct names_segment *a, const struct names_segment *b,
                          uint32_t *reasons);

/* Han words as one Latin word each, the way pinyin writes them; `out` gets at most `max` words
 * whose text stands in `text`. */
enum err names_pinyin_view(const struct names_view *segment, const struct names_rarity *rarity,
                           struct names_token *out, size_t max, struct buf *text,
                           struct names_view *view, struct errinfo *info) ERR_CHECK;

/* Two records; fills score and reasons of `out`. */
enum err names_score(const struct names_entry *a, const struct names_segments *a_words,
                     const struct names_entry *b, const struct names_segments *b_words,
                     const struct names_rarity *rarity, struct names_pair *out,
                     struct errinfo *info) ERR_CHECK;

#endif
