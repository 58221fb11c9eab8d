/*
 * Upstreamness and downstreamness of the sectors of an input-output table.
 *
 * Source: P. Antras, D. Chor, T. Fally, R. Hillberry, "Measuring the upstreamness of production and
 * trade flows", American Economic Review Papers and Proceedings 102 (2012) 412-416.
 *
 *     U = (I - Delta)^-1 1    Delta_ij = Z_ij / (Y_i - X_i + M_i - N_i)    distance to final use
 *     D = (I - B^T)^-1 1      B_ij = Z_ij / Y_j                            distance to primary
 * inputs
 *
 * Z_ij is the use of sector i's goods by sector j, Y output, X exports, M imports, N change of
 * stock; the denominator is what is used at home. 1 means that all goes to final users (U) or that
 * nothing is bought from other sectors (D). D is not the mirror image of U.
 *
 * Thread rule: pure function.
 */
#ifndef FAIRLEAD_ENGINE_CHAIN_UPSTREAMNESS_H
#define FAIRLEAD_ENGINE_CHAIN_UPSTREAMNESS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/job.h"

struct upstreamness_table {
    uint32_t sectors;
    size_t uses;             /* entries of Z other than 0, in any order; the same pair adds up */
    const uint32_t *seller;  /* [uses] sector */
    const uint32_t *buyer;   /* [uses] sector */
    const double *value;     /* [uses] finite */
    const double *output;    /* [sectors] Y */
    const double *exports;   /* [sectors] X */
    const double *imports;   /* [sectors] M */
    const double *inventory; /* [sectors] N, may be negative */
};

/*
 * Both measures into up[sectors] and down[sectors], to about 1e-12 of their size.
 *
 * Errors: ERR_INPUT an index out of range, a value that is not finite, a sector that is used but
 * has no home use or output to divide by, or a table in which sectors use up all of each other so
 * that no finite measure exists (the words name the sector by its number from 1); ERR_LIMIT more
 * than UPSTREAMNESS_DENSE_MAX sectors with negative uses, or no convergence; ERR_MEMORY;
 * ERR_STOPPED. Complexity: O(sectors^3) up to UPSTREAMNESS_DENSE_MAX sectors, above it O(sectors +
 * uses) a sweep.
 */
enum { UPSTREAMNESS_DENSE_MAX = 400 };

enum err upstreamness_measure(const struct upstreamness_table *table, const struct job *job,
                              double *up, double *down, struct errinfo *info) ERR_CHECK;

#endif
