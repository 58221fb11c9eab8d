#include "graphs.h"

#include <string.h>

void graph_make(struct graph *g, struct graph_kind kind, uint64_t seed) {
    static uint8_t met[GRAPH_VERTICES_MAX][GRAPH_VERTICES_MAX];
    struct rng rng;
    memset(met, 0, sizeof(met));
    rng_init(&rng, seed);
    uint32_t n = kind.vertices, m = 0;
    for (uint32_t v = 0; v < n; v++) {
        g->capacity[v] = rng_below(&rng, kind.capacity_max + 1);
        g->floor[v] = rng_below(&rng, 3) == 0 ? rng_below(&rng, g->capacity[v] + 1) : 0;
    }
    for (uint32_t k = 0; k < kind.edges; k++) {
        uint32_t a = kind.left > 0 ? rng_below(&rng, kind.left) : rng_below(&rng, n);
        uint32_t b =
            kind.left > 0 ? kind.left + rng_below(&rng, n - kind.left) : rng_below(&rng, n);
        double w = kind.weights > 0 ? 1 + rng_below(&rng, kind.weights) : rng_unit(&rng);
        if (a == b || met[a][b] != 0)
            continue;
        met[a][b] = met[b][a] = 1;
        g->u[m] = a;
        g->v[m] = b;
        g->weight[m++] = w;
    }
    g->in = (struct match_input){.vertex_count = n,
                                 .capacity = g->capacity,
                                 .edge_count = m,
                                 .u = g->u,
                                 .v = g->v,
                                 .weight = g->weight};
}
