/* The sheets as tables: see facts_sheets.h. */
#include "service/facts_sheets.h"

#include <stddef.h>

#define TEXT(name, column)                                                                         \
    { name, column, FACT_TEXT, NULL, false, false }
#define NEED(name, column)                                                                         \
    { name, column, FACT_TEXT, NULL, true, false }
#define CODE(name, column)                                                                         \
    { name, column, FACT_TEXT, NULL, true, true }
#define COUNT(name, column)                                                                        \
    { name, column, FACT_COUNT, NULL, false, false }
#define DATE(name, column)                                                                         \
    { name, column, FACT_DATE, NULL, false, false }
#define KIND(name, column, kind)                                                                   \
    { name, column, FACT_KIND, kind, false, false }
#define NEED_KIND(name, column, kind)                                                              \
    { name, column, FACT_KIND, kind, true, false }
#define EDITION(column)                                                                            \
    { "edition", column, FACT_EDITION, NULL, true, true }
#define END                                                                                        \
    { NULL, 0, FACT_PASSED, NULL, false, false }

static const struct fact_field countries[] = {CODE("code", COUNTRY_CODE),
                                              TEXT("alpha3", COUNTRY_ALPHA3),
                                              TEXT("m49", COUNTRY_M49),
                                              NEED("name_en", COUNTRY_NAME_EN),
                                              NEED("name_zh", COUNTRY_NAME_ZH),
                                              TEXT("other_names", COUNTRY_OTHER_NAMES),
                                              END};

static const struct fact_field regions[] = {CODE("code", REGION_CODE),
                                            NEED("country", REGION_COUNTRY),
                                            NEED("name_en", REGION_NAME_EN),
                                            NEED("name_zh", REGION_NAME_ZH),
                                            TEXT("other_names", REGION_OTHER_NAMES),
                                            END};

static const struct fact_field nodes[] = {CODE("id", NODE_CODE),
                                          NEED_KIND("kind", NODE_KIND, &kind_node),
                                          NEED("name_en", NODE_NAME_EN),
                                          TEXT("name_zh", NODE_NAME_ZH),
                                          TEXT("hs2022", NODE_HS2022),
                                          TEXT("cpc21", NODE_CPC21),
                                          TEXT("synonyms_en", NODE_SYNONYMS_EN),
                                          TEXT("synonyms_zh", NODE_SYNONYMS_ZH),
                                          END};

static const struct fact_field links[] = {{"input", LINK_INPUT_ID, FACT_NODE, NULL, true, true},
                                          {"output", LINK_OUTPUT_ID, FACT_NODE, NULL, true, true},
                                          NEED_KIND("kind", LINK_KIND, &kind_link),
                                          END};

static const struct fact_field alternatives[] = {
    {"output", LINK_OUTPUT_ID, FACT_NODE, NULL, true, true},
    {"group", LINK_GROUP_NO, FACT_COUNT, NULL, true, false},
    {"input", LINK_INPUT_ID, FACT_NODE, NULL, true, true},
    END};

static const struct fact_field chains[] = {CODE("id", CHAIN_CODE),
                                           NEED("name_en", CHAIN_NAME_EN),
                                           TEXT("name_zh", CHAIN_NAME_ZH),
                                           TEXT("summary_en", CHAIN_SUMMARY_EN),
                                           TEXT("summary_zh", CHAIN_SUMMARY_ZH),
                                           {"final_nodes", 0, FACT_PASSED, NULL, false, false},
                                           END};

static const struct fact_field chain_nodes[] = {
    {"chain", CHAIN_NODE_CHAIN_ID, FACT_CHAIN, NULL, true, true},
    {"node", CHAIN_NODE_NODE_ID, FACT_NODE, NULL, true, true},
    KIND("stage", CHAIN_NODE_STAGE, &kind_stage),
    NEED_KIND("role", CHAIN_NODE_ROLE, &kind_node_role),
    END};

static const struct fact_field scenarios[] = {CODE("id", SCENARIO_CODE),
                                              NEED("name_en", SCENARIO_NAME_EN),
                                              TEXT("name_zh", SCENARIO_NAME_ZH),
                                              TEXT("summary_en", SCENARIO_SUMMARY_EN),
                                              TEXT("summary_zh", SCENARIO_SUMMARY_ZH),
                                              END};

