/* One exhibitor with all that is known of it; exhibitors.c has what the directory shows, and
 * neighbours.c who stands next to it. */
#include "api/codes.h"
#include "api/lookup.h"
#include "api/params.h"
#include "api/resources.h"
#include "engine/chain/chain_ask.h"

/* ---- needs ---- */

static const struct api_field need_fields[] = {
    API_ONE_AT(api_claim, node, &api_ref_node, false, "What is needed"),
    API_CODE_AT(api_claim, basis, &kind_basis,
                "How sure that is; a need that follows from an offer is inferred"),
    API_BOOL_AT(api_claim, open, "Whether nobody in the register meets it"),
    API_MANY("places", &api_place_record, api_claim_places, "Where the node stands in the chains"),
};

static const struct api_record api_need = {.name = "Need",
                                           .help = "A node that an exhibitor needs",
                                           .field = need_fields,
                                           .fields = API_COUNT(need_fields)};

static struct api_rows exhibitor_needs(struct api_scope *scope, const void *row) {
    return api_claims_of(scope, &scope->view->report->needs_by_exhibitor, row);
}

/* ---- exhibits and names ---- */

static struct api_rows exhibitor_exhibits(struct api_scope *scope, const void *row) {
    const struct view_exhibitor *e = row;
    return API_ROWS(&scope->view->exhibit[e->exhibit_first], e->exhibits);
}

static struct api_rows exhibitor_names(struct api_scope *scope, const void *row) {
    return api_names_of(scope, api_organisation_of(scope, row));
}

static struct api_texts exhibitor_editions(struct api_scope *scope, const void *row) {
    return api_editions_of(scope, api_organisation_of(scope, row));
}

/* ---- the joint stand ---- */

struct stand_row {
    const struct view_exhibitor *exhibitor;
    struct chain_stand stand; /* of the request's memory */
};

struct stand_node_row {
    const struct view_node *node;
    struct str need;
    bool by_leader;
    uint32_t partners;
};

static const struct api_field stand_node_fields[] = {
    API_ONE_AT(stand_node_row, node, &api_ref_node, false, "The node"),
    API_BOOL_AT(stand_node_row, by_leader, "Whether the lead exhibitor offers it"),
    API_U32_AS("partner_count", stand_node_row, partners, "How many partners offer it"),
    API_CODE_AT(stand_node_row, need, &kind_basis,
                "How sure it is that the lead exhibitor needs it; null = it does not"),
};

static const struct api_record api_stand_node = {.name = "StandNode",
                                                 .help = "A node on a joint stand",
                                                 .field = stand_node_fields,
                                                 .fields = API_COUNT(stand_node_fields)};

static struct api_rows stand_nodes(struct api_scope *scope, const void *row) {
    const struct chain_stand *stand = &((const struct stand_row *)row)->stand;
    struct stand_node_row *rows = api_new_rows(scope, stand->nodes, sizeof(*rows));
    for (uint32_t i = 0; rows != NULL && i < stand->nodes; i++)
        rows[i] = (struct stand_node_row){
            .node = &scope->view->node[stand->node[i].node],
            .need = stand->node[i].need > 0 ? api_basis(stand->node[i].need - 1U) : STR(""),
            .by_leader = stand->node[i].by_leader,
            .partners = stand->node[i].partners,
        };
    return API_ROWS(rows, rows != NULL ? stand->nodes : 0);
}

static struct api_rows stand_partners(struct api_scope *scope, const void *row) {
    const struct chain_stand *stand = &((const struct stand_row *)row)->stand;
    const struct view_organisation **rows = api_new_rows(scope, stand->partners, sizeof(*rows));
    for (uint32_t i = 0; rows != NULL && i < stand->partners; i++)
        rows[i] = api_exhibitor_at(scope->view, stand->partner[i]);
    return (struct api_rows){.at = rows, .count = rows != NULL ? stand->partners : 0};
}

static const void *stand_exhibitor(struct api_scope *scope, const void *row) {
    return ((const struct stand_row *)row)->exhibitor;
}

static struct api_value stand_links(struct api_scope *scope, const void *row) {
    return api_integer(((const struct stand_row *)row)->stand.links);
}

static struct api_value stand_needs(struct api_scope *scope, const void *row) {
    return api_integer(((const struct stand_row *)row)->stand.needs);
}

static struct api_value stand_needs_met(struct api_scope *scope, const void *row) {
    return api_integer(((const struct stand_row *)row)->stand.needs_met);
}

#define OF_EXHIBITOR(...)                                                                          \
    { __VA_ARGS__, .via = stand_exhibitor }

