/*
 * Whether a sheet that was read and compared on a reader may be written as planned, although others
 * have written since.
 *
 * The plan holds while every line that the log got since then is one the plan would not have seen,
 * or would have seen the same: other tables than those of import_world; a change to an organisation
 * that is none of the sheet's and keeps its names, identifiers and place, by which rows are found;
 * a change to an exhibitor or statement of an organisation that is none of the sheet's. Whatever
 * else happened (a record more or less, an edit to a firm that the sheet lists) is an answer of
 * false: read again. So an answer of true means that reading again would give the same plan.
 *
 * Thread rule: that of the reader.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_CURRENT_H
#define FAIRLEAD_SERVICE_IMPORT_CURRENT_H

#include "service/import.h"

/* `reader` sees the state that is about to be written to. O(lines since the reading, log n each).
 */
enum err import_is_current(struct store_reader *reader, const struct import_ready *ready,
                           bool *current, struct errinfo *info) ERR_CHECK;

#endif
