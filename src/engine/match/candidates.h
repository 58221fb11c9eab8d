/*
 * Candidates: for each firm the K partners of the highest score (score.h), without looking at all
 * pairs.
 *
 * Inverted lists hold the firms that make each claim or seek each node. A search reads the lists of
 * what the firm's offers meet, of what meets its claims, and of its seeks and those that it meets;
 * beside them stand its ties. For every firm reached it adds up what the lists say: fits, up to
 * claims that one offer meets twice, and the most that the other parts can add. That bounds the
 * score from above, mostly exactly, and only firms whose bound is not below the K-th best score are
 * scored (a threshold algorithm: Fagin, Lotem, Naor, Journal of Computer and System Sciences 66(4),
 * 2003). The result is exactly that of a scan of all pairs.
 *
 * Order: score from high to low, then (other - firm) modulo the number of firms. Catalogues are
 * coarse and many firms score the same; by the smaller number the first of them would stand in
 * everybody's list and the last in nobody's, while in a circle each is first for somebody. Firms
 * that score 0 are none.
 *
 * Ownership: the index borrows the market, which must outlive it unchanged.
 * Thread rule: an index is read-only; each thread has its own finder.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_CANDIDATES_H
#define FAIRLEAD_ENGINE_MATCH_CANDIDATES_H

#include "engine/match/score.h"

struct match_index;

struct match_candidate {
    uint32_t firm;
    double score;
};

/* Whether x stands before y in the list of `firm`, one of `firms`. */
static inline bool match_candidate_before(struct match_candidate x, struct match_candidate y,
                                          uint32_t firm, uint32_t firms) {
    if (x.score != y.score)
        return x.score > y.score;
    uint32_t turn_x = x.firm >= firm ? x.firm - firm : x.firm + (firms - firm);
    uint32_t turn_y = y.firm >= firm ? y.firm - firm : y.firm + (firms - firm);
    return turn_x < turn_y;
}

/* O(claims + relations + seeks); 1,200 firms take about a tenth of a millisecond, so that after a
 * change the index is made anew. ERR_MEMORY. */
enum err match_index_new(const struct match_market *market, struct match_index **out,
                         struct errinfo *info) ERR_CHECK;
void match_index_free(struct match_index *index);

struct match_finder;

/* Room for one thread's searches and scores: O(firms + nodes). ERR_MEMORY. */
enum err match_finder_new(const struct match_index *index, struct match_finder **out,
                          struct errinfo *info) ERR_CHECK;
void match_finder_free(struct match_finder *finder);

/* At most `most` candidates of a firm into `out`, best first; returns how many. Weights are between
 * 0 and 1. O(firms in the lists) and the scores of about `most` of them, each moved into its place
 * among the best. */
uint32_t match_find(struct match_finder *finder, const double weight[MATCH_PARTS], uint32_t firm,
                    struct match_candidate *out, uint32_t most);

#endif
