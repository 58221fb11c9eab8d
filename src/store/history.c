/*
 * The change log read back: lists, "as of", and undo. See store.h.
 *
 * Both undo and "as of" walk changes backwards: from the record as it is, each later change is
 * taken back by putting its `before` in place of its `after`. A change's JSON is taken apart by
 * SQLite's json_each; whole records are arrays, and objects where versions 1 and 2 of the schema
 * wrote them. Readers get objects always.
 */
#include "store/internal.h"

#include "base/arena.h"
#include "base/json.h"

enum { RECORD_MAX_BYTES = 64 << 20, IMAGE_MAX_BYTES = 2 * STORE_JSON_MAX };

static struct str text_of(sqlite3_stmt *stmt, int index) {
    struct store_value value = store_column(stmt, index);
    return value.kind == STORE_TEXT ? value.text : STR("");
}

void store_read_batch(sqlite3_stmt *stmt, struct store_change *change) {
    *change = (struct store_change){
        .batch_id = sqlite3_column_int64(stmt, 0),
        .batch_kind = text_of(stmt, 1),
        .actor = text_of(stmt, 2),
        .at_ms = sqlite3_column_int64(stmt, 3),
        .note = text_of(stmt, 4),
        .undo_of = sqlite3_column_int64(stmt, 5),
        .undone_by = sqlite3_column_int64(stmt, 6),
        .account_id = sqlite3_column_int64(stmt, 7),
        .token_id = sqlite3_column_int64(stmt, 8),
    };
}

enum err store_each_batch(struct store_reader *reader, uint32_t limit, store_change_fn *fn,
                          void *ctx, struct errinfo *info) {
    const struct store_log_filter all = {.table = STORE_TABLES, .limit = limit};
    return store_log_search(reader, &all, NULL, fn, ctx, info);
}

/* Takes an image of the log apart into cells; texts live in the arena. */
static enum err read_cells(struct store_reader *reader, enum store_table table, struct str json,
                           struct arena *arena, struct store_cell *cells, uint32_t *count,
                           struct errinfo *info) {
    enum err code = ERR_OK;
    *count = 0;
    if (json.len == 0)
        return ERR_OK;
    if (reader->image == NULL)
        code =
            store_prepare(reader->db, "SELECT key, atom FROM json_each(?)", &reader->image, info);
    if (code != ERR_OK)
        return code;
    sqlite3_stmt *stmt = reader->image;
    sqlite3_bind_text64(stmt, 1, json.ptr, json.len, SQLITE_STATIC, SQLITE_UTF8);
    int step = SQLITE_ROW;
    while (code == ERR_OK && (step = sqlite3_step(stmt)) == SQLITE_ROW) {
        /* The key is the column's place in an array, its name in an object. */
        uint32_t column = sqlite3_column_type(stmt, 0) == SQLITE_INTEGER
                              ? (uint32_t)sqlite3_column_int(stmt, 0)
                              : store_column_by_name(table, text_of(stmt, 0));
        struct store_value value = store_column(stmt, 1);
        if (value.kind == STORE_TEXT)
            value.text = arena_copy(arena, value.text);
        if (value.kind == STORE_TEXT && value.text.ptr == NULL)
            code = err_memory(info);
        else if (column >= store_table_info(table)->columns || *count == STORE_COLUMNS_MAX)
            code = err_set(info, ERR_STORE, "the change log names a column that table %s has not",
                           store_table_info(table)->name);
        else
            cells[(*count)++] = (struct store_cell){column, value};
    }
    if (code == ERR_OK && step != SQLITE_DONE)
        code = store_error(reader->db, "read the change log", info);
    sqlite3_reset(stmt);
    return code;
}

/* An image with the names of its columns, in `out`, whose text `image` becomes. */
static enum err name_columns(struct store_reader *reader, enum store_table table,
                             struct arena *arena, struct buf *out, struct str *image,
                             struct errinfo *info) {
    struct store_cell cells[STORE_COLUMNS_MAX];
    struct json_out json;
    uint32_t count;
    if (!str_starts(*image, STR("[")))
        return ERR_OK;
    enum err code = read_cells(reader, table, *image, arena, cells, &count, info);
    buf_clear(out);
    json_init(&json, out);
    json_open(&json);
    for (uint32_t i = 0; i < count && code == ERR_OK; i++) {
        if (cells[i].value.kind == STORE_NULL)
            continue;
        json_key(&json, store_table_info(table)->column[cells[i].column].name);
        if (cells[i].value.kind == STORE_TEXT)
            json_text(&json, cells[i].value.text);
        else
            json_i64(&json, cells[i].value.integer);
    }
    json_close(&json);
    *image = buf_str(out);
    return code == ERR_OK ? buf_error(out, info) : code;
}

