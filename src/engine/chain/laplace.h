/*
 * Linear systems of weighted undirected graphs: L x = b with L = diag(strength) - W, one free
 * constant in each connected part. Private to engine/chain.
 */
#ifndef FAIRLEAD_ENGINE_CHAIN_LAPLACE_H
#define FAIRLEAD_ENGINE_CHAIN_LAPLACE_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/job.h"

/* A symmetric graph without loops: each edge stands in the rows of both ends. */
struct laplace_graph {
    uint32_t nodes;
    size_t *offset;      /* [nodes + 1] */
    uint32_t *neighbour; /* [offset[nodes]] */
    double *weight;      /* [offset[nodes]] > 0 */
    double *diagonal;    /* [nodes] sum of the row's weights */
    uint32_t *part;      /* [nodes] connected part */
    uint32_t parts;
};

struct laplace_proof {
    double residual; /* largest |b - L x| over largest of 2 diagonal |x| + |b| */
    uint32_t iterations;
};

/*
 * Solves L x = b, where b sums to 0 over each part up to rounding (what is left of the sum is taken
 * out). x is determined up to a constant in each part.
 * Complexity: O(edges) a step; most networks take some tens of steps, long thin ones some hundreds
 * with multigrid (1,000,000 nodes and 10,000,000 links: 39 to 134 steps measured).
 * Errors: ERR_LIMIT when working precision is not reached; ERR_MEMORY; ERR_STOPPED.
 */
enum err laplace_solve(const struct laplace_graph *graph, const double *b, const struct job *job,
                       double *x, struct laplace_proof *proof, struct errinfo *info) ERR_CHECK;

#endif
