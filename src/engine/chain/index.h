/*
 * What the engine needs to walk a graph and its chains quickly. Private to engine/chain.
 */
#ifndef FAIRLEAD_ENGINE_CHAIN_INDEX_H
#define FAIRLEAD_ENGINE_CHAIN_INDEX_H

#include "engine/chain/chain.h"

struct chain_span {
    const uint32_t *at;
    size_t count;
};

struct chain_index {
    uint32_t *in_offset;    /* [nodes + 1] */
    uint32_t *in_link;      /* [links] links into a node by kind, alternatives group, input */
    uint32_t *out_offset;   /* [nodes + 1] */
    uint32_t *out_link;     /* [links] links out of a node, ascending */
    uint32_t *place_offset; /* [nodes + 1] */
    uint32_t *place;        /* positions in the report's places of a node, ascending */
    uint32_t *past_offset;  /* [nodes + 1] */
    uint32_t *past;         /* positions in chain_past's offers of a node, ascending */
};

/* NULL when memory is short. Indices must be in range; places and past offers fewer than 2^32. */
struct chain_index *chain_index_new(const struct chain_input *input) ERR_CHECK;
void chain_index_free(struct chain_index *index);

static inline struct chain_span chain_span(const uint32_t *offset, const uint32_t *item,
                                           uint32_t node) {
    return (struct chain_span){item + offset[node], offset[node + 1] - offset[node]};
}

static inline struct chain_span chain_links_in(const struct chain_index *index, uint32_t node) {
    return chain_span(index->in_offset, index->in_link, node);
}

static inline struct chain_span chain_links_out(const struct chain_index *index, uint32_t node) {
    return chain_span(index->out_offset, index->out_link, node);
}

/* The alternatives group of a link: 0 for none and for links that are not essential. */
static inline uint32_t chain_group(const struct chain_graph *graph, uint32_t link) {
    return graph->alternative_group != NULL && graph->kind[link] == CHAIN_ESSENTIAL
               ? graph->alternative_group[link]
               : 0;
}

/*
 * Of the links into a node from position `from` on (span from chain_links_in): the end of the run
 * that stands in for each other: one alternatives group, or a single link without a group.
 */
static inline size_t chain_run_end(const struct chain_graph *graph, struct chain_span in,
                                   size_t from) {
    uint32_t group = chain_group(graph, in.at[from]);
    size_t end = from + 1;
    while (group != 0 && end < in.count && chain_group(graph, in.at[end]) == group)
        end++;
    return end;
}

#endif
