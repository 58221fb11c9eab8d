/*
 * What a node is essential to: from each final node of a chain backwards over essential links
 * inside the chain.
 *
 * depth: breadth-first from all final nodes at once. finals and finals_at_risk: each of 64 final
 * nodes is a bit; a node's bits flow to its essential inputs until nothing changes (cycles are no
 * trouble: bits only grow). For finals_at_risk bits do not flow over a link whose input has an
 * offered alternative. O(links) for each 64 final nodes on a graph with few cycles.
 */
#include "engine/chain/index.h"
#include "engine/chain/places.h"

/* The member that feeds `output` over `link`, or CHAIN_NONE when it is outside or not essential. */
static uint32_t feeder(const struct chain_report *report, const struct chain_local *local,
                       uint32_t link) {
    const struct chain_graph *graph = report->input.graph;
    return graph->kind[link] == CHAIN_ESSENTIAL ? local->of_node[graph->input[link]] : CHAIN_NONE;
}

/* The final nodes that are members, each once. */
static void collect_finals(const struct chain_slice *slice, struct chain_local *local) {
    local->finals = 0;
    for (uint32_t i = 0; i < slice->finals; i++) {
        uint32_t member = local->of_node[slice->final[i]];
        if (member != CHAIN_NONE && !local->waits[member]) {
            local->waits[member] = 1;
            local->final[local->finals++] = member;
        }
    }
    for (uint32_t i = 0; i < local->finals; i++)
        local->waits[local->final[i]] = 0;
}

static void find_depths(const struct chain_report *report, const struct chain_slice *slice,
                        const struct chain_local *local, struct chain_place *place) {
    uint32_t head = 0, tail = 0;
    for (uint32_t i = 0; i < slice->members; i++)
        place[i].depth = CHAIN_NONE;
    for (uint32_t i = 0; i < local->finals; i++) {
        place[local->final[i]].depth = 0;
        local->queue[tail++] = local->final[i];
    }
    while (head < tail) {
        uint32_t member = local->queue[head++];
        struct chain_span in = chain_links_in(report->index, slice->node[member]);
        for (size_t k = 0; k < in.count; k++) {
            uint32_t input = feeder(report, local, in.at[k]);
            if (input != CHAIN_NONE && place[input].depth == CHAIN_NONE) {
                place[input].depth = place[member].depth + 1;
                local->queue[tail++] = input;
            }
        }
    }
}

/* The queue as a ring; a member waits in it at most once. */
struct ring {
    uint32_t head;
    uint32_t count;
};

static void ring_add(struct chain_local *local, uint32_t members, struct ring *ring,
                     uint32_t member) {
    if (local->waits[member])
        return;
    local->waits[member] = 1;
    local->queue[((uint64_t)ring->head + ring->count++) % members] = member;
}

/* Lets the bits in reach[] of the waiting members flow. */
static void flow(const struct chain_report *report, const struct chain_slice *slice,
                 struct chain_local *local, struct ring ring, bool at_risk) {
    while (ring.count > 0) {
        uint32_t member = local->queue[ring.head];
        ring.head = (ring.head + 1) % slice->members;
        ring.count--;
        local->waits[member] = 0;
        struct chain_span in = chain_links_in(report->index, slice->node[member]);
        for (size_t k = 0; k < in.count; k++) {
            uint32_t input = feeder(report, local, in.at[k]);
            if (input == CHAIN_NONE || (at_risk && report->link[in.at[k]].replaceable))
                continue;
            uint64_t grown = local->reach[input] | local->reach[member];
            if (grown != local->reach[input]) {
                local->reach[input] = grown;
                ring_add(local, slice->members, &ring, input);
            }
        }
    }
}

static void follow_64(const struct chain_report *report, const struct chain_slice *slice,
                      struct chain_local *local, uint32_t from, struct chain_place *place,
                      bool at_risk) {
    struct ring ring = {0};
    for (uint32_t i = 0; i < slice->members; i++)
        local->reach[i] = 0;
    for (uint32_t i = from; i < local->finals && i - from < 64; i++) {
        local->reach[local->final[i]] = (uint64_t)1 << (i - from);
        ring_add(local, slice->members, &ring, local->final[i]);
    }
    flow(report, slice, local, ring, at_risk);
    for (uint32_t i = 0; i < slice->members; i++)
        *(at_risk ? &place[i].finals_at_risk : &place[i].finals) +=
            (uint32_t)__builtin_popcountll(local->reach[i]);
}

void chain_follow_finals(struct chain_report *report, uint32_t number, struct chain_local *local) {
    const struct chain_slice *slice = &report->input.slice[number];
    struct chain_summary *chain = &report->chain[number];
    struct chain_place *place = report->place + chain->place_first;
    collect_finals(slice, local);
    chain->finals = local->finals;
    find_depths(report, slice, local, place);
    for (uint32_t from = 0; from < local->finals; from += 64) {
        follow_64(report, slice, local, from, place, false);
        follow_64(report, slice, local, from, place, true);
    }
}
