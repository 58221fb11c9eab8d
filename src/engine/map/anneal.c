/*
 * Fewer crossings by simulated annealing over the places of single vertices.
 *
 * For every pair of vertices of a column a table holds what it adds to the crossings when the
 * first, above the second, goes below it (the crossing matrix of the one-sided problem, for both
 * sides at once). So a move over k places is judged by adding k numbers, and only a move that is
 * made costs more: the pairs of neighbours of the two vertices that changed places get their
 * entries mended. That makes millions of trials affordable where merging adjacency rows (sifting:
 * Matuszewski, Schoenfeld, Molitor, GD 1999) allows thousands.
 *
 * A trial takes a random vertex to a random place nearby; it is made when it adds less than a
 * random number of exponential distribution times the temperature (Metropolis). The temperature
 * falls geometrically; every cooling starts from the best order so far and ends with every vertex
 * sifted to its best place until nothing moves. The number of trials is fixed and all arithmetic is
 * of integers, so the result does not depend on the machine or its load.
 */
#include <string.h>

#include "base/rng.h"
#include "engine/map/graph_private.h"

/* Fixed, so that the picture stays the same from visit to visit. */
static const uint64_t SEED = 20241126;

/* Elementary steps (table entries read or mended, about 1 ns each) of a map: what a vertex gets,
 * and the most that is affordable. Maps that would need more are sifted only, within that bound: a
 * cooling cut short is worse than none. */
static const uint64_t STEPS_PER_VERTEX = 25000, STEPS_MAX = 100000000;

/* Larger maps are for machines, not for readers: for them the sweeps must do. */
static const uint64_t TABLE_MAX = 16000000, BUILD_MAX = 200000000, LINKS_MAX = 40000;

/* Temperatures in crossings, in 1/1024: from moves that cost a few crossings to none that do. */
enum { HOT = 8 * 1024, COOLINGS = 2, ROUNDS = 48 };

/* Farthest move of a trial. */
enum { REACH = 12 };

struct annealing {
    struct map_proper *p;
    const struct job *job;
    struct rng rng;
    int32_t *table;  /* all columns' tables */
    size_t *base;    /* by column: where its table begins */
    uint32_t *local; /* by vertex: its row and column in the table */
    uint32_t *best;  /* order */
    int64_t change, best_change;
    uint64_t steps;
    bool stopped;
};

static uint32_t width_of(const struct map_proper *p, uint32_t layer) {
    return p->layer_start[layer + 1] - p->layer_start[layer];
}

static int32_t *entry(const struct annealing *s, uint32_t layer, uint32_t u, uint32_t v) {
    return s->table + s->base[layer] + (size_t)s->local[u] * width_of(s->p, layer) + s->local[v];
}

/* Adds to the tables of both neighbouring columns what `u` above `v` means for their neighbours:
 * those of u should be above those of v. */
static void count_pair(struct annealing *s, uint32_t u, uint32_t v, int32_t factor) {
    const struct map_proper *p = s->p;
    for (uint32_t side = 0; side < 2; side++) {
        const struct map_adjacency *rows = &p->side[side];
        uint32_t layer = side == 0 ? p->layer[u] - 1 : p->layer[u] + 1;
        for (uint32_t i = rows->start[u]; i < rows->start[u + 1]; i++)
            for (uint32_t k = rows->start[v]; k < rows->start[v + 1]; k++) {
                uint32_t a = rows->at[i], b = rows->at[k];
                if (a != b) {
                    *entry(s, layer, a, b) += factor;
                    *entry(s, layer, b, a) -= factor;
                }
                s->steps += 2;
            }
    }
}

static void build_tables(struct annealing *s) {
    const struct map_proper *p = s->p;
    memset(s->table, 0, s->base[p->layers] * sizeof(*s->table));
    for (uint32_t l = 0; l < p->layers; l++)
        for (uint32_t i = p->layer_start[l]; i < p->layer_start[l + 1]; i++)
            for (uint32_t k = i + 1; k < p->layer_start[l + 1]; k++)
                count_pair(s, p->order[i], p->order[k], 1);
}

/* What it adds to the crossings when `v` goes from place `from` of its column to `to`. */
static int64_t judge(struct annealing *s, uint32_t v, uint32_t from, uint32_t to) {
    const struct map_proper *p = s->p;
    uint32_t layer = p->layer[v];
    const uint32_t *at = p->order + p->layer_start[layer];
    const int32_t *row = entry(s, layer, v, at[0]) - s->local[at[0]];
    int64_t change = 0;
    for (uint32_t i = from + 1; i <= to; i++)
        change += row[s->local[at[i]]];
    for (uint32_t i = to; i < from; i++)
        change -= row[s->local[at[i]]];
    s->steps += to > from ? to - from : from - to;
    return change;
}

/* Moves `v` and mends the tables. */
static void move_vertex(struct annealing *s, uint32_t v, uint32_t from, uint32_t to) {
    struct map_proper *p = s->p;
    uint32_t *at = p->order + p->layer_start[p->layer[v]];
    for (uint32_t i = from; i < to; i++) {
        at[i] = at[i + 1];
        p->pos[at[i]] = i;
        count_pair(s, v, at[i], -2);
    }
    for (uint32_t i = from; i > to; i--) {
        at[i] = at[i - 1];
        p->pos[at[i]] = i;
        count_pair(s, at[i], v, -2);
    }
    at[to] = v;
    p->pos[v] = to;
}

