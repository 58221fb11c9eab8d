/*
 * The records behind the site, as editors see them: what can be edited (the table of fields), lists
 * of records, one record, and its history.
 */
#include "api/desk.h"

#include "api/desk_parts.h"
#include "api/session.h"
#include "service/edit_json.h"

const struct api_param api_param_where = {
    .name = "where",
    .help =
        "Fields that have a value: FIELD:VALUE, several separated by commas; FIELD: alone means "
        "empty",
    .type = API_TEXT,
    .bytes_max = 1000,
    .example = "country:CN"};
const struct api_param api_param_text = {
    .name = "q",
    .help = "Words that stand in the label or a text of the record, whatever their case",
    .type = API_TEXT,
    .example = "battery"};
const struct api_param api_param_after = {.name = "after",
                                          .help = "\"next\" of the page before",
                                          .type = API_INTEGER,
                                          .max = INT64_MAX,
                                          .example = "0"};
const struct api_param api_param_page_size = {.name = "limit",
                                              .help = "Records a page; 100 when nothing is said",
                                              .type = API_INTEGER,
                                              .min = 1,
                                              .max = EDIT_LIST_MAX,
                                              .example = "50"};

/* ---- the table of fields ---- */

enum err api_draw_tables(struct api_call *call, struct errinfo *info) {
    struct json_out json;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "tables");
    edit_tables_json(&json, api_call_access(call));
    json_close(&json);
    return ERR_OK;
}

/* ---- records ---- */

enum err api_draw_record(struct api_call *call, struct errinfo *info) {
    const struct edit_table *table;
    struct store_reader *reader;
    struct edit_record record;
    struct json_out json;
    enum err e = api_desk_table(call, &table, info);
    if (e == ERR_OK)
        e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = edit_get(reader, api_call_access(call), table, api_call_integer(call, &api_path_record),
                     call->scope.arena, &record, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    edit_record_json(&json, &record);
    return ERR_OK;
}

/* ---- lists ---- */

static enum err wrong_filter(struct api_call *call, struct errinfo *info, const char *words,
                             struct str name) {
    err_set(info, ERR_INPUT, "\"where\" %s \"%.*s\"", words, STR_ARG(name));
    err_hint(info, "It names fields of the table: country:CN,size:small");
    return api_call_problem(call, API_PROBLEM_INVALID_PARAMETER, api_param_where.name, ERR_INPUT);
}

/* The value that a filter's text stands for in the store. */
static bool value_of(const struct edit_field *field, struct str text, struct store_value *out) {
    int64_t number;
    bool is_number =
        field->kind == EDIT_REFERENCE || field->kind == EDIT_INTEGER || field->kind == EDIT_BOOLEAN;
    *out = store_text(text);
    if (!is_number || text.len == 0)
        return true;
    if (str_equal_c(text, "true") || str_equal_c(text, "false"))
        number = text.len == 4;
    else if (!str_to_i64(text, &number))
        return false;
    *out = store_int(number);
    return true;
}

static enum err read_filters(struct api_call *call, struct edit_query *query,
                             struct errinfo *info) {
    struct str list = api_call_value(call, &api_param_where), one;
    while (str_next(&list, ",", &one)) {
        struct str name;
        struct edit_filter *filter = &query->filters[query->filter_count];
        if (query->filter_count == EDIT_FILTERS_MAX)
            return wrong_filter(call, info, "names too many fields, from", one);
        if (!str_next(&one, ":", &name))
            continue;
        filter->field = edit_field_by_name(query->table, str_trim(name));
        if (filter->field == NULL)
            return wrong_filter(call, info, "names no field of this table:", name);
        if (!value_of(filter->field, str_trim(one), &filter->value))
            return wrong_filter(call, info, "has no number for", name);
        query->filter_count++;
    }
    return ERR_OK;
}

enum err api_draw_records(struct api_call *call, struct errinfo *info) {
    struct edit_query query = {.text = api_call_value(call, &api_param_text),
                               .after = api_call_integer(call, &api_param_after),
                               .limit = (uint32_t)api_call_integer(call, &api_param_page_size)};
    struct store_reader *reader;
    struct edit_page page;
    struct json_out json;
    if (query.limit == 0)
        query.limit = API_LIMIT_DEFAULT;
    enum err e = api_desk_table(call, &query.table, info);
    if (e == ERR_OK)
        e = read_filters(call, &query, info);
    if (e == ERR_OK)
        e = api_desk_reader(call, &reader, info);
    if (e == ERR_OK)
        e = edit_list(reader, api_call_access(call), &query, call->scope.arena, &page, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    for (uint32_t i = 0; i < page.count; i++)
        edit_record_json(&json, &page.records[i]);
    json_close_list(&json);
    json_key(&json, "next");
    if (page.more)
        json_i64(&json, page.records[page.count - 1].id);
    else
        json_none(&json);
    json_key_i64(&json, "total", page.matched);
    json_close(&json);
    return ERR_OK;
}

/* ---- history ---- */

static enum err write_change(void *ctx, const struct store_change *change, struct errinfo *info) {
    struct json_out *json = ctx;
    json_open(json);
    json_key_i64(json, "batch", change->batch_id);
    json_key_text(json, "kind", change->batch_kind);
    json_key_text(json, "operation", change->operation);
    json_key_i64(json, "at_ms", change->at_ms);
    api_write_text(json, "by", change->actor);
    api_write_text(json, "note", change->note);
    if (change->undone_by > 0)
        json_key_i64(json, "undone_by", change->undone_by);
    json_key(json, "before");
    json_raw(json, change->before.len > 0 ? change->before : STR("null"));
    json_key(json, "after");
    json_raw(json, change->after.len > 0 ? change->after : STR("null"));
    json_close(json);
    return ERR_OK;
}

enum err api_draw_record_history(struct api_call *call, struct errinfo *info) {
    const struct edit_table *table;
    struct store_reader *reader;
    struct edit_record record;
    struct json_out json;
    struct access_place place = {0};
    const struct access *access = api_call_access(call);
    int64_t id = api_call_integer(call, &api_path_record);
    enum err e = api_desk_table(call, &table, info);
    if (e == ERR_OK)
        e = api_desk_reader(call, &reader, info);
    /* Who may not see the record may not see what it was. One that is gone lies nowhere. */
    if (e == ERR_OK)
        e = edit_get(reader, access, table, id, call->scope.arena, &record, info);
    if (e == ERR_NOT_FOUND && access_has_all(access, RIGHT_AUDIT_READ))
        e = ERR_OK;
    else if (e == ERR_OK)
        e = edit_place(reader, table->table, id, call->scope.arena, &place, info);
    if (e == ERR_OK)
        e = access_check(access, RIGHT_AUDIT_READ, &place, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    json_open(&json);
    json_key(&json, "items");
    json_open_list(&json);
    e = store_each_change(reader, 0, table->table, id, write_change, &json, info);
    json_close_list(&json);
    json_close(&json);
    return e;
}
