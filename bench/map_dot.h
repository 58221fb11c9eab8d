/*
 * The peer of the map benchmark: graphviz's dot, when it is installed. Its drawing is judged as it
 * is drawn: its curves are sampled, and two links without a common node cross where their curves
 * do.
 */
#ifndef FAIRLEAD_BENCH_MAP_DOT_H
#define FAIRLEAD_BENCH_MAP_DOT_H

#include "map_chains.h"

enum bench_dot_mode {
    BENCH_DOT_FREE,  /* as dot likes best, without lanes */
    BENCH_DOT_LANES, /* every node of a lane left of every node of the next */
};

struct bench_drawing {
    uint64_t crossings;
    uint32_t hits; /* links running through a box that is not theirs */
    double length; /* in units of our boxes */
    double time_ms;
};

/* False when dot is missing, fails or needs more than 120 seconds. */
bool bench_run_dot(const struct bench_chain *c, enum bench_dot_mode mode, struct bench_drawing *d);

/* Judges our drawing the same way. */
bool bench_judge_ours(const struct bench_chain *c, const struct map_layout *out,
                      struct bench_drawing *d);

#endif
