/*
 * Comparing the records of a sheet with the store.
 *
 * A record is an organisation of the store when its LEI or registration number says so, else when a
 * name does: the exact name, or the only one with the same core (import_names.h) in the same
 * country. Names are never replaced: a missing one is filled in, a really different one is kept as
 * a further name. A blank cell changes nothing.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_DIFF_H
#define FAIRLEAD_SERVICE_IMPORT_DIFF_H

#include "service/import_plan.h"
#include "service/import_world.h"

/*
 * Finds each good record in the store and sets its class: new, changed (with the changes listed) or
 * unchanged; a record whose identifiers name two organisations is in conflict. O(records).
 */
enum err import_diff(struct import_plan *plan, const struct import_world *world,
                     struct errinfo *info) ERR_CHECK;

/*
 * Which of a record's names its organisation would get as further names: bit 0 English, bit 1
 * Chinese. `organisation` is an index of the world's known ones.
 */
enum err import_diff_aliases(const struct import_world *world, const struct import_exhibitor *row,
                             uint32_t organisation, unsigned *aliases,
                             struct errinfo *info) ERR_CHECK;

#endif
