/*
 * Import of the other sheets: editions, areas, pavilions, programme, figures, exhibits, notes,
 * joint stands, the catalogue, countries and regions.
 *
 * These sheets are the organiser's own lists; one row is one record of one table, told in a table
 * of columns (import_records_tables.h). Rows are found again by their key and are inserted, changed
 * or left; a blank cell never deletes. References (edition, node, chain, exhibitor) are looked up
 * in the store as the open batch sees it, so the sheets of a folder build on each other.
 *
 * Thread rule: one thread at a time.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_RECORDS_H
#define FAIRLEAD_SERVICE_IMPORT_RECORDS_H

#include "service/import_plan.h"
#include "store/store.h"

/*
 * Reads the sheet and writes it into the open batch of `store`, counting and noting findings in
 * `plan` (initialised; its rows stay empty). Wrong rows are not written; whether the batch is
 * committed with errors is the caller's decision, and a dry run rolls it back. O(rows of sheet and
 * table).
 */
enum err import_records(struct import_plan *plan, struct table *table,
                        const struct header_words *headers, const struct import_options *options,
                        struct store *store, const struct job *job, struct errinfo *info) ERR_CHECK;

#endif
