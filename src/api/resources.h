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

extern const struct api_record api_edition, api_area;
extern const struct api_list api_list_editions, api_list_areas;
api_rows_of api_all_editions, api_all_areas;
api_find api_find_edition;

/* ---- organisations.c: rows of view_organisation ---- */

extern const struct api_record api_organisation, api_organisation_detail;
extern const struct api_list api_list_organisations;
api_rows_of api_all_organisations;
api_find api_find_organisation;
/* From an organisation to its country or region, and its region. */
api_row_of api_country_of, api_region_of;

/* ---- exhibitors.c, exhibitor_detail.c: rows of view_exhibitor ---- */

extern const struct api_record api_exhibitor, api_exhibitor_detail, api_offer, api_need;
extern const struct api_list api_list_exhibitors;
api_rows_of api_all_exhibitors;
api_find api_find_exhibitor;
/* From an exhibitor to its organisation. */
api_row_of api_organisation_of;

/* A node where it stands in a chain. */
struct api_node_place {
    const struct view_chain *chain;
    struct str stage, role;
};
extern const struct api_record api_place_record;
struct api_rows api_places_of(struct api_scope *scope, uint32_t node);

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

#endif
