/*
 * Writing: records, and the line of the change log that goes with each. See store.h.
 *
 * Ids are given here (highest present id + 1, asked once a transaction), not by the database, so
 * that the same code serves a second database. The log holds whole records as JSON arrays, without
 * the names of the columns (a third of the log when it had them), and of an update the columns that
 * changed, as JSON objects.
 */
#include "store/internal.h"

#include "base/json.h"

/* An error of the disk may have ended the transaction: what came after it would be written at once,
 * each statement for itself. */
enum err store_check_open(const struct store *store, struct errinfo *info) {
    if (store->batch_id == 0)
        return err_set(info, ERR_INTERNAL, "no transaction is open");
    if (sqlite3_get_autocommit(store->reader.db) == 0)
        return ERR_OK;
    return err_set(info, ERR_IO,
                   "the changes were given up, because the disk or the memory failed");
}

enum err store_log_change(struct store *store, enum store_table table, int64_t id,
                          struct errinfo *info) {
    if (store_table_info(table)->working) {
        store->worked = true;
        return ERR_OK;
    }
    enum err code = buf_error(&store->before, info);
    if (code == ERR_OK)
        code = buf_error(&store->after, info);
    if (code == ERR_OK && store->log == NULL)
        code = store_prepare(
            store->reader.db,
            "INSERT INTO change(id, table_id, record_id, before, after) VALUES (?,?,?,?,?)",
            &store->log, info);
    if (code != ERR_OK)
        return code;
    struct store_value before = store_text(buf_str(&store->before));
    struct store_value after = store_text(buf_str(&store->after));
    sqlite3_bind_int64(store->log, 1, store->next_change);
    sqlite3_bind_int64(store->log, 2, store->reader.number[table]);
    sqlite3_bind_int64(store->log, 3, id);
    store_bind(store->log, 4, &before);
    store_bind(store->log, 5, &after);
    int step = sqlite3_step(store->log);
    if (step != SQLITE_DONE)
        code = store_error(store->reader.db, "write the change log", info);
    sqlite3_reset(store->log);
    store->next_change++;
    store->changes++;
    return code;
}

static void add_value(struct json_out *json, const struct store_column_info *column,
                      const struct store_value *value) {
    if (value->kind != STORE_NULL && column->kind == STORE_SECRET)
        json_text(json, STR(STORE_SECRET_SHOWN));
    else if (value->kind == STORE_INTEGER)
        json_i64(json, value->integer);
    else if (value->kind == STORE_TEXT)
        json_text(json, value->text);
    else
        json_none(json);
}

/* A whole record: its values in the order of the table, less the empty ones at the end. */
static void add_record(struct buf *out, const struct store_table_info *t,
                       const struct store_value *values) {
    struct json_out json;
    uint32_t columns = t->columns;
    while (columns > 0 && values[columns - 1].kind == STORE_NULL)
        columns--;
    json_init(&json, out);
    json_open_list(&json);
    for (uint32_t c = 0; c < columns; c++)
        add_value(&json, &t->column[c], &values[c]);
    json_close_list(&json);
}

/* Spreads cells over all columns of the table; columns without a cell stay as they are. */
static enum err spread(enum store_table table, const struct store_cell *cells, uint32_t count,
                       struct store_value *values, struct errinfo *info) {
    for (uint32_t i = 0; i < count; i++) {
        if (cells[i].column >= store_table_info(table)->columns)
            return err_set(info, ERR_INTERNAL, "table %s has no column %u",
                           store_table_info(table)->name, cells[i].column);
        values[cells[i].column] = cells[i].value;
    }
    return ERR_OK;
}

static enum err insert_statement(struct store *store, enum store_table table,
                                 struct errinfo *info) {
    if (store->insert[table] != NULL)
        return ERR_OK;
    struct buf sql;
    buf_init(&sql, STORE_SQL_MAX);
    buf_printf(&sql, "INSERT INTO %s(", store_table_info(table)->name);
    store_column_list(table, &sql);
    buf_add_c(&sql, ") VALUES (?");
    for (uint32_t c = 0; c < store_table_info(table)->columns; c++)
        buf_add_c(&sql, ",?");
    buf_add_c(&sql, ")");
    enum err code = buf_error(&sql, info);
    if (code == ERR_OK)
        code = store_prepare(store->reader.db, sql.ptr, &store->insert[table], info);
    buf_release(&sql);
    return code;
}

