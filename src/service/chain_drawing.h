/*
 * The drawing of a chain's map: the engine's coordinates for the chain's nodes, with boxes as large
 * as their labels in one language. The same drawing serves page, print and PDF.
 *
 * Ownership: arrays live in the caller's arena, the layout is lent by the shelf;
 * chain_drawing_release gives it back. Thread rule: pure but for the arena and the shelf.
 */
#ifndef FAIRLEAD_SERVICE_CHAIN_DRAWING_H
#define FAIRLEAD_SERVICE_CHAIN_DRAWING_H

#include "model/lang.h"
#include "service/map_shelf.h"
#include "service/view.h"

/* Boxes in the order of the chain's places, paths in the order of `link`. */
struct chain_drawing {
    const struct map_layout *layout;
    const uint32_t *link;  /* links of the graph with both ends in the chain */
    const uint32_t *input; /* positions of their ends among the chain's places */
    const uint32_t *output;
    uint32_t links;
    const uint32_t *order; /* the places in reading order: by column, then from the top */
};

/* Lays the map out, unless the shelf has it; about 20 ms for 120 nodes, never much over a second
 * (the layout is then less good). Errors as of map_lay_out; `out` is set on success only. */
enum err chain_drawing_make(const struct view *view, uint32_t chain, enum lang lang,
                            struct map_shelf *shelf, struct arena *arena,
                            struct chain_drawing **out, struct errinfo *info) ERR_CHECK;

/* NULL is allowed. */
void chain_drawing_release(struct chain_drawing *drawing);

#endif
