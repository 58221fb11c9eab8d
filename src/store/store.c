/*
 * The store: opening, closing and the SQLite helpers of this folder. See store.h.
 *
 * Every connection gets the same settings: foreign keys on, WAL, synchronous=FULL, a busy timeout,
 * deleted bytes cleared, and SQLite's own defences (no functions or tables from a hostile schema).
 * Readers are query_only.
 */
#include "store/internal.h"

#include <errno.h>
#include <unistd.h>

#include "base/mem.h"

enum { APPLICATION_ID = 0x46724c64 /* "FrLd" */ };

enum err store_error(sqlite3 *db, const char *action, struct errinfo *info) {
    int code = sqlite3_extended_errcode(db);
    switch (code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        err_set(info, ERR_STORE, "cannot %s: another program is writing to this database", action);
        err_hint(info, "Wait until it is done, then try again.");
        return ERR_STORE;
    case SQLITE_FULL:
        err_set(info, ERR_IO, "cannot %s: the disk is full", action);
        err_hint(info, "Nothing was changed. Free some space and try again.");
        return ERR_IO;
    case SQLITE_READONLY:
        err_set(info, ERR_IO, "cannot %s: the database file or its folder is read-only", action);
        err_hint(info, "Check the permissions of the file and of its folder.");
        return ERR_IO;
    case SQLITE_IOERR:
        return err_set(info, ERR_IO, "cannot %s: the disk reports an error (%s)", action,
                       sqlite3_errmsg(db));
    case SQLITE_CORRUPT:
        err_set(info, ERR_STORE, "cannot %s: the database file is damaged", action);
        err_hint(info, "Run 'fairlead check' on it and restore the latest backup.");
        return ERR_STORE;
    case SQLITE_NOTADB:
        err_set(info, ERR_INPUT, "cannot %s: this file is not a Fairlead database", action);
        err_hint(info, "Make one with 'fairlead new'.");
        return ERR_INPUT;
    case SQLITE_NOMEM:
        return err_memory(info);
    case SQLITE_CONSTRAINT:
        return err_set(info, ERR_CONFLICT, "cannot %s: %s", action, sqlite3_errmsg(db));
    case SQLITE_INTERRUPT:
        return err_set(info, ERR_STOPPED, "cannot %s: stopped", action);
    default:
        return err_set(info, ERR_STORE, "cannot %s: %s", action, sqlite3_errmsg(db));
    }
}

enum err store_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **out, struct errinfo *info) {
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL) != SQLITE_OK)
        return store_error(db, "read the database", info);
    return ERR_OK;
}

enum err store_exec(sqlite3 *db, const char *sql, struct errinfo *info) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return store_error(db, "use the database", info);
    return ERR_OK;
}

enum err store_number(sqlite3 *db, const char *sql, int64_t *out, struct errinfo *info) {
    sqlite3_stmt *stmt;
    enum err code = store_prepare(db, sql, &stmt, info);
    if (code != ERR_OK)
        return code;
    int step = sqlite3_step(stmt);
    *out = step == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        code = store_error(db, "read the database", info);
    sqlite3_finalize(stmt);
    return code;
}

void store_bind(sqlite3_stmt *stmt, int index, const struct store_value *value) {
    if (value->kind == STORE_INTEGER)
        sqlite3_bind_int64(stmt, index, value->integer);
    else if (value->kind == STORE_TEXT)
        sqlite3_bind_text64(stmt, index, value->text.ptr, value->text.len, SQLITE_STATIC,
                            SQLITE_UTF8);
    else
        sqlite3_bind_null(stmt, index);
}

struct store_value store_column(sqlite3_stmt *stmt, int index) {
    switch (sqlite3_column_type(stmt, index)) {
    case SQLITE_NULL:
        return store_null();
    case SQLITE_INTEGER:
        return store_int(sqlite3_column_int64(stmt, index));
    default: {
        const char *text = (const char *)sqlite3_column_text(stmt, index);
        size_t len = (size_t)sqlite3_column_bytes(stmt, index);
        return (struct store_value){.kind = STORE_TEXT,
                                    .text = {text != NULL ? text : "", text != NULL ? len : 0}};
    }
    }
}

bool store_value_equal(const struct store_value *a, const struct store_value *b) {
    if (a->kind != b->kind)
        return false;
    if (a->kind == STORE_INTEGER)
        return a->integer == b->integer;
    return a->kind == STORE_NULL || str_equal(a->text, b->text);
}

