/* What a plan is to those in it: pairs that would rather have each other, and regret. */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/match/rank.h"

struct held {
    uint32_t count;
    struct match_rank worst;
};

static void hold(struct held *h, struct match_rank rank) {
    if (h->count++ == 0 || match_rank_before(h->worst, rank))
        h->worst = rank;
}

static bool would_take(const struct held *h, uint32_t capacity, struct match_rank rank) {
    return capacity > 0 && (h->count < capacity || match_rank_before(rank, h->worst));
}

static uint64_t count_blocking(const struct match_input *in, const uint8_t *chosen,
                               const uint32_t *rank_u, const uint32_t *rank_v, struct held *held) {
    for (uint32_t e = 0; e < in->edge_count; e++)
        if (chosen[e] != 0) {
            hold(&held[in->u[e]], match_rank_of(in, rank_u, e, true));
            hold(&held[in->v[e]], match_rank_of(in, rank_v, e, false));
        }
    uint64_t blocking = 0;
    for (uint32_t e = 0; e < in->edge_count; e++)
        blocking += chosen[e] == 0 &&
                    would_take(&held[in->u[e]], in->capacity[in->u[e]],
                               match_rank_of(in, rank_u, e, true)) &&
                    would_take(&held[in->v[e]], in->capacity[in->v[e]],
                               match_rank_of(in, rank_v, e, false));
    return blocking;
}

static int heavier_first(const void *a, const void *b) {
    const double *x = a, *y = b;
    return *x > *y ? -1 : *x < *y;
}

/* Weights by vertex, sorted; `sum` holds what each vertex got, and gives its regret. */
static void largest_regret(const struct match_input *in, const uint32_t *first, double *weight,
                           const double *got, struct match_report *report) {
    for (uint32_t v = 0; v < in->vertex_count; v++) {
        uint32_t degree = first[v + 1] - first[v];
        double *list = weight + first[v], best = 0;
        if (degree > in->capacity[v])
            qsort(list, degree, sizeof(*list), heavier_first);
        for (uint32_t i = 0; i < degree && i < in->capacity[v]; i++)
            best += list[i];
        if (best - got[v] > report->regret) {
            report->regret = best - got[v];
            report->regret_vertex = v;
        }
    }
}

bool match_judge(const struct match_input *in, const uint8_t *chosen, const uint32_t *rank_u,
                 const uint32_t *rank_v, struct match_report *report) {
    *report = (struct match_report){0};
    size_t n = in->vertex_count, m = in->edge_count;
    struct held *held = mem_new(n + 1, sizeof(*held));
    uint32_t *first = mem_new(n + 2, sizeof(*first));
    double *weight = mem_new(2 * m + 1, sizeof(*weight)), *got = mem_new(n + 1, sizeof(*got));
    bool ok = held != NULL && first != NULL && weight != NULL && got != NULL;
    if (ok) {
        report->blocking = count_blocking(in, chosen, rank_u, rank_v, held);
        uint32_t *next = first + 1; /* counts, then places, then ends */
        for (uint32_t e = 0; e < m; e++) {
            next[in->u[e] + 1]++;
            next[in->v[e] + 1]++;
        }
        for (size_t v = 1; v <= n; v++)
            next[v] += next[v - 1];
        for (uint32_t e = 0; e < m; e++) {
            weight[next[in->u[e]]++] = in->weight[e];
            weight[next[in->v[e]]++] = in->weight[e];
            got[in->u[e]] += chosen[e] != 0 ? in->weight[e] : 0;
            got[in->v[e]] += chosen[e] != 0 ? in->weight[e] : 0;
        }
        largest_regret(in, first, weight, got, report);
    }
    mem_free(held);
    mem_free(first);
    mem_free(weight);
    mem_free(got);
    return ok;
}
