/*
 * The drawing of a scenario's bill: every part a box as large as its label in one language, inputs
 * to the left of what they go into, the end use at the right. It has no lanes: a bill runs across
 * chains.
 *
 * Ownership: arrays live in the caller's arena, the layout is lent by the shelf;
 * bill_drawing_release gives it back. Thread rule: pure but for the arena and the shelf.
 */
#ifndef FAIRLEAD_SERVICE_BILL_DRAWING_H
#define FAIRLEAD_SERVICE_BILL_DRAWING_H

#include "model/lang.h"
#include "service/map_shelf.h"
#include "service/view.h"

/* Boxes in the order of the scenario's parts, paths in the order of the links. */
struct bill_drawing {
    const struct map_layout *layout;
    const uint32_t *input;  /* [links] a part that goes into ... */
    const uint32_t *output; /* ... this one; both count in the scenario */
    uint32_t links;
};

/* What the box of a part of a scenario says: its own name, else that of its node. */
struct str bill_part_label(const struct view *view, uint32_t scenario, uint32_t part,
                           enum lang lang);

/* Lays the bill out, about 5 ms for some dozens of parts, unless the shelf has it. Errors as of
 * map_lay_out; `out` is set on success only. */
enum err bill_drawing_make(const struct view *view, uint32_t scenario, enum lang lang,
                           struct map_shelf *shelf, struct arena *arena, struct bill_drawing **out,
                           struct errinfo *info) ERR_CHECK;

/* NULL is allowed. */
void bill_drawing_release(struct bill_drawing *drawing);

#endif
