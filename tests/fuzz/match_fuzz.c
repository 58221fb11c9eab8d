/*
 * Whatever graph the bytes spell, the plan keeps every promise of engine/match/match.h, and with
 * few edges it is the best of all. Byte 0: vertices and what to do; a byte of capacity and floor
 * for each vertex; then three bytes an edge (ends, weight).
 */
#include <math.h>

#include "engine/match/check.h"

enum { VERTICES_MAX = 24, EDGES_ROOM = 200, EDGES_TRIED = 12 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len) {
    uint32_t capacity[VERTICES_MAX], floor[VERTICES_MAX], u[EDGES_ROOM], v[EDGES_ROOM];
    double weight[EDGES_ROOM];
    bool met[VERTICES_MAX][VERTICES_MAX] = {{false}};
    struct match_input in = {.capacity = capacity, .u = u, .v = v, .weight = weight};
    if (len == 0)
        return 0;
    in.vertex_count = bytes[0] % (VERTICES_MAX + 1);
    bool floors = (bytes[0] & 0x80) != 0, whole = (bytes[0] & 0x40) != 0;
    if (len < 1 + (size_t)in.vertex_count)
        return 0;
    for (uint32_t x = 0; x < in.vertex_count; x++) {
        capacity[x] = bytes[1 + x] % 6;
        floor[x] = bytes[1 + x] / 64 < capacity[x] ? bytes[1 + x] / 64 : capacity[x];
    }
    in.floor = floors ? floor : NULL;
    for (size_t i = 1 + in.vertex_count; i + 3 <= len && in.edge_count < EDGES_ROOM; i += 3) {
        uint32_t a = in.vertex_count > 0 ? bytes[i] % in.vertex_count : 0;
        uint32_t b = in.vertex_count > 0 ? bytes[i + 1] % in.vertex_count : 0;
        if (a == b || met[a][b])
            continue;
        met[a][b] = met[b][a] = true;
        u[in.edge_count] = a;
        v[in.edge_count] = b;
        weight[in.edge_count++] = whole ? bytes[i + 2] : bytes[i + 2] / 255.0;
    }
    struct match_plan plan, stable;
    struct match_report report;
    if (match_solve(&in, NULL, &plan, NULL) != ERR_OK || check_plan(&in, &plan) != NULL)
        __builtin_trap();
    if (in.edge_count <= EDGES_TRIED) {
        struct best_plan best = try_all_plans(&in);
        double most = floors ? best.floor_weight : best.weight;
        if (plan.bound < most - 1e-6 || plan.floor_given > best.floor_given ||
            (plan.status == MATCH_OPTIMAL && fabs(plan.weight - most) > 1e-6))
            __builtin_trap();
    }
    if (match_stable(&in, NULL, NULL, &stable, NULL) != ERR_OK ||
        !match_judge(&in, stable.chosen, NULL, NULL, &report) || report.blocking != 0)
        __builtin_trap();
    match_plan_release(&plan);
    match_plan_release(&stable);
    return 0;
}
