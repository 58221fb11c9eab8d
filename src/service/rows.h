/* Private to the files on accounts: rows taken by what one column holds. */
#ifndef FAIRLEAD_SERVICE_ROWS_H
#define FAIRLEAD_SERVICE_ROWS_H

#include "store/store.h"

/* Deletes the rows of a table whose `column` is `value`, but for the row `keep` (0 = none), inside
 * the open batch. O(rows deleted), by index. */
enum err rows_delete(struct store *store, enum store_table table, uint32_t column,
                     struct store_value value, int64_t keep, struct errinfo *info) ERR_CHECK;

/* Decides whether a row goes. */
typedef bool rows_old_fn(void *ctx, int64_t id, const struct store_value *values);

/* Deletes the rows of a table that `old` names; `deleted` (may be NULL) counts them. O(rows). */
enum err rows_delete_old(struct store *store, enum store_table table, rows_old_fn *old, void *ctx,
                         uint64_t *deleted, struct errinfo *info) ERR_CHECK;

/* Copies a text value into a buffer of `size` bytes and ends it; cut where it is too long. */
void rows_copy(char *out, size_t size, const struct store_value *value);

#endif
