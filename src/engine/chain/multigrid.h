/*
 * A multigrid preconditioner for the systems of graphs in laplace.h: for graphs in which effects
 * travel far (long thin chains, grids), where conjugate gradients alone take as many steps as the
 * graph is long. Private to engine/chain.
 *
 * Thread rule: one thread at a time. The result is deterministic.
 */
#ifndef FAIRLEAD_ENGINE_CHAIN_MULTIGRID_H
#define FAIRLEAD_ENGINE_CHAIN_MULTIGRID_H

#include "engine/chain/laplace.h"

struct multigrid;

/* Coarser and coarser graphs of `graph`, which is borrowed. NULL when memory is short. O(edges) as
 * long as coarsening shrinks the graph; it ends where it no longer does. */
struct multigrid *multigrid_new(const struct laplace_graph *graph)
    __attribute__((warn_unused_result));
void multigrid_free(struct multigrid *grid);

/* z = about L^-1 r. Not a linear function of r: use a flexible iteration. O(edges). */
void multigrid_apply(struct multigrid *grid, const double *r, double *z);

#endif
