/*
 * Columns: how many a lane gets, and in which one each node stands.
 *
 * A lane has at least as many columns as its longest way of links, so that no link stays inside a
 * column; then columns are added to the fullest lanes until the picture is as wide as the aspect
 * asks. Within these bounds the sum of weight x length (in columns) over all links is made small,
 * with a penalty that grows quadratically when a column is taller than the picture should be. The
 * search shifts one node together with all that must move along (its tight successors or
 * predecessors: what tight trees are to Gansner, Koutsofios, North, Vo, "A technique for drawing
 * directed graphs", IEEE TSE 19(3), 1993) as long as that lowers the cost. The exact minimum
 * without the height term is a network simplex; with it, descent from both ends (everything as
 * far left, or as far right, as can be) comes near it at a fraction of the work.
 */
#include <math.h>
#include <string.h>

#include "engine/map/graph_private.h"

/* Part of the picture's height that boxes may fill; the rest is for passing links. */
static const double FILL = 0.8;

/* Cost of one box above a column's height, in link weights: an essential link one column longer. */
static const double EXCESS_COST = 4;

/* Rounds of descent; it ends by itself much earlier. */
enum { ROUNDS_MAX = 100 };

struct layering {
    const struct map_graph *g;
    double box_gap;
    double cap, mean;   /* height of a column at which the penalty begins; mean height of a box */
    double *load;       /* by column */
    uint32_t *layer;    /* by node */
    uint32_t *by_rank;  /* nodes in rank order */
    uint32_t *moved;    /* nodes of a shift */
    uint32_t *stamp;    /* by node: the shift that last reached it */
    uint32_t shift;     /* number of the current shift */
    double *load_after; /* by column, during a shift */
    bool *used;         /* by column: a node stands in it */
};

static double height_of(const struct layering *s, uint32_t v) {
    return s->g->node[v].height + s->box_gap;
}

static double penalty(const struct layering *s, double load) {
    double excess = (load - s->cap) / s->mean;
    return excess > 0 ? EXCESS_COST * excess * excess : 0;
}

static uint32_t lane_end(const struct map_graph *g, uint32_t v) {
    return g->lane_first[g->node[v].lane + 1];
}

static uint32_t other(const struct map_graph *g, uint32_t e, uint32_t v) {
    return g->edge[e].left == v ? g->edge[e].right : g->edge[e].left;
}

/* Every node as far left (in rank order) or right (against it) as its links and lane allow. */
static void push_all(struct layering *s, bool right) {
    const struct map_graph *g = s->g;
    for (uint32_t i = 0; i < g->nodes; i++) {
        uint32_t v = s->by_rank[right ? g->nodes - 1 - i : i];
        uint32_t lane = (uint32_t)g->node[v].lane;
        if (right) {
            s->layer[v] = g->lane_first[lane + 1] - 1;
            for (uint32_t k = g->out_start[v]; k < g->out_start[v + 1]; k++) {
                uint32_t limit = s->layer[g->edge[g->out_edge[k]].right] - 1;
                s->layer[v] = limit < s->layer[v] ? limit : s->layer[v];
            }
        } else {
            s->layer[v] = g->lane_first[lane];
            for (uint32_t k = g->in_start[v]; k < g->in_start[v + 1]; k++) {
                uint32_t limit = s->layer[g->edge[g->in_edge[k]].left] + 1;
                s->layer[v] = limit > s->layer[v] ? limit : s->layer[v];
            }
        }
    }
    memset(s->load, 0, g->layers * sizeof(*s->load));
    for (uint32_t v = 0; v < g->nodes; v++)
        s->load[s->layer[v]] += height_of(s, v);
}

static double weight_sum(const struct map_graph *g, const uint32_t *edge, uint32_t from,
                         uint32_t to) {
    double sum = 0;
    for (uint32_t k = from; k < to; k++)
        sum += g->edge[edge[k]].weight;
    return sum;
}

/* What one column to the right adds to the cost of the links of `v`. */
static double slope(const struct map_graph *g, uint32_t v) {
    return weight_sum(g, g->in_edge, g->in_start[v], g->in_start[v + 1]) -
           weight_sum(g, g->out_edge, g->out_start[v], g->out_start[v + 1]);
}

