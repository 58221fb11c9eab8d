/* Halves in trails, then giving back, then filling. */
#include "engine/match/round.h"

#include <stdlib.h>

#include "base/mem.h"
#include "engine/match/improve.h"

struct rounding {
    const struct match_flow *flow;
    const struct match_input *input;
    uint8_t *chosen;
    int64_t *room; /* places left at each vertex; below 0 = too many */
};

static void choose(struct rounding *r, uint32_t e) {
    r->chosen[e] = 1;
    r->room[r->input->u[e]]--;
    r->room[r->input->v[e]]--;
}

/* An edge and its weight, to sort. */
struct weighed {
    double weight;
    uint32_t edge;
};

static int heavier_first(const void *a, const void *b) {
    const struct weighed *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return x->edge < y->edge ? -1 : x->edge > y->edge;
}

/* The edges that `wanted` picks, heaviest first. False when memory is short. */
static bool gather(const struct rounding *r, bool (*wanted)(const struct rounding *, uint32_t),
                   struct weighed **list, uint32_t *count) {
    const struct match_input *in = r->input;
    *count = 0;
    for (uint32_t e = 0; e < in->edge_count; e++)
        *count += wanted(r, e);
    *list = mem_new((size_t)*count + 1, sizeof(**list));
    if (*list == NULL)
        return false;
    uint32_t k = 0;
    for (uint32_t e = 0; e < in->edge_count; e++)
        if (wanted(r, e))
            (*list)[k++] = (struct weighed){in->weight[e], e};
    qsort(*list, *count, sizeof(**list), heavier_first);
    return true;
}

static bool is_half(const struct rounding *r, uint32_t e) {
    const uint8_t *taken = r->flow->taken + 2 * (size_t)e;
    return taken[0] != taken[1];
}

static bool is_surplus(const struct rounding *r, uint32_t e) {
    return r->chosen[e] != 0 && (r->room[r->input->u[e]] < 0 || r->room[r->input->v[e]] < 0);
}

static bool finds_room(const struct rounding *r, uint32_t e) {
    return r->chosen[e] == 0 && r->room[r->input->u[e]] > 0 && r->room[r->input->v[e]] > 0;
}

/* The halves by vertex. */
struct halves {
    struct weighed *edge;
    uint32_t count;
    uint32_t *first, *at, *next; /* next: the first of a vertex's halves that may still be unused */
    uint8_t *used;
};

static bool halves_lay_out(struct halves *h, const struct rounding *r) {
    uint32_t n = r->input->vertex_count;
    h->first = mem_new((size_t)n + 2, sizeof(*h->first));
    h->next = mem_new((size_t)n + 1, sizeof(*h->next));
    h->at = mem_new(2 * (size_t)h->count + 1, sizeof(*h->at));
    h->used = mem_new((size_t)h->count + 1, sizeof(*h->used));
    if (h->first == NULL || h->next == NULL || h->at == NULL || h->used == NULL)
        return false;
    for (uint32_t i = 0; i < h->count; i++) {
        h->first[r->input->u[h->edge[i].edge] + 1]++;
        h->first[r->input->v[h->edge[i].edge] + 1]++;
    }
    for (uint32_t v = 0; v < n; v++) {
        h->first[v + 1] += h->first[v];
        h->next[v] = h->first[v];
    }
    for (uint32_t i = 0; i < h->count; i++) {
        h->at[h->next[r->input->u[h->edge[i].edge]]++] = i;
        h->at[h->next[r->input->v[h->edge[i].edge]]++] = i;
    }
    for (uint32_t v = 0; v < n; v++)
        h->next[v] = h->first[v];
    return true;
}

/* Follows unused halves from a vertex, choosing every other one as far as there is room. */
static void follow(struct rounding *r, struct halves *h, uint32_t vertex) {
    bool in = true;
    for (;;) {
        while (h->next[vertex] < h->first[vertex + 1] && h->used[h->at[h->next[vertex]]] != 0)
            h->next[vertex]++;
        if (h->next[vertex] == h->first[vertex + 1])
            return;
        uint32_t i = h->at[h->next[vertex]], e = h->edge[i].edge;
        h->used[i] = 1;
        if (in && finds_room(r, e))
            choose(r, e);
        in = !in;
        vertex = r->input->u[e] == vertex ? r->input->v[e] : r->input->u[e];
    }
}

static bool round_halves(struct rounding *r) {
    struct halves h = {0};
    bool ok = gather(r, is_half, &h.edge, &h.count) && halves_lay_out(&h, r);
    uint32_t n = r->input->vertex_count;
    for (uint32_t v = 0; ok && v < n; v++) /* trails have their ends where the number is odd */
        if ((h.first[v + 1] - h.first[v]) % 2 == 1)
            follow(r, &h, v);
    for (uint32_t v = 0; ok && v < n; v++)
        while (h.next[v] < h.first[v + 1])
            follow(r, &h, v);
    mem_free(h.edge);
    mem_free(h.first);
    mem_free(h.next);
    mem_free(h.at);
    mem_free(h.used);
    return ok;
}

static bool give_back(struct rounding *r) {
    struct weighed *list;
    uint32_t count;
    if (!gather(r, is_surplus, &list, &count))
        return false;
    while (count > 0) {
        uint32_t e = list[--count].edge;
        if (!is_surplus(r, e))
            continue;
        r->chosen[e] = 0;
        r->room[r->input->u[e]]++;
        r->room[r->input->v[e]]++;
    }
    mem_free(list);
    return true;
}

static bool fill_up(struct rounding *r) {
    struct weighed *list;
    uint32_t count;
    if (!gather(r, finds_room, &list, &count))
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (finds_room(r, list[i].edge))
            choose(r, list[i].edge);
    mem_free(list);
    return true;
}

bool match_round(const struct match_flow *f, const double *price, const struct job *job,
                 uint8_t *chosen) {
    const struct match_input *in = f->graph->input;
    struct rounding r = {.flow = f, .input = in, .chosen = chosen};
    r.room = mem_new((size_t)in->vertex_count + 1, sizeof(*r.room));
    if (r.room == NULL)
        return false;
    for (uint32_t v = 0; v < in->vertex_count; v++)
        r.room[v] = in->capacity[v];
    for (uint32_t e = 0; e < in->edge_count; e++)
        if (f->doubled ? f->taken[2 * (size_t)e] != 0 && f->taken[2 * (size_t)e + 1] != 0
                       : f->taken[e] != 0)
            choose(&r, e);
    bool ok = f->exact || give_back(&r);
    ok = ok && (!f->doubled || round_halves(&r));
    if (ok && !(f->exact && !f->doubled))
        ok = fill_up(&r) && match_improve(f->graph, price, chosen, r.room, job) && fill_up(&r);
    mem_free(r.room);
    return ok;
}
