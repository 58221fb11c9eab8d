/* Draws a laid-out chain as SVG, to be looked at by whoever works on the layout. */
#ifndef FAIRLEAD_BENCH_MAP_SVG_H
#define FAIRLEAD_BENCH_MAP_SVG_H

#include <stdio.h>

#include "map_chains.h"

void bench_draw_svg(FILE *f, const struct bench_chain *c, const struct map_layout *out,
                    const struct map_options *o);

#endif
