/*
 * The parameters that routes take. Each stands once, so that it means the same everywhere.
 */
#ifndef FAIRLEAD_API_PARAMS_H
#define FAIRLEAD_API_PARAMS_H

#include "api/route.h"

/* In the path: one record's own code or number. */
extern const struct api_param api_path_edition, api_path_organisation, api_path_exhibitor,
    api_path_chain, api_path_node, api_path_scenario, api_path_pavilion, api_path_entry,
    api_path_exhibit, api_path_file, api_path_problem;

/* Filters of the directory (service/directory.h). */
extern const struct api_param api_param_chain, api_param_stage, api_param_node, api_param_country,
    api_param_region, api_param_size, api_param_area, api_param_type, api_param_seen,
    api_param_lead, api_param_pavilion, api_param_words;

/* Filters of other lists. */
extern const struct api_param api_param_in_chain, api_param_at_stage, api_param_of_node,
    api_param_of_exhibitor, api_param_in_pavilion, api_param_in_area, api_param_hosted_by,
    api_param_node_kind, api_param_coverage, api_param_gap_kind, api_param_gap_state,
    api_param_pavilion_kind, api_param_entry_kind, api_param_day, api_param_host, api_param_field,
    api_param_debut, api_param_query, api_param_found_kind, api_param_figure,
    api_param_every_edition, api_param_lang;

/* Makes call->filter a struct directory_filter of those that the route takes and the call gives.
 * Errors as of snapshot_filter_set, with the parameter named. */
enum err api_prepare_directory(struct api_call *call, struct errinfo *info) ERR_CHECK;

/* The language of a page for people. */
extern const struct api_param api_param_page_lang;

/* The order by names, and the language it asks for. */
extern const struct api_param api_param_sort;
enum lang api_sort_lang(const struct api_call *call);

#endif
