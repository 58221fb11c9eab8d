/* Pairs of probably the same organisations: see duplicates.h. */
#include "service/duplicates.h"

struct listing {
    struct store_reader *reader;
    struct list *list;
    bool merged;
};

static enum err add_names(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct listing *l = ctx;
    if (v[ORGANISATION_MERGED_INTO].kind != STORE_NULL)
        l->merged = true;
    list_int(l->list, id);
    list_text(l->list, v[ORGANISATION_NAME_EN].text);
    list_text(l->list, v[ORGANISATION_NAME_ZH].text);
    return ERR_OK;
}

static enum err add_pair(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    struct listing *l = ctx;
    size_t before = l->list->cells.len;
    if (!str_equal_c(v[DUPLICATE_DECISION_DECISION].text, "later"))
        return ERR_OK;
    int64_t both[] = {v[DUPLICATE_DECISION_FIRST_ID].integer,
                      v[DUPLICATE_DECISION_SECOND_ID].integer};
    enum err code = ERR_OK;
    l->merged = false;
    for (int i = 0; i < 2 && code == ERR_OK; i++)
        code = store_get(l->reader, TABLE_ORGANISATION, both[i], add_names, l, info);
    if (l->merged)
        l->list->cells.len = before;
    return code;
}

enum err duplicates_list(struct store_reader *reader, struct list *list, struct errinfo *info) {
    static const char *const names[] = {"id",    "name_en",    "name_zh",
                                        "of_id", "of_name_en", "of_name_zh"};
    struct listing listing = {.reader = reader, .list = list};
    for (int i = 0; i < 6; i++)
        list_column(list, names[i], i % 3 == 0 ? LIST_NUMBER : LIST_TEXT);
    return store_scan(reader, TABLE_DUPLICATE_DECISION, add_pair, &listing, info);
}

struct finding {
    int64_t second;
    int64_t id;
};

static enum err find_pair(void *ctx, int64_t id, const struct store_value *v,
                          struct errinfo *info) {
    struct finding *f = ctx;
    if (v[DUPLICATE_DECISION_SECOND_ID].integer == f->second)
        f->id = id;
    return ERR_OK;
}

static enum err exists(void *ctx, int64_t id, const struct store_value *v, struct errinfo *info) {
    return ERR_OK;
}

enum err duplicates_note(struct store *store, int64_t one, int64_t two, struct str decision,
                         struct errinfo *info) {
    int64_t first = one < two ? one : two, second = one < two ? two : one;
    struct store_reader *reader = store_reader_of(store);
    struct finding found = {.second = second};
    struct store_cell cells[] = {{DUPLICATE_DECISION_DECISION, store_text(decision)},
                                 {DUPLICATE_DECISION_FIRST_ID, store_int(first)},
                                 {DUPLICATE_DECISION_SECOND_ID, store_int(second)}};
    int64_t id;
    enum err code = store_get(reader, TABLE_ORGANISATION, first, exists, NULL, info);
    if (code == ERR_OK)
        code = store_get(reader, TABLE_ORGANISATION, second, exists, NULL, info);
    if (code == ERR_OK)
        code = store_scan_equal(reader, TABLE_DUPLICATE_DECISION, DUPLICATE_DECISION_FIRST_ID,
                                store_int(first), find_pair, &found, info);
    if (code != ERR_OK)
        return code;
    return found.id != 0 ? store_update(store, TABLE_DUPLICATE_DECISION, found.id, cells, 1, info)
                         : store_insert(store, TABLE_DUPLICATE_DECISION, cells, 3, &id, info);
}

enum err duplicates_decide(struct store *store, const struct store_batch *by, int64_t first,
                           int64_t second, struct str decision, struct errinfo *info) {
    struct store_batch batch = *by;
    batch.kind = "edit";
    batch.note = STR("decision on a probable duplicate");
    int64_t batch_id;
    if (first == second)
        return err_set(info, ERR_INPUT, "a pair needs two different organisations");
    enum err code = store_begin(store, &batch, &batch_id, info);
    if (code != ERR_OK)
        return code;
    code = duplicates_note(store, first, second, decision, info);
    if (code == ERR_OK)
        return store_commit(store, info);
    store_rollback(store);
    return code;
}
