/*
 * The order of boxes and bends within the columns: few crossings.
 *
 * First sweeps: each column is sorted by the mean position of its neighbours in the column before
 * (barycentre: Sugiyama, Tagawa, Toda 1981), left to right and back, until that helps no more. Maps
 * of readable size go on to the search in reinsert.c; for larger ones, which it can change but
 * little in the time there is or not at all, sift.c and anneal.c make a better order first.
 */
#include <string.h>

#include "engine/map/graph_private.h"

/* Sweeps to and fro without a better order before they end. */
enum { SWEEPS_IDLE = 4 };

struct sweeping {
    struct map_proper *p;
    uint32_t *best; /* the best order so far */
    uint64_t best_crossings;
    double *key; /* by vertex */
    uint32_t *merged;
};

static void number_column(struct map_proper *p, uint32_t layer) {
    for (uint32_t i = p->layer_start[layer]; i < p->layer_start[layer + 1]; i++)
        p->pos[p->order[i]] = i - p->layer_start[layer];
}

static void keep_if_best(struct sweeping *s) {
    uint64_t crossings = map_count_crossings(s->p);
    if (crossings < s->best_crossings) {
        s->best_crossings = crossings;
        memcpy(s->best, s->p->order, s->p->vertices * sizeof(*s->best));
    }
}

/* Stable merge sort of `count` vertices by key. */
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

/* Sorts a column by the mean position of its neighbours on one side; a vertex without any stays
 * about where it is. */
static void sweep_column(struct sweeping *s, uint32_t layer, int side) {
    struct map_proper *p = s->p;
    const struct map_adjacency *rows = &p->side[side];
    uint32_t *at = p->order + p->layer_start[layer];
    uint32_t count = p->layer_start[layer + 1] - p->layer_start[layer];
    uint32_t across = side == 0 ? layer - 1 : layer + 1;
    double scale = (double)(p->layer_start[across + 1] - p->layer_start[across]) / (count + 1);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t v = at[i];
        uint32_t degree = rows->start[v + 1] - rows->start[v];
        double sum = 0;
        for (uint32_t k = rows->start[v]; k < rows->start[v + 1]; k++)
            sum += p->pos[rows->at[k]];
        s->key[v] = degree > 0 ? sum / degree : i * scale;
    }
    sort_by_key(at, s->merged, count, s->key);
    number_column(p, layer);
}

static void sweep(struct sweeping *s, bool to_right) {
    for (uint32_t i = 1; i < s->p->layers; i++)
        sweep_column(s, to_right ? i : s->p->layers - 1 - i, to_right ? 0 : 1);
    keep_if_best(s);
}

static void sweep_until_idle(struct sweeping *s, const struct job *job, bool *stopped) {
    keep_if_best(s);
    for (int idle = 0; idle < SWEEPS_IDLE && !*stopped; idle++) {
        uint64_t before = s->best_crossings;
        sweep(s, true);
        sweep(s, false);
        if (s->best_crossings < before)
            idle = -1;
        *stopped = job_should_stop(job);
    }
}

enum err map_order(struct arena *arena, const struct job *job, struct map_proper *p, bool *stopped,
                   struct errinfo *info) {
    struct sweeping s = {.p = p, .best_crossings = UINT64_MAX};
    s.best = arena_new(arena, p->vertices, sizeof(uint32_t));
    s.key = arena_new(arena, p->vertices, sizeof(double));
    s.merged = arena_new(arena, p->vertices, sizeof(uint32_t));
    if (s.best == NULL || s.key == NULL || s.merged == NULL)
        return err_memory(info);
    sweep_until_idle(&s, job, stopped);
    memcpy(p->order, s.best, p->vertices * sizeof(*s.best));
    for (uint32_t l = 0; l < p->layers; l++)
        number_column(p, l);
    if (p->nodes <= MAP_READABLE)
        return ERR_OK;
    enum err code = map_sift(arena, job, p, stopped, info);
    return code == ERR_OK ? map_anneal(arena, job, p, stopped, info) : code;
}
