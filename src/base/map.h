/*
 * Hash maps from text or 64-bit numbers to 32-bit indices.
 *
 * Open addressing with linear probing, at most 3/4 full; lookups O(1) expected. Keys of a str_map
 * are borrowed: their bytes must outlive the map. There is no removal, because nothing here needs
 * it.
 *
 * Thread rule: any number of readers, or one writer.
 */
#ifndef FAIRLEAD_BASE_MAP_H
#define FAIRLEAD_BASE_MAP_H

#include "base/err.h"
#include "base/str.h"

enum { MAP_NONE = UINT32_MAX }; /* no such key */

struct str_map_slot {
    struct str key;
    uint32_t hash;
    uint32_t value;
};

struct str_map {
    struct str_map_slot *slots; /* private */
    uint32_t mask;              /* private */
    uint32_t len;               /* number of keys */
};

void str_map_release(struct str_map *m);
/* The value of `key`, or MAP_NONE. A zeroed map is empty. */
uint32_t str_map_get(const struct str_map *m, struct str key);
/* Sets `key` to `value` (not MAP_NONE); false when memory is short. */
bool str_map_put(struct str_map *m, struct str key, uint32_t value)
    __attribute__((warn_unused_result));

struct u64_map_slot {
    uint64_t key;
    uint32_t value; /* MAP_NONE = free */
};

struct u64_map {
    struct u64_map_slot *slots; /* private */
    uint32_t mask;              /* private */
    uint32_t len;               /* number of keys */
};

void u64_map_release(struct u64_map *m);
/* As str_map_get and str_map_put. */
uint32_t u64_map_get(const struct u64_map *m, uint64_t key);
bool u64_map_put(struct u64_map *m, uint64_t key, uint32_t value)
    __attribute__((warn_unused_result));

#endif
