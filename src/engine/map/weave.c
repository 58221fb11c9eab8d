/* The drawing while the search changes it: see weave.h. */
#include "engine/map/weave.h"

#include <string.h>

static enum err new_weave(const struct map_graph *g, struct arena *arena, struct map_weave *w,
                          struct errinfo *info) {
    *w = (struct map_weave){.g = g, .columns = g->layers, .room = g->nodes + g->edges};
    size_t vertices = g->nodes + (size_t)g->edges * g->layers;
    w->layer = arena_new(arena, g->nodes, sizeof(uint32_t));
    w->boxes = arena_new(arena, g->layers, sizeof(uint32_t));
    w->load = arena_new(arena, g->layers, sizeof(double));
    w->count = arena_new(arena, g->layers, sizeof(uint32_t));
    w->order = arena_new(arena, (size_t)g->layers * w->room, sizeof(uint32_t));
    w->pos = arena_new(arena, vertices, sizeof(uint32_t));
    return w->layer != NULL && w->boxes != NULL && w->load != NULL && w->count != NULL &&
                   w->order != NULL && w->pos != NULL
               ? ERR_OK
               : err_memory(info);
}

enum err map_weave_init(const struct map_graph *g, const struct map_options *o,
                        const struct map_proper *p, struct arena *arena, struct map_weave *w,
                        struct errinfo *info) {
    enum err code = new_weave(g, arena, w, info);
    uint32_t *vertex = arena_new(arena, p->vertices, sizeof(*vertex));
    if (code != ERR_OK)
        return code;
    w->edge_of = arena_new(arena, g->nodes + (size_t)g->edges * g->layers, sizeof(uint32_t));
    if (vertex == NULL || w->edge_of == NULL)
        return err_memory(info);
    for (uint32_t v = 0; v < g->nodes; v++) {
        vertex[v] = v;
        w->layer[v] = g->layer[v];
        w->boxes[g->layer[v]]++;
        w->load[g->layer[v]] += g->node[v].height + o->box_gap;
    }
    for (uint32_t e = 0; e < g->edges; e++) {
        uint32_t l = g->layer[g->edge[e].left];
        for (uint32_t i = p->bend_first[e]; i < p->bend_first[e + 1]; i++)
            vertex[p->bend[i]] = map_weave_bend(w, e, ++l);
        for (l = 0; l < g->layers; l++)
            w->edge_of[map_weave_bend(w, e, l)] = e;
    }
    for (uint32_t l = 0; l < g->layers; l++)
        for (uint32_t i = p->layer_start[l]; i < p->layer_start[l + 1]; i++)
            map_weave_put(w, l, w->count[l], vertex[p->order[i]]);
    return ERR_OK;
}

void map_weave_copy(const struct map_weave *from, struct map_weave *to) {
    uint32_t nodes = from->g->nodes;
    memcpy(to->layer, from->layer, nodes * sizeof(*to->layer));
    memcpy(to->boxes, from->boxes, from->columns * sizeof(*to->boxes));
    memcpy(to->load, from->load, from->columns * sizeof(*to->load));
    for (uint32_t l = 0; l < from->columns; l++) {
        to->count[l] = from->count[l];
        memcpy(map_weave_column(to, l), map_weave_column(from, l),
               from->count[l] * sizeof(*to->order));
        for (uint32_t i = 0; i < to->count[l]; i++)
            to->pos[map_weave_column(to, l)[i]] = i;
    }
}

enum err map_weave_new_copy(const struct map_weave *from, struct arena *arena, struct map_weave *to,
                            struct errinfo *info) {
    enum err code = new_weave(from->g, arena, to, info);
    if (code != ERR_OK)
        return code;
    to->edge_of = from->edge_of;
    map_weave_copy(from, to);
    return ERR_OK;
}

