/*
 * The fewest breaks, proved by a satisfiability solver: private to engine/meet.
 *
 * From the lower bound upwards: while "at most k breaks" is refuted, no plan has fewer than k + 1.
 * The first k that holds gives a plan, and it is optimal. A plan with k breaks that is known
 * already ends the search as soon as k - 1 is refuted.
 */
#ifndef FAIRLEAD_ENGINE_MEET_PROVE_H
#define FAIRLEAD_ENGINE_MEET_PROVE_H

#include "engine/meet/table.h"

/*
 * Improves the plan, its bound and its status. On entry a plan that is feasible is one to beat.
 * `slot` of the plan has room for all meetings. ERR_MEMORY.
 */
enum err meet_prove(const struct meet_table *table, const struct job *job, struct meet_plan *plan,
                    struct errinfo *info) ERR_CHECK;

#endif
