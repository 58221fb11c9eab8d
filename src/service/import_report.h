/*
 * What an import found, for programs and for people.
 *
 * The JSON of a sheet is one object: {records, hidden, new, changed, unchanged, errors: [{record,
 * line, column, value, expected, field, message, column_number}], skipped: [{record, line,
 * reason}], conflicts:
 * [{record, line, of, fields, reason, expected}], duplicates: [{record, line, of, score, reason}],
 * warnings: [like errors], columns: [{header, field, how}], changes: [{record, field, edition,
 * before, after}], ...}. `message`, `expected` and `reason` stand beside their Chinese
 * (`message_zh`, ...). `column` is the header as it stands in the sheet; `of` is the record of
 * the main row, or null when it is organisation `of_id` of the store.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_REPORT_H
#define FAIRLEAD_SERVICE_IMPORT_REPORT_H

#include <stdio.h>

#include "base/json.h"
#include "service/import.h"

/*
 * Appends the JSON of a run: the object of its sheet, or {"sheets": [object, ...]} with the name of
 * each file when there are several. ERR_MEMORY, ERR_LIMIT. O(findings).
 */
enum err import_report_json(const struct import_outcome *outcome, struct buf *out,
                            struct errinfo *info) ERR_CHECK;

/* Pieces of it: one finding as an object; a sentence in Chinese (finding_words.h), if it has one;
 * and the key "columns" with its list. */
void import_finding_json(const struct import_plan *plan, const struct import_finding *finding,
                         struct json_out *j);
void import_zh_json(const char *key, struct str english, struct json_out *j);
void import_columns_json(const struct import_plan *plan, struct json_out *j);

/*
 * Prints what a person reads: for each sheet the counts, how the columns were understood where that
 * is not plain, and each finding with its place, what was expected and how to mend it; of each kind
 * at most `limit`.
 */
void import_report_text(const struct import_outcome *outcome, uint32_t limit, FILE *out);

#endif
