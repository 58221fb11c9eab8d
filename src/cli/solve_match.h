/*
 * `fairlead solve matching FILE`: the assignment of partners alone on a file of weighted pairs
 * (exchange/edges.h), without a database.
 */
#ifndef FAIRLEAD_CLI_SOLVE_MATCH_H
#define FAIRLEAD_CLI_SOLVE_MATCH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/job.h"

struct solve_match {
    uint32_t capacity;      /* of each vertex where nothing else says */
    const char *capacities; /* file "vertex capacity", or NULL */
    const char *out;        /* where pairs and prices go, or NULL */
    bool exact;             /* an optimum that is not proved is a failure */
    bool stable;            /* the stable plan instead of the heaviest */
    bool own;               /* stable by the scores of each side instead of their sum */
    /* Called when the search is over and before anything is printed, to end a progress bar; or
     * NULL. */
    void (*searched)(void *ctx);
    void *ctx;
};

/*
 * Prints what is to say of the plan and, as its last line, "status=... weight=... bound=... gap=...
 * matched=... time_s=..." with status optimal, feasible or stable; the time is that of the search,
 * without reading and writing. `out` gets lines "x U V" for the pairs and "y SIDE ID PRICE" for the
 * prices (side b, s or v), complete or not at all. ERR_STOPPED with `exact` when the bound is not
 * reached.
 */
enum err solve_match(const char *path, const struct solve_match *options, struct job *job,
                     FILE *out, struct errinfo *info) ERR_CHECK;

#endif
