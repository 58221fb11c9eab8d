/* Reads, solves, judges, prints: see solve_match.h. */
#include "cli/solve_match.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/mem.h"
#include "engine/match/match.h"
#include "exchange/edges.h"

static enum err read_capacities(const struct solve_match *o, const struct edges *edges,
                                uint32_t *capacity, struct errinfo *info) {
    for (uint32_t v = 0; v < edges->vertex_count; v++)
        capacity[v] = edges->capacity != NULL ? edges->capacity[v] : o->capacity;
    return o->capacities == NULL
               ? ERR_OK
               : edges_read_capacities(o->capacities, edges->vertex_count, capacity, info);
}

static void write_plan(FILE *f, const struct edges *edges, const struct match_plan *plan) {
    for (uint32_t e = 0; e < edges->count; e++)
        if (plan->chosen[e] != 0)
            fprintf(f, "x %u %u\n", edges->u[e], edges->v[e] - edges->left_count);
    for (uint32_t v = 0; plan->price != NULL && v < edges->vertex_count; v++) {
        bool right = edges->two_sides && v >= edges->left_count;
        if (plan->price[v] > 0)
            fprintf(f, "y %s %u %.17g\n",
                    !edges->two_sides ? "v"
                    : right           ? "s"
                                      : "b",
                    right ? v - edges->left_count : v, plan->price[v]);
    }
}

/* Into a file beside it first, so that a full disk leaves no half of a plan. */
static enum err save_plan(const char *path, const struct edges *edges,
                          const struct match_plan *plan, struct errinfo *info) {
    char beside[4096];
    if (snprintf(beside, sizeof(beside), "%s.part", path) >= (int)sizeof(beside))
        return err_set(info, ERR_INPUT, "the name of the file is too long");
    FILE *f = fopen(beside, "w");
    if (f == NULL)
        return err_errno(info, "write", path);
    write_plan(f, edges, plan);
    bool ok = ferror(f) == 0;
    ok = fclose(f) == 0 && ok;
    ok = ok && rename(beside, path) == 0;
    if (ok)
        return ERR_OK;
    enum err err = err_errno(info, "write", path);
    unlink(beside);
    return err;
}

static void print_report(FILE *out, const struct edges *edges, const struct match_report *r) {
    fprintf(out, "blocking pairs: %llu\n", (unsigned long long)r->blocking);
    if (r->regret <= 0) {
        fprintf(out, "regret: none, everybody has the heaviest pairs of its list\n");
        return;
    }
    bool right = edges->two_sides && r->regret_vertex >= edges->left_count;
    fprintf(out, "largest regret: %.10g (%s%u)\n", r->regret,
            !edges->two_sides ? "vertex "
            : right           ? "supplier "
                              : "buyer ",
            right ? r->regret_vertex - edges->left_count : r->regret_vertex);
}

static void print_result(FILE *out, const char *status, const struct match_plan *plan, double bound,
                         int64_t ns) {
    double gap = bound > 0 ? 1 - plan->weight / bound : 0;
    fprintf(out, "status=%s weight=%.15g bound=%.15g gap=%.3g matched=%u time_s=%.3f\n", status,
            plan->weight, bound, gap < 0 ? 0 : gap, plan->pairs, (double)ns / 1e9);
}

/* The stable plan, and what it costs against the heaviest, whose bound it is printed with. */
static enum err run_stable(const struct match_input *in, const struct edges *edges,
                           const struct solve_match *o, const struct match_plan *best, FILE *out,
                           struct errinfo *info) {
    const uint32_t *own_u = o->own ? edges->score_u : NULL;
    const uint32_t *own_v = o->own ? edges->score_v : NULL;
    struct match_plan plan;
    struct match_report report;
    int64_t start = clock_monotonic_ns();
    enum err err = match_stable(in, own_u, own_v, &plan, info);
    int64_t ns = clock_monotonic_ns() - start;
    if (err != ERR_OK)
        return err;
    if (!match_judge(in, plan.chosen, own_u, own_v, &report))
        err = err_memory(info);
    if (err == ERR_OK && o->out != NULL)
        err = save_plan(o->out, edges, &plan, info);
    if (err == ERR_OK) {
        double cost = best->weight - plan.weight;
        print_report(out, edges, &report);
        fprintf(out, "stability costs %.10g, %.3g %% of the heaviest plan\n", cost,
                best->weight > 0 ? 100 * cost / best->weight : 0.0);
        print_result(out, "stable", &plan, best->bound, ns);
    }
    match_plan_release(&plan);
    return err;
}

static enum err run_heaviest(const struct match_input *in, const struct edges *edges,
                             const struct solve_match *o, const struct match_plan *plan, int64_t ns,
                             FILE *out, struct errinfo *info) {
    struct match_report report;
    if (!match_judge(in, plan->chosen, NULL, NULL, &report))
        return err_memory(info);
    enum err err = o->out != NULL ? save_plan(o->out, edges, plan, info) : ERR_OK;
    if (err != ERR_OK)
        return err;
    bool proved = plan->status == MATCH_OPTIMAL;
    print_report(out, edges, &report);
    print_result(out, proved ? "optimal" : "feasible", plan, plan->bound, ns);
    if (!o->exact || proved)
        return ERR_OK;
    err = err_set(info, ERR_STOPPED, "the plan is not proved to be the heaviest");
    err_hint(info, plan->stopped ? "Give it more time with --time"
                                 : "Odd circles leave a gap that prices cannot close");
    return err;
}

enum err solve_match(const char *path, const struct solve_match *o, struct job *job, FILE *out,
                     struct errinfo *info) {
    struct edges edges;
    struct match_plan plan = {0};
    uint32_t *capacity = NULL;
    enum err err = edges_read(path, &edges, info);
    if (err != ERR_OK)
        return err;
    if (o->own && !edges.two_sides) {
        err = err_set(info, ERR_INPUT, "the file has one weight a pair");
        err_hint(info, "--own needs a file of two sides with a score of each");
        goto done;
    }
    capacity = mem_new((size_t)edges.vertex_count + 1, sizeof(*capacity));
    err = capacity != NULL ? read_capacities(o, &edges, capacity, info) : err_memory(info);
    if (err != ERR_OK)
        goto done;
    struct match_input in = {.vertex_count = edges.vertex_count,
                             .capacity = capacity,
                             .edge_count = edges.count,
                             .u = edges.u,
                             .v = edges.v,
                             .weight = edges.weight};
    int64_t start = clock_monotonic_ns();
    err = match_solve(&in, job, &plan, info);
    int64_t ns = clock_monotonic_ns() - start;
    if (o->searched != NULL)
        o->searched(o->ctx);
    if (err == ERR_OK)
        err = o->stable ? run_stable(&in, &edges, o, &plan, out, info)
                        : run_heaviest(&in, &edges, o, &plan, ns, out, info);
    if (err != ERR_OK && info != NULL && info->file[0] == '\0' && err == ERR_INPUT)
        err_at(info, path, info->line, info->column);
done:
    match_plan_release(&plan);
    mem_free(capacity);
    edges_release(&edges);
    return err == ERR_OK && (fflush(out) != 0 || ferror(out) != 0)
               ? err_errno(info, "write", "the result")
               : err;
}
