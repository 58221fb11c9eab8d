/* Reading: scans and single records. See store.h. */
#include "store/internal.h"

enum err store_read_begin(struct store_reader *reader, struct errinfo *info) {
    return store_exec(reader->db, "BEGIN", info);
}

void store_read_end(struct store_reader *reader) {
    (void)sqlite3_exec(reader->db, "COMMIT", NULL, NULL, NULL);
}

enum err store_get_statement(struct store_reader *reader, enum store_table table,
                             sqlite3_stmt **out, struct errinfo *info) {
    enum err code = ERR_OK;
    if (reader->get[table] == NULL) {
        struct buf sql;
        buf_init(&sql, STORE_SQL_MAX);
        buf_add_c(&sql, "SELECT ");
        store_column_list(table, &sql);
        buf_printf(&sql, " FROM %s WHERE id = ?", store_table_info(table)->name);
        code = buf_error(&sql, info);
        if (code == ERR_OK)
            code = store_prepare(reader->db, sql.ptr, &reader->get[table], info);
        buf_release(&sql);
    }
    *out = reader->get[table];
    return code;
}

static enum err give_row(enum store_table table, sqlite3_stmt *stmt, store_row_fn *fn, void *ctx,
                         struct errinfo *info) {
    struct store_value values[STORE_COLUMNS_MAX];
    uint32_t columns = store_table_info(table)->columns;
    for (uint32_t c = 0; c < columns; c++)
        values[c] = store_column(stmt, (int)c + 1);
    return fn(ctx, sqlite3_column_int64(stmt, 0), values, info);
}

static enum err run_scan(struct store_reader *reader, enum store_table table, sqlite3_stmt *stmt,
                         store_row_fn *fn, void *ctx, struct errinfo *info) {
    enum err code = ERR_OK;
    int step = SQLITE_ROW;
    while (code == ERR_OK && (step = sqlite3_step(stmt)) == SQLITE_ROW)
        code = give_row(table, stmt, fn, ctx, info);
    if (code == ERR_OK && step != SQLITE_DONE)
        code = store_error(reader->db, "read the database", info);
    return code;
}

static enum err scan(struct store_reader *reader, enum store_table table, const char *column,
                     const struct store_value *value, store_row_fn *fn, void *ctx,
                     struct errinfo *info) {
    struct buf sql;
    sqlite3_stmt *stmt = NULL;
    buf_init(&sql, STORE_SQL_MAX);
    buf_add_c(&sql, "SELECT ");
    store_column_list(table, &sql);
    buf_printf(&sql, " FROM %s", store_table_info(table)->name);
    if (column != NULL)
        buf_printf(&sql, value->kind == STORE_NULL ? " WHERE %s IS NULL" : " WHERE %s = ?", column);
    buf_add_c(&sql, " ORDER BY id");
    enum err code = buf_error(&sql, info);
    if (code == ERR_OK)
        code = store_prepare(reader->db, sql.ptr, &stmt, info);
    if (code == ERR_OK && column != NULL && value->kind != STORE_NULL)
        store_bind(stmt, 1, value);
    if (code == ERR_OK)
        code = run_scan(reader, table, stmt, fn, ctx, info);
    sqlite3_finalize(stmt);
    buf_release(&sql);
    return code;
}

enum err store_scan(struct store_reader *reader, enum store_table table, store_row_fn *fn,
                    void *ctx, struct errinfo *info) {
    return scan(reader, table, NULL, NULL, fn, ctx, info);
}

enum err store_scan_equal(struct store_reader *reader, enum store_table table, uint32_t column,
                          struct store_value value, store_row_fn *fn, void *ctx,
                          struct errinfo *info) {
    return scan(reader, table, store_table_info(table)->column[column].name, &value, fn, ctx, info);
}

enum err store_get(struct store_reader *reader, enum store_table table, int64_t id,
                   store_row_fn *fn, void *ctx, struct errinfo *info) {
    sqlite3_stmt *stmt;
    enum err code = store_get_statement(reader, table, &stmt, info);
    if (code != ERR_OK)
        return code;
    sqlite3_bind_int64(stmt, 1, id);
    int step = sqlite3_step(stmt);
    if (step == SQLITE_ROW)
        code = give_row(table, stmt, fn, ctx, info);
    else if (step == SQLITE_DONE)
        code = err_set(info, ERR_NOT_FOUND, "there is no %s %lld", store_table_info(table)->name,
                       (long long)id);
    else
        code = store_error(reader->db, "read a record", info);
    sqlite3_reset(stmt);
    return code;
}

enum err store_get_content(struct store_reader *reader, struct str digest, struct buf *out,
                           struct errinfo *info) {
    sqlite3_stmt *stmt;
    enum err code =
        store_prepare(reader->db, "SELECT bytes FROM content WHERE digest = ?", &stmt, info);
    if (code != ERR_OK)
        return code;
    sqlite3_bind_text64(stmt, 1, digest.ptr, digest.len, SQLITE_STATIC, SQLITE_UTF8);
    int step = sqlite3_step(stmt);
    const char *bytes = step == SQLITE_ROW ? sqlite3_column_blob(stmt, 0) : NULL;
    if (step == SQLITE_ROW)
        buf_add(out, bytes != NULL ? bytes : "", (size_t)sqlite3_column_bytes(stmt, 0));
    else if (step == SQLITE_DONE)
        code = err_set(info, ERR_NOT_FOUND, "there is no file of that digest");
    else
        code = store_error(reader->db, "read a file", info);
    sqlite3_finalize(stmt);
    return code == ERR_OK ? buf_error(out, info) : code;
}

enum err store_count(struct store_reader *reader, enum store_table table, uint64_t *count,
                     struct errinfo *info) {
    char sql[96];
    int64_t number = 0;
    snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", store_table_info(table)->name);
    enum err code = store_number(reader->db, sql, &number, info);
    *count = (uint64_t)number;
    return code;
}

enum err store_version(struct store_reader *reader, int64_t *version, struct errinfo *info) {
    return store_number(reader->db, "SELECT coalesce(max(id), 0) FROM change", version, info);
}
