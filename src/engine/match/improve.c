/* Best-first search from one vertex, at the cost of reduced weights; what it gains is counted in
 * weights. */
#include "engine/match/improve.h"

#include "base/mem.h"

enum { PASSES_MAX = 6, STEPS_MAX = 4000 };

#define NO_EDGE UINT32_MAX

struct step {
    double cost;
    uint32_t node;
};

/* Node x is vertex x that needs one, node vertex_count + x the vertex that has one over. */
struct improver {
    const struct match_graph *g;
    const double *price;
    uint8_t *chosen;
    int64_t *room;
    uint32_t *edge; /* 2 * edge_count: the edges of a vertex, as graph.first lays them out */
    double *cost;   /* of the cheapest walk to each node; below 0 outside of a search */
    uint32_t *parent;
    uint32_t *reached, reached_count;
    uint32_t *used; /* of each edge: the walk that last counted it */
    uint32_t walk;
    struct step *heap;
    uint32_t heap_count, heap_room;
    double dearest; /* highest price of a vertex with room */
};

static bool list_edges(struct improver *im) {
    const struct match_input *in = im->g->input;
    size_t n = in->vertex_count, m = in->edge_count;
    uint32_t *next = mem_new(n + 1, sizeof(*next));
    im->edge = mem_new(2 * m + 1, sizeof(*im->edge));
    im->cost = mem_new(2 * n + 1, sizeof(*im->cost));
    im->parent = mem_new(2 * n + 1, sizeof(*im->parent));
    im->reached = mem_new(2 * n + 1, sizeof(*im->reached));
    im->used = mem_new(m + 1, sizeof(*im->used));
    bool ok = next != NULL && im->edge != NULL && im->cost != NULL && im->parent != NULL &&
              im->reached != NULL && im->used != NULL;
    for (size_t v = 0; ok && v < n; v++) {
        next[v] = im->g->first[v];
        im->cost[v] = im->cost[n + v] = -1;
    }
    for (uint32_t e = 0; ok && e < m; e++) {
        im->edge[next[in->u[e]]++] = e;
        im->edge[next[in->v[e]]++] = e;
    }
    mem_free(next);
    return ok;
}

static void improver_release(struct improver *im) {
    mem_free(im->edge);
    mem_free(im->cost);
    mem_free(im->parent);
    mem_free(im->reached);
    mem_free(im->used);
    mem_free(im->heap);
}

static bool before(struct step a, struct step b) {
    return a.cost < b.cost || (a.cost == b.cost && a.node < b.node);
}

static bool push(struct improver *im, double cost, uint32_t node) {
    if (im->heap_count == im->heap_room) {
        uint32_t room = im->heap_room < 256 ? 256 : 2 * im->heap_room;
        struct step *grown = mem_resize(im->heap, room, sizeof(*grown));
        if (grown == NULL)
            return false;
        im->heap = grown;
        im->heap_room = room;
    }
    struct step step = {cost, node};
    uint32_t i = im->heap_count++;
    for (; i > 0 && before(step, im->heap[(i - 1) / 2]); i = (i - 1) / 2)
        im->heap[i] = im->heap[(i - 1) / 2];
    im->heap[i] = step;
    return true;
}

static struct step pop(struct improver *im) {
    struct step top = im->heap[0], last = im->heap[--im->heap_count];
    uint32_t i = 0;
    for (uint32_t child; (child = 2 * i + 1) < im->heap_count; i = child) {
        if (child + 1 < im->heap_count && before(im->heap[child + 1], im->heap[child]))
            child++;
        if (!before(im->heap[child], last))
            break;
        im->heap[i] = im->heap[child];
    }
    im->heap[i] = last;
    return top;
}

/* The node that the walk came from over its last edge. */
static uint32_t came_from(const struct improver *im, uint32_t node) {
    const struct match_input *in = im->g->input;
    uint32_t n = in->vertex_count, v = node < n ? node : node - n, e = im->parent[node];
    uint32_t other = in->u[e] == v ? in->v[e] : in->u[e];
    return node < n ? other + n : other;
}

/* Places of floors that a vertex wins by `change` (1 or -1), in weights: more than any walk gains.
 */
static double floor_gain(const struct improver *im, uint32_t v, int change) {
    const struct match_input *in = im->g->input;
    if (in->floor == NULL)
        return 0;
    int64_t used = in->capacity[v] - im->room[v], lacks = in->floor[v] - used;
    double place = im->g->heaviest * (1.0 + in->vertex_count);
    return change > 0 ? (lacks > 0 ? place : 0) : (lacks >= 0 ? -place : 0);
}

