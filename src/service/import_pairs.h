/*
 * Records of one sheet that are about one firm.
 *
 * Pairs come from the names: the same name in a language, or the same but for the legal form (see
 * import_names.h), a place in brackets, a by-name; and from similar names with the same exhibits or
 * nodes. What becomes of a pair: both say the same names and list different editions: one firm, two
 * lines of it; they contradict each other in country, area or size: a conflict; else a duplicate is
 * proposed, with a score and the reason, and a person decides.
 *
 * The main record of a pair is the fuller one, else the one that others name as their lead, else
 * the earlier.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_PAIRS_H
#define FAIRLEAD_SERVICE_IMPORT_PAIRS_H

#include "service/import_plan.h"

/* Marks conflicts and duplicates among the good records and adds the findings. O(names) expected.
 */
enum err import_find_pairs(struct import_plan *plan, const struct import_words *words,
                           const struct job *job, struct errinfo *info) ERR_CHECK;

#endif
