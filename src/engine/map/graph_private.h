/*
 * Private to the map engine: what its steps hand to each other.
 *
 * struct map_graph: the nodes and the different links, every link turned so that it runs from left
 * to right, and, after map_assign_layers, the column of each node.
 * struct map_proper: the same graph with every link cut into segments between neighbouring columns.
 * A vertex is a node (same index) or a bend, a point at which lines pass a column.
 *
 * All arrays live in the scratch arena of one map_lay_out call.
 */
#ifndef FAIRLEAD_ENGINE_MAP_GRAPH_PRIVATE_H
#define FAIRLEAD_ENGINE_MAP_GRAPH_PRIVATE_H

#include "engine/map/map.h"

enum { MAP_NO_EDGE = UINT32_MAX };

/* Nodes of a map that a person can still read; up to there it should take about 20 ms. */
enum { MAP_READABLE = 120 };

struct map_edge {
    uint32_t left, right; /* nodes; `left` is in an earlier column */
    uint32_t weight;
    bool backward; /* the link runs from `right` to `left` */
};

struct map_graph {
    const struct map_node *node;
    uint32_t nodes, edges;
    struct map_edge *edge;
    uint32_t *edge_of_link;         /* per link of the input; MAP_NO_EDGE for a self loop */
    uint32_t *in_start, *in_edge;   /* edges by right node */
    uint32_t *out_start, *out_edge; /* edges by left node */
    uint32_t *rank;                 /* position in an order in which each edge's left comes first */
    uint32_t *layer;                /* column of each node */
    uint32_t layers;
    uint32_t lane_first[MAP_LANES + 1]; /* first column of each lane */
    uint32_t self_loops, duplicates, backward;
};

struct map_adjacency {
    uint32_t *start; /* vertices + 1 */
    uint32_t *at;    /* vertices of the neighbouring column */
};

struct map_segment {
    uint32_t left, right; /* vertices */
};

struct map_proper {
    uint32_t nodes, vertices, layers;
    uint32_t *layer;
    struct map_adjacency side[2]; /* 0: segments to the column on the left, 1: to the right */
    /* Order within the columns: column l is order[layer_start[l] .. layer_start[l + 1]). */
    uint32_t *layer_start, *order, *pos;
    /* Edge e passes its i-th column from the left at vertex bend[bend_first[e] + i]. */
    uint32_t *bend_first, *bend;
    /* By vertex: number of links on its segment to the left (bends of forward lines) or right
     * (bends of backward lines); a segment has the larger number of its two ends. */
    uint32_t *links[2];
    uint32_t *cursor; /* scratch, by vertex */
    uint64_t *tree;   /* scratch, vertices + 1 */
};

/* graph.c: checks the input, drops self loops and duplicates, turns edges (with cycle.c). */
enum err map_build_graph(const struct map_input *in, struct arena *arena, struct map_graph *g,
                         struct errinfo *info) ERR_CHECK;

/* cycle.c: sets `backward` and `rank` and turns edges that run backward. */
enum err map_turn_edges(struct arena *arena, struct map_graph *g, struct errinfo *info) ERR_CHECK;

/* layer.c: sets `layer`, `layers` and `lane_first`. */
enum err map_assign_layers(const struct map_options *o, struct arena *arena, struct map_graph *g,
                           struct errinfo *info) ERR_CHECK;

/* proper.c: cuts the edges into segments, each with bends of its own; the order is that of the
 * nodes, bends last. */
enum err map_build_proper(const struct map_graph *g, struct arena *arena, struct map_proper *p,
                          struct errinfo *info) ERR_CHECK;

/* proper.c: allocates the arrays of `p`, whose counts are set, and fills `side` from `segments` and
 * `layer_start` from `layer`. */
enum err map_new_proper(struct arena *arena, uint32_t bend_count, struct map_proper *p,
                        struct errinfo *info) ERR_CHECK;
enum err map_index_segments(const struct map_segment *segments, uint32_t count, struct arena *arena,
                            struct map_proper *p, struct errinfo *info) ERR_CHECK;

/* bundle.c: `to` is `from` with neighbouring bends of links of one node made one. */
enum err map_bundle(const struct map_graph *g, const struct map_proper *from, struct arena *arena,
                    struct map_proper *to, struct errinfo *info) ERR_CHECK;

/* cross.c: puts the rows of one side of a column into the order of the column on that side. */
void map_sort_rows(struct map_proper *p, uint32_t layer, int side);
void map_sort_all_rows(struct map_proper *p);
/* cross.c: crossings of links between columns `layer` and `layer` + 1, and in all. */
uint64_t map_count_gap(struct map_proper *p, uint32_t layer);
uint64_t map_count_crossings(struct map_proper *p);

/* sift.c: improves `pos` and `order`, which must be set. */
enum err map_sift(struct arena *arena, const struct job *job, struct map_proper *p, bool *stopped,
                  struct errinfo *info) ERR_CHECK;

/* anneal.c: improves `pos` and `order`, which must be set. */
enum err map_anneal(struct arena *arena, const struct job *job, struct map_proper *p, bool *stopped,
                    struct errinfo *info) ERR_CHECK;

/* order.c: reorders the columns; returns with `pos` and `order` at the best found. */
enum err map_order(struct arena *arena, const struct job *job, struct map_proper *p, bool *stopped,
                   struct errinfo *info) ERR_CHECK;

/* reinsert.c: improves columns and order, which must be set, of maps that are not too large; `p` is
 * made anew. */
enum err map_reinsert(const struct map_options *o, struct arena *arena, const struct job *job,
                      struct map_graph *g, struct map_proper *p, bool *stopped,
                      struct errinfo *info) ERR_CHECK;

/* place.c: y of each vertex's centre, between 0 and `height`. */
enum err map_place(const struct map_graph *g, const struct map_options *o, struct arena *arena,
                   const struct job *job, const struct map_proper *p, double *y, double *height,
                   bool *stopped, struct errinfo *info) ERR_CHECK;

struct map_columns {
    double *x, *width; /* by column: left edge, width of the widest box */
};

/* route.c: sets `paths` and `points` of `out`, whose boxes are set. */
enum err map_route(const struct map_input *in, const struct map_graph *g,
                   const struct map_proper *p, const double *y, const struct map_columns *columns,
                   struct arena *scratch, struct arena *arena, struct map_layout *out,
                   struct errinfo *info) ERR_CHECK;

#endif
