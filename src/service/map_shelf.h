/*
 * The shelf of layouts: maps that need not be laid out again.
 *
 * A layout follows from what goes into it and nothing else (engine/map/map.h), and that seldom
 * changes: names and links of the catalogue, not who exhibits. So the shelf keeps layouts by the
 * whole of their input, byte for byte, and whoever asks with the same input gets the same layout,
 * however often the data around it has changed. It cannot give a stale one. A layout that a job
 * stopped early is not kept, because it follows from the clock as well. When the shelf is full, the
 * layout that was asked for longest ago makes room.
 *
 * Ownership: map_shelf_get lends, map_shelf_put gives back; a lent layout outlives its place on the
 * shelf, and the shelf. Thread rule: any thread; nobody waits while another lays out.
 */
#ifndef FAIRLEAD_SERVICE_MAP_SHELF_H
#define FAIRLEAD_SERVICE_MAP_SHELF_H

#include "engine/map/map.h"

/* Several times the chains and scenarios of a catalogue in two languages; about 30 kB each. */
enum { MAP_SHELF_PLACES = 256 };

struct map_shelf;

enum err map_shelf_new(struct map_shelf **out, struct errinfo *info) ERR_CHECK;
void map_shelf_free(struct map_shelf *shelf);

/* The layout of `in`: from the shelf in O(bytes of the input x places), else laid out now. Errors
 * as of map_lay_out. */
enum err map_shelf_get(struct map_shelf *shelf, const struct map_input *in,
                       const struct map_options *options, const struct job *job,
                       const struct map_layout **out, struct errinfo *info) ERR_CHECK;

/* NULL is allowed. */
void map_shelf_put(const struct map_layout *layout);

#endif
