/*
 * Records that are about one firm: two of the sheet, or one of the sheet and an organisation of the
 * store that bears another name.
 *
 * Pairs come from engine/names. What becomes of a pair: both say the same names and list different
 * editions: one firm, two lines of it; they contradict each other in country, area or size: a
 * conflict; else a duplicate is proposed, with a score and the reason, and a person decides.
 *
 * The main record of a pair is the fuller one, else the one that others name as their lead, else
 * the earlier.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_PAIRS_H
#define FAIRLEAD_SERVICE_IMPORT_PAIRS_H

#include "service/import_plan.h"
#include "service/import_world.h"

/*
 * Marks conflicts and duplicates among the good records and adds the findings; after import_diff.
 * `world` may be NULL: then the sheet is looked at alone. O(names) expected.
 */
enum err import_find_pairs(struct import_plan *plan, const struct import_words *words,
                           const struct import_world *world, const struct job *job,
                           struct errinfo *info) ERR_CHECK;

#endif
