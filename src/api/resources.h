/*
 * What the API is about: the records, and the lists and questions that the routes are made of.
 *
 * Each family stands in a file of its own, with the rows its records are of. A record that only
 * names something (node, organisation, ...) is a reference.
 */
#ifndef FAIRLEAD_API_RESOURCES_H
#define FAIRLEAD_API_RESOURCES_H

#include "api/route.h"

/* ---- references.c: rows of view_node, view_chain, view_area, ... ---- */

extern const struct api_record api_ref_node, api_ref_chain, api_ref_area, api_ref_country,
    api_ref_region, api_ref_organisation, api_ref_pavilion;

/* The row, or NULL for VIEW_NONE, which becomes null. */
const struct view_node *api_node_at(const struct view *view, uint32_t node);
const struct view_chain *api_chain_at(const struct view *view, uint32_t chain);
const struct view_organisation *api_exhibitor_at(const struct view *view, uint32_t exhibitor);

/* Codes of the chain engine's enums; an unknown stage is empty, which becomes null. */
struct str api_stage(uint32_t stage);
struct str api_basis(uint32_t basis);

/* `count` zeroed rows of `size` bytes of the request's memory; NULL and noted when short. */
void *api_new_rows(struct api_scope *scope, size_t count, size_t size);

/* A place by a text alone, made of printf's arguments. */
struct api_position api_place(struct api_scope *scope, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#define API_ROWS(array, n)                                                                         \
    (struct api_rows) {                                                                            \
        .at = (array), .stride = sizeof(*(array)), .count = (n)                                    \
    }

/* ---- addresses.c: rows of api_route ---- */

extern const struct api_record api_address;
extern const struct api_list api_list_addresses;

/* ---- editions.c: rows of view_edition and view_area ---- */

extern const struct api_record api_edition, api_edition_detail, api_area;
extern const struct api_list api_list_editions, api_list_areas;
api_rows_of api_all_editions, api_all_areas;
api_find api_find_edition;

/* ---- organisations.c: rows of view_organisation ---- */

extern const struct api_record api_organisation, api_organisation_detail;
extern const struct api_record api_name; /* rows of view_name */
extern const struct api_list api_list_organisations;
api_rows_of api_all_organisations;
api_find api_find_organisation;
/* From an organisation to its country or region, its region, further names and editions. */
api_row_of api_country_of, api_region_of;
api_rows_of api_names_of;
api_texts_of api_editions_of;

/* ---- exhibitors.c, exhibitor_detail.c: rows of view_exhibitor ---- */

extern const struct api_record api_exhibitor, api_exhibitor_detail;
extern const struct api_list api_list_exhibitors;
api_rows_of api_all_exhibitors;
api_find api_find_exhibitor;
/* From an exhibitor to its organisation. */
api_row_of api_organisation_of;

/* A node that an exhibitor offers or needs. */
struct api_claim {
    const struct view_node *node;
    struct str basis;
    bool open; /* of a need */
};
/* The claims of an exhibitor, a row of view_exhibitor, in a table of the report. */
struct api_rows api_claims_of(struct api_scope *scope, const struct chain_table *table,
                              const void *row);
/* From a claim to the places of its node. */
api_rows_of api_claim_places;

/* ---- neighbours.c ---- */

extern const struct api_record api_neighbour, api_chain_neighbours, api_steps;
extern const struct api_list api_list_suppliers, api_list_customers;
/* From an exhibitor to its chains with their neighbours, and to the nodes one step away. */
api_rows_of api_exhibitor_chains;
api_row_of api_exhibitor_steps;

/* ---- nodes.c: rows of view_node ---- */

extern const struct api_record api_node, api_node_detail;
extern const struct api_list api_list_nodes;
api_rows_of api_all_nodes;
api_find api_find_node;

/* A node where it stands in a chain. */
struct api_node_place {
    const struct view_chain *chain;
    struct str stage, role;
};
extern const struct api_record api_place_record;
struct api_rows api_places_of(struct api_scope *scope, uint32_t node);

/* An exhibitor that offers or needs a node. */
struct api_claimant {
    const struct view_organisation *exhibitor;
    struct str basis;
};
extern const struct api_record api_claimant_record;
struct api_rows api_claimants_of(struct api_scope *scope, const struct chain_table *table,
                                 uint32_t node);

/* What can stand in for a node, in one product. */
struct api_alternative {
    const struct view_node *node, *product;
};
extern const struct api_record api_alternative_record;
struct api_rows api_alternatives_of(struct api_scope *scope, uint32_t node);

/* Codes of how well a node is offered, and of its gaps (enum chain_gap_kind, chain_gap_state). */
struct str api_coverage(const struct chain_node *node);
struct str api_gap_kind(uint32_t kind);
struct str api_gap_state(uint32_t state);

/* ---- chains.c, chain_detail.c, chain_map.c: rows of view_chain ---- */

extern const struct api_record api_chain, api_chain_detail, api_chain_map;
extern const struct api_list api_list_chains;
api_rows_of api_all_chains;
api_find api_find_chain, api_find_chain_map;
/* Position of a row of view_chain among the chains of the view. */
uint32_t api_chain_index(const struct api_scope *scope, const void *row);
/* From a place, a row of chain_place, to its node, stage and role. */
api_row_of api_place_node;
api_value_of api_place_stage, api_place_role;
/* Code of an enum chain_live; empty for a link that is not live. */
struct str api_live(uint32_t live);

/* ---- gaps.c: rows of chain_gap ---- */

extern const struct api_record api_gap;
extern const struct api_list api_list_gaps;
api_rows_of api_all_gaps;

/* ---- scenarios.c: rows of view_scenario ---- */

extern const struct api_record api_scenario, api_scenario_detail;
extern const struct api_list api_list_scenarios;
api_rows_of api_all_scenarios;
/* The parts of all scenarios, for the open data. */
extern const struct api_record api_scenario_part_row;
api_rows_of api_all_parts;
api_find api_find_scenario;

/* ---- pavilions.c, exhibits.c, programme.c, figures.c: rows of the view's structs ---- */

extern const struct api_record api_pavilion, api_pavilion_detail, api_exhibit, api_entry, api_host,
    api_picture, api_figure;
extern const struct api_list api_list_pavilions, api_list_exhibits, api_list_programme,
    api_list_figures;
api_rows_of api_all_pavilions, api_all_exhibits, api_all_entries, api_all_figures;
api_find api_find_pavilion, api_find_exhibit, api_find_entry;

/* ---- search.c ---- */

extern const struct api_record api_hit, api_found;
extern const struct api_list api_list_hits;

/* ---- vocabulary.c ---- */

extern const struct api_record api_country, api_region, api_word;
extern const struct api_list api_list_countries, api_list_regions, api_list_words;
api_rows_of api_all_countries, api_all_regions, api_all_words;

#endif