static enum err give_id(struct store *store, enum store_table table, int64_t *id,
                        struct errinfo *info) {
    if (store->next_id[table] == 0) {
        const struct store_table_info *t = store_table_info(table);
        char sql[160];
        /* Ids of deleted records are not used again: the log would mix two records. Working rows
         * have a counter of their own instead. */
        if (t->working)
            snprintf(sql, sizeof(sql),
                     "SELECT coalesce(max(seq), 0) + 1 FROM sqlite_sequence WHERE name = '%s'",
                     t->name);
        else
            snprintf(
                sql, sizeof(sql),
                "SELECT max(coalesce((SELECT max(id) FROM %s), 0), coalesce((SELECT max(record_id) "
                "FROM change WHERE table_id = %lld), 0)) + 1",
                t->name, (long long)store->reader.number[table]);
        enum err code = store_number(store->reader.db, sql, &store->next_id[table], info);
        if (code != ERR_OK)
            return code;
    }
    *id = store->next_id[table]++;
    return ERR_OK;
}

/* Inserts a whole record under a given id and logs it. */
static enum err insert_values(struct store *store, enum store_table table, int64_t id,
                              const struct store_value *values, struct errinfo *info) {
    const struct store_table_info *t = store_table_info(table);
    enum err code = insert_statement(store, table, info);
    if (code != ERR_OK)
        return code;
    sqlite3_stmt *stmt = store->insert[table];
    buf_clear(&store->before);
    buf_clear(&store->after);
    add_record(&store->after, t, values);
    sqlite3_bind_int64(stmt, 1, id);
    for (uint32_t c = 0; c < t->columns; c++)
        store_bind(stmt, (int)c + 2, &values[c]);
    if (sqlite3_step(stmt) != SQLITE_DONE)
        code = store_error(store->reader.db, "add a record", info);
    sqlite3_reset(stmt);
    return code == ERR_OK ? store_log_change(store, table, id, info) : code;
}

enum err store_insert(struct store *store, enum store_table table, const struct store_cell *cells,
                      uint32_t count, int64_t *id, struct errinfo *info) {
    struct store_value values[STORE_COLUMNS_MAX] = {0};
    enum err code = store_check_open(store, info);
    if (code == ERR_OK)
        code = spread(table, cells, count, values, info);
    if (code == ERR_OK)
        code = give_id(store, table, id, info);
    return code == ERR_OK ? insert_values(store, table, *id, values, info) : code;
}

enum err store_restore_record(struct store *store, enum store_table table, int64_t id,
                              const struct store_cell *cells, uint32_t count,
                              struct errinfo *info) {
    struct store_value values[STORE_COLUMNS_MAX] = {0};
    enum err code = spread(table, cells, count, values, info);
    return code == ERR_OK ? insert_values(store, table, id, values, info) : code;
}

/* Steps the record's SELECT; the caller resets the statement when done with the values. */
static enum err read_record(struct store *store, enum store_table table, int64_t id,
                            sqlite3_stmt **stmt, struct errinfo *info) {
    enum err code = store_get_statement(&store->reader, table, stmt, info);
    if (code != ERR_OK)
        return code;
    sqlite3_bind_int64(*stmt, 1, id);
    int step = sqlite3_step(*stmt);
    if (step == SQLITE_ROW)
        return ERR_OK;
    code = step == SQLITE_DONE ? err_set(info, ERR_NOT_FOUND, "there is no %s %lld",
                                         store_table_info(table)->name, (long long)id)
                               : store_error(store->reader.db, "read a record", info);
    sqlite3_reset(*stmt);
    return code;
}

/* Runs "UPDATE table SET a = ?, ... WHERE id = ?" for the columns in `set`. */
static enum err run_update(struct store *store, enum store_table table, int64_t id,
                           const struct store_cell *set, uint32_t count, struct errinfo *info) {
    struct buf sql;
    buf_init(&sql, STORE_SQL_MAX);
    buf_printf(&sql, "UPDATE %s SET ", store_table_info(table)->name);
    for (uint32_t i = 0; i < count; i++)
        buf_printf(&sql, "%s%s = ?", i > 0 ? ", " : "",
                   store_table_info(table)->column[set[i].column].name);
    buf_add_c(&sql, " WHERE id = ?");
    sqlite3_stmt *stmt = NULL;
    enum err code = buf_error(&sql, info);
    if (code == ERR_OK)
        code = store_prepare(store->reader.db, sql.ptr, &stmt, info);
    if (code == ERR_OK) {
        for (uint32_t i = 0; i < count; i++)
            store_bind(stmt, (int)i + 1, &set[i].value);
        sqlite3_bind_int64(stmt, (int)count + 1, id);
        if (sqlite3_step(stmt) != SQLITE_DONE)
            code = store_error(store->reader.db, "change a record", info);
    }
    sqlite3_finalize(stmt);
    buf_release(&sql);
    return code;
}

