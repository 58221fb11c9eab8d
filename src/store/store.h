/*
 * The store: one SQLite file, one writer, any number of readers, and a change log under every
 * write.
 *
 * A `struct store` is the file with its writing connection; a `struct store_reader` is a reading
 * connection of its own that sees one consistent state between store_read_begin and store_read_end.
 * All SQL of the program stands in this folder (and the migrations in schema/), in a portable
 * subset.
 *
 * Durability: WAL with synchronous=FULL; what store_commit has acknowledged survives a crash of the
 * program and a loss of power (https://www.sqlite.org/pragma.html#pragma_synchronous).
 *
 * Writing: store_begin opens a batch (who, when, what for); store_insert, store_update and
 * store_delete change one record and write one line of the change log each; store_commit makes all
 * of it permanent, and store_rollback none of it. A batch is the unit of undo. Working rows
 * (tables.def) are written by the same functions and leave no line; secrets stand in lines as "*".
 *
 * Thread rule: a store and its transaction belong to one thread at a time; each thread that reads
 * opens its own reader. A second writing process waits up to five seconds and is then told who is
 * in the way.
 */
#ifndef FAIRLEAD_STORE_STORE_H
#define FAIRLEAD_STORE_STORE_H

#include "base/buf.h"
#include "base/err.h"
#include "base/job.h"
#include "base/str.h"
#include "store/tables.h"

struct store;
struct store_reader;

/* Values ------------------------------------------------------------------------------------------
 */

enum store_kind { STORE_NULL, STORE_INTEGER, STORE_TEXT };

struct store_value {
    enum store_kind kind;
    int64_t integer;
    struct str text; /* borrowed */
};

static inline struct store_value store_null(void) {
    return (struct store_value){.kind = STORE_NULL};
}

static inline struct store_value store_int(int64_t value) {
    return (struct store_value){.kind = STORE_INTEGER, .integer = value};
}

/* Text; empty text is stored as NULL, because what is not known is never an empty text. */
static inline struct store_value store_text(struct str text) {
    return text.len > 0 ? (struct store_value){.kind = STORE_TEXT, .text = text} : store_null();
}

/* A reference: an id above 0, or NULL. */
static inline struct store_value store_ref(int64_t id) {
    return id > 0 ? store_int(id) : store_null();
}

/* Same kind and same content. */
bool store_value_equal(const struct store_value *a, const struct store_value *b);

struct store_cell {
    uint32_t column; /* ORGANISATION_NAME_EN, ... */
    struct store_value value;
};

/* File -------------------------------------------------------------------------------------------
 */

/* Makes a new database with the schema; ERR_CONFLICT when the file exists. */
enum err store_create(const char *path, struct store **out, struct errinfo *info) ERR_CHECK;

/*
 * Opens a database for writing and brings its schema up to date; before a migration a copy is kept
 * as PATH.before-N. ERR_NOT_FOUND without the file, ERR_INPUT when it is not a Fairlead database or
 * was written by a newer program.
 */
enum err store_open(const char *path, struct store **out, struct errinfo *info) ERR_CHECK;
void store_close(struct store *store);

enum err store_reader_open(const char *path, struct store_reader **out,
                           struct errinfo *info) ERR_CHECK;
void store_reader_close(struct store_reader *reader);

/* The schema version this program writes. */
uint32_t store_schema_version(void);

/* Writing ----------------------------------------------------------------------------------------
 */

struct store_batch {
    const char *kind;   /* create, import, edit, merge, undo, erase, account, rollover, match */
    int64_t account_id; /* who; 0 = the command line: then `actor` says who */
    int64_t token_id;   /* the token it came with; 0 = none */
    struct str actor;   /* ignored where there is an account: its name is kept in one place */
    struct str note;
    int64_t at_ms;
    int64_t undo_of; /* 0 = none */
};

