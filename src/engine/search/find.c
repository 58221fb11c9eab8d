/*
 * Answering a query: see search.h.
 *
 * First the terms as written, then with typos, then in parts: each time the documents that have all
 * of them, and at the end those that have the rarest one. What is found is put into keys whose
 * order is that of the answer. A filter by name stops after the terms as written.
 */
#include "base/mem.h"
#include "engine/search/finder.h"
#include "engine/search/grade.h"

enum {
    PARTS_VISITS = 60000, /* the commonest words are no help where no document has all words */
    PART_HAN = 2,         /* characters of the shortest part */
};

static void add_spans(struct finder *f) {
    struct spans *s = &f->spans;
    for (uint32_t t = 0; t <= f->query->count; t++) {
        bool last = t == f->query->count;
        const struct query_term *term = last ? &f->query->all : &f->query->terms[t];
        s->term = last ? TERM_ALL : (uint8_t)t;
        span_words(s, &term->words);
        span_words(s, &term->joined);
        span_pinyin(s, &term->pinyin);
        span_han(s, term->han, term->han_len);
    }
}

static void add_typos(struct finder *f) {
    struct spans *s = &f->spans;
    for (uint32_t t = 0; t < f->query->count; t++) {
        const struct query_term *term = &f->query->terms[t];
        if (f->size[t] >= SEARCH_COMMON)
            continue;
        s->term = (uint8_t)t;
        if (query_word_letters(&term->words) >= SEARCH_TYPO_LETTERS)
            span_word_typos(s, &term->words);
        if (term->pinyin.plain && term->pinyin.len >= SEARCH_TYPO_LETTERS)
            span_pinyin_typos(s, &term->pinyin);
        span_han_typos(s, term->han, term->han_len);
    }
}

/* Whether what was found is so little that typos are likely. */
static bool is_doubtful(const struct finder *f) {
    for (size_t i = 0; i < f->found.len; i++)
        if (grade_is_sure(f->slots[f->found.at[i]].worst))
            return false;
    return f->found.len < SEARCH_FEW;
}

/* Length of the longest beginning of `han` that stands somewhere, from PART_HAN on; else 0. */
static uint32_t longest_part(struct finder *f, const uint32_t *han, uint32_t len) {
    const size_t spans = f->spans.list.len, patterns = f->spans.patterns.len;
    uint32_t found = 0;
    bool stands = true;
    for (uint32_t n = PART_HAN; n <= len && stands; n++) {
        span_han(&f->spans, han, n);
        stands = finder_stands(f, spans);
        found = stands ? n : found;
        f->spans.list.len = spans;
        f->spans.patterns.len = patterns;
    }
    return found;
}

/* Puts the longest parts that stand somewhere in the place of a Han term: nobody writes blanks
 * between Chinese words. */
static void split_term(struct finder *f, uint8_t term) {
    struct query *q = f->query;
    const struct query_term whole = q->terms[term];
    for (uint32_t at = 0, parts = 0; at < whole.han_len && q->count < SEARCH_TERMS_MAX;) {
        uint32_t len = longest_part(f, whole.han + at, whole.han_len - at);
        if (len > 0) {
            uint8_t to = parts++ == 0 ? term : (uint8_t)q->count++;
            q->terms[to] = (struct query_term){.han_len = len};
            memcpy(q->terms[to].han, whole.han + at, len * sizeof(*whole.han));
            f->spans.term = to;
            span_han(&f->spans, q->terms[to].han, len);
        }
        at += len > 0 ? len : 1;
    }
}

/* Where nothing matches: the documents that have a rare one of the terms, or else the rarest; Han
 * terms that stand nowhere in parts. */
static void find_parts(struct finder *f) {
    uint32_t count[SEARCH_TERMS_MAX], fewest = UINT32_MAX, rare = 0;
    f->visits = PARTS_VISITS;
    for (uint8_t t = 0, all = (uint8_t)f->query->count; t < all; t++)
        if (f->query->terms[t].han_len >= 2 * PART_HAN && finder_count(f, t) == 0)
            split_term(f, t);
    for (uint32_t t = 0; t < f->query->count; t++) {
        count[t] = finder_count(f, (uint8_t)t);
        if (count[t] > 0 && count[t] < fewest)
            fewest = count[t];
    }
    for (uint32_t t = 0; t < f->query->count; t++)
        if (count[t] > 0 && (count[t] <= fewest || count[t] <= SEARCH_FEW))
            rare |= 1U << t;
    f->visits = PARTS_VISITS;
    finder_with(f, rare);
}

static enum err collect(const struct finder *f, struct search_result *result,
                        struct errinfo *info) {
    result->keys = mem_new(f->found.len + 1, sizeof(*result->keys));
    if (result->keys == NULL)
        return err_memory(info);
    for (size_t i = 0; i < f->found.len; i++) {
        uint32_t document = f->found.at[i];
        const struct slot *slot = &f->slots[document];
        uint32_t missing = f->listed - (uint32_t)slot->hits;
        result->keys[result->total++] =
            grade_key(missing, slot->typos, slot->worst, f->index->weights.at[document], document);
        result->counts[f->index->kinds.at[document]]++;
        result->written += slot->typos == 0 && missing == 0;
    }
    return ERR_OK;
}

static enum err find(struct finder *f, struct search_result *result, struct errinfo *info) {
    add_spans(f);
    finder_all(f);
    if (is_doubtful(f)) {
        add_typos(f);
        finder_all(f);
    }
    if (f->found.len == 0)
        find_parts(f);
    if (f->spans.failed)
        return err_memory(info);
    result->partial = f->partial || f->spans.cut_off;
    return collect(f, result, info);
}

/* Reads the query and makes room; end_query also after an error. */
static enum err begin_query(struct finder *f, struct str text, struct errinfo *info) {
    f->query = mem_new(1, sizeof(*f->query));
    if (f->query == NULL)
        return err_memory(info);
    enum err err = query_parse(text, &f->index->syllables, f->query, info);
    return err == ERR_OK ? finder_init(f, info) : err;
}

static void end_query(struct finder *f) {
    finder_release(f);
    mem_free(f->query);
}

enum err search_find(const struct search_index *index, struct str query,
                     struct search_result *result, struct errinfo *info) {
    struct finder f = {.index = index,
                       .fields = FORM_ALL_FIELDS,
                       .visits = SEARCH_VISITS_MAX,
                       .steps = SEARCH_STEPS_MAX};
    *result = (struct search_result){.kinds = index->kinds.at};
    enum err err = begin_query(&f, query, info);
    if (err == ERR_OK && f.query->count > 0)
        err = find(&f, result, info);
    end_query(&f);
    return err;
}

enum err search_named(const struct search_index *index, struct str query, uint64_t *bits,
                      struct errinfo *info) {
    struct finder f = {.index = index,
                       .fields = 1U << SEARCH_NAME | 1U << SEARCH_ALIAS | 1U << FORM_INITIALS,
                       .visits = UINT64_MAX,
                       .steps = UINT32_MAX};
    enum err err = begin_query(&f, query, info);
    if (err == ERR_OK && f.query->count > 0) {
        add_spans(&f);
        finder_all(&f);
        err = f.spans.failed ? err_memory(info) : ERR_OK;
    }
    for (size_t i = 0; i < f.found.len && err == ERR_OK; i++)
        bits[f.found.at[i] / 64] |= UINT64_C(1) << f.found.at[i] % 64;
    end_query(&f);
    return err;
}
