/*
 * The graph of an assignment seen from its vertices, and its edges in whole units. Private to
 * engine/match.
 *
 * The exact part of the search counts in integers, so that nothing is ever nearly zero: a weight is
 * a number of units. Whole weights up to 2^30 are their own units; all others are rounded to
 * 2^-30 of the heaviest.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_GRAPH_H
#define FAIRLEAD_ENGINE_MATCH_GRAPH_H

#include "engine/match/match.h"

struct match_graph {
    const struct match_input *input;
    double heaviest; /* weight of the heaviest edge; 1 when there is none */
    double unit;     /* weight of one unit */
    bool whole;      /* units are the weights themselves: nothing is rounded */
    uint32_t *first; /* vertex_count + 1: where the neighbours of a vertex begin */
    uint32_t *other; /* 2 * edge_count: neighbours */
    float *share;    /* 2 * edge_count: weight of the edge to that neighbour, heaviest = 1 */
    uint32_t widest; /* largest number of neighbours */
    uint8_t *side;   /* of each vertex, 0 or 1, when no edge lies inside a side; NULL otherwise */
};

/* Checks the input and makes the graph. ERR_INPUT, ERR_LIMIT, ERR_MEMORY as match_solve says. */
enum err match_graph_init(struct match_graph *g, const struct match_input *input,
                          struct errinfo *info) ERR_CHECK;
void match_graph_release(struct match_graph *g);

/* Checks alone, as match_graph_init does, without the neighbours. */
enum err match_input_check(const struct match_input *input, struct errinfo *info) ERR_CHECK;

/* Units of a weight. */
static inline int64_t match_units(const struct match_graph *g, double weight) {
    return (int64_t)(weight / g->unit + 0.5);
}

#endif