/* Hands on one line of the log with its batch. */
static enum err give_change(struct store_reader *reader, sqlite3_stmt *stmt, struct arena *arena,
                            struct buf images[2], store_change_fn *fn, void *ctx,
                            struct errinfo *info) {
    struct store_change change;
    store_read_batch(stmt, &change);
    enum store_table table =
        store_table_of_number(reader, sqlite3_column_int64(stmt, STORE_AFTER_BATCH));
    if (table == STORE_TABLES)
        return err_set(info, ERR_STORE, "the change log names an unknown table");
    change.entity = str_of(store_table_info(table)->name);
    change.record_id = sqlite3_column_int64(stmt, STORE_AFTER_BATCH + 1);
    change.operation = text_of(stmt, STORE_AFTER_BATCH + 2);
    change.before = text_of(stmt, STORE_AFTER_BATCH + 3);
    change.after = text_of(stmt, STORE_AFTER_BATCH + 4);
    change.change_id = sqlite3_column_int64(stmt, STORE_AFTER_BATCH + 5);
    arena_clear(arena);
    enum err code = name_columns(reader, table, arena, &images[0], &change.before, info);
    if (code == ERR_OK)
        code = name_columns(reader, table, arena, &images[1], &change.after, info);
    return code == ERR_OK ? fn(ctx, &change, info) : code;
}

#define CHANGE_COLUMNS                                                                             \
    STORE_BATCH_COLUMNS ", c.table_id, c.record_id, " STORE_OPERATION ", c.before, c.after, c.id "

#define BATCH_LINES_SQL                                                                            \
    "SELECT " CHANGE_COLUMNS                                                                       \
    "FROM batch b JOIN change c ON c.id BETWEEN b.first_change AND b.last_change "                 \
    "WHERE b.id = ?1 ORDER BY c.id"
#define RECORD_LINES_SQL                                                                           \
    "SELECT " CHANGE_COLUMNS "FROM change c " STORE_JOIN_BATCH_OF(                                 \
        "c.id") "WHERE c.table_id = ?1 AND c.record_id = ?2 ORDER BY c.id"
#define LAST_LINE_SQL                                                                              \
    "SELECT " CHANGE_COLUMNS "FROM change c " STORE_JOIN_BATCH_OF("c.id") "WHERE c.id = ?1"

/* Hands on the lines that a statement finds, whose ?1, ?2 are the two numbers. */
static enum err give_lines(struct store_reader *reader, const char *sql, int64_t first,
                           int64_t second, store_change_fn *fn, void *ctx, struct errinfo *info) {
    sqlite3_stmt *stmt;
    enum err code = store_prepare(reader->db, sql, &stmt, info);
    if (code != ERR_OK)
        return code;
    struct arena arena;
    struct buf images[2];
    arena_init(&arena, RECORD_MAX_BYTES);
    buf_init(&images[0], IMAGE_MAX_BYTES);
    buf_init(&images[1], IMAGE_MAX_BYTES);
    sqlite3_bind_int64(stmt, 1, first);
    if (sqlite3_bind_parameter_count(stmt) > 1)
        sqlite3_bind_int64(stmt, 2, second);
    int step = SQLITE_ROW;
    while (code == ERR_OK && (step = sqlite3_step(stmt)) == SQLITE_ROW)
        code = give_change(reader, stmt, &arena, images, fn, ctx, info);
    if (code == ERR_OK && step != SQLITE_DONE)
        code = store_error(reader->db, "read the change log", info);
    sqlite3_finalize(stmt);
    buf_release(&images[0]);
    buf_release(&images[1]);
    arena_release(&arena);
    return code;
}

enum err store_each_change(struct store_reader *reader, int64_t batch_id, enum store_table table,
                           int64_t record_id, store_change_fn *fn, void *ctx,
                           struct errinfo *info) {
    if (batch_id > 0)
        return give_lines(reader, BATCH_LINES_SQL, batch_id, 0, fn, ctx, info);
    return give_lines(reader, RECORD_LINES_SQL, reader->number[table], record_id, fn, ctx, info);
}

enum err store_revisions(struct store_reader *reader, enum store_table table, store_revision_fn *fn,
                         void *ctx, struct errinfo *info) {
    sqlite3_stmt *stmt;
    enum err code =
        store_prepare(reader->db,
                      "SELECT r.record_id, r.changes, b.at_ms FROM (SELECT record_id, count(*) - 1 "
                      "AS changes, max(id) AS last FROM change WHERE table_id = ? GROUP BY "
                      "record_id) r " STORE_JOIN_BATCH_OF("r.last") "ORDER BY r.record_id",
                      &stmt, info);
    if (code != ERR_OK)
        return code;
    sqlite3_bind_int64(stmt, 1, reader->number[table]);
    int step = SQLITE_ROW;
    while (code == ERR_OK && (step = sqlite3_step(stmt)) == SQLITE_ROW)
        code = fn(ctx, sqlite3_column_int64(stmt, 0), (uint32_t)sqlite3_column_int64(stmt, 1),
                  sqlite3_column_int64(stmt, 2), info);
    if (code == ERR_OK && step != SQLITE_DONE)
        code = store_error(reader->db, "read the change log", info);
    sqlite3_finalize(stmt);
    return code;
}

