/*
 * The index: see index.h. Counting sorts of links by output and by input, of places and past offers
 * by node; links into a node are then ordered by kind, group and input, so that essential ones come
 * first, alternatives stand together and repeated links side by side.
 */
#include "engine/chain/index.h"

#include <stdlib.h>

#include "base/mem.h"

void chain_index_free(struct chain_index *index) {
    if (index == NULL)
        return;
    mem_free(index->in_offset);
    mem_free(index->in_link);
    mem_free(index->out_offset);
    mem_free(index->out_link);
    mem_free(index->place_offset);
    mem_free(index->place);
    mem_free(index->past_offset);
    mem_free(index->past);
    mem_free(index);
}

/* Groups items by their node: item[offset[n]] .. item[offset[n + 1]] are those of n, ascending. See
 * counts_to_begins in table.c for the shifted array. */
static bool group_by_node(uint32_t nodes, size_t items, const uint32_t *node, uint32_t **offset,
                          uint32_t **item) {
    *offset = mem_new((size_t)nodes + 2, sizeof(**offset));
    *item = mem_new(items, sizeof(**item));
    if (*offset == NULL || *item == NULL)
        return false;
    uint32_t *next = *offset + 1;
    for (size_t i = 0; i < items; i++)
        next[node[i] + 1]++;
    for (uint32_t i = 1; i <= nodes; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < items; i++)
        (*item)[next[node[i]]++] = (uint32_t)i;
    return true;
}

static int by_kind_group_input(const void *a, const void *b, void *graph) {
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;
    const struct chain_graph *g = graph;
    if (g->kind[left] != g->kind[right])
        return g->kind[left] < g->kind[right] ? -1 : 1;
    uint32_t left_group = chain_group(g, left), right_group = chain_group(g, right);
    if (left_group != right_group)
        return left_group < right_group ? -1 : 1;
    if (g->input[left] != g->input[right])
        return g->input[left] < g->input[right] ? -1 : 1;
    return left < right ? -1 : left > right;
}

/* The nodes of all slices, one after the other: the order of the report's places. */
static bool group_places(const struct chain_input *input, struct chain_index *index) {
    size_t places = 0;
    for (uint32_t c = 0; c < input->chains; c++)
        places += input->slice[c].members;
    uint32_t *node = mem_new(places, sizeof(*node));
    if (node == NULL)
        return false;
    size_t at = 0;
    for (uint32_t c = 0; c < input->chains; c++)
        for (uint32_t i = 0; i < input->slice[c].members; i++)
            node[at++] = input->slice[c].node[i];
    bool done =
        group_by_node(input->graph->nodes, places, node, &index->place_offset, &index->place);
    mem_free(node);
    return done;
}

struct chain_index *chain_index_new(const struct chain_input *input) {
    struct chain_graph graph = *input->graph;
    const struct chain_past *past = input->past;
    struct chain_index *index = mem_new(1, sizeof(*index));
    if (index == NULL)
        return NULL;
    if (!group_by_node(graph.nodes, graph.links, graph.output, &index->in_offset,
                       &index->in_link) ||
        !group_by_node(graph.nodes, graph.links, graph.input, &index->out_offset,
                       &index->out_link) ||
        !group_places(input, index) ||
        !group_by_node(graph.nodes, past != NULL ? past->offers : 0,
                       past != NULL ? past->node : NULL, &index->past_offset, &index->past)) {
        chain_index_free(index);
        return NULL;
    }
    for (uint32_t node = 0; node < graph.nodes; node++)
        qsort_r(index->in_link + index->in_offset[node],
                index->in_offset[node + 1] - index->in_offset[node], sizeof(uint32_t),
                by_kind_group_input, &graph);
    return index;
}
