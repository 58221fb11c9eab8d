/* The steps of an assignment in their order, and the proof at the end. */
#include "engine/match/match.h"

#include <math.h>

#include "base/mem.h"
#include "engine/match/flow.h"
#include "engine/match/price.h"
#include "engine/match/round.h"

/* Floors make prices of up to vertices * heaviest units above a forfeit: they must stay apart. */
enum { FLOOR_VERTICES_MAX = 1 << 20 };

static bool first_prices(const struct match_graph *g, const struct job *job, float *price) {
    const struct match_input *in = g->input;
    if (in->start_price == NULL)
        return match_prices(g, job, price);
    for (uint32_t v = 0; v < in->vertex_count; v++)
        price[v] = (float)(in->start_price[v] / g->heaviest);
    return true;
}

/* A vertex's price: the mean of its copies'. Below 0 only where a floor is paid for. */
static double price_of(const struct match_flow *f, uint32_t v) {
    double price = (double)f->price[v];
    if (f->doubled)
        price = (price + (double)f->price[f->graph->input->vertex_count + v]) / 2;
    return price * f->graph->unit;
}

/* The bound of match.h for prices >= 0. */
static double bound_of(const struct match_input *in, const double *price) {
    double bound = 0;
    for (uint32_t v = 0; v < in->vertex_count; v++)
        bound += in->capacity[v] * price[v];
    for (uint32_t e = 0; e < in->edge_count; e++) {
        double r = in->weight[e] - price[in->u[e]] - price[in->v[e]];
        bound += r > 0 ? r : 0;
    }
    return bound;
}

/*
 * The bound on floors: places given are worth 1, edges 0, and prices z the part of the price that
 * is a multiple of the forfeit. Then sum over v of max over d of (z d + min(d, floor)) + sum over e
 * of max(0, -z(u) - z(v)) is at least what any plan gives. Halves of two copies are added up before
 * they are rounded down.
 */
static uint64_t floor_bound(const struct match_flow *f) {
    const struct match_input *in = f->graph->input;
    uint32_t n = in->vertex_count;
    double forfeit = (double)f->forfeit, sum = 0;
    double *z = mem_new((size_t)f->node_count + 1, sizeof(*z));
    for (uint32_t x = 0; z != NULL && x < f->node_count; x++) {
        uint32_t v = x < n ? x : x - n;
        z[x] = round((double)f->price[x] / forfeit);
        z[x] = z[x] < -1 ? -1 : z[x];
        sum += z[x] >= 0 ? z[x] * in->capacity[v] + in->floor[v] : (z[x] + 1) * in->floor[v];
    }
    for (uint32_t e = 0; z != NULL && e < in->edge_count; e++)
        for (uint32_t copy = 0; copy <= (f->doubled ? 1u : 0u); copy++) {
            uint32_t a = in->u[e], b = in->v[e];
            double r =
                f->doubled ? -z[copy == 0 ? a : b] - z[n + (copy == 0 ? b : a)] : -z[a] - z[b];
            sum += r > 0 ? r : 0;
        }
    if (z == NULL) { /* still a bound */
        sum = 0;
        for (uint32_t v = 0; v < n; v++)
            sum += (f->doubled ? 2.0 : 1.0) * in->floor[v];
    }
    mem_free(z);
    return (uint64_t)(f->doubled ? sum / 2 : sum);
}

/* The prices that are published: what floors add is taken off. */
static void tell_prices(const struct match_flow *f, double *price) {
    double most = 2 * f->graph->heaviest;
    for (uint32_t v = 0; v < f->graph->input->vertex_count; v++) {
        double p = price_of(f, v);
        price[v] = p < 0 ? 0 : p > most ? most : p;
    }
}

static bool tally(const struct match_flow *f, struct match_plan *plan) {
    const struct match_input *in = f->graph->input;
    uint32_t *got = mem_new((size_t)in->vertex_count + 1, sizeof(*got));
    if (got == NULL)
        return false;
    for (uint32_t e = 0; e < in->edge_count; e++)
        if (plan->chosen[e] != 0) {
            plan->pairs++;
            plan->weight += in->weight[e];
            got[in->u[e]]++;
            got[in->v[e]]++;
        }
    for (uint32_t v = 0; in->floor != NULL && v < in->vertex_count; v++)
        plan->floor_given += got[v] < in->floor[v] ? got[v] : in->floor[v];
    mem_free(got);
    return true;
}

/* Prices, bound and status. An optimum in units is one in weights when the units are whole, else up
 * to the rounding of each chosen pair. */
static bool prove(const struct match_flow *f, struct match_plan *plan) {
    const struct match_graph *g = f->graph;
    const struct match_input *in = g->input;
    if (!tally(f, plan))
        return false;
    plan->bound = bound_of(in, plan->price);
    if (g->whole && plan->bound < 0x1p52) /* so is every plan's weight */
        plan->bound = floor(plan->bound + 1e-3);
    if (plan->bound < plan->weight) /* the sums were rounded in different orders */
        plan->bound = plan->weight;
    double slack = g->whole ? 0.5 : 2 * g->unit * (double)(plan->pairs + 1);
    bool proved = plan->bound - plan->weight <= slack;
    if (in->floor != NULL) {
        plan->floor_bound = floor_bound(f);
        proved = (f->exact && !f->doubled) || (proved && plan->floor_given == plan->floor_bound);
    }
    plan->status = proved ? MATCH_OPTIMAL : MATCH_FEASIBLE;
    return true;
}

enum err match_solve(const struct match_input *input, const struct job *job,
                     struct match_plan *plan, struct errinfo *info) {
    *plan = (struct match_plan){0};
    if (input->floor != NULL && input->vertex_count > FLOOR_VERTICES_MAX)
        return err_set(info, ERR_LIMIT, "%u vertices; with floors at most %d are possible",
                       input->vertex_count, FLOOR_VERTICES_MAX);
    struct match_graph graph;
    enum err err = match_graph_init(&graph, input, info);
    if (err != ERR_OK)
        return err;
    struct match_flow flow = {0};
    float *price = mem_new((size_t)input->vertex_count + 1, sizeof(*price));
    plan->chosen = mem_new((size_t)input->edge_count + 1, sizeof(*plan->chosen));
    plan->price = mem_new((size_t)input->vertex_count + 1, sizeof(*plan->price));
    bool ok = price != NULL && plan->chosen != NULL && plan->price != NULL &&
              first_prices(&graph, job, price) && match_flow_init(&flow, &graph, price) &&
              match_flow_run(&flow, job);
    if (ok) {
        tell_prices(&flow, plan->price);
        ok = match_round(&flow, plan->price, job, plan->chosen) && prove(&flow, plan);
    }
    if (ok)
        plan->stopped = !flow.exact;
    else
        err = err_memory(info);
    match_flow_release(&flow);
    match_graph_release(&graph);
    mem_free(price);
    if (err != ERR_OK)
        match_plan_release(plan);
    return err;
}

void match_plan_release(struct match_plan *plan) {
    mem_free(plan->chosen);
    mem_free(plan->price);
    *plan = (struct match_plan){0};
}
