/* The descriptor of the open data, datapackage.json: see data.h. */
#include <stdio.h>

#include "api/data.h"
#include "api/params.h"

static const char *type_of(enum api_type type) {
    switch (type) {
    case API_INTEGER:
        return "integer";
    case API_NUMBER:
        return "number";
    case API_BOOLEAN:
        return "boolean";
    case API_DATE:
        return "date";
    default:
        return "string";
    }
}

/* ---- fields ---- */

static void write_constraints(struct json_out *j, const struct api_field *field) {
    bool is_required = !field->nullable && field->type != API_TEXTS;
    if (!is_required && field->type != API_CODE && api_cell_type(field) != API_TIME)
        return;
    json_key(j, "constraints");
    json_open(j);
    if (is_required) {
        json_key(j, "required");
        json_bool(j, true);
    }
    if (field->type == API_CODE) {
        json_key(j, "enum");
        json_open_list(j);
        for (uint32_t i = 1; i < field->kind->count; i++)
            json_text(j, str_of(kind_code(field->kind, i)));
        json_close_list(j);
    }
    if (api_cell_type(field) == API_TIME)
        json_key_text(j, "pattern", STR("([01][0-9]|2[0-3]):[0-5][0-9]"));
    json_close(j);
}

static void write_field(struct json_out *j, const struct api_field *field) {
    char words[400];
    json_open(j);
    json_key_text(j, "name", str_of(field->name));
    json_key_text(j, "type", str_of(type_of(api_cell_type(field))));
    snprintf(words, sizeof(words), "%s%s", field->help,
             field->type == API_TEXTS ? ", separated by \"; \"" : "");
    json_key_text(j, "description", str_of(words));
    write_constraints(j, field);
    json_close(j);
}

static bool is_foreign_key(const struct api_field *field) {
    return field->type == API_RECORD && field->of->table != NULL;
}

/* Left out where there are none: an empty list is not allowed. */
static void write_foreign_keys(struct json_out *j, const struct api_field *const *column,
                               uint32_t columns) {
    uint32_t keys = 0;
    for (uint32_t c = 0; c < columns; c++) {
        if (!is_foreign_key(column[c]))
            continue;
        if (keys++ == 0) {
            json_key(j, "foreignKeys");
            json_open_list(j);
        }
        json_open(j);
        json_key_text(j, "fields", str_of(column[c]->name));
        json_key(j, "reference");
        json_open(j);
        json_key_text(j, "resource", str_of(column[c]->of->table));
        json_key_text(j, "fields", str_of(api_record_field(column[c]->of, 0)->name));
        json_close(j);
        json_close(j);
    }
    if (keys > 0)
        json_close_list(j);
}

static void write_primary_key(struct json_out *j, const char *names) {
    struct str rest = str_of(names), name;
    json_key(j, "primaryKey");
    json_open_list(j);
    while (str_next(&rest, " ", &name))
        json_text(j, name);
    json_close_list(j);
}

/* ---- resources ---- */

static void write_resource(struct json_out *j, const struct api_table *table) {
    const struct api_field *column[API_DATA_COLUMNS_MAX];
    uint32_t columns = api_table_columns(table->record, column);
    char path[80];
    json_open(j);
    json_key_text(j, "name", str_of(table->name));
    json_key_text(j, "title", str_of(table->title_en));
    json_key_text(j, "title_zh", str_of(table->title_zh));
    json_key_text(j, "description", str_of(table->record->help));
    snprintf(path, sizeof(path), "%s.csv", table->name);
    json_key_text(j, "path", str_of(path));
    snprintf(path, sizeof(path), "%s.json", table->name);
    json_key_text(j, "path_json", str_of(path));
    json_key_text(j, "profile", STR("tabular-data-resource"));
    json_key_text(j, "format", STR("csv"));
    json_key_text(j, "mediatype", STR("text/csv"));
    json_key_text(j, "encoding", STR("utf-8"));
    json_key(j, "schema");
    json_open(j);
    json_key(j, "fields");
    json_open_list(j);
    for (uint32_t c = 0; c < columns; c++)
        write_field(j, column[c]);
    json_close_list(j);
    json_key(j, "missingValues");
    json_raw(j, STR("[\"\"]"));
    write_primary_key(j, table->key);
    write_foreign_keys(j, column, columns);
    json_close(j);
    json_close(j);
}

