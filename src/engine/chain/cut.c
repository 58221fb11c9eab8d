/*
 * Cuts: see cut.h. With the n nodes that have a stage sorted by level, a cut is a pair of positions
 * a <= b: upstream before a, midstream from a to b, downstream from b. With U, M, D the numbers of
 * nodes of each stage before a position, it meets
 *
 *     U(a) + M(b) - M(a) + D(n) - D(b)  =  [U(a) - M(a)] + [M(b) - D(b)] + D(n),
 *
 * so the best a for each b is a running maximum: one pass after sorting. Margins add up in the same
 * way and break ties. Positions between equal levels are not allowed.
 */
#include "engine/chain/cut.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* Levels closer than this count as equal: they are computed to about 1e-12. */
static const double level_tolerance = 1e-9;

struct staged {
    double level;
    uint8_t stage;
};

static int by_level(const void *a, const void *b) {
    const struct staged *left = a, *right = b;
    if (left->level != right->level)
        return left->level < right->level ? -1 : 1;
    return left->stage - right->stage;
}

/* How well a choice does: more met first, then wider margins. */
struct merit {
    int64_t met;
    double margin;
};

static bool better(struct merit left, struct merit right) {
    return left.met != right.met ? left.met > right.met : left.margin > right.margin;
}

/* The level at position `at`: between the node before and the one from there on. */
static double level_at(const struct staged *node, uint32_t count, uint32_t at) {
    if (at == 0)
        return 0; /* the smallest level there is */
    return at == count ? INFINITY : (node[at - 1].level + node[at].level) / 2;
}

static void fit(const struct staged *node, uint32_t count, struct chain_cut *cut) {
    int64_t before[CHAIN_STAGES] = {0};
    struct merit best_start = {INT64_MIN, 0}, best = {INT64_MIN, 0};
    uint32_t start = 0;
    for (uint32_t at = 0; at <= count; at++) {
        bool inside = at > 0 && at < count;
        double margin = inside ? node[at].level - node[at - 1].level : 0;
        if (!inside || margin > level_tolerance) {
            struct merit begins = {before[CHAIN_UPSTREAM] - before[CHAIN_MIDSTREAM], margin};
            if (better(begins, best_start)) {
                best_start = begins;
                start = at;
            }
            struct merit both = {
                best_start.met + before[CHAIN_MIDSTREAM] - before[CHAIN_DOWNSTREAM],
                best_start.margin + margin,
            };
            if (better(both, best)) {
                best = both;
                cut->midstream = level_at(node, count, start);
                cut->downstream = level_at(node, count, at);
            }
        }
        if (at < count)
            before[node[at].stage]++;
    }
    cut->misfits = (uint32_t)(count - best.met - before[CHAIN_DOWNSTREAM]);
}

bool chain_fit_cut(uint32_t count, const double *level, const uint8_t *stage,
                   struct chain_cut *out) {
    struct staged *node = mem_new(count, sizeof(*node));
    if (node == NULL)
        return false;
    uint32_t staged = 0;
    for (uint32_t i = 0; i < count; i++)
        if (stage[i] != CHAIN_STAGE_UNKNOWN)
            node[staged++] = (struct staged){level[i], stage[i]};
    *out = (struct chain_cut){.known = staged > 0};
    if (staged > 0) {
        qsort(node, staged, sizeof(*node), by_level);
        fit(node, staged, out);
    }
    mem_free(node);
    return true;
}
