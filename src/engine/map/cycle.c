/*
 * Which links run backward.
 *
 * A link between lanes runs the way of the lanes. Within a lane the links are taken heaviest
 * first, and one that would close a circle with those taken before runs backward: so circles are
 * opened at their lightest link (in a catalogue: at a capital or optional one). Whether a link
 * closes a circle is seen by keeping an order of the nodes up to date (Pearce, Kelly, "A dynamic
 * topological sort algorithm for directed acyclic graphs", ACM JEA 11, 2006): only the nodes
 * between the link's ends in that order are looked at.
 */
#include <stdlib.h>

#include "engine/map/graph_private.h"

enum { END = UINT32_MAX };

/* Edges taken so far, as linked lists by node. */
struct taken {
    const struct map_edge *edge;
    uint32_t *rank;                 /* of each node: the order kept */
    uint32_t *first_out, *next_out; /* by node, by edge */
    uint32_t *first_in, *next_in;
    bool *seen;
    uint32_t *found; /* nodes found forward, then nodes found backward */
    uint32_t *ranks;
};

static int compare_u32(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return a < b ? -1 : a > b;
}

struct candidate {
    uint32_t weight, edge;
};

static int compare_candidates(const void *left, const void *right) {
    const struct candidate *a = left, *b = right;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    return a->edge < b->edge ? -1 : a->edge > b->edge;
}

/* Nodes reachable from `from` with a rank below `limit`; false when `target` is one of them. */
static bool search_forward(struct taken *t, uint32_t from, uint32_t target, uint32_t *count) {
    uint32_t limit = t->rank[target], done = 0;
    t->found[(*count)++] = from;
    t->seen[from] = true;
    while (done < *count) {
        uint32_t v = t->found[done++];
        for (uint32_t e = t->first_out[v]; e != END; e = t->next_out[e]) {
            uint32_t w = t->edge[e].right;
            if (w == target)
                return false;
            if (!t->seen[w] && t->rank[w] < limit) {
                t->seen[w] = true;
                t->found[(*count)++] = w;
            }
        }
    }
    return true;
}

static void search_backward(struct taken *t, uint32_t from, uint32_t limit, uint32_t *count) {
    uint32_t done = *count;
    t->found[(*count)++] = from;
    t->seen[from] = true;
    while (done < *count) {
        uint32_t v = t->found[done++];
        for (uint32_t e = t->first_in[v]; e != END; e = t->next_in[e]) {
            uint32_t w = t->edge[e].left;
            if (!t->seen[w] && t->rank[w] > limit) {
                t->seen[w] = true;
                t->found[(*count)++] = w;
            }
        }
    }
}

struct ranked {
    uint32_t rank, node;
};

static int compare_ranked(const void *left, const void *right) {
    const struct ranked *a = left, *b = right;
    return a->rank < b->rank ? -1 : a->rank > b->rank;
}

/* Gives the ranks of all found nodes first to those found backward, then to those found forward,
 * each group in its old order. */
static void reorder(struct taken *t, struct ranked *sorted, uint32_t forward, uint32_t count) {
    uint32_t backward = count - forward;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t node = t->found[i];
        t->ranks[i] = t->rank[node];
        sorted[i < forward ? backward + i : i - forward] = (struct ranked){t->rank[node], node};
    }
    qsort(t->ranks, count, sizeof(*t->ranks), compare_u32);
    qsort(sorted, backward, sizeof(*sorted), compare_ranked);
    qsort(sorted + backward, forward, sizeof(*sorted), compare_ranked);
    for (uint32_t i = 0; i < count; i++)
        t->rank[sorted[i].node] = t->ranks[i];
}

/* Takes edge `e` and keeps the order right; false when it would close a circle. */
static bool take(struct taken *t, struct ranked *scratch, uint32_t e) {
    uint32_t left = t->edge[e].left, right = t->edge[e].right;
    if (t->rank[left] > t->rank[right]) {
        uint32_t forward = 0;
        bool open = search_forward(t, right, left, &forward);
        uint32_t count = forward;
        if (open)
            search_backward(t, left, t->rank[right], &count);
        for (uint32_t i = 0; i < count; i++)
            t->seen[t->found[i]] = false;
        if (!open)
            return false;
        reorder(t, scratch, forward, count);
    }
    t->next_out[e] = t->first_out[left];
    t->first_out[left] = e;
    t->next_in[e] = t->first_in[right];
    t->first_in[right] = e;
    return true;
}

static void turn(struct map_graph *g, uint32_t e) {
    struct map_edge *edge = &g->edge[e];
    uint32_t left = edge->left;
    edge->left = edge->right;
    edge->right = left;
    edge->backward = true;
    g->backward++;
}

/* Ranks by lane, then by index. */
static void rank_by_lane(struct map_graph *g) {
    uint32_t next = 0;
    for (int lane = 0; lane < MAP_LANES; lane++)
        for (uint32_t v = 0; v < g->nodes; v++)
            if ((int)g->node[v].lane == lane)
                g->rank[v] = next++;
}

enum err map_turn_edges(struct arena *arena, struct map_graph *g, struct errinfo *info) {
    struct taken t = {.edge = g->edge, .rank = g->rank};
    struct candidate *inside = arena_new(arena, g->edges, sizeof(*inside));
    struct ranked *scratch = arena_new(arena, g->nodes, sizeof(*scratch));
    t.first_out = arena_new(arena, g->nodes, sizeof(uint32_t));
    t.first_in = arena_new(arena, g->nodes, sizeof(uint32_t));
    t.next_out = arena_new(arena, g->edges, sizeof(uint32_t));
    t.next_in = arena_new(arena, g->edges, sizeof(uint32_t));
    t.seen = arena_new(arena, g->nodes, sizeof(bool));
    t.found = arena_new(arena, g->nodes, sizeof(uint32_t));
    t.ranks = arena_new(arena, g->nodes, sizeof(uint32_t));
    if (inside == NULL || scratch == NULL || t.first_out == NULL || t.first_in == NULL ||
        t.next_out == NULL || t.next_in == NULL || t.seen == NULL || t.found == NULL ||
        t.ranks == NULL)
        return err_memory(info);
    for (uint32_t v = 0; v < g->nodes; v++)
        t.first_out[v] = t.first_in[v] = END;
    rank_by_lane(g);
    uint32_t count = 0;
    for (uint32_t e = 0; e < g->edges; e++) {
        const struct map_edge *edge = &g->edge[e];
        int left = (int)g->node[edge->left].lane, right = (int)g->node[edge->right].lane;
        if (left > right)
            turn(g, e);
        else if (left == right)
            inside[count++] = (struct candidate){edge->weight, e};
    }
    if (count > 0)
        qsort(inside, count, sizeof(*inside), compare_candidates);
    for (uint32_t i = 0; i < count; i++)
        if (!take(&t, scratch, inside[i].edge))
            turn(g, inside[i].edge);
    return ERR_OK;
}
