/* The tables of the open data: what the API has as lists, and what it has inside of records. */
#include "api/codes.h"
#include "api/data.h"
#include "api/resources.h"

/* ---- keys of other tables ---- */

static const struct api_field edition_key[] = {
    API_KEY_AT(view_edition, code, "Code of the edition")};
static const struct api_field entry_key[] = {
    API_KEY_AT(view_programme_entry, code, "Code of the programme entry")};

static const struct api_record ref_edition = {.name = "EditionRef",
                                              .help = "An edition",
                                              .field = edition_key,
                                              .fields = API_COUNT(edition_key),
                                              .table = "editions"};
static const struct api_record ref_entry = {.name = "EntryRef",
                                            .help = "A programme entry",
                                            .field = entry_key,
                                            .fields = API_COUNT(entry_key),
                                            .table = "programme"};

/* ---- names and attendances of organisations: rows of view_name and view_attendance ---- */

static const void *name_organisation(struct api_scope *scope, const void *row) {
    return &scope->view->organisation[((const struct view_name *)row)->organisation];
}

static const struct api_field name_fields[] = {
    API_ONE("organisation", &api_ref_organisation, false, name_organisation, "Whose name it is"),
    API_KEY_AT(view_name, name, "The name as written"),
    API_TEXT_AT(view_name, language, "Its language (BCP 47); empty when not known"),
    API_TEXT_AT(view_name, kind, "alias, former, brand or parent"),
};
static const struct api_record names = {.name = "OrganisationName",
                                        .help = "Further names of organisations",
                                        .field = name_fields,
                                        .fields = API_COUNT(name_fields)};

static struct api_rows all_names(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->other_name, scope->view->other_names);
}

static const void *attendance_organisation(struct api_scope *scope, const void *row) {
    return &scope->view->organisation[((const struct view_attendance *)row)->organisation];
}

static const void *attendance_edition(struct api_scope *scope, const void *row) {
    return &scope->view->edition[((const struct view_attendance *)row)->edition];
}

static const struct api_field attendance_fields[] = {
    API_ONE("organisation", &api_ref_organisation, false, attendance_organisation,
            "The organisation"),
    API_ONE("edition", &ref_edition, false, attendance_edition, "An edition whose register has it"),
};
static const struct api_record attendances = {.name = "Attendance",
                                              .help = "Editions at which organisations exhibit",
                                              .field = attendance_fields,
                                              .fields = API_COUNT(attendance_fields)};

static struct api_rows all_attendances(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->attendance, scope->view->attendances);
}

/* ---- offers and needs ---- */

struct claim_row {
    const struct view_organisation *exhibitor;
    const struct view_node *node;
    struct str basis;
    bool open;
};

static const struct api_field offer_fields[] = {
    API_ONE_AT(claim_row, exhibitor, &api_ref_organisation, false, "Who offers"),
    API_ONE_AT(claim_row, node, &api_ref_node, false, "What is offered"),
    API_CODE_AT(claim_row, basis, &kind_basis, "How sure that is"),
};
static const struct api_field need_fields[] = {
    API_ONE_AT(claim_row, exhibitor, &api_ref_organisation, false, "Who needs"),
    API_ONE_AT(claim_row, node, &api_ref_node, false, "What is needed"),
    API_CODE_AT(claim_row, basis, &kind_basis,
                "How sure that is; a need that follows from an offer is inferred"),
    API_BOOL_AT(claim_row, open, "Whether nobody in the register meets it"),
};
static const struct api_record offers = {.name = "OfferRow",
                                         .help = "What exhibitors offer",
                                         .field = offer_fields,
                                         .fields = API_COUNT(offer_fields)};
static const struct api_record needs = {.name = "NeedRow",
                                        .help = "What exhibitors need",
                                        .field = need_fields,
                                        .fields = API_COUNT(need_fields)};

static struct api_rows all_claims(struct api_scope *scope, const struct chain_table *table) {
    const struct view *view = scope->view;
    size_t count = table->rows > 0 ? table->offset[table->rows] : 0, written = 0;
    struct claim_row *rows = api_new_rows(scope, count, sizeof(*rows));
    for (uint32_t e = 0; rows != NULL && e < view->exhibitors; e++) {
        struct chain_row claims = chain_row(table, e);
        for (size_t i = 0; i < claims.count; i++)
            rows[written++] = (struct claim_row){.exhibitor = api_exhibitor_at(view, e),
                                                 .node = &view->node[claims.at[i].of],
                                                 .basis = api_basis(claims.at[i].basis),
                                                 .open = claims.at[i].open != 0};
    }
    return API_ROWS(rows, written);
}

static struct api_rows all_offers(struct api_scope *scope, const void *none) {
    return all_claims(scope, &scope->view->report->offers_by_exhibitor);
}

static struct api_rows all_needs(struct api_scope *scope, const void *none) {
    return all_claims(scope, &scope->view->report->needs_by_exhibitor);
}

/* ---- joint stands: rows of view_exhibitor ---- */

