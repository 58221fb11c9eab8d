/*
 * Heights: straight, short links without changing the order.
 *
 * Minimised is the sum of w (y_u - y_v)^2 over all segments, subject to the order and the distances
 * within each column and to the height of the map; w is large where links only pass, so that long
 * links become straight (Gansner et al. 1993 use the same weights). The problem is convex, and one
 * column with the others fixed is solved exactly: with y_i = z_i + offset_i the distances become
 * z_1 <= z_2 <= ..., so the best z is the isotonic regression of the wished places, by pooling
 * adjacent violators in linear time (Barlow et al., "Statistical inference under order
 * restrictions", 1972), cut at the bounds. Going through the columns to and fro converges.
 */
#include <math.h>

#include "engine/map/graph_private.h"

/* Weights of a segment between two boxes, box and bend, two bends. */
static const double STRAIGHT[3] = {1, 2, 8};

enum { ROUNDS = 60 };

struct pool {
    double weight, sum; /* of the wishes in it */
    uint32_t count;
};

struct placing {
    const struct map_graph *g;
    const struct map_options *o;
    const struct map_proper *p;
    double *y, height;
    struct pool *pool;
};

static double height_of(const struct placing *s, uint32_t v) {
    return v < s->p->nodes ? s->g->node[v].height : 0;
}

/* Distance of the centres of `u` and the `v` below it. */
static double distance(const struct placing *s, uint32_t u, uint32_t v) {
    bool boxes = u < s->p->nodes && v < s->p->nodes;
    return (height_of(s, u) + height_of(s, v)) / 2 + (boxes ? s->o->box_gap : s->o->wire_gap);
}

/* Places a column as high as can be; returns its height. */
static double pack_column(struct placing *s, uint32_t layer) {
    const struct map_proper *p = s->p;
    double y = 0;
    for (uint32_t i = p->layer_start[layer]; i < p->layer_start[layer + 1]; i++) {
        uint32_t v = p->order[i];
        y += i == p->layer_start[layer] ? height_of(s, v) / 2 : distance(s, p->order[i - 1], v);
        s->y[v] = y;
    }
    return y + height_of(s, p->order[p->layer_start[layer + 1] - 1]) / 2;
}

/* Where the neighbours of `v` want it, and how much. */
static void wish(const struct placing *s, uint32_t v, double *sum, double *weight) {
    const struct map_proper *p = s->p;
    *sum = *weight = 0;
    for (int side = 0; side < 2; side++) {
        const struct map_adjacency *rows = &p->side[side];
        for (uint32_t k = rows->start[v]; k < rows->start[v + 1]; k++) {
            uint32_t u = rows->at[k];
            double w = STRAIGHT[(v >= p->nodes) + (u >= p->nodes)];
            *sum += w * s->y[u];
            *weight += w;
        }
    }
    /* What has no neighbours stays where it is, if nothing pushes. */
    if (*weight == 0) {
        *weight = 1e-3;
        *sum = *weight * s->y[v];
    }
}

/* Solves one column for the present places of its neighbours. */
static void solve_column(struct placing *s, uint32_t layer) {
    const struct map_proper *p = s->p;
    uint32_t from = p->layer_start[layer], to = p->layer_start[layer + 1], pools = 0;
    double offset = 0;
    for (uint32_t i = from; i < to; i++) {
        struct pool last = {.count = 1};
        if (i > from)
            offset += distance(s, p->order[i - 1], p->order[i]);
        wish(s, p->order[i], &last.sum, &last.weight);
        last.sum -= last.weight * offset;
        while (pools > 0 &&
               s->pool[pools - 1].sum * last.weight >= last.sum * s->pool[pools - 1].weight) {
            pools--;
            last.sum += s->pool[pools].sum;
            last.weight += s->pool[pools].weight;
            last.count += s->pool[pools].count;
        }
        s->pool[pools++] = last;
    }
    double low = height_of(s, p->order[from]) / 2;
    double high = s->height - height_of(s, p->order[to - 1]) / 2 - offset;
    uint32_t i = from;
    offset = 0;
    for (uint32_t k = 0; k < pools; k++) {
        double z = fmax(low, fmin(s->pool[k].sum / s->pool[k].weight, high));
        for (uint32_t n = 0; n < s->pool[k].count; n++, i++) {
            if (i > from)
                offset += distance(s, p->order[i - 1], p->order[i]);
            s->y[p->order[i]] = z + offset;
        }
    }
}

enum err map_place(const struct map_graph *g, const struct map_options *o, struct arena *arena,
                   const struct job *job, const struct map_proper *p, double *y, double *height,
                   bool *stopped, struct errinfo *info) {
    struct placing s = {.g = g, .o = o, .p = p, .y = y};
    s.pool = arena_new(arena, p->vertices, sizeof(*s.pool));
    double *used = arena_new(arena, p->layers, sizeof(*used));
    if (s.pool == NULL || used == NULL)
        return err_memory(info);
    for (uint32_t l = 0; l < p->layers; l++) {
        used[l] = pack_column(&s, l);
        s.height = fmax(s.height, used[l]);
    }
    for (uint32_t l = 0; l < p->layers; l++)
        for (uint32_t i = p->layer_start[l]; i < p->layer_start[l + 1]; i++)
            y[p->order[i]] += (s.height - used[l]) / 2;
    for (int round = 0; round < ROUNDS; round++) {
        if (job_should_stop(job)) {
            *stopped = true;
            break;
        }
        for (uint32_t i = 0; i < p->layers; i++)
            solve_column(&s, round % 2 == 0 ? i : p->layers - 1 - i);
    }
    *height = s.height;
    return ERR_OK;
}
