/*
 * The parameters that routes take. Each stands once, so that it means the same everywhere.
 */
#ifndef FAIRLEAD_API_PARAMS_H
#define FAIRLEAD_API_PARAMS_H

#include "api/route.h"

/* In the path: one record's own code or number. */
extern const struct api_param api_path_edition, api_path_organisation, api_path_exhibitor;

/* Filters. */
extern const struct api_param api_param_chain, api_param_stage, api_param_node, api_param_country,
    api_param_region, api_param_size, api_param_area, api_param_type, api_param_seen,
    api_param_lead, api_param_pavilion, api_param_words;

/* Makes call->filter a struct directory_filter of those that the route takes and the call gives.
 * Errors as of directory_filter_set, with the parameter named. */
enum err api_prepare_directory(struct api_call *call, struct errinfo *info) ERR_CHECK;

/* The order by names, and the language it asks for. */
extern const struct api_param api_param_sort;
enum lang api_sort_lang(const struct api_call *call);

#endif
