/*
 * The exact number of crossings between neighbouring columns.
 *
 * Two segments between the same columns cross when their ends are in opposite order; segments with
 * a common end do not. Going through the segments by left end and then right end, each crosses
 * those seen before whose right end is lower: their number comes from a binary indexed tree, in
 * O(E log V) (Barth, Juenger, Mutzel, "Simple and efficient bilayer cross counting", JGAA 8(2),
 * 2004). A line of several links counts for each of them.
 */
#include <string.h>

#include "engine/map/graph_private.h"

void map_sort_rows(struct map_proper *p, uint32_t layer, int side) {
    uint32_t across = side == 0 ? layer - 1 : layer + 1;
    const struct map_adjacency *rows = &p->side[side], *back = &p->side[1 - side];
    for (uint32_t i = p->layer_start[layer]; i < p->layer_start[layer + 1]; i++)
        p->cursor[p->order[i]] = rows->start[p->order[i]];
    /* Going through the other column in its order fills every row in that order. */
    for (uint32_t i = p->layer_start[across]; i < p->layer_start[across + 1]; i++) {
        uint32_t u = p->order[i];
        for (uint32_t k = back->start[u]; k < back->start[u + 1]; k++)
            rows->at[p->cursor[back->at[k]]++] = u;
    }
}

void map_sort_all_rows(struct map_proper *p) {
    for (uint32_t l = 0; l < p->layers; l++) {
        if (l > 0)
            map_sort_rows(p, l, 0);
        if (l + 1 < p->layers)
            map_sort_rows(p, l, 1);
    }
}

static uint32_t links_between(const struct map_proper *p, uint32_t left, uint32_t right) {
    return p->links[1][left] > p->links[0][right] ? p->links[1][left] : p->links[0][right];
}

uint64_t map_count_gap(struct map_proper *p, uint32_t layer) {
    uint32_t right_count = p->layer_start[layer + 2] - p->layer_start[layer + 1];
    const struct map_adjacency *rows = &p->side[1];
    uint64_t crossings = 0, seen = 0;
    memset(p->tree, 0, ((size_t)right_count + 1) * sizeof(*p->tree));
    map_sort_rows(p, layer, 1);
    for (uint32_t i = p->layer_start[layer]; i < p->layer_start[layer + 1]; i++) {
        uint32_t v = p->order[i];
        for (uint32_t k = rows->start[v]; k < rows->start[v + 1]; k++) {
            uint64_t not_below = 0;
            for (uint32_t t = p->pos[rows->at[k]] + 1; t > 0; t &= t - 1)
                not_below += p->tree[t];
            crossings += links_between(p, v, rows->at[k]) * (seen - not_below);
        }
        for (uint32_t k = rows->start[v]; k < rows->start[v + 1]; k++) {
            uint32_t links = links_between(p, v, rows->at[k]);
            for (uint32_t t = p->pos[rows->at[k]] + 1; t <= right_count; t += t & (~t + 1))
                p->tree[t] += links;
            seen += links;
        }
    }
    return crossings;
}

uint64_t map_count_crossings(struct map_proper *p) {
    uint64_t crossings = 0;
    for (uint32_t l = 0; l + 1 < p->layers; l++)
        crossings += map_count_gap(p, l);
    return crossings;
}