static const struct api_field stand_fields[] = {
    API_ONE("exhibitor", &api_ref_organisation, false, api_organisation_of, "The lead exhibitor"),
    API_I64_AS("participants_reported", view_exhibitor, joint_participants, true,
               "Participants, as reported"),
    API_STR_AS("note", view_exhibitor, joint_note, API_TEXT, true, "Remark"),
    {.name = "qualifier",
     .help = "How the reported number is to be read",
     .type = API_CODE,
     .from = API_FROM_STR,
     .nullable = true,
     .kind = &kind_qualifier,
     .offset = offsetof(struct view_exhibitor, joint_qualifier)},
    API_SOURCES_AT(view_exhibitor, joint_source),
};
static const struct api_record stands = {.name = "JointStand",
                                         .help = "Joint stands as reported",
                                         .field = stand_fields,
                                         .fields = API_COUNT(stand_fields)};

static struct api_rows all_stands(struct api_scope *scope, const void *none) {
    const struct view *view = scope->view;
    const struct view_exhibitor **rows = api_new_rows(scope, view->exhibitors, sizeof(*rows));
    size_t count = 0;
    for (uint32_t e = 0; rows != NULL && e < view->exhibitors; e++)
        if (view->exhibitor[e].joint_participants > 0 || view->exhibitor[e].joint_source.len > 0)
            rows[count++] = &view->exhibitor[e];
    return (struct api_rows){.at = rows, .count = count};
}

/* ---- the catalogue ---- */

struct link_row {
    const struct view_node *input, *output;
    struct str kind, live;
    uint32_t alternative_group;
    bool covered, replaceable;
};

static struct api_value link_group(struct api_scope *scope, const void *row) {
    uint32_t group = ((const struct link_row *)row)->alternative_group;
    return group > 0 ? api_integer(group) : api_null();
}

static const struct api_field link_fields[] = {
    API_ONE_AT(link_row, input, &api_ref_node, false, "What goes in"),
    API_ONE_AT(link_row, output, &api_ref_node, false, "What it goes into"),
    API_CODE_AT(link_row, kind, &kind_link, "How much the input is needed"),
    API_VALUE("alternative_group", API_INTEGER, true, link_group,
              "Inputs of one output with the same number can stand in for each other"),
    API_CODE_AT(link_row, live, &kind_basis,
                "The weaker of both ends' bases where both are offered; empty = not live"),
    API_BOOL_AT(link_row, covered, "Whether the input, or an alternative of it, is offered"),
    API_BOOL_AT(link_row, replaceable, "Whether an alternative of the input is offered"),
};
static const struct api_record links = {.name = "LinkRow",
                                        .help = "What goes into what",
                                        .field = link_fields,
                                        .fields = API_COUNT(link_fields)};

static struct api_rows all_links(struct api_scope *scope, const void *none) {
    const struct view *view = scope->view;
    const struct chain_graph *graph = view->report->input.graph;
    struct link_row *rows = api_new_rows(scope, graph->links, sizeof(*rows));
    for (uint32_t l = 0; rows != NULL && l < graph->links; l++) {
        const struct chain_link *link = &view->report->link[l];
        rows[l] = (struct link_row){
            .input = &view->node[graph->input[l]],
            .output = &view->node[graph->output[l]],
            .kind = str_of(kind_code(&kind_link, graph->kind[l] + 1U)),
            .live = api_live(link->live),
            .alternative_group = graph->alternative_group != NULL ? graph->alternative_group[l] : 0,
            .covered = link->covered,
            .replaceable = link->replaceable,
        };
    }
    return API_ROWS(rows, rows != NULL ? graph->links : 0);
}

static const void *place_chain(struct api_scope *scope, const void *row) {
    const struct view *view = scope->view;
    uint32_t position = (uint32_t)((const struct chain_place *)row - view->report->place);
    return &view->chain[chain_of_place(view->report, position)];
}

static const struct api_field place_fields[] = {
    API_ONE("chain", &api_ref_chain, false, place_chain, "The chain"),
    API_ONE("node", &api_ref_node, false, api_place_node, "The node"),
    API_CHOICE("stage", &kind_stage, true, api_place_stage, "Where it stands in the chain"),
    API_BOOL_AT(chain_place, stage_computed,
                "Whether the stage is computed from the links, the organiser having given none"),
    API_CHOICE("role", &kind_node_role, false, api_place_role, "What it is to the chain"),
    API_DOUBLE_AT(chain_place, level, "Its trophic level in the chain"),
};
static const struct api_record places = {.name = "ChainNodeRow",
                                         .help = "Nodes of the chains",
                                         .field = place_fields,
                                         .fields = API_COUNT(place_fields)};

static struct api_rows all_places(struct api_scope *scope, const void *none) {
    const struct view *view = scope->view;
    size_t count = 0;
    for (uint32_t c = 0; c < view->chains; c++)
        count += view->report->chain[c].places;
    return API_ROWS(view->report->place, count);
}

/* ---- texts of pavilions, hosts of events: rows of view_text and view_host ---- */

static const void *text_pavilion(struct api_scope *scope, const void *row) {
    return &scope->view->pavilion[((const struct view_text *)row)->pavilion];
}

static struct api_value text_section(struct api_scope *scope, const void *row) {
    return api_code(&kind_section, ((const struct view_text *)row)->section);
}

