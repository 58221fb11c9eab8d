/* Which field of a sheet is which column of the store: see import_records.h. The table is the whole
 * of it. */
#include "service/import_records_tables.h"

#define FIELD(name, column, cell)                                                                  \
    { name, column, cell, false, false, NULL, false }
#define NEEDED(name, column, cell)                                                                 \
    { name, column, cell, true, false, NULL, false }
#define KEY(name, column, cell)                                                                    \
    { name, column, cell, true, true, NULL, false }
#define PART_OF_KEY(name, column, cell)                                                            \
    { name, column, cell, false, true, NULL, false }
/* Part of the key; where it is blank, the next column (the same in Chinese) stands for it. */
#define EITHER_KEY(name, column, cell)                                                             \
    { name, column, cell, false, true, NULL, true }
#define WORD(name, column, kind)                                                                   \
    { name, column, CELL_KIND, false, false, kind, false }
#define NEEDED_WORD(name, column, kind)                                                            \
    { name, column, CELL_KIND, true, false, kind, false }
#define KEY_WORD(name, column, kind)                                                               \
    { name, column, CELL_KIND, true, true, kind, false }
#define ZERO(column)                                                                               \
    {                                                                                              \
        column, {                                                                                  \
            .kind = STORE_INTEGER, .integer = 0                                                    \
        }                                                                                          \
    }

