/*
 * Sifting: every vertex goes to the best place of its column while all others stay (Matuszewski,
 * Schoenfeld, Molitor, "Using sifting for k-layer straightline crossing minimization", GD 1999),
 * with the gaps on both sides counted.
 *
 * What changes when vertex v passes u is the number of pairs of their neighbours in one order less
 * that in the other. One walk over the segments of a gap for each segment of v gives it for all u
 * of the column, and running sums from v's place to both ends show the best one: O(segments of v x
 * segments of the gap), no tables. A move never adds crossings, so the search may end anywhere; its
 * work is counted.
 */
#include <string.h>

#include "engine/map/graph_private.h"

/* Segments looked at, about 2.5 ns each. With 1,000 nodes and 5,000 links this is four passes; four
 * more save 0.3 % of the crossings. */
static const uint64_t WORK_MAX = 200000000;

struct sifting {
    struct map_proper *p;
    int64_t *pass; /* by place: what it adds when the vertex there is passed on the way down */
    uint32_t *turn;
    uint64_t work;
};

static void weigh_passes(struct sifting *s, uint32_t v, const uint32_t *at, uint32_t count) {
    const struct map_proper *p = s->p;
    memset(s->pass, 0, count * sizeof(*s->pass));
    for (int side = 0; side < 2; side++) {
        const struct map_adjacency *rows = &p->side[side];
        for (uint32_t k = rows->start[v]; k < rows->start[v + 1]; k++) {
            uint32_t x = p->pos[rows->at[k]];
            for (uint32_t i = 0; i < count; i++) {
                uint32_t from = rows->start[at[i]], to = rows->start[at[i] + 1];
                for (uint32_t n = from; n < to; n++) {
                    uint32_t y = p->pos[rows->at[n]];
                    s->pass[i] += (y > x) - (y < x);
                }
                s->work += to - from;
            }
        }
    }
}

/* Whether `v` moved. */
static bool sift_vertex(struct sifting *s, uint32_t v) {
    struct map_proper *p = s->p;
    uint32_t layer = p->layer[v], from = p->pos[v], to = from;
    uint32_t *at = p->order + p->layer_start[layer];
    uint32_t count = p->layer_start[layer + 1] - p->layer_start[layer];
    int64_t change = 0, best = 0;
    weigh_passes(s, v, at, count);
    for (uint32_t i = from + 1; i < count; i++) {
        change += s->pass[i];
        if (change < best) {
            best = change;
            to = i;
        }
    }
    change = 0;
    for (uint32_t i = from; i-- > 0;) {
        change -= s->pass[i];
        if (change < best) {
            best = change;
            to = i;
        }
    }
    for (uint32_t i = from; i < to; i++)
        p->pos[at[i] = at[i + 1]] = i;
    for (uint32_t i = from; i > to; i--)
        p->pos[at[i] = at[i - 1]] = i;
    p->pos[at[to] = v] = to;
    return to != from;
}

enum err map_sift(struct arena *arena, const struct job *job, struct map_proper *p, bool *stopped,
                  struct errinfo *info) {
    struct sifting s = {.p = p};
    s.pass = arena_new(arena, p->vertices, sizeof(*s.pass));
    s.turn = arena_new(arena, p->vertices, sizeof(*s.turn));
    if (s.pass == NULL || s.turn == NULL)
        return err_memory(info);
    bool moved = true;
    for (uint32_t pass = 0; moved; pass++) {
        moved = false;
        for (uint32_t i = 0; i < p->layers; i++) {
            uint32_t l = pass % 2 == 0 ? i : p->layers - 1 - i, first = p->layer_start[l];
            uint32_t count = p->layer_start[l + 1] - first;
            memcpy(s.turn, p->order + first, count * sizeof(*s.turn));
            for (uint32_t k = 0; k < count; k++) {
                *stopped = *stopped || job_should_stop(job);
                if (*stopped || s.work > WORK_MAX)
                    return ERR_OK;
                moved |= sift_vertex(&s, s.turn[k]);
            }
        }
    }
    return ERR_OK;
}
