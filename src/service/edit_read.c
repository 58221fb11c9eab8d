/* Records and lists of them for the desk. See edit.h. */
#include "service/edit_internal.h"

#include "text/fold.h"

enum { FOLDED_BYTES_MAX = 8 << 20 };

/* The name of a country or region of a code, or nothing. */
static enum err label_of_code(struct store_reader *reader, enum store_table table, uint32_t column,
                              uint32_t name_en, uint32_t name_zh, struct store_value code_value,
                              struct arena *arena, struct str label[LANGS], struct errinfo *info) {
    struct edit_rows rows = {.arena = arena};
    enum err code = edit_rows_where(reader, table, column, code_value, &rows, info);
    if (code == ERR_OK && rows.list.len > 0) {
        label[LANG_EN] = rows.list.at[0].values[name_en].text;
        label[LANG_ZH] = rows.list.at[0].values[name_zh].text;
    }
    vec_free(&rows.list);
    return code;
}

static enum err label_of_value(struct store_reader *reader, const struct edit_field *field,
                               struct store_value value, struct arena *arena,
                               struct str label[LANGS], struct errinfo *info) {
    enum err code = ERR_OK;
    label[LANG_EN] = label[LANG_ZH] = STR("");
    if (field->kind == EDIT_REFERENCE)
        return edit_label(reader, field->target, value.integer, arena, label, info);
    if (field->kind == EDIT_COUNTRY || field->kind == EDIT_PLACE)
        code = label_of_code(reader, TABLE_COUNTRY, COUNTRY_CODE, COUNTRY_NAME_EN, COUNTRY_NAME_ZH,
                             value, arena, label, info);
    if (code == ERR_OK && label[LANG_EN].len == 0 &&
        (field->kind == EDIT_REGION || field->kind == EDIT_PLACE))
        code = label_of_code(reader, TABLE_REGION, REGION_CODE, REGION_NAME_EN, REGION_NAME_ZH,
                             value, arena, label, info);
    if (field->kind == EDIT_AREA)
        code = label_of_code(reader, TABLE_AREA, AREA_CODE, AREA_NAME_EN, AREA_NAME_ZH, value,
                             arena, label, info);
    return code;
}

static bool has_label(const struct edit_field *field, const struct store_value *value) {
    return value->kind != STORE_NULL &&
           (field->kind == EDIT_REFERENCE || field->kind == EDIT_COUNTRY ||
            field->kind == EDIT_REGION || field->kind == EDIT_PLACE || field->kind == EDIT_AREA);
}

/* Whether a right is held where a record lies. */
static enum err may(struct store_reader *reader, const struct access *access, enum right right,
                    const struct edit_table *table, int64_t id, struct arena *arena, bool *yes,
                    struct errinfo *info) {
    struct access_place place;
    *yes = access_has_all(access, right);
    if (*yes || !access_has(access, right))
        return ERR_OK;
    enum err code = edit_place(reader, table->table, id, arena, &place, info);
    *yes = code == ERR_OK && access_may(access, right, &place);
    return code;
}

/* A label of an account is a person's name. */
static enum err may_name(struct store_reader *reader, const struct access *access,
                         const struct edit_field *field, struct edit_record *record,
                         struct arena *arena, bool *yes, struct errinfo *info) {
    *yes = true;
    return field->kind == EDIT_REFERENCE && field->target == TABLE_ACCOUNT
               ? may(reader, access, RIGHT_PERSON_READ, record->table, record->id, arena, yes, info)
               : ERR_OK;
}