/* ---- the package ---- */

/* Names hold lower-case letters, digits, ".", "_" and "-" only. */
static void write_name(struct json_out *j, struct str edition) {
    char name[80] = "supply-chain-expo-";
    size_t len = strlen(name);
    for (size_t i = 0; i < edition.len && len + 1 < sizeof(name); i++) {
        char c = edition.ptr[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        bool is_fine = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        name[len++] = (char)(is_fine ? c : '-');
    }
    name[len] = '\0';
    json_key_text(j, "name", str_of(name));
}

static void write_license(struct json_out *j, const struct api_license *license) {
    if (license == NULL)
        return;
    json_key(j, "licenses");
    json_open_list(j);
    json_open(j);
    json_key_text(j, "name", str_of(license->name));
    json_key_text(j, "title", str_of(license->title));
    json_key_text(j, "path", str_of(license->path));
    json_close(j);
    json_close_list(j);
}

static void write_description(struct json_out *j, struct api_call *call,
                              const struct view_edition *edition) {
    struct str words = arena_printf(
        call->scope.arena,
        "The public part of %.*s: %u exhibitors of a register that is %s, what they offer and "
        "need, "
        "the chains they stand in, programme, exhibits, pavilions and published figures. A node "
        "that nobody in a register which is not complete offers is not missing at the expo. "
        "Offers are declared, inferred or confirmed: see `basis`. No data of persons. In CSV, a "
        "text that begins with = + - or @ has an apostrophe in front, so that no spreadsheet runs "
        "it.%s",
        STR_ARG(edition->name_en), edition->exhibitors,
        edition->register_complete ? "complete" : "not complete",
        call->license != NULL ? ""
                              : " The organiser has not named a licence: facts are free, for more "
                                "ask the organiser.");
    if (words.ptr == NULL)
        api_fail(&call->scope, err_memory(call->scope.info));
    else
        json_key_text(j, "description", words);
}

static void write_people(struct json_out *j, const struct view_edition *edition) {
    json_key(j, "sources");
    json_raw(j, STR("[{\"title\":\"The organiser's register, and publications that the column "
                    "sources of each row names\"}]"));
    json_key(j, "contributors");
    json_open_list(j);
    json_open(j);
    json_key_text(j, "title", edition->name_en);
    if (edition->website.len > 0)
        json_key_text(j, "path", edition->website);
    json_key_text(j, "role", STR("publisher"));
    json_close(j);
    json_raw(j, STR("{\"title\":\"Fairlead\",\"role\":\"wrangler\"}"));
    json_close_list(j);
}

enum err api_draw_package(struct api_call *call, struct errinfo *info) {
    const struct view_edition *edition = view_this_edition(call->scope.view);
    struct json_out json, *j = &json;
    json_init(j, &call->reply->body);
    json_open(j);
    json_key_text(j, "profile", STR("tabular-data-package"));
    write_name(j, edition->code);
    json_key_text(j, "title", edition->name_en);
    if (edition->name_zh.len > 0)
        json_key_text(j, "title_zh", edition->name_zh);
    write_description(j, call, edition);
    json_key_i64(j, "version_of_data", call->scope.view->version);
    json_key(j, "keywords");
    json_raw(j, STR("[\"supply chain\",\"trade fair\",\"exhibitors\"]"));
    write_license(j, call->license);
    write_people(j, edition);
    json_key(j, "resources");
    json_open_list(j);
    for (uint32_t i = 0; i < api_tables_count; i++)
        write_resource(j, &api_tables[i]);
    json_close_list(j);
    json_close(j);
    return ERR_OK;
}
