/*
 * Prices of the vertices of an assignment, nearly the best ones. Private to engine/match.
 *
 * What is minimised is the bound of match.h with max(0, r) rounded off near zero, over a width T
 * that shrinks (a Huber function):
 *
 *     phi(r) = 0 for r <= -T/2,  (r + T/2)^2 / 2T between,  r for r >= T/2
 *
 * For one vertex, all other prices fixed, the best price makes the sum of phi' over its edges equal
 * to its capacity: each edge counts for clamp(r/T + 1/2, 0, 1), the part of it that is chosen. The
 * sum is piecewise linear and falls with the price, so a few guarded Newton steps find it. The
 * vertices take turns, each going half as far again as its own optimum (over-relaxation, Young
 * 1954): without it neighbours that agree slowly need about ten times the rounds (measured on the
 * buyers and suppliers of bench/match_bench.sh: 0.24 % above the optimum after 26 rounds, with it
 * 0.0005 %). The last rounds go over the edges in doubt alone until fewer than one place in 5,000
 * is out of balance: on graphs like rings, where balance travels far, the flow would take forty
 * times as long without them (bench/match_bench.c).
 */
#ifndef FAIRLEAD_ENGINE_MATCH_PRICE_H
#define FAIRLEAD_ENGINE_MATCH_PRICE_H

#include "engine/match/graph.h"

/* The last width T: reduced weights of what is still undecided are about so large, heaviest = 1. */
#define MATCH_PRICE_WIDTH 0.002

/* Fills price[vertex_count], heaviest = 1. About 20 rounds over all edges, two when the job stops
 * at once, and up to 150 over those in doubt. False when memory is short. */
bool match_prices(const struct match_graph *g, const struct job *job, float *price) ERR_CHECK;

#endif
