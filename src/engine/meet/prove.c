/* From the bound upwards: see prove.h. */
#include "engine/meet/prove.h"

#include "engine/meet/encode.h"

static void take_plan(const struct meet_clauses *c, struct meet_plan *plan, uint64_t breaks) {
    meet_clauses_read(c, plan->slot);
    plan->placed = c->t->in->meetings;
    plan->breaks = breaks;
    plan->bound = breaks;
    plan->status = MEET_OPTIMAL;
}

static void climb(struct meet_clauses *c, const struct job *job, struct meet_plan *plan) {
    bool has_plan = plan->status == MEET_FEASIBLE;
    for (uint64_t k = plan->bound; !has_plan || k < plan->breaks; k++) {
        int more = k < c->counted ? c->more[k] : 0;
        job_report(job, "breaks refuted", k, has_plan ? plan->breaks : 0);
        enum meet_sat_answer answer = meet_sat_solve(c->sat, -more, job);
        if (answer == MEET_SAT_YES) {
            take_plan(c, plan, k);
            return;
        }
        if (answer == MEET_SAT_UNKNOWN)
            return;
        if (more == 0 || !meet_sat_failed(c->sat, -more)) {
            plan->status = MEET_INFEASIBLE;
            plan->reason = (struct meet_reason){.kind = MEET_EXHAUSTED};
            return;
        }
        plan->bound = k + 1;
    }
    plan->status = MEET_OPTIMAL;
}

enum err meet_prove(const struct meet_table *table, const struct job *job, struct meet_plan *plan,
                    struct errinfo *info) {
    struct meet_clauses clauses;
    bool has_plan = plan->status == MEET_FEASIBLE;
    uint32_t limit = has_plan && plan->breaks < UINT32_MAX ? (uint32_t)plan->breaks : UINT32_MAX;
    enum err code = meet_clauses_new(table, limit, &clauses, info);
    if (code != ERR_OK)
        return code;
    climb(&clauses, job, plan);
    meet_clauses_free(&clauses);
    return ERR_OK;
}