enum err store_last_change(struct store_reader *reader, enum store_table table, int64_t id,
                           store_change_fn *fn, void *ctx, struct errinfo *info) {
    int64_t line;
    enum err code = store_revision(reader, table, id, &line, info);
    if (code == ERR_OK && line == 0)
        code = err_set(info, ERR_NOT_FOUND, "the log knows no %s %lld",
                       store_table_info(table)->name, (long long)id);
    return code == ERR_OK ? give_lines(reader, LAST_LINE_SQL, line, 0, fn, ctx, info) : code;
}

enum err store_revision(struct store_reader *reader, enum store_table table, int64_t id,
                        int64_t *revision, struct errinfo *info) {
    char sql[128];
    snprintf(sql, sizeof(sql),
             "SELECT coalesce(max(id), 0) FROM change WHERE table_id = %lld AND record_id = %lld",
             (long long)reader->number[table], (long long)id);
    return store_number(reader->db, sql, revision, info);
}

struct as_of {
    struct store_reader *reader;
    enum store_table table;
    int64_t batch_id;
    struct arena arena;
    struct store_value values[STORE_COLUMNS_MAX];
    bool exists;
};

/* Plays one change forward up to the asked batch. */
static enum err play(void *ctx, const struct store_change *change, struct errinfo *info) {
    struct as_of *at = ctx;
    if (change->batch_id > at->batch_id)
        return ERR_OK;
    struct store_cell cells[STORE_COLUMNS_MAX];
    uint32_t count;
    enum err code =
        read_cells(at->reader, at->table, change->after, &at->arena, cells, &count, info);
    if (code != ERR_OK)
        return code;
    if (!str_equal_c(change->operation, "update"))
        memset(at->values, 0, sizeof(at->values));
    for (uint32_t i = 0; i < count; i++)
        at->values[cells[i].column] = cells[i].value;
    at->exists = !str_equal_c(change->operation, "delete");
    return ERR_OK;
}

enum err store_as_of(struct store_reader *reader, enum store_table table, int64_t id,
                     int64_t batch_id, store_row_fn *fn, void *ctx, struct errinfo *info) {
    struct as_of at = {.reader = reader, .table = table, .batch_id = batch_id};
    arena_init(&at.arena, RECORD_MAX_BYTES);
    enum err code = store_each_change(reader, 0, table, id, play, &at, info);
    if (code == ERR_OK && !at.exists)
        code = err_set(info, ERR_NOT_FOUND, "there was no %s %lld at that time",
                       store_table_info(table)->name, (long long)id);
    if (code == ERR_OK)
        code = fn(ctx, id, at.values, info);
    arena_release(&at.arena);
    return code;
}

struct present {
    const struct store_cell *cells;
    uint32_t count;
    bool equal;
};

static enum err compare_present(void *ctx, int64_t id, const struct store_value *values,
                                struct errinfo *info) {
    struct present *p = ctx;
    p->equal = true;
    for (uint32_t i = 0; i < p->count; i++)
        if (!store_value_equal(&values[p->cells[i].column], &p->cells[i].value))
            p->equal = false;
    return ERR_OK;
}

/* Takes the cells of secrets out: the log has no value to put back or to compare with. */
static void leave_secrets_out(enum store_table table, struct store_cell *cells, uint32_t *count) {
    uint32_t kept = 0;
    for (uint32_t i = 0; i < *count; i++)
        if (store_table_info(table)->column[cells[i].column].kind != STORE_SECRET)
            cells[kept++] = cells[i];
    *count = kept;
}

/* Whether the record still is as the change left it. */
static enum err check_untouched(struct store *store, enum store_table table, int64_t id,
                                const struct store_cell *cells, uint32_t count,
                                struct errinfo *info) {
    struct present present = {.cells = cells, .count = count};
    enum err code = store_get(&store->reader, table, id, compare_present, &present, info);
    if (code == ERR_NOT_FOUND || (code == ERR_OK && !present.equal)) {
        code = err_set(info, ERR_CONFLICT, "%s %lld was changed after this batch",
                       store_table_info(table)->name, (long long)id);
        err_hint(info, "Take the later batch back first; 'fairlead log' lists them.");
    }
    return code;
}

/* An insert says what every column became: those it does not name were NULL. */
static void add_unnamed(enum store_table table, struct store_cell *cells, uint32_t *count) {
    bool named[STORE_COLUMNS_MAX] = {false};
    for (uint32_t i = 0; i < *count; i++)
        named[cells[i].column] = true;
    for (uint32_t c = 0; c < store_table_info(table)->columns; c++)
        if (!named[c])
            cells[(*count)++] = (struct store_cell){c, store_null()};
}