static const struct fact_field scenario_nodes[] = {
    {"scenario", SCENARIO_PART_SCENARIO_ID, FACT_SCENARIO, NULL, true, true},
    {"node", SCENARIO_PART_NODE_ID, FACT_NODE, NULL, true, true},
    {"parent_node", SCENARIO_PART_PARENT_ID, FACT_NODE, NULL, false, false},
    NEED("part_en", SCENARIO_PART_PART_EN),
    TEXT("part_zh", SCENARIO_PART_PART_ZH),
    END};

static const struct fact_field editions[] = {
    CODE("edition", EDITION_CODE),      COUNT("ordinal", EDITION_ORDINAL),
    NEED("name_en", EDITION_NAME_EN),   TEXT("name_zh", EDITION_NAME_ZH),
    TEXT("city_en", EDITION_CITY_EN),   TEXT("venue_en", EDITION_VENUE_EN),
    DATE("starts", EDITION_STARTS),     DATE("ends", EDITION_ENDS),
    TEXT("theme_en", EDITION_THEME_EN), END};

static const struct fact_field areas[] = {EDITION(AREA_EDITION_ID),
                                          CODE("area", AREA_CODE),
                                          NEED_KIND("kind", AREA_KIND, &kind_area),
                                          NEED("name_en", AREA_NAME_EN),
                                          TEXT("name_zh", AREA_NAME_ZH),
                                          TEXT("new", AREA_NOVELTY),
                                          COUNT("size_m2", AREA_SIZE_M2),
                                          COUNT("exhibitors", AREA_EXHIBITORS),
                                          KIND("qualifier", AREA_QUALIFIER, &kind_qualifier),
                                          TEXT("note", AREA_NOTE),
                                          TEXT("source", AREA_SOURCE),
                                          END};

static const struct fact_field pavilions[] = {
    EDITION(PAVILION_EDITION_ID),
    NEED("kind", PAVILION_KIND),
    CODE("name_en", PAVILION_NAME_EN),
    TEXT("name_zh", PAVILION_NAME_ZH),
    TEXT("code", PAVILION_CODE),
    TEXT("theme", PAVILION_THEME),
    COUNT("participants", PAVILION_PARTICIPANTS),
    KIND("qualifier", PAVILION_QUALIFIER, &kind_qualifier),
    TEXT("source", PAVILION_SOURCE),
    END};

static const struct fact_field programme[] = {EDITION(PROGRAMME_ENTRY_EDITION_ID),
                                              CODE("id", PROGRAMME_ENTRY_CODE),
                                              DATE("date", PROGRAMME_ENTRY_STARTS),
                                              DATE("end_date", PROGRAMME_ENTRY_ENDS),
                                              TEXT("time_of_day", PROGRAMME_ENTRY_TIME_OF_DAY),
                                              NEED("kind", PROGRAMME_ENTRY_KIND),
                                              TEXT("area", PROGRAMME_ENTRY_AREA),
                                              NEED("title_en", PROGRAMME_ENTRY_TITLE_EN),
                                              TEXT("title_zh", PROGRAMME_ENTRY_TITLE_ZH),
                                              TEXT("hosts", PROGRAMME_ENTRY_HOSTS),
                                              COUNT("participants", PROGRAMME_ENTRY_PARTICIPANTS),
                                              TEXT("note", PROGRAMME_ENTRY_NOTE),
                                              TEXT("source", PROGRAMME_ENTRY_SOURCE),
                                              END};

static const struct fact_field figures[] = {
    EDITION(FIGURE_EDITION_ID),
    CODE("figure", FIGURE_FIGURE),
    {"value", FIGURE_VALUE, FACT_NUMBER, NULL, true, true},
    CODE("unit", FIGURE_UNIT),
    {"qualifier", FIGURE_QUALIFIER, FACT_KIND, &kind_qualifier, true, true},
    {"state", FIGURE_STATE, FACT_KIND, &kind_figure_state, true, true},
    {"as_of", FIGURE_AS_OF, FACT_DATE, NULL, true, true},
    TEXT("definition_note", FIGURE_DEFINITION),
    TEXT("source", FIGURE_SOURCE),
    END};

