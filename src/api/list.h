/*
 * Lists: rows filtered, put in order, cut into pages and written.
 */
#ifndef FAIRLEAD_API_LIST_H
#define FAIRLEAD_API_LIST_H

#include "api/route.h"

/* Whether a place in a list comes after another: texts by their bytes, then numbers. */
bool api_position_is_behind(struct api_position place, struct api_position other);

/* Appends a piece of an address with all but the unreserved characters percent-encoded (RFC 3986,
 * 2.3). */
void api_add_encoded(struct buf *out, struct str text);

/*
 * Answers a call whose route has a list: {"items", "next", "total"}, and a Link header to the next
 * page (RFC 8288) where its address is not too long for one. Memory O(limit), time O(rows), for a
 * list that has to be sorted O(n log n). Errors as of the list's functions, ERR_MEMORY.
 */
enum err api_list_answer(struct api_call *call, struct errinfo *info) ERR_CHECK;

#endif
