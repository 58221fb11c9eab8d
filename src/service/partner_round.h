/*
 * A round of suggestions: who is suggested to whom, worked out from the market of an edition.
 *
 * Each firm's PARTNER_CANDIDATES best candidates become the edges of a graph, weighted by the
 * score; the assignment (engine/match/match.h) chooses the pairs with the largest total under each
 * firm's cap, after it has given small and medium firms and newcomers their floor as far as caps
 * allow. A firm's cap is the meetings it can take, else the edition's suggestions, less what stands
 * or waits already. Where both fits weigh differently, a pair's score is the mean of both sides'.
 *
 * Ownership: a round borrows the market, which must outlive it.
 * Thread rule: read-only once made. Result: the same for the same market and settings.
 */
#ifndef FAIRLEAD_SERVICE_PARTNER_ROUND_H
#define FAIRLEAD_SERVICE_PARTNER_ROUND_H

#include "engine/match/lists.h"
#include "service/partner_market.h"
#include "service/partner_settings.h"

enum { PARTNER_CANDIDATES = 50 };

struct partner_pair {
    uint32_t first, second; /* firms, first < second */
    double score;
};

/* Somebody in a firm's list. */
struct partner_place {
    uint32_t firm;
    double score;
};

struct partner_round {
    const struct partner_market *market;
    struct partner_settings settings;
    bool is_stable; /* no two firms would leave it for each other */
    struct arena arena;
    struct partner_pair *pair; /* by first, then second */
    uint32_t pairs;
    uint32_t *list_first;       /* [firms + 1]: those of firm f are list[list_first[f]] .. */
    struct partner_place *list; /* by score, best first */

    double total, bound; /* sum of scores, and what no plan exceeds, with floors or without */
    bool is_optimal;     /* proved: no plan that gives as many places below the floors has more */
    double optimum;      /* the best total found without floors; what stability or floors cost is
                            the difference to `total` */
    uint64_t blocking;   /* pairs that would both gain by leaving the plan for each other */
    double regret;       /* the most a firm's list is worth less than its best possible one */
    uint32_t regret_firm;
    uint64_t floor_given, floor_bound; /* places below the floors: given, and the most possible */

    uint32_t *capacity;        /* [firms] */
    uint32_t *floor;           /* [firms] 0 = none */
    uint32_t *degree;          /* [firms] pairs that came into question */
    double *price;             /* [firms] what a place at the firm is worth; NULL when is_stable */
    uint32_t edges;            /* pairs that came into question */
    struct match_lists *lists; /* candidates of all; NULL when it was not run, or followed */
};

/* ERR_INPUT when settings are out of range, ERR_MEMORY, ERR_STOPPED. Candidates are searched on the
 * threads of the job, with the same result. */
enum err partner_round_run(const struct partner_market *market,
                           const struct partner_settings *settings, bool stable,
                           const struct job *job, struct partner_round **out,
                           struct errinfo *info) ERR_CHECK;
void partner_round_free(struct partner_round *round);

/*
 * The round after one firm said something else: `market` is that of `before` made anew, with the
 * same firms, of which `firm` alone changed. Only candidates that the change touches are searched,
 * and the assignment begins with the plan of `before`; it is as good, but of equally good plans it
 * keeps what it can. The candidates of `before` go over: it can be read, and followed no more.
 * What floors cost is not told (optimum = total). ERR_INPUT when `before` is stable or was not run
 * or the firms are others, ERR_MEMORY, ERR_STOPPED.
 */
enum err partner_round_follow(struct partner_round *before, const struct partner_market *market,
                              uint32_t firm, const struct job *job, struct partner_round **out,
                              struct errinfo *info) ERR_CHECK;

/*
 * A round of given pairs, in any order, to be counted and told (partner_count.h): with lists and
 * caps; what is not known without solving, is 0 (bound, optimum, blocking, regret, prices). Caps
 * leave out of account what stands already, because it may be these pairs. ERR_MEMORY.
 */
enum err partner_round_of_pairs(const struct partner_market *market,
                                const struct partner_settings *settings,
                                const struct partner_pair *pairs, uint32_t count,
                                struct partner_round **out, struct errinfo *info) ERR_CHECK;

/* How many partners a firm got. */
static inline uint32_t partner_round_count(const struct partner_round *round, uint32_t firm) {
    return round->list_first[firm + 1] - round->list_first[firm];
}

/* How far the total may be from the best, as a share of the bound. */
static inline double partner_round_gap(const struct partner_round *round) {
    return round->bound > 0 ? 1 - round->total / round->bound : 0;
}

/* The score of two firms with the settings of the round, the same from both sides; `score`, as
 * `first` sees it, may be NULL. */
double partner_round_score(struct match_finder *finder, const struct partner_settings *settings,
                           uint32_t first, uint32_t second, struct match_score *score);

#endif
