/*
 * Batches: transactions, their row in `batch`, and groups of them that share one commit. See
 * store.h.
 *
 * A batch alone is a transaction. In a group the group is the transaction and each batch a
 * savepoint in it: a batch that fails is rolled back to where it began, and the commit of the
 * group, with its one wait for the disk, makes all others durable. Where the disk or the memory
 * fails, SQLite may roll the whole transaction back by itself; everything after that in the group
 * fails.
 */
#include "store/internal.h"

static void run(struct store *store, const char *sql) {
    (void)sqlite3_exec(store->reader.db, sql, NULL, NULL, NULL);
}

/* Whether SQLite gave the group's transaction up by itself. */
static bool group_is_lost(const struct store *store) {
    return store->group && sqlite3_get_autocommit(store->reader.db) != 0;
}

static enum err lost_group(struct errinfo *info) {
    err_set(info, ERR_IO, "the changes were not saved, because the disk or the memory failed");
    err_hint(info, "Nothing was changed. Try again.");
    return ERR_IO;
}

/* Words that may be empty, but are never missing. */
static void bind_words(sqlite3_stmt *stmt, int index, struct str words) {
    sqlite3_bind_text64(stmt, index, words.len > 0 ? words.ptr : "", words.len, SQLITE_STATIC,
                        SQLITE_UTF8);
}

/* Adds the batch's row. */
static enum err add_batch(struct store *store, const struct store_batch *batch, int64_t id,
                          int64_t first_change, struct errinfo *info) {
    sqlite3 *db = store->reader.db;
    sqlite3_stmt *stmt;
    enum err code = store_prepare(db,
                                  "INSERT INTO batch(id, kind, actor, at_ms, note, undo_of, "
                                  "first_change, account_id, token_id) VALUES (?,?,?,?,?,?,?,?,?)",
                                  &stmt, info);
    if (code != ERR_OK)
        return code;
    const struct store_value references[] = {
        store_ref(batch->undo_of), store_ref(batch->account_id), store_ref(batch->token_id)};
    struct str actor = batch->account_id > 0 ? STR("") : batch->actor;
    sqlite3_bind_int64(stmt, 1, id);
    sqlite3_bind_text(stmt, 2, batch->kind, -1, SQLITE_STATIC);
    bind_words(stmt, 3, actor);
    sqlite3_bind_int64(stmt, 4, batch->at_ms);
    bind_words(stmt, 5, batch->note);
    store_bind(stmt, 6, &references[0]);
    sqlite3_bind_int64(stmt, 7, first_change);
    store_bind(stmt, 8, &references[1]);
    store_bind(stmt, 9, &references[2]);
    int step = sqlite3_step(stmt);
    if ((step & 0xFF) == SQLITE_CONSTRAINT && batch->undo_of > 0) {
        code = err_set(info, ERR_NOT_FOUND, "there is no batch %lld", (long long)batch->undo_of);
        err_hint(info, "'fairlead log' lists the batches.");
    } else if (step != SQLITE_DONE) {
        code = store_error(db, "begin a batch", info);
    }
    sqlite3_finalize(stmt);
    return code;
}

enum err store_begin(struct store *store, const struct store_batch *batch, int64_t *batch_id,
                     struct errinfo *info) {
    sqlite3 *db = store->reader.db;
    if (store->batch_id != 0)
        return err_set(info, ERR_INTERNAL, "a transaction is open already");
    if (group_is_lost(store))
        return lost_group(info);
    enum err code = store_exec(db, store->group ? "SAVEPOINT batch" : "BEGIN IMMEDIATE", info);
    if (code != ERR_OK)
        return code;
    int64_t id, last_change = 0;
    code = store_number(db, "SELECT coalesce(max(id), 0) + 1 FROM batch", &id, info);
    if (code == ERR_OK)
        code = store_number(db, "SELECT coalesce(max(id), 0) FROM change", &last_change, info);
    if (code == ERR_OK)
        code = add_batch(store, batch, id, last_change + 1, info);
    store->batch_id = id;
    if (code != ERR_OK) {
        store_rollback(store);
        return code;
    }
    memset(store->next_id, 0, sizeof(store->next_id));
    store->next_change = last_change + 1;
    store->changes = 0;
    store->content_kept = store->worked = false;
    *batch_id = id;
    return ERR_OK;
}

void store_rollback(struct store *store) {
    if (store->batch_id == 0)
        return;
    run(store, store->group ? "ROLLBACK TO batch; RELEASE batch" : "ROLLBACK");
    store->batch_id = 0;
}

enum err store_commit(struct store *store, struct errinfo *info) {
    if (store->batch_id == 0)
        return err_set(info, ERR_INTERNAL, "no transaction is open");
    if (store->changes == 0 && !store->content_kept && !store->worked) {
        store_rollback(store);
        return ERR_OK;
    }
    const char *save = store->group ? "RELEASE batch" : "COMMIT";
    char end[128];
    if (store->changes == 0)
        snprintf(end, sizeof(end), "DELETE FROM batch WHERE id = %lld; %s",
                 (long long)store->batch_id, save);
    else
        snprintf(end, sizeof(end), "UPDATE batch SET last_change = %lld WHERE id = %lld; %s",
                 (long long)store->next_change - 1, (long long)store->batch_id, save);
    enum err code = ERR_OK;
    if (group_is_lost(store))
        code = lost_group(info);
    else if (sqlite3_exec(store->reader.db, end, NULL, NULL, NULL) != SQLITE_OK)
        code = store_error(store->reader.db, "save the changes", info);
    if (code != ERR_OK)
        store_rollback(store);
    else if (!store->group)
        store_clear_log_of_writes(store);
    store->batch_id = 0;
    return code;
}

uint64_t store_changes(const struct store *store) {
    return store->changes;
}

enum err store_group_begin(struct store *store, struct errinfo *info) {
    if (store->group || store->batch_id != 0)
        return err_set(info, ERR_INTERNAL, "a transaction is open already");
    enum err code = store_exec(store->reader.db, "BEGIN IMMEDIATE", info);
    store->group = code == ERR_OK;
    return code;
}

enum err store_group_commit(struct store *store, struct errinfo *info) {
    if (!store->group || store->batch_id != 0)
        return err_set(info, ERR_INTERNAL, "no group is open, or a batch of it is");
    enum err code = ERR_OK;
    if (group_is_lost(store))
        code = lost_group(info);
    else if (sqlite3_exec(store->reader.db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
        code = store_error(store->reader.db, "save the changes", info);
    if (code != ERR_OK)
        run(store, "ROLLBACK");
    else
        store_clear_log_of_writes(store);
    store->group = false;
    return code;
}

void store_group_rollback(struct store *store) {
    if (!store->group)
        return;
    run(store, "ROLLBACK");
    store->batch_id = 0;
    store->group = false;
}

/* SQLite calls it after each commit. */
static int note_log_pages(void *ctx, sqlite3 *db, const char *name, int pages) {
    struct store *store = ctx;
    store->log_pages = (uint32_t)pages;
    return SQLITE_OK;
}

void store_leave_checkpoints(struct store *store) {
    /* The hook takes the place of the one that makes checkpoints. */
    sqlite3_wal_hook(store->reader.db, note_log_pages, store);
}

uint32_t store_log_pages(const struct store *store) {
    return store->log_pages;
}

enum err store_checkpoint(struct store_reader *reader, struct errinfo *info) {
    if (sqlite3_wal_checkpoint_v2(reader->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL) !=
        SQLITE_OK)
        return store_error(reader->db, "carry the changes into the file", info);
    return ERR_OK;
}