static const struct api_field stand_fields[] = {
    OF_EXHIBITOR(.name = "participants_reported", .help = "Participants, as reported",
                 .type = API_INTEGER, .from = API_FROM_I64, .nullable = true,
                 .offset = offsetof(struct view_exhibitor, joint_participants)),
    OF_EXHIBITOR(.name = "qualifier", .help = "How the reported number is to be read",
                 .type = API_CODE, .from = API_FROM_STR, .nullable = true, .kind = &kind_qualifier,
                 .offset = offsetof(struct view_exhibitor, joint_qualifier)),
    OF_EXHIBITOR(.name = "note", .help = "Remark", .type = API_TEXT, .from = API_FROM_STR,
                 .nullable = true, .offset = offsetof(struct view_exhibitor, joint_note)),
    OF_EXHIBITOR(.name = "sources",
                 .help = "Where it was published: web addresses, or the name of a paper",
                 .type = API_TEXTS, .from = API_FROM_SPLIT, .separator = ';',
                 .offset = offsetof(struct view_exhibitor, joint_source)),
    API_MANY("partners", &api_ref_organisation, stand_partners,
             "The partners that are in the register"),
    API_VALUE("link_count", API_INTEGER, false, stand_links,
              "Links between what is offered on the stand"),
    API_VALUE("need_count", API_INTEGER, false, stand_needs, "Nodes the lead exhibitor needs"),
    API_VALUE("needs_met_count", API_INTEGER, false, stand_needs_met,
              "Of them, those that a partner on the stand offers"),
    API_MANY("nodes", &api_stand_node, stand_nodes, "What is offered and needed on the stand"),
};

static const struct api_record api_stand = {.name = "Stand",
                                            .help = "A joint stand: the small chain of a lead "
                                                    "exhibitor and those it brought",
                                            .field = stand_fields,
                                            .fields = API_COUNT(stand_fields)};

/* A copy in the request's memory; NULL when that is short. */
static void *keep(struct api_scope *scope, const void *array, size_t count, size_t size) {
    void *copy = api_new_rows(scope, count, size);
    if (copy != NULL && count > 0)
        memcpy(copy, array, count * size);
    return copy;
}

/* NULL where there are neither partners nor a report of any. */
static const void *exhibitor_stand(struct api_scope *scope, const void *row) {
    const struct view_exhibitor *e = row;
    struct stand_row *kept = api_new_rows(scope, 1, sizeof(*kept));
    struct chain_stand found;
    if (kept == NULL ||
        (e->partners == 0 && e->joint_participants == 0 && e->joint_source.len == 0))
        return NULL;
    enum err code = chain_find_stand(scope->view->report, (uint32_t)(e - scope->view->exhibitor),
                                     &found, scope->info);
    if (code != ERR_OK) {
        api_fail(scope, code);
        return NULL;
    }
    *kept = (struct stand_row){.exhibitor = e, .stand = found};
    kept->stand.partner = keep(scope, found.partner, found.partners, sizeof(*found.partner));
    kept->stand.node = keep(scope, found.node, found.nodes, sizeof(*found.node));
    kept->stand.link = NULL;
    chain_stand_release(&found);
    return scope->failed == ERR_OK ? kept : NULL;
}

/* ---- the record ---- */

#define OF_ORGANISATION(member, words)                                                             \
    {                                                                                              \
        .name = #member, .help = words, .type = API_TEXT, .from = API_FROM_STR, .nullable = true,  \
        .offset = offsetof(struct view_organisation, member), .via = api_organisation_of           \
    }

static const struct api_field detail_fields[] = {
    API_MANY("names", &api_name, exhibitor_names, "Its further names"),
    OF_ORGANISATION(lei, "Legal entity identifier (ISO 17442)"),
    OF_ORGANISATION(registration, "Number in the national register"),
    API_TEXTS_OF("editions", exhibitor_editions, "Codes of the editions whose registers hold it"),
    API_MANY("needs", &api_need, exhibitor_needs,
             "The nodes it needs: said, or following from what it offers"),
    API_MANY("exhibits", &api_exhibit, exhibitor_exhibits, "What it shows, thing by thing"),
    API_ONE("stand", &api_stand, true, exhibitor_stand, "Its joint stand; null = it has none"),
    API_MANY("chains", &api_chain_neighbours, api_exhibitor_chains,
             "The chains it stands in, with who stands next to it"),
    API_ONE("steps", &api_steps, false, api_exhibitor_steps,
            "The nodes one step up and down the links from what it offers"),
};

const struct api_record api_exhibitor_detail = {.name = "ExhibitorDetail",
                                                .help = "An exhibitor with all that is known of it",
                                                .base = &api_exhibitor,
                                                .field = detail_fields,
                                                .fields = API_COUNT(detail_fields)};

enum err api_find_exhibitor(struct api_call *call, const void **row, struct errinfo *info) {
    uint32_t exhibitor;
    enum err e = api_lookup(call, &api_path_exhibitor, &exhibitor, info);
    if (e == ERR_OK)
        *row = &call->scope.view->exhibitor[exhibitor];
    return e;
}
