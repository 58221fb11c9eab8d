/*
 * Merging two organisations that are one, and taking that back.
 *
 * The kept organisation takes over the other's exhibitors, statements, exhibits and names; where
 * both took part in one edition their two exhibitors become one. Blank fields of the kept one are
 * filled from the other; given ones win. Its part in the matching of an edition goes over, too,
 * with what it said and its matches (merge_partners.h); where both have one, that of the other
 * goes, and the merge is refused when persons act for it. The other stays as a record that points
 * to the kept one, so that its history and old addresses live on. All of it is one batch, so
 * unmerging is undoing that batch.
 *
 * `by` says who acts and when (account, token, actor, at_ms); the rest of the batch is set here.
 */
#ifndef FAIRLEAD_SERVICE_MERGE_H
#define FAIRLEAD_SERVICE_MERGE_H

#include "store/store.h"

/*
 * Finds an organisation by id ("12") or by its exact name in any language (ASCII case folded);
 * merged ones are found by id only. ERR_NOT_FOUND; ERR_CONFLICT when several bear the name, with
 * their ids. O(organisations).
 */
enum err merge_find(struct store_reader *reader, struct str text, int64_t *id,
                    struct errinfo *info) ERR_CHECK;

/*
 * Merges `gone` into `keep` in a batch of its own. ERR_INPUT when they are the same, ERR_CONFLICT
 * when one is merged already or persons act for a participant that would go.
 */
enum err merge_organisations(struct store *store, const struct store_batch *by, int64_t keep,
                             int64_t gone, int64_t *batch_id, struct errinfo *info) ERR_CHECK;

/* Takes the merge that made `gone` go back. ERR_CONFLICT as for store_undo. */
enum err merge_take_back(struct store *store, const struct store_batch *by, int64_t gone,
                         int64_t *batch_id, struct errinfo *info) ERR_CHECK;

/* Takes any batch back, in a batch of its own. ERR_CONFLICT as for store_undo, and for a batch that
 * changed accounts (accounts_own): those are changed again by their own rules, which an undo would
 * pass by. Nothing is half done. */
enum err undo_batch(struct store *store, const struct store_batch *by, int64_t batch_id,
                    int64_t *undo_id, struct errinfo *info) ERR_CHECK;

/* The same inside the open batch, which is the caller's, for an import whose reader has decided. */
enum err merge_in_batch(struct store *store, int64_t keep, int64_t gone,
                        struct errinfo *info) ERR_CHECK;

#endif
