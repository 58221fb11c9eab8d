/*
 * How the two ends of an edge rank it. Private to engine/match; match_stable in match.h says by
 * what: an own value or the weight, higher first, then the smaller number of the other end.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_RANK_H
#define FAIRLEAD_ENGINE_MATCH_RANK_H

#include "engine/match/match.h"

struct match_rank {
    double value;
    uint32_t other;
};

static inline struct match_rank match_rank_of(const struct match_input *in, const uint32_t *own,
                                              uint32_t e, bool of_u) {
    return (struct match_rank){own != NULL ? (double)own[e] : in->weight[e],
                               of_u ? in->v[e] : in->u[e]};
}

static inline bool match_rank_before(struct match_rank a, struct match_rank b) {
    return a.value > b.value || (a.value == b.value && a.other < b.other);
}

#endif
