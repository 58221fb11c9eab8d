/*
 * Answering a query: see search.h.
 *
 * The terms are listed one after another, the one with the fewest places first. Listing reads the
 * spans of a term; once few documents are left, their own places are compared with the spans of the
 * next term instead. A slot for each document counts the terms that it has and keeps the worst of
 * their grades; what is left at the end is put into keys whose order is that of the answer.
 */
#include "base/mem.h"
#include "engine/search/grade.h"
#include "engine/search/spans.h"

enum {
    TERM_ALL = 255,         /* the whole query written as one */
    PLACES_A_DOCUMENT = 64, /* about; what checking a document costs, in visits a span */
    BATCH = 32,
    ANY_VISITS = 100000, /* the commonest words are no help where no document has all words */
};

/* What is known of a document. */
struct slot {
    uint16_t best;  /* grade of the term `last` */
    uint16_t worst; /* of the terms before */
    uint8_t hits;   /* terms that it has */
    uint8_t typos;  /* of the terms before */
    uint8_t last;   /* the latest term it has, from 1 in the order of listing; 0 = accounted for */
};

/* Documents; for the macros of base/vec.h. */
struct documents {
    uint32_t *at;
    size_t len, capacity;
};

struct finder {
    const struct search_index *index;
    const struct query *query;
    struct spans spans;
    struct slot *slots;
    struct documents found;          /* that have all terms so far */
    struct documents next;           /* of these, those that have the next one, too */
    struct documents touched;        /* whose slot is in use */
    uint64_t size[SEARCH_TERMS_MAX]; /* places in the spans of each term */
    uint32_t spans_of[SEARCH_TERMS_MAX];
    uint64_t visits; /* that are left */
    uint8_t listed;  /* terms so far */
    bool any;        /* documents that lack terms are kept, too */
    bool partial;
};

/* Takes the term `last` into the account of a slot. */
static void close_slot(struct slot *slot) {
    if (slot->last == 0)
        return;
    uint16_t grade = grade_of_match(slot->best);
    slot->typos = (uint8_t)(slot->typos + grade_has_typo(slot->best));
    if (slot->hits == 1 || grade > slot->worst)
        slot->worst = grade;
    slot->last = 0;
}

/* The term being listed stands in a document. */
static void touch(struct finder *f, uint32_t document, uint16_t grade) {
    struct slot *slot = &f->slots[document];
    if (slot->last == f->listed + 1) {
        if (grade < slot->best)
            slot->best = grade;
        return;
    }
    if (!f->any && slot->hits < f->listed)
        return;
    close_slot(slot);
    bool ok = slot->hits > 0 || vec_push(&f->touched, document);
    f->spans.failed = f->spans.failed || !ok || !vec_push(&f->next, document);
    slot->hits++;
    slot->last = (uint8_t)(f->listed + 1);
    slot->best = grade;
}

/* The whole query stands in a document as one; then it has all terms. */
static void touch_all(struct finder *f, uint32_t document, uint16_t grade) {
    struct slot *slot = &f->slots[document];
    if (slot->hits < f->listed) {
        bool ok = slot->hits > 0 || vec_push(&f->touched, document);
        f->spans.failed = f->spans.failed || !ok || !vec_push(&f->found, document);
    }
    if (slot->hits < f->listed || slot->typos > 0 || grade < slot->worst)
        slot->worst = grade;
    slot->hits = f->listed;
    slot->typos = 0;
}

static bool fits(const uint32_t *tokens, const uint32_t *pattern, uint32_t length) {
    for (uint32_t i = 0; i < length; i++) {
        uint32_t mask = ((pattern[i] & TOKEN_CHARACTER) != 0 ? TOKEN_CHARACTER : 0) |
                        ((pattern[i] & TOKEN_TONE) != 0 ? TOKEN_TONE : 0);
        if ((tokens[i] & mask) != pattern[i])
            return false;
    }
    return true;
}

/* Looks at a place of a span. */
static void visit(struct finder *f, const struct span *span, uint32_t place, uint32_t text) {
    const struct side *side = &f->index->side[span->side];
    if (span->pattern != SPAN_NO_PATTERN &&
        !fits(side->tokens.at + place, f->spans.patterns.at + span->pattern, span->length))
        return;
    if ((span->fields >> (side->texts.at[text].form & FORM_FIELD_MASK) & 1) == 0)
        return;
    uint16_t grade = grade_match(side, span, place, text);
    if (span->term == TERM_ALL)
        touch_all(f, side->texts.at[text].document, grade);
    else
        touch(f, side->texts.at[text].document, grade);
}

