/*
 * The best of those reached; see candidates.h.
 *
 * A histogram of the bounds tells from which step on about K firms stand; those are scored first,
 * and the K-th best of their scores leaves little to score of the rest. No bound is sorted.
 */
#include "engine/match/candidates.h"

#include <string.h>

#include "engine/match/finder.h"

enum { STEPS = 1 << 9 }; /* of the histogram from 0 to 1; a power of 2, so that steps are exact */

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

/* Rough bounds of all reached; returns one which at least `most` of them reach, if so many can. */
static double take_bounds(struct match_finder *f, const double *weight, uint32_t most) {
    uint32_t stands[STEPS + 1] = {0}, count = 0, step = STEPS + 1;
    match_reach_rough_bounds(f, weight);
    for (uint32_t r = 0; r < f->reached.count; r++)
        stands[(uint32_t)(f->bound[r] * STEPS)]++;
    while (step > 0 && count < most)
        count += stands[--step];
    return (double)step / STEPS;
}

/* Known before anything is compared: a firm that asks for much would have all compared in vain. */
static bool is_kept_apart(const struct match_finder *f, const struct match_reach *reach) {
    struct match_obstacle obstacle;
    if (reach->firm == f->firm)
        return true;
    const struct match_tie *tie = (reach->may & MATCH_IS_TIED) != 0
                                      ? match_find_tie(f->index->market, f->firm, reach->firm)
                                      : NULL;
    return match_find_obstacle(f->index, f->firm, reach->firm, tie, &obstacle);
}

/* The score of one reached whose bound is exact. */
static double score_of(const struct match_finder *f, const double *weight,
                       const struct match_reach *reach, double sum) {
    double need = match_reached_fit(&reach->fit[MATCH_FIT_NEED]);
    double offer = match_reached_fit(&reach->fit[MATCH_FIT_OFFER]);
    uint32_t same, of;
    match_common_offers(f, reach->firm, &same, &of);
    return match_total(sum, weight[MATCH_RIVALRY],
                       match_rivalry(same, of, need > offer ? need : offer));
}

static void try(struct match_finder *f, const double *weight, const struct match_reach *reach,
                struct best *best) {
    struct match_bound bound = match_reach_bound(f, weight, reach);
    struct match_candidate c = {reach->firm, bound.total > 1 ? 1 : bound.total};
    if (!has_room(best, c) || is_kept_apart(f, reach))
        return;
    c.score = bound.is_exact ? score_of(f, weight, reach, bound.total)
                             : match_score_pair(f, weight, best->firm, c.firm).total;
    if (c.score > 0 && has_room(best, c))
        keep(best, c);
}

uint32_t match_find(struct match_finder *f, const double weight[MATCH_PARTS], uint32_t firm,
                    struct match_candidate *out, uint32_t most) {
    struct best best = {.out = out, .most = most, .firm = firm, .firms = f->index->market->firms};
    if (most == 0)
        return 0;
    match_reach_out(f, firm);
    double high = take_bounds(f, weight, most);
    for (uint32_t r = 0; r < f->reached.count; r++)
        if (f->bound[r] >= high)
            try(f, weight, &f->reached.entry[r], &best);
    for (uint32_t r = 0; r < f->reached.count; r++)
        if (f->bound[r] < high &&
            has_room(&best, (struct match_candidate){f->reached.entry[r].firm, f->bound[r]}))
            try(f, weight, &f->reached.entry[r], &best);
    return best.count;
}

uint32_t match_find_all(struct match_finder *f, const double weight[MATCH_PARTS], uint32_t firm,
                        struct match_candidate *out) {
    uint32_t count = 0;
    match_reach_out(f, firm);
    for (uint32_t r = 0; r < f->reached.count; r++) {
        uint32_t other = f->reached.entry[r].firm;
        double score = match_score_pair(f, weight, firm, other).total;
        if (score > 0)
            out[count++] = (struct match_candidate){other, score};
    }
    return count;
}
