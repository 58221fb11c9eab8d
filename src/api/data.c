/*
 * Open data: see data.h.
 *
 * A reply holds one table, drawn when asked for and then kept by the server like any other reply.
 */
#include "api/data.h"

#include <stdio.h>

#include "api/list.h"
#include "api/params.h"
#include "api/query.h"
#include "exchange/table_write.h"

enum { FILE_NAME_MAX = 64, NAMES_MAX = 64 };

const struct api_license api_licenses[] = {
    {"CC0-1.0", "CC0 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"},
    {"CC-BY-4.0", "Creative Commons Attribution 4.0",
     "https://creativecommons.org/licenses/by/4.0/"},
    {"CC-BY-SA-4.0", "Creative Commons Attribution-ShareAlike 4.0",
     "https://creativecommons.org/licenses/by-sa/4.0/"},
    {"ODC-PDDL-1.0", "Open Data Commons Public Domain Dedication and Licence 1.0",
     "https://opendatacommons.org/licenses/pddl/1-0/"},
    {"ODC-BY-1.0", "Open Data Commons Attribution License 1.0",
     "https://opendatacommons.org/licenses/by/1-0/"},
    {"ODbL-1.0", "Open Data Commons Open Database License 1.0",
     "https://opendatacommons.org/licenses/odbl/1-0/"},
    {NULL, NULL, NULL},
};

const struct api_license *api_license_find(struct str name) {
    for (const struct api_license *l = api_licenses; l->name != NULL; l++)
        if (str_equal_nocase(str_of(l->name), name))
            return l;
    return NULL;
}

uint32_t api_table_columns(const struct api_record *record,
                           const struct api_field *column[API_DATA_COLUMNS_MAX]) {
    uint32_t fields = api_record_fields(record), count = 0;
    for (uint32_t i = 0; i < fields; i++) {
        const struct api_field *field = api_record_field(record, i);
        if (field->type != API_RECORDS)
            column[count++] = field;
    }
    return count;
}

/* ---- one table ---- */

static struct table_value cell_of(const struct api_field *field, struct api_value value) {
    if (value.is_null)
        return table_text(STR(""));
    switch (api_cell_type(field)) {
    case API_INTEGER:
        return table_integer(value.integer);
    case API_NUMBER:
        return table_number(value.number);
    case API_BOOLEAN:
        return table_text(value.integer != 0 ? STR("true") : STR("false"));
    default:
        return table_text(value.text);
    }
}

static enum err write_csv(struct api_call *call, const struct api_table *table,
                          struct errinfo *info) {
    const struct table_write_options options = {.format = TABLE_CSV, .guard_formulas = true};
    const struct api_field *column[API_DATA_COLUMNS_MAX];
    struct table_value cell[API_DATA_COLUMNS_MAX];
    struct table_writer *writer;
    uint32_t columns = api_table_columns(table->record, column);
    struct api_rows rows = table->rows(&call->scope, NULL);
    enum err e = table_writer_open_memory(&call->reply->body, &options, &writer, info);
    if (e != ERR_OK)
        return e;
    for (uint32_t c = 0; c < columns; c++)
        cell[c] = table_text(str_of(column[c]->name));
    e = table_writer_row(writer, cell, columns, info);
    for (size_t r = 0; r < rows.count && e == ERR_OK; r++) {
        for (uint32_t c = 0; c < columns; c++)
            cell[c] = cell_of(column[c], api_cell(&call->scope, column[c], api_row(rows, r)));
        e = table_writer_row(writer, cell, columns, info);
    }
    if (e == ERR_OK)
        return table_writer_close(writer, info);
    table_writer_abandon(writer);
    return e;
}

static void write_json_cell(struct json_out *json, const struct api_field *field,
                            struct api_value value) {
    if (value.is_null) {
        json_none(json);
        return;
    }
    switch (api_cell_type(field)) {
    case API_INTEGER:
        json_i64(json, value.integer);
        break;
    case API_NUMBER:
        json_double(json, value.number);
        break;
    case API_BOOLEAN:
        json_bool(json, value.integer != 0);
        break;
    default:
        json_text(json, value.text);
    }
}

static void write_json(struct api_call *call, const struct api_table *table) {
    const struct api_field *column[API_DATA_COLUMNS_MAX];
    uint32_t columns = api_table_columns(table->record, column);
    struct api_rows rows = table->rows(&call->scope, NULL);
    struct json_out json;
    json_init(&json, &call->reply->body);
    json_open_list(&json);
    for (size_t r = 0; r < rows.count; r++) {
        json_open(&json);
        for (uint32_t c = 0; c < columns; c++) {
            json_key(&json, column[c]->name);
            write_json_cell(&json, column[c], api_cell(&call->scope, column[c], api_row(rows, r)));
        }
        json_close(&json);
    }
    json_close_list(&json);
}

static enum err no_such_file(struct api_call *call, struct str file, struct errinfo *info) {
    const char *names[NAMES_MAX];
    char known[NAMES_MAX][FILE_NAME_MAX];
    size_t count = 0;
    for (uint32_t i = 0; i < api_tables_count && count + 1 < NAMES_MAX; i++) {
        snprintf(known[count], FILE_NAME_MAX, "%s.csv", api_tables[i].name);
        names[count] = known[count];
        count++;
    }
    const char *nearest = api_nearest(file, names, count);
    err_set(info, ERR_NOT_FOUND, "there is no file \"%.*s\" in the open data",
            file.len > FILE_NAME_MAX ? FILE_NAME_MAX : (int)file.len, file.ptr);
    if (nearest != NULL)
        err_hint(info, "Did you mean \"%s\"?", nearest);
    else
        err_hint(info, "datapackage.json beside it lists the files");
    return api_call_problem(call, API_PROBLEM_NOT_FOUND, api_path_file.name, ERR_NOT_FOUND);
}

enum err api_draw_table(struct api_call *call, struct errinfo *info) {
    struct str file = api_call_value(call, &api_path_file);
    char name[FILE_NAME_MAX];
    for (uint32_t i = 0; i < api_tables_count; i++) {
        snprintf(name, sizeof(name), "%s.json", api_tables[i].name);
        if (str_equal_c(file, name)) {
            call->reply->content_type = "application/json";
            write_json(call, &api_tables[i]);
            return ERR_OK;
        }
        snprintf(name, sizeof(name), "%s.csv", api_tables[i].name);
        if (str_equal_c(file, name)) {
            call->reply->content_type = "text/csv; charset=utf-8";
            return write_csv(call, &api_tables[i], info);
        }
    }
    return no_such_file(call, file, info);
}

/* ---- without an edition ---- */

enum err api_draw_redirect(struct api_call *call, struct errinfo *info) {
    struct buf path;
    buf_init(&path, HTTP_TARGET_SIZE_MAX);
    buf_add_c(&path, "/api/v1/data/");
    api_add_encoded(&path, view_this_edition(call->scope.view)->code);
    buf_add_char(&path, '/');
    api_add_encoded(&path, api_call_value(call, &api_path_file));
    struct str copy = arena_copy(call->scope.arena, buf_str(&path));
    enum err e = buf_error(&path, info);
    buf_release(&path);
    if (e == ERR_OK && copy.ptr == NULL)
        e = err_memory(info);
    if (e == ERR_OK)
        http_reply_redirect(call->reply, 302, copy);
    return e;
}
