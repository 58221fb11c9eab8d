/* Random graphs for the tests of an assignment. */
#ifndef FAIRLEAD_TESTS_ENGINE_MATCH_GRAPHS_H
#define FAIRLEAD_TESTS_ENGINE_MATCH_GRAPHS_H

#include "base/rng.h"
#include "engine/match/match.h"

enum { GRAPH_VERTICES_MAX = 400, GRAPH_EDGES_MAX = 20000 };

struct graph {
    uint32_t capacity[GRAPH_VERTICES_MAX], floor[GRAPH_VERTICES_MAX];
    uint32_t u[GRAPH_EDGES_MAX], v[GRAPH_EDGES_MAX];
    double weight[GRAPH_EDGES_MAX];
    struct match_input in; /* points at the arrays above; no floors unless the test says so */
};

struct graph_kind {
    uint32_t vertices, edges; /* edges: at most; repeated pairs are left out */
    uint32_t left;            /* edges run from [0, left) to the others; 0 = between any two */
    uint32_t capacity_max;
    uint32_t weights; /* whole weights 1 .. this many, so that ties occur; 0 = between 0 and 1 */
};

void graph_make(struct graph *g, struct graph_kind kind, uint64_t seed);

#endif
