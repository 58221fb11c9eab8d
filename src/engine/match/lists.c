/*
 * Lists of candidates and what one firm's change does to them; see lists.h.
 *
 * A list keeps a few candidates more than it shows. One that drops out is then followed by one that
 * is known, and only a list that has lost all of its spare ones is searched anew. What is kept is
 * always the best of all, in order; `is_whole` says that nobody else scores above 0.
 */
#include "engine/match/lists.h"

#include <stdatomic.h>
#include <string.h>

#include "base/mem.h"
#include "base/threads.h"
#include "engine/match/finder.h"

enum { FIRMS_AT_ONCE = 64, FINDERS_MAX = 64, SPARE = 6 };

struct match_lists {
    uint32_t firms, nodes;
    uint32_t most, kept; /* of a list: shown, and with the spare ones */
    double weight[MATCH_PARTS];
    struct match_candidate *entry; /* [firms * kept] */
    uint32_t *count;               /* [firms] of those kept */
    bool *is_whole;                /* [firms] */
    struct match_source *source;   /* [nodes] as the lists were made by */
};

static struct match_candidate *row_of(const struct match_lists *lists, uint32_t firm) {
    return &lists->entry[(size_t)firm * lists->kept];
}

/* One pass over all firms, a finder for each thread. */
struct making {
    struct match_lists *lists;
    const struct job *job;
    struct match_finder *finder[FINDERS_MAX];
    atomic_bool stopped;
};

static void make_block(void *ctx, size_t from, size_t to, uint32_t worker) {
    struct making *making = ctx;
    struct match_lists *lists = making->lists;
    if (job_should_stop(making->job))
        atomic_store(&making->stopped, true);
    if (atomic_load(&making->stopped))
        return;
    if (worker == 0)
        job_report(making->job, "firms", from, lists->firms);
    for (size_t f = from; f < to; f++) {
        lists->count[f] = match_find(making->finder[worker], lists->weight, (uint32_t)f,
                                     row_of(lists, (uint32_t)f), lists->kept);
        lists->is_whole[f] = lists->count[f] < lists->kept;
    }
}

static enum err make_all(struct match_lists *lists, const struct match_index *index,
                         const struct job *job, struct errinfo *info) {
    struct making making = {.lists = lists, .job = job};
    uint32_t threads = job_threads(job), useful = lists->firms / FIRMS_AT_ONCE + 1;
    enum err code = ERR_OK;
    threads = threads > useful ? useful : threads;
    threads = threads > FINDERS_MAX ? FINDERS_MAX : threads;
    for (uint32_t t = 0; t < threads && code == ERR_OK; t++)
        code = match_finder_new(index, &making.finder[t], info);
    if (code == ERR_OK)
        threads_for(threads, lists->firms, FIRMS_AT_ONCE, make_block, &making);
    if (atomic_load(&making.stopped))
        code = err_set(info, ERR_STOPPED, "the search for candidates was stopped");
    for (uint32_t t = 0; t < threads; t++)
        match_finder_free(making.finder[t]);
    return code;
}

enum err match_lists_new(const struct match_index *index, const double weight[MATCH_PARTS],
                         uint32_t most, const struct job *job, struct match_lists **out,
                         struct errinfo *info) {
    const struct match_market *m = index->market;
    struct match_lists *lists = mem_new(1, sizeof(*lists));
    enum err code = ERR_OK;
    *out = NULL;
    if (lists == NULL)
        return err_memory(info);
    lists->firms = m->firms;
    lists->nodes = m->nodes;
    lists->most = most;
    lists->kept = most + SPARE;
    memcpy(lists->weight, weight, sizeof(lists->weight));
    lists->entry = mem_new((size_t)m->firms * lists->kept + 1, sizeof(*lists->entry));
    lists->count = mem_new((size_t)m->firms + 1, sizeof(*lists->count));
    lists->is_whole = mem_new((size_t)m->firms + 1, sizeof(*lists->is_whole));
    lists->source = mem_new((size_t)m->nodes + 1, sizeof(*lists->source));
    if (lists->entry == NULL || lists->count == NULL || lists->is_whole == NULL ||
        lists->source == NULL)
        code = err_memory(info);
    if (code == ERR_OK) {
        memcpy(lists->source, index->source, m->nodes * sizeof(*lists->source));
        code = make_all(lists, index, job, info);
    }
    if (code != ERR_OK) {
        match_lists_free(lists);
        return code;
    }
    *out = lists;
    return ERR_OK;
}