static const struct fact_field exhibits[] = {
    EDITION(EXHIBIT_EDITION_ID),
    {"exhibitor", EXHIBIT_EXHIBITOR_ID, FACT_EXHIBITOR, NULL, false, true},
    {"pavilion", EXHIBIT_PAVILION_ID, FACT_PAVILION, NULL, false, true},
    TEXT("field", EXHIBIT_FIELD),
    CODE("name_en", EXHIBIT_NAME_EN),
    TEXT("name_zh", EXHIBIT_NAME_ZH),
    {"node", EXHIBIT_NODE_ID, FACT_NODE, NULL, false, false},
    KIND("debut", EXHIBIT_DEBUT, &kind_debut),
    KIND("basis", EXHIBIT_BASIS, &kind_offer_basis),
    TEXT("source", EXHIBIT_SOURCE),
    END};

/* The exhibitor itself is the record: its id is found by edition and name. */
static const struct fact_field exhibitor_notes[] = {
    EDITION(EXHIBITOR_EDITION_ID),
    {"name_en", 0, FACT_EXHIBITOR, NULL, true, true},
    KIND("attendance", EXHIBITOR_ATTENDANCE, &kind_attendance),
    TEXT("area_basis", EXHIBITOR_AREA_BASIS),
    {"parent_country", 0, FACT_PASSED, NULL, false, false},
    TEXT("note", EXHIBITOR_NOTE),
    END};

static const struct fact_field joint_stands[] = {
    {"edition", 0, FACT_EDITION, NULL, true, false},
    {"lead_exhibitor", JOINT_STAND_EXHIBITOR_ID, FACT_EXHIBITOR, NULL, true, true},
    COUNT("participants_reported", JOINT_STAND_PARTICIPANTS_REPORTED),
    KIND("qualifier", JOINT_STAND_QUALIFIER, &kind_qualifier),
    {"participants_named", 0, FACT_PASSED, NULL, false, false},
    TEXT("note", JOINT_STAND_NOTE),
    TEXT("source", JOINT_STAND_SOURCE),
    END};

static const struct fact_sheet sheets[SHEETS] = {
    [SHEET_EDITIONS] = {TABLE_EDITION, false, editions},
    [SHEET_AREAS] = {TABLE_AREA, false, areas},
    [SHEET_PAVILIONS] = {TABLE_PAVILION, false, pavilions},
    [SHEET_PROGRAMME] = {TABLE_PROGRAMME_ENTRY, false, programme},
    [SHEET_FIGURES] = {TABLE_FIGURE, false, figures},
    [SHEET_EXHIBITS] = {TABLE_EXHIBIT, false, exhibits},
    [SHEET_EXHIBITOR_NOTES] = {TABLE_EXHIBITOR, true, exhibitor_notes},
    [SHEET_JOINT_STANDS] = {TABLE_JOINT_STAND, false, joint_stands},
    [SHEET_NODES] = {TABLE_NODE, false, nodes},
    [SHEET_LINKS] = {TABLE_LINK, false, links},
    [SHEET_ALTERNATIVES] = {TABLE_LINK, true, alternatives},
    [SHEET_CHAINS] = {TABLE_CHAIN, false, chains},
    [SHEET_CHAIN_NODES] = {TABLE_CHAIN_NODE, false, chain_nodes},
    [SHEET_SCENARIOS] = {TABLE_SCENARIO, false, scenarios},
    [SHEET_SCENARIO_NODES] = {TABLE_SCENARIO_PART, false, scenario_nodes},
    [SHEET_COUNTRIES] = {TABLE_COUNTRY, false, countries},
    [SHEET_REGIONS] = {TABLE_REGION, false, regions},
};

const struct fact_sheet *fact_sheet_of(enum sheet_id sheet) {
    return sheet < SHEETS && sheets[sheet].fields != NULL ? &sheets[sheet] : NULL;
}
