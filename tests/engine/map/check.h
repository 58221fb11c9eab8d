/*
 * What every layout of a chain map must be, whatever the input: shared by the tests, the fuzz
 * target and the benchmark. Slow and simple on purpose: crossings are counted pair by pair on the
 * drawn lines, not on the structures of the engine.
 */
#ifndef FAIRLEAD_TESTS_ENGINE_MAP_CHECK_H
#define FAIRLEAD_TESTS_ENGINE_MAP_CHECK_H

#include "engine/map/map.h"

/* NULL when `out` keeps all promises of map.h except the crossing count, else what it breaks. */
const char *check_layout(const struct map_input *in, const struct map_layout *out);

/* Crossings of the drawn lines, by comparing all pairs of curves in each gap. O(points^2). */
uint64_t check_count_crossings(const struct map_input *in, const struct map_layout *out);

/* Places where a drawn line enters a box it does not belong to. */
uint32_t check_count_hits(const struct map_input *in, const struct map_layout *out);

/* Sum of the lengths of the lines from left to right and up and down. */
double check_length(const struct map_input *in, const struct map_layout *out);

#endif
