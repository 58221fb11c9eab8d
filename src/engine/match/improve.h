/*
 * Exchanges along alternating paths in a plan of a graph that is not bipartite. Private to
 * engine/match.
 *
 * Rounding halves (round.h) leaves a place free here and there whose price says that it is worth
 * something. From each such vertex the cheapest alternating walks are searched as in path.h, in a
 * graph where each vertex occurs twice (it needs one, it has one over); a walk that uses no edge
 * twice and gains weight is carried out. Walks through blossoms (Edmonds 1965) may be missed, so
 * this is a heuristic: the bound tells what is left.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_IMPROVE_H
#define FAIRLEAD_ENGINE_MATCH_IMPROVE_H

#include "engine/match/graph.h"

/* Improves `chosen` in place; `room` is what each vertex has left and is kept true. Prices in
 * weights. Looks at about STEPS_MAX edges from each vertex. False when memory is short. */
bool match_improve(const struct match_graph *g, const double *price, uint8_t *chosen, int64_t *room,
                   const struct job *job) ERR_CHECK;

#endif
