/*
 * Candidates: for each firm the K partners of the highest score (score.h), without looking at all
 * pairs.
 *
 * Inverted lists hold the firms that make each claim. A firm reads the lists of what its offers can
 * meet and of what meets its claims, the most promising first; the sum of what the lists not yet
 * read can give bounds the score of whoever stands in none of those read, and when it is below the
 * K-th best score the rest is left (Turtle and Flood, Information Processing & Management 31(6),
 * 1995, "max score"). The result is exactly that of a scan of all pairs.
 *
 * Order: score from high to low, then the smaller number of the firm. Firms that score 0 are none.
 * Ownership: the index borrows the market, which must outlive it unchanged.
 * Thread rule: an index is read-only; each thread has its own finder.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_CANDIDATES_H
#define FAIRLEAD_ENGINE_MATCH_CANDIDATES_H

#include <stdbool.h>

#include "base/err.h"
#include "engine/match/score.h"

struct match_index;

struct match_candidate {
    uint32_t firm;
    double score;
};

/* O(claims + relations). ERR_MEMORY. */
enum err match_index_new(const struct match_market *market, struct match_index **out,
                         struct errinfo *info) ERR_CHECK;
void match_index_free(struct match_index *index);

struct match_finder;

/* Room for one thread's searches: O(firms + nodes). ERR_MEMORY. */
enum err match_finder_new(const struct match_index *index, struct match_finder **out,
                          struct errinfo *info) ERR_CHECK;
void match_finder_free(struct match_finder *finder);

/* At most `most` candidates of a firm into `out`, best first; returns how many. Weights are between
 * 0 and 1. O(firms in the lists that are read), each scored once. */
uint32_t match_find(struct match_finder *finder, const double weight[MATCH_PARTS], uint32_t firm,
                    struct match_candidate *out, uint32_t most);

#endif
