/*
 * Links cut into segments between neighbouring columns, with a bend in every column between.
 *
 * Every link has bends of its own, so that the order of the columns may lead links of one node
 * apart early where that saves crossings; where it does not, bundle.c joins them again.
 */
#include "engine/map/graph_private.h"

enum err map_new_proper(struct arena *arena, uint32_t bend_count, struct map_proper *p,
                        struct errinfo *info) {
    p->layer = arena_new(arena, p->vertices, sizeof(uint32_t));
    p->order = arena_new(arena, p->vertices, sizeof(uint32_t));
    p->pos = arena_new(arena, p->vertices, sizeof(uint32_t));
    p->layer_start = arena_new(arena, (size_t)p->layers + 1, sizeof(uint32_t));
    p->cursor = arena_new(arena, p->vertices, sizeof(uint32_t));
    p->tree = arena_new(arena, (size_t)p->vertices + 1, sizeof(uint64_t));
    p->bend = arena_new(arena, bend_count, sizeof(uint32_t));
    for (int side = 0; side < 2; side++) {
        p->links[side] = arena_new(arena, p->vertices, sizeof(uint32_t));
        if (p->links[side] == NULL)
            return err_memory(info);
        for (uint32_t v = 0; v < p->vertices; v++)
            p->links[side][v] = 1;
    }
    return p->layer != NULL && p->order != NULL && p->pos != NULL && p->layer_start != NULL &&
                   p->cursor != NULL && p->tree != NULL && p->bend != NULL
               ? ERR_OK
               : err_memory(info);
}

enum err map_index_segments(const struct map_segment *segments, uint32_t count, struct arena *arena,
                            struct map_proper *p, struct errinfo *info) {
    for (int side = 0; side < 2; side++) {
        struct map_adjacency *a = &p->side[side];
        a->start = arena_new(arena, (size_t)p->vertices + 2, sizeof(*a->start));
        a->at = arena_new(arena, count, sizeof(*a->at));
        if (a->start == NULL || a->at == NULL)
            return err_memory(info);
        for (uint32_t s = 0; s < count; s++)
            a->start[(side == 0 ? segments[s].right : segments[s].left) + 2]++;
        for (uint32_t v = 0; v < p->vertices; v++)
            a->start[v + 2] += a->start[v + 1];
        for (uint32_t s = 0; s < count; s++) {
            uint32_t here = side == 0 ? segments[s].right : segments[s].left;
            uint32_t there = side == 0 ? segments[s].left : segments[s].right;
            a->at[a->start[here + 1]++] = there;
        }
    }
    for (uint32_t v = 0; v < p->vertices; v++)
        p->layer_start[p->layer[v] + 1]++;
    for (uint32_t l = 0; l < p->layers; l++)
        p->layer_start[l + 1] += p->layer_start[l];
    return ERR_OK;
}

/* Bends of each edge, as offsets; false when there are too many. */
static bool number_bends(const struct map_graph *g, struct map_proper *p) {
    uint64_t bends = 0;
    for (uint32_t e = 0; e < g->edges; e++) {
        bends += g->layer[g->edge[e].right] - g->layer[g->edge[e].left] - 1;
        if (bends > MAP_BENDS_MAX)
            return false;
        p->bend_first[e + 1] = (uint32_t)bends;
    }
    p->vertices = g->nodes + (uint32_t)bends;
    return true;
}

static void cut_edge(const struct map_graph *g, struct map_proper *p, uint32_t e,
                     struct map_segment *segments) {
    uint32_t from = g->edge[e].left, layer = g->layer[from];
    struct map_segment *segment = segments + p->bend_first[e] + e;
    for (uint32_t i = p->bend_first[e]; i < p->bend_first[e + 1]; i++) {
        p->bend[i] = g->nodes + i;
        p->layer[p->bend[i]] = ++layer;
        *segment++ = (struct map_segment){from, p->bend[i]};
        from = p->bend[i];
    }
    *segment = (struct map_segment){from, g->edge[e].right};
}

/* Sets `order` and `pos` to the order of the vertices. */
static void fill_columns(struct map_proper *p) {
    for (uint32_t l = 0; l < p->layers; l++)
        p->cursor[l] = 0;
    for (uint32_t v = 0; v < p->vertices; v++) {
        p->pos[v] = p->cursor[p->layer[v]]++;
        p->order[p->layer_start[p->layer[v]] + p->pos[v]] = v;
    }
}

enum err map_build_proper(const struct map_graph *g, struct arena *arena, struct map_proper *p,
                          struct errinfo *info) {
    *p = (struct map_proper){.nodes = g->nodes, .layers = g->layers};
    p->bend_first = arena_new(arena, (size_t)g->edges + 1, sizeof(uint32_t));
    if (p->bend_first == NULL)
        return err_memory(info);
    if (!number_bends(g, p)) {
        err_set(info, ERR_LIMIT, "the links of the chain pass more than %d columns in all",
                MAP_BENDS_MAX);
        err_hint(info, "show a part of the chain");
        return ERR_LIMIT;
    }
    uint32_t bends = p->vertices - p->nodes;
    struct map_segment *segments = arena_new(arena, (size_t)g->edges + bends, sizeof(*segments));
    if (segments == NULL)
        return err_memory(info);
    enum err code = map_new_proper(arena, bends, p, info);
    if (code != ERR_OK)
        return code;
    for (uint32_t v = 0; v < g->nodes; v++)
        p->layer[v] = g->layer[v];
    for (uint32_t e = 0; e < g->edges; e++)
        cut_edge(g, p, e, segments);
    code = map_index_segments(segments, g->edges + bends, arena, p, info);
    if (code == ERR_OK)
        fill_columns(p);
    return code;
}
