/* Who may take a batch back: see undo_right.h. */
#include "service/undo_right.h"

#include "service/edit.h"

struct checking {
    struct store_reader *reader;
    const struct access *access;
    struct arena *arena;
    uint32_t lines;
};

/* The right to write a table; those that forms do not edit have the right of their use case. */
static enum right right_of(struct str name) {
    const struct edit_table *table = edit_table_by_name(name);
    if (table != NULL)
        return table->right;
    switch ((int)store_table_by_name(name)) {
    case TABLE_DUPLICATE_DECISION:
        return RIGHT_MERGE;
    case TABLE_RULE:
    case TABLE_HEADER_MAPPING:
        return RIGHT_IMPORT;
    case TABLE_RETENTION:
        return RIGHT_ERASE;
    case TABLE_MATCH_PAIR:
        return RIGHT_PARTNER_ANSWER; /* nobody takes back what a side answered, but that side */
    default:
        return RIGHT_ACCOUNTS; /* and for a table that is yet to come, until it says another */
    }
}

static enum err check_batch(struct checking *c, const struct store_change *change,
                            struct errinfo *info) {
    const struct access *access = c->access;
    bool own = access->account_id > 0 && change->account_id == access->account_id;
    enum err code = ERR_OK;
    if (!access_has(access, RIGHT_UNDO_OWN) || !own)
        code = access_check(access, RIGHT_UNDO_ANY, NULL, info);
    if (code == ERR_OK && str_equal_c(change->batch_kind, "merge"))
        code = access_check(access, RIGHT_MERGE, NULL, info);
    if (code == ERR_OK && str_equal_c(change->batch_kind, "import"))
        code = access_check(access, RIGHT_IMPORT, NULL, info);
    return code;
}

static enum err check_line(void *ctx, const struct store_change *change, struct errinfo *info) {
    struct checking *c = ctx;
    enum right right = right_of(change->entity);
    struct access_place place;
    enum err code = c->lines++ == 0 ? check_batch(c, change, info) : ERR_OK;
    if (code != ERR_OK || access_has_all(c->access, right))
        return code;
    if (!access_has(c->access, right))
        return access_check(c->access, right, NULL, info);
    code = edit_place(c->reader, store_table_by_name(change->entity), change->record_id, c->arena,
                      &place, info);
    if (code == ERR_NOT_FOUND)
        return ERR_OK;
    return code == ERR_OK ? access_check(c->access, right, &place, info) : code;
}

enum err undo_right_check(struct store_reader *reader, const struct access *access,
                          int64_t batch_id, struct arena *arena, struct errinfo *info) {
    struct checking c = {.reader = reader, .access = access, .arena = arena};
    enum err code = store_each_change(reader, batch_id, STORE_TABLES, 0, check_line, &c, info);
    if (code == ERR_OK && c.lines == 0)
        return err_set(info, ERR_NOT_FOUND, "there is no batch %lld", (long long)batch_id);
    return code;
}
