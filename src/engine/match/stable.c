/*
 * Stable plans. By one shared weight: the heaviest edge is what both its ends want most, so it is
 * in, and so on down; between equal weights all rank others by the same numbers, so that going by
 * the smaller end, then the larger, keeps this true. By two values: every u proposes down its list,
 * every v keeps the best it was offered.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/match/graph.h"
#include "engine/match/rank.h"

/* An edge in the order in which it is looked at: by group, then value, then numbers. */
struct turn {
    uint32_t group, low, high, edge;
    double value;
};

static int earlier(const void *a, const void *b) {
    const struct turn *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->value != y->value)
        return x->value > y->value ? -1 : 1;
    if (x->low != y->low)
        return x->low < y->low ? -1 : 1;
    return x->high < y->high ? -1 : x->high > y->high;
}

static void by_weight(const struct match_input *in, struct turn *turn, uint32_t *room,
                      uint8_t *chosen) {
    for (uint32_t e = 0; e < in->edge_count; e++) {
        uint32_t u = in->u[e], v = in->v[e];
        turn[e] = (struct turn){0, u < v ? u : v, u < v ? v : u, e, in->weight[e]};
    }
    qsort(turn, in->edge_count, sizeof(*turn), earlier);
    for (uint32_t i = 0; i < in->edge_count; i++) {
        uint32_t e = turn[i].edge;
        if (room[in->u[e]] == 0 || room[in->v[e]] == 0)
            continue;
        room[in->u[e]]--;
        room[in->v[e]]--;
        chosen[e] = 1;
    }
}

/* Deferred acceptance. The lists of the u lie one after the other in `turn`; what a v holds is a
 * heap from held[held_first[v]] with the worst on top. */
struct offers {
    const struct match_input *in;
    const uint32_t *rank_v;
    const struct turn *turn;
    uint32_t *next, *end;         /* of each u: into `turn` */
    uint32_t *held_first, *count; /* of each v */
    uint32_t *held;
    uint32_t *waiting, waiting_count; /* the u that have room and may have more to propose */
};

static bool worse(const struct offers *o, uint32_t a, uint32_t b) {
    return match_rank_before(match_rank_of(o->in, o->rank_v, b, false),
                             match_rank_of(o->in, o->rank_v, a, false));
}

static void keep(struct offers *o, uint32_t v, uint32_t e) {
    uint32_t *heap = o->held + o->held_first[v], i = o->count[v]++;
    for (; i > 0 && worse(o, e, heap[(i - 1) / 2]); i = (i - 1) / 2)
        heap[i] = heap[(i - 1) / 2];
    heap[i] = e;
}

/* Puts `e` in the place of the worst. */
static void replace_worst(struct offers *o, uint32_t v, uint32_t e) {
    uint32_t *heap = o->held + o->held_first[v], i = 0;
    for (uint32_t child; (child = 2 * i + 1) < o->count[v]; i = child) {
        if (child + 1 < o->count[v] && worse(o, heap[child + 1], heap[child]))
            child++;
        if (!worse(o, heap[child], e))
            break;
        heap[i] = heap[child];
    }
    heap[i] = e;
}

/* `u` proposes until it is full or its list is at its end; who loses a place waits again. */
static void propose(struct offers *o, uint32_t u, uint32_t *room, uint8_t *chosen) {
    const struct match_input *in = o->in;
    while (room[u] > 0 && o->next[u] < o->end[u]) {
        uint32_t e = o->turn[o->next[u]++].edge, v = in->v[e];
        if (o->count[v] < in->capacity[v]) {
            keep(o, v, e);
        } else if (in->capacity[v] > 0 && worse(o, o->held[o->held_first[v]], e)) {
            uint32_t lost = o->held[o->held_first[v]], loser = in->u[lost];
            replace_worst(o, v, e);
            chosen[lost] = 0;
            if (room[loser]++ == 0 && loser != u)
                o->waiting[o->waiting_count++] = loser;
        } else {
            continue;
        }
        chosen[e] = 1;
        room[u]--;
    }
}