/* Begins a transaction and its batch. Waits for another writing process up to five seconds. */
enum err store_begin(struct store *store, const struct store_batch *batch, int64_t *batch_id,
                     struct errinfo *info) ERR_CHECK;
/* ERR_OK: durable. On failure the transaction is rolled back. A batch without changes leaves no
 * trace; one with working rows only keeps them and is not in the log. */
enum err store_commit(struct store *store, struct errinfo *info) ERR_CHECK;
void store_rollback(struct store *store);
/* Lines of the change log written by the open batch so far. */
uint64_t store_changes(const struct store *store);

/*
 * A group of batches that share one wait for the disk: between store_group_begin and
 * store_group_commit each batch is a savepoint with its own place in the log, and store_commit
 * keeps it for the group without making it durable; that is what ERR_OK of store_group_commit says
 * of all of them. A batch that is rolled back leaves the others as they are. On failure of
 * store_group_commit none of the group is there. ERR_IO from store_begin or store_commit inside a
 * group may mean that the group is lost; its commit says so then, too.
 */
enum err store_group_begin(struct store *store, struct errinfo *info) ERR_CHECK;
enum err store_group_commit(struct store *store, struct errinfo *info) ERR_CHECK;
void store_group_rollback(struct store *store);

/*
 * Checkpoints: what is committed stands first in a log of writes (PATH-wal) and is carried into the
 * file later. A store does that by itself inside a commit now and then, which makes that commit
 * slow; after store_leave_checkpoints it is left to who calls store_checkpoint, on any connection,
 * while others read and write. store_log_pages tells how long the log was after the last commit;
 * who writes without a pause has to call store_checkpoint on the writing connection when it grows,
 * because only then the log begins anew. A checkpoint that fails loses nothing.
 */
void store_leave_checkpoints(struct store *store);
uint32_t store_log_pages(const struct store *store);
enum err store_checkpoint(struct store_reader *reader, struct errinfo *info) ERR_CHECK;

/* Inserts a record; columns that are not named become NULL. Gives the new id. O(log n). */
enum err store_insert(struct store *store, enum store_table table, const struct store_cell *cells,
                      uint32_t count, int64_t *id, struct errinfo *info) ERR_CHECK;
/* Sets the named columns of a record; values that are equal already are not logged. */
enum err store_update(struct store *store, enum store_table table, int64_t id,
                      const struct store_cell *cells, uint32_t count,
                      struct errinfo *info) ERR_CHECK;
/* Deletes a record that nothing refers to (ERR_CONFLICT otherwise, at commit at the latest). */
enum err store_delete(struct store *store, enum store_table table, int64_t id,
                      struct errinfo *info) ERR_CHECK;

/*
 * Empties the personal columns of a record (tables.def), in the record and in every line of the log
 * about it, inside the open transaction, whose batch becomes one of kind `erase`. One line says
 * which columns were emptied, with "*" for what was there; of a record that is gone only the lines
 * are emptied. It cannot be taken back. Once committed,
 * the values are in no page of the file and, as soon as no reader needs it any more, not in the log
 * of writes; older backups are not touched. O(changes of the record).
 */
enum err store_erase(struct store *store, enum store_table table, int64_t id,
                     struct errinfo *info) ERR_CHECK;

/*
 * Takes a batch back inside the open transaction: every change in reverse, each logged like any
 * other, so that the undo can be undone. ERR_CONFLICT, with the record named, when a later batch
 * changed the same columns or refers to a record that would go, when it is an erasure, and when all
 * that it changed is secret; the caller rolls back. Secrets are not in the log: a record keeps the
 * one it has, and one that comes back has none.
 */
enum err store_undo(struct store *store, int64_t batch_id, struct errinfo *info) ERR_CHECK;

/*
 * Keeps a file's bytes under their digest inside the open transaction; bytes that are there already
 * stay as they are. They are not in the change log (the record that names the digest is) and stay
 * when that is gone, so that an undo finds them. Bytes alone leave no batch.
 */
