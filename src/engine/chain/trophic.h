/*
 * Trophic levels: where each node stands in the flow of a directed, weighted network, and how
 * directed the network is as a whole.
 *
 * Source: R. S. MacKay, S. Johnson, B. Sansom, "How directed is a directed network?", Royal Society
 * Open Science 7 (2020) 201138. With w_mn > 0 the weight of the link from supplier m to customer n,
 * u = in + out strength and v = in - out strength of each node, levels h solve
 *
 *     (diag(u) - W - W^T) h = v,     the smallest h of each weakly connected part being 0
 *
 * and minimise the incoherence
 *
 *     F0 = sum w_mn (h_n - h_m - 1)^2 / sum w_mn,
 *
 * which is 0 for perfect layers and 1 where there is no direction at all (a cycle). It works with
 * cycles. Links from a node to itself cancel in the equation and count 1 in F0; a node without
 * other links has level 0.
 *
 * Thread rule: pure function. The result does not depend on the number of threads.
 */
#ifndef FAIRLEAD_ENGINE_CHAIN_TROPHIC_H
#define FAIRLEAD_ENGINE_CHAIN_TROPHIC_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/job.h"

struct trophic_network {
    uint32_t nodes;
    size_t links;
    const uint32_t *supplier; /* [links] node */
    const uint32_t *customer; /* [links] node; the same pair may come again, weights add up */
    const double *weight;     /* [links] > 0 and finite; NULL = 1 each */
};

struct trophic_result {
    double incoherence; /* F0; 0 when there is no link */
    uint32_t parts;     /* weakly connected parts */
    double residual; /* what is left of the equation: largest |v - (..)h| / largest of |u||h|+|v| */
    uint32_t iterations;
};

/*
 * Levels into level[nodes] and, unless `part` is NULL, the number of each node's weakly connected
 * part into part[nodes]. Complexity: O(nodes + links) an iteration; see laplace.h for how many.
 * Errors: ERR_INPUT an index out of range or a weight that is not positive and finite (the words
 * name the link); ERR_LIMIT no solution to working precision within the iterations allowed;
 * ERR_MEMORY; ERR_STOPPED.
 */
enum err trophic_levels(const struct trophic_network *network, const struct job *job, double *level,
                        uint32_t *part, struct trophic_result *result,
                        struct errinfo *info) ERR_CHECK;

#endif
