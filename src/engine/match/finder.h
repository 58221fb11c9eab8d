/*
 * A finder: one firm prepared for being compared with many, and the room for its search. Private to
 * engine/match.
 *
 * Preparing writes down, by node, what the firm gains from an offer of it, which claims its own
 * offers meet, and which of its seeks a claim meets. Comparing with another firm is then one look
 * at each claim of that one. A node's slot holds for the firm prepared when its stamp does, so
 * that nothing is wiped between firms and most looks end at the small array of stamps.
 *
 * Thread rule: one thread.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_FINDER_H
#define FAIRLEAD_ENGINE_MATCH_FINDER_H

#include "engine/match/index.h"

/* An offer of the firm meets a claim of the node and side whose chain this stands in. */
struct match_hit {
    uint32_t next;   /* of the chain, + 1; 0 = the last */
    uint32_t offer;  /* of the firm, from 0 */
    double strength; /* of the relation */
    uint8_t kind;    /* of the relation */
};

struct match_slot {
    double take; /* strength and certainty of the firm's claim that an offer of the node meets best;
                    0 = meets none */
    uint32_t take_node;
    uint8_t take_side, take_kind, take_basis;
    uint8_t own;                  /* 1 + basis of the firm's own offer of the node, or 0 */
    uint32_t give[MATCH_SIDES];   /* first of the hits, + 1 */
    uint32_t seek[MATCH_SIDES];   /* the firm's seek that a claim of the node meets best */
    double quantity[MATCH_SIDES]; /* the firm said of the node, 0 = none */
    double sought[MATCH_SIDES];   /* how well; 0 = meets none */
};

/* What one offer of the prepared firm is worth to the other at best. */
struct match_gift {
    double worth; /* without the certainty of the offer */
    uint32_t take;
    uint8_t side, kind, basis;
};

/* What is known of a firm that the search has reached: a fit is 1 - (1 - best) * rest for each of
 * MATCH_FIT_NEED and MATCH_FIT_OFFER. */
struct match_reach {
    struct match_reached_fit {
        double best, rest;
    } fit[2];
    double wish;
    uint64_t gifts;   /* offers of the prepared firm in `fit`, by their number modulo 64 */
    uint32_t hits[2]; /* worths in `fit` */
    uint32_t firm;
    uint8_t may; /* enum match_chance */
};

enum match_chance {
    MATCH_MAY_BE_RESILIENT = 1 << 0,
    MATCH_MAY_HAVE_VOLUME = 1 << 1,
    MATCH_IS_TIED = 1 << 2,
    MATCH_MAY_COUNT_TWICE = 1 << 3, /* one offer of the prepared firm meets two claims */
    MATCH_CHANCES = 1 << 4
};

/* The firms reached, in the order of being reached. */
struct match_reached {
    struct match_reach *entry; /* [firms] */
    uint32_t count;
    uint32_t *place; /* [firms] base + number of the entry, or less than base */
    uint32_t base;
};

struct match_finder {
    const struct match_index *index;
    uint32_t firm; /* prepared, or MATCH_NO_FIRM */
    uint32_t turn;
    uint32_t *stamp; /* [nodes] turn in which the slot was written */
    struct match_slot *slot;
    uint32_t *touched; /* nodes with a slot of this turn */
    uint32_t touched_count;
    struct match_hit *hit;
    uint32_t hits;
    struct match_gift *gift; /* [offers of the firm], worth 0 between two comparisons */

    struct match_reached reached;
    double *bound; /* [firms] of the entries reached */
};

/* The slot of a node if the firm prepared has one. */
static inline const struct match_slot *match_slot_of(const struct match_finder *f, uint32_t node) {
    return f->stamp[node] == f->turn ? &f->slot[node] : NULL;
}

/* Whether a claim is a better thing to meet than the best so far, whose worth is 0 when there is
 * none; the order of equal ones in score.h makes facts the same from both ends. */
static inline bool match_take_is_better(double worth, unsigned kind, unsigned side, uint32_t node,
                                        double best, unsigned best_kind, unsigned best_side,
                                        uint32_t best_node) {
    if (worth != best)
        return worth > best;
    if (kind != best_kind)
        return kind < best_kind;
    return side != best_side ? side == MATCH_NEEDS : node < best_node;
}

/* Makes `firm` the one that is compared. O(its claims, seeks and their relations). */
void match_prepare(struct match_finder *finder, uint32_t firm);

/* Wishes, see score.h: of the best one the worth, which is returned, and the fact; before them,
 * whether one stands that makes a pair by itself. Fits and tie must be known. */
double match_wishes(struct match_finder *finder, uint32_t second, const struct match_tie *tie,
                    struct match_score *score, bool *makes_pair);

/* The node that a fit supplies, or MATCH_NO_NODE when nobody depends on it (score.h). */
static inline uint32_t match_supplied(uint32_t give, uint32_t take, enum match_side side,
                                      enum match_kind kind) {
    if (kind == MATCH_SCENARIO || kind == MATCH_SERVICE)
        return MATCH_NO_NODE;
    return side == MATCH_NEEDS ? take : give;
}

/* What keeps two firms apart whatever they exchange; false when nothing does. `tie` is the first's
 * with the second. O(conditions of both x log(certificates)). */
bool match_find_obstacle(const struct match_index *index, uint32_t first, uint32_t second,
                         const struct match_tie *tie, struct match_obstacle *obstacle);

/* Nice conditions of `asks` and how many of them hold for `partner`. */
void match_count_nice(const struct match_market *market, uint32_t asks, uint32_t partner,
                      uint32_t *held, uint32_t *asked);

/* Fills `reach` with all firms that can score above 0 with `firm`, and itself perhaps. O(members of
 * its lists). */
void match_reach_out(struct match_finder *finder, uint32_t firm);

/* Bounds of all reached into `bound`, from nothing but what was reached and the most of what
 * depends on the other firm. */
void match_reach_rough_bounds(struct match_finder *finder, const double weight[MATCH_PARTS]);

/* What the parts of a score add up to at most, before rivalry and limits to 0 and 1. */
struct match_bound {
    double total;
    bool is_exact; /* the score differs by rivalry only */
};

/* Of the prepared firm with one reached. The parts are added in the order of the score, so that
 * rounding keeps the order, too, and is the same where it is exact. */
struct match_bound match_reach_bound(const struct match_finder *finder,
                                     const double weight[MATCH_PARTS],
                                     const struct match_reach *reach);

/* 1 - (1 - best) * rest. */
static inline double match_reached_fit(const struct match_reached_fit *fit) {
    return 1 - (1 - fit->best) * fit->rest;
}

/* The total of a score from the sum of what adds to it: rivalry taken off, from 0 to 1. */
static inline double match_total(double sum, double rivalry_weight, double rivalry) {
    double total = sum - rivalry_weight * rivalry;
    return total < 0 ? 0 : total > 1 ? 1 : total;
}

/* How many nodes both offer, and how many one of them does. */
void match_common_offers(const struct match_finder *finder, uint32_t second, uint32_t *same,
                         uint32_t *of);

/* The share of common nodes in all that both offer, as far as nothing is exchanged. */
static inline double match_rivalry(uint32_t same, uint32_t of, double exchange) {
    return same > 0 ? (double)same / of * (1 - exchange) : 0;
}

/* Scores of all firms that score above 0 with `firm`, in no order, into out[firms]; how many. */
uint32_t match_find_all(struct match_finder *finder, const double weight[MATCH_PARTS],
                        uint32_t firm, struct match_candidate *out);

#endif
