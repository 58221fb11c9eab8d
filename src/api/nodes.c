/* Nodes of the catalogue, as this edition offers and needs them. */
#include "api/codes.h"
#include "api/lookup.h"
#include "api/params.h"
#include "api/resources.h"
#include "engine/chain/chain_ask.h"

static uint32_t node_index(const struct api_scope *scope, const void *row) {
    return (uint32_t)((const struct view_node *)row - scope->view->node);
}

static const struct chain_node *node_report(const struct api_scope *scope, const void *row) {
    return &scope->view->report->node[node_index(scope, row)];
}

/* ---- where it stands ---- */

static const struct api_field place_fields[] = {
    API_ONE_AT(api_node_place, chain, &api_ref_chain, false, "The chain"),
    API_CODE_AT(api_node_place, role, &kind_node_role, "What the node is to it"),
    API_CODE_AT(api_node_place, stage, &kind_stage,
                "Where the node stands in it; null when that cannot be told"),
};

const struct api_record api_place_record = {.name = "NodePlace",
                                            .help = "Where a node stands in a chain",
                                            .field = place_fields,
                                            .fields = API_COUNT(place_fields)};

struct api_rows api_places_of(struct api_scope *scope, uint32_t node) {
    const struct view *view = scope->view;
    struct chain_positions places = chain_places_of(view->report, node);
    struct api_node_place *rows = api_new_rows(scope, places.count, sizeof(*rows));
    for (size_t i = 0; rows != NULL && i < places.count; i++) {
        const struct chain_place *place = &view->report->place[places.at[i]];
        rows[i] = (struct api_node_place){
            .chain = &view->chain[chain_of_place(view->report, places.at[i])],
            .stage = api_stage(place->stage),
            .role = str_of(kind_code(&kind_node_role, place->role + 1U)),
        };
    }
    return API_ROWS(rows, rows != NULL ? places.count : 0);
}

/* ---- gaps of a node ---- */

struct gap_mark {
    struct str kind, state;
};

static const struct api_field mark_fields[] = {
    API_CODE_AT(gap_mark, kind, &kind_gap, "What it lacks"),
    API_CODE_AT(gap_mark, state, &api_kind_gap_state, "How sure that is"),
};

static const struct api_record api_gap_mark = {.name = "GapMark",
                                               .help = "What a node lacks",
                                               .field = mark_fields,
                                               .fields = API_COUNT(mark_fields)};

struct str api_gap_kind(uint32_t kind) {
    return str_of(kind_code(&kind_gap, kind + 1));
}

struct str api_gap_state(uint32_t state) {
    return state == CHAIN_GAP_STATED ? str_of(kind_code(&api_kind_gap_state, API_GAP_STATED))
           : state == CHAIN_GAP_NOT_IN_REGISTER
               ? str_of(kind_code(&api_kind_gap_state, API_GAP_NOT_IN_REGISTER))
               : STR("");
}

static struct api_rows node_gaps(struct api_scope *scope, const void *row) {
    const struct chain_node *node = node_report(scope, row);
    struct gap_mark *marks = api_new_rows(scope, CHAIN_GAP_KINDS, sizeof(*marks));
    size_t count = 0;
    for (uint32_t kind = 0; marks != NULL && kind < CHAIN_GAP_KINDS; kind++)
        if (node->gap[kind] >= CHAIN_GAP_NOT_IN_REGISTER)
            marks[count++] = (struct gap_mark){api_gap_kind(kind), api_gap_state(node->gap[kind])};
    return API_ROWS(marks, count);
}

/* ---- counts ---- */

static struct api_value node_offers(struct api_scope *scope, const void *row) {
    return api_integer(chain_offers(node_report(scope, row)));
}

static struct api_value node_needs(struct api_scope *scope, const void *row) {
    return api_integer(chain_needs(node_report(scope, row)));
}

static struct api_value node_needs_open(struct api_scope *scope, const void *row) {
    return api_integer(node_report(scope, row)->needs_open);
}

/* An index of 0 is one that could not be computed. */
static struct api_value hhi(double index) {
    return index > 0 ? api_number(index) : api_null();
}

static struct api_value node_hhi_firm(struct api_scope *scope, const void *row) {
    return hhi(node_report(scope, row)->hhi_firm);
}

static struct api_value node_hhi_country(struct api_scope *scope, const void *row) {
    return hhi(node_report(scope, row)->hhi_country);
}

struct str api_coverage(const struct chain_node *node) {
    uint32_t offers = chain_offers(node), coverage = API_COVERED_BY_MANY;
    if (offers == 0)
        coverage = API_COVERED_BY_NOBODY;
    else if (offers == node->offers[CHAIN_INFERRED])
        coverage = API_COVERED_INFERRED;
    else if (offers == 1)
        coverage = API_COVERED_BY_ONE;
    return str_of(kind_code(&api_kind_coverage, coverage));
}

static struct api_value node_coverage(struct api_scope *scope, const void *row) {
    return api_text(api_coverage(node_report(scope, row)));
}

