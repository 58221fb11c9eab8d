/*
 * Uploads: an import as a session. A file is kept, looked at, corrected in place and then written
 * in one batch, or dropped.
 *
 * The file's bytes never change. What a person decides stands in the upload's settings, a JSON
 * object, and is applied while the file is read (import.h):
 *
 *   sheet          kind of sheet ("exhibitors"); left out = guessed by name and headers
 *   edition        code of the edition where the sheet does not say one
 *   encoding, separator, workbook_sheet    where the file does not tell, or tells wrong
 *   mapping        [{"header", "field"}]: which column is which field
 *   cells          [{"record", "column", "value"}]: mended cells; record from 1, column from 0
 *   leave_out      [record]: rows not wanted
 *   leave_out_wrong  true = the good rows are written although others are wrong
 *   keep_mapping   true = the mapping is kept for later imports
 *   decisions      [{"record", "of_record" or "of_id", "decision": "same", "different", "later"}]
 *                  about probable duplicates: "same" merges the new organisation into the other
 *
 * An upload is a working row; what it wrote is a batch of the log, undone like any other.
 *
 * Thread rule: as the store or reader that is handed in.
 */
#ifndef FAIRLEAD_SERVICE_UPLOAD_H
#define FAIRLEAD_SERVICE_UPLOAD_H

#include "base/json.h"
#include "service/import.h"
#include "service/writer.h"

enum { UPLOAD_BYTES_MAX = 64 << 20, UPLOAD_SETTINGS_MAX = 4 << 20, UPLOAD_ROWS_MAX = 500 };

struct upload {
    int64_t id, account_id, batch_id, created_ms; /* batch 0 = not applied */
    struct str name, digest, settings, state;     /* state: open, applied, dropped */
};

/* Keeps a file in the open batch. ERR_LIMIT above UPLOAD_BYTES_MAX, ERR_INPUT without bytes. */
enum err upload_keep(struct store *store, int64_t account_id, struct str name, struct str bytes,
                     int64_t at_ms, int64_t *id, struct errinfo *info) ERR_CHECK;

/* One upload, its texts in the arena; ERR_NOT_FOUND. */
enum err upload_get(struct store_reader *reader, int64_t id, struct arena *arena,
                    struct upload *out, struct errinfo *info) ERR_CHECK;

/* An upload in the list of them, without its settings. */
struct upload_listed {
    struct upload upload;
    struct str by;     /* who brought it */
    int64_t changes;   /* lines of its batch; 0 = none was written */
    int64_t undone_by; /* the batch that took it back, or 0 */
};

typedef enum err upload_listed_fn(void *ctx, const struct upload_listed *listed,
                                  struct errinfo *info);

/* The uploads before `before` (an id; 0 = from the newest), the newest first, `limit` at most; the
 * texts are borrowed during the call. O(uploads). */
enum err upload_list(struct store_reader *reader, int64_t before, uint32_t limit,
                     upload_listed_fn *fn, void *ctx, struct errinfo *info) ERR_CHECK;

/*
 * Puts the members of a JSON object in place of those of the settings, in the open batch; null
 * takes a member away. ERR_INPUT names the member that is wrong; ERR_CONFLICT once applied or
 * dropped.
 */
enum err upload_set(struct store *store, int64_t id, struct str json,
                    struct errinfo *info) ERR_CHECK;

/* Drops it, in the open batch; its bytes stay under their digest. */
enum err upload_drop(struct store *store, int64_t id, struct errinfo *info) ERR_CHECK;

struct upload_page {
    uint32_t from, count; /* of the rows that match; count at most UPLOAD_ROWS_MAX */
    struct str only; /* "wrong", "conflict", "duplicate", "new", ...: the class; empty = all rows */
};

/*
 * Writes what the import would do as members of an open object: "id", "name", "state", "batch",
 * "settings", "file" (format, encoding, separator, sheets), "problem" when the file cannot be read
 * as it is (message, hint, line; the first rows are given as they stand), "kind", "fields" of that
 * kind, "columns" with how each was understood, "summary", and "rows": {record, line, class, cells,
 * mended, left_out, findings}. `reader` serves sheets of exhibitors; for others `needs_store` is
 * written until a `store` without an open batch is given, which they are tried in and left as it
 * was. O(file).
 */
enum err upload_show(struct store_reader *reader, struct store *store, int64_t id,
                     const struct upload_page *page, struct job *job, struct json_out *j,
                     struct errinfo *info) ERR_CHECK;

/*
 * Writes the upload: one import batch with the decisions, and the upload's row, which says so. The
 * store has no open batch. ERR_INPUT when cells are wrong and may not be left out: show it again.
 * `batch_id` is 0 when all was there already. Who and when come from `by`.
 */
enum err upload_apply(struct store *store, const struct store_batch *by, int64_t id,
                      struct job *job, int64_t *batch_id, struct errinfo *info) ERR_CHECK;

/*
 * The same for a program in which others write: reads and compares on `reader`, which has an open
 * transaction and has one afterwards, and writes in a job of the writer. The others wait for the
 * writing of a list of exhibitors alone (bench/upload_bench.c says how long).
 */
enum err upload_apply_beside(struct writer *writer, struct store_reader *reader,
                             const struct store_batch *by, int64_t id, struct job *job,
                             int64_t *batch_id, struct errinfo *info) ERR_CHECK;

#endif
