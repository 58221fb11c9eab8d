/* Chains: how far they are offered, stage by stage. One chain's nodes and links: chain_detail.c. */
#include "api/codes.h"
#include "api/lookup.h"
#include "api/params.h"
#include "api/resources.h"

uint32_t api_chain_index(const struct api_scope *scope, const void *row) {
    return (uint32_t)((const struct view_chain *)row - scope->view->chain);
}

static const struct chain_summary *chain_report_of(const struct api_scope *scope, const void *row) {
    return &scope->view->report->chain[api_chain_index(scope, row)];
}

/* ---- stages and kinds of links ---- */

struct stage_row {
    struct str stage;
    uint32_t nodes, offered, exhibitors;
};

static const struct api_field stage_fields[] = {
    API_CODE_AT(stage_row, stage, &kind_stage, "The stage; null = it cannot be told"),
    API_U32_AS("node_count", stage_row, nodes, "Nodes of the chain at this stage"),
    API_U32_AS("offered_count", stage_row, offered, "Of them, those that somebody offers"),
    API_U32_AS("exhibitor_count", stage_row, exhibitors,
               "Exhibitors that offer one of them; one may stand at several stages"),
};

static const struct api_record api_stage_record = {.name = "ChainStage",
                                                   .help = "A stage of a chain",
                                                   .field = stage_fields,
                                                   .fields = API_COUNT(stage_fields)};

static struct api_rows chain_stages(struct api_scope *scope, const void *row) {
    const struct chain_summary *chain = chain_report_of(scope, row);
    struct stage_row *rows = api_new_rows(scope, CHAIN_STAGES, sizeof(*rows));
    size_t count = 0;
    for (uint32_t stage = 0; rows != NULL && stage < CHAIN_STAGES; stage++)
        if (stage < CHAIN_STAGE_UNKNOWN || chain->nodes[stage] > 0)
            rows[count++] = (struct stage_row){api_stage(stage), chain->nodes[stage],
                                               chain->offered[stage], chain->exhibitors_at[stage]};
    return API_ROWS(rows, count);
}

struct link_kind_row {
    struct str kind;
    uint32_t links, live;
};

static const struct api_field link_kind_fields[] = {
    API_CODE_AT(link_kind_row, kind, &kind_link, "How much the input is needed"),
    API_U32_AS("link_count", link_kind_row, links, "Links with both ends in the chain"),
    API_U32_AS("live_count", link_kind_row, live, "Of them, those with exhibitors at both ends"),
};

static const struct api_record api_link_kind_record = {.name = "ChainLinkKind",
                                                       .help = "Links of a chain by kind",
                                                       .field = link_kind_fields,
                                                       .fields = API_COUNT(link_kind_fields)};

static struct api_rows chain_link_kinds(struct api_scope *scope, const void *row) {
    const struct chain_summary *chain = chain_report_of(scope, row);
    struct link_kind_row *rows = api_new_rows(scope, CHAIN_LINK_KINDS, sizeof(*rows));
    for (uint32_t kind = 0; rows != NULL && kind < CHAIN_LINK_KINDS; kind++)
        rows[kind] = (struct link_kind_row){str_of(kind_code(&kind_link, kind + 1)),
                                            chain->links[kind], chain->live[kind]};
    return API_ROWS(rows, rows != NULL ? CHAIN_LINK_KINDS : 0);
}

/* ---- the record ---- */

static struct api_value chain_nodes(struct api_scope *scope, const void *row) {
    return api_integer(chain_report_of(scope, row)->places);
}

static struct api_value chain_offered(struct api_scope *scope, const void *row) {
    const struct chain_summary *chain = chain_report_of(scope, row);
    uint32_t offered = 0;
    for (uint32_t stage = 0; stage < CHAIN_STAGES; stage++)
        offered += chain->offered[stage];
    return api_integer(offered);
}

static struct api_value chain_exhibitors(struct api_scope *scope, const void *row) {
    return api_integer(chain_report_of(scope, row)->exhibitors);
}

static struct api_value chain_gaps(struct api_scope *scope, const void *row) {
    return api_integer((int64_t)chain_report_of(scope, row)->gaps);
}

static struct api_value chain_incoherence(struct api_scope *scope, const void *row) {
    return api_number(chain_report_of(scope, row)->incoherence);
}

static struct api_texts chain_finals(struct api_scope *scope, const void *row) {
    const struct chain_slice *slice = &scope->view->input.slice[api_chain_index(scope, row)];
    struct str *codes = api_new_rows(scope, slice->finals, sizeof(*codes));
    for (uint32_t i = 0; codes != NULL && i < slice->finals; i++)
        codes[i] = scope->view->node[slice->final[i]].code;
    return (struct api_texts){codes, codes != NULL ? slice->finals : 0};
}

static const struct api_field chain_fields[] = {
    API_KEY_AT(view_chain, code, "Code of the chain, such as clean-energy"),
    API_TEXT_AT(view_chain, name_en, "Name in English"),
    API_TEXT_AT(view_chain, name_zh, "Name in Chinese"),
    API_TEXT_AT(view_chain, summary_en, "What it is about, in English"),
    API_TEXT_AT(view_chain, summary_zh, "What it is about, in Chinese"),
    API_VALUE("node_count", API_INTEGER, false, chain_nodes, "Nodes it has"),
    API_VALUE("offered_count", API_INTEGER, false, chain_offered,
              "Of them, those that somebody offers"),
    API_VALUE("exhibitor_count", API_INTEGER, false, chain_exhibitors,
              "Exhibitors that offer one of its nodes"),
    API_MANY("stages", &api_stage_record, chain_stages, "The same by stage"),
    API_MANY("link_kinds", &api_link_kind_record, chain_link_kinds, "Its links by kind"),
    API_VALUE("gap_count", API_INTEGER, false, chain_gaps,
              "Gaps and weak spots; /api/v1/gaps lists them"),
    API_VALUE("incoherence", API_NUMBER, false, chain_incoherence,
              "How badly its links are layered: F0 (MacKay, Johnson, Sansom 2020), 0 = perfect "
              "layers, 1 = no direction"),
    API_TEXTS_OF("final_nodes", chain_finals, "Codes of the nodes that it ends in"),
};

const struct api_record api_chain = {.name = "Chain",
                                     .help = "A slice of the catalogue that ends in final "
                                             "products, read from upstream to downstream",
                                     .field = chain_fields,
                                     .fields = API_COUNT(chain_fields)};

struct api_rows api_all_chains(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->chain, scope->view->chains);
}

static struct api_position place_chain(struct api_call *call, const void *row) {
    return (struct api_position){.id = ((const struct view_chain *)row)->id};
}

const struct api_list api_list_chains = {
    .rows = api_all_chains, .is_sorted = true, .position = place_chain};

enum err api_find_chain(struct api_call *call, const void **row, struct errinfo *info) {
    uint32_t chain;
    enum err e = api_lookup(call, &api_path_chain, &chain, info);
    if (e == ERR_OK)
        *row = &call->scope.view->chain[chain];
    return e;
}
