/*
 * Cheapest alternating paths among the arcs of a flow that are open to doubt. Private to
 * engine/match; flow.h says what for.
 *
 * A path begins at a node that has too little (it needs one) or too much (it has one over). A node
 * that needs one may take an open arc, whose other end then has one over; a node that has one over
 * may give up a taken arc, whose other end then needs one. It ends where that suits: at a node that
 * has the opposite trouble, or has room, or where the price falls to 0 (or to -forfeit), at the
 * cost of that fall. In a bipartite graph all nodes of one side are of one kind on any path.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_PATH_H
#define FAIRLEAD_ENGINE_MATCH_PATH_H

#include "engine/match/flow.h"

struct match_ends {
    uint32_t left, right;
};

/* Ends of an edge's arc; `copy` 0 or 1 when the flow is doubled, else 0. */
static inline struct match_ends match_ends(const struct match_flow *f, uint32_t e, uint32_t copy) {
    const struct match_input *in = f->graph->input;
    uint32_t a = in->u[e], b = in->v[e];
    if (!f->doubled)
        return f->graph->side[a] == 0 ? (struct match_ends){a, b} : (struct match_ends){b, a};
    return copy == 0 ? (struct match_ends){a, in->vertex_count + b}
                     : (struct match_ends){b, in->vertex_count + a};
}

/* An arc open to doubt. */
struct match_open {
    struct match_ends ends;
    int64_t units; /* weight */
    uint32_t arc;  /* in the flow */
    uint32_t taken;
};

struct match_paths {
    struct match_flow *flow;
    struct match_open *open;
    uint32_t open_count, open_room;
    uint32_t *first;  /* node_count + 1: into `at` */
    uint32_t *at;     /* indices of open arcs, by node */
    int64_t *length;  /* of the cheapest path to each node; INT64_MAX outside of a search */
    uint32_t *parent; /* the open arc it came by */
    uint32_t *reached, reached_count; /* nodes with a length */
    struct match_step {
        int64_t length;
        uint32_t node;
    } * heap;
    uint32_t heap_count, heap_room;
};

enum match_mending {
    MATCH_MENDED,
    MATCH_MEND_STUCK, /* some node finds no path among the open arcs */
    MATCH_MEND_STOPPED,
    MATCH_MEND_MEMORY,
};

bool match_paths_init(struct match_paths *p, struct match_flow *f) ERR_CHECK;
void match_paths_release(struct match_paths *p);

/* The list of open arcs: emptied, added to, laid out by node, and its outcome put into the flow. */
void match_paths_clear(struct match_paths *p);
bool match_paths_add(struct match_paths *p, struct match_ends ends, int64_t units, uint32_t arc,
                     uint8_t taken) ERR_CHECK;
bool match_paths_lay_out(struct match_paths *p) ERR_CHECK;
void match_paths_store(struct match_paths *p);

/* Whether no node has too much or too little. O(nodes). */
bool match_paths_even(const struct match_paths *p);

/* Mends every node. A path costs O(arcs it looks at * log). */
enum match_mending match_paths_mend(struct match_paths *p, const struct job *job);

#endif
