/*
 * The exact part of an assignment: a minimum-cost flow between the two sides of a bipartite graph,
 * from prices that are nearly right. Private to engine/match.
 *
 * Nodes are the vertices of a bipartite graph, or two copies of each vertex of another one (its
 * double cover: edge {u, v} becomes the arcs u'v" and v'u"), so that the optimum of the cover is
 * twice the optimum in halves of the graph itself (Balinski 1965). An arc's reduced weight is
 *
 *     r = weight - price(left) - price(right)
 *
 * and at the optimum taken arcs have r >= 0, others r <= 0, a node with a price above 0 is full.
 * Taking exactly the arcs with r > 0 gives all but the last: some nodes have too much or too
 * little. Each such unit is mended along the cheapest alternating path (Dijkstra with reduced
 * weights as lengths), after which the first two still hold: the successive shortest path algorithm
 * started from prices (Ahuja, Magnanti, Orlin, Network Flows, 1993, section 9.7). With the prices
 * of price.h about one place in a thousand is left to mend, a few steps away each.
 *
 * Only arcs with a small |r| are looked at; afterwards all others are checked against the new
 * prices, and those that fail join in (pricing out). So the end is exact whatever was left out.
 *
 * Floors: a node below its floor would pay `forfeit` for each place missing, which is more than any
 * path can gain. Prices of such nodes run from -forfeit.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_FLOW_H
#define FAIRLEAD_ENGINE_MATCH_FLOW_H

#include "engine/match/graph.h"

struct match_flow {
    const struct match_graph *graph;
    bool doubled;        /* two copies of each vertex */
    uint32_t node_count; /* node v is vertex v, node vertex_count + v its right copy */
    uint32_t arc_count;  /* arc e, or arcs 2e and 2e + 1 of edge e when doubled */
    uint8_t *taken;      /* of each arc */
    int64_t *price;      /* of each node, in units */
    uint32_t *used;      /* taken arcs of each node */
    int64_t forfeit;     /* 0 when there are no floors */
    bool exact;          /* set by match_flow_run: the optimum is reached */
};

/* Takes over prices (heaviest = 1). False when memory is short. */
bool match_flow_init(struct match_flow *f, const struct match_graph *g,
                     const float *price) ERR_CHECK;
void match_flow_release(struct match_flow *f);

/* Runs to the optimum, or until the job stops; nodes may then hold too much or too little.
 * False when memory is short. */
bool match_flow_run(struct match_flow *f, const struct job *job) ERR_CHECK;

#endif
