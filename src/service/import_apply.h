/*
 * Writing a plan into the store.
 *
 * Inside a batch that the caller opened: organisations, their exhibitors in each edition listed,
 * what they offer and need (declared, or read out of their texts where the sheet has no column of
 * nodes), and at the end who leads whom. New and changed records are written, and
 * proposed duplicates as organisations of their own with the decision "later", so that a person can
 * merge them; wrong, skipped and conflicting ones are not.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_APPLY_H
#define FAIRLEAD_SERVICE_IMPORT_APPLY_H

#include "service/import_plan.h"
#include "service/import_world.h"

/*
 * Reads offers out of the texts of the rows that will be written, where the sheet has no column of
 * nodes; before import_apply, and beside the writer, because the engine takes its time. O(texts).
 */
enum err import_infer(struct import_plan *plan, struct store_reader *reader, const struct job *job,
                      struct errinfo *info) ERR_CHECK;

/*
 * Writes everything or, on any error, leaves it to the caller to roll back. `world` is the one the
 * plan was compared with; `organisations`, one a row and zeroed, get the organisation of each row
 * that is in the store afterwards. O(records + statements).
 */
enum err import_apply(const struct import_plan *plan, const struct import_world *world,
                      struct store *store, int64_t *organisations, const struct job *job,
                      struct errinfo *info) ERR_CHECK;

#endif