static struct api_rows node_places(struct api_scope *scope, const void *row) {
    return api_places_of(scope, node_index(scope, row));
}

static const struct api_field node_fields[] = {
    API_KEY_AT(view_node, code, "Code of the node, such as bat.cell"),
    API_CODE_AT(view_node, kind, &kind_node, "What it is"),
    API_TEXT_AT(view_node, name_en, "Name in English"),
    API_TEXT_AT(view_node, name_zh, "Name in Chinese"),
    API_SPLIT_AT(view_node, hs2022, ' ', "Codes of the Harmonised System 2022"),
    API_SPLIT_AT(view_node, cpc21, ' ', "Codes of the Central Product Classification 2.1"),
    API_SPLIT_AT(view_node, synonyms_en, ';', "What else it is called in English"),
    API_SPLIT_AT(view_node, synonyms_zh, ';', "What else it is called in Chinese"),
    API_CHOICE("coverage", &api_kind_coverage, false, node_coverage, "How well it is offered"),
    API_VALUE("offer_count", API_INTEGER, false, node_offers,
              "Exhibitors that offer it, on any basis"),
    API_VALUE("need_count", API_INTEGER, false, node_needs,
              "Exhibitors that need it, on any basis"),
    API_VALUE("open_need_count", API_INTEGER, false, node_needs_open,
              "Of them, those whose need nobody in the register meets"),
    API_VALUE("hhi_firm", API_NUMBER, true, node_hhi_firm,
              "Concentration by firm: Herfindahl-Hirschman index, 1 = all with one"),
    API_VALUE("hhi_country", API_NUMBER, true, node_hhi_country,
              "Concentration by country or region, of those where it is known"),
    API_MANY("gaps", &api_gap_mark, node_gaps, "What it lacks"),
    API_MANY("places", &api_place_record, node_places, "Where it stands in the chains"),
};

const struct api_record api_node = {
    .name = "Node",
    .help = "A position in a chain that one firm could claim, as this edition offers and needs it",
    .field = node_fields,
    .fields = API_COUNT(node_fields)};

/* ---- who offers and needs it ---- */

static const struct api_field claimant_fields[] = {
    API_ONE_AT(api_claimant, exhibitor, &api_ref_organisation, false, "The exhibitor"),
    API_CODE_AT(api_claimant, basis, &kind_basis, "How sure that is"),
};

const struct api_record api_claimant_record = {.name = "Claimant",
                                               .help = "An exhibitor that offers or needs a node",
                                               .field = claimant_fields,
                                               .fields = API_COUNT(claimant_fields)};

struct api_rows api_claimants_of(struct api_scope *scope, const struct chain_table *table,
                                 uint32_t node) {
    struct chain_row claims = chain_row(table, node);
    struct api_claimant *rows = api_new_rows(scope, claims.count, sizeof(*rows));
    for (size_t i = 0; rows != NULL && i < claims.count; i++)
        rows[i] = (struct api_claimant){api_exhibitor_at(scope->view, claims.at[i].of),
                                        api_basis(claims.at[i].basis)};
    return API_ROWS(rows, rows != NULL ? claims.count : 0);
}

static struct api_rows node_offered_by(struct api_scope *scope, const void *row) {
    return api_claimants_of(scope, &scope->view->report->offers_by_node, node_index(scope, row));
}

static struct api_rows node_needed_by(struct api_scope *scope, const void *row) {
    return api_claimants_of(scope, &scope->view->report->needs_by_node, node_index(scope, row));
}

/* ---- inputs, outputs, alternatives ---- */

struct node_link {
    const struct view_node *node;
    struct str kind;
    uint32_t offers;
};

static const struct api_field link_fields[] = {
    API_ONE_AT(node_link, node, &api_ref_node, false, "The node at the other end"),
    API_CODE_AT(node_link, kind, &kind_link, "How much it is needed"),
    API_U32_AS("offer_count", node_link, offers, "Exhibitors that offer the node at the other end"),
};

static const struct api_record api_node_link = {.name = "NodeLink",
                                                .help = "A link of a node to an input or output",
                                                .field = link_fields,
                                                .fields = API_COUNT(link_fields)};

/* The links whose end in `mine` is the node; their other ends are in `others`. */
static struct api_rows links_of(struct api_scope *scope, uint32_t node, const uint32_t *mine,
                                const uint32_t *others) {
    const struct view *view = scope->view;
    const struct chain_graph *graph = view->report->input.graph;
    size_t count = 0;
    for (uint32_t l = 0; l < graph->links; l++)
        count += mine[l] == node;
    struct node_link *rows = api_new_rows(scope, count, sizeof(*rows));
    count = 0;
    for (uint32_t l = 0; rows != NULL && l < graph->links; l++)
        if (mine[l] == node)
            rows[count++] = (struct node_link){
                .node = &view->node[others[l]],
                .kind = str_of(kind_code(&kind_link, graph->kind[l] + 1U)),
                .offers = chain_offers(&view->report->node[others[l]]),
            };
    return API_ROWS(rows, count);
}