/*
 * Looks at the places order[0 .. count-1] of a span, at most BATCH. Each is followed by three
 * memory accesses that depend on one another; doing a batch step by step lets them overlap, which
 * makes common terms three times faster.
 */
static void visit_batch(struct finder *f, const struct span *span, const uint32_t *order,
                        uint32_t count) {
    const struct side *side = &f->index->side[span->side];
    uint32_t text[BATCH];
    for (uint32_t i = 0; i < count; i++) {
        text[i] = side->block[order[i] >> BLOCK_SHIFT];
        if (span->side == SIDE_WORDS)
            __builtin_prefetch(side->words.at + order[i] + span->length);
        else
            __builtin_prefetch(side->tokens.at + order[i]);
    }
    for (uint32_t i = 0; i < count; i++)
        __builtin_prefetch(&side->texts.at[text[i]]);
    for (uint32_t i = 0; i < count; i++) {
        while (side->texts.at[text[i] + 1].start <= order[i])
            text[i]++;
        __builtin_prefetch(&f->slots[side->texts.at[text[i]].document]);
    }
    for (uint32_t i = 0; i < count; i++)
        visit(f, span, order[i], text[i]);
}

static void list_spans(struct finder *f, uint8_t term) {
    for (size_t s = 0; s < f->spans.list.len; s++) {
        const struct span *span = &f->spans.list.at[s];
        const uint32_t *order = f->index->side[span->side].order.at;
        uint32_t to = span->to;
        if (span->term != term)
            continue;
        if (to - span->from > f->visits) {
            to = span->from + (uint32_t)f->visits;
            f->partial = true;
        }
        f->visits -= to - span->from;
        for (uint32_t i = span->from; i < to; i += BATCH)
            visit_batch(f, span, order + i, to - i < BATCH ? to - i : BATCH);
    }
}

/* Compares a place with all spans of a term. */
static void check_place(struct finder *f, uint8_t term, int side, uint32_t place, uint32_t text) {
    for (size_t s = 0; s < f->spans.list.len; s++) {
        const struct span *span = &f->spans.list.at[s];
        if (span->term == term && span->side == side && span_holds(f->index, span, place))
            visit(f, span, place, text);
    }
}

