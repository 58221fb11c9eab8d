/*
 * The pieces of a map as SVG: boxes that are links, the lines between them, lanes and the legend.
 *
 * On a page the style sheet gives colours (light, dark, print) and the map is part of the page. A
 * map that stands alone, as a file for other people's pages and documents, carries its colours as
 * attributes and leads to this site by whole addresses.
 *
 * How well a node is offered is told in four ways at once, none of which is colour alone: the
 * border (full, thin, dotted, dashed), the number, its mark and the words for screen readers.
 */
#ifndef FAIRLEAD_SITE_MAP_SVG_H
#define FAIRLEAD_SITE_MAP_SVG_H

#include "engine/map/map.h"
#include "site/page.h"

enum map_coverage {
    MAP_COVERED_BY_MANY,
    MAP_COVERED_BY_ONE,
    MAP_COVERED_INFERRED,
    MAP_COVERED_BY_NOBODY,
    MAP_COVERAGES,
};

enum map_coverage map_coverage_of(const struct chain_node *node);

struct map_picture {
    struct page *page;
    const struct map_layout *layout;
    bool stands_alone;
};

/* Opens <svg> with its title and description, which are plain text. */
void map_svg_open(const struct map_picture *map, struct str title, struct str description);
void map_svg_close(const struct map_picture *map);

/* The bands of the lanes with their names, which a page shows in print only (chain_map.c). */
void map_svg_lanes(const struct map_picture *map);

struct map_box_words {
    uint32_t number;    /* data-n: which box this is to the script */
    struct str label;   /* broken as by map_label_break */
    struct str address; /* encoded; "#row-x" on a page */
    struct str words;   /* what screen readers say */
    enum map_coverage coverage;
    uint32_t offers;
};

/* A box of the layout, at its position. */
void map_svg_box(const struct map_picture *map, uint32_t position, const struct map_box_words *box);

/* Which ends a line joins (numbers of boxes), and how it looks. */
struct map_line {
    uint32_t from, to;
    bool is_weak; /* optional or capital */
    bool is_live; /* exhibitors at both ends */
};

/* A path of the layout; nothing for a link from a node to itself. */
void map_svg_line(const struct map_picture *map, uint32_t path, const struct map_line *line);

/* What borders, marks and lines mean, as a list with small pictures. */
void map_svg_legend(struct page *page);

/*
 * Lines of each box, so that a box and the lines that leave it can be drawn as one group: walk
 * first[box], next[line] until CHAIN_NONE.
 */
struct map_leaving {
    uint32_t *first; /* [boxes] */
    uint32_t *next;  /* [lines] */
};

/* In the request's arena; false without memory. O(boxes + lines). */
bool map_svg_leaving(struct page *page, const uint32_t *from, uint32_t lines, uint32_t boxes,
                     struct map_leaving *out);

#endif
