/*
 * The order of boxes and bends within the columns: few crossings.
 *
 * Three moves, from coarse to fine:
 *   - a sweep sorts each column by the mean position of its neighbours in the column before
 *     (barycentre: Sugiyama, Tagawa, Toda 1981), left to right and back;
 *   - a sift moves one vertex to the best place of its column, counting with both neighbouring
 *     columns (Matuszewski, Schoenfeld, Molitor, "Using sifting for k-layer straightline crossing
 *     minimization", GD 1999); passing one neighbour costs O(degrees) by merging sorted rows;
 *   - when nothing moves any more, a part of the best order is shuffled and sifted again.
 * The best order seen wins. The amount of search is a number of elementary steps, not a time, so
 * that the result is the same on every machine.
 */
#include <string.h>

#include "base/rng.h"
#include "engine/map/graph_private.h"

/* Elementary steps of the search, about 3 ns each: what one vertex gets, within bounds that keep
 * 120 nodes below 20 ms and 1,000 nodes below 1 s. */
static const uint64_t STEPS_PER_VERTEX = 20000, STEPS_MIN = 4000000, STEPS_MAX = 150000000;

/* Fixed, so that the picture stays the same from visit to visit. */
static const uint64_t SEED = 20241126;

/* Farthest move of a sift. Columns of real maps are shorter. */
enum { SIFT_REACH = 200 };

/* Sweeps without a better order before sifting starts. */
enum { SWEEPS_IDLE = 4 };

struct search {
    struct map_proper *p;
    const struct job *job;
    struct rng rng;
    uint32_t *best; /* the best order so far */
    uint64_t best_crossings;
    uint64_t steps, steps_max;
    double *key; /* by vertex, of a sweep */
    uint32_t *column, *merged;
    bool stopped;
};

static bool out_of_time(struct search *s) {
    if (!s->stopped && job_should_stop(s->job))
        s->stopped = true;
    return s->stopped || s->steps >= s->steps_max;
}

static void number_column(struct map_proper *p, uint32_t layer) {
    for (uint32_t i = p->layer_start[layer]; i < p->layer_start[layer + 1]; i++)
        p->pos[p->order[i]] = i - p->layer_start[layer];
}

static void keep_if_best(struct search *s) {
    uint64_t crossings = map_count_crossings(s->p);
    s->steps += s->p->vertices * 4;
    if (crossings < s->best_crossings) {
        s->best_crossings = crossings;
        memcpy(s->best, s->p->order, s->p->vertices * sizeof(*s->best));
    }
}

static void restore_best(struct search *s) {
    memcpy(s->p->order, s->best, s->p->vertices * sizeof(*s->best));
    for (uint32_t l = 0; l < s->p->layers; l++)
        number_column(s->p, l);
    for (uint32_t l = 0; l < s->p->layers; l++) {
        if (l > 0)
            map_sort_rows(s->p, l, 0);
        if (l + 1 < s->p->layers)
            map_sort_rows(s->p, l, 1);
    }
}

/* Stable merge sort of `count` vertices by key: vertices without neighbours keep their places
 * because their key is their position. */
static void sort_by_key(uint32_t *at, uint32_t *merged, uint32_t count, const double *key) {
    for (uint32_t width = 1; width < count; width *= 2) {
        for (uint32_t from = 0; from < count; from += 2 * width) {
            uint32_t mid = from + width < count ? from + width : count;
            uint32_t to = mid + width < count ? mid + width : count;
            uint32_t a = from, b = mid;
            for (uint32_t i = from; i < to; i++)
                merged[i] = b >= to || (a < mid && key[at[a]] <= key[at[b]]) ? at[a++] : at[b++];
        }
        memcpy(at, merged, count * sizeof(*at));
    }
}

/* Sorts a column by the mean position of its neighbours on one side. */
static void sweep_column(struct search *s, uint32_t layer, int side) {
    struct map_proper *p = s->p;
    const struct map_adjacency *rows = &p->side[side];
    uint32_t *at = p->order + p->layer_start[layer];
    uint32_t count = p->layer_start[layer + 1] - p->layer_start[layer];
    uint32_t across = side == 0 ? layer - 1 : layer + 1;
    double scale = (double)(p->layer_start[across + 1] - p->layer_start[across]) / (count + 1);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = at[i];
        double sum = 0, links = 0;
        for (uint32_t k = rows->start[v]; k < rows->start[v + 1]; k++) {
            sum += (double)rows->at[k].links * p->pos[rows->at[k].vertex];
            links += rows->at[k].links;
        }
        s->key[v] = links > 0 ? sum / links : i * scale;
        s->steps += rows->start[v + 1] - rows->start[v] + 4;
    }
    sort_by_key(at, s->merged, count, s->key);
    number_column(p, layer);
}

static void sweep(struct search *s, bool to_right) {
    for (uint32_t i = 1; i < s->p->layers; i++)
        sweep_column(s, to_right ? i : s->p->layers - 1 - i, to_right ? 0 : 1);
}

/* Crossings of the links of `u` and `v` on one side when `u` is above `v`. */
static int64_t pair_crossings(struct search *s, int side, uint32_t u, uint32_t v) {
    const struct map_proper *p = s->p;
    const struct map_adjacency *rows = &p->side[side];
    uint32_t i = rows->start[u], k = rows->start[v], u_end = rows->start[u + 1];
    int64_t crossings = 0, above = 0;
    s->steps += u_end - i + rows->start[v + 1] - k + 1;
    /* Each link of u crosses those links of v that end above it. */
    for (; i < u_end; i++) {
        while (k < rows->start[v + 1] && p->pos[rows->at[k].vertex] < p->pos[rows->at[i].vertex])
            above += rows->at[k++].links;
        crossings += above * rows->at[i].links;
    }
    return crossings;
}

