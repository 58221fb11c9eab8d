/*
 * From the flow to a plan: halves become wholes, too much is given back, room is filled. Private to
 * engine/match.
 *
 * In a graph that is not bipartite an edge may be taken by one of its two arcs only: half of it.
 * The halves form trails; going along one, every other edge is chosen, which loses at most part of
 * one edge for a trail that closes after an odd number. What a stopped flow left out of balance is
 * put right the plain way: the lightest go where there is too much, the heaviest come where there
 * is room.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_ROUND_H
#define FAIRLEAD_ENGINE_MATCH_ROUND_H

#include "engine/match/flow.h"

/* Fills chosen[edge_count] with a plan within all capacities, improved by exchanges at `price` (in
 * weights) unless the flow was an exact one of the graph itself. False when memory is short.
 * O(edges + edges that find room * log). */
bool match_round(const struct match_flow *f, const double *price, const struct job *job,
                 uint8_t *chosen) ERR_CHECK;

#endif
