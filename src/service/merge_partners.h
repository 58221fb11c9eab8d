/* Private to merging (merge.h): what two organisations that are one have said, asked for and
 * answered in the matching of partners. */
#ifndef FAIRLEAD_SERVICE_MERGE_PARTNERS_H
#define FAIRLEAD_SERVICE_MERGE_PARTNERS_H

#include "base/arena.h"
#include "store/store.h"

/*
 * Moves the participants of `gone` to `keep`, and what others say of it, inside the open batch.
 * Where both take part in one edition, what the one that goes said, wishes and its matches go over
 * to the one that stays; of two live matches with the same partner the further one stays, and none
 * is left between an organisation and itself. Agreements go over in the same way. Drafts of rounds
 * lose their pairs of `gone`: a draft is run again. ERR_CONFLICT when persons act for a participant
 * that would go. O(rows about the two).
 */
enum err merge_partners(struct store *store, struct arena *arena, int64_t keep, int64_t gone,
                        struct errinfo *info) ERR_CHECK;

#endif
