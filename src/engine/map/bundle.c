/*
 * Links of one node run as one line until they must part.
 *
 * After the order of the columns is found, bends that lie next to each other in a column and come
 * from the same point become one. Seen from its node such a line is a tree whose branches part
 * where the order leads them apart, or one column before their ends. Nothing lies between the
 * joined bends, so the crossings stay what they were; the picture gets fewer lines and the columns
 * get lower.
 */
#include "engine/map/graph_private.h"

enum { GONE = UINT32_MAX };

struct bundling {
    const struct map_graph *g;
    const struct map_proper *from;
    struct map_proper *to;
    uint32_t *edge_of;  /* by bend of `from` - nodes: its edge */
    uint32_t *joined;   /* by vertex of `from`: the first of those made one with it */
    uint32_t *number;   /* by vertex of `from`: its number in `to`, or GONE */
    uint32_t *previous; /* by bend of `from` - nodes: the vertex it comes from, joined */
};

/* The vertex before bend `v` on the way from the link's input to its output. */
static uint32_t vertex_before(const struct bundling *b, uint32_t v) {
    uint32_t e = b->edge_of[v - b->from->nodes], i = v - b->from->nodes;
    const struct map_edge *edge = &b->g->edge[e];
    if (edge->backward)
        return i + 1 == b->from->bend_first[e + 1] ? edge->right : v + 1;
    return i == b->from->bend_first[e] ? edge->left : v - 1;
}

/* Joins the bends of one direction in a column; the column they come from is done. */
static void join_column(struct bundling *b, uint32_t layer, bool backward) {
    const struct map_proper *p = b->from;
    uint32_t last = UINT32_MAX;
    for (uint32_t i = p->layer_start[layer]; i < p->layer_start[layer + 1]; i++) {
        uint32_t v = p->order[i];
        if (v < p->nodes || b->g->edge[b->edge_of[v - p->nodes]].backward != backward) {
            last = UINT32_MAX;
            continue;
        }
        uint32_t before = b->joined[vertex_before(b, v)];
        bool same = last != UINT32_MAX && b->previous[last - p->nodes] == before;
        b->previous[v - p->nodes] = before;
        b->joined[v] = same ? b->joined[last] : v;
        last = v;
    }
}

/* Numbers the vertices that are left, in the order of the old ones; `joined` then leads to the new
 * numbers. */
static void renumber(struct bundling *b) {
    uint32_t next = 0;
    for (uint32_t v = 0; v < b->from->vertices; v++)
        b->number[v] = b->joined[v] == v ? next++ : GONE;
    for (uint32_t v = 0; v < b->from->vertices; v++)
        b->joined[v] = b->number[b->joined[v]];
    b->to->vertices = next;
}

/* One segment before each bend that is left, one at the end of each link. */
static uint32_t list_segments(const struct bundling *b, struct map_segment *segments) {
    const struct map_proper *p = b->from;
    uint32_t count = 0;
    for (uint32_t v = p->nodes; v < p->vertices; v++) {
        uint32_t here = b->joined[v], before = b->joined[vertex_before(b, v)];
        if (b->number[v] == GONE)
            continue;
        bool backward = b->g->edge[b->edge_of[v - p->nodes]].backward;
        segments[count++] =
            backward ? (struct map_segment){here, before} : (struct map_segment){before, here};
    }
    for (uint32_t e = 0; e < b->g->edges; e++) {
        const struct map_edge *edge = &b->g->edge[e];
        uint32_t first = p->bend_first[e], end = p->bend_first[e + 1];
        uint32_t left = first == end || edge->backward ? edge->left : b->joined[p->bend[end - 1]];
        uint32_t right = first < end && edge->backward ? b->joined[p->bend[first]] : edge->right;
        segments[count++] = (struct map_segment){left, right};
    }
    return count;
}

/* The columns of `from` without the vertices that are joined to the one before them. */
static void copy_order(const struct bundling *b) {
    const struct map_proper *p = b->from;
    for (uint32_t l = 0; l < p->layers; l++) {
        uint32_t next = b->to->layer_start[l], last = UINT32_MAX;
        for (uint32_t i = p->layer_start[l]; i < p->layer_start[l + 1]; i++) {
            uint32_t v = b->joined[p->order[i]];
            if (v == last)
                continue;
            b->to->order[next] = last = v;
            b->to->pos[v] = next++ - b->to->layer_start[l];
        }
    }
}

static enum err join_bends(struct bundling *b, struct arena *arena, struct errinfo *info) {
    const struct map_proper *p = b->from;
    b->number = arena_new(arena, p->vertices, sizeof(uint32_t));
    b->edge_of = arena_new(arena, p->vertices - p->nodes, sizeof(uint32_t));
    b->previous = arena_new(arena, p->vertices - p->nodes, sizeof(uint32_t));
    b->joined = arena_new(arena, p->vertices, sizeof(uint32_t));
    if (b->number == NULL || b->edge_of == NULL || b->previous == NULL || b->joined == NULL)
        return err_memory(info);
    for (uint32_t e = 0; e < b->g->edges; e++)
        for (uint32_t i = p->bend_first[e]; i < p->bend_first[e + 1]; i++)
            b->edge_of[i] = e;
    for (uint32_t v = 0; v < p->vertices; v++)
        b->joined[v] = v;
    for (uint32_t l = 0; l < p->layers; l++)
        join_column(b, l, false);
    for (uint32_t l = p->layers; l-- > 0;)
        join_column(b, l, true);
    renumber(b);
    return ERR_OK;
}

enum err map_bundle(const struct map_graph *g, const struct map_proper *from, struct arena *arena,
                    struct map_proper *to, struct errinfo *info) {
    struct bundling b = {.g = g, .from = from, .to = to};
    uint32_t bends = from->vertices - from->nodes;
    *to = (struct map_proper){.nodes = from->nodes, .layers = from->layers};
    struct map_segment *segments = arena_new(arena, (size_t)g->edges + bends, sizeof(*segments));
    if (segments == NULL)
        return err_memory(info);
    enum err code = join_bends(&b, arena, info);
    if (code == ERR_OK)
        code = map_new_proper(arena, bends, to, info);
    if (code != ERR_OK)
        return code;
    to->bend_first = from->bend_first;
    for (uint32_t i = 0; i < bends; i++)
        to->bend[i] = b.joined[from->bend[i]];
    for (uint32_t v = 0; v < from->vertices; v++) {
        to->layer[b.joined[v]] = from->layer[v];
        if (b.number[v] == GONE)
            to->links[g->edge[b.edge_of[v - from->nodes]].backward ? 1 : 0][b.joined[v]]++;
    }
    code = map_index_segments(segments, list_segments(&b, segments), arena, to, info);
    if (code != ERR_OK)
        return code;
    copy_order(&b);
    map_sort_all_rows(to);
    return ERR_OK;
}
