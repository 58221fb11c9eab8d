/*
 * The change log searched, and what changed since a version. See store.h.
 *
 * One statement is put together from the parts that the filter asks for; values are bound. The
 * lines of a batch are a range of the log's key, so that a filter by record uses the log's index
 * and one by text reads the lines of the batches in question, newest first, and stops at the limit.
 * A text is compared twice: with the line as it stands, which passes over most lines, then with the
 * values alone, because names of columns are in it, too.
 */
#include "store/internal.h"

#include "base/json.h"

enum { TEXT_MAX_BYTES = 4096, STEPS_BETWEEN_ASKING = 10000 };

/* Numbers of the bound values. */
enum {
    P_FROM = 1,
    P_TO,
    P_ACCOUNT,
    P_KIND,
    P_TABLE,
    P_RECORD,
    P_LINE_TEXT,
    P_TEXT,
    P_SINCE,
    P_BEFORE,
    P_LIMIT
};

/* "%text%" for LIKE with ESCAPE '!'. */
static void add_pattern(struct buf *out, struct str text) {
    buf_add_c(out, "%");
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '%' || c == '_' || c == '!')
            buf_add_c(out, "!");
        buf_add(out, &c, 1);
    }
    buf_add_c(out, "%");
}

/* The text as it stands inside the JSON of a line. */
static void add_line_pattern(struct buf *out, struct str text) {
    struct buf quoted;
    struct json_out json;
    buf_init(&quoted, TEXT_MAX_BYTES * 6 + 2);
    json_init(&json, &quoted);
    json_text(&json, text);
    if (quoted.len >= 2)
        add_pattern(out, str_sub(buf_str(&quoted), 1, quoted.len - 1));
    buf_release(&quoted);
}

/* Conditions on the lines `c` of the batch; none when the filter asks for none. */
static void add_lines(const struct store_log_filter *f, struct buf *sql) {
    if (f->table == STORE_TABLES && f->text.len == 0 && f->since_version == 0)
        return;
    buf_add_c(sql, " AND (");
    if (f->text.len > 0 && f->table == STORE_TABLES)
        buf_add_c(sql, "b.note LIKE ?8 ESCAPE '!' OR ");
    buf_add_c(sql, "EXISTS (SELECT 1 FROM change c WHERE c.id BETWEEN b.first_change AND "
                   "b.last_change");
    if (f->since_version > 0)
        buf_add_c(sql, " AND c.id > ?9");
    /* Without a record the key of the log is the better way than its index by table. */
    if (f->table != STORE_TABLES && f->record_id > 0)
        buf_add_c(sql, " AND c.table_id = ?5 AND c.record_id = ?6");
    else if (f->table != STORE_TABLES)
        buf_add_c(sql, " AND +c.table_id = ?5");
    if (f->text.len > 0)
        buf_add_c(sql, " AND (c.before LIKE ?7 ESCAPE '!' OR c.after LIKE ?7 ESCAPE '!') AND "
                       "(EXISTS (SELECT 1 FROM json_each(c.before) j WHERE j.atom LIKE ?8 ESCAPE "
                       "'!') OR EXISTS (SELECT 1 FROM json_each(c.after) j WHERE j.atom LIKE ?8 "
                       "ESCAPE '!'))");
    buf_add_c(sql, "))");
}

static void write_search(const struct store_log_filter *f, struct buf *sql) {
    buf_add_c(sql, "SELECT " STORE_BATCH_COLUMNS ", b.last_change - b.first_change + 1 "
                   "FROM batch b WHERE b.last_change IS NOT NULL");
    if (f->from_ms > 0)
        buf_add_c(sql, " AND b.at_ms >= ?1");
    if (f->to_ms > 0)
        buf_add_c(sql, " AND b.at_ms < ?2");
    if (f->account_id == STORE_COMMAND_LINE)
        buf_add_c(sql, " AND b.account_id IS NULL");
    else if (f->account_id > 0)
        buf_add_c(sql, " AND b.account_id = ?3");
    if (f->kind.len > 0)
        buf_add_c(sql, " AND b.kind = ?4");
    if (f->since_version > 0)
        buf_add_c(sql, " AND b.last_change > ?9");
    if (f->before_batch > 0)
        buf_add_c(sql, " AND b.id < ?10");
    add_lines(f, sql);
    buf_add_c(sql, " ORDER BY b.id DESC LIMIT ?11");
}

static void bind_text(sqlite3_stmt *stmt, int index, struct str text) {
    sqlite3_bind_text64(stmt, index, text.ptr, text.len, SQLITE_TRANSIENT, SQLITE_UTF8);
}