static enum err add_references(struct store_reader *reader, const struct access *access,
                               struct edit_record *record, struct arena *arena,
                               struct errinfo *info) {
    const struct edit_table *table = record->table;
    enum err code = ERR_OK;
    bool named;
    record->references = arena_new(arena, table->count, sizeof(*record->references));
    if (record->references == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < table->count && code == ERR_OK; i++) {
        const struct edit_field *field = &table->fields[i];
        const struct store_value *value = &record->values[field->column];
        if (!has_label(field, value))
            continue;
        code = may_name(reader, access, field, record, arena, &named, info);
        if (code != ERR_OK || !named)
            continue;
        struct edit_reference *reference = &record->references[record->reference_count++];
        reference->field = field;
        code = label_of_value(reader, field, *value, arena, reference->label, info);
    }
    return code;
}

/* Fills a record from its row: label, references, revision, right to write. */
static enum err fill(struct store_reader *reader, const struct access *access,
                     const struct edit_table *table, const struct edit_row *row,
                     struct arena *arena, struct edit_record *out, struct errinfo *info) {
    *out = (struct edit_record){.table = table, .id = row->id};
    memcpy(out->values, row->values, sizeof(out->values));
    enum err code = edit_label(reader, table->table, row->id, arena, out->label, info);
    if (code == ERR_OK)
        code = add_references(reader, access, out, arena, info);
    if (code == ERR_OK)
        code = store_revision(reader, table->table, row->id, &out->revision, info);
    if (code == ERR_OK)
        code = may(reader, access, table->right, table, row->id, arena, &out->may_write, info);
    return code;
}

struct noting {
    struct edit_record *record;
    struct arena *arena;
};

static enum err note_change(void *ctx, const struct store_change *change, struct errinfo *info) {
    struct noting *n = ctx;
    n->record->changed_by = arena_copy(n->arena, change->actor);
    n->record->changed_ms = change->at_ms;
    return n->record->changed_by.ptr != NULL ? ERR_OK : err_memory(info);
}

enum err edit_get(struct store_reader *reader, const struct access *access,
                  const struct edit_table *table, int64_t id, struct arena *arena,
                  struct edit_record *out, struct errinfo *info) {
    struct edit_row row;
    struct noting noting = {out, arena};
    bool readable = false, named = false;
    if (!access_has(access, table->read))
        return access_check(access, table->read, NULL, info);
    enum err code = edit_row_read(reader, table->table, id, arena, &row, info);
    if (code == ERR_OK)
        code = may(reader, access, table->read, table, id, arena, &readable, info);
    if (code == ERR_OK && !readable)
        code = access_check(access, table->read, &(struct access_place){0}, info);
    if (code == ERR_OK)
        code = fill(reader, access, table, &row, arena, out, info);
    if (code == ERR_OK)
        code = store_last_change(reader, table->table, id, note_change, &noting, info);
    if (code == ERR_OK)
        code = may(reader, access, RIGHT_PERSON_READ, table, id, arena, &named, info);
    if (!named)
        out->changed_by = STR("");
    return code;
}

/* Lists -----------------------------------------------------------------------------------------
 */

struct listing {
    struct store_reader *reader;
    const struct access *access;
    const struct edit_query *query;
    struct arena *arena;
    struct str needle; /* folded */
    struct buf folded;
    struct edit_rows found;
    uint32_t matched, after; /* in all; beyond the last page's end */
};

static bool passes_filters(const struct edit_query *query, const struct store_value *values) {
    for (uint32_t i = 0; i < query->filter_count; i++)
        if (!store_value_equal(&values[query->filters[i].field->column], &query->filters[i].value))
            return false;
    return true;
}

static enum err holds(struct listing *l, struct str text, bool *yes, struct errinfo *info) {
    buf_clear(&l->folded);
    enum err code = text.len > 0 ? text_fold_plain(text, &l->folded, info) : ERR_OK;
    if (code == ERR_OK && str_find(buf_str(&l->folded), l->needle) != SIZE_MAX)
        *yes = true;
    return code;
}

