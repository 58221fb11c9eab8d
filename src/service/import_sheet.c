/* Kinds of sheets: see import_sheet.h. */
#include "service/import_sheet.h"

#define EN LANGUAGE_EN
#define ZH LANGUAGE_ZH
#define ANY LANGUAGE_NONE

static const struct sheet_field exhibitor_fields[EXHIBITOR_FIELDS] = {
    [FIELD_NAME_EN] = {"name_en", EN, true},
    [FIELD_NAME_ZH] = {"name_zh", ZH, true},
    [FIELD_COUNTRY] = {"country", ANY, false},
    [FIELD_REGION] = {"region", ANY, false},
    [FIELD_SIZE] = {"size", ANY, false},
    [FIELD_TYPE] = {"type", ANY, false},
    [FIELD_LEAD] = {"lead_exhibitor", ANY, false},
    [FIELD_AREA] = {"area", ANY, false},
    [FIELD_PAVILION] = {"pavilion", ANY, false},
    [FIELD_EDITIONS] = {"editions", ANY, false},
    [FIELD_OFFERS_TEXT] = {"offers_text", EN, false},
    [FIELD_OFFERS_TEXT_ZH] = {"offers_text_zh", ZH, false},
    [FIELD_OFFERS_NODES] = {"offers_nodes", ANY, false},
    [FIELD_NEEDS_NODES] = {"needs_nodes", ANY, false},
    [FIELD_BASIS] = {"basis", ANY, false},
    [FIELD_SOURCE] = {"source", ANY, false},
    [FIELD_WEBSITE] = {"website", ANY, false},
    [FIELD_LEI] = {"lei", ANY, false},
    [FIELD_REGISTRATION] = {"registration", ANY, false},
    [FIELD_PARENT_COUNTRY] = {"parent_country", ANY, false},
    [FIELD_NOTE] = {"note", ANY, false},
    [FIELD_FIRST_YEAR] = {"first_year", ANY, false},
    [FIELD_TIMES] = {"times", ANY, false},
};

static const struct sheet_field edition_fields[] = {
    {"edition", ANY, true},   {"ordinal", ANY, false},   {"name_en", EN, true},
    {"name_zh", ZH, false},   {"city_en", EN, false},    {"city_zh", ZH, false},
    {"venue_en", EN, false},  {"venue_zh", ZH, false},   {"starts", ANY, true},
    {"ends", ANY, true},      {"theme_en", EN, false},   {"theme_zh", ZH, false},
    {"timezone", ANY, false}, {"summary_en", EN, false}, {"summary_zh", ZH, false},
    {"website", ANY, false},
};

static const struct sheet_field area_fields[] = {
    {"edition", ANY, true},  {"area", ANY, true},        {"kind", ANY, true},
    {"name_en", EN, true},   {"name_zh", ZH, false},     {"new", ANY, false},
    {"size_m2", ANY, false}, {"exhibitors", ANY, false}, {"qualifier", ANY, false},
    {"note", ANY, false},    {"source", ANY, false},
};

static const struct sheet_field pavilion_fields[] = {
    {"edition", ANY, true},  {"kind", ANY, true},          {"name_en", EN, true},
    {"name_zh", ZH, false},  {"code", ANY, false},         {"theme", EN, false},
    {"theme_zh", ZH, false}, {"participants", ANY, false}, {"qualifier", ANY, false},
    {"source", ANY, false},
};

static const struct sheet_field pavilion_text_fields[] = {
    {"edition", ANY, true}, {"pavilion", ANY, true}, {"section", ANY, true},
    {"text_en", EN, true},  {"text_zh", ZH, false},  {"source", ANY, false},
};

static const struct sheet_field picture_fields[] = {
    {"edition", ANY, true},   {"pavilion", ANY, true}, {"file", ANY, true},
    {"position", ANY, false}, {"alt_en", EN, true},    {"alt_zh", ZH, false},
    {"credit", ANY, false},
};

static const struct sheet_field programme_fields[] = {
    {"id", ANY, true},
    {"edition", ANY, true},
    {"date", ANY, true},
    {"end_date", ANY, false},
    {"start_time", ANY, false},
    {"end_time", ANY, false},
    {"time_of_day", ANY, false},
    {"kind", ANY, true},
    {"state", ANY, false},
    {"area", ANY, false},
    {"title_en", EN, true},
    {"title_zh", ZH, false},
    {"place_en", EN, false},
    {"place_zh", ZH, false},
    {"hosts", EN, false},
    {"hosts_zh", ZH, false},
    {"summary_en", EN, false},
    {"summary_zh", ZH, false},
    {"participants", ANY, false},
    {"note", ANY, false},
    {"source", ANY, false},
};

static const struct sheet_field figure_fields[] = {
    {"edition", ANY, true}, {"figure", ANY, true},          {"value", ANY, true},
    {"unit", ANY, true},    {"qualifier", ANY, true},       {"state", ANY, true},
    {"as_of", ANY, true},   {"definition_note", EN, false}, {"definition_zh", ZH, false},
    {"source", ANY, false},
};

static const struct sheet_field exhibit_fields[] = {
    {"edition", ANY, true}, {"exhibitor", ANY, false},     {"pavilion", ANY, false},
    {"field", ANY, false},  {"name_en", EN, true},         {"name_zh", ZH, false},
    {"node", ANY, true},    {"description_en", EN, false}, {"description_zh", ZH, false},
    {"debut", ANY, false},  {"proof", ANY, false},         {"basis", ANY, false},
    {"source", ANY, false},
};

