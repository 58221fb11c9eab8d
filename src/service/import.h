/*
 * Import: sheets into the store, in one batch, whole or not at all.
 *
 * A run takes one or several sheets (a file, or the files of a folder), brings them into the order
 * in which they build on each other, reads and checks each, and writes them inside one batch. A dry
 * run does the same and takes everything back. Wrong cells stop the batch unless the caller lets
 * wrong rows be left out.
 *
 * Ownership: an outcome belongs to the caller (_init/_release). Thread rule: one thread at a time.
 */
#ifndef FAIRLEAD_SERVICE_IMPORT_H
#define FAIRLEAD_SERVICE_IMPORT_H

#include "service/import_plan.h"
#include "service/import_stream.h"
#include "store/store.h"

struct import_world; /* import_world.h */

struct import_source {
    const char *path;    /* a file, or NULL for `bytes` */
    struct str bytes;    /* the content, for example an asset */
    const char *name;    /* for messages; NULL = path */
    enum sheet_id sheet; /* SHEETS = by the name of the file if that is one, else by its headers */
};

/* What is to be done inside the same batch once a sheet of exhibitors is written, for example the
 * decisions about duplicates. `organisations`: by row of the plan, the organisation it is; 0 =
 * none. */
typedef enum err import_after_fn(void *ctx, struct store *store, const struct import_plan *plan,
                                 const int64_t *organisations, struct errinfo *info);

struct import_request {
    const struct import_source *sources;
    uint32_t source_count;
    struct str headers; /* text of data/model/headers.csv */
    struct str edition; /* code of the edition where a sheet of exhibitors does not say one; may be
                           empty */
    const struct header_override *overrides; /* for a single sheet */
    uint32_t override_count;
    bool keep_mapping; /* keep the overrides for later imports */
    bool dry_run;
    bool leave_out_wrong; /* write the good rows although others are wrong */
    struct str actor;
    struct str note; /* of the batch */
    int64_t at_ms;
    const struct table_options *table;          /* encoding, separator, sheet; may be NULL */
    const struct import_amendments *amendments; /* of a single sheet; NULL = none */
    int64_t account_id, token_id;               /* who, where it is not the command line */
    import_after_fn *after; /* called once exhibitors are written; may be NULL */
    void *after_ctx;
};

struct import_part {
    const char *name;
    struct import_plan plan;
};

struct import_outcome {
    struct import_part *parts; /* in the order of import */
    uint32_t part_count;
    int64_t batch_id; /* 0 = nothing was written */
    uint64_t changes; /* lines of the change log */
    bool needs_store; /* of a preview: this kind of sheet can be tried inside a batch only */
};

void import_outcome_init(struct import_outcome *outcome);
void import_outcome_release(struct import_outcome *outcome);

/*
 * Runs the import. On ERR_INPUT because of wrong rows the outcome tells them; on any other failure
 * it holds what was read so far. Nothing is written unless ERR_OK and `batch_id` is set.
 */
enum err import_run(struct store *store, const struct import_request *request,
                    struct import_outcome *outcome, struct job *job,
                    struct errinfo *info) ERR_CHECK;

/*
 * What an import of one sheet of exhibitors would do, told from a reader, so that nobody who writes
 * waits for it. Sheets of other kinds are compared with records as they are written: for those
 * `needs_store` is set and nothing else is told; run them dry. The same errors as import_run.
 */
enum err import_preview(struct store_reader *reader, const struct import_request *request,
                        struct import_outcome *outcome, struct job *job,
                        struct errinfo *info) ERR_CHECK;

/*
 * The same import in two steps, for a program in which others write: import_read does all the
 * reading and comparing on a reader, and import_write only writes, in the open batch of the caller.
 * Between the two others may have written, so import_is_current (import_current.h) has to say in
 * the writing transaction that what was read still holds.
 */
struct import_ready {
    struct import_outcome outcome;
    struct import_world *world; /* what was compared with */
    int64_t version;            /* of the store (store_version) that the reader showed */
};

void import_ready_init(struct import_ready *ready);
void import_ready_release(struct import_ready *ready);

/* One sheet of exhibitors; for other kinds `outcome.needs_store` is set and nothing else is done.
 * The same errors as import_run. */
enum err import_read(struct store_reader *reader, const struct import_request *request,
                     struct import_ready *ready, struct job *job, struct errinfo *info) ERR_CHECK;

/* Writes what was read, with what is to be done after it, in the open batch; on failure the caller
 * rolls back. O(records + statements). */
enum err import_write(struct store *store, const struct import_request *request,
                      const struct import_ready *ready, struct job *job,
                      struct errinfo *info) ERR_CHECK;

/* The kind of sheet that a file name tells ("data/nodes.csv" -> nodes), or SHEETS. */
enum sheet_id import_sheet_of_path(const char *path);

#endif