/* The first text of a side that is of `document` or a later one. */
static uint32_t first_text(const struct side *side, uint32_t document) {
    uint32_t from = 0, to = (uint32_t)side->texts.len - 1;
    while (from < to) {
        uint32_t middle = from + (to - from) / 2;
        if (side->texts.at[middle].document < document)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static void check_documents(struct finder *f, uint8_t term) {
    for (size_t d = 0; d < f->found.len; d++)
        for (int s = 0; s < SIDES; s++) {
            const struct side *side = &f->index->side[s];
            uint32_t document = f->found.at[d], text = first_text(side, document);
            for (; side->texts.at[text].document == document && text + 1 < side->texts.len; text++)
                for (uint32_t p = side->texts.at[text].start; p < side->texts.at[text + 1].start;
                     p++)
                    if (side_begins(side, p))
                        check_place(f, term, s, p, text);
        }
}

/* Lists a term; it is left out when there are too many places to look at. */
static void list_term(struct finder *f, uint8_t term) {
    uint64_t checks = (uint64_t)f->found.len * PLACES_A_DOCUMENT * f->spans_of[term];
    bool check = f->listed > 0 && !f->any && checks < f->size[term];
    if (f->listed > 0 && (check ? checks : f->size[term]) > f->visits) {
        f->partial = true;
        return;
    }
    f->next.len = 0;
    if (check) {
        f->visits -= checks;
        check_documents(f, term);
    } else {
        list_spans(f, term);
    }
    f->listed++;
    struct documents before = f->found;
    f->found = f->next;
    f->next = before;
}

/* The terms by the number of their places, fewest first. */
static void order_terms(struct finder *f, uint8_t order[SEARCH_TERMS_MAX]) {
    memset(f->size, 0, sizeof(f->size));
    memset(f->spans_of, 0, sizeof(f->spans_of));
    for (size_t i = 0; i < f->spans.list.len; i++) {
        const struct span *span = &f->spans.list.at[i];
        if (span->term == TERM_ALL)
            continue;
        f->size[span->term] += span->to - span->from;
        f->spans_of[span->term]++;
    }
    for (uint8_t t = 0; t < f->query->count; t++) {
        uint8_t at = t;
        for (; at > 0 && f->size[order[at - 1]] > f->size[t]; at--)
            order[at] = order[at - 1];
        order[at] = t;
    }
}

/* Lists all terms afresh. */
static void list_all(struct finder *f) {
    uint8_t order[SEARCH_TERMS_MAX];
    for (size_t i = 0; i < f->touched.len; i++)
        f->slots[f->touched.at[i]] = (struct slot){0};
    f->touched.len = f->found.len = 0;
    f->listed = 0;
    order_terms(f, order);
    for (uint32_t t = 0; t < f->query->count; t++)
        list_term(f, order[t]);
    if (f->any) {
        struct documents before = f->found;
        f->found = f->touched;
        f->touched = before;
        f->touched.len = 0;
    }
    for (size_t i = 0; i < f->found.len; i++) {
        struct slot *slot = &f->slots[f->found.at[i]];
        close_slot(slot);
        if (f->query->count > 1)
            slot->worst = grade_scattered(slot->worst);
    }
    list_spans(f, TERM_ALL);
}

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
        if (grade_is_whole(f->slots[f->found.at[i]].worst))
            return false;
    return f->found.len < SEARCH_FEW;
}

/* Where nothing matches: the documents with the most terms, if these are at least half; returns how
 * many terms that are. */
static uint32_t list_any(struct finder *f) {
    uint32_t most = 0;
    size_t kept = 0;
    f->any = true;
    f->visits = ANY_VISITS;
    list_all(f);
    for (size_t i = 0; i < f->found.len; i++)
        if (f->slots[f->found.at[i]].hits > most)
            most = f->slots[f->found.at[i]].hits;
    for (size_t i = 0; i < f->found.len; i++)
        if (f->slots[f->found.at[i]].hits == most && 2 * most >= f->query->count)
            f->found.at[kept++] = f->found.at[i];
    f->found.len = kept;
    return most;
}

static enum err collect(const struct finder *f, uint32_t missing, struct search_result *result,
                        struct errinfo *info) {
    result->keys = mem_new(f->found.len + 1, sizeof(*result->keys));
    if (result->keys == NULL)
        return err_memory(info);
    for (size_t i = 0; i < f->found.len; i++) {
        uint32_t document = f->found.at[i];
        const struct slot *slot = &f->slots[document];
        result->keys[result->total++] =
            grade_key(missing, slot->typos, slot->worst, f->index->weights.at[document], document);
        result->counts[f->index->kinds.at[document]]++;
        result->written += slot->typos == 0 && missing == 0;
    }
    return ERR_OK;
}

static enum err find(struct finder *f, struct search_result *result, struct errinfo *info) {
    uint32_t missing = 0;
    f->visits = SEARCH_VISITS_MAX;
    add_spans(f);
    list_all(f);
    if (is_doubtful(f)) {
        add_typos(f);
        list_all(f);
    }
    if (f->found.len == 0 && f->query->count > 1)
        missing = f->query->count - list_any(f);
    if (f->spans.failed)
        return err_memory(info);
    result->partial = f->partial || f->spans.cut_off;
    return collect(f, missing, result, info);
}

enum err search_find(const struct search_index *index, struct str query,
                     struct search_result *result, struct errinfo *info) {
    *result = (struct search_result){.kinds = index->kinds.at};
    struct query *parsed = mem_new(1, sizeof(*parsed));
    if (parsed == NULL)
        return err_memory(info);
    struct finder f = {.index = index, .query = parsed};
    spans_init(&f.spans, index);
    enum err err = query_parse(query, &index->syllables, parsed, info);
    if (err == ERR_OK && parsed->count > 0) {
        f.slots = mem_new(index->kinds.len + 1, sizeof(*f.slots));
        err = f.slots != NULL ? find(&f, result, info) : err_memory(info);
    }
    spans_release(&f.spans);
    vec_free(&f.found);
    vec_free(&f.next);
    vec_free(&f.touched);
    mem_free(f.slots);
    mem_free(parsed);
    return err;
}
