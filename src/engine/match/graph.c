/* Checking an input, laying out its neighbours, and finding whether it is bipartite. */
#include "engine/match/graph.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"

static enum err check_vertices(const struct match_input *in, struct errinfo *info) {
    for (uint32_t v = 0; v < in->vertex_count; v++) {
        if (in->capacity[v] > MATCH_CAPACITY_MAX)
            return err_set(info, ERR_LIMIT, "vertex %u has capacity %u; at most %d are possible", v,
                           in->capacity[v], MATCH_CAPACITY_MAX);
        if (in->floor != NULL && in->floor[v] > in->capacity[v])
            return err_set(info, ERR_INPUT, "vertex %u has floor %u above its capacity %u", v,
                           in->floor[v], in->capacity[v]);
        if (in->start_price != NULL && !(in->start_price[v] >= 0 && isfinite(in->start_price[v])))
            return err_set(info, ERR_INPUT, "vertex %u begins with a price that is not >= 0", v);
    }
    return ERR_OK;
}

enum err match_input_check(const struct match_input *in, struct errinfo *info) {
    if (in->vertex_count > MATCH_VERTICES_MAX)
        return err_set(info, ERR_LIMIT, "%u vertices; at most %d are possible", in->vertex_count,
                       MATCH_VERTICES_MAX);
    if (in->edge_count > MATCH_EDGES_MAX)
        return err_set(info, ERR_LIMIT, "%u edges; at most %d are possible", in->edge_count,
                       MATCH_EDGES_MAX);
    for (uint32_t e = 0; e < in->edge_count; e++) {
        if (in->u[e] >= in->vertex_count || in->v[e] >= in->vertex_count)
            return err_set(info, ERR_INPUT, "edge %u joins %u and %u; vertices are 0 to %u", e,
                           in->u[e], in->v[e], in->vertex_count - 1);
        if (in->u[e] == in->v[e])
            return err_set(info, ERR_INPUT, "edge %u joins vertex %u with itself", e, in->u[e]);
        if (!(in->weight[e] >= 0 && in->weight[e] <= 1e15)) /* not a number fails, too */
            return err_set(info, ERR_INPUT, "edge %u has weight %g; it must be 0 or more", e,
                           in->weight[e]);
    }
    return check_vertices(in, info);
}

/* The largest unit that keeps all weights exact, or 2^-30 of the heaviest. */
static void choose_unit(struct match_graph *g) {
    const struct match_input *in = g->input;
    double heaviest = 0;
    bool whole = true;
    for (uint32_t e = 0; e < in->edge_count; e++) {
        double w = in->weight[e];
        heaviest = w > heaviest ? w : heaviest;
        whole = whole && w <= 0x1p30 && w == (double)(int64_t)w;
    }
    g->heaviest = heaviest > 0 ? heaviest : 1;
    g->whole = whole;
    g->unit = whole ? 1 : g->heaviest * 0x1p-30;
}

static bool lay_out(struct match_graph *g) {
    const struct match_input *in = g->input;
    uint32_t n = in->vertex_count, m = in->edge_count;
    g->first = mem_new((size_t)n + 2, sizeof(*g->first));
    g->other = mem_new(2 * (size_t)m + 1, sizeof(*g->other));
    g->share = mem_new(2 * (size_t)m + 1, sizeof(*g->share));
    if (g->first == NULL || g->other == NULL || g->share == NULL)
        return false;
    /* first[v + 1] counts, then is where v's next neighbour goes, and ends as v's end. */
    uint32_t *next = g->first + 1;
    for (uint32_t e = 0; e < m; e++) {
        next[in->u[e] + 1]++;
        next[in->v[e] + 1]++;
    }
    for (uint32_t v = 1; v <= n; v++) {
        g->widest = next[v] > g->widest ? next[v] : g->widest;
        next[v] += next[v - 1];
    }
    double scale = 1 / g->heaviest;
    for (uint32_t e = 0; e < m; e++) {
        uint32_t a = in->u[e], b = in->v[e];
        float share = (float)(in->weight[e] * scale);
        uint32_t i = next[a]++, j = next[b]++;
        g->other[i] = b;
        g->share[i] = share;
        g->other[j] = a;
        g->share[j] = share;
    }
    return true;
}

/* No pair twice: `seen` remembers the last vertex that met another one. */
static enum err check_once(const struct match_graph *g, uint32_t *seen, struct errinfo *info) {
    for (uint32_t v = 0; v < g->input->vertex_count; v++)
        for (uint32_t i = g->first[v]; i < g->first[v + 1]; i++) {
            uint32_t o = g->other[i];
            if (seen[o] == v + 1)
                return err_set(info, ERR_INPUT, "the edge between %u and %u occurs twice",
                               v < o ? v : o, v < o ? o : v);
            seen[o] = v + 1;
        }
    return ERR_OK;
}

/* Two sides by breadth-first search; side stays NULL when an odd circle is met. */
static bool find_sides(struct match_graph *g, uint32_t *queue) {
    uint32_t n = g->input->vertex_count;
    g->side = mem_new((size_t)n + 1, 1);
    if (g->side == NULL)
        return false;
    memset(g->side, 2, n);
    for (uint32_t root = 0; root < n; root++) {
        if (g->side[root] != 2)
            continue;
        uint32_t head = 0, tail = 0;
        g->side[root] = 0;
        queue[tail++] = root;
        while (head < tail) {
            uint32_t v = queue[head++];
            for (uint32_t i = g->first[v]; i < g->first[v + 1]; i++) {
                uint32_t o = g->other[i];
                if (g->side[o] == 2) {
                    g->side[o] = (uint8_t)(1 - g->side[v]);
                    queue[tail++] = o;
                } else if (g->side[o] == g->side[v]) {
                    mem_free(g->side);
                    g->side = NULL;
                    return true;
                }
            }
        }
    }
    return true;
}

enum err match_graph_init(struct match_graph *g, const struct match_input *input,
                          struct errinfo *info) {
    *g = (struct match_graph){.input = input};
    enum err err = match_input_check(input, info);
    if (err != ERR_OK)
        return err;
    choose_unit(g);
    uint32_t *scratch = mem_new((size_t)input->vertex_count + 1, sizeof(*scratch));
    if (scratch == NULL || !lay_out(g)) {
        err = err_memory(info);
        goto done;
    }
    err = check_once(g, scratch, info);
    if (err == ERR_OK && !find_sides(g, scratch))
        err = err_memory(info);
done:
    mem_free(scratch);
    if (err != ERR_OK)
        match_graph_release(g);
    return err;
}

void match_graph_release(struct match_graph *g) {
    mem_free(g->first);
    mem_free(g->other);
    mem_free(g->share);
    mem_free(g->side);
    *g = (struct match_graph){0};
}
