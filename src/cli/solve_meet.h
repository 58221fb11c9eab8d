/*
 * `fairlead solve meetings FILE.dzn`: the timetable alone on a file of meetings (exchange/dzn.h),
 * without a database.
 */
#ifndef FAIRLEAD_CLI_SOLVE_MEET_H
#define FAIRLEAD_CLI_SOLVE_MEET_H

#include <stdint.h>
#include <stdio.h>

#include "base/err.h"
#include "base/job.h"

struct solve_meet {
    uint32_t fairness; /* breaks that one may have more than another; UINT32_MAX = not looked at */
    const char *out;   /* where the plan goes, or NULL */
    /* Called when the search is over and before anything is printed, to end a progress bar; or
     * NULL. */
    void (*searched)(void *ctx);
    void *ctx;
};

/*
 * Prints why meetings are not placed and, as its last line, "status=... breaks=... bound=...
 * placed=... of=... time_s=..." with status optimal, feasible, partial or infeasible; the time is
 * that of the search, without reading and writing. `out` gets "b2b STATUS breaks N" and a line
 * "MEETING SLOT" for each meeting that is placed, both counted from 1, complete or not at all.
 */
enum err solve_meet(const char *path, const struct solve_meet *options, struct job *job, FILE *out,
                    struct errinfo *info) ERR_CHECK;

#endif
