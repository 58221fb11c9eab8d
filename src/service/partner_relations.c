/* Relations from links, groups, scenarios and chains; see partner_relations.h. All are gathered,
 * sorted by the offered node and the claim, and the strongest of equal ones stays. */
#include "service/partner_relations.h"

#include <stdlib.h>

#include "base/vec.h"

struct found {
    uint32_t give; /* the node that is offered */
    struct match_relation to;
};

struct gathering {
    const struct view *view;
    VEC(struct found)
    found;
    bool failed;
};

static void add(struct gathering *g, uint32_t give, enum match_side side, uint32_t node,
                enum match_kind kind) {
    struct found found = {give, {node, (uint8_t)side, (uint8_t)kind}};
    if (give != node || kind == MATCH_SAME)
        g->failed = !vec_push(&g->found, found) || g->failed;
}

static void add_links(struct gathering *g) {
    static const uint8_t kinds[CHAIN_LINK_KINDS] = {[CHAIN_ESSENTIAL] = MATCH_ESSENTIAL,
                                                    [CHAIN_OPTIONAL] = MATCH_OPTIONAL,
                                                    [CHAIN_CAPITAL] = MATCH_CAPITAL};
    const struct chain_graph *graph = g->view->input.graph;
    for (uint32_t l = 0; l < graph->links; l++)
        add(g, graph->input[l], MATCH_OFFERS, graph->output[l],
            (enum match_kind)kinds[graph->kind[l]]);
}

struct alternative {
    uint32_t output, group, input;
};

static int by_group(const void *a, const void *b) {
    const struct alternative *x = a, *y = b;
    if (x->output != y->output)
        return x->output < y->output ? -1 : 1;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return x->input < y->input ? -1 : x->input > y->input;
}

/* One thing that can stand in for another somewhere. */
struct stand_in {
    uint32_t node, other;
};

static int by_nodes(const void *a, const void *b) {
    const struct stand_in *x = a, *y = b;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    return (x->other > y->other) - (x->other < y->other);
}

/* How many outputs a node is an essential input of. */
static uint32_t essential_outputs(const struct chain_graph *graph, uint32_t node) {
    uint32_t count = 0;
    for (uint32_t l = 0; l < graph->links; l++)
        count += graph->input[l] == node && graph->kind[l] == CHAIN_ESSENTIAL;
    return count;
}

static void add_substitutes(struct gathering *g) {
    const struct chain_graph *graph = g->view->input.graph;
    VEC(struct alternative)
    all = {0};
    VEC(struct stand_in)
    pairs = {0};
    for (uint32_t l = 0; l < graph->links && graph->alternative_group != NULL; l++) {
        struct alternative one = {graph->output[l], graph->alternative_group[l], graph->input[l]};
        if (one.group != 0 && graph->kind[l] == CHAIN_ESSENTIAL)
            g->failed = !vec_push(&all, one) || g->failed;
    }
    if (all.len > 0)
        qsort(all.at, all.len, sizeof(*all.at), by_group);
    for (size_t i = 0; i < all.len; i++)
        for (size_t j = i + 1; j < all.len && all.at[j].output == all.at[i].output &&
                               all.at[j].group == all.at[i].group;
             j++) {
            struct stand_in there = {all.at[i].input, all.at[j].input};
            struct stand_in back = {there.other, there.node};
            g->failed = !vec_push(&pairs, there) || !vec_push(&pairs, back) || g->failed;
        }
    if (pairs.len > 0)
        qsort(pairs.at, pairs.len, sizeof(*pairs.at), by_nodes);
    for (size_t from = 0, to; from < pairs.len; from = to) {
        const struct stand_in *pair = &pairs.at[from];
        for (to = from; to < pairs.len && by_nodes(pair, &pairs.at[to]) == 0;)
            to++;
        if (2 * (to - from) >= essential_outputs(graph, pair->node))
            add(g, pair->other, MATCH_NEEDS, pair->node, MATCH_SUBSTITUTE);
    }
    vec_free(&all);
    vec_free(&pairs);
}

static void add_scenarios(struct gathering *g) {
    for (uint32_t s = 0; s < g->view->scenarios; s++) {
        const struct view_scenario *scenario = &g->view->scenario[s];
        const struct view_part *part = g->view->part + scenario->part_first;
        uint32_t whole = VIEW_NONE;
        for (uint32_t p = 0; p < scenario->parts; p++)
            if (part[p].parent == VIEW_NONE)
                whole = part[p].node;
        for (uint32_t p = 0; p < scenario->parts; p++) {
            if (part[p].parent != VIEW_NONE)
                add(g, part[p].node, MATCH_OFFERS, part[part[p].parent].node, MATCH_SCENARIO);
            if (whole != VIEW_NONE)
                add(g, part[p].node, MATCH_OFFERS, whole, MATCH_SCENARIO);
        }
    }
}

static bool is_member(const struct chain_report *report, uint32_t chain, uint32_t node,
                      enum chain_role *role) {
    struct chain_positions at = chain_places_of(report, node);
    for (size_t i = 0; i < at.count; i++)
        if (chain_of_place(report, at.at[i]) == chain) {
            *role = (enum chain_role)report->place[at.at[i]].role;
            return true;
        }
    return false;
}

