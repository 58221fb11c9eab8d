/*
 * Care: integrity check and backup. See store.h.
 *
 * The check replays the change log of every record in one ordered pass and compares the result with
 * the record, so a write that went past the log, or a log line that was altered, is found.
 */
#include "store/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static enum err check_pragma(struct store_reader *reader, const char *sql, const char *words,
                             store_finding_fn *fn, void *ctx, struct errinfo *info) {
    sqlite3_stmt *stmt;
    enum err code = store_prepare(reader->db, sql, &stmt, info);
    if (code != ERR_OK)
        return code;
    int step;
    while ((step = sqlite3_step(stmt)) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(stmt, 0);
        if (text == NULL || strcmp(text, "ok") == 0)
            continue;
        char finding[ERR_TEXT_MAX];
        if (sqlite3_column_count(stmt) >= 3)
            snprintf(finding, sizeof(finding), "%s: %s %lld refers to a missing %s", words, text,
                     (long long)sqlite3_column_int64(stmt, 1),
                     (const char *)sqlite3_column_text(stmt, 2));
        else
            snprintf(finding, sizeof(finding), "%s: %s", words, text);
        fn(ctx, finding);
    }
    if (step != SQLITE_DONE)
        code = store_error(reader->db, "check the database", info);
    sqlite3_finalize(stmt);
    return code;
}

/* The lines of the log must be those of the batches, one after the other. */
static enum err check_batches(struct store_reader *reader, store_finding_fn *fn, void *ctx,
                              struct errinfo *info) {
    return check_pragma(
        reader,
        "SELECT 'batch ' || id || ' does not begin where the one before it ends' FROM (SELECT id, "
        "first_change, last_change, lag(last_change, 1, 0) OVER (ORDER BY id) AS before FROM batch)"
        " WHERE first_change <> before + 1 OR last_change IS NULL OR last_change < first_change "
        "UNION ALL SELECT 'lines of batches are missing, or lines belong to none' WHERE (SELECT "
        "count(*) || ' ' || coalesce(max(id), 0) FROM change) <> (SELECT coalesce(max(last_change),"
        " 0) || ' ' || coalesce(max(last_change), 0) FROM batch)",
        "change log", fn, ctx, info);
}

/*
 * The query of check_log. The last value of a column is the one of the last change that names it
 * since the record's last insert; arrays name columns by their place.
 */
static void write_check(const struct store_table_info *t, int64_t number, struct buf *sql) {
    buf_printf(sql,
               "WITH born AS (SELECT record_id, max(id) AS since FROM change WHERE table_id = %lld "
               "AND (before IS NULL OR after IS NULL) GROUP BY record_id), "
               "latest AS (SELECT c.record_id AS record_id, j.atom AS value, max(c.id) AS at, CASE "
               "j.key",
               (long long)number);
    for (uint32_t c = 0; c < t->columns; c++)
        buf_printf(sql, " WHEN %u THEN '%s'", c, t->column[c].name);
    buf_printf(sql,
               " ELSE j.key END AS name FROM change c JOIN born b ON b.record_id = c.record_id AND "
               "c.id >= b.since, json_each(c.after) j WHERE c.table_id = %lld AND c.after IS NOT "
               "NULL GROUP BY c.record_id, name) SELECT r.id, l.name FROM latest l "
               "LEFT JOIN %s r ON r.id = l.record_id WHERE CASE l.name ",
               (long long)number, t->name);
    /* Of a secret the log knows only whether there was one. */
    for (uint32_t c = 0; c < t->columns; c++)
        buf_printf(sql,
                   t->column[c].kind == STORE_SECRET
                       ? "WHEN '%s' THEN (r.%s IS NULL) <> (l.value IS NULL) "
                       : "WHEN '%s' THEN r.%s IS NOT l.value ",
                   t->column[c].name, t->column[c].name);
    buf_printf(sql,
               "ELSE 1 END UNION ALL SELECT r.id, 'id' FROM %s r WHERE NOT EXISTS (SELECT 1 FROM "
               "change c WHERE c.table_id = %lld AND c.record_id = r.id AND c.before IS NULL) "
               "LIMIT 100",
               t->name, (long long)number);
}

/* Compares, for one table, each record's columns with the latest logged value of each column. */
static enum err check_log(struct store_reader *reader, enum store_table table, store_finding_fn *fn,
                          void *ctx, struct errinfo *info) {
    const struct store_table_info *t = store_table_info(table);
    struct buf sql;
    buf_init(&sql, 1 << 16);
    write_check(t, reader->number[table], &sql);
    sqlite3_stmt *stmt = NULL;
    enum err code = buf_error(&sql, info);
    if (code == ERR_OK)
        code = store_prepare(reader->db, sql.ptr, &stmt, info);
    int step = SQLITE_DONE;
    while (code == ERR_OK && (step = sqlite3_step(stmt)) == SQLITE_ROW) {
        char finding[ERR_TEXT_MAX];
        snprintf(finding, sizeof(finding),
                 "change log: %s %lld differs from its history in column %s", t->name,
                 (long long)sqlite3_column_int64(stmt, 0),
                 (const char *)sqlite3_column_text(stmt, 1));
        fn(ctx, finding);
    }
    if (code == ERR_OK && step != SQLITE_DONE)
        code = store_error(reader->db, "check the change log", info);
    sqlite3_finalize(stmt);
    buf_release(&sql);
    return code;
}

