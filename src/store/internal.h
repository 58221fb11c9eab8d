/* Private to store/: the handles and small SQLite helpers that the files of this folder share. */
#ifndef FAIRLEAD_STORE_INTERNAL_H
#define FAIRLEAD_STORE_INTERNAL_H

#include <sqlite3.h>

#include "store/store.h"

enum { STORE_BUSY_MS = 5000, STORE_JSON_MAX = 16 << 20, STORE_SQL_MAX = 4096 };

/* A connection with its prepared statements by table. */
struct store_reader {
    sqlite3 *db;
    sqlite3_stmt *get[STORE_TABLES];
    sqlite3_stmt *image;          /* takes an image of the change log apart */
    int64_t number[STORE_TABLES]; /* of each table in the change log; 0 = not logged */
};

struct store {
    struct store_reader reader; /* the writing connection */
    sqlite3_stmt *insert[STORE_TABLES];
    sqlite3_stmt *log;
    int64_t next_id[STORE_TABLES]; /* 0 = not asked yet in this transaction */
    int64_t next_change;
    int64_t batch_id; /* 0 = no transaction is open */
    uint64_t changes;
    uint32_t log_pages;       /* after the last commit; when checkpoints are left to others */
    bool group;               /* batches are savepoints of one transaction */
    bool content_kept;        /* bytes that were not there before */
    bool worked;              /* working rows changed */
    bool erased;              /* the log of writes still holds what was erased */
    struct buf before, after; /* JSON of the change being written */
};

/* The database's last error on an action, as words of ours. */
enum err store_error(sqlite3 *db, const char *action, struct errinfo *info);
enum err store_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out,
                       struct errinfo *info) ERR_CHECK;
enum err store_exec(sqlite3 *db, const char *sql, struct errinfo *info) ERR_CHECK;
/* The first column of the first row as a number; 0 when there is none. */
enum err store_number(sqlite3 *db, const char *sql, int64_t *out, struct errinfo *info) ERR_CHECK;
void store_bind(sqlite3_stmt *stmt, int index, const struct store_value *value);
struct store_value store_column(sqlite3_stmt *stmt, int index);
/* The statement "SELECT id, columns FROM table WHERE id = ?", prepared once. */
enum err store_get_statement(struct store_reader *reader, enum store_table table,
                             sqlite3_stmt **out, struct errinfo *info) ERR_CHECK;
/* "id, name_en, ..." of a table. */
void store_column_list(enum store_table table, struct buf *out);
/* Inserts a record under the id it had before; for undo. */
enum err store_restore_record(struct store *store, enum store_table table, int64_t id,
                              const struct store_cell *cells, uint32_t count,
                              struct errinfo *info) ERR_CHECK;
/* That a batch is open and its transaction with it. */
enum err store_check_open(const struct store *store, struct errinfo *info) ERR_CHECK;
/* Adds one line to the change log from the two buffers; none for working rows. */
enum err store_log_change(struct store *store, enum store_table table, int64_t id,
                          struct errinfo *info) ERR_CHECK;
/* After a commit: empties the log of writes when it holds what was erased. */
void store_clear_log_of_writes(struct store *store);
/* Reads the numbers that tables have in the change log. */
enum err store_load_numbers(struct store_reader *reader, struct errinfo *info) ERR_CHECK;
/* The table of a number, or STORE_TABLES. */
enum store_table store_table_of_number(const struct store_reader *reader, int64_t number);
/* What the log shows in place of a secret. */
#define STORE_SECRET_SHOWN "*"
/* What a line of the log does, told by the images it has. */
#define STORE_OPERATION                                                                            \
    "CASE WHEN before IS NULL THEN 'insert' WHEN after IS NULL THEN 'delete' ELSE 'update' END"

/* Who an account is, is asked when it is shown: its name stands in one place, where an erasure
 * finds it. */
#define STORE_BATCH_COLUMNS                                                                        \
    "b.id, b.kind, coalesce((SELECT coalesce(a.name, a.email, 'account ' || a.id) FROM account a " \
    "WHERE a.id = b.account_id), b.actor), b.at_ms, b.note, b.undo_of, "                           \
    "(SELECT max(u.id) FROM batch u WHERE u.undo_of = b.id), b.account_id, b.token_id"
enum { STORE_AFTER_BATCH = 9 }; /* the first column behind them */
/* Reads those columns. */
void store_read_batch(sqlite3_stmt *stmt, struct store_change *change);
/* Joins the batch `b` whose range holds the line `line`. */
#define STORE_JOIN_BATCH_OF(line)                                                                  \
    "JOIN batch b ON b.id = (SELECT p.id FROM batch p WHERE p.first_change <= " line               \
    " ORDER BY p.first_change DESC LIMIT 1) "

/* Parts of the check: states that cannot be, for a log whose lines can be read; and whether they
 * can.
 */
enum err store_check_states(struct store_reader *reader, store_finding_fn *fn, void *ctx,
                            struct errinfo *info) ERR_CHECK;
enum err store_check_lines(struct store_reader *reader, bool *readable, store_finding_fn *fn,
                           void *ctx, struct errinfo *info) ERR_CHECK;

/* Opens a connection with the settings of every connection. */
enum err store_connect(const char *path, int flags, sqlite3 **out, struct errinfo *info) ERR_CHECK;
/* A new file with the schema of `version`; the connection is the caller's. On failure no file is
 * left. */
enum err store_create_file(const char *path, uint32_t version, sqlite3 **out,
                           struct errinfo *info) ERR_CHECK;
/* Brings the schema to `target`; a copy of a database with an older one is kept as
 * PATH.before-TARGET (NULL: none). Safe against another program that does the same. */
enum err store_migrate(sqlite3 *db, const char *path, uint32_t target,
                       struct errinfo *info) ERR_CHECK;
/* The file in schema/ that makes version 1, 2, ...; NULL beyond the last. */
const char *store_migration_file(uint32_t version);

#endif
