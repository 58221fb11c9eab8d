/* One chain: its nodes with who offers them and what is missing, its links, the services around. */
#include "api/codes.h"
#include "api/resources.h"

/* A row of view_chain is the chain; rows of chain_place and of link_row are in its lists. */

/* ---- nodes ---- */

const void *api_place_node(struct api_scope *scope, const void *row) {
    return &scope->view->node[((const struct chain_place *)row)->node];
}

struct api_value api_place_stage(struct api_scope *scope, const void *row) {
    return api_text(api_stage(((const struct chain_place *)row)->stage));
}

struct api_value api_place_role(struct api_scope *scope, const void *row) {
    return api_code(&kind_node_role, ((const struct chain_place *)row)->role + 1U);
}

static struct api_rows place_offered_by(struct api_scope *scope, const void *row) {
    return api_claimants_of(scope, &scope->view->report->offers_by_node,
                            ((const struct chain_place *)row)->node);
}

static struct api_rows place_alternatives(struct api_scope *scope, const void *row) {
    return api_alternatives_of(scope, ((const struct chain_place *)row)->node);
}

static const struct api_field place_fields[] = {
    API_ONE("node", &api_node, false, api_place_node, "The node, with its counts and gaps"),
    API_CHOICE("stage", &kind_stage, true, api_place_stage,
               "Where it stands in this chain; null when that cannot be told"),
    API_BOOL_AT(chain_place, stage_computed,
                "Whether the stage is computed from the links, the organiser having given none"),
    API_CHOICE("role", &kind_node_role, false, api_place_role, "What it is to this chain"),
    API_DOUBLE_AT(chain_place, level, "Its trophic level in this chain"),
    API_MANY("offered_by", &api_claimant_record, place_offered_by, "Who offers it"),
    API_MANY("alternatives", &api_alternative_record, place_alternatives,
             "What can stand in for it"),
};

static const struct api_record api_chain_node = {.name = "ChainNode",
                                                 .help = "A node in a chain",
                                                 .field = place_fields,
                                                 .fields = API_COUNT(place_fields)};

static struct api_rows chain_nodes(struct api_scope *scope, const void *row) {
    const struct chain_report *report = scope->view->report;
    const struct chain_summary *chain = &report->chain[api_chain_index(scope, row)];
    return API_ROWS(&report->place[chain->place_first], chain->places);
}

/* ---- links ---- */

struct link_row {
    struct str input, output, kind, live;
    bool covered, replaceable;
};

static const struct api_field link_fields[] = {
    API_KEY_AT(link_row, input, "Code of the node that goes in"),
    API_KEY_AT(link_row, output, "Code of the node it goes into"),
    API_CODE_AT(link_row, kind, &kind_link, "How much the input is needed"),
    API_CODE_AT(link_row, live, &kind_basis,
                "The weaker of both ends' bases where both are offered; null = not live"),
    API_BOOL_AT(link_row, covered, "Whether the input, or an alternative of it, is offered"),
    API_BOOL_AT(link_row, replaceable, "Whether an alternative of the input is offered"),
};

static const struct api_record api_chain_link = {.name = "ChainLink",
                                                 .help = "A link between two nodes of a chain",
                                                 .field = link_fields,
                                                 .fields = API_COUNT(link_fields)};

static bool holds(const struct view *view, uint32_t chain, uint32_t node) {
    struct chain_positions places = chain_places_of(view->report, node);
    for (size_t i = 0; i < places.count; i++)
        if (chain_of_place(view->report, places.at[i]) == chain)
            return true;
    return false;
}

struct str api_live(uint32_t live) {
    return live == CHAIN_NOT_LIVE ? STR("") : api_basis(live - CHAIN_LIVE_INFERRED);
}

static struct api_rows chain_links(struct api_scope *scope, const void *row) {
    const struct view *view = scope->view;
    const struct chain_graph *graph = view->report->input.graph;
    uint32_t chain = api_chain_index(scope, row), count = 0;
    const struct chain_summary *summary = &view->report->chain[chain];
    for (uint32_t kind = 0; kind < CHAIN_LINK_KINDS; kind++)
        count += summary->links[kind];
    struct link_row *rows = api_new_rows(scope, count, sizeof(*rows));
    uint32_t written = 0;
    for (uint32_t l = 0; rows != NULL && l < graph->links && written < count; l++) {
        const struct chain_link *link = &view->report->link[l];
        if (!holds(view, chain, graph->input[l]) || !holds(view, chain, graph->output[l]))
            continue;
        rows[written++] = (struct link_row){
            .input = view->node[graph->input[l]].code,
            .output = view->node[graph->output[l]].code,
            .kind = str_of(kind_code(&kind_link, graph->kind[l] + 1U)),
            .live = api_live(link->live),
            .covered = link->covered,
            .replaceable = link->replaceable,
        };
    }
    return API_ROWS(rows, written);
}

/* ---- the services around it ---- */

static struct api_rows chain_ecosystem(struct api_scope *scope, const void *row) {
    const struct view *view = scope->view;
    const struct chain_summary *chain = &view->report->chain[api_chain_index(scope, row)];
    const struct view_node **nodes = api_new_rows(scope, chain->ecosystems, sizeof(*nodes));
    for (size_t i = 0; nodes != NULL && i < chain->ecosystems; i++)
        nodes[i] = &view->node[view->report->ecosystem[chain->ecosystem_first + i]];
    return (struct api_rows){.at = nodes, .count = nodes != NULL ? chain->ecosystems : 0};
}

static const struct api_field detail_fields[] = {
    API_MANY("nodes", &api_chain_node, chain_nodes, "Its nodes"),
    API_MANY("links", &api_chain_link, chain_links, "Its links"),
    API_MANY("ecosystem", &api_node, chain_ecosystem,
             "The services around it: those that are its nodes, and those that links join to it"),
};

const struct api_record api_chain_detail = {.name = "ChainDetail",
                                            .help = "A chain with its nodes and links",
                                            .base = &api_chain,
                                            .field = detail_fields,
                                            .fields = API_COUNT(detail_fields)};
