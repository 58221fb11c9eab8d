/*
 * Finding the lead exhibitors that a sheet names.
 *
 * A lead may be written in any spelling of a name in the sheet or of an organisation in the store;
 * see import_names.h for what counts as the same. A lead that nobody bears is an error of the
 * record that names it.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_LEADS_H
#define FAIRLEAD_SERVICE_IMPORT_LEADS_H

#include "service/import_known.h"
#include "service/import_plan.h"

/* Sets `lead` or `lead_known` of every record with a lead name. `known` may be NULL. O(names). */
enum err import_find_leads(struct import_plan *plan, const struct import_known *known,
                           struct errinfo *info) ERR_CHECK;

#endif
