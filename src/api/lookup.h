/*
 * What a parameter names: the record of the edition with that code or number.
 */
#ifndef FAIRLEAD_API_LOOKUP_H
#define FAIRLEAD_API_LOOKUP_H

#include "api/route.h"

/*
 * The record that a parameter of the call names, as an index of the view (param->names says of
 * which array); VIEW_NONE when it was not given. When there is none, the words say what was looked
 * for and, where a code may have been meant, which: ERR_NOT_FOUND for a parameter of the path, else
 * ERR_INPUT, with the call's problem set. O(records), for nodes and organisations O(1).
 */
enum err api_lookup(struct api_call *call, const struct api_param *param, uint32_t *index,
                    struct errinfo *info) ERR_CHECK;

#endif
