/*
 * The lines of the links.
 *
 * A line is flat in front of, behind and between boxes, and an S-curve in the gap between two
 * columns. All curves of a gap start and end at the same x and share the shape
 * y = y0 + (y1 - y0) s(x), so two of them cross once if their ends are in opposite order and not at
 * all otherwise: what is drawn has exactly the crossings that were counted. Where several lines
 * meet a box, they meet it in the order of their other ends, a little apart, so that they do not
 * cross there either.
 */
#include <math.h>
#include <stdlib.h>

#include "base/vec.h"
#include "engine/map/graph_private.h"

/* Distance of lines at a box, and the part of the box's side that they may take. */
static const double PORT_PITCH = 5, PORT_PART = 0.6;

struct router {
    const struct map_graph *g;
    const struct map_proper *p;
    const double *y, *column_x, *column_width;
    const struct map_box *boxes;
    VEC(struct map_point)
    points;
    uint32_t line; /* first point of the line being drawn */
};

/* Height at which the segment to vertex `to` meets vertex `v` on one side. */
static double port_y(const struct router *r, uint32_t v, int side, uint32_t to, bool backward) {
    if (v >= r->p->nodes)
        return r->y[v];
    const struct map_adjacency *rows = &r->p->side[side];
    uint32_t first = rows->start[v], count = rows->start[v + 1] - first, i = 0;
    while (rows->at[first + i] != to)
        i++;
    /* Two nodes may be joined both ways: the forward link is the upper one, at both ends. */
    if (backward && i + 1 < count && rows->at[first + i + 1] == to)
        i++;
    if (count == 1)
        return r->y[v];
    double room = PORT_PART * r->g->node[v].height;
    double pitch = fmin(PORT_PITCH, room / (count - 1));
    return r->y[v] + (i - (count - 1) / 2.0) * pitch;
}

/* Draws on to (x, y), in a curve when that is another height; flat pieces in a row become one. */
static bool draw_to(struct router *r, double x, double y) {
    struct map_point from = r->points.at[r->points.len - 1];
    size_t len = r->points.len - r->line;
    bool flat = from.y == y;
    if (x <= from.x)
        return true;
    if (flat && len >= 4 && r->points.at[r->points.len - 4].y == y) {
        r->points.len -= 3;
        from = r->points.at[r->points.len - 1];
    }
    double middle = (from.x + x) / 2;
    return vec_push(&r->points, (struct map_point){middle, from.y}) &&
           vec_push(&r->points, (struct map_point){middle, y}) &&
           vec_push(&r->points, (struct map_point){x, y});
}

/* The vertex that edge `e` passes in the column `step` after its left end. */
static uint32_t vertex_at(const struct router *r, const struct map_edge *e, uint32_t step) {
    uint32_t span = r->g->layer[e->right] - r->g->layer[e->left];
    if (step == 0)
        return e->left;
    if (step == span)
        return e->right;
    return r->p->bend[r->p->bend_first[e - r->g->edge] + step - 1];
}

/* Draws edge `e` from left to right; false when memory is short. */
static bool draw_edge(struct router *r, const struct map_edge *e) {
    uint32_t first = r->g->layer[e->left], span = r->g->layer[e->right] - first;
    double x = r->boxes[e->left].x + r->g->node[e->left].width;
    double y = port_y(r, e->left, 1, vertex_at(r, e, 1), e->backward);
    r->line = (uint32_t)r->points.len;
    if (!vec_push(&r->points, (struct map_point){x, y}))
        return false;
    for (uint32_t step = 1; step <= span; step++) {
        uint32_t v = vertex_at(r, e, step), l = first + step;
        if (!draw_to(r, r->column_x[l - 1] + r->column_width[l - 1], y))
            return false;
        y = port_y(r, v, 0, vertex_at(r, e, step - 1), e->backward);
        if (!draw_to(r, r->column_x[l], y))
            return false;
    }
    return draw_to(r, r->boxes[e->right].x, y);
}

static void reverse_line(struct map_point *at, size_t count) {
    for (size_t i = 0; i < count / 2; i++) {
        struct map_point p = at[i];
        at[i] = at[count - 1 - i];
        at[count - 1 - i] = p;
    }
}

/* Draws every edge once; `line_of_edge` gets their paths. */
static bool draw_edges(struct router *r, struct map_path *line_of_edge) {
    for (uint32_t e = 0; e < r->g->edges; e++) {
        const struct map_edge *edge = &r->g->edge[e];
        if (!draw_edge(r, edge))
            return false;
        uint32_t count = (uint32_t)r->points.len - r->line;
        if (edge->backward)
            reverse_line(r->points.at + r->line, count);
        line_of_edge[e] =
            (struct map_path){.first = r->line, .count = count, .backward = edge->backward};
    }
    return true;
}

enum err map_route(const struct map_input *in, const struct map_graph *g,
                   const struct map_proper *p, const double *y, const struct map_columns *columns,
                   struct arena *scratch, struct arena *arena, struct map_layout *out,
                   struct errinfo *info) {
    enum err code = ERR_OK;
    struct router r = {.g = g,
                       .p = p,
                       .y = y,
                       .column_x = columns->x,
                       .column_width = columns->width,
                       .boxes = out->boxes};
    struct map_path *line_of_edge = arena_new(scratch, g->edges, sizeof(*line_of_edge));
    out->paths = arena_new(arena, in->link_count, sizeof(*out->paths));
    if (line_of_edge == NULL || out->paths == NULL || !draw_edges(&r, line_of_edge)) {
        code = err_memory(info);
        goto done;
    }
    out->points = arena_new(arena, r.points.len, sizeof(*out->points));
    if (out->points == NULL) {
        code = err_memory(info);
        goto done;
    }
    out->point_count = (uint32_t)r.points.len;
    for (uint32_t i = 0; i < out->point_count; i++)
        out->points[i] = r.points.at[i];
    for (uint32_t i = 0; i < in->link_count; i++)
        if (g->edge_of_link[i] != MAP_NO_EDGE)
            out->paths[i] = line_of_edge[g->edge_of_link[i]];
done:
    vec_free(&r.points);
    return code;
}