static struct api_rows node_inputs(struct api_scope *scope, const void *row) {
    const struct chain_graph *graph = scope->view->report->input.graph;
    return links_of(scope, node_index(scope, row), graph->output, graph->input);
}

static struct api_rows node_outputs(struct api_scope *scope, const void *row) {
    const struct chain_graph *graph = scope->view->report->input.graph;
    return links_of(scope, node_index(scope, row), graph->input, graph->output);
}

static const struct api_field alternative_fields[] = {
    API_ONE_AT(api_alternative, node, &api_ref_node, false, "What can stand in for the node"),
    API_ONE_AT(api_alternative, product, &api_ref_node, false, "In what product"),
};

const struct api_record api_alternative_record = {
    .name = "Alternative",
    .help = "A node that can stand in for another one, as an input of one product",
    .field = alternative_fields,
    .fields = API_COUNT(alternative_fields)};

struct api_rows api_alternatives_of(struct api_scope *scope, uint32_t node) {
    const struct view *view = scope->view;
    const struct chain_graph *graph = view->report->input.graph;
    struct chain_alternative at = {.node = 0};
    size_t count = 0;
    while (chain_next_alternative(graph, node, &at))
        count++;
    struct api_alternative *rows = api_new_rows(scope, count, sizeof(*rows));
    at = (struct chain_alternative){.node = 0};
    for (size_t i = 0; rows != NULL && chain_next_alternative(graph, node, &at); i++)
        rows[i] = (struct api_alternative){&view->node[at.node], &view->node[at.product]};
    return API_ROWS(rows, rows != NULL ? count : 0);
}

static struct api_rows node_alternatives(struct api_scope *scope, const void *row) {
    return api_alternatives_of(scope, node_index(scope, row));
}

static const struct api_field detail_fields[] = {
    API_MANY("offered_by", &api_claimant_record, node_offered_by, "Who offers it"),
    API_MANY("needed_by", &api_claimant_record, node_needed_by, "Who needs it"),
    API_MANY("inputs", &api_node_link, node_inputs, "What it is made from"),
    API_MANY("outputs", &api_node_link, node_outputs, "What it goes into"),
    API_MANY("alternatives", &api_alternative_record, node_alternatives,
             "What can stand in for it"),
};

const struct api_record api_node_detail = {.name = "NodeDetail",
                                           .help = "A node with its neighbours and exhibitors",
                                           .base = &api_node,
                                           .field = detail_fields,
                                           .fields = API_COUNT(detail_fields)};

/* ---- the list ---- */

struct node_filter {
    uint32_t chain, stage, kind, coverage;
};

static enum err prepare_nodes(struct api_call *call, struct errinfo *info) {
    struct node_filter *f = arena_new(call->scope.arena, 1, sizeof(*f));
    if (f == NULL)
        return err_memory(info);
    call->filter = f;
    f->stage = kind_of_code(&kind_stage, api_call_value(call, &api_param_at_stage));
    f->kind = kind_of_code(&kind_node, api_call_value(call, &api_param_node_kind));
    f->coverage = kind_of_code(&api_kind_coverage, api_call_value(call, &api_param_coverage));
    return api_lookup(call, &api_param_in_chain, &f->chain, info);
}

static bool stands_as_asked(const struct view *view, const struct node_filter *f, uint32_t node) {
    struct chain_positions places = chain_places_of(view->report, node);
    if (f->chain == VIEW_NONE && f->stage == 0)
        return true;
    for (size_t i = 0; i < places.count; i++)
        if ((f->chain == VIEW_NONE || chain_of_place(view->report, places.at[i]) == f->chain) &&
            (f->stage == 0 || view->report->place[places.at[i]].stage + 1U == f->stage))
            return true;
    return false;
}

static bool takes_node(struct api_call *call, const void *row) {
    const struct node_filter *f = call->filter;
    const struct view_node *node = row;
    return (f->kind == 0 || kind_of_code(&kind_node, node->kind) == f->kind) &&
           (f->coverage == 0 || str_equal_c(api_coverage(node_report(&call->scope, row)),
                                            kind_code(&api_kind_coverage, f->coverage))) &&
           stands_as_asked(call->scope.view, f, node_index(&call->scope, row));
}

static struct api_position place_node(struct api_call *call, const void *row) {
    return (struct api_position){.id = ((const struct view_node *)row)->id};
}

struct api_rows api_all_nodes(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->node, scope->view->nodes);
}

const struct api_list api_list_nodes = {.rows = api_all_nodes,
                                        .is_sorted = true,
                                        .prepare = prepare_nodes,
                                        .takes = takes_node,
                                        .position = place_node};

enum err api_find_node(struct api_call *call, const void **row, struct errinfo *info) {
    uint32_t node;
    enum err e = api_lookup(call, &api_path_node, &node, info);
    if (e == ERR_OK)
        *row = &call->scope.view->node[node];
    return e;
}
