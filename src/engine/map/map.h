/*
 * The layout of a chain map: where boxes and links of a chain are drawn.
 *
 * A map has up to four lanes, left to right: upstream, midstream, downstream and, apart, what has
 * no stage yet. A lane is a band of columns; every node is a box in one column of its lane. A link
 * runs from the right side of its input to the left side of its output, in smooth curves between
 * the columns and straight lines through them, past the boxes. Where a link has to run against the
 * reading direction (the output is in an earlier lane, or links of a lane form a circle) it leaves
 * its input on the left and enters its output on the right, and says so.
 *
 * Promises, whatever the input:
 *   - boxes do not overlap, and no link runs through a box;
 *   - lanes do not overlap and every box is inside its lane;
 *   - lines of one node that run side by side are one line until they part;
 *   - all coordinates are finite, not negative and inside width x height;
 *   - the same nodes and the same set of links, in any order of the links, give the same layout
 *     from the same program, unless the job stops it early;
 *   - `crossings` is exactly the number of times that two drawn links cross.
 *
 * Units are the caller's: boxes of labels measured in pixels give a layout in pixels. y grows
 * downwards. The same coordinates serve page, print and PDF.
 *
 * Ownership: the input is borrowed until return; the result lives in the caller's arena.
 * Thread rule: pure; any number of calls at once, each with its own arena.
 */
#ifndef FAIRLEAD_ENGINE_MAP_MAP_H
#define FAIRLEAD_ENGINE_MAP_MAP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/job.h"

enum {
    MAP_NODES_MAX = 20000,   /* far above any chain a person can read (the catalogue has 337) */
    MAP_LINKS_MAX = 200000,  /* ten links a node */
    MAP_WEIGHT_MAX = 1000,   /* keeps weighted sums inside 64 bits */
    MAP_BENDS_MAX = 2000000, /* points at which links pass columns; memory about 100 bytes each */
};

enum map_lane { MAP_UPSTREAM, MAP_MIDSTREAM, MAP_DOWNSTREAM, MAP_UNSTAGED, MAP_LANES };

struct map_node {
    enum map_lane lane;
    double width, height; /* of the box: positive, finite, at most 1e6 */
};

struct map_link {
    uint32_t input, output; /* indices of nodes: the input goes into the output */
    /* How much a short, straight link in reading direction is worth, 1 .. MAP_WEIGHT_MAX. For the
     * catalogue: essential 4, optional 2, capital 1. */
    uint32_t weight;
};

struct map_input {
    const struct map_node *nodes;
    uint32_t node_count;
    const struct map_link *links;
    uint32_t link_count;
};

/* Distances in the caller's units; see map_options_init for the defaults in pixels. */
struct map_options {
    double column_gap; /* between two columns: the room of the curves */
    double lane_gap;   /* between the columns of two lanes, in addition */
    double box_gap;    /* between two boxes of a column */
    double wire_gap;   /* between passing links, and between them and boxes */
    double margin;     /* around everything */
    double header;     /* height kept free above the boxes for the names of the lanes */
    /* Width by height to aim at: lanes get more columns than their links need until the picture is
     * not taller than this. */
    double aspect;
};

enum map_status {
    MAP_COMPLETE, /* the whole search was made */
    MAP_STOPPED,  /* the job stopped it: a valid layout, with more crossings than need be */
};

struct map_point {
    double x, y;
};

struct map_box {
    double x, y;     /* top left corner */
    uint32_t column; /* 0-based, counted over all lanes */
};

/* A link's line: a start point, then cubic Bezier pieces of three points each (control, control,
 * end), as in SVG "M p0 C p1 p2 p3 C p4 p5 p6". */
struct map_path {
    uint32_t first; /* into `points` */
    uint32_t count; /* 1 + 3 * pieces; 0 when input and output are the same node */
    bool backward;  /* runs from right to left */
};

/* A lane's band from the top of the map to its bottom; width 0 when no node is in it. */
struct map_band {
    double x, width;
    uint32_t first_column, columns, nodes;
};

struct map_layout {
    enum map_status status;
    double width, height;
    uint32_t columns;
    struct map_band lanes[MAP_LANES];
    struct map_box *boxes;  /* node_count, in the order of the nodes */
    struct map_path *paths; /* link_count, in the order of the links; equal links, equal lines */
    struct map_point *points;
    uint32_t point_count;
    uint64_t crossings;  /* of lines of different links; equal links count once */
    uint32_t bends;      /* places where lines pass a column */
    uint32_t self_loops; /* links from a node to itself: not drawn */
    uint32_t duplicates; /* links that repeat another one */
    uint32_t backward;   /* different links that run backward */
};

/* Distances for labels of 11 to 12 pixels on a screen, aspect 1.6. */
void map_options_init(struct map_options *o);

/*
 * Lays out `in` into `out`, whose arrays are allocated in `arena`. `options` NULL means the
 * defaults.
 *
 * ERR_INPUT: a link names no node, a lane, size, weight or option is out of range. ERR_LIMIT: more
 * nodes, links or bends than the maxima above. ERR_MEMORY. On failure `out` is zeroed.
 *
 * When `job` says stop, the search ends early and the result is a valid layout with status
 * MAP_STOPPED. Its seed and threads are not used: the amount of search is a fixed count of steps,
 * so that the picture stays the same from visit to visit.
 *
 * Method: Sugiyama, Tagawa, Toda, "Methods for visual understanding of hierarchical system
 * structures", IEEE SMC 11(2), 1981, with lanes; steps and sources in the heads of cycle.c,
 * layer.c, proper.c, order.c, reinsert.c, star.c, sift.c, anneal.c, bundle.c, place.c and route.c.
 * Complexity: O(links log links + bends x columns' height) a pass; the search for few crossings
 * takes a fixed amount of work. Measured 17 to 23 ms for the catalogue's chains of 38 to 118 nodes
 * and 0.6 s for 1,000 nodes and 5,000 links.
 */
enum err map_lay_out(const struct map_input *in, const struct map_options *options,
                     struct arena *arena, const struct job *job, struct map_layout *out,
                     struct errinfo *info) ERR_CHECK;

#endif
