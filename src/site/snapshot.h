/*
 * Snapshots: the editions as they are now, shared by the requests that draw them.
 *
 * A snapshot is a view of one edition with the layouts of its chain maps. It is loaded when first
 * asked for, kept, and replaced when the database has changed; requests that still draw the old one
 * finish with it. Whether the database changed is asked at most four times a second.
 *
 * Ownership: snapshots_get lends, snapshots_put gives back. Thread rule: any thread.
 */
#ifndef FAIRLEAD_SITE_SNAPSHOT_H
#define FAIRLEAD_SITE_SNAPSHOT_H

#include "engine/map/map.h"
#include "service/view.h"

/* A chain's map: boxes in the order of the chain's places, paths in the order of `link`. */
struct chain_drawing {
    struct map_layout layout;
    const uint32_t *link;  /* links of the graph with both ends in the chain */
    const uint32_t *input; /* positions of their ends among the chain's places */
    const uint32_t *output;
    uint32_t links;
    const uint32_t *order; /* the places in reading order: by column, then from the top */
};

struct snapshot;

/* Its view; borrowed as long as the snapshot is. */
const struct view *snapshot_view(const struct snapshot *snapshot);

/* The map of a chain, laid out when first asked for (about 20 ms for 120 nodes) and then kept. */
enum err snapshot_map(struct snapshot *snapshot, uint32_t chain, const struct chain_drawing **out,
                      struct errinfo *info) ERR_CHECK;

struct snapshots;

enum err snapshots_new(const char *database, struct snapshots **out,
                       struct errinfo *info) ERR_CHECK;
void snapshots_free(struct snapshots *all);

/* The present snapshot of an edition; an empty code means the current one. ERR_NOT_FOUND. */
enum err snapshots_get(struct snapshots *all, struct str edition, struct snapshot **out,
                       struct errinfo *info) ERR_CHECK;
void snapshots_put(struct snapshots *all, struct snapshot *snapshot);

#endif