enum err store_check(struct store_reader *reader, const struct job *job, store_finding_fn *fn,
                     void *ctx, struct errinfo *info) {
    enum { STEPS = STORE_TABLES + 3 };
    bool readable = false;
    job_report(job, "parts checked", 0, STEPS);
    enum err code = check_pragma(reader, "PRAGMA integrity_check(100)", "file", fn, ctx, info);
    job_report(job, "parts checked", 1, STEPS);
    if (code == ERR_OK)
        code = check_pragma(reader, "PRAGMA foreign_key_check", "reference", fn, ctx, info);
    if (code == ERR_OK)
        code = check_batches(reader, fn, ctx, info);
    if (code == ERR_OK)
        code = store_check_lines(reader, &readable, fn, ctx, info);
    job_report(job, "parts checked", 2, STEPS);
    if (code == ERR_OK && readable)
        code = store_check_states(reader, fn, ctx, info);
    for (uint32_t t = 0; t < STORE_TABLES && code == ERR_OK && readable; t++) {
        job_report(job, "parts checked", t + 3, STEPS);
        if (job_should_stop(job))
            return err_set(info, ERR_STOPPED, "the check was stopped");
        if (!store_table_info((enum store_table)t)->working)
            code = check_log(reader, (enum store_table)t, fn, ctx, info);
    }
    if (code == ERR_OK)
        job_report(job, "parts checked", STEPS, STEPS);
    return code;
}

static enum err sync_file(const char *path, struct errinfo *info) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(info, "open", path);
    enum err code = fsync(fd) == 0 ? ERR_OK : err_errno(info, "sync", path);
    close(fd);
    return code;
}

/* Makes the new name durable: a rename is only on disk when its folder is. */
static enum err sync_folder(const char *path, struct errinfo *info) {
    const char *slash = strrchr(path, '/');
    char folder[4096] = ".";
    if (slash != NULL)
        snprintf(folder, sizeof(folder), "%.*s", slash == path ? 1 : (int)(slash - path), path);
    return sync_file(folder, info);
}

static enum err vacuum_into(const char *path, const char *target, struct errinfo *info) {
    sqlite3 *db;
    sqlite3_stmt *stmt = NULL;
    enum err code = store_connect(path, SQLITE_OPEN_READWRITE, &db, info);
    if (code != ERR_OK)
        return code;
    code = store_prepare(db, "VACUUM INTO ?", &stmt, info);
    if (code == ERR_OK) {
        sqlite3_bind_text(stmt, 1, target, -1, SQLITE_STATIC);
        if (sqlite3_step(stmt) != SQLITE_DONE)
            code = store_error(db, "write the copy", info);
    }
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return code;
}

static enum err target_exists(const char *target, struct errinfo *info) {
    err_set(info, ERR_CONFLICT, "the file %s exists already", target);
    err_hint(info, "Choose another name; a backup never overwrites.");
    return ERR_CONFLICT;
}

/* An empty file of a name that nothing has, not even a copy that a crash left unfinished, with the
 * permissions of the database. */
static enum err make_temporary(const char *path, const char *target, char *name, size_t size,
                               struct errinfo *info) {
    struct stat database;
    if (snprintf(name, size, "%s.partial-XXXXXX", target) >= (int)size)
        return err_set(info, ERR_INPUT, "the file name is too long");
    if (stat(path, &database) != 0)
        return err_errno(info, "open", path);
    int fd = mkstemp(name);
    if (fd < 0)
        return err_errno(info, "create", name);
    enum err code =
        fchmod(fd, database.st_mode & 0777) == 0 ? ERR_OK : err_errno(info, "create", name);
    close(fd);
    if (code != ERR_OK)
        unlink(name);
    return code;
}

enum err store_backup(const char *path, const char *target, struct errinfo *info) {
    char temporary[4096];
    if (access(path, R_OK) != 0)
        return err_errno(info, "open", path);
    if (access(target, F_OK) == 0)
        return target_exists(target, info);
    enum err code = make_temporary(path, target, temporary, sizeof(temporary), info);
    if (code != ERR_OK)
        return code;
    code = vacuum_into(path, temporary, info);
    if (code == ERR_OK)
        code = sync_file(temporary, info);
    /* link, not rename: a file that appeared meanwhile is not overwritten. */
    if (code == ERR_OK && link(temporary, target) != 0)
        code = errno == EEXIST ? target_exists(target, info) : err_errno(info, "create", target);
    unlink(temporary);
    if (code == ERR_OK)
        code = sync_folder(target, info);
    return code;
}