enum err store_update(struct store *store, enum store_table table, int64_t id,
                      const struct store_cell *cells, uint32_t count, struct errinfo *info) {
    const struct store_table_info *t = store_table_info(table);
    struct store_cell set[STORE_COLUMNS_MAX];
    uint32_t changed = 0;
    sqlite3_stmt *stmt;
    if (count > STORE_COLUMNS_MAX)
        return err_set(info, ERR_INTERNAL, "too many columns");
    enum err code = store_check_open(store, info);
    if (code == ERR_OK)
        code = read_record(store, table, id, &stmt, info);
    if (code != ERR_OK)
        return code;
    struct json_out before, after;
    buf_clear(&store->before);
    buf_clear(&store->after);
    json_init(&before, &store->before);
    json_init(&after, &store->after);
    json_open(&before);
    json_open(&after);
    for (uint32_t i = 0; i < count; i++) {
        const struct store_column_info *column = &t->column[cells[i].column];
        struct store_value now = store_column(stmt, (int)cells[i].column + 1);
        if (store_value_equal(&now, &cells[i].value))
            continue;
        json_key(&before, column->name);
        add_value(&before, column, &now);
        json_key(&after, column->name);
        add_value(&after, column, &cells[i].value);
        set[changed++] = cells[i];
    }
    json_close(&before);
    json_close(&after);
    sqlite3_reset(stmt);
    if (changed == 0)
        return ERR_OK;
    code = run_update(store, table, id, set, changed, info);
    return code == ERR_OK ? store_log_change(store, table, id, info) : code;
}

enum err store_delete(struct store *store, enum store_table table, int64_t id,
                      struct errinfo *info) {
    const struct store_table_info *t = store_table_info(table);
    sqlite3_stmt *stmt;
    enum err code = store_check_open(store, info);
    if (code == ERR_OK)
        code = read_record(store, table, id, &stmt, info);
    if (code != ERR_OK)
        return code;
    struct store_value values[STORE_COLUMNS_MAX];
    buf_clear(&store->before);
    buf_clear(&store->after);
    for (uint32_t c = 0; c < t->columns; c++)
        values[c] = store_column(stmt, (int)c + 1);
    add_record(&store->before, t, values);
    sqlite3_reset(stmt);
    char sql[96];
    snprintf(sql, sizeof(sql), "DELETE FROM %s WHERE id = %lld", t->name, (long long)id);
    if (sqlite3_exec(store->reader.db, sql, NULL, NULL, NULL) != SQLITE_OK) {
        int constraint = (sqlite3_errcode(store->reader.db) & 0xFF) == SQLITE_CONSTRAINT;
        if (!constraint)
            return store_error(store->reader.db, "delete a record", info);
        err_set(info, ERR_CONFLICT, "%s %lld is used by other records", t->name, (long long)id);
        err_hint(info, "Remove or change the records that refer to it first.");
        return ERR_CONFLICT;
    }
    return store_log_change(store, table, id, info);
}

enum err store_put_content(struct store *store, struct str digest, struct str bytes,
                           struct errinfo *info) {
    sqlite3_stmt *stmt;
    enum err code = store_check_open(store, info);
    if (code == ERR_OK)
        code = store_prepare(
            store->reader.db,
            "INSERT INTO content(digest, bytes) VALUES (?,?) ON CONFLICT DO NOTHING", &stmt, info);
    if (code != ERR_OK)
        return code;
    sqlite3_bind_text64(stmt, 1, digest.ptr, digest.len, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_blob64(stmt, 2, bytes.ptr, bytes.len, SQLITE_STATIC);
    if (sqlite3_step(stmt) != SQLITE_DONE)
        code = store_error(store->reader.db, "keep a file", info);
    else if (sqlite3_changes(store->reader.db) > 0)
        store->content_kept = true;
    sqlite3_finalize(stmt);
    return code;
}

enum err store_drop_content(struct store *store, struct str digest, struct errinfo *info) {
    static const char sql[] =
        "DELETE FROM content WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM picture WHERE digest "
        "= ?1) AND NOT EXISTS (SELECT 1 FROM upload WHERE digest = ?1 AND state <> 'dropped') AND "
        "NOT EXISTS (SELECT 1 FROM change WHERE table_id = ?2 AND (instr(before, ?1) > 0 OR "
        "instr(after, ?1) > 0))";
    sqlite3_stmt *stmt;
    enum err code = store_check_open(store, info);
    if (code == ERR_OK)
        code = store_prepare(store->reader.db, sql, &stmt, info);
    if (code != ERR_OK)
        return code;
    sqlite3_bind_text64(stmt, 1, digest.ptr, digest.len, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_int64(stmt, 2, store->reader.number[TABLE_PICTURE]);
    if (sqlite3_step(stmt) != SQLITE_DONE)
        code = store_error(store->reader.db, "remove a file", info);
    else if (sqlite3_changes(store->reader.db) > 0)
        store->worked = true;
    sqlite3_finalize(stmt);
    return code;
}
