#include "check.h"

#include <math.h>
#include <stdlib.h>

enum { VERTICES_MAX = 4096 }; /* of the graphs that are checked: counts on the stack */

static uint64_t floors_given(const struct match_input *in, const uint32_t *used) {
    uint64_t given = 0;
    for (uint32_t v = 0; in->floor != NULL && v < in->vertex_count; v++)
        given += used[v] < in->floor[v] ? used[v] : in->floor[v];
    return given;
}

static bool all_whole(const struct match_input *in) {
    for (uint32_t e = 0; e < in->edge_count; e++)
        if (in->weight[e] != floor(in->weight[e]))
            return false;
    return true;
}

const char *check_plan(const struct match_input *in, const struct match_plan *plan) {
    uint32_t used[VERTICES_MAX] = {0}, pairs = 0;
    double weight = 0, bound = 0;
    if (in->vertex_count > VERTICES_MAX)
        return "the graph is too large for this check";
    for (uint32_t e = 0; e < in->edge_count; e++)
        if (plan->chosen[e] != 0) {
            used[in->u[e]]++;
            used[in->v[e]]++;
            pairs++;
            weight += in->weight[e];
        }
    for (uint32_t v = 0; v < in->vertex_count; v++)
        if (used[v] > in->capacity[v])
            return "a vertex has more than its capacity";
    if (pairs != plan->pairs || fabs(weight - plan->weight) > 1e-9 * (1 + weight))
        return "pairs or weight are not those of the chosen edges";
    if (floors_given(in, used) != plan->floor_given)
        return "the floors given are not those of the chosen edges";
    if (plan->price == NULL)
        return NULL;
    for (uint32_t v = 0; v < in->vertex_count; v++) {
        if (!(plan->price[v] >= 0) || !isfinite(plan->price[v]))
            return "a price is below 0 or no number";
        bound += in->capacity[v] * plan->price[v];
    }
    for (uint32_t e = 0; e < in->edge_count; e++)
        bound += fmax(0, in->weight[e] - plan->price[in->u[e]] - plan->price[in->v[e]]);
    if (all_whole(in)) /* then so is the weight of every plan */
        bound = floor(bound + 1e-3);
    if (bound > plan->bound * (1 + 1e-9) + 1e-9)
        return "the prices do not prove the bound";
    if (plan->weight > plan->bound)
        return "the weight is above the bound";
    if (in->floor == NULL && plan->status == MATCH_OPTIMAL &&
        plan->bound - plan->weight > 1e-6 * (1 + plan->bound))
        return "called optimal with a gap";
    return plan->floor_given > plan->floor_bound && in->floor != NULL
               ? "more floors given than their bound"
               : NULL;
}

struct best_plan try_all_plans(const struct match_input *in) {
    struct best_plan best = {0};
    for (uint32_t mask = 0; mask < UINT32_C(1) << in->edge_count; mask++) {
        uint32_t used[VERTICES_MAX];
        double weight = 0;
        bool fits = true;
        for (uint32_t v = 0; v < in->vertex_count; v++)
            used[v] = 0;
        for (uint32_t e = 0; fits && e < in->edge_count; e++)
            if ((mask >> e & 1) != 0) {
                weight += in->weight[e];
                fits = ++used[in->u[e]] <= in->capacity[in->u[e]] &&
                       ++used[in->v[e]] <= in->capacity[in->v[e]];
            }
        if (!fits)
            continue;
        uint64_t given = floors_given(in, used);
        best.weight = weight > best.weight ? weight : best.weight;
        if (given > best.floor_given || (given == best.floor_given && weight > best.floor_weight)) {
            best.floor_given = given;
            best.floor_weight = weight;
        }
    }
    return best;
}