static const struct record_sheet
    sheets[] =
        {
            {.sheet = SHEET_EDITIONS,
             .table = TABLE_EDITION,
             .fault = record_fault_edition,
             .columns =
                 {
                     KEY("edition", EDITION_CODE, CELL_CODE),
                     FIELD("ordinal", EDITION_ORDINAL, CELL_INTEGER),
                     NEEDED("name_en", EDITION_NAME_EN, CELL_TEXT),
                     FIELD("name_zh", EDITION_NAME_ZH, CELL_TEXT),
                     FIELD("city_en", EDITION_CITY_EN, CELL_TEXT),
                     FIELD("city_zh", EDITION_CITY_ZH, CELL_TEXT),
                     FIELD("venue_en", EDITION_VENUE_EN, CELL_TEXT),
                     FIELD("venue_zh", EDITION_VENUE_ZH, CELL_TEXT),
                     FIELD("starts", EDITION_STARTS, CELL_DATE),
                     FIELD("ends", EDITION_ENDS, CELL_DATE),
                     FIELD("theme_en", EDITION_THEME_EN, CELL_TEXT),
                     FIELD("theme_zh", EDITION_THEME_ZH, CELL_TEXT),
                     FIELD("timezone", EDITION_TIMEZONE, CELL_TIMEZONE),
                     FIELD("summary_en", EDITION_SUMMARY_EN, CELL_TEXT),
                     FIELD("summary_zh", EDITION_SUMMARY_ZH, CELL_TEXT),
                     FIELD("website", EDITION_WEBSITE, CELL_WEBSITE),
                 },
             .constants = {ZERO(EDITION_REGISTER_COMPLETE), ZERO(EDITION_CURRENT)}},
            {.sheet = SHEET_AREAS,
             .table = TABLE_AREA,
             .columns =
                 {
                     KEY("edition", AREA_EDITION_ID, CELL_EDITION),
                     KEY("area", AREA_CODE, CELL_CODE),
                     NEEDED_WORD("kind", AREA_KIND, &kind_area),
                     NEEDED("name_en", AREA_NAME_EN, CELL_TEXT),
                     FIELD("name_zh", AREA_NAME_ZH, CELL_TEXT),
                     FIELD("new", AREA_NOVELTY, CELL_CODE),
                     FIELD("size_m2", AREA_SIZE_M2, CELL_INTEGER),
                     FIELD("exhibitors", AREA_EXHIBITORS, CELL_INTEGER),
                     WORD("qualifier", AREA_QUALIFIER, &kind_qualifier),
                     FIELD("note", AREA_NOTE, CELL_TEXT),
                     FIELD("source", AREA_SOURCE, CELL_TEXT),
                 }},
            {.sheet = SHEET_PAVILIONS,
             .table = TABLE_PAVILION,
             .columns =
                 {
                     KEY("edition", PAVILION_EDITION_ID, CELL_EDITION),
                     NEEDED_WORD("kind", PAVILION_KIND, &kind_pavilion),
                     KEY("name_en", PAVILION_NAME_EN, CELL_TEXT),
                     FIELD("name_zh", PAVILION_NAME_ZH, CELL_TEXT),
                     FIELD("code", PAVILION_CODE, CELL_CODE),
                     FIELD("theme", PAVILION_THEME, CELL_TEXT),
                     FIELD("theme_zh", PAVILION_THEME_ZH, CELL_TEXT),
                     FIELD("participants", PAVILION_PARTICIPANTS, CELL_INTEGER),
                     WORD("qualifier", PAVILION_QUALIFIER, &kind_qualifier),
                     FIELD("source", PAVILION_SOURCE, CELL_TEXT),
                 }},
            {.sheet = SHEET_PAVILION_TEXTS,
             .table = TABLE_PAVILION_TEXT,
             .fault = record_fault_pavilion_text,
             .columns =
                 {
                     NEEDED("edition", 0, CELL_ROW_EDITION),
                     KEY("pavilion", PAVILION_TEXT_PAVILION_ID, CELL_PAVILION),
                     KEY_WORD("section", PAVILION_TEXT_SECTION, &kind_section),
                     FIELD("text_en", PAVILION_TEXT_TEXT_EN, CELL_LINES),
                     FIELD("text_zh", PAVILION_TEXT_TEXT_ZH, CELL_LINES),
                     FIELD("source", PAVILION_TEXT_SOURCE, CELL_TEXT),
                 }},
            {.sheet = SHEET_PICTURES,
             .table = TABLE_PICTURE,
             .fault = record_fault_picture,
             .columns =
                 {
                     NEEDED("edition", 0, CELL_ROW_EDITION),
                     KEY("pavilion", PICTURE_PAVILION_ID, CELL_PAVILION),
                     KEY("file", PICTURE_DIGEST, CELL_PICTURE),
                     FIELD("position", PICTURE_POSITION, CELL_INTEGER),
                     FIELD("alt_en", PICTURE_ALT_EN, CELL_TEXT),
                     FIELD("alt_zh", PICTURE_ALT_ZH, CELL_TEXT),
                     FIELD("credit", PICTURE_CREDIT, CELL_TEXT),
                 }},
            {.sheet = SHEET_PROGRAMME,
             .table = TABLE_PROGRAMME_ENTRY,
             .fault = record_fault_programme,
             .columns =
                 {
                     KEY("id", PROGRAMME_ENTRY_CODE, CELL_CODE),
                     NEEDED("edition", PROGRAMME_ENTRY_EDITION_ID, CELL_EDITION),
                     FIELD("date", PROGRAMME_ENTRY_STARTS, CELL_DATE),
                     FIELD("end_date", PROGRAMME_ENTRY_ENDS, CELL_DATE),
                     FIELD("start_time", PROGRAMME_ENTRY_START_TIME, CELL_TIME),
                     FIELD("end_time", PROGRAMME_ENTRY_END_TIME, CELL_TIME),
                     WORD("time_of_day", PROGRAMME_ENTRY_TIME_OF_DAY, &kind_time_of_day),
                     NEEDED_WORD("kind", PROGRAMME_ENTRY_KIND, &kind_programme),
                     WORD("state", PROGRAMME_ENTRY_STATE, &kind_state),
                     FIELD("area", PROGRAMME_ENTRY_AREA, CELL_CODE),
                     FIELD("title_en", PROGRAMME_ENTRY_TITLE_EN, CELL_TEXT),
                     FIELD("title_zh", PROGRAMME_ENTRY_TITLE_ZH, CELL_TEXT),
                     FIELD("place_en", PROGRAMME_ENTRY_PLACE_EN, CELL_TEXT),
                     FIELD("place_zh", PROGRAMME_ENTRY_PLACE_ZH, CELL_TEXT),
                     FIELD("hosts", PROGRAMME_ENTRY_HOSTS, CELL_TEXT),
                     FIELD("hosts_zh", PROGRAMME_ENTRY_HOSTS_ZH, CELL_TEXT),
                     FIELD("summary_en", PROGRAMME_ENTRY_SUMMARY_EN, CELL_TEXT),
                     FIELD("summary_zh", PROGRAMME_ENTRY_SUMMARY_ZH, CELL_TEXT),
                     FIELD("participants", PROGRAMME_ENTRY_PARTICIPANTS, CELL_INTEGER),
                     FIELD("note", PROGRAMME_ENTRY_NOTE, CELL_TEXT),
                     FIELD("source", PROGRAMME_ENTRY_SOURCE, CELL_TEXT),
                 }},
            {.sheet = SHEET_FIGURES,
             .table = TABLE_FIGURE,
             .columns =
                 {
                     KEY("edition", FIGURE_EDITION_ID, CELL_EDITION),
                     KEY("figure", FIGURE_FIGURE, CELL_CODE),
                     KEY("value", FIGURE_VALUE, CELL_DECIMAL),
                     KEY("unit", FIGURE_UNIT, CELL_TEXT),
                     KEY_WORD("qualifier", FIGURE_QUALIFIER, &kind_qualifier),
                     KEY_WORD("state", FIGURE_STATE, &kind_figure_state),
                     KEY("as_of", FIGURE_AS_OF, CELL_DATE),
                     PART_OF_KEY("definition_note", FIGURE_DEFINITION, CELL_TEXT),
                     FIELD("definition_zh", FIGURE_DEFINITION_ZH, CELL_TEXT),
                     FIELD("source", FIGURE_SOURCE, CELL_TEXT),
                 }},
            {.sheet = SHEET_EXHIBITS,
             .table = TABLE_EXHIBIT,
             .fault = record_fault_exhibit,
             .columns =
                 {
                     KEY("edition", EXHIBIT_EDITION_ID, CELL_EDITION),
                     PART_OF_KEY("exhibitor", EXHIBIT_EXHIBITOR_ID, CELL_EXHIBITOR),
                     PART_OF_KEY("pavilion", EXHIBIT_PAVILION_ID, CELL_PAVILION),
                     FIELD("field", EXHIBIT_FIELD, CELL_CODE),
                     EITHER_KEY("name_en", EXHIBIT_NAME_EN, CELL_TEXT),
                     FIELD("name_zh", EXHIBIT_NAME_ZH, CELL_TEXT),
                     FIELD("node", EXHIBIT_NODE_ID, CELL_NODE),
                     FIELD("description_en", EXHIBIT_DESCRIPTION_EN, CELL_TEXT),
                     FIELD("description_zh", EXHIBIT_DESCRIPTION_ZH, CELL_TEXT),
                     WORD("debut", EXHIBIT_DEBUT, &kind_debut),
                     FIELD("proof", EXHIBIT_PROOF, CELL_TEXT),
                     WORD("basis", EXHIBIT_BASIS, &kind_offer_basis),
                     FIELD("source", EXHIBIT_SOURCE, CELL_TEXT),
                 }},
            {.sheet = SHEET_EXHIBITOR_NOTES,
             .table = TABLE_EXHIBITOR,
             .update_only = true,
             .columns =
                 {
                     NEEDED("edition", 0, CELL_ROW_EDITION),
                     NEEDED("name_en", 0, CELL_ITSELF),
                     FIELD("parent_country", 0, CELL_PARENT),
                     WORD("attendance", EXHIBITOR_ATTENDANCE, &kind_attendance),
                     FIELD("area_basis", EXHIBITOR_AREA_BASIS, CELL_CODE),
                     FIELD("note", EXHIBITOR_NOTE, CELL_TEXT),
                 }},
            {.sheet = SHEET_JOINT_STANDS,
             .table = TABLE_JOINT_STAND,
             .columns =
                 {
                     NEEDED("edition", 0, CELL_ROW_EDITION),
                     KEY("lead_exhibitor", JOINT_STAND_EXHIBITOR_ID, CELL_EXHIBITOR),
                     FIELD("participants_reported", JOINT_STAND_PARTICIPANTS_REPORTED,
                           CELL_INTEGER),
                     WORD("qualifier", JOINT_STAND_QUALIFIER, &kind_qualifier),
                     FIELD("note", JOINT_STAND_NOTE, CELL_TEXT),
                     FIELD("source", JOINT_STAND_SOURCE, CELL_TEXT),
                 }},
            {.sheet = SHEET_NODES,
             .table = TABLE_NODE,
             .columns =
                 {
                     KEY("id", NODE_CODE, CELL_CODE),
                     NEEDED_WORD("kind", NODE_KIND, &kind_node),
                     NEEDED("name_en", NODE_NAME_EN, CELL_TEXT),
                     FIELD("name_zh", NODE_NAME_ZH, CELL_TEXT),
                     FIELD("hs2022", NODE_HS2022, CELL_TEXT),
                     FIELD("cpc21", NODE_CPC21, CELL_TEXT),
                     FIELD("synonyms_en", NODE_SYNONYMS_EN, CELL_TEXT),
                     FIELD("synonyms_zh", NODE_SYNONYMS_ZH, CELL_TEXT),
                 }},
            {.sheet = SHEET_LINKS,
             .table = TABLE_LINK,
             .columns =
                 {
                     KEY("input", LINK_INPUT_ID, CELL_NODE),
                     KEY("output", LINK_OUTPUT_ID, CELL_NODE),
                     NEEDED_WORD("kind", LINK_KIND, &kind_link),
                 }},
            {.sheet = SHEET_ALTERNATIVES,
             .table = TABLE_LINK,
             .update_only = true,
             .columns =
                 {
                     KEY("output", LINK_OUTPUT_ID, CELL_NODE),
                     KEY("input", LINK_INPUT_ID, CELL_NODE),
                     NEEDED("group", LINK_GROUP_NO, CELL_INTEGER),
                 }},
            {.sheet = SHEET_CHAINS,
             .table = TABLE_CHAIN,
             .columns =
                 {
                     KEY("id", CHAIN_CODE, CELL_CODE),
                     NEEDED("name_en", CHAIN_NAME_EN, CELL_TEXT),
                     FIELD("name_zh", CHAIN_NAME_ZH, CELL_TEXT),
                     FIELD("summary_en", CHAIN_SUMMARY_EN, CELL_TEXT),
                     FIELD("summary_zh", CHAIN_SUMMARY_ZH, CELL_TEXT),
                     FIELD("final_nodes", 0, CELL_FINALS),
                 }},
            {.sheet = SHEET_CHAIN_NODES,
             .table = TABLE_CHAIN_NODE,
             .columns =
                 {
                     KEY("chain", CHAIN_NODE_CHAIN_ID, CELL_CHAIN),
                     KEY("node", CHAIN_NODE_NODE_ID, CELL_NODE),
                     WORD("stage", CHAIN_NODE_STAGE, &kind_stage),
                     NEEDED_WORD("role", CHAIN_NODE_ROLE, &kind_node_role),
                 },
             .constants = {ZERO(CHAIN_NODE_FINAL)}},
            {.sheet = SHEET_SCENARIOS,
             .table = TABLE_SCENARIO,
             .columns =
                 {
                     KEY("id", SCENARIO_CODE, CELL_CODE),
                     NEEDED("name_en", SCENARIO_NAME_EN, CELL_TEXT),
                     FIELD("name_zh", SCENARIO_NAME_ZH, CELL_TEXT),
                     FIELD("summary_en", SCENARIO_SUMMARY_EN, CELL_TEXT),
                     FIELD("summary_zh", SCENARIO_SUMMARY_ZH, CELL_TEXT),
                 }},
            {.sheet = SHEET_SCENARIO_NODES,
             .table = TABLE_SCENARIO_PART,
             .columns =
                 {
                     KEY("scenario", SCENARIO_PART_SCENARIO_ID, CELL_SCENARIO),
                     KEY("node", SCENARIO_PART_NODE_ID, CELL_NODE),
                     FIELD("parent_node", SCENARIO_PART_PARENT_ID, CELL_NODE),
                     NEEDED("part_en", SCENARIO_PART_PART_EN, CELL_TEXT),
                     FIELD("part_zh", SCENARIO_PART_PART_ZH, CELL_TEXT),
                 }},
            {.sheet = SHEET_COUNTRIES,
             .table = TABLE_COUNTRY,
             .columns =
                 {
                     KEY("code", COUNTRY_CODE, CELL_CODE),
                     FIELD("alpha3", COUNTRY_ALPHA3, CELL_CODE),
                     FIELD("m49", COUNTRY_M49, CELL_CODE),
                     NEEDED("name_en", COUNTRY_NAME_EN, CELL_TEXT),
                     NEEDED("name_zh", COUNTRY_NAME_ZH, CELL_TEXT),
                     FIELD("other_names", COUNTRY_OTHER_NAMES, CELL_TEXT),
                 }},
            {.sheet = SHEET_REGIONS,
             .table = TABLE_REGION,
             .columns =
                 {
                     KEY("code", REGION_CODE, CELL_CODE),
                     NEEDED("country", REGION_COUNTRY, CELL_CODE),
                     NEEDED("name_en", REGION_NAME_EN, CELL_TEXT),
                     NEEDED("name_zh", REGION_NAME_ZH, CELL_TEXT),
                     FIELD("other_names", REGION_OTHER_NAMES, CELL_TEXT),
                 }},
};

const struct record_sheet *record_sheet_of(enum sheet_id sheet) {
    for (size_t i = 0; i < sizeof(sheets) / sizeof(sheets[0]); i++)
        if (sheets[i].sheet == sheet)
            return &sheets[i];
    return NULL;
}
