/* Reads, solves, judges, prints: see solve_meet.h. */
#include "cli/solve_meet.h"

#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "engine/meet/meet.h"
#include "exchange/dzn.h"

/* The problem in the engine's arrays, beside those of the file. */
struct problem {
    struct meet_input in;
    uint32_t *tables, *member_offset;
    uint64_t *barred;
};

static void bar(struct problem *p, const struct dzn *d, uint32_t meeting) {
    uint64_t *row = p->barred + (size_t)meeting * d->words;
    uint32_t first = d->session[meeting] == DZN_AFTERNOON ? d->morning : 0;
    uint32_t end = d->session[meeting] == DZN_MORNING ? d->morning : d->slots;
    for (uint32_t s = 0; s < d->slots; s++)
        if (s < first || s >= end || (d->fixed[meeting] != 0 && d->fixed[meeting] != s + 1))
            row[s / 64] |= UINT64_C(1) << (s % 64);
}

static bool make_problem(const struct dzn *d, uint32_t fairness, struct problem *p) {
    *p = (struct problem){
        .tables = mem_new(d->slots, sizeof(*p->tables)),
        .member_offset = mem_new((size_t)d->meetings + 1, sizeof(*p->member_offset)),
        .barred = mem_new((size_t)d->meetings * d->words + 1, sizeof(*p->barred)),
    };
    if (p->tables == NULL || p->member_offset == NULL || p->barred == NULL)
        return false;
    for (uint32_t s = 0; s < d->slots; s++)
        p->tables[s] = d->tables;
    for (uint32_t m = 0; m <= d->meetings; m++)
        p->member_offset[m] = 2 * m;
    for (uint32_t m = 0; m < d->meetings; m++)
        bar(p, d, m);
    p->in = (struct meet_input){.slots = d->slots,
                                .tables = p->tables,
                                .persons = d->persons,
                                .absent = d->forbidden,
                                .meetings = d->meetings,
                                .member_offset = p->member_offset,
                                .member = d->member,
                                .barred = p->barred,
                                .orders = d->orders,
                                .before = d->before,
                                .after = d->after,
                                .fairness = fairness};
    return true;
}

static void free_problem(struct problem *p) {
    mem_free(p->tables);
    mem_free(p->member_offset);
    mem_free(p->barred);
}

static const char *status_word(enum meet_status status) {
    static const char *const words[] = {[MEET_OPTIMAL] = "optimal",
                                        [MEET_FEASIBLE] = "feasible",
                                        [MEET_PARTIAL] = "partial",
                                        [MEET_INFEASIBLE] = "infeasible"};
    return words[status];
}

static void write_plan(FILE *f, const struct meet_input *in, const struct meet_plan *plan) {
    fprintf(f, "b2b %s", status_word(plan->status));
    if (plan->status == MEET_INFEASIBLE) {
        fprintf(f, "\n");
        return;
    }
    fprintf(f, " breaks %llu\n", (unsigned long long)plan->breaks);
    for (uint32_t m = 0; m < in->meetings; m++)
        if (plan->slot[m] != MEET_NONE)
            fprintf(f, "%u %u\n", m + 1, plan->slot[m] + 1);
}

/* Into a file beside it first, so that a full disk leaves no half of a plan. */
static enum err save_plan(const char *path, const struct meet_input *in,
                          const struct meet_plan *plan, struct errinfo *info) {
    char beside[4096];
    if (snprintf(beside, sizeof(beside), "%s.part", path) >= (int)sizeof(beside))
        return err_set(info, ERR_INPUT, "the name of the file is too long");
    FILE *f = fopen(beside, "w");
    if (f == NULL)
        return err_errno(info, "write", path);
    write_plan(f, in, plan);
    bool ok = ferror(f) == 0;
    ok = fclose(f) == 0 && ok;
    ok = ok && rename(beside, path) == 0;
    if (ok)
        return ERR_OK;
    enum err err = err_errno(info, "write", path);
    unlink(beside);
    return err;
}

static void print_reason(FILE *out, const struct meet_reason *r) {
    switch (r->kind) {
    case MEET_NO_SLOT:
        fprintf(out, "meeting %u has no slot in which both can meet\n", r->number + 1);
        break;
    case MEET_FULL:
        fprintf(out, "participant %u has %u meetings and %u slots for them\n", r->number + 1,
                r->need, r->have);
        break;
    case MEET_TABLES:
        fprintf(out, "%u meetings, and all slots together have %u tables\n", r->need, r->have);
        break;
    case MEET_ORDER:
        fprintf(out, "meeting %u has no slot that its precedences leave\n", r->number + 1);
        break;
    case MEET_EXHAUSTED:
        fprintf(out, "refuted: no plan keeps all rules together\n");
        break;
    case MEET_NO_REASON:
        break;
    }
}

/* Nothing that breaks a rule leaves the program, whatever the engine says of it. */
static enum err check_plan(const struct meet_input *in, const struct meet_plan *plan,
                           struct errinfo *info) {
    struct meet_verdict verdict;
    if (!meet_judge(in, plan->slot, &verdict))
        return err_memory(info);
    if (plan->status != MEET_INFEASIBLE && verdict.broken > 0)
        return err_set(info, ERR_INTERNAL,
                       "the plan breaks %llu rules: this is a fault of the engine",
                       (unsigned long long)verdict.broken);
    return ERR_OK;
}

static enum err run(const struct meet_input *in, const struct solve_meet *o, struct job *job,
                    FILE *out, struct errinfo *info) {
    struct meet_plan plan;
    int64_t start = clock_monotonic_ns();
    enum err code = meet_solve(in, job, &plan, info);
    double seconds = (double)(clock_monotonic_ns() - start) / 1e9;
    if (o->searched != NULL)
        o->searched(o->ctx);
    if (code == ERR_OK)
        code = check_plan(in, &plan, info);
    if (code == ERR_OK && o->out != NULL)
        code = save_plan(o->out, in, &plan, info);
    if (code == ERR_OK) {
        print_reason(out, &plan.reason);
        fprintf(out, "status=%s breaks=%llu bound=%llu placed=%u of=%u time_s=%.3f\n",
                status_word(plan.status), (unsigned long long)plan.breaks,
                (unsigned long long)plan.bound, plan.placed, in->meetings, seconds);
    }
    meet_plan_release(&plan);
    return code;
}

enum err solve_meet(const char *path, const struct solve_meet *options, struct job *job, FILE *out,
                    struct errinfo *info) {
    struct dzn dzn;
    struct problem problem;
    enum err code = dzn_read(path, &dzn, info);
    if (code != ERR_OK)
        return code;
    code = make_problem(&dzn, options->fairness, &problem)
               ? run(&problem.in, options, job, out, info)
               : err_memory(info);
    free_problem(&problem);
    dzn_release(&dzn);
    return code;
}
