/* Scenarios: bills of nodes, with who provides each part. */
#include "api/codes.h"
#include "api/lookup.h"
#include "api/params.h"
#include "api/resources.h"
#include "engine/chain/chain_ask.h"

/* A part of a bill with what the chain engine says of it. */
struct part_row {
    const struct view_scenario *scenario;
    const struct view_part *part;
    const struct view_node *node, *parent, *alternative;
    struct chain_part read;
};

/* Reads a scenario's bill; the rows are the request's. NULL and noted on failure. */
static struct part_row *read_bill(struct api_scope *scope, const struct view_scenario *s) {
    const struct view *view = scope->view;
    uint32_t *node = api_new_rows(scope, s->parts, sizeof(*node));
    uint32_t *parent = api_new_rows(scope, s->parts, sizeof(*parent));
    struct chain_part *read = api_new_rows(scope, s->parts, sizeof(*read));
    struct part_row *rows = api_new_rows(scope, s->parts, sizeof(*rows));
    if (scope->failed != ERR_OK)
        return NULL;
    const struct view_part *part = &view->part[s->part_first];
    for (uint32_t i = 0; i < s->parts; i++) {
        node[i] = part[i].node;
        parent[i] = part[i].parent;
    }
    enum err e = chain_read_bill(view->report, s->parts, node, parent, read, scope->info);
    if (e != ERR_OK) {
        api_fail(scope, e);
        return NULL;
    }
    for (uint32_t i = 0; i < s->parts; i++)
        rows[i] = (struct part_row){
            .scenario = s,
            .part = &part[i],
            .node = &view->node[part[i].node],
            .parent = part[i].parent != VIEW_NONE ? &view->node[part[part[i].parent].node] : NULL,
            .alternative = api_node_at(view, read[i].alternative),
            .read = read[i],
        };
    return rows;
}

/* ---- parts ---- */

static const void *part_itself(struct api_scope *scope, const void *row) {
    return ((const struct part_row *)row)->part;
}

static struct api_value part_state(struct api_scope *scope, const void *row) {
    return api_code(&api_kind_part_state, ((const struct part_row *)row)->read.state + 1U);
}

static struct api_value part_parent(struct api_scope *scope, const void *row) {
    const struct part_row *part = row;
    return part->parent != NULL ? api_text(part->parent->code) : api_null();
}

static struct api_rows part_offered_by(struct api_scope *scope, const void *row) {
    return api_claimants_of(scope, &scope->view->report->offers_by_node,
                            ((const struct part_row *)row)->part->node);
}

#define OF_PART(member, words)                                                                     \
    {                                                                                              \
        .name = #member, .help = words, .type = API_TEXT, .from = API_FROM_STR, .nullable = true,  \
        .offset = offsetof(struct view_part, member), .via = part_itself                           \
    }

static const struct api_field part_fields[] = {
    API_ONE_AT(part_row, node, &api_ref_node, false, "The node"),
    API_VALUE("parent", API_KEY, true, part_parent,
              "Code of the node that it is part of; null for what the bill begins with"),
    OF_PART(part_en, "What the node is in this bill, in English"),
    OF_PART(part_zh, "What the node is in this bill, in Chinese"),
    API_CHOICE("state", &api_kind_part_state, false, part_state, "Whether somebody provides it"),
    API_ONE_AT(part_row, alternative, &api_ref_node, true,
               "What is offered instead, where nobody offers it"),
    API_MANY("offered_by", &api_claimant_record, part_offered_by, "Who offers it"),
};

const struct api_record api_part = {.name = "ScenarioPart",
                                    .help = "A part of a scenario's bill",
                                    .field = part_fields,
                                    .fields = API_COUNT(part_fields)};

/* ---- all parts, as a table ---- */

static const struct api_field scenario_key[] = {
    API_KEY_AT(view_scenario, code, "Code of the scenario")};
static const struct api_record ref_scenario = {.name = "ScenarioRef",
                                               .help = "A scenario",
                                               .field = scenario_key,
                                               .fields = API_COUNT(scenario_key),
                                               .table = "scenarios"};

static const struct api_field part_row_fields[] = {
    API_ONE_AT(part_row, scenario, &ref_scenario, false, "The scenario"),
};

const struct api_record api_scenario_part_row = {.name = "ScenarioPartRow",
                                                 .help = "Parts of the scenarios' bills",
                                                 .base = &api_part,
                                                 .field = part_row_fields,
                                                 .fields = API_COUNT(part_row_fields)};

struct api_rows api_all_parts(struct api_scope *scope, const void *none) {
    const struct view *view = scope->view;
    struct part_row *rows = api_new_rows(scope, view->parts, sizeof(*rows));
    size_t count = 0;
    for (uint32_t s = 0; rows != NULL && s < view->scenarios; s++) {
        const struct part_row *parts = read_bill(scope, &view->scenario[s]);
        if (parts == NULL)
            break;
        memcpy(&rows[count], parts, view->scenario[s].parts * sizeof(*rows));
        count += view->scenario[s].parts;
    }
    return API_ROWS(rows, count);
}

/* ---- scenarios ---- */

static struct api_value scenario_provided(struct api_scope *scope, const void *row) {
    const struct view_scenario *s = row;
    const struct part_row *rows = read_bill(scope, s);
    uint32_t provided = 0;
    for (uint32_t i = 0; rows != NULL && i < s->parts; i++)
        provided += rows[i].read.state <= CHAIN_PART_ALTERNATIVE;
    return api_integer(provided);
}

static struct api_rows scenario_parts(struct api_scope *scope, const void *row) {
    const struct view_scenario *s = row;
    const struct part_row *rows = read_bill(scope, s);
    return API_ROWS(rows, rows != NULL ? s->parts : 0);
}

static const struct api_field scenario_fields[] = {
    API_KEY_AT(view_scenario, code, "Code of the scenario, such as burger"),
    API_TEXT_AT(view_scenario, name_en, "Name in English"),
    API_TEXT_AT(view_scenario, name_zh, "Name in Chinese"),
    API_TEXT_AT(view_scenario, summary_en, "What it is about, in English"),
    API_TEXT_AT(view_scenario, summary_zh, "What it is about, in Chinese"),
    API_U32_AS("part_count", view_scenario, parts, "Parts of its bill"),
    API_VALUE("provided_count", API_INTEGER, false, scenario_provided,
              "Of them, those that somebody in the register provides, or an alternative"),
};

const struct api_record api_scenario = {.name = "Scenario",
                                        .help = "One end use across the chains: a bill of nodes",
                                        .field = scenario_fields,
                                        .fields = API_COUNT(scenario_fields)};

static const struct api_field detail_fields[] = {
    API_MANY("parts", &api_part, scenario_parts, "Its bill, as a list of parts within parts"),
};

const struct api_record api_scenario_detail = {.name = "ScenarioDetail",
                                               .help = "A scenario with its bill",
                                               .base = &api_scenario,
                                               .field = detail_fields,
                                               .fields = API_COUNT(detail_fields)};

struct api_rows api_all_scenarios(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->scenario, scope->view->scenarios);
}

static struct api_position place_scenario(struct api_call *call, const void *row) {
    return (struct api_position){.id = ((const struct view_scenario *)row)->id};
}

const struct api_list api_list_scenarios = {
    .rows = api_all_scenarios, .is_sorted = true, .position = place_scenario};

enum err api_find_scenario(struct api_call *call, const void **row, struct errinfo *info) {
    uint32_t scenario;
    enum err e = api_lookup(call, &api_path_scenario, &scenario, info);
    if (e == ERR_OK)
        *row = &call->scope.view->scenario[scenario];
    return e;
}
