/*
 * Pairs of organisations that an import took for probably the same, and what a person decided.
 *
 * A pair waits with the decision "later" until it is "different", or until the two are merged
 * (merge.h).
 */
#ifndef FAIRLEAD_SERVICE_DUPLICATES_H
#define FAIRLEAD_SERVICE_DUPLICATES_H

#include "exchange/list.h"
#include "store/store.h"

/*
 * One row a pair that waits: ids and names of both, the older one first; how alike they are now (0
 * to 1, engine/names) and why, in English and Chinese. Nothing is kept of what the import found:
 * the two records tell it, also after one was corrected; no reason = a person put them together.
 * Merged ones are left out. O(pairs).
 */
enum err duplicates_list(struct store_reader *reader, struct list *list,
                         struct errinfo *info) ERR_CHECK;

/* Notes "different" or "later" for a pair, in a batch of its own; `by` says who and when.
 * ERR_NOT_FOUND when one does not exist. */
enum err duplicates_decide(struct store *store, const struct store_batch *by, int64_t first,
                           int64_t second, struct str decision, struct errinfo *info) ERR_CHECK;

/* The same inside the open batch. */
enum err duplicates_note(struct store *store, int64_t one, int64_t two, struct str decision,
                         struct errinfo *info) ERR_CHECK;

#endif