static double total_cost(const struct layering *s) {
    double cost = 0;
    for (uint32_t v = 0; v < s->g->nodes; v++)
        cost += slope(s->g, v) * s->layer[v];
    for (uint32_t l = 0; l < s->g->layers; l++)
        cost += penalty(s, s->load[l]);
    return cost;
}

/* Collects `v` and all that must move along one column to `right` or left; false when a lane's end
 * is in the way. */
static bool collect_shift(struct layering *s, uint32_t v, bool right, uint32_t *count) {
    const struct map_graph *g = s->g;
    const uint32_t *start = right ? g->out_start : g->in_start;
    const uint32_t *edge = right ? g->out_edge : g->in_edge;
    s->shift++;
    s->stamp[v] = s->shift;
    s->moved[0] = v;
    *count = 1;
    for (uint32_t done = 0; done < *count; done++) {
        uint32_t u = s->moved[done];
        if (right ? s->layer[u] + 1 >= lane_end(g, u)
                  : s->layer[u] == g->lane_first[g->node[u].lane])
            return false;
        for (uint32_t k = start[u]; k < start[u + 1]; k++) {
            uint32_t w = other(g, edge[k], u);
            bool tight = right ? s->layer[w] == s->layer[u] + 1 : s->layer[w] + 1 == s->layer[u];
            if (tight && s->stamp[w] != s->shift) {
                s->stamp[w] = s->shift;
                s->moved[(*count)++] = w;
            }
        }
    }
    return true;
}

/* Shifts `v` and what must move along by one column when that lowers the cost. */
static bool try_shift(struct layering *s, uint32_t v, bool right) {
    uint32_t count;
    if (!collect_shift(s, v, right, &count))
        return false;
    double change = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t l = s->layer[s->moved[i]];
        s->load_after[l] = s->load[l];
        s->load_after[right ? l + 1 : l - 1] = s->load[right ? l + 1 : l - 1];
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t u = s->moved[i], l = s->layer[u], to = right ? l + 1 : l - 1;
        double h = height_of(s, u);
        change += right ? slope(s->g, u) : -slope(s->g, u);
        change += penalty(s, s->load_after[l] - h) - penalty(s, s->load_after[l]);
        s->load_after[l] -= h;
        change += penalty(s, s->load_after[to] + h) - penalty(s, s->load_after[to]);
        s->load_after[to] += h;
    }
    if (change > -1e-6)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t u = s->moved[i], l = s->layer[u], to = right ? l + 1 : l - 1;
        s->load[l] -= height_of(s, u);
        s->load[to] += height_of(s, u);
        s->layer[u] = to;
    }
    return true;
}

static void descend(struct layering *s) {
    bool moved = true;
    for (int round = 0; moved && round < ROUNDS_MAX; round++) {
        moved = false;
        for (uint32_t i = 0; i < s->g->nodes; i++) {
            /* Both directions in turn, so that no end of the ranks is preferred. */
            uint32_t v = s->by_rank[round % 2 == 0 ? i : s->g->nodes - 1 - i];
            while (try_shift(s, v, true))
                moved = true;
            while (try_shift(s, v, false))
                moved = true;
        }
    }
}

/* Columns that the links inside each lane need. */
static void measure_depth(struct layering *s, uint32_t depth[MAP_LANES]) {
    const struct map_graph *g = s->g;
    for (uint32_t i = 0; i < g->nodes; i++) {
        uint32_t v = s->by_rank[i], lane = (uint32_t)g->node[v].lane;
        s->layer[v] = 1;
        for (uint32_t k = g->in_start[v]; k < g->in_start[v + 1]; k++) {
            uint32_t u = g->edge[g->in_edge[k]].left;
            if (g->node[u].lane == g->node[v].lane && s->layer[u] >= s->layer[v])
                s->layer[v] = s->layer[u] + 1;
        }
        depth[lane] = s->layer[v] > depth[lane] ? s->layer[v] : depth[lane];
    }
}

