/*
 * The best of those reached; see candidates.h.
 *
 * A histogram of the bounds tells from which step on about K firms stand; those are scored first,
 * and the K-th best of their scores leaves little to score of the rest. No bound is sorted.
 */
#include "engine/match/candidates.h"

#include <string.h>

#include "engine/match/finder.h"

enum { STEPS = 512 }; /* of the histogram over 0 to 1 */

struct best {
    struct match_candidate *out;
    uint32_t count, most;
    uint32_t firm, firms;
};

/* Whether somebody with this score at most can still enter. */
static bool has_room(const struct best *best, struct match_candidate c) {
    return best->count < best->most ||
           match_candidate_before(c, best->out[best->count - 1], best->firm, best->firms);
}

static void keep(struct best *best, struct match_candidate c) {
    uint32_t low = 0, high = best->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (match_candidate_before(c, best->out[middle], best->firm, best->firms))
            high = middle;
        else
            low = middle + 1;
    }
    best->count += best->count < best->most;
    memmove(&best->out[low + 1], &best->out[low], (best->count - 1 - low) * sizeof(c));
    best->out[low] = c;
}

static unsigned step_of(double bound) {
    unsigned step = (unsigned)(bound * STEPS);
    return step < STEPS ? step : STEPS - 1;
}

/* Bounds of all reached; returns the highest step from which at least `most` of them stand. */
static unsigned take_bounds(struct match_finder *f, const double *weight, uint32_t most) {
    uint32_t stands[STEPS] = {0}, count = 0;
    unsigned step = STEPS;
    for (uint32_t r = 0; r < f->reached; r++) {
        f->bound[r] = match_reach_bound(f, weight, &f->reach[r]);
        stands[step_of(f->bound[r])]++;
    }
    while (step > 0 && count < most)
        count += stands[--step];
    return step;
}

uint32_t match_find(struct match_finder *f, const double weight[MATCH_PARTS], uint32_t firm,
                    struct match_candidate *out, uint32_t most) {
    struct best best = {.out = out, .most = most, .firm = firm, .firms = f->index->market->firms};
    if (most == 0)
        return 0;
    match_reach_out(f, firm);
    unsigned first = take_bounds(f, weight, most);
    for (int round = 0; round < 2; round++)
        for (uint32_t r = 0; r < f->reached; r++) {
            struct match_candidate c = {f->reach[r].firm, f->bound[r]};
            if ((step_of(c.score) >= first) != (round == 0) || !has_room(&best, c))
                continue;
            c.score = match_score_pair(f, weight, firm, c.firm).total;
            if (c.score > 0 && has_room(&best, c))
                keep(&best, c);
        }
    return best.count;
}

uint32_t match_find_all(struct match_finder *f, const double weight[MATCH_PARTS], uint32_t firm,
                        struct match_candidate *out) {
    uint32_t count = 0;
    match_reach_out(f, firm);
    for (uint32_t r = 0; r < f->reached; r++) {
        uint32_t other = f->reach[r].firm;
        double score = match_score_pair(f, weight, firm, other).total;
        if (score > 0)
            out[count++] = (struct match_candidate){other, score};
    }
    return count;
}