enum err store_put_content(struct store *store, struct str digest, struct str bytes,
                           struct errinfo *info) ERR_CHECK;

/*
 * Removes a file's bytes inside the open transaction, unless a picture, a line of the log about
 * pictures, or an upload that is not dropped names them: for uploads whose time is over. ERR_OK
 * also when they stay or are not there. O(lines of the log about pictures).
 */
enum err store_drop_content(struct store *store, struct str digest, struct errinfo *info) ERR_CHECK;

/* Reading -----------------------------------------------------------------------------------------
 */

/* The open transaction of a store as a reader that sees its own writes; valid as long as the store.
 */
struct store_reader *store_reader_of(struct store *store);

enum err store_read_begin(struct store_reader *reader, struct errinfo *info) ERR_CHECK;
void store_read_end(struct store_reader *reader);

/* Called per record with all columns in order, borrowed during the call; any code but ERR_OK ends
 * the scan. */
typedef enum err store_row_fn(void *ctx, int64_t id, const struct store_value *values,
                              struct errinfo *info);

/* Every record of a table in the order of ids. O(n). */
enum err store_scan(struct store_reader *reader, enum store_table table, store_row_fn *fn,
                    void *ctx, struct errinfo *info) ERR_CHECK;
/* The records whose `column` equals `value`, in the order of ids; by index where the schema has
 * one. */
enum err store_scan_equal(struct store_reader *reader, enum store_table table, uint32_t column,
                          struct store_value value, store_row_fn *fn, void *ctx,
                          struct errinfo *info) ERR_CHECK;
/* One record by id; ERR_NOT_FOUND. */
enum err store_get(struct store_reader *reader, enum store_table table, int64_t id,
                   store_row_fn *fn, void *ctx, struct errinfo *info) ERR_CHECK;
/* Appends the bytes kept under a digest; ERR_NOT_FOUND. */
enum err store_get_content(struct store_reader *reader, struct str digest, struct buf *out,
                           struct errinfo *info) ERR_CHECK;
enum err store_count(struct store_reader *reader, enum store_table table, uint64_t *count,
                     struct errinfo *info) ERR_CHECK;

/* A number that grows with every committed change: the id of the last line of the change log. */
enum err store_version(struct store_reader *reader, int64_t *version,
                       struct errinfo *info) ERR_CHECK;

/* Change log
 * --------------------------------------------------------------------------------------- */

struct store_change {
    int64_t batch_id;
    int64_t account_id, token_id; /* 0 = none */
    struct str batch_kind, note;
    struct str actor; /* of an account: its name, mail address or number, as they are now */
    int64_t at_ms;
    int64_t undo_of;   /* 0 = none */
    int64_t undone_by; /* the latest batch that takes this one back; 0 = none */
    int64_t changes;   /* in the batch; store_each_batch only */
    struct str entity, operation, before,
        after; /* store_each_change only; before, after: JSON or empty */
    int64_t record_id;
    int64_t change_id; /* of the line of the log, growing; a line only, not a batch */
};

typedef enum err store_change_fn(void *ctx, const struct store_change *change,
                                 struct errinfo *info);

/* Committed batches, newest first, `limit` at most. */
enum err store_each_batch(struct store_reader *reader, uint32_t limit, store_change_fn *fn,
                          void *ctx, struct errinfo *info) ERR_CHECK;
/* Changes of one batch (batch_id > 0) or of one record (batch_id = 0), oldest first. */
enum err store_each_change(struct store_reader *reader, int64_t batch_id, enum store_table table,
                           int64_t record_id, store_change_fn *fn, void *ctx,
                           struct errinfo *info) ERR_CHECK;
/* The revision of a record: the id of the last line of the log that touched it, which a form names
 * to tell what it was filled from. 0 when the log has none. O(log n). */
enum err store_revision(struct store_reader *reader, enum store_table table, int64_t id,
                        int64_t *revision, struct errinfo *info) ERR_CHECK;