static void prepare(struct offers *o, struct turn *turn, const uint32_t *rank_u) {
    const struct match_input *in = o->in;
    uint32_t n = in->vertex_count;
    for (uint32_t e = 0; e < in->edge_count; e++) {
        turn[e] = (struct turn){in->u[e], in->v[e], 0, e, (double)rank_u[e]};
        o->held_first[in->v[e] + 1]++;
    }
    qsort(turn, in->edge_count, sizeof(*turn), earlier);
    for (uint32_t v = 0; v < n; v++)
        o->held_first[v + 1] += o->held_first[v];
    for (uint32_t i = 0; i < in->edge_count; i++) {
        if (i == 0 || turn[i].group != turn[i - 1].group) {
            o->next[turn[i].group] = i;
            o->waiting[o->waiting_count++] = turn[i].group;
        }
        o->end[turn[i].group] = i + 1;
    }
}

/* False when memory is short. */
static bool by_ranks(const struct match_input *in, const uint32_t *rank_u, const uint32_t *rank_v,
                     struct turn *turn, uint32_t *room, uint8_t *chosen) {
    size_t n = in->vertex_count;
    struct offers o = {.in = in, .rank_v = rank_v, .turn = turn};
    o.next = mem_new(n + 1, sizeof(*o.next));
    o.end = mem_new(n + 1, sizeof(*o.end));
    o.held_first = mem_new(n + 2, sizeof(*o.held_first));
    o.count = mem_new(n + 1, sizeof(*o.count));
    o.waiting = mem_new(n + 1, sizeof(*o.waiting));
    o.held = mem_new((size_t)in->edge_count + 1, sizeof(*o.held));
    bool ok = o.next != NULL && o.end != NULL && o.held_first != NULL && o.count != NULL &&
              o.waiting != NULL && o.held != NULL;
    if (ok)
        prepare(&o, turn, rank_u);
    while (ok && o.waiting_count > 0)
        propose(&o, o.waiting[--o.waiting_count], room, chosen);
    mem_free(o.next);
    mem_free(o.end);
    mem_free(o.held_first);
    mem_free(o.count);
    mem_free(o.waiting);
    mem_free(o.held);
    return ok;
}

static enum err check_sides(const struct match_input *in, struct errinfo *info) {
    uint8_t *ends = mem_new((size_t)in->vertex_count + 1, 1);
    if (ends == NULL)
        return err_memory(info);
    enum err err = ERR_OK;
    for (uint32_t e = 0; e < in->edge_count; e++) {
        ends[in->u[e]] |= 1;
        ends[in->v[e]] |= 2;
    }
    for (uint32_t v = 0; err == ERR_OK && v < in->vertex_count; v++)
        if (ends[v] == 3)
            err = err_set(info, ERR_INPUT, "vertex %u is on both sides of edges", v);
    if (err != ERR_OK)
        err_hint(info, "Two values an edge give a stable plan between two sides only");
    mem_free(ends);
    return err;
}

enum err match_stable(const struct match_input *in, const uint32_t *rank_u, const uint32_t *rank_v,
                      struct match_plan *plan, struct errinfo *info) {
    *plan = (struct match_plan){.status = MATCH_FEASIBLE};
    enum err err = match_input_check(in, info);
    if (err == ERR_OK && rank_u != NULL)
        err = check_sides(in, info);
    if (err != ERR_OK)
        return err;
    struct turn *turn = mem_new((size_t)in->edge_count + 1, sizeof(*turn));
    uint32_t *room = mem_new((size_t)in->vertex_count + 1, sizeof(*room));
    plan->chosen = mem_new((size_t)in->edge_count + 1, sizeof(*plan->chosen));
    bool ok = turn != NULL && room != NULL && plan->chosen != NULL;
    for (uint32_t v = 0; ok && v < in->vertex_count; v++)
        room[v] = in->capacity[v];
    if (ok && rank_u != NULL)
        ok = by_ranks(in, rank_u, rank_v, turn, room, plan->chosen);
    else if (ok)
        by_weight(in, turn, room, plan->chosen);
    for (uint32_t e = 0; ok && e < in->edge_count; e++)
        if (plan->chosen[e] != 0) {
            plan->pairs++;
            plan->weight += in->weight[e];
        }
    mem_free(turn);
    mem_free(room);
    if (!ok) {
        match_plan_release(plan);
        return err_memory(info);
    }
    return ERR_OK;
}
