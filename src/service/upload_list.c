/*
 * The uploads there were: see upload_list in upload.h. Working rows have no index by age; there are
 * as many as lists were brought within the time they are kept, so all are passed over and the last
 * ones kept.
 */
#include "service/upload.h"

#include "base/vec.h"
#include "service/accounts.h"

enum { ROW_BYTES_MAX = 1 << 24 };

struct listing {
    struct store_reader *reader;
    int64_t before;
    VEC(int64_t)
    ids;
    struct arena arena; /* of the one that is told */
    struct upload_listed one;
};

static enum err add_id(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct listing *l = ctx;
    if (l->before > 0 && id >= l->before)
        return ERR_OK;
    return vec_push(&l->ids, id) ? ERR_OK : err_memory(info);
}

static enum err take_batch(void *ctx, const struct store_change *change, struct errinfo *info) {
    struct upload_listed *one = ctx;
    if (change->batch_id == one->upload.batch_id) {
        one->changes = change->changes;
        one->undone_by = change->undone_by;
    }
    return ERR_OK;
}

static enum err take_person(struct listing *l, struct errinfo *info) {
    struct account account;
    enum err code = account_get(l->reader, l->one.upload.account_id, &account, info);
    if (code != ERR_OK)
        return code;
    struct str name = str_of(account.name);
    l->one.by = arena_copy(&l->arena, name.len > 0 ? name : str_of(account.email.text));
    return l->one.by.ptr != NULL ? ERR_OK : err_memory(info);
}

static enum err read_one(struct listing *l, int64_t id, struct errinfo *info) {
    l->one = (struct upload_listed){.changes = 0};
    enum err code = upload_get(l->reader, id, &l->arena, &l->one.upload, info);
    if (code == ERR_OK)
        code = take_person(l, info);
    if (code != ERR_OK || l->one.upload.batch_id == 0)
        return code;
    const struct store_log_filter batch = {
        .table = STORE_TABLES, .before_batch = l->one.upload.batch_id + 1, .limit = 1};
    return store_log_search(l->reader, &batch, NULL, take_batch, &l->one, info);
}

enum err upload_list(struct store_reader *reader, int64_t before, uint32_t limit,
                     upload_listed_fn *fn, void *ctx, struct errinfo *info) {
    struct listing l = {.reader = reader, .before = before};
    enum err code = store_scan(reader, TABLE_UPLOAD, add_id, &l, info);
    for (size_t i = l.ids.len; code == ERR_OK && i > 0 && l.ids.len - i < limit; i--) {
        arena_init(&l.arena, ROW_BYTES_MAX);
        code = read_one(&l, l.ids.at[i - 1], info);
        if (code == ERR_OK)
            code = fn(ctx, &l.one, info);
        arena_release(&l.arena);
    }
    vec_free(&l.ids);
    return code;
}
