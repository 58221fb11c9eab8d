/*
 * Private to the map engine: the drawing while the search changes it.
 *
 * struct map_proper is fast to read and stiff; a weave lets nodes go to other columns. Edge e has a
 * bend in each column between its ends, with a number that follows from e and the column, so that
 * neither neighbours nor bends have to be kept in lists.
 *
 * All arrays live in the scratch arena of one map_lay_out call.
 */
#ifndef FAIRLEAD_ENGINE_MAP_WEAVE_H
#define FAIRLEAD_ENGINE_MAP_WEAVE_H

#include "base/rng.h"
#include "engine/map/graph_private.h"

struct map_weave {
    const struct map_graph *g;
    uint32_t columns, room; /* most vertices a column can hold */
    uint32_t *layer;        /* by node: its column */
    uint32_t *boxes;        /* by column: nodes in it */
    double *load;           /* by column: height of its boxes */
    uint32_t *count;        /* by column: vertices in it */
    uint32_t *order;        /* column l is order[l * room .. l * room + count[l]) */
    uint32_t *pos;          /* by vertex: its place in the column; MAP_NOWHERE when taken out */
    uint32_t *edge_of;      /* by vertex: the edge of a bend */
};

enum { MAP_NOWHERE = UINT32_MAX };

static inline uint32_t map_weave_bend(const struct map_weave *w, uint32_t e, uint32_t column) {
    return w->g->nodes + e * w->columns + column;
}

/* The vertex of edge `e` in `column`, which it reaches. */
static inline uint32_t map_weave_vertex(const struct map_weave *w, uint32_t e, uint32_t column) {
    const struct map_edge *edge = &w->g->edge[e];
    if (w->layer[edge->left] == column)
        return edge->left;
    return w->layer[edge->right] == column ? edge->right : map_weave_bend(w, e, column);
}

/* Whether vertex `v` is in its column, not taken out. */
static inline bool map_weave_holds(const struct map_weave *w, uint32_t v) {
    return w->pos[v] != MAP_NOWHERE;
}

static inline uint32_t *map_weave_column(const struct map_weave *w, uint32_t column) {
    return w->order + (size_t)column * w->room;
}

/* weave.c: a weave with the columns and the order of `p`. */
enum err map_weave_init(const struct map_graph *g, const struct map_options *o,
                        const struct map_proper *p, struct arena *arena, struct map_weave *w,
                        struct errinfo *info) ERR_CHECK;
/* weave.c: the same with the columns of `from`, whose graph is the same. */
enum err map_weave_new_copy(const struct map_weave *from, struct arena *arena, struct map_weave *to,
                            struct errinfo *info) ERR_CHECK;
void map_weave_copy(const struct map_weave *from, struct map_weave *to);
/* weave.c: sets the columns of `g` and makes `p` anew. */
enum err map_weave_write(const struct map_weave *w, struct arena *arena, struct map_graph *g,
                         struct map_proper *p, struct errinfo *info) ERR_CHECK;

/* weave.c: takes `v` and all bends of its edges out; the columns close up. */
void map_weave_take_out(struct map_weave *w, uint32_t v);
/* weave.c: puts a vertex before place `slot` of a column. */
void map_weave_put(struct map_weave *w, uint32_t column, uint32_t slot, uint32_t vertex);
/* weave.c: crossings in all, O(segments log width). `tree` has room for room + 1 numbers. */
uint64_t map_weave_count(const struct map_weave *w, uint32_t *tree);

/* star.c: see there. */
struct map_star {
    struct map_weave *w;
    struct rng *rng;
    double box_gap, cap, mean; /* height of a column at which it is too tall; mean of a box */
    uint32_t side;             /* widest column that the tables hold, plus one */
    int16_t **gap;             /* by column: prices of the gap behind it */
    uint32_t *stride;          /* by column: of that table */
    int16_t *price;            /* by edge of the star and column: prices of the slots */
    int16_t *steps;            /* one row that steps down in its middle */
    int32_t *total;            /* by slot */
    uint32_t *line, lines, left_lines; /* edges of the star: on the left, then on the right */
    uint32_t *slot, *vertex, *column;  /* what is to be put where */
    uint64_t work;                     /* entries of tables written or read so far */
};

/* star.c: false when the map is too large for the tables. */
bool map_star_fits(const struct map_weave *w);
enum err map_star_init(struct map_weave *w, const struct map_options *o, struct rng *rng,
                       struct arena *arena, struct map_star *s, struct errinfo *info) ERR_CHECK;
/* star.c: whether the tables hold the columns when `v` is put in again. */
bool map_star_room(const struct map_star *s, uint32_t v);
/* star.c: puts node `v`, which is out, with its edges to nodes that are not, where it adds least to
 * the cost; a `temperature` above 0, in 1/1024 crossings, blurs the costs. */
void map_star_put(struct map_star *s, uint32_t v, int64_t temperature);

#endif
