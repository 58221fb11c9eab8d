/* Listing: see finder.h. */
#include "engine/search/finder.h"

#include "base/mem.h"
#include "engine/search/grade.h"

enum {
    PLACES_A_DOCUMENT = 64, /* about; what checking a document costs, in visits a span */
    BATCH = 32,
};

enum err finder_init(struct finder *f, struct errinfo *info) {
    spans_init(&f->spans, f->index, f->steps);
    f->slots = mem_new(f->index->kinds.len + 1, sizeof(*f->slots));
    return f->slots != NULL ? ERR_OK : err_memory(info);
}

void finder_release(struct finder *f) {
    spans_release(&f->spans);
    vec_free(&f->found);
    vec_free(&f->next);
    vec_free(&f->touched);
    mem_free(f->slots);
}

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
    if (f->mode == FINDER_ALL ? slot->hits < f->listed : f->mode == FINDER_KEEP && slot->hits == 0)
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
    uint32_t field = side->texts.at[text].form & FORM_FIELD_MASK;
    if (((span->fields & f->fields) >> field & 1) == 0)
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

static void swap(struct documents *a, struct documents *b) {
    struct documents before = *a;
    *a = *b;
    *b = before;
}

/* Lists a term; it is left out when there are too many places to look at. */
static void list_term(struct finder *f, uint8_t term) {
    uint64_t checks = (uint64_t)f->found.len * PLACES_A_DOCUMENT * f->spans_of[term];
    bool check = f->listed > 0 && checks < f->size[term];
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
    if (f->mode == FINDER_ALL)
        swap(&f->found, &f->next);
    f->listed++;
}

static void forget(struct finder *f) {
    for (size_t i = 0; i < f->touched.len; i++)
        f->slots[f->touched.at[i]] = (struct slot){0};
    f->touched.len = f->found.len = f->next.len = 0;
    f->listed = 0;
    f->mode = FINDER_ALL;
}

/* Takes the last term of each document into account. */
static void settle(struct finder *f) {
    for (size_t i = 0; i < f->found.len; i++) {
        struct slot *slot = &f->slots[f->found.at[i]];
        close_slot(slot);
        if (f->query->count > 1)
            slot->worst = grade_scattered(slot->worst);
    }
}

void finder_measure(struct finder *f) {
    memset(f->size, 0, sizeof(f->size));
    memset(f->spans_of, 0, sizeof(f->spans_of));
    for (size_t i = 0; i < f->spans.list.len; i++) {
        const struct span *span = &f->spans.list.at[i];
        if (span->term == TERM_ALL)
            continue;
        f->size[span->term] += span->to - span->from;
        f->spans_of[span->term]++;
    }
}

/* The terms by the number of their places, fewest first. */
static void order_terms(const struct finder *f, uint8_t order[SEARCH_TERMS_MAX]) {
    for (uint32_t t = 0; t < f->query->count; t++) {
        uint32_t at = t;
        for (; at > 0 && f->size[order[at - 1]] > f->size[t]; at--)
            order[at] = order[at - 1];
        order[at] = (uint8_t)t;
    }
}

void finder_all(struct finder *f) {
    uint8_t order[SEARCH_TERMS_MAX];
    forget(f);
    finder_measure(f);
    order_terms(f, order);
    for (uint32_t t = 0; t < f->query->count; t++)
        list_term(f, order[t]);
    settle(f);
    list_spans(f, TERM_ALL);
}

uint32_t finder_count(struct finder *f, uint8_t term) {
    forget(f);
    list_spans(f, term);
    uint32_t count = (uint32_t)f->next.len;
    forget(f);
    return count;
}

void finder_with(struct finder *f, uint32_t terms) {
    uint8_t order[SEARCH_TERMS_MAX];
    forget(f);
    finder_measure(f);
    order_terms(f, order);
    f->mode = FINDER_ADD;
    for (uint32_t t = 0; t < f->query->count; t++)
        if ((terms >> order[t] & 1) != 0) {
            list_spans(f, order[t]);
            f->listed++;
        }
    swap(&f->found, &f->touched);
    f->mode = FINDER_KEEP;
    for (uint32_t t = 0; t < f->query->count; t++)
        if ((terms >> order[t] & 1) == 0)
            list_term(f, order[t]);
    settle(f);
}

bool finder_stands(struct finder *f, size_t from) {
    for (size_t s = from; s < f->spans.list.len; s++) {
        const struct span *span = &f->spans.list.at[s];
        const struct side *side = &f->index->side[span->side];
        const uint32_t *pattern = f->spans.patterns.at + span->pattern;
        for (uint32_t i = span->from; i < span->to && f->visits > 0; i++, f->visits--)
            if (span->pattern == SPAN_NO_PATTERN ||
                fits(side->tokens.at + side->order.at[i], pattern, span->length))
                return true;
    }
    return false;
}
