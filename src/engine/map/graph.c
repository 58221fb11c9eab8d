/*
 * The graph of a map: see graph_private.h. Links are sorted by input and output first, so that
 * nothing later can depend on the order in which they came.
 */
#include <math.h>
#include <stdlib.h>

#include "engine/map/graph_private.h"

/* Larger sizes would lose the small gaps in the rounding of doubles. */
static const double SIZE_MAX_UNITS = 1e6;

struct sorted_link {
    uint32_t input, output, weight, link;
};

static int compare_links(const void *left, const void *right) {
    const struct sorted_link *a = left, *b = right;
    if (a->input != b->input)
        return a->input < b->input ? -1 : 1;
    if (a->output != b->output)
        return a->output < b->output ? -1 : 1;
    return a->link < b->link ? -1 : a->link > b->link;
}

static enum err check_input(const struct map_input *in, struct errinfo *info) {
    if (in->node_count > MAP_NODES_MAX || in->link_count > MAP_LINKS_MAX) {
        err_set(info, ERR_LIMIT, "the chain has %u nodes and %u links, too many for a map",
                in->node_count, in->link_count);
        err_hint(info, "at most %d nodes and %d links; show a part of the chain", MAP_NODES_MAX,
                 MAP_LINKS_MAX);
        return ERR_LIMIT;
    }
    for (uint32_t v = 0; v < in->node_count; v++) {
        const struct map_node *n = &in->nodes[v];
        if ((unsigned)n->lane >= MAP_LANES)
            return err_set(info, ERR_INPUT, "node %u is in lane %d, expected 0 to %d", v,
                           (int)n->lane, MAP_LANES - 1);
        if (!(n->width > 0 && n->width <= SIZE_MAX_UNITS && n->height > 0 &&
              n->height <= SIZE_MAX_UNITS))
            return err_set(info, ERR_INPUT,
                           "node %u has a box of %g by %g, expected sizes above 0 and up to 1e6", v,
                           n->width, n->height);
    }
    for (uint32_t i = 0; i < in->link_count; i++) {
        const struct map_link *l = &in->links[i];
        if (l->input >= in->node_count || l->output >= in->node_count)
            return err_set(info, ERR_INPUT, "link %u joins nodes %u and %u, but there are %u nodes",
                           i, l->input, l->output, in->node_count);
        if (l->weight < 1 || l->weight > MAP_WEIGHT_MAX)
            return err_set(info, ERR_INPUT, "link %u has weight %u, expected 1 to %d", i, l->weight,
                           MAP_WEIGHT_MAX);
    }
    return ERR_OK;
}

/* Fills edge and edge_of_link from the sorted links; the heaviest of equal links counts. */
static void merge_links(const struct sorted_link *sorted, uint32_t count, struct map_graph *g) {
    for (uint32_t i = 0; i < count; i++) {
        const struct sorted_link *s = &sorted[i];
        if (s->input == s->output) {
            g->edge_of_link[s->link] = MAP_NO_EDGE;
            g->self_loops++;
            continue;
        }
        struct map_edge *last = g->edges > 0 ? &g->edge[g->edges - 1] : NULL;
        if (last != NULL && last->left == s->input && last->right == s->output) {
            if (s->weight > last->weight)
                last->weight = s->weight;
            g->duplicates++;
        } else {
            g->edge[g->edges++] =
                (struct map_edge){.left = s->input, .right = s->output, .weight = s->weight};
        }
        g->edge_of_link[s->link] = g->edges - 1;
    }
}

/* Compressed rows of edges by their left or right node. */
static bool index_edges(struct arena *arena, const struct map_graph *g, bool by_right,
                        uint32_t **start_out, uint32_t **edge_out) {
    uint32_t *start = arena_new(arena, (size_t)g->nodes + 2, sizeof(*start));
    uint32_t *edge = arena_new(arena, g->edges, sizeof(*edge));
    if (start == NULL || edge == NULL)
        return false;
    for (uint32_t e = 0; e < g->edges; e++)
        start[(by_right ? g->edge[e].right : g->edge[e].left) + 2]++;
    for (uint32_t v = 0; v < g->nodes; v++)
        start[v + 2] += start[v + 1];
    for (uint32_t e = 0; e < g->edges; e++)
        edge[start[(by_right ? g->edge[e].right : g->edge[e].left) + 1]++] = e;
    *start_out = start;
    *edge_out = edge;
    return true;
}

enum err map_build_graph(const struct map_input *in, struct arena *arena, struct map_graph *g,
                         struct errinfo *info) {
    *g = (struct map_graph){.node = in->nodes, .nodes = in->node_count};
    enum err code = check_input(in, info);
    if (code != ERR_OK)
        return code;
    struct sorted_link *sorted = arena_new(arena, in->link_count, sizeof(*sorted));
    g->edge = arena_new(arena, in->link_count, sizeof(*g->edge));
    g->edge_of_link = arena_new(arena, in->link_count, sizeof(*g->edge_of_link));
    g->layer = arena_new(arena, in->node_count, sizeof(*g->layer));
    g->rank = arena_new(arena, in->node_count, sizeof(*g->rank));
    if (sorted == NULL || g->edge == NULL || g->edge_of_link == NULL || g->layer == NULL ||
        g->rank == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < in->link_count; i++)
        sorted[i] =
            (struct sorted_link){in->links[i].input, in->links[i].output, in->links[i].weight, i};
    if (in->link_count > 0)
        qsort(sorted, in->link_count, sizeof(*sorted), compare_links);
    merge_links(sorted, in->link_count, g);
    code = map_turn_edges(arena, g, info);
    if (code != ERR_OK)
        return code;
    if (!index_edges(arena, g, true, &g->in_start, &g->in_edge) ||
        !index_edges(arena, g, false, &g->out_start, &g->out_edge))
        return err_memory(info);
    return ERR_OK;
}
