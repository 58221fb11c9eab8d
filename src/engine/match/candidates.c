/*
 * Inverted lists by side and node, and relations turned around, from the claim to what meets it;
 * see candidates.h.
 *
 * The bound of a list is the sum of what its claim can be worth in the direction that led to it,
 * once for each relation: a fit is never more than the sum of its worths, because
 * 1 - (1 - g1)(1 - f g2) ... <= g1 + g2 + ... . Bounds are raised a little, so that rounding never
 * hides a candidate.
 */
#include "engine/match/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/match/index.h"

static const double ROUNDING = 1e-12;

/* Turns counts at offset[i + 1] into beginnings at offset[i]. */
static void add_up(size_t *offset, uint32_t nodes) {
    for (uint32_t n = 0; n < nodes; n++)
        offset[n + 1] += offset[n];
}

/* After filling, offset[i] stands at the end of its run: back by one. */
static void step_back(size_t *offset, uint32_t nodes) {
    for (uint32_t n = nodes; n > 0; n--)
        offset[n] = offset[n - 1];
    offset[0] = 0;
}

static bool index_claims(struct match_index *index, enum match_side side) {
    const struct match_market *m = index->market;
    const struct match_claims *claims = &m->claims[side];
    size_t count = claims->offset[m->firms];
    size_t *offset = mem_new((size_t)m->nodes + 1, sizeof(*offset));
    uint32_t *holder = mem_new(count + 1, sizeof(*holder));
    index->holder_offset[side] = offset;
    index->holder[side] = holder;
    if (offset == NULL || holder == NULL)
        return false;
    for (size_t c = 0; c < count; c++)
        offset[claims->node[c] + 1]++;
    add_up(offset, m->nodes);
    for (uint32_t f = 0; f < m->firms; f++)
        for (size_t c = claims->offset[f]; c < claims->offset[f + 1]; c++)
            holder[offset[claims->node[c]]++] = f;
    step_back(offset, m->nodes);
    return true;
}

static bool turn_relations(struct match_index *index, enum match_side side) {
    const struct match_market *m = index->market;
    size_t count = m->relation_offset[m->nodes];
    size_t *offset = mem_new((size_t)m->nodes + 1, sizeof(*offset));
    struct met_by *met = mem_new(count + 1, sizeof(*met));
    index->met_offset[side] = offset;
    index->met[side] = met;
    if (offset == NULL || met == NULL)
        return false;
    for (size_t r = 0; r < count; r++)
        if (m->relation[r].side == side)
            offset[m->relation[r].node + 1]++;
    add_up(offset, m->nodes);
    for (uint32_t n = 0; n < m->nodes; n++)
        for (size_t r = m->relation_offset[n]; r < m->relation_offset[n + 1]; r++)
            if (m->relation[r].side == side)
                met[offset[m->relation[r].node]++] = (struct met_by){n, m->relation[r].kind};
    step_back(offset, m->nodes);
    return true;
}

enum err match_index_new(const struct match_market *market, struct match_index **out,
                         struct errinfo *info) {
    struct match_index *index = mem_new(1, sizeof(*index));
    *out = NULL;
    if (index == NULL)
        return err_memory(info);
    index->market = market;
    for (int side = 0; side < MATCH_SIDES; side++)
        if (!index_claims(index, side) || !turn_relations(index, side)) {
            match_index_free(index);
            return err_memory(info);
        }
    *out = index;
    return ERR_OK;
}

void match_index_free(struct match_index *index) {
    if (index == NULL)
        return;
    for (int side = 0; side < MATCH_SIDES; side++) {
        mem_free(index->holder_offset[side]);
        mem_free(index->holder[side]);
        mem_free(index->met_offset[side]);
        mem_free(index->met[side]);
    }
    mem_free(index);
}

enum err match_finder_new(const struct match_index *index, struct match_finder **out,
                          struct errinfo *info) {
    const struct match_market *m = index->market;
    struct match_finder *finder = mem_new(1, sizeof(*finder));
    *out = NULL;
    if (finder == NULL)
        return err_memory(info);
    finder->index = index;
    finder->seen = mem_new((size_t)m->firms + 1, sizeof(*finder->seen));
    finder->list = mem_new(2 * (size_t)m->nodes + 1, sizeof(*finder->list));
    bool ok = finder->seen != NULL && finder->list != NULL;
    for (int side = 0; side < MATCH_SIDES; side++) {
        finder->bound[side] = mem_new((size_t)m->nodes + 1, sizeof(double));
        ok = ok && finder->bound[side] != NULL;
    }
    if (!ok) {
        match_finder_free(finder);
        return err_memory(info);
    }
    *out = finder;
    return ERR_OK;
}

