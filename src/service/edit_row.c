/* Rows of the store copied into an arena, and how a record is called. See edit_internal.h and
 * edit.h. */
#include "service/edit_internal.h"

enum { LABEL_DEPTH_MAX = 4 };

static enum err add_row(void *ctx, int64_t id, const struct store_value *values,
                        struct errinfo *info) {
    struct edit_rows *rows = ctx;
    struct edit_row row = {.id = id};
    for (uint32_t c = 0; c < store_table_info(rows->table)->columns; c++) {
        row.values[c] = values[c];
        if (values[c].kind != STORE_TEXT)
            continue;
        row.values[c].text = arena_copy(rows->arena, values[c].text);
        if (row.values[c].text.ptr == NULL)
            return err_memory(info);
    }
    return vec_push(&rows->list, row) ? ERR_OK : err_memory(info);
}

enum err edit_row_read(struct store_reader *reader, enum store_table table, int64_t id,
                       struct arena *arena, struct edit_row *out, struct errinfo *info) {
    struct edit_rows rows = {.table = table, .arena = arena};
    enum err code = store_get(reader, table, id, add_row, &rows, info);
    if (code == ERR_OK)
        *out = rows.list.at[0];
    vec_free(&rows.list);
    return code;
}

enum err edit_rows_where(struct store_reader *reader, enum store_table table, uint32_t column,
                         struct store_value value, struct edit_rows *rows, struct errinfo *info) {
    rows->table = table;
    return store_scan_equal(reader, table, column, value, add_row, rows, info);
}

static enum err label_at(struct store_reader *reader, enum store_table table, int64_t id,
                         struct arena *arena, uint32_t depth, struct str label[LANGS],
                         struct errinfo *info);

/* "input → output": both records that a record joins. */
static enum err label_of_both(struct store_reader *reader, const struct edit_table *table,
                              const struct edit_row *row, struct arena *arena, uint32_t depth,
                              struct str label[LANGS], struct errinfo *info) {
    struct str part[2][LANGS] = {{{0}}};
    enum err code = ERR_OK;
    uint32_t parts = 0;
    for (uint32_t i = 0; i < 2 && code == ERR_OK; i++) {
        uint32_t column = table->label_rule.reference[i];
        if (column == EDIT_NO_COLUMN || row->values[column].kind != STORE_INTEGER)
            continue;
        code = label_at(reader, edit_field_of(table, column)->target, row->values[column].integer,
                        arena, depth + 1, part[parts++], info);
    }
    for (uint32_t l = 0; l < LANGS && code == ERR_OK; l++) {
        label[l] = part[0][l];
        if (parts < 2)
            continue;
        struct str first = lang_pick(l, part[0][LANG_EN], part[0][LANG_ZH]).text;
        struct str second = lang_pick(l, part[1][LANG_EN], part[1][LANG_ZH]).text;
        label[l] = arena_printf(arena, "%.*s → %.*s", STR_ARG(first), STR_ARG(second));
        if (label[l].ptr == NULL)
            code = err_memory(info);
    }
    return code;
}

static enum err label_at(struct store_reader *reader, enum store_table table, int64_t id,
                         struct arena *arena, uint32_t depth, struct str label[LANGS],
                         struct errinfo *info) {
    const struct edit_table *t = edit_table_of(table);
    struct edit_row row;
    label[LANG_EN] = label[LANG_ZH] = STR("");
    enum err code = edit_row_read(reader, table, id, arena, &row, info);
    if (code != ERR_OK || depth > LABEL_DEPTH_MAX)
        return code;
    for (uint32_t l = 0; l < LANGS && t != NULL; l++)
        if (t->label_rule.name[l] != EDIT_NO_COLUMN &&
            row.values[t->label_rule.name[l]].kind == STORE_TEXT)
            label[l] = row.values[t->label_rule.name[l]].text;
    if (table == TABLE_ACCOUNT && row.values[ACCOUNT_NAME].kind == STORE_TEXT)
        label[LANG_EN] = row.values[ACCOUNT_NAME].text;
    if (t != NULL && t->label_rule.reference[0] != EDIT_NO_COLUMN)
        code = label_of_both(reader, t, &row, arena, depth, label, info);
    if (code == ERR_OK && label[LANG_EN].len == 0 && label[LANG_ZH].len == 0) {
        label[LANG_EN] =
            arena_printf(arena, "%s %lld", store_table_info(table)->name, (long long)id);
        if (label[LANG_EN].ptr == NULL)
            code = err_memory(info);
    }
    return code;
}

enum err edit_label(struct store_reader *reader, enum store_table table, int64_t id,
                    struct arena *arena, struct str label[LANGS], struct errinfo *info) {
    return label_at(reader, table, id, arena, 0, label, info);
}
