/*
 * Joint stands: see chain_ask.h. One pass finds the partners, a map per node collects who offers
 * and what the leader needs, and the links between offered nodes are read off the graph.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "engine/chain/chain_ask.h"
#include "engine/chain/index.h"

struct gather {
    const struct chain_report *report;
    uint32_t *entry; /* [nodes] 1 + position in `nodes`, 0 = none */
    VEC(uint32_t)
    partners;
    VEC(struct chain_stand_node)
    nodes;
    VEC(uint32_t)
    links;
};

/* The stand's entry of a node; NULL when memory is short. */
static struct chain_stand_node *entry_of(struct gather *g, uint32_t node) {
    if (g->entry[node] == 0) {
        if (!vec_push(&g->nodes, (struct chain_stand_node){.node = node}))
            return NULL;
        g->entry[node] = (uint32_t)g->nodes.len;
    }
    return &g->nodes.at[g->entry[node] - 1];
}

static bool gather_offers(struct gather *g, uint32_t exhibitor, bool leader) {
    struct chain_row offers = chain_row(&g->report->offers_by_exhibitor, exhibitor);
    for (size_t i = 0; i < offers.count; i++) {
        struct chain_stand_node *entry = entry_of(g, offers.at[i].of);
        if (entry == NULL)
            return false;
        entry->by_leader = entry->by_leader || leader;
        entry->partners += !leader;
    }
    return true;
}

static bool gather_needs(struct gather *g, uint32_t leader) {
    struct chain_row needs = chain_row(&g->report->needs_by_exhibitor, leader);
    for (size_t i = 0; i < needs.count; i++) {
        struct chain_stand_node *entry = entry_of(g, needs.at[i].of);
        if (entry == NULL)
            return false;
        entry->need = (uint8_t)(needs.at[i].basis + 1);
    }
    return true;
}

static bool offered(const struct gather *g, uint32_t node) {
    if (g->entry[node] == 0)
        return false;
    const struct chain_stand_node *entry = &g->nodes.at[g->entry[node] - 1];
    return entry->by_leader || entry->partners > 0;
}

static bool gather_links(struct gather *g) {
    const struct chain_graph *graph = g->report->input.graph;
    for (size_t i = 0; i < g->nodes.len; i++) {
        if (!offered(g, g->nodes.at[i].node))
            continue;
        struct chain_span out = chain_links_out(g->report->index, g->nodes.at[i].node);
        for (size_t k = 0; k < out.count; k++)
            if (offered(g, graph->output[out.at[k]]) && !vec_push(&g->links, out.at[k]))
                return false;
    }
    return true;
}

static int by_node(const void *a, const void *b) {
    const struct chain_stand_node *left = a, *right = b;
    return left->node < right->node ? -1 : left->node > right->node;
}

static bool gather_all(struct gather *g, uint32_t leader) {
    const struct chain_register *reg = g->report->input.reg;
    if (!gather_offers(g, leader, true) || !gather_needs(g, leader))
        return false;
    for (uint32_t e = 0; e < reg->exhibitors; e++)
        if (reg->lead[e] == leader && e != leader &&
            (!vec_push(&g->partners, e) || !gather_offers(g, e, false)))
            return false;
    if (g->nodes.len > 0)
        qsort(g->nodes.at, g->nodes.len, sizeof(*g->nodes.at), by_node);
    for (size_t i = 0; i < g->nodes.len; i++)
        g->entry[g->nodes.at[i].node] = (uint32_t)i + 1;
    return gather_links(g);
}

enum err chain_find_stand(const struct chain_report *report, uint32_t leader,
                          struct chain_stand *out, struct errinfo *info) {
    if (leader >= report->input.reg->exhibitors)
        return err_set(info, ERR_NOT_FOUND, "there is no exhibitor %u", leader);
    struct gather g = {.report = report};
    g.entry = mem_new(report->input.graph->nodes, sizeof(*g.entry));
    if (g.entry == NULL || !gather_all(&g, leader)) {
        mem_free(g.entry);
        vec_free(&g.partners);
        vec_free(&g.nodes);
        vec_free(&g.links);
        return err_memory(info);
    }
    *out = (struct chain_stand){
        .leader = leader,
        .partner = g.partners.at,
        .partners = (uint32_t)g.partners.len,
        .node = g.nodes.at,
        .nodes = (uint32_t)g.nodes.len,
        .link = g.links.at,
        .links = (uint32_t)g.links.len,
    };
    for (uint32_t i = 0; i < out->nodes; i++) {
        out->needs += out->node[i].need > 0;
        out->needs_met += out->node[i].need > 0 && out->node[i].partners > 0;
    }
    mem_free(g.entry);
    return ERR_OK;
}

void chain_stand_release(struct chain_stand *stand) {
    mem_free(stand->partner);
    mem_free(stand->node);
    mem_free(stand->link);
    *stand = (struct chain_stand){0};
}