/* Whether the text searched for stands in a text field or in the label. */
static enum err holds_text(struct listing *l, const struct edit_row *row, bool *yes,
                           struct errinfo *info) {
    const struct edit_table *table = l->query->table;
    struct str label[LANGS];
    enum err code = ERR_OK;
    *yes = l->needle.len == 0;
    for (uint32_t i = 0; i < table->count && code == ERR_OK && !*yes; i++) {
        const struct store_value *value = &row->values[table->fields[i].column];
        if (value->kind == STORE_TEXT)
            code = holds(l, value->text, yes, info);
    }
    if (code == ERR_OK && !*yes && table->label_rule.reference[0] != EDIT_NO_COLUMN)
        code = edit_label(l->reader, table->table, row->id, l->arena, label, info);
    else
        return code;
    for (uint32_t i = 0; i < LANGS && code == ERR_OK && !*yes; i++)
        code = holds(l, label[i], yes, info);
    return code;
}

static enum err take(struct listing *l, const struct edit_row *row, struct errinfo *info) {
    bool yes = false;
    enum err code = holds_text(l, row, &yes, info);
    if (code == ERR_OK && yes)
        code = may(l->reader, l->access, l->query->table->read, l->query->table, row->id, l->arena,
                   &yes, info);
    if (code != ERR_OK || !yes)
        return code;
    l->matched++;
    if (row->id <= l->query->after)
        return ERR_OK;
    if (l->found.list.len >= l->query->limit) {
        l->after++;
        return ERR_OK;
    }
    return vec_push(&l->found.list, *row) ? ERR_OK : err_memory(info);
}

/* Rows are copied only when the filters let them pass. */
static enum err consider(void *ctx, int64_t id, const struct store_value *values,
                         struct errinfo *info) {
    struct listing *l = ctx;
    struct edit_row row = {.id = id};
    if (!passes_filters(l->query, values))
        return ERR_OK;
    for (uint32_t c = 0; c < store_table_info(l->query->table->table)->columns; c++) {
        row.values[c] = values[c];
        if (values[c].kind != STORE_TEXT)
            continue;
        row.values[c].text = arena_copy(l->arena, values[c].text);
        if (row.values[c].text.ptr == NULL)
            return err_memory(info);
    }
    return take(l, &row, info);
}

static enum err fill_page(struct listing *l, struct edit_page *out, struct errinfo *info) {
    enum err code = ERR_OK;
    *out = (struct edit_page){
        .count = (uint32_t)l->found.list.len, .matched = l->matched, .more = l->after > 0};
    out->records = arena_new(l->arena, l->found.list.len + 1, sizeof(*out->records));
    if (out->records == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < out->count && code == ERR_OK; i++)
        code = fill(l->reader, l->access, l->query->table, &l->found.list.at[i], l->arena,
                    &out->records[i], info);
    return code;
}

enum err edit_list(struct store_reader *reader, const struct access *access,
                   const struct edit_query *query, struct arena *arena, struct edit_page *out,
                   struct errinfo *info) {
    struct listing l = {.reader = reader, .access = access, .query = query, .arena = arena};
    struct buf needle;
    if (!access_has(access, query->table->read))
        return access_check(access, query->table->read, NULL, info);
    if (query->limit == 0 || query->limit > EDIT_LIST_MAX)
        return err_set(info, ERR_LIMIT, "a page has 1 to %d records", EDIT_LIST_MAX);
    buf_init(&needle, FOLDED_BYTES_MAX);
    buf_init(&l.folded, FOLDED_BYTES_MAX);
    enum err code = text_fold_plain(query->text, &needle, info);
    l.needle = buf_str(&needle);
    const struct edit_filter *first = query->filter_count > 0 ? &query->filters[0] : NULL;
    if (code == ERR_OK && first != NULL)
        code = store_scan_equal(reader, query->table->table, first->field->column, first->value,
                                consider, &l, info);
    else if (code == ERR_OK)
        code = store_scan(reader, query->table->table, consider, &l, info);
    if (code == ERR_OK)
        code = fill_page(&l, out, info);
    vec_free(&l.found.list);
    buf_release(&needle);
    buf_release(&l.folded);
    return code;
}
