/*
 * Spans of words: see spans.h.
 *
 * Typos: the sorted places are walked as a trie along the word; at each letter one branch is left
 * by an edit, and the rest of the word is then searched in one go. Letters are whole code points.
 */
#include "engine/search/spans.h"

#include "base/mem.h"
#include "text/utf8.h"

void spans_init(struct spans *spans, const struct search_index *index, uint32_t steps) {
    *spans = (struct spans){.index = index, .steps = steps};
}

void spans_release(struct spans *spans) {
    vec_free(&spans->list);
    vec_free(&spans->patterns);
}

bool spans_step(struct spans *spans) {
    if (spans->steps == 0)
        spans->cut_off = true;
    else
        spans->steps--;
    return !spans->cut_off && !spans->failed;
}

void spans_add(struct spans *spans, struct span span, const uint32_t *pattern) {
    if (span.from >= span.to)
        return;
    span.term = spans->term;
    span.pattern = pattern != NULL ? (uint32_t)spans->patterns.len : SPAN_NO_PATTERN;
    bool ok = true;
    for (uint32_t i = 0; pattern != NULL && i < span.length && ok; i++)
        ok = vec_push(&spans->patterns, pattern[i]);
    spans->failed = spans->failed || !ok || !vec_push(&spans->list, span);
}

/* The places of a span are all that agree in its bytes, or in its syllables but the last one, which
 * is between those of the first and the last place. */
bool span_holds(const struct search_index *index, const struct span *span, uint32_t place) {
    const struct side *side = &index->side[span->side];
    uint32_t first = side->order.at[span->from], last = side->order.at[span->to - 1];
    if (span->side == SIDE_WORDS)
        return strncmp(side->words.at + place, side->words.at + first,
                       span->length < WORDS_SORTED ? span->length : WORDS_SORTED) == 0;
    const uint32_t *tokens = side->tokens.at;
    uint32_t depth = (span->length < HAN_SORTED ? span->length : HAN_SORTED) - 1;
    for (uint32_t i = 0; i < depth; i++)
        if (token_rank(tokens[place + i]) != token_rank(tokens[first + i]))
            return false;
    uint32_t rank = token_rank(tokens[place + depth]);
    return rank >= token_rank(tokens[first + depth]) && rank <= token_rank(tokens[last + depth]);
}

/* Of a range whose places agree in `depth` bytes, those that go on with `bytes`. */
static struct range words_range(struct spans *spans, struct range range, size_t depth,
                                struct str bytes) {
    const char *words = spans->index->side[SIDE_WORDS].words.at + depth;
    const uint32_t *order = spans->index->side[SIDE_WORDS].order.at;
    if (!spans_step(spans))
        return (struct range){0, 0};
    if (depth + bytes.len > WORDS_SORTED)
        bytes.len = depth < WORDS_SORTED ? WORDS_SORTED - depth : 0;
    uint32_t from = range.from, to = range.to;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (strncmp(words + order[middle], bytes.ptr, bytes.len) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    uint32_t first = from;
    to = range.to;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (strncmp(words + order[middle], bytes.ptr, bytes.len) <= 0)
            from = middle + 1;
        else
            to = middle;
    }
    return (struct range){first, from};
}

static struct range all_words(const struct spans *spans) {
    return (struct range){0, (uint32_t)spans->index->side[SIDE_WORDS].order.len};
}

static void add_words(struct spans *spans, struct range range, size_t length, bool typo) {
    uint8_t fields = FORM_ALL_FIELDS;
    if (length < 2)
        fields &= (uint8_t) ~(1U << FORM_INITIALS);
    if (typo)
        fields &= (uint8_t) ~(1U << FORM_INITIALS | 1U << SEARCH_CODE);
    spans_add(spans,
              (struct span){.from = range.from,
                            .to = range.to,
                            .side = SIDE_WORDS,
                            .length = (uint16_t)length,
                            .fields = fields,
                            .typo = typo},
              NULL);
}

void span_words(struct spans *spans, const struct query_word *word) {
    if (word->len > 0)
        add_words(spans, words_range(spans, all_words(spans), 0, (struct str){word->at, word->len}),
                  word->len, false);
}

/* Searches `rest` behind `depth` bytes of a range and adds what is there as a typo. */
static void add_rest(struct spans *spans, struct range range, size_t depth, struct str rest) {
    if (range.from < range.to && depth + rest.len > 0)
        add_words(spans, words_range(spans, range, depth, rest), depth + rest.len, true);
}

/* A letter more or another: every letter of the texts that follows `depth` bytes of the range. */
static void add_branches(struct spans *spans, struct range range, size_t depth, struct str rest) {
    const struct side *side = &spans->index->side[SIDE_WORDS];
    struct str tail = rest;
    utf8_next(&tail);
    struct str letter = str_sub(rest, 0, rest.len - tail.len);
    while (range.from < range.to && !spans->cut_off && !spans->failed) {
        const char *at = side->words.at + side->order.at[range.from] + depth;
        struct str next = {at, strnlen(at, UTF8_MAX_BYTES)}, after = next;
        if (next.len > 0)
            utf8_next(&after);
        struct str child = {at, next.len > 0 ? next.len - after.len : 1};
        struct range branch = words_range(spans, range, depth, child);
        if (next.len > 0) {
            add_rest(spans, branch, depth + child.len, rest);
            if (!str_equal(child, letter))
                add_rest(spans, branch, depth + child.len, tail);
        }
        range.from = branch.to;
    }
}

/* The word with its first two letters swapped. */
static void add_swapped(struct spans *spans, struct range range, size_t depth, struct str rest) {
    char swapped[SEARCH_WORD_COMPARED];
    struct str second = rest, tail;
    utf8_next(&second);
    if (second.len == 0)
        return;
    tail = second;
    utf8_next(&tail);
    size_t first_len = rest.len - second.len, second_len = second.len - tail.len;
    memcpy(swapped, second.ptr, second_len);
    memcpy(swapped + second_len, rest.ptr, first_len);
    memcpy(swapped + second_len + first_len, tail.ptr, tail.len);
    if (memcmp(swapped, rest.ptr, rest.len) != 0)
        add_rest(spans, range, depth, (struct str){swapped, rest.len});
}

void span_word_typos(struct spans *spans, const struct query_word *word) {
    struct range range = all_words(spans);
    struct str rest = {word->at, word->len};
    for (size_t depth = 0; rest.len > 0 && range.from < range.to; depth = word->len - rest.len) {
        struct str tail = rest;
        utf8_next(&tail);
        add_branches(spans, range, depth, rest);
        add_rest(spans, range, depth, tail);
        add_swapped(spans, range, depth, rest);
        range = words_range(spans, range, depth, str_sub(rest, 0, rest.len - tail.len));
        rest = tail;
    }
}
