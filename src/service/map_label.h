/*
 * Labels of boxes on a chain map: how a name is broken into lines and how large the box is.
 *
 * Widths are estimated from the letters, because the server has no fonts: the estimate is that of a
 * wide sans-serif face, so text never leaves its box by more than a hair.
 */
#ifndef FAIRLEAD_SERVICE_MAP_LABEL_H
#define FAIRLEAD_SERVICE_MAP_LABEL_H

#include "base/str.h"

enum {
    MAP_LABEL_LINES = 3,
    MAP_BOX_WIDTH = 138,   /* pixels at 11 px type */
    MAP_LINE_HEIGHT = 13,  /* of 11 px type */
    MAP_BOX_PADDING_Y = 5, /* above the first and below the last line */
    MAP_BADGE_WIDTH = 30,  /* kept at the right for the number of exhibitors */
};

struct map_label {
    struct str line[MAP_LABEL_LINES]; /* pieces of the name */
    uint32_t lines;                   /* at least 1 */
    bool cut;                         /* the name did not fit: an ellipsis belongs at the end */
};

/* Breaks a name at blanks, hyphens and between Han characters, into at most `lines_max` lines of
 * `width` pixels at 11 px type. O(len). */
struct map_label map_label_fit(struct str name, uint32_t width, uint32_t lines_max);

/* The same for a box of a chain's map. */
struct map_label map_label_break(struct str name);

static inline double map_label_height(const struct map_label *label) {
    return (double)(label->lines * MAP_LINE_HEIGHT + 2 * MAP_BOX_PADDING_Y);
}

#endif