static const struct api_field text_fields[] = {
    API_ONE("pavilion", &api_ref_pavilion, false, text_pavilion, "The pavilion"),
    API_CHOICE("section", &kind_section, true, text_section, "What the text is about"),
    API_TEXT_AT(view_text, text_en, "The text in English, as Markdown"),
    API_TEXT_AT(view_text, text_zh, "The text in Chinese, as Markdown"),
    API_SOURCES_AT(view_text, source),
};
static const struct api_record texts = {.name = "PavilionTextRow",
                                        .help = "Texts about pavilions",
                                        .field = text_fields,
                                        .fields = API_COUNT(text_fields)};

static struct api_rows all_texts(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->text, scope->view->texts);
}

static const void *picture_pavilion(struct api_scope *scope, const void *row) {
    return &scope->view->pavilion[((const struct view_picture *)row)->pavilion];
}

static const struct api_field picture_fields[] = {
    API_ONE("pavilion", &api_ref_pavilion, false, picture_pavilion, "The pavilion"),
};
static const struct api_record pictures = {.name = "PictureRow",
                                           .help = "Pictures of pavilions",
                                           .base = &api_picture,
                                           .field = picture_fields,
                                           .fields = API_COUNT(picture_fields)};

static struct api_rows all_pictures(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->picture, scope->view->pictures);
}

static const void *host_entry(struct api_scope *scope, const void *row) {
    return &scope->view->programme[((const struct view_host *)row)->entry];
}

static struct api_value host_position(struct api_scope *scope, const void *row) {
    const struct view *view = scope->view;
    const struct view_host *host = row;
    return api_integer((host - view->host) - (int64_t)view->programme[host->entry].host_first + 1);
}

static const struct api_field host_fields[] = {
    API_ONE("entry", &ref_entry, false, host_entry, "The programme entry"),
    API_VALUE("position", API_INTEGER, false, host_position, "Its place in the invitation, from 1"),
};
static const struct api_record host_of = {.name = "HostRow",
                                          .help = "Hosts of programme entries",
                                          .base = &api_host,
                                          .field = host_fields,
                                          .fields = API_COUNT(host_fields)};

static struct api_rows all_hosts(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->host, scope->view->hosts);
}

/* ---- the tables ---- */

const struct api_table api_tables[] = {
    {"editions", "Editions of the expo", "历届展会", &api_edition, api_all_editions, "code"},
    {"areas", "Areas of the edition", "展区", &api_area, api_all_areas, "code"},
    {"countries", "Countries and regions", "国家/地区", &api_country, api_all_countries, "code"},
    {"regions", "Provinces and states", "省州", &api_region, api_all_regions, "code"},
    {"organisations", "Organisations of all editions", "机构与企业", &api_organisation,
     api_all_organisations, "id"},
    {"organisation_names", "Further names of organisations", "其他名称", &names, all_names,
     "organisation name"},
    {"attendances", "Editions at which organisations exhibit", "参展届次", &attendances,
     all_attendances, "organisation edition"},
    {"exhibitors", "Exhibitors of the edition", "展商", &api_exhibitor, api_all_exhibitors, "id"},
    {"offers", "What exhibitors offer", "供给", &offers, all_offers, "exhibitor node"},
    {"needs", "What exhibitors need", "需求", &needs, all_needs, "exhibitor node"},
    {"joint_stands", "Joint stands as reported", "联合展台", &stands, all_stands, "exhibitor"},
    {"exhibits", "Exhibits and debuts", "展品与首发首秀", &api_exhibit, api_all_exhibits, "id"},
    {"pavilions", "Pavilions", "展团与主宾", &api_pavilion, api_all_pavilions, "id"},
    {"pavilion_texts", "Texts about pavilions", "展团介绍", &texts, all_texts, "pavilion section"},
    {"pictures", "Pictures of pavilions", "展团图片", &pictures, all_pictures, "pavilion address"},
    {"programme", "The programme", "活动日程", &api_entry, api_all_entries, "code"},
    {"hosts", "Hosts of programme entries", "活动主办方", &host_of, all_hosts, "entry position"},
    {"figures", "Published figures of all editions", "公布的数字", &api_figure, api_all_figures,
     "id"},
    {"nodes", "Nodes of the catalogue", "环节", &api_node, api_all_nodes, "code"},
    {"links", "What goes into what", "环节间的联系", &links, all_links, "input output"},
    {"chains", "Chains", "产业链", &api_chain, api_all_chains, "code"},
    {"chain_nodes", "Nodes of the chains", "产业链的环节", &places, all_places, "chain node"},
    {"gaps", "What is missing", "缺口", &api_gap, api_all_gaps, "chain node kind"},
    {"scenarios", "Scenarios", "应用场景", &api_scenario, api_all_scenarios, "code"},
    {"scenario_parts", "Parts of the scenarios' bills", "应用场景的清单", &api_scenario_part_row,
     api_all_parts, "scenario node"},
    {"vocabulary", "Codes and what they mean", "代码表", &api_word, api_all_words, "list code"},
};

const uint32_t api_tables_count = API_COUNT(api_tables);