/* The last line about a record: calls `fn` once, or ERR_NOT_FOUND. O(log n). */
enum err store_last_change(struct store_reader *reader, enum store_table table, int64_t id,
                           store_change_fn *fn, void *ctx, struct errinfo *info) ERR_CHECK;
/* How often a record was changed after it came in, and when last. */
typedef enum err store_revision_fn(void *ctx, int64_t id, uint32_t changes, int64_t at_ms,
                                   struct errinfo *info);
/* The revision of every record of a table that the log knows, also of those that are gone, in the
 * order of ids. O(changes of the table). */
enum err store_revisions(struct store_reader *reader, enum store_table table, store_revision_fn *fn,
                         void *ctx, struct errinfo *info) ERR_CHECK;
/*
 * A record as it was right after `batch_id` (and all before it): calls `fn` once, or returns
 * ERR_NOT_FOUND when it did not exist then. A secret is told as "*". O(changes of the record).
 */
enum err store_as_of(struct store_reader *reader, enum store_table table, int64_t id,
                     int64_t batch_id, store_row_fn *fn, void *ctx, struct errinfo *info) ERR_CHECK;

/* What to look for in the log; a zeroed one with `table` STORE_TABLES and a limit finds all. */
struct store_log_filter {
    int64_t from_ms, to_ms; /* from <= time < to; 0 = open */
    int64_t account_id;     /* 0 = anybody, STORE_COMMAND_LINE = written by no account */
    struct str kind;        /* of the batch; empty = any */
    enum store_table table; /* STORE_TABLES = any */
    int64_t record_id;      /* with a table; 0 = any */
    struct str text;        /* in a value before or after, or in the note; ASCII case folded */
    int64_t since_version;  /* what store_version gave: only what came later; 0 = all */
    int64_t before_batch;   /* cursor: the last batch of the page before; 0 = from the newest */
    uint32_t limit;
};

enum { STORE_COMMAND_LINE = -1 };

/*
 * The batches that have a line of this kind, newest first. A text is looked for in every line of
 * the batches in question: O(their lines), so `job` may give a deadline (ERR_STOPPED, nothing else
 * to clean up).
 */
enum err store_log_search(struct store_reader *reader, const struct store_log_filter *filter,
                          const struct job *job, store_change_fn *fn, void *ctx,
                          struct errinfo *info) ERR_CHECK;

/* A record that was touched since a version. */
struct store_touched {
    enum store_table table;
    int64_t record_id;
    int64_t lines;      /* about it since then */
    bool created, gone; /* since then; both = came and went */
    int64_t revision;   /* its last line, with the batch that wrote it: */
    int64_t batch_id, account_id, at_ms;
};

typedef enum err store_touched_fn(void *ctx, const struct store_touched *touched,
                                  struct errinfo *info);

/* The records touched after `version`, the latest first, `limit` at most. O(lines since). */
enum err store_touched_since(struct store_reader *reader, int64_t version, uint32_t limit,
                             store_touched_fn *fn, void *ctx, struct errinfo *info) ERR_CHECK;

/* Care
 * -----------------------------------------------------------------------------------------------
 */

/* One finding of store_check, in words. */
typedef void store_finding_fn(void *ctx, const char *text);

/*
 * Checks the file's structure (pages, indexes), every reference, states that cannot be (states.c:
 * an area manager of no chain, two current editions, circles of mergers, ...), and that replaying
 * the change log gives exactly the present records. Reports each finding; ERR_OK even with
 * findings.
 */
enum err store_check(struct store_reader *reader, const struct job *job, store_finding_fn *fn,
                     void *ctx, struct errinfo *info) ERR_CHECK;

/*
 * A consistent copy into a new file, also while others write (VACUUM INTO a temporary file, synced,
 * then renamed). ERR_CONFLICT when `target` exists.
 */
enum err store_backup(const char *path, const char *target, struct errinfo *info) ERR_CHECK;

#endif
