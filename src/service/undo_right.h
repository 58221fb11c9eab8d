/*
 * Who may take a batch back: an undo writes, so it does nothing that whoever asks could not do
 * without it.
 *
 * One's own batch needs RIGHT_UNDO_OWN, anybody else's RIGHT_UNDO_ANY. Beyond that each line needs
 * the right to write its table, in the place of the record as it is now; a record that is gone lies
 * nowhere, so there the right anywhere is enough. Lines of accounts, roles and tokens need
 * RIGHT_ACCOUNTS: else an organiser could give back a role that was taken away.
 *
 * Thread rule: that of the reader.
 */
#ifndef FAIRLEAD_SERVICE_UNDO_RIGHT_H
#define FAIRLEAD_SERVICE_UNDO_RIGHT_H

#include "base/arena.h"
#include "service/access.h"
#include "store/store.h"

/* ERR_NOT_FOUND: there is no such batch. ERR_DENIED in words. Places go into the arena.
 * O(lines of the batch). */
enum err undo_right_check(struct store_reader *reader, const struct access *access,
                          int64_t batch_id, struct arena *arena, struct errinfo *info) ERR_CHECK;

#endif
