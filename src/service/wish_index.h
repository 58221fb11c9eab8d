/* Private to wishes: who takes part in an edition, to be found by name. */
#ifndef FAIRLEAD_SERVICE_WISH_INDEX_H
#define FAIRLEAD_SERVICE_WISH_INDEX_H

#include "service/wishes.h"

struct wish_index;

/* All exhibitors and participants of an edition but one organisation. O(their names). The index
 * borrows from no one; its names are copied into `arena`. */
enum err wish_index_new(struct store_reader *reader, int64_t edition_id, int64_t but,
                        struct arena *arena, struct wish_index **out,
                        struct errinfo *info) ERR_CHECK;
void wish_index_free(struct wish_index *index);

/* Finds who is meant by wish->text: sets state, meant and candidates. */
enum err wish_index_find(const struct wish_index *index, struct wish *wish,
                         struct errinfo *info) ERR_CHECK;

#endif