/* Takes one line of the log back. */
static enum err take_back(struct store *store, enum store_table table, int64_t id,
                          struct str operation, struct str before_json, struct str after_json,
                          struct arena *arena, struct errinfo *info) {
    struct store_cell before[STORE_COLUMNS_MAX], after[STORE_COLUMNS_MAX];
    uint32_t before_count, after_count;
    struct store_reader *reader = &store->reader;
    enum err code = read_cells(reader, table, before_json, arena, before, &before_count, info);
    if (code == ERR_OK)
        code = read_cells(reader, table, after_json, arena, after, &after_count, info);
    if (code != ERR_OK)
        return code;
    bool inserted = str_equal_c(operation, "insert");
    if (inserted)
        add_unnamed(table, after, &after_count);
    leave_secrets_out(table, before, &before_count);
    leave_secrets_out(table, after, &after_count);
    if (str_equal_c(operation, "delete"))
        return store_restore_record(store, table, id, before, before_count, info);
    code = check_untouched(store, table, id, after, after_count, info);
    if (code != ERR_OK)
        return code;
    if (inserted)
        return store_delete(store, table, id, info);
    return store_update(store, table, id, before, before_count, info);
}

static enum err check_no_erasure(struct store *store, int64_t batch_id, struct errinfo *info) {
    char sql[96];
    int64_t erasures;
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM batch WHERE id = %lld AND kind = 'erase'",
             (long long)batch_id);
    enum err code = store_number(store->reader.db, sql, &erasures, info);
    if (code == ERR_OK && erasures > 0)
        code = err_set(info, ERR_CONFLICT,
                       "batch %lld erased personal data, which nothing brings back",
                       (long long)batch_id);
    return code;
}

/* ERR_OK when the batch is not taken back already; that it exists, store_begin has checked. */
static enum err check_undoable(struct store *store, int64_t batch_id, struct errinfo *info) {
    char sql[256];
    int64_t undone;
    /* An undo that was itself taken back does not count. */
    snprintf(
        sql, sizeof(sql),
        "SELECT coalesce(max(u.id), 0) FROM batch u WHERE u.undo_of = %lld AND u.id <> %lld AND "
        "NOT EXISTS (SELECT 1 FROM batch r WHERE r.undo_of = u.id)",
        (long long)batch_id, (long long)store->batch_id);
    enum err code = store_number(store->reader.db, sql, &undone, info);
    if (code == ERR_OK)
        code = check_no_erasure(store, batch_id, info);
    if (code == ERR_OK && undone > 0) {
        err_set(info, ERR_CONFLICT, "batch %lld was taken back already by batch %lld",
                (long long)batch_id, (long long)undone);
        err_hint(info, "To bring it back, undo batch %lld.", (long long)undone);
        return ERR_CONFLICT;
    }
    return code;
}

enum err store_undo(struct store *store, int64_t batch_id, struct errinfo *info) {
    uint64_t changes = store->changes;
    enum err code = check_undoable(store, batch_id, info);
    sqlite3_stmt *stmt = NULL;
    struct arena arena;
    arena_init(&arena, RECORD_MAX_BYTES);
    if (code == ERR_OK)
        code = store_prepare(store->reader.db,
                             "SELECT c.table_id, c.record_id, " STORE_OPERATION
                             ", c.before, c.after FROM batch b "
                             "JOIN change c ON c.id BETWEEN b.first_change AND b.last_change "
                             "WHERE b.id = ? ORDER BY c.id DESC",
                             &stmt, info);
    if (code == ERR_OK)
        sqlite3_bind_int64(stmt, 1, batch_id);
    int step = SQLITE_DONE;
    while (code == ERR_OK && (step = sqlite3_step(stmt)) == SQLITE_ROW) {
        enum store_table table =
            store_table_of_number(&store->reader, sqlite3_column_int64(stmt, 0));
        if (table == STORE_TABLES)
            code = err_set(info, ERR_STORE, "the change log names an unknown table");
        else
            code = take_back(store, table, sqlite3_column_int64(stmt, 1), text_of(stmt, 2),
                             text_of(stmt, 3), text_of(stmt, 4), &arena, info);
        arena_clear(&arena);
    }
    if (code == ERR_OK && step != SQLITE_DONE)
        code = store_error(store->reader.db, "read the change log", info);
    if (code == ERR_OK && store->changes == changes)
        code =
            err_set(info, ERR_CONFLICT,
                    "batch %lld changed only what is secret or erased: nothing is kept to put back",
                    (long long)batch_id);
    sqlite3_finalize(stmt);
    arena_release(&arena);
    return code;
}
