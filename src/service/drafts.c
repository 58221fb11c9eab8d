/* Drafts: see drafts.h. An account has few, so they are read and looked through. */
#include "service/drafts.h"

#include <stdlib.h>

#include "service/edit_internal.h"

static bool is_key(struct str key) {
    for (size_t i = 0; i < key.len; i++) {
        char c = key.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            c != ':' && c != '.' && c != '_' && c != '-')
            return false;
    }
    return key.len > 0 && key.len <= DRAFT_KEY_MAX;
}

/* The rows of an account; the list is the caller's to free. */
static enum err rows_of(struct store_reader *reader, int64_t account_id, struct arena *arena,
                        struct edit_rows *rows, struct errinfo *info) {
    *rows = (struct edit_rows){.arena = arena};
    return edit_rows_where(reader, TABLE_DRAFT, DRAFT_ACCOUNT_ID, store_int(account_id), rows,
                           info);
}

static const struct edit_row *row_of_key(const struct edit_rows *rows, struct str key) {
    for (size_t i = 0; i < rows->list.len; i++)
        if (str_equal(rows->list.at[i].values[DRAFT_KEY].text, key))
            return &rows->list.at[i];
    return NULL;
}

static struct draft draft_of(const struct edit_row *row) {
    return (struct draft){row->values[DRAFT_KEY].text, row->values[DRAFT_BODY].text,
                          row->values[DRAFT_AT_MS].integer};
}

enum { WORK_BYTES_MAX = DRAFTS_MAX * (DRAFT_BODY_MAX + 4096) };

enum err draft_keep(struct store *store, int64_t account_id, struct str key, struct str body,
                    int64_t at_ms, struct errinfo *info) {
    struct arena arena;
    struct edit_rows rows;
    if (!is_key(key))
        return err_set(info, ERR_INPUT, "this is no key of a draft");
    if (body.len > DRAFT_BODY_MAX)
        return err_set(info, ERR_LIMIT, "a draft may have %d kB", DRAFT_BODY_MAX >> 10);
    if (body.len == 0)
        return draft_drop(store, account_id, key, info);
    arena_init(&arena, WORK_BYTES_MAX);
    enum err code = rows_of(store_reader_of(store), account_id, &arena, &rows, info);
    const struct edit_row *row = row_of_key(&rows, key);
    struct store_cell cells[] = {{DRAFT_ACCOUNT_ID, store_int(account_id)},
                                 {DRAFT_KEY, store_text(key)},
                                 {DRAFT_BODY, store_text(body)},
                                 {DRAFT_AT_MS, store_int(at_ms)}};
    int64_t id;
    if (code == ERR_OK && row != NULL)
        code = store_update(store, TABLE_DRAFT, row->id, cells, 4, info);
    else if (code == ERR_OK && rows.list.len >= DRAFTS_MAX)
        code = err_set(info, ERR_LIMIT, "there are %d drafts already; drop some", DRAFTS_MAX);
    else if (code == ERR_OK)
        code = store_insert(store, TABLE_DRAFT, cells, 4, &id, info);
    vec_free(&rows.list);
    arena_release(&arena);
    return code;
}

enum err draft_drop(struct store *store, int64_t account_id, struct str key, struct errinfo *info) {
    struct arena arena;
    struct edit_rows rows;
    arena_init(&arena, WORK_BYTES_MAX);
    enum err code = rows_of(store_reader_of(store), account_id, &arena, &rows, info);
    const struct edit_row *row = row_of_key(&rows, key);
    if (code == ERR_OK && row != NULL)
        code = store_delete(store, TABLE_DRAFT, row->id, info);
    vec_free(&rows.list);
    arena_release(&arena);
    return code;
}

enum err draft_get(struct store_reader *reader, int64_t account_id, struct str key,
                   struct arena *arena, struct draft *out, struct errinfo *info) {
    struct edit_rows rows;
    enum err code = rows_of(reader, account_id, arena, &rows, info);
    const struct edit_row *row = row_of_key(&rows, key);
    if (code == ERR_OK && row == NULL)
        code = err_set(info, ERR_NOT_FOUND, "there is no draft of that key");
    else if (code == ERR_OK)
        *out = draft_of(row);
    vec_free(&rows.list);
    return code;
}

static int newest_first(const void *a, const void *b) {
    const struct draft *x = a, *y = b;
    return x->at_ms != y->at_ms ? (x->at_ms < y->at_ms ? 1 : -1) : str_compare(x->key, y->key);
}

enum err draft_list(struct store_reader *reader, int64_t account_id, struct arena *arena,
                    struct draft *out, uint32_t *count, struct errinfo *info) {
    struct edit_rows rows;
    enum err code = rows_of(reader, account_id, arena, &rows, info);
    *count = 0;
    for (size_t i = 0; i < rows.list.len && *count < DRAFTS_MAX && code == ERR_OK; i++)
        out[(*count)++] = draft_of(&rows.list.at[i]);
    qsort(out, *count, sizeof(*out), newest_first);
    vec_free(&rows.list);
    return code;
}
