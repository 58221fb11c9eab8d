/* Rows by a column: see rows.h. The ids are read first, because a scan does not see its table
 * change. */
#include "service/rows.h"

#include "base/vec.h"

struct picking {
    int64_t keep;
    rows_old_fn *old; /* NULL = every row but `keep` */
    void *ctx;
    VEC(int64_t)
    ids;
};

static enum err pick(void *ctx, int64_t id, const struct store_value *values,
                     struct errinfo *info) {
    struct picking *p = ctx;
    if (id == p->keep || (p->old != NULL && !p->old(p->ctx, id, values)))
        return ERR_OK;
    return vec_push(&p->ids, id) ? ERR_OK : err_memory(info);
}

static enum err delete_picked(struct store *store, enum store_table table, struct picking *p,
                              enum err code, struct errinfo *info) {
    for (size_t i = 0; i < p->ids.len && code == ERR_OK; i++)
        code = store_delete(store, table, p->ids.at[i], info);
    vec_free(&p->ids);
    return code;
}

enum err rows_delete(struct store *store, enum store_table table, uint32_t column,
                     struct store_value value, int64_t keep, struct errinfo *info) {
    struct picking p = {.keep = keep};
    enum err code = store_scan_equal(store_reader_of(store), table, column, value, pick, &p, info);
    return delete_picked(store, table, &p, code, info);
}

enum err rows_delete_old(struct store *store, enum store_table table, rows_old_fn *old, void *ctx,
                         uint64_t *deleted, struct errinfo *info) {
    struct picking p = {.old = old, .ctx = ctx};
    enum err code = store_scan(store_reader_of(store), table, pick, &p, info);
    if (code == ERR_OK && deleted != NULL)
        *deleted += p.ids.len;
    return delete_picked(store, table, &p, code, info);
}

void rows_copy(char *out, size_t size, const struct store_value *value) {
    size_t len = value->kind == STORE_TEXT ? value->text.len : 0;
    if (len > size - 1)
        len = size - 1;
    if (len > 0)
        memcpy(out, value->text.ptr, len);
    out[len] = '\0';
}