/* Whether a service goes into the chain: it is a member as a service, or an input of a member. The
 * report's ecosystem also holds services that the chain itself supplies. */
static bool serves(const struct view *view, uint32_t chain, uint32_t service) {
    const struct chain_graph *graph = view->input.graph;
    enum chain_role role;
    if (is_member(view->report, chain, service, &role))
        return role == CHAIN_SERVICE;
    for (uint32_t l = 0; l < graph->links; l++)
        if (graph->input[l] == service && is_member(view->report, chain, graph->output[l], &role))
            return true;
    return false;
}

static void add_services(struct gathering *g) {
    const struct chain_report *report = g->view->report;
    for (uint32_t c = 0; c < g->view->chains; c++) {
        const struct chain_summary *chain = &report->chain[c];
        const struct chain_place *place = report->place + chain->place_first;
        for (size_t e = 0; e < chain->ecosystems; e++) {
            uint32_t service = report->ecosystem[chain->ecosystem_first + e];
            bool is_service = serves(g->view, c, service);
            for (uint32_t p = 0; p < chain->places && is_service; p++)
                if (place[p].role == CHAIN_CORE)
                    add(g, service, MATCH_OFFERS, place[p].node, MATCH_SERVICE);
        }
    }
}

/* Whether a chain is one of services: they are most of its core (freight, warehouses, banks). */
static bool is_of_services(const struct view *view, uint32_t chain) {
    const struct chain_summary *c = &view->report->chain[chain];
    uint32_t core = 0, services = 0;
    for (uint32_t p = 0; p < c->places; p++) {
        const struct chain_place *place = &view->report->place[c->place_first + p];
        bool is_core = place->role == CHAIN_CORE;
        core += is_core;
        services += is_core && view->input.graph->is_service[place->node];
    }
    return 2 * services > core;
}

/* A finished product that crosses borders: it has a heading in the Harmonized System. */
static bool is_shipped(const struct view *view, uint32_t node) {
    return str_equal_c(view->node[node].kind, "product") && view->node[node].hs2022.len > 0;
}

/* Services of such a chain serve all who ship finished products. */
static void add_shipping(struct gathering *g) {
    const struct chain_report *report = g->view->report;
    for (uint32_t c = 0; c < g->view->chains; c++) {
        const struct chain_summary *chain = &report->chain[c];
        const struct chain_place *place = report->place + chain->place_first;
        bool is_chain_of_services = is_of_services(g->view, c);
        for (uint32_t p = 0; p < chain->places && is_chain_of_services; p++)
            for (uint32_t n = 0; n < g->view->nodes; n++)
                if ((place[p].role == CHAIN_CORE || place[p].role == CHAIN_SERVICE) &&
                    is_shipped(g->view, n) && chain_places_of(report, n).count > 0)
                    add(g, place[p].node, MATCH_OFFERS, n, MATCH_SERVICE);
    }
}

static int by_strength(const void *a, const void *b) {
    const struct found *x = a, *y = b;
    if (x->give != y->give)
        return x->give < y->give ? -1 : 1;
    if (x->to.side != y->to.side)
        return x->to.side < y->to.side ? -1 : 1;
    if (x->to.node != y->to.node)
        return x->to.node < y->to.node ? -1 : 1;
    return (x->to.kind > y->to.kind) - (x->to.kind < y->to.kind);
}

static bool is_repeated(const struct found *one, const struct found *before) {
    return one->give == before->give && one->to.side == before->to.side &&
           one->to.node == before->to.node;
}

/* The rows by offered node, each claim once. */
static enum err keep(struct gathering *g, struct arena *arena, struct match_market *market,
                     struct errinfo *info) {
    uint32_t nodes = g->view->nodes;
    size_t *offset = arena_new(arena, (size_t)nodes + 1, sizeof(*offset));
    struct match_relation *relation = arena_new(arena, g->found.len + 1, sizeof(*relation));
    size_t count = 0;
    if (g->failed || offset == NULL || relation == NULL)
        return err_memory(info);
    if (g->found.len > 0)
        qsort(g->found.at, g->found.len, sizeof(*g->found.at), by_strength);
    for (size_t i = 0; i < g->found.len; i++)
        if (i == 0 || !is_repeated(&g->found.at[i], &g->found.at[i - 1])) {
            relation[count++] = g->found.at[i].to;
            offset[g->found.at[i].give + 1]++;
        }
    for (uint32_t n = 0; n < nodes; n++)
        offset[n + 1] += offset[n];
    market->relation_offset = offset;
    market->relation = relation;
    return ERR_OK;
}

enum err partner_relations(const struct view *view, struct arena *arena,
                           struct match_market *market, struct errinfo *info) {
    struct gathering g = {.view = view};
    for (uint32_t n = 0; n < view->nodes; n++)
        add(&g, n, MATCH_NEEDS, n, MATCH_SAME);
    add_links(&g);
    add_substitutes(&g);
    add_scenarios(&g);
    add_services(&g);
    add_shipping(&g);
    enum err code = keep(&g, arena, market, info);
    vec_free(&g.found);
    return code;
}