static enum err bind_search(struct store_reader *reader, const struct store_log_filter *f,
                            sqlite3_stmt *stmt, struct errinfo *info) {
    struct buf pattern;
    buf_init(&pattern, TEXT_MAX_BYTES * 16);
    sqlite3_bind_int64(stmt, P_FROM, f->from_ms);
    sqlite3_bind_int64(stmt, P_TO, f->to_ms);
    sqlite3_bind_int64(stmt, P_ACCOUNT, f->account_id);
    bind_text(stmt, P_KIND, f->kind);
    if (f->table != STORE_TABLES)
        sqlite3_bind_int64(stmt, P_TABLE, reader->number[f->table]);
    sqlite3_bind_int64(stmt, P_RECORD, f->record_id);
    add_line_pattern(&pattern, f->text);
    bind_text(stmt, P_LINE_TEXT, buf_str(&pattern));
    enum err code = buf_error(&pattern, info);
    buf_clear(&pattern);
    add_pattern(&pattern, f->text);
    bind_text(stmt, P_TEXT, buf_str(&pattern));
    if (code == ERR_OK)
        code = buf_error(&pattern, info);
    sqlite3_bind_int64(stmt, P_SINCE, f->since_version);
    sqlite3_bind_int64(stmt, P_BEFORE, f->before_batch);
    sqlite3_bind_int64(stmt, P_LIMIT, f->limit);
    buf_release(&pattern);
    return code;
}

struct patience {
    const struct job *job;
};

static int should_stop(void *ctx) {
    return job_should_stop(((const struct patience *)ctx)->job) ? 1 : 0;
}

enum err store_log_search(struct store_reader *reader, const struct store_log_filter *filter,
                          const struct job *job, store_change_fn *fn, void *ctx,
                          struct errinfo *info) {
    if (filter->text.len > TEXT_MAX_BYTES)
        return err_set(info, ERR_LIMIT, "the text to look for is too long");
    struct patience patience = {job};
    struct buf sql;
    sqlite3_stmt *stmt = NULL;
    buf_init(&sql, STORE_SQL_MAX);
    write_search(filter, &sql);
    enum err code = buf_error(&sql, info);
    if (code == ERR_OK)
        code = store_prepare(reader->db, sql.ptr, &stmt, info);
    if (code == ERR_OK)
        code = bind_search(reader, filter, stmt, info);
    if (job != NULL)
        sqlite3_progress_handler(reader->db, STEPS_BETWEEN_ASKING, should_stop, &patience);
    int step = SQLITE_DONE;
    while (code == ERR_OK && (step = sqlite3_step(stmt)) == SQLITE_ROW) {
        struct store_change change;
        store_read_batch(stmt, &change);
        change.changes = sqlite3_column_int64(stmt, STORE_AFTER_BATCH);
        code = fn(ctx, &change, info);
    }
    if (code == ERR_OK && step != SQLITE_DONE)
        code = store_error(reader->db, "search the change log", info);
    sqlite3_progress_handler(reader->db, 0, NULL, NULL);
    sqlite3_finalize(stmt);
    buf_release(&sql);
    return code;
}

/* The grouped lines: a first line without `before` is a record that came, a last one without
 * `after` one that went. */
static const char touched_sql[] =
    "SELECT t.table_id, t.record_id, t.lines, (SELECT f.before IS NULL FROM change f WHERE f.id = "
    "t.first), (SELECT l.after IS NULL FROM change l WHERE l.id = t.last), t.last, b.id, "
    "b.account_id, b.at_ms FROM (SELECT table_id, record_id, count(*) AS lines, min(id) AS first, "
    "max(id) AS last FROM change WHERE id > ? GROUP BY table_id, record_id ORDER BY max(id) DESC "
    "LIMIT ?) t " STORE_JOIN_BATCH_OF("t.last") "ORDER BY t.last DESC";

enum err store_touched_since(struct store_reader *reader, int64_t version, uint32_t limit,
                             store_touched_fn *fn, void *ctx, struct errinfo *info) {
    sqlite3_stmt *stmt;
    enum err code = store_prepare(reader->db, touched_sql, &stmt, info);
    if (code != ERR_OK)
        return code;
    sqlite3_bind_int64(stmt, 1, version);
    sqlite3_bind_int64(stmt, 2, limit);
    int step = SQLITE_ROW;
    while (code == ERR_OK && (step = sqlite3_step(stmt)) == SQLITE_ROW) {
        struct store_touched touched = {
            .table = store_table_of_number(reader, sqlite3_column_int64(stmt, 0)),
            .record_id = sqlite3_column_int64(stmt, 1),
            .lines = sqlite3_column_int64(stmt, 2),
            .created = sqlite3_column_int(stmt, 3) != 0,
            .gone = sqlite3_column_int(stmt, 4) != 0,
            .revision = sqlite3_column_int64(stmt, 5),
            .batch_id = sqlite3_column_int64(stmt, 6),
            .account_id = sqlite3_column_int64(stmt, 7),
            .at_ms = sqlite3_column_int64(stmt, 8),
        };
        code = fn(ctx, &touched, info);
    }
    if (code == ERR_OK && step != SQLITE_DONE)
        code = store_error(reader->db, "read the change log", info);
    sqlite3_finalize(stmt);
    return code;
}