void match_finder_free(struct match_finder *finder) {
    if (finder == NULL)
        return;
    for (int side = 0; side < MATCH_SIDES; side++)
        mem_free(finder->bound[side]);
    mem_free(finder->seen);
    mem_free(finder->list);
    mem_free(finder);
}

static void add_bound(struct match_finder *f, enum match_side side, uint32_t node, double worth) {
    if (worth <= 0)
        return;
    if (f->bound[side][node] == 0)
        f->list[f->lists++] = (struct match_list){.node = node, .side = (uint8_t)side};
    f->bound[side][node] += worth;
}

static int compare_lists(const void *a, const void *b) {
    const struct match_list *x = a, *y = b;
    if (x->bound != y->bound)
        return x->bound > y->bound ? -1 : 1;
    if (x->side != y->side)
        return x->side < y->side ? -1 : 1;
    return (x->node > y->node) - (x->node < y->node);
}

/* The lists to read for a firm, the largest bound first. */
static void collect_lists(struct match_finder *f, const double *weight, uint32_t firm) {
    const struct match_index *index = f->index;
    const struct match_market *m = index->market;
    const struct match_claims *offers = &m->claims[MATCH_OFFERS];
    f->lists = 0;
    for (size_t o = offers->offset[firm]; o < offers->offset[firm + 1]; o++)
        for (size_t r = m->relation_offset[offers->node[o]];
             r < m->relation_offset[offers->node[o] + 1]; r++)
            add_bound(f, m->relation[r].side, m->relation[r].node,
                      weight[MATCH_FIT_OFFER] * match_strength(m->relation[r].kind) *
                          match_certainty(offers->basis[o]));
    for (int side = 0; side < MATCH_SIDES; side++) {
        const struct match_claims *claims = &m->claims[side];
        for (size_t c = claims->offset[firm]; c < claims->offset[firm + 1]; c++)
            for (size_t r = index->met_offset[side][claims->node[c]];
                 r < index->met_offset[side][claims->node[c] + 1]; r++)
                add_bound(f, MATCH_OFFERS, index->met[side][r].node,
                          weight[MATCH_FIT_NEED] * match_strength(index->met[side][r].kind) *
                              match_certainty(claims->basis[c]));
    }
    for (size_t l = 0; l < f->lists; l++) {
        double *bound = &f->bound[f->list[l].side][f->list[l].node];
        f->list[l].bound = *bound;
        *bound = 0;
    }
    qsort(f->list, f->lists, sizeof(*f->list), compare_lists);
}

/* Keeps the best in order; the lists are short. */
static uint32_t keep(struct match_candidate *out, uint32_t count, uint32_t most,
                     struct match_candidate c) {
    uint32_t at = count < most ? count++ : most;
    while (at > 0 && (out[at - 1].score < c.score ||
                      (out[at - 1].score == c.score && out[at - 1].firm > c.firm))) {
        if (at < most)
            out[at] = out[at - 1];
        at--;
    }
    if (at < most)
        out[at] = c;
    return count;
}

/* A new number for this search; once in 2^32 of them the old marks are wiped. */
static void begin(struct match_finder *f) {
    if (++f->search != 0)
        return;
    memset(f->seen, 0, f->index->market->firms * sizeof(*f->seen));
    f->search = 1;
}

uint32_t match_find(struct match_finder *f, const double weight[MATCH_PARTS], uint32_t firm,
                    struct match_candidate *out, uint32_t most) {
    const struct match_index *index = f->index;
    uint32_t count = 0;
    double left = ROUNDING;
    begin(f);
    collect_lists(f, weight, firm);
    for (size_t l = 0; l < f->lists; l++)
        left += f->list[l].bound;
    f->seen[firm] = f->search;
    for (size_t l = 0; l < f->lists && most > 0; l++) {
        if (count == most && left < out[most - 1].score)
            break;
        const struct match_list *list = &f->list[l];
        const size_t *offset = index->holder_offset[list->side];
        for (size_t h = offset[list->node]; h < offset[list->node + 1]; h++) {
            uint32_t other = index->holder[list->side][h];
            if (f->seen[other] == f->search)
                continue;
            f->seen[other] = f->search;
            double score = match_score_pair(f, weight, firm, other).total;
            if (score > 0)
                count = keep(out, count, most, (struct match_candidate){other, score});
        }
        left -= list->bound;
    }
    return count;
}