/* Moves `v` to the best place of its column; whether it moved. */
static bool sift(struct annealing *s, uint32_t v) {
    const struct map_proper *p = s->p;
    uint32_t layer = p->layer[v], from = p->pos[v], to = from, count = width_of(p, layer);
    const uint32_t *at = p->order + p->layer_start[layer];
    const int32_t *row = entry(s, layer, v, at[0]) - s->local[at[0]];
    int64_t change = 0, best = 0;
    for (uint32_t i = from + 1; i < count; i++) {
        change += row[s->local[at[i]]];
        if (change < best) {
            best = change;
            to = i;
        }
    }
    change = 0;
    for (uint32_t i = from; i-- > 0;) {
        change -= row[s->local[at[i]]];
        if (change < best) {
            best = change;
            to = i;
        }
    }
    s->steps += count;
    if (to != from)
        move_vertex(s, v, from, to);
    s->change += best;
    return to != from;
}

/* Sifts everything until nothing moves, within a number of steps. */
static void sift_all(struct annealing *s, uint64_t steps_max) {
    bool moved = true;
    while (moved && !s->stopped) {
        moved = false;
        for (uint32_t v = 0; v < s->p->vertices && s->steps < steps_max; v++)
            moved |= sift(s, v);
        s->stopped = job_should_stop(s->job);
    }
    if (s->change < s->best_change) {
        s->best_change = s->change;
        memcpy(s->best, s->p->order, s->p->vertices * sizeof(*s->best));
    }
}

static void restore_best(struct annealing *s) {
    struct map_proper *p = s->p;
    memcpy(p->order, s->best, p->vertices * sizeof(*s->best));
    for (uint32_t l = 0; l < p->layers; l++)
        for (uint32_t i = p->layer_start[l]; i < p->layer_start[l + 1]; i++)
            p->pos[p->order[i]] = i - p->layer_start[l];
    s->change = s->best_change;
}

/* -log2 of a uniform random number, in 1/1024, with straight lines between the powers of two. */
static int64_t exponential(uint64_t random) {
    int zeros = __builtin_clzll(random | 1);
    uint64_t fraction = zeros < 50 ? (random << zeros << 1) >> 54 : 0;
    return zeros * 1024 + 1023 - (int64_t)fraction;
}

static void try_move(struct annealing *s, int64_t temperature) {
    const struct map_proper *p = s->p;
    uint32_t v = rng_below(&s->rng, p->vertices), from = p->pos[v];
    uint32_t count = width_of(p, p->layer[v]);
    uint64_t random = rng_u64(&s->rng);
    uint32_t by = 1 + (uint32_t)(random & 0xff) % REACH;
    uint32_t to = (random & 0x100) != 0 ? from + by : from - by;
    s->steps += 8;
    if (to >= count)
        return;
    int64_t change = judge(s, v, from, to);
    /* The low bits chose the place, the high ones decide. */
    if (change > 0 && change * 1024 * 1024 > temperature * exponential(random))
        return;
    move_vertex(s, v, from, to);
    s->change += change;
}

static void cool(struct annealing *s, uint64_t steps_max) {
    uint64_t start = s->steps;
    int64_t temperature = HOT;
    for (int round = 1; round <= ROUNDS && !s->stopped; round++) {
        uint64_t end = start + (steps_max - start) / ROUNDS * (uint64_t)round;
        while (s->steps < end)
            try_move(s, temperature);
        temperature = temperature * 15 / 16;
        s->stopped = job_should_stop(s->job);
    }
    sift_all(s, UINT64_MAX);
}

/* Whether the map is small enough for the tables. */
static bool measure(struct annealing *s, struct arena *arena, bool *memory) {
    const struct map_proper *p = s->p;
    uint64_t build = 0, links = 0;
    *memory = true;
    s->base = arena_new(arena, (size_t)p->layers + 1, sizeof(*s->base));
    s->local = arena_new(arena, p->vertices, sizeof(*s->local));
    if (s->base == NULL || s->local == NULL)
        return *memory = false;
    for (uint32_t l = 0; l < p->layers; l++) {
        uint64_t width = width_of(p, l), segments = 0;
        s->base[l + 1] = s->base[l] + width * width;
        for (uint32_t i = p->layer_start[l]; i < p->layer_start[l + 1]; i++) {
            uint32_t v = p->order[i];
            s->local[v] = i - p->layer_start[l];
            segments += p->side[1].start[v + 1] - p->side[1].start[v];
        }
        build += segments * segments;
        links = segments > links ? segments : links;
    }
    return s->base[p->layers] <= TABLE_MAX && build <= BUILD_MAX && links <= LINKS_MAX;
}

enum err map_anneal(struct arena *arena, const struct job *job, struct map_proper *p, bool *stopped,
                    struct errinfo *info) {
    struct annealing s = {.p = p, .job = job, .stopped = *stopped};
    bool memory;
    if (p->vertices == 0 || *stopped || !measure(&s, arena, &memory))
        return p->vertices == 0 || *stopped || memory ? ERR_OK : err_memory(info);
    s.table = arena_new(arena, s.base[p->layers], sizeof(*s.table));
    s.best = arena_new(arena, p->vertices, sizeof(*s.best));
    if (s.table == NULL || s.best == NULL)
        return err_memory(info);
    rng_init(&s.rng, SEED);
    memcpy(s.best, p->order, p->vertices * sizeof(*s.best));
    uint64_t steps = STEPS_PER_VERTEX * p->vertices;
    if (steps > STEPS_MAX) {
        build_tables(&s);
        sift_all(&s, STEPS_MAX);
    } else {
        for (uint64_t i = 1; i <= COOLINGS && !s.stopped; i++) {
            restore_best(&s);
            build_tables(&s);
            cool(&s, steps / COOLINGS * i);
        }
    }
    restore_best(&s);
    *stopped = s.stopped;
    return ERR_OK;
}
