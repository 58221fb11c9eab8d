/*
 * Links cut into segments between neighbouring columns.
 *
 * All links that leave a node in one direction share their bends: the way runs on to the column
 * before the farthest of them, and each link leaves it one column before its own end. So a node
 * with twenty outputs far away costs as many bends as there are columns between, not twenty times
 * as many, and the picture has one line that branches. The crossings stay those of the links,
 * because each segment knows how many links run along it. Links of one node never cross each other.
 */
#include "engine/map/graph_private.h"

struct segment {
    uint32_t left, right, links;
};

struct cutter {
    const struct map_graph *g;
    struct map_proper *p;
    struct segment *segments;
    uint32_t count;
};

/* Where the links of `e` start and end when followed along their direction. */
static uint32_t source_of(const struct map_edge *e) {
    return e->backward ? e->right : e->left;
}

static uint32_t span_of(const struct map_graph *g, const struct map_edge *e) {
    return g->layer[e->right] - g->layer[e->left];
}

/* Lengths of the shared ways, as offsets of their bends; false when there are too many. */
static bool number_bends(const struct map_graph *g, struct map_proper *p) {
    for (uint32_t e = 0; e < g->edges; e++) {
        const struct map_edge *edge = &g->edge[e];
        uint32_t way = 2 * source_of(edge) + (edge->backward ? MAP_BACKWARD : MAP_FORWARD);
        uint32_t bends = span_of(g, edge) - 1;
        if (bends > p->bend_first[way + 1])
            p->bend_first[way + 1] = bends;
    }
    uint64_t next = g->nodes;
    p->bend_first[0] = g->nodes;
    for (uint32_t way = 1; way <= 2 * g->nodes; way++) {
        next += p->bend_first[way];
        if (next > (uint64_t)MAP_BENDS_MAX + g->nodes)
            return false;
        p->bend_first[way] = (uint32_t)next;
    }
    p->vertices = (uint32_t)next;
    return true;
}

static void add_segment(struct cutter *c, uint32_t from, uint32_t to, uint32_t links,
                        bool backward) {
    c->segments[c->count++] =
        backward ? (struct segment){to, from, links} : (struct segment){from, to, links};
}

/* The shared way of `v` in one direction: segment i joins bend i - 1 (or `v`) and bend i, and all
 * links that span more than i + 1 columns run along it. */
static void cut_way(struct cutter *c, uint32_t v, bool backward, uint32_t *links_to) {
    const struct map_graph *g = c->g;
    const uint32_t *start = backward ? g->in_start : g->out_start;
    const uint32_t *edges = backward ? g->in_edge : g->out_edge;
    uint32_t first = c->p->bend_first[2 * v + backward];
    uint32_t bends = c->p->bend_first[2 * v + backward + 1] - first;
    for (uint32_t k = start[v]; k < start[v + 1]; k++) {
        const struct map_edge *edge = &g->edge[edges[k]];
        if (edge->backward != backward)
            continue;
        uint32_t span = span_of(g, edge);
        add_segment(c, span == 1 ? v : first + span - 2, backward ? edge->left : edge->right, 1,
                    backward);
        if (span > 1)
            links_to[span - 2]++;
    }
    uint32_t links = 0;
    for (uint32_t i = bends; i-- > 0;) {
        uint32_t layer = backward ? g->layer[v] - 1 - i : g->layer[v] + 1 + i;
        c->p->layer[first + i] = layer;
        links += links_to[i];
        links_to[i] = 0;
        add_segment(c, i == 0 ? v : first + i - 1, first + i, links, backward);
    }
}

static bool index_segments(const struct cutter *c, struct arena *arena, int side) {
    struct map_adjacency *a = &c->p->side[side];
    a->start = arena_new(arena, (size_t)c->p->vertices + 2, sizeof(*a->start));
    a->at = arena_new(arena, c->count, sizeof(*a->at));
    if (a->start == NULL || a->at == NULL)
        return false;
    for (uint32_t s = 0; s < c->count; s++)
        a->start[(side == 0 ? c->segments[s].right : c->segments[s].left) + 2]++;
    for (uint32_t v = 0; v < c->p->vertices; v++)
        a->start[v + 2] += a->start[v + 1];
    for (uint32_t s = 0; s < c->count; s++) {
        const struct segment *seg = &c->segments[s];
        uint32_t here = side == 0 ? seg->right : seg->left;
        uint32_t there = side == 0 ? seg->left : seg->right;
        a->at[a->start[here + 1]++] = (struct map_adjacent){there, seg->links};
    }
    return true;
}

static void fill_columns(struct map_proper *p) {
    for (uint32_t v = 0; v < p->vertices; v++)
        p->layer_start[p->layer[v] + 1]++;
    for (uint32_t l = 0; l < p->layers; l++)
        p->layer_start[l + 1] += p->layer_start[l];
    for (uint32_t v = 0; v < p->vertices; v++) {
        uint32_t l = p->layer[v];
        p->order[p->layer_start[l]] = v;
        p->layer_start[l]++;
    }
    for (uint32_t l = p->layers; l > 0; l--)
        p->layer_start[l] = p->layer_start[l - 1];
    p->layer_start[0] = 0;
    for (uint32_t l = 0; l < p->layers; l++)
        for (uint32_t i = p->layer_start[l]; i < p->layer_start[l + 1]; i++)
            p->pos[p->order[i]] = i - p->layer_start[l];
}

enum err map_build_proper(const struct map_graph *g, struct arena *arena, struct map_proper *p,
                          struct errinfo *info) {
    *p = (struct map_proper){.nodes = g->nodes, .layers = g->layers};
    p->bend_first = arena_new(arena, 2 * (size_t)g->nodes + 1, sizeof(uint32_t));
    if (p->bend_first == NULL)
        return err_memory(info);
    if (!number_bends(g, p)) {
        err_set(info, ERR_LIMIT, "the links of the chain pass more than %d columns in all",
                MAP_BENDS_MAX);
        err_hint(info, "show a part of the chain");
        return ERR_LIMIT;
    }
    size_t segments = (size_t)g->edges + p->vertices - g->nodes;
    struct cutter c = {.g = g, .p = p};
    c.segments = arena_new(arena, segments, sizeof(*c.segments));
    uint32_t *links_to = arena_new(arena, g->layers, sizeof(uint32_t));
    p->layer = arena_new(arena, p->vertices, sizeof(uint32_t));
    p->order = arena_new(arena, p->vertices, sizeof(uint32_t));
    p->pos = arena_new(arena, p->vertices, sizeof(uint32_t));
    p->layer_start = arena_new(arena, (size_t)p->layers + 1, sizeof(uint32_t));
    p->cursor = arena_new(arena, p->vertices, sizeof(uint32_t));
    p->tree = arena_new(arena, (size_t)p->vertices + 1, sizeof(uint64_t));
    if (c.segments == NULL || links_to == NULL || p->layer == NULL || p->order == NULL ||
        p->pos == NULL || p->layer_start == NULL || p->cursor == NULL || p->tree == NULL)
        return err_memory(info);
    for (uint32_t v = 0; v < g->nodes; v++) {
        p->layer[v] = g->layer[v];
        cut_way(&c, v, false, links_to);
        cut_way(&c, v, true, links_to);
    }
    if (!index_segments(&c, arena, 0) || !index_segments(&c, arena, 1))
        return err_memory(info);
    fill_columns(p);
    return ERR_OK;
}
