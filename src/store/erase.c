/*
 * Erasure: the values of a person leave the record, the log and the file. See store.h.
 *
 * The log keeps its lines, their order and the fact of each change; only the personal values in
 * their images become null. So the log still replays to the record, whose columns are null, too.
 *
 * SQLite leaves deleted bytes in the file until something is written over them; every connection
 * has secure_delete on, which clears them at once (store.c). The log of writes still holds the
 * pages as they were: after the commit it is carried into the file and emptied, as soon as no
 * reader needs it.
 */
#include "store/internal.h"

#include "base/json.h"

/* Runs a statement whose ?1, ?2 are the two numbers. */
static enum err run(struct store *store, const struct buf *sql, int64_t first, int64_t second,
                    struct errinfo *info) {
    sqlite3_stmt *stmt = NULL;
    enum err code = buf_error(sql, info);
    if (code == ERR_OK)
        code = store_prepare(store->reader.db, sql->ptr, &stmt, info);
    if (code != ERR_OK)
        return code;
    sqlite3_bind_int64(stmt, 1, first);
    if (sqlite3_bind_parameter_count(stmt) > 1)
        sqlite3_bind_int64(stmt, 2, second);
    if (sqlite3_step(stmt) != SQLITE_DONE)
        code = store_error(store->reader.db, "erase", info);
    sqlite3_finalize(stmt);
    return code;
}

/* "json_replace(image, '$[0]', NULL, '$.email', NULL, ...)": whole records name columns by place.
 */
static void add_emptied(const struct store_table_info *t, const char *image, struct buf *sql) {
    buf_printf(sql, "%s = json_replace(%s", image, image);
    for (uint32_t c = 0; c < t->columns; c++)
        if (t->column[c].kind == STORE_PERSONAL)
            buf_printf(sql, ", '$[%u]', NULL, '$.%s', NULL", c, t->column[c].name);
    buf_add_c(sql, ")");
}

static enum err empty_log(struct store *store, enum store_table table, int64_t id,
                          struct errinfo *info) {
    const struct store_table_info *t = store_table_info(table);
    struct buf sql;
    buf_init(&sql, STORE_SQL_MAX);
    buf_add_c(&sql, "UPDATE change SET ");
    add_emptied(t, "before", &sql);
    buf_add_c(&sql, ", ");
    add_emptied(t, "after", &sql);
    buf_add_c(&sql, " WHERE table_id = ?1 AND record_id = ?2");
    enum err code = run(store, &sql, store->reader.number[table], id, info);
    buf_release(&sql);
    return code;
}

static enum err empty_record(struct store *store, enum store_table table, int64_t id,
                             struct errinfo *info) {
    const struct store_table_info *t = store_table_info(table);
    struct buf sql;
    const char *between = "";
    buf_init(&sql, STORE_SQL_MAX);
    buf_printf(&sql, "UPDATE %s SET ", t->name);
    for (uint32_t c = 0; c < t->columns; c++) {
        if (t->column[c].kind != STORE_PERSONAL)
            continue;
        buf_printf(&sql, "%s%s = NULL", between, t->column[c].name);
        between = ", ";
    }
    buf_add_c(&sql, " WHERE id = ?1");
    enum err code = run(store, &sql, id, 0, info);
    buf_release(&sql);
    return code;
}

struct personal {
    const struct store_table_info *table;
    struct json_out before, after;
};

/* The line that says what is emptied: "*" for what is there. */
static enum err note_personal(void *ctx, int64_t id, const struct store_value *values,
                              struct errinfo *info) {
    struct personal *p = ctx;
    for (uint32_t c = 0; c < p->table->columns; c++) {
        if (p->table->column[c].kind != STORE_PERSONAL || values[c].kind == STORE_NULL)
            continue;
        json_key(&p->before, p->table->column[c].name);
        json_text(&p->before, STR(STORE_SECRET_SHOWN));
        json_key(&p->after, p->table->column[c].name);
        json_none(&p->after);
    }
    return ERR_OK;
}

static enum err log_erasure(struct store *store, enum store_table table, int64_t id,
                            struct errinfo *info) {
    struct personal personal = {.table = store_table_info(table)};
    buf_clear(&store->before);
    buf_clear(&store->after);
    json_init(&personal.before, &store->before);
    json_init(&personal.after, &store->after);
    json_open(&personal.before);
    json_open(&personal.after);
    enum err code = store_get(&store->reader, table, id, note_personal, &personal, info);
    json_close(&personal.before);
    json_close(&personal.after);
    return code == ERR_OK ? store_log_change(store, table, id, info) : code;
}

/* A record that is gone gets no line, which would say that it is there; its old lines are emptied.
 */
static enum err keep_without_line(struct store *store, enum store_table table, int64_t id,
                                  struct errinfo *info) {
    int64_t revision;
    enum err code = store_revision(&store->reader, table, id, &revision, info);
    if (code == ERR_OK && revision == 0)
        code = err_set(info, ERR_NOT_FOUND, "there is no %s %lld", store_table_info(table)->name,
                       (long long)id);
    store->worked = true;
    return code;
}

/* The batch can be told from others by its kind, whatever it was begun as: an undo refuses it. */
static enum err mark_batch(struct store *store, struct errinfo *info) {
    struct buf sql;
    buf_init(&sql, STORE_SQL_MAX);
    buf_add_c(&sql, "UPDATE batch SET kind = 'erase' WHERE id = ?1");
    enum err code = run(store, &sql, store->batch_id, 0, info);
    buf_release(&sql);
    return code;
}

enum err store_erase(struct store *store, enum store_table table, int64_t id,
                     struct errinfo *info) {
    enum err code = store_check_open(store, info);
    if (code == ERR_OK && !store_table_info(table)->working)
        code = empty_log(store, table, id, info);
    if (code == ERR_OK)
        code = log_erasure(store, table, id, info);
    if (code == ERR_NOT_FOUND)
        code = keep_without_line(store, table, id, info);
    if (code == ERR_OK)
        code = empty_record(store, table, id, info);
    if (code == ERR_OK)
        code = mark_batch(store, info);
    if (code == ERR_OK)
        store->erased = true;
    return code;
}

void store_clear_log_of_writes(struct store *store) {
    if (!store->erased)
        return;
    /* Not waiting for readers: the next commit tries again. */
    sqlite3_busy_timeout(store->reader.db, 0);
    if (sqlite3_wal_checkpoint_v2(store->reader.db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) ==
        SQLITE_OK)
        store->erased = false;
    sqlite3_busy_timeout(store->reader.db, STORE_BUSY_MS);
}