void match_lists_free(struct match_lists *lists) {
    if (lists == NULL)
        return;
    mem_free(lists->entry);
    mem_free(lists->count);
    mem_free(lists->is_whole);
    mem_free(lists->source);
    mem_free(lists);
}

const struct match_candidate *match_lists_of(const struct match_lists *lists, uint32_t firm,
                                             uint32_t *count) {
    *count = lists->count[firm] < lists->most ? lists->count[firm] : lists->most;
    return row_of(lists, firm);
}

/* The work on one change. */
struct change {
    struct match_lists *lists;
    const struct match_index *now;
    uint32_t firm;
    struct match_finder *finder;
    double *score;  /* [firms] of the firm that changed with each, as that one sees it */
    uint8_t *state; /* [firms] */
    struct match_candidate *row; /* [max(firms, kept)] */
};

enum {
    IS_ANEW = 1 << 0,    /* is to be searched anew */
    IS_SHORT = 1 << 1,   /* because it lost one that it showed */
    IS_CHANGED = 1 << 2, /* shows something else than before */
};

static void mark_holders(struct change *c, enum match_side side, uint32_t node) {
    const struct match_index *index = c->now;
    for (size_t h = index->holder_offset[side][node]; h < index->holder_offset[side][node + 1]; h++)
        c->state[index->holder[side][h] >> MATCH_BASIS_BITS] |= IS_ANEW;
}

/* All that can supply a node or be supplied with it. */
static void mark_around(struct change *c, uint32_t node) {
    const struct match_index *index = c->now;
    const struct match_market *m = index->market;
    mark_holders(c, MATCH_OFFERS, node);
    mark_holders(c, MATCH_NEEDS, node);
    for (size_t r = m->relation_offset[node]; r < m->relation_offset[node + 1]; r++)
        mark_holders(c, m->relation[r].side, m->relation[r].node);
    for (size_t r = index->met_offset[MATCH_NEEDS][node];
         r < index->met_offset[MATCH_NEEDS][node + 1]; r++)
        mark_holders(c, MATCH_OFFERS, index->met[MATCH_NEEDS][r].node);
}

static bool is_same_source(const struct match_source *a, const struct match_source *b) {
    return a->firms == b->firms && a->unsaid == b->unsaid && a->places == b->places &&
           memcmp(a->country, b->country, sizeof(a->country)) == 0 &&
           memcmp(a->of, b->of, sizeof(a->of)) == 0;
}

static void mark_thin_sources(struct change *c) {
    const struct match_source *old = c->lists->source, *now = c->now->source;
    for (uint32_t n = 0; n < c->lists->nodes && c->lists->weight[MATCH_RESILIENCE] > 0; n++)
        if (!is_same_source(&old[n], &now[n]) &&
            (match_source_is_thin(&old[n]) || match_source_is_thin(&now[n])))
            mark_around(c, n);
}

/* The scores with the firm as the others see them: what is need to one end is offer to the other.
 */
static void score_others(struct change *c) {
    double weight[MATCH_PARTS];
    memcpy(weight, c->lists->weight, sizeof(weight));
    weight[MATCH_FIT_NEED] = c->lists->weight[MATCH_FIT_OFFER];
    weight[MATCH_FIT_OFFER] = c->lists->weight[MATCH_FIT_NEED];
    uint32_t count = match_find_all(c->finder, weight, c->firm, c->row);
    for (uint32_t i = 0; i < count; i++)
        c->score[c->row[i].firm] = c->row[i].score;
}

/* Takes the firm that changed out of the list of another: from which place, or MATCH_NO_FIRM. */
static uint32_t take_out(struct change *c, uint32_t other) {
    struct match_lists *lists = c->lists;
    struct match_candidate *row = row_of(lists, other);
    uint32_t count = lists->count[other], at = 0;
    while (at < count && row[at].firm != c->firm)
        at++;
    if (at == count)
        return MATCH_NO_FIRM;
    memmove(&row[at], &row[at + 1], (count - at - 1) * sizeof(*row));
    lists->count[other]--;
    return at;
}

