/*
 * What tests and fuzzing hold an assignment to: the rules of a plan, the proof that it carries, and
 * the best plan by trying them all.
 */
#ifndef FAIRLEAD_TESTS_ENGINE_MATCH_CHECK_H
#define FAIRLEAD_TESTS_ENGINE_MATCH_CHECK_H

#include "engine/match/match.h"

/* NULL when the plan is within all capacities, its sums are what was chosen and its prices prove
 * its bound; else what is wrong. The proof is not asked of a plan without prices. */
const char *check_plan(const struct match_input *in, const struct match_plan *plan);

struct best_plan {
    double weight;        /* the heaviest plan's */
    uint64_t floor_given; /* the most places of floors that any plan gives */
    double floor_weight;  /* the heaviest among the plans that give so many */
};

/* All 2^edges plans; at most 24 edges. */
struct best_plan try_all_plans(const struct match_input *in);

#endif
