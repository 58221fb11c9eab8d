/*
 * Benchmark of the assignment at the size of an edition, and of one exhibitor's change in it; and
 * of a standing network of 100,000 organisations with 50 candidates each.
 *
 * Graphs are random: each vertex picks candidates among the vertices near it (chains) and a few
 * anywhere, weights are uniform, a fifth of the vertices has a floor of 5. "again" is the same
 * without its start; "change" is one vertex's capacity changed, begun from the plan before.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/rng.h"
#include "engine/match/match.h"

enum { NEAR = 200, CHANGES = 50 };

struct graph {
    struct match_input in;
    uint32_t *capacity, *floor, *u, *v;
    double *weight;
};

struct pair {
    uint32_t low, high;
};

static int by_ends(const void *a, const void *b) {
    const struct pair *x = a, *y = b;
    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    return x->high < y->high ? -1 : x->high > y->high;
}

static void make(struct graph *g, uint32_t vertices, uint32_t picks, uint32_t capacity_max) {
    struct rng rng;
    uint32_t count = 0, m = 0;
    struct pair *pairs = calloc((size_t)vertices * picks, sizeof(*pairs));
    rng_init(&rng, 1);
    for (uint32_t v = 0; v < vertices; v++)
        for (uint32_t k = 0; k < picks; k++) {
            uint32_t near = (v + 1 + rng_below(&rng, NEAR)) % vertices;
            uint32_t o = k % 5 == 0 ? rng_below(&rng, vertices) : near;
            if (o != v)
                pairs[count++] = (struct pair){v < o ? v : o, v < o ? o : v};
        }
    qsort(pairs, count, sizeof(*pairs), by_ends);
    g->capacity = calloc(vertices, sizeof(*g->capacity));
    g->floor = calloc(vertices, sizeof(*g->floor));
    g->u = calloc(count, sizeof(*g->u));
    g->v = calloc(count, sizeof(*g->v));
    g->weight = calloc(count, sizeof(*g->weight));
    for (uint32_t i = 0; i < count; i++)
        if (i == 0 || by_ends(&pairs[i], &pairs[i - 1]) != 0) {
            g->u[m] = pairs[i].low;
            g->v[m] = pairs[i].high;
            g->weight[m++] = rng_unit(&rng);
        }
    free(pairs);
    for (uint32_t v = 0; v < vertices; v++) {
        g->capacity[v] = 1 + rng_below(&rng, capacity_max);
        g->floor[v] = rng_below(&rng, 5) == 0 ? (g->capacity[v] < 5 ? g->capacity[v] : 5) : 0;
    }
    g->in = (struct match_input){.vertex_count = vertices,
                                 .capacity = g->capacity,
                                 .edge_count = m,
                                 .u = g->u,
                                 .v = g->v,
                                 .weight = g->weight};
}

static void release(struct graph *g) {
    free(g->capacity);
    free(g->floor);
    free(g->u);
    free(g->v);
    free(g->weight);
}

static double solve_ms(const struct match_input *in, struct match_plan *plan) {
    struct errinfo info;
    int64_t start = clock_monotonic_ns();
    if (match_solve(in, NULL, plan, &info) != ERR_OK) {
        printf("%s\n", info.message);
        exit(1);
    }
    return (double)(clock_monotonic_ns() - start) / 1e6;
}

static void row(const char *name, const struct match_input *in, double ms,
                const struct match_plan *plan) {
    printf("%-34s %8u %9u %9.2f %9.3g %9u", name, in->vertex_count, in->edge_count, ms,
           plan->bound > 0 ? 1 - plan->weight / plan->bound : 0.0, plan->pairs);
    if (in->floor != NULL)
        printf("  floors %llu of at most %llu", (unsigned long long)plan->floor_given,
               (unsigned long long)plan->floor_bound);
    printf("\n");
}

static int by_value(const void *a, const void *b) {
    const double *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

static void changes(struct graph *g, const struct match_plan *before) {
    double ms[CHANGES];
    struct match_input in = g->in;
    in.start_price = before->price;
    in.start_chosen = before->chosen;
    for (uint32_t k = 0; k < CHANGES; k++) {
        struct match_plan plan;
        uint32_t v = k * 17 % in.vertex_count;
        g->capacity[v] += 2;
        ms[k] = solve_ms(&in, &plan);
        g->capacity[v] -= 2;
        match_plan_release(&plan);
    }
    qsort(ms, CHANGES, sizeof(*ms), by_value);
    printf("%-34s %8u %9u %9.2f (median of %d; worst %.2f)\n", "  one change", in.vertex_count,
           in.edge_count, ms[CHANGES / 2], CHANGES, ms[CHANGES - 1]);
}

int main(void) {
    struct graph g;
    struct match_plan plan;
    printf("%-34s %8s %9s %9s %9s %9s\n", "assignment", "vertices", "edges", "ms", "gap", "pairs");
    make(&g, 1200, 50, 40);
    double ms = solve_ms(&g.in, &plan);
    row("edition", &g.in, ms, &plan);
    changes(&g, &plan);
    match_plan_release(&plan);
    g.in.floor = g.floor;
    ms = solve_ms(&g.in, &plan);
    row("edition with floors", &g.in, ms, &plan);
    match_plan_release(&plan);
    release(&g);
    make(&g, 100000, 50, 20);
    ms = solve_ms(&g.in, &plan);
    row("network, 50 candidates each", &g.in, ms, &plan);
    match_plan_release(&plan);
    release(&g);
    return 0;
}
