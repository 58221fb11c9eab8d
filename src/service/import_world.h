/*
 * The store as an import sees it: words for cells, organisations to compare with, ids to write
 * with.
 *
 * Ownership: import_world_load makes it, import_world_free frees it and all it points to.
 * Thread rule: read-only once loaded.
 * Memory: about 150 bytes an organisation, exhibitor and statement, besides the texts.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_WORLD_H
#define FAIRLEAD_SERVICE_IMPORT_WORLD_H

#include "service/import_header.h"
#include "service/import_known.h"
#include "service/import_words.h"
#include "store/store.h"

struct import_world {
    struct arena arena;
    VEC(struct country)
    countries;
    VEC(struct region)
    regions;
    VEC(struct import_edition)
    editions;
    VEC(struct import_area)
    areas;
    VEC(struct import_pavilion)
    pavilions;
    VEC(struct import_node)
    nodes;
    VEC(int64_t)
    edition_ids; /* by edition */
    VEC(int64_t)
    area_ids; /* by area row */
    VEC(uint32_t)
    area_editions; /* by area row: edition */
    VEC(int64_t)
    pavilion_ids; /* by pavilion */
    VEC(int64_t)
    node_ids; /* by node */
    VEC(struct header_override)
    kept; /* header mappings kept for the exhibitor sheet */
    struct import_words words;
    struct import_known known;
    /* private: ids to indices while loading */
    struct u64_map edition_at, node_at, organisation_at, exhibitor_at;
};

/* Reads what an import needs from the open transaction of `reader`. O(store). */
enum err import_world_load(struct store_reader *reader, struct import_world **out,
                           struct errinfo *info) ERR_CHECK;
void import_world_free(struct import_world *world);

/* The edition of that code, or UINT32_MAX. */
uint32_t import_world_edition(const struct import_world *world, struct str code);

/* The id of the area in that edition that has the code of area row `area`; 0 when there is none. */
int64_t import_world_area_id(const struct import_world *world, uint32_t area, uint32_t edition);

/* The id of the pavilion of that name in that edition; 0 when there is none. */
int64_t import_world_pavilion_id(const struct import_world *world, struct str name,
                                 uint32_t edition);

#endif