enum err map_weave_write(const struct map_weave *w, struct arena *arena, struct map_graph *g,
                         struct map_proper *p, struct errinfo *info) {
    memcpy(g->layer, w->layer, g->nodes * sizeof(*g->layer));
    enum err code = map_build_proper(g, arena, p, info);
    if (code != ERR_OK)
        return code;
    for (uint32_t l = 0; l < w->columns; l++)
        for (uint32_t i = 0; i < w->count[l]; i++) {
            uint32_t v = map_weave_column(w, l)[i];
            if (v >= g->nodes) {
                uint32_t e = w->edge_of[v];
                v = p->bend[p->bend_first[e] + l - g->layer[g->edge[e].left] - 1];
            }
            p->order[p->layer_start[l] + i] = v;
            p->pos[v] = i;
        }
    return ERR_OK;
}

static void close_up(struct map_weave *w, uint32_t column) {
    uint32_t *at = map_weave_column(w, column), count = 0;
    for (uint32_t i = 0; i < w->count[column]; i++)
        if (w->pos[at[i]] != MAP_NOWHERE) {
            w->pos[at[i]] = count;
            at[count++] = at[i];
        }
    w->count[column] = count;
}

void map_weave_take_out(struct map_weave *w, uint32_t v) {
    const struct map_graph *g = w->g;
    uint32_t here = w->layer[v], first = here, last = here;
    for (uint32_t k = g->in_start[v]; k < g->in_start[v + 1]; k++) {
        uint32_t e = g->in_edge[k], l = w->layer[g->edge[e].left] + 1;
        if (!map_weave_holds(w, g->edge[e].left))
            continue;
        first = l < first ? l : first;
        for (; l < here; l++)
            w->pos[map_weave_bend(w, e, l)] = MAP_NOWHERE;
    }
    for (uint32_t k = g->out_start[v]; k < g->out_start[v + 1]; k++) {
        uint32_t e = g->out_edge[k], l = w->layer[g->edge[e].right] - 1;
        if (!map_weave_holds(w, g->edge[e].right))
            continue;
        last = l > last ? l : last;
        for (; l > here; l--)
            w->pos[map_weave_bend(w, e, l)] = MAP_NOWHERE;
    }
    w->pos[v] = MAP_NOWHERE;
    for (uint32_t l = first; l <= last; l++)
        close_up(w, l);
}

void map_weave_put(struct map_weave *w, uint32_t column, uint32_t slot, uint32_t vertex) {
    uint32_t *at = map_weave_column(w, column);
    for (uint32_t i = w->count[column]++; i > slot; i--) {
        at[i] = at[i - 1];
        w->pos[at[i]] = i;
    }
    at[slot] = vertex;
    w->pos[vertex] = slot;
}

/* Crossings in the gap behind column `l`: as cross.c, which tells the method. */
static uint64_t count_gap(const struct map_weave *w, uint32_t l, uint32_t *tree) {
    const struct map_graph *g = w->g;
    uint32_t width = w->count[l + 1];
    uint64_t crossings = 0, seen = 0;
    memset(tree, 0, ((size_t)width + 1) * sizeof(*tree));
    for (uint32_t i = 0; i < w->count[l]; i++) {
        uint32_t v = map_weave_column(w, l)[i];
        const uint32_t *edge = v < g->nodes ? g->out_edge + g->out_start[v] : &w->edge_of[v];
        uint32_t edges = v < g->nodes ? g->out_start[v + 1] - g->out_start[v] : 1;
        for (uint32_t k = 0; k < edges; k++) {
            crossings += seen;
            for (uint32_t t = w->pos[map_weave_vertex(w, edge[k], l + 1)] + 1; t > 0; t &= t - 1)
                crossings -= tree[t];
        }
        for (uint32_t k = 0; k < edges; k++)
            for (uint32_t t = w->pos[map_weave_vertex(w, edge[k], l + 1)] + 1; t <= width;
                 t += t & (~t + 1))
                tree[t]++;
        seen += edges;
    }
    return crossings;
}

uint64_t map_weave_count(const struct map_weave *w, uint32_t *tree) {
    uint64_t crossings = 0;
    for (uint32_t l = 0; l + 1 < w->columns; l++)
        crossings += count_gap(w, l, tree);
    return crossings;
}