/* Adds columns to the lanes until the boxes fit into the height that the aspect asks for. */
static void choose_columns(struct layering *s, const struct map_options *o,
                           uint32_t columns[MAP_LANES]) {
    double height[MAP_LANES] = {0}, box[MAP_LANES] = {0};
    uint32_t count[MAP_LANES] = {0};
    for (uint32_t v = 0; v < s->g->nodes; v++) {
        const struct map_node *n = &s->g->node[v];
        height[n->lane] += height_of(s, v);
        box[n->lane] = fmax(box[n->lane], n->width);
        count[n->lane]++;
    }
    for (;;) {
        double width = 0, fullest = 0;
        int grow = -1;
        for (int lane = 0; lane < MAP_LANES; lane++) {
            if (columns[lane] == 0)
                continue;
            width += columns[lane] * (box[lane] + o->column_gap) + o->lane_gap;
            double column = height[lane] / columns[lane];
            s->cap = fmax(s->cap, column);
            if (columns[lane] < count[lane] && column > fullest) {
                fullest = column;
                grow = lane;
            }
        }
        double wanted = width / o->aspect * FILL;
        if (grow < 0 || fullest <= wanted) {
            s->cap = fmax(wanted, fullest);
            return;
        }
        columns[grow]++;
    }
}

static void set_lanes(struct map_graph *g, const uint32_t columns[MAP_LANES]) {
    g->layers = 0;
    for (int lane = 0; lane < MAP_LANES; lane++) {
        g->lane_first[lane] = g->layers;
        g->layers += columns[lane];
    }
    g->lane_first[MAP_LANES] = g->layers;
}

/* Takes out columns in which nothing stands. */
static void drop_empty_columns(struct layering *s, struct map_graph *g, uint32_t *renumbered) {
    uint32_t columns[MAP_LANES] = {0}, next = 0;
    for (uint32_t lane = 0; lane < MAP_LANES; lane++)
        for (uint32_t l = g->lane_first[lane]; l < g->lane_first[lane + 1]; l++) {
            bool used = s->used[l];
            renumbered[l] = next;
            columns[lane] += used;
            next += used;
        }
    for (uint32_t v = 0; v < g->nodes; v++)
        g->layer[v] = renumbered[g->layer[v]];
    set_lanes(g, columns);
}

enum err map_assign_layers(const struct map_options *o, struct arena *arena, struct map_graph *g,
                           struct errinfo *info) {
    struct layering s = {.g = g, .box_gap = o->box_gap, .layer = g->layer};
    s.by_rank = arena_new(arena, g->nodes, sizeof(uint32_t));
    s.moved = arena_new(arena, g->nodes, sizeof(uint32_t));
    s.stamp = arena_new(arena, g->nodes, sizeof(uint32_t));
    s.load = arena_new(arena, g->nodes, sizeof(double));
    s.load_after = arena_new(arena, g->nodes, sizeof(double));
    s.used = arena_new(arena, g->nodes, sizeof(bool));
    uint32_t *first = arena_new(arena, g->nodes, sizeof(uint32_t));
    if (s.by_rank == NULL || s.moved == NULL || s.stamp == NULL || s.load == NULL ||
        s.load_after == NULL || s.used == NULL || first == NULL)
        return err_memory(info);
    for (uint32_t v = 0; v < g->nodes; v++) {
        s.by_rank[g->rank[v]] = v;
        s.mean += height_of(&s, v) / g->nodes;
    }
    uint32_t columns[MAP_LANES] = {0};
    measure_depth(&s, columns);
    choose_columns(&s, o, columns);
    set_lanes(g, columns);
    push_all(&s, true);
    descend(&s);
    double cost = total_cost(&s);
    memcpy(first, g->layer, g->nodes * sizeof(*first));
    push_all(&s, false);
    descend(&s);
    if (cost <= total_cost(&s))
        memcpy(g->layer, first, g->nodes * sizeof(*first));
    for (uint32_t v = 0; v < g->nodes; v++)
        s.used[g->layer[v]] = true;
    drop_empty_columns(&s, g, first);
    return ERR_OK;
}
