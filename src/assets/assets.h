/*
 * Assets: the files that travel inside the binary (schema, catalogue, sample, style sheet,
 * scripts).
 *
 * The build lists them (src/assets/meson.build) and copies their bytes in. Names are paths in the
 * source tree, for example "schema/0001_first.sql". Contents are constant and live as long as the
 * program.
 */
#ifndef FAIRLEAD_ASSETS_ASSETS_H
#define FAIRLEAD_ASSETS_ASSETS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct asset {
    struct str name;
    struct str bytes;
};

/* All assets in the order of their names; the number is returned. */
uint32_t assets_all(const struct asset **out);

/* The asset of that name; false when there is none. O(log n). */
bool assets_find(struct str name, struct str *bytes);

#endif