/* What it adds to the crossings when `u`, directly above `v`, goes below it. */
static int64_t swap_change(struct search *s, uint32_t u, uint32_t v) {
    int64_t change = 0;
    for (int side = 0; side < 2; side++) {
        const uint32_t *start = s->p->side[side].start;
        if (start[u] < start[u + 1] && start[v] < start[v + 1])
            change += pair_crossings(s, side, v, u) - pair_crossings(s, side, u, v);
    }
    s->steps++;
    return change;
}

/* Moves the vertex at `from` of a column to `to`, the others between by one. */
static void move_vertex(struct map_proper *p, uint32_t *at, uint32_t from, uint32_t to) {
    uint32_t v = at[from];
    for (uint32_t i = from; i < to; i++) {
        at[i] = at[i + 1];
        p->pos[at[i]] = i;
    }
    for (uint32_t i = from; i > to; i--) {
        at[i] = at[i - 1];
        p->pos[at[i]] = i;
    }
    at[to] = v;
    p->pos[v] = to;
}

/* Moves the vertex at `from` of a column to its best place; returns what that changes (<= 0). */
static int64_t sift(struct search *s, uint32_t *at, uint32_t count, uint32_t from) {
    uint32_t v = at[from], to = from;
    int64_t change = 0, best = 0;
    for (uint32_t i = from + 1; i < count && i <= from + SIFT_REACH; i++) {
        change += swap_change(s, v, at[i]);
        if (change < best) {
            best = change;
            to = i;
        }
    }
    change = 0;
    for (uint32_t i = from; i > 0 && i + SIFT_REACH > from; i--) {
        change += swap_change(s, at[i - 1], v);
        if (change < best) {
            best = change;
            to = i - 1;
        }
    }
    move_vertex(s->p, at, from, to);
    return best;
}

/* Sifts every vertex of a column once; the change in crossings. */
static int64_t sift_column(struct search *s, uint32_t layer) {
    struct map_proper *p = s->p;
    uint32_t *at = p->order + p->layer_start[layer];
    uint32_t count = p->layer_start[layer + 1] - p->layer_start[layer];
    int64_t change = 0;
    if (layer > 0)
        map_sort_rows(p, layer, 0);
    if (layer + 1 < p->layers)
        map_sort_rows(p, layer, 1);
    memcpy(s->column, at, count * sizeof(*at));
    for (uint32_t i = 0; i < count && !out_of_time(s); i++)
        change += sift(s, at, count, p->pos[s->column[i]]);
    return change;
}

/* Sifts all columns until nothing moves. */
static void descend(struct search *s) {
    int64_t change = -1;
    for (bool to_right = true; change < 0; to_right = !to_right) {
        change = 0;
        for (uint32_t i = 0; i < s->p->layers && !out_of_time(s); i++)
            change += sift_column(s, to_right ? i : s->p->layers - 1 - i);
    }
    keep_if_best(s);
}

static void sweep_until_idle(struct search *s) {
    keep_if_best(s);
    for (int idle = 0; idle < SWEEPS_IDLE && !out_of_time(s); idle++) {
        uint64_t before = s->best_crossings;
        sweep(s, true);
        keep_if_best(s);
        sweep(s, false);
        keep_if_best(s);
        if (s->best_crossings < before)
            idle = -1;
    }
}

static void shuffle(struct search *s, uint32_t *at, uint32_t count) {
    for (uint32_t i = count; i > 1; i--) {
        uint32_t k = rng_below(&s->rng, i), v = at[i - 1];
        at[i - 1] = at[k];
        at[k] = v;
    }
}

/* Shuffles a stretch of the best order: a few neighbours in a few neighbouring columns. */
static void disturb(struct search *s) {
    struct map_proper *p = s->p;
    uint32_t columns = 1 + rng_below(&s->rng, p->layers);
    uint32_t first = rng_below(&s->rng, p->layers - columns + 1);
    double centre = rng_unit(&s->rng), part = 0.1 + 0.4 * rng_unit(&s->rng);
    for (uint32_t l = first; l < first + columns; l++) {
        uint32_t count = p->layer_start[l + 1] - p->layer_start[l];
        uint32_t length = (uint32_t)(part * count);
        uint32_t from = (uint32_t)(centre * (count - length));
        shuffle(s, p->order + p->layer_start[l] + from, length);
        number_column(p, l);
    }
}

static void run(struct search *s) {
    sweep_until_idle(s);
    restore_best(s);
    descend(s);
    while (s->best_crossings > 0 && !out_of_time(s)) {
        restore_best(s);
        disturb(s);
        descend(s);
    }
    restore_best(s);
}

enum err map_order(struct arena *arena, const struct job *job, struct map_proper *p,
                   uint64_t *crossings, bool *stopped, struct errinfo *info) {
    struct search s = {.p = p, .job = job, .best_crossings = UINT64_MAX};
    s.steps_max = STEPS_PER_VERTEX * p->vertices;
    s.steps_max = s.steps_max < STEPS_MIN ? STEPS_MIN : s.steps_max;
    s.steps_max = s.steps_max > STEPS_MAX ? STEPS_MAX : s.steps_max;
    rng_init(&s.rng, SEED);
    s.best = arena_new(arena, p->vertices, sizeof(uint32_t));
    s.key = arena_new(arena, p->vertices, sizeof(double));
    s.column = arena_new(arena, p->vertices, sizeof(uint32_t));
    s.merged = arena_new(arena, p->vertices, sizeof(uint32_t));
    if (s.best == NULL || s.key == NULL || s.column == NULL || s.merged == NULL)
        return err_memory(info);
    run(&s);
    *crossings = s.best_crossings;
    *stopped = *stopped || s.stopped;
    return ERR_OK;
}