/* What the walk to `node` gains when it ends there; at most 0 when it may not be walked. */
static double gain_of(struct improver *im, uint32_t start, uint32_t node) {
    const struct match_input *in = im->g->input;
    uint32_t n = in->vertex_count;
    if (node >= n && im->room[node - n] < (node - n == start ? 2 : 1))
        return 0;
    double gain = floor_gain(im, start, 1);
    gain += floor_gain(im, node < n ? node : node - n, node < n ? -1 : 1);
    im->walk++;
    while (im->parent[node] != NO_EDGE) {
        uint32_t e = im->parent[node];
        if (im->used[e] == im->walk)
            return 0;
        im->used[e] = im->walk;
        gain += node >= n ? in->weight[e] : -in->weight[e];
        node = came_from(im, node);
    }
    return gain;
}

static void carry_out(struct improver *im, uint32_t start, uint32_t node) {
    uint32_t n = im->g->input->vertex_count;
    im->room[start]--;
    im->room[node >= n ? node - n : node] += node >= n ? -1 : 1;
    while (im->parent[node] != NO_EDGE) {
        im->chosen[im->parent[node]] ^= 1;
        node = came_from(im, node);
    }
}

static bool reach(struct improver *im, double cost, uint32_t node, uint32_t edge) {
    if (im->cost[node] >= 0 && im->cost[node] <= cost)
        return true;
    if (im->cost[node] < 0)
        im->reached[im->reached_count++] = node;
    im->cost[node] = cost;
    im->parent[node] = edge;
    return push(im, cost, node);
}

/* Goes on from a node, to those that are not too dear to gain anything. */
static bool look_around(struct improver *im, struct step from, double limit, uint32_t *steps) {
    const struct match_input *in = im->g->input;
    uint32_t n = in->vertex_count, v = from.node < n ? from.node : from.node - n;
    bool needs = from.node < n;
    for (uint32_t i = im->g->first[v]; i < im->g->first[v + 1]; i++) {
        uint32_t e = im->edge[i], other = im->g->other[i];
        if ((im->chosen[e] != 0) == needs)
            continue;
        double r = in->weight[e] - im->price[v] - im->price[other];
        double by = needs ? -r : r;
        double cost = from.cost + (by > 0 ? by : 0);
        ++*steps;
        if (cost < limit && !reach(im, cost, needs ? other + n : other, e))
            return false;
    }
    return true;
}

/* Searches from a vertex with room, and carries out the best walk. */
static bool improve_at(struct improver *im, uint32_t start, bool *improved) {
    double limit = im->price[start] + im->dearest, best = 1e-12 * im->g->heaviest;
    if (floor_gain(im, start, 1) > 0)
        limit = im->g->heaviest * (1.0 + im->g->input->vertex_count);
    uint32_t end = NO_EDGE, steps = 0;
    im->heap_count = 0;
    bool ok = reach(im, 0, start, NO_EDGE);
    while (ok && im->heap_count > 0 && steps < STEPS_MAX) {
        struct step step = pop(im);
        if (step.cost > im->cost[step.node])
            continue;
        double gain = step.node == start ? 0 : gain_of(im, start, step.node);
        if (gain > best) {
            best = gain;
            end = step.node;
            break; /* walks come cheapest first; the next pass goes on */
        }
        ok = look_around(im, step, limit, &steps);
    }
    if (ok && end != NO_EDGE) {
        carry_out(im, start, end);
        *improved = true;
    }
    for (uint32_t i = 0; i < im->reached_count; i++)
        im->cost[im->reached[i]] = -1;
    im->reached_count = 0;
    return ok;
}

bool match_improve(const struct match_graph *g, const double *price, uint8_t *chosen, int64_t *room,
                   const struct job *job) {
    struct improver im = {.g = g, .price = price, .chosen = chosen, .room = room};
    uint32_t n = g->input->vertex_count;
    bool ok = list_edges(&im), improved = true;
    for (int pass = 0; ok && improved && pass < PASSES_MAX; pass++) {
        improved = false;
        im.dearest = 0;
        for (uint32_t v = 0; v < n; v++)
            if (room[v] > 0 && price[v] > im.dearest)
                im.dearest = price[v];
        for (uint32_t v = 0; ok && v < n && !job_should_stop(job); v++)
            if (room[v] > 0 && (price[v] > 0 || floor_gain(&im, v, 1) > 0))
                ok = improve_at(&im, v, &improved);
    }
    improver_release(&im);
    return ok;
}
