/*
 * Bills of nodes: see chain_ask.h. Parts are sums over their subtrees: leaves are taken first
 * (parts that no unread part belongs to), each adds its sums to the part above. Parts that are
 * never taken lie on or above a circle.
 */
#include "base/mem.h"
#include "engine/chain/chain_ask.h"
#include "engine/chain/index.h"

bool chain_next_alternative(const struct chain_graph *graph, uint32_t node,
                            struct chain_alternative *at) {
    const uint32_t *group = graph->alternative_group;
    for (; group != NULL && at->link < graph->links; at->link++, at->next = 0) {
        if (graph->input[at->link] != node || group[at->link] == 0)
            continue;
        while (at->next < graph->links) {
            uint32_t other = at->next++;
            if (other == at->link || graph->output[other] != graph->output[at->link] ||
                group[other] != group[at->link])
                continue;
            at->node = graph->input[other];
            at->product = graph->output[other];
            return true;
        }
    }
    return false;
}

/* An offered node that can replace `node` as an input of `above`, or CHAIN_NONE. */
static uint32_t find_alternative(const struct chain_report *report, uint32_t node, uint32_t above) {
    const struct chain_graph *graph = report->input.graph;
    struct chain_span in = chain_links_in(report->index, above);
    for (size_t i = 0; i < in.count; i++) {
        uint32_t group = chain_group(graph, in.at[i]);
        if (graph->input[in.at[i]] != node || group == 0)
            continue;
        for (size_t k = 0; k < in.count; k++)
            if (chain_group(graph, in.at[k]) == group &&
                chain_offers(&report->node[graph->input[in.at[k]]]) > 0)
                return graph->input[in.at[k]];
    }
    return CHAIN_NONE;
}

static void read_part(const struct chain_report *report, uint32_t node, uint32_t above,
                      struct chain_part *part) {
    const struct chain_node *facts = &report->node[node];
    *part =
        (struct chain_part){.offers = chain_offers(facts), .alternative = CHAIN_NONE, .parts = 1};
    if (part->offers > facts->offers[CHAIN_INFERRED]) {
        part->state = CHAIN_PART_OFFERED;
    } else if (part->offers > 0) {
        part->state = CHAIN_PART_OFFERED_INFERRED;
    } else {
        if (above != CHAIN_NONE)
            part->alternative = find_alternative(report, node, above);
        part->state = part->alternative != CHAIN_NONE ? CHAIN_PART_ALTERNATIVE
                      : report->input.reg->complete   ? CHAIN_PART_MISSING
                                                      : CHAIN_PART_NOT_IN_REGISTER;
        part->missing = part->alternative == CHAIN_NONE;
    }
}

/* Adds each part's sums to the part above; false when parents run in a circle. `waits` has a zero
 * per part and `queue` room for all. */
static bool sum_parts(uint32_t parts, const uint32_t *parent, uint32_t *waits, uint32_t *queue,
                      struct chain_part *out) {
    uint32_t head = 0, tail = 0;
    for (uint32_t i = 0; i < parts; i++)
        if (parent[i] != CHAIN_NONE)
            waits[parent[i]]++;
    for (uint32_t i = 0; i < parts; i++)
        if (waits[i] == 0)
            queue[tail++] = i;
    while (head < tail) {
        uint32_t part = queue[head++], above = parent[part];
        if (above == CHAIN_NONE)
            continue;
        out[above].parts += out[part].parts;
        out[above].missing += out[part].missing;
        if (--waits[above] == 0)
            queue[tail++] = above;
    }
    return tail == parts;
}

enum err chain_read_bill(const struct chain_report *report, uint32_t parts, const uint32_t *node,
                         const uint32_t *parent, struct chain_part *out, struct errinfo *info) {
    for (uint32_t i = 0; i < parts; i++)
        if (node[i] >= report->input.graph->nodes ||
            (parent[i] >= parts && parent[i] != CHAIN_NONE))
            return err_set(info, ERR_INPUT,
                           "part %u of the bill names a node or parent that does "
                           "not exist",
                           i + 1);
    enum err err = ERR_OK;
    uint32_t *waits = mem_new(parts, sizeof(*waits)), *queue = mem_new(parts, sizeof(*queue));
    if (waits == NULL || queue == NULL) {
        err = err_memory(info);
    } else {
        for (uint32_t i = 0; i < parts; i++)
            read_part(report, node[i], parent[i] != CHAIN_NONE ? node[parent[i]] : CHAIN_NONE,
                      &out[i]);
        if (!sum_parts(parts, parent, waits, queue, out))
            err = err_set(info, ERR_INPUT, "parts of the bill belong to each other in a circle");
    }
    mem_free(waits);
    mem_free(queue);
    return err;
}