static const struct sheet_field exhibitor_note_fields[] = {
    {"name_en", EN, true},      {"edition", ANY, true},         {"attendance", ANY, true},
    {"area_basis", ANY, false}, {"parent_country", ANY, false}, {"note", ANY, false},
};

static const struct sheet_field joint_stand_fields[] = {
    {"edition", ANY, true},
    {"lead_exhibitor", ANY, true},
    {"participants_reported", ANY, true},
    {"qualifier", ANY, false},
    {"participants_named", ANY, false},
    {"note", ANY, false},
    {"source", ANY, false},
};

static const struct sheet_field node_fields[] = {
    {"id", ANY, true},          {"kind", ANY, true},        {"name_en", EN, true},
    {"name_zh", ZH, false},     {"hs2022", ANY, false},     {"cpc21", ANY, false},
    {"synonyms_en", EN, false}, {"synonyms_zh", ZH, false},
};

static const struct sheet_field link_fields[] = {
    {"input", ANY, true},
    {"output", ANY, true},
    {"kind", ANY, true},
};

static const struct sheet_field alternative_fields[] = {
    {"output", ANY, true},
    {"group", ANY, true},
    {"input", ANY, true},
};

static const struct sheet_field chain_fields[] = {
    {"id", ANY, true},         {"name_en", EN, true},     {"name_zh", ZH, false},
    {"summary_en", EN, false}, {"summary_zh", ZH, false}, {"final_nodes", ANY, true},
};

static const struct sheet_field chain_node_fields[] = {
    {"chain", ANY, true},
    {"node", ANY, true},
    {"stage", ANY, true},
    {"role", ANY, true},
};

static const struct sheet_field scenario_fields[] = {
    {"id", ANY, true},        {"name_en", EN, true},     {"name_zh", ZH, false},
    {"summary_en", EN, true}, {"summary_zh", ZH, false},
};

static const struct sheet_field scenario_node_fields[] = {
    {"scenario", ANY, true}, {"node", ANY, true},    {"parent_node", ANY, true},
    {"part_en", EN, true},   {"part_zh", ZH, false},
};

static const struct sheet_field country_fields[] = {
    {"code", ANY, true},   {"alpha3", ANY, true}, {"m49", ANY, false},
    {"name_en", EN, true}, {"name_zh", ZH, true}, {"other_names", ANY, false},
};

static const struct sheet_field region_fields[] = {
    {"code", ANY, true},   {"country", ANY, true},     {"name_en", EN, true},
    {"name_zh", ZH, true}, {"other_names", ANY, true},
};

#define KIND(label, list)                                                                          \
    { label, list, sizeof(list) / sizeof((list)[0]) }

static const struct sheet_kind kinds[SHEETS] = {
    [SHEET_EXHIBITORS] = KIND("exhibitors", exhibitor_fields),
    [SHEET_EDITIONS] = KIND("editions", edition_fields),
    [SHEET_AREAS] = KIND("areas", area_fields),
    [SHEET_PAVILIONS] = KIND("pavilions", pavilion_fields),
    [SHEET_PAVILION_TEXTS] = KIND("pavilion_texts", pavilion_text_fields),
    [SHEET_PICTURES] = KIND("pictures", picture_fields),
    [SHEET_PROGRAMME] = KIND("programme", programme_fields),
    [SHEET_FIGURES] = KIND("figures", figure_fields),
    [SHEET_EXHIBITS] = KIND("exhibits", exhibit_fields),
    [SHEET_EXHIBITOR_NOTES] = KIND("exhibitor_notes", exhibitor_note_fields),
    [SHEET_JOINT_STANDS] = KIND("joint_stands", joint_stand_fields),
    [SHEET_NODES] = KIND("nodes", node_fields),
    [SHEET_LINKS] = KIND("links", link_fields),
    [SHEET_ALTERNATIVES] = KIND("alternatives", alternative_fields),
    [SHEET_CHAINS] = KIND("chains", chain_fields),
    [SHEET_CHAIN_NODES] = KIND("chain_nodes", chain_node_fields),
    [SHEET_SCENARIOS] = KIND("scenarios", scenario_fields),
    [SHEET_SCENARIO_NODES] = KIND("scenario_nodes", scenario_node_fields),
    [SHEET_COUNTRIES] = KIND("countries", country_fields),
    [SHEET_REGIONS] = KIND("regions", region_fields),
};

const struct sheet_kind *sheet_kind_of(enum sheet_id sheet) {
    return &kinds[sheet];
}

enum sheet_id sheet_by_name(struct str name) {
    enum sheet_id sheet = 0;
    while (sheet < SHEETS && !str_equal_c(name, kinds[sheet].name))
        sheet++;
    return sheet;
}

uint32_t sheet_field_by_name(const struct sheet_kind *kind, struct str name) {
    if (str_equal_c(name, "ignore"))
        return FIELD_IGNORE;
    for (uint32_t i = 0; i < kind->count; i++)
        if (str_equal_c(name, kind->fields[i].name))
            return i;
    return FIELD_NONE;
}

const char *sheet_field_name(const struct sheet_kind *kind, uint32_t field) {
    if (field == FIELD_IGNORE)
        return "ignore";
    return field < kind->count ? kind->fields[field].name : "";
}