void store_column_list(enum store_table table, struct buf *out) {
    const struct store_table_info *t = store_table_info(table);
    buf_add_c(out, "id");
    for (uint32_t c = 0; c < t->columns; c++)
        buf_printf(out, ", %s", t->column[c].name);
}

enum err store_connect(const char *path, int flags, sqlite3 **out, struct errinfo *info) {
    sqlite3 *db = NULL;
    int opened =
        sqlite3_open_v2(path, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    enum err code = ERR_OK;
    if (opened != SQLITE_OK) {
        code = db != NULL ? store_error(db, "open the database", info) : err_memory(info);
        goto done;
    }
    sqlite3_busy_timeout(db, STORE_BUSY_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    /* At most 256 MiB of page cache: an import of a million rows keeps its indexes in memory. */
    code = store_exec(
        db,
        "PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA cache_size = -262144;"
        "PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON;",
        info);
done:
    if (code != ERR_OK) {
        err_at(info, path, 0, 0);
        sqlite3_close(db);
        return code;
    }
    *out = db;
    return ERR_OK;
}

/* Refuses files that are SQLite but not ours. */
static enum err check_owner(sqlite3 *db, struct errinfo *info) {
    int64_t id;
    enum err code = store_number(db, "PRAGMA application_id", &id, info);
    if (code == ERR_OK && id != APPLICATION_ID) {
        code = err_set(info, ERR_INPUT, "this file is not a Fairlead database");
        err_hint(info, "Make one with 'fairlead new'.");
    }
    return code;
}

/* Says in words that the file is not there, before SQLite says "unable to open". */
static enum err check_exists(const char *path, struct errinfo *info) {
    if (access(path, R_OK) == 0)
        return ERR_OK;
    enum err code = err_errno(info, "open", path);
    if (errno == ENOENT)
        err_hint(info, "Make it with: fairlead new %s", path);
    return code;
}

enum err store_load_numbers(struct store_reader *reader, struct errinfo *info) {
    sqlite3_stmt *stmt;
    enum err code = store_prepare(reader->db, "SELECT id, name FROM logged_table", &stmt, info);
    if (code != ERR_OK)
        return code;
    int step;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW) {
        enum store_table table = store_table_by_name(store_column(stmt, 1).text);
        if (table != STORE_TABLES)
            reader->number[table] = sqlite3_column_int64(stmt, 0);
    }
    if (step != SQLITE_DONE)
        code = store_error(reader->db, "read the database", info);
    for (uint32_t t = 0; t < STORE_TABLES && code == ERR_OK; t++)
        if (reader->number[t] == 0 && !store_table_info((enum store_table)t)->working)
            code = err_set(info, ERR_STORE, "the database gives table %s no number in its log",
                           store_table_info((enum store_table)t)->name);
    sqlite3_finalize(stmt);
    return code;
}

enum store_table store_table_of_number(const struct store_reader *reader, int64_t number) {
    uint32_t t = 0;
    while (t < STORE_TABLES && (reader->number[t] == 0 || reader->number[t] != number))
        t++;
    return (enum store_table)t;
}

static void release_reader(struct store_reader *reader) {
    for (uint32_t t = 0; t < STORE_TABLES; t++)
        sqlite3_finalize(reader->get[t]);
    sqlite3_finalize(reader->image);
    sqlite3_close(reader->db);
}

/* The store around a connection to an up-to-date file, which it takes, also on failure. */
static enum err new_store(const char *path, sqlite3 *db, struct store **out, struct errinfo *info) {
    struct store *store = mem_new(1, sizeof(*store));
    if (store == NULL) {
        sqlite3_close(db);
        return err_memory(info);
    }
    store->reader.db = db;
    buf_init(&store->before, STORE_JSON_MAX);
    buf_init(&store->after, STORE_JSON_MAX);
    enum err code = store_load_numbers(&store->reader, info);
    if (code != ERR_OK) {
        store_close(store);
        err_at(info, path, 0, 0);
        return code;
    }
    *out = store;
    return ERR_OK;
}

/* Connects to a file of ours, or says in words why not. */
static enum err connect_owned(const char *path, sqlite3 **out, struct errinfo *info) {
    enum err code = check_exists(path, info);
    /* Read-write also for readers, because a reader of a WAL database maintains its shared memory.
     */
    if (code == ERR_OK)
        code = store_connect(path, SQLITE_OPEN_READWRITE, out, info);
    if (code != ERR_OK)
        return code;
    code = check_owner(*out, info);
    if (code != ERR_OK) {
        sqlite3_close(*out);
        err_at(info, path, 0, 0);
    }
    return code;
}

enum err store_create_file(const char *path, uint32_t version, sqlite3 **out,
                           struct errinfo *info) {
    sqlite3 *db;
    enum err code = store_connect(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &db, info);
    if (code != ERR_OK)
        return code;
    char mark[64];
    snprintf(mark, sizeof(mark), "PRAGMA application_id = %d", APPLICATION_ID);
    code = store_exec(db, mark, info);
    if (code == ERR_OK)
        code = store_exec(db, "PRAGMA journal_mode = WAL", info);
    if (code == ERR_OK)
        code = store_migrate(db, NULL, version, info);
    if (code != ERR_OK) {
        sqlite3_close(db);
        unlink(path);
        err_at(info, path, 0, 0);
        return code;
    }
    *out = db;
    return ERR_OK;
}

enum err store_create(const char *path, struct store **out, struct errinfo *info) {
    if (access(path, F_OK) == 0) {
        err_set(info, ERR_CONFLICT, "the file %s exists already", path);
        err_hint(info, "Choose another name, or remove the file first.");
        return ERR_CONFLICT;
    }
    sqlite3 *db;
    enum err code = store_create_file(path, store_schema_version(), &db, info);
    if (code != ERR_OK)
        return code;
    code = new_store(path, db, out, info);
    if (code != ERR_OK)
        unlink(path);
    return code;
}

enum err store_open(const char *path, struct store **out, struct errinfo *info) {
    sqlite3 *db;
    enum err code = connect_owned(path, &db, info);
    if (code != ERR_OK)
        return code;
    code = store_migrate(db, path, store_schema_version(), info);
    if (code == ERR_OK)
        return new_store(path, db, out, info);
    sqlite3_close(db);
    err_at(info, path, 0, 0);
    return code;
}

void store_close(struct store *store) {
    if (store == NULL)
        return;
    store_rollback(store);
    store_group_rollback(store);
    for (uint32_t t = 0; t < STORE_TABLES; t++)
        sqlite3_finalize(store->insert[t]);
    sqlite3_finalize(store->log);
    release_reader(&store->reader);
    buf_release(&store->before);
    buf_release(&store->after);
    mem_free(store);
}

/* A reader reads the schema of this program only; it does not migrate. */
static enum err check_version(sqlite3 *db, struct errinfo *info) {
    int64_t version = 0;
    enum err code = store_number(db, "SELECT max(version) FROM migration", &version, info);
    if (code == ERR_OK && version != store_schema_version()) {
        code = err_set(info, ERR_INPUT, "the database has schema %lld, this program reads %u",
                       (long long)version, store_schema_version());
        err_hint(info, version < store_schema_version()
                           ? "Run 'fairlead check' once: it brings the database up to date."
                           : "Use the newer program that wrote it.");
    }
    return code;
}

enum err store_reader_open(const char *path, struct store_reader **out, struct errinfo *info) {
    sqlite3 *db;
    enum err code = connect_owned(path, &db, info);
    if (code != ERR_OK)
        return code;
    struct store_reader *reader = mem_new(1, sizeof(*reader));
    if (reader == NULL) {
        sqlite3_close(db);
        return err_memory(info);
    }
    reader->db = db;
    code = check_version(db, info);
    if (code == ERR_OK)
        code = store_load_numbers(reader, info);
    /* Whoever reads goes through whole tables once: kept pages of the file would be memory that a
     * serving program holds for nothing. */
    if (code == ERR_OK)
        code = store_exec(db, "PRAGMA query_only = ON; PRAGMA cache_size = -4096", info);
    if (code != ERR_OK) {
        store_reader_close(reader);
        err_at(info, path, 0, 0);
        return code;
    }
    *out = reader;
    return ERR_OK;
}

void store_reader_close(struct store_reader *reader) {
    if (reader == NULL)
        return;
    release_reader(reader);
    mem_free(reader);
}

struct store_reader *store_reader_of(struct store *store) {
    return &store->reader;
}
