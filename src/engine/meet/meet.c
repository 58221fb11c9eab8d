/*
 * Puts the parts together: see meet.h. Chains build a plan and mend it for a number of moves that
 * depends on the size alone. What is small enough then goes to the solver, which proves or
 * improves it; the rest is mended until the job's deadline.
 */
#include "engine/meet/meet.h"

#include <string.h>

#include "base/mem.h"
#include "engine/meet/encode.h"
#include "engine/meet/prove.h"
#include "engine/meet/search.h"

enum { MOVES_A_MEETING = 2000, MOVES_MIN = 10000 };

#define HEAT 0.3 /* breaks that a chain may cost in the beginning, see search.h */

static void take_search(const struct meet_search *search, uint32_t meetings,
                        struct meet_plan *plan) {
    uint64_t breaks;
    const uint32_t *slot = meet_search_best(search, &plan->placed, &breaks);
    memcpy(plan->slot, slot, meetings * sizeof(*slot));
}

/* Whether what the plan says of itself is so, by the judge; and its status. */
static bool settle(const struct meet_table *t, struct meet_plan *plan) {
    struct meet_verdict verdict;
    if (!meet_judge(t->in, plan->slot, &verdict))
        return false;
    plan->placed = verdict.placed;
    plan->breaks = verdict.breaks;
    bool stands = verdict.broken == 0 && plan->placed == t->in->meetings;
    plan->status = !stands                       ? MEET_PARTIAL
                   : plan->breaks <= plan->bound ? MEET_OPTIMAL
                                                 : MEET_FEASIBLE;
    return true;
}

/* Chains, for a number of moves that the size gives; where they are all that there is and the job
 * has a deadline, until then. */
static void search_plan(const struct meet_table *t, const struct job *job, bool is_small,
                        struct meet_search *search, struct meet_plan *plan) {
    uint64_t moves = (uint64_t)t->in->meetings * MOVES_A_MEETING;
    moves = moves > MOVES_MIN ? moves : MOVES_MIN;
    if (!is_small && job != NULL && job->deadline_ns != 0)
        moves = UINT64_MAX;
    if (meet_search_build(search, job) == t->in->meetings)
        meet_search_mend(search, job, moves, HEAT, t->bound);
    take_search(search, t->in->meetings, plan);
}

static enum err run(const struct meet_table *t, const struct job *job, struct meet_search *search,
                    struct meet_plan *plan, struct errinfo *info) {
    bool is_small = (uint64_t)t->in->meetings * t->in->slots <= MEET_CLAUSES_MAX;
    enum err code = ERR_OK;
    search_plan(t, job, is_small, search, plan);
    if (!settle(t, plan))
        return err_memory(info);
    if (t->reason.kind == MEET_NO_REASON && plan->status != MEET_OPTIMAL && is_small &&
        !job_should_stop(job))
        code = meet_prove(t, job, plan, info);
    bool is_whole = plan->status == MEET_OPTIMAL || plan->status == MEET_FEASIBLE;
    enum meet_status status = plan->status;
    if (t->reason.kind != MEET_NO_REASON) {
        status = MEET_INFEASIBLE;
        plan->reason = t->reason;
    }
    if (code == ERR_OK && !is_whole) {
        meet_search_shed(search);
        take_search(search, t->in->meetings, plan);
        code = settle(t, plan) ? ERR_OK : err_memory(info);
    }
    plan->status = status;
    return code;
}

static enum err solve(const struct meet_table *t, const struct job *job, struct meet_plan *plan,
                      struct errinfo *info) {
    struct meet_search *search;
    enum err code = meet_search_new(t, job != NULL ? job->seed : 0, &search, info);
    if (code != ERR_OK)
        return code;
    plan->bound = t->bound;
    code = run(t, job, search, plan, info);
    meet_search_free(search);
    return code;
}

enum err meet_solve(const struct meet_input *input, const struct job *job, struct meet_plan *plan,
                    struct errinfo *info) {
    struct meet_table table;
    *plan = (struct meet_plan){.status = MEET_PARTIAL};
    enum err code = meet_table_new(input, &table, info);
    if (code != ERR_OK)
        return code;
    plan->slot = mem_new((size_t)input->meetings + 1, sizeof(*plan->slot));
    code = plan->slot != NULL ? solve(&table, job, plan, info) : err_memory(info);
    plan->stopped = job_should_stop(job);
    meet_table_free(&table);
    if (code != ERR_OK)
        meet_plan_release(plan);
    return code;
}

void meet_plan_release(struct meet_plan *plan) {
    mem_free(plan->slot);
    *plan = (struct meet_plan){.status = MEET_PARTIAL};
}
