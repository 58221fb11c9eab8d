/*
 * Parameters of a request, read against the route's row of the table.
 *
 * What the route does not know is refused with the nearest name it knows: a filter that is silently
 * left out would be a wrong answer. Nothing may be given twice; an empty value counts as not given,
 * as forms send it.
 */
#ifndef FAIRLEAD_API_QUERY_H
#define FAIRLEAD_API_QUERY_H

#include "api/route.h"

/*
 * Fills the call's values, limit, chosen fields and cursor from its request. ERR_INPUT and
 * ERR_LIMIT with call->problem and call->problem_param set; ERR_MEMORY. O(length of the query).
 */
enum err api_query_read(struct api_call *call, struct errinfo *info) ERR_CHECK;

/* A hash of the parameters that choose the rows of a list: all but edition, fields, limit and
 * cursor. */
uint64_t api_query_filters(const struct api_call *call);

/*
 * The candidate nearest to what was written, when it is near enough to be meant: at most a third of
 * its letters wrong, left out, added or swapped (Damerau-Levenshtein distance, optimal string
 * alignment). NULL when none is. O(candidates x len^2).
 */
const char *api_nearest(struct str written, const char *const *candidates, size_t count);

#endif