/* Puts it in by its score now, if it is before all that are not kept: these come after `last`. */
static uint32_t put_in(struct change *c, uint32_t other, struct match_candidate entry,
                       struct match_candidate last) {
    struct match_lists *lists = c->lists;
    struct match_candidate *row = row_of(lists, other);
    uint32_t count = lists->count[other], at = 0;
    bool is_before = last.firm == entry.firm
                         ? entry.score >= last.score
                         : match_candidate_before(entry, last, other, lists->firms);
    if (entry.score <= 0 || (!lists->is_whole[other] && !is_before))
        return MATCH_NO_FIRM;
    while (at < count && match_candidate_before(row[at], entry, other, lists->firms))
        at++;
    if (at == lists->kept) {
        lists->is_whole[other] = false;
        return MATCH_NO_FIRM;
    }
    if (count == lists->kept) {
        lists->is_whole[other] = false;
        count--;
    }
    memmove(&row[at + 1], &row[at], (count - at) * sizeof(*row));
    row[at] = entry;
    lists->count[other] = count + 1;
    return at;
}

/* Moves the firm that changed to its place in the list of another, or asks for that list anew. */
static void place(struct change *c, uint32_t other) {
    struct match_lists *lists = c->lists;
    struct match_candidate *row = row_of(lists, other);
    struct match_candidate entry = {c->firm, c->score[other]}, last = {MATCH_NO_FIRM, 0};
    double before = 0;
    for (uint32_t i = 0; i < lists->count[other]; i++) {
        last = row[i];
        before = last.firm == c->firm ? last.score : before;
    }
    if (before == entry.score)
        return;
    uint32_t from = take_out(c, other), to = put_in(c, other, entry, last);
    if (lists->count[other] < lists->most && !lists->is_whole[other])
        c->state[other] |= IS_ANEW | IS_SHORT;
    else if (from < lists->most || to < lists->most)
        c->state[other] |= IS_CHANGED;
}

static void search_anew(struct change *c, uint32_t firm) {
    struct match_lists *lists = c->lists;
    struct match_candidate *row = row_of(lists, firm);
    uint32_t count = match_find(c->finder, lists->weight, firm, c->row, lists->kept);
    uint32_t shown = count < lists->most ? count : lists->most, shown_before;
    (void)match_lists_of(lists, firm, &shown_before);
    bool is_same = shown == shown_before && (c->state[firm] & IS_SHORT) == 0;
    for (uint32_t i = 0; i < shown && is_same; i++)
        is_same = row[i].firm == c->row[i].firm && row[i].score == c->row[i].score;
    if (!is_same)
        c->state[firm] |= IS_CHANGED;
    memcpy(row, c->row, count * sizeof(*row));
    lists->count[firm] = count;
    lists->is_whole[firm] = count < lists->kept;
}

static void carry_out(struct change *c, uint32_t *changed, uint32_t *changed_count) {
    struct match_lists *lists = c->lists;
    c->state[c->firm] = IS_ANEW;
    mark_thin_sources(c);
    score_others(c);
    for (uint32_t other = 0; other < lists->firms; other++)
        if ((c->state[other] & IS_ANEW) == 0)
            place(c, other);
    *changed_count = 0;
    for (uint32_t other = 0; other < lists->firms; other++) {
        if ((c->state[other] & IS_ANEW) != 0)
            search_anew(c, other);
        if ((c->state[other] & IS_CHANGED) != 0)
            changed[(*changed_count)++] = other;
    }
    memcpy(lists->source, c->now->source, lists->nodes * sizeof(*lists->source));
}

enum err match_lists_change(struct match_lists *lists, const struct match_index *now, uint32_t firm,
                            uint32_t *changed, uint32_t *changed_count, struct errinfo *info) {
    struct change c = {.lists = lists, .now = now, .firm = firm};
    size_t room = (lists->firms > lists->kept ? lists->firms : lists->kept) + (size_t)1;
    enum err code = match_finder_new(now, &c.finder, info);
    c.score = mem_new(room, sizeof(*c.score));
    c.state = mem_new(room, sizeof(*c.state));
    c.row = mem_new(room, sizeof(*c.row));
    if (code == ERR_OK && (c.score == NULL || c.state == NULL || c.row == NULL))
        code = err_memory(info);
    if (code == ERR_OK)
        carry_out(&c, changed, changed_count);
    match_finder_free(c.finder);
    mem_free(c.score);
    mem_free(c.state);
    mem_free(c.row);
    return code;
}
