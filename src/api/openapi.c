/* The OpenAPI document: see openapi.h. */
#include "api/openapi.h"

#include <stdio.h>

#include "api/problem.h"

#define API_VERSION "1.0.0"

enum { MEDIA_TYPE_MAX = 128 };

static const char description[] =
    "The public part of every edition of the expo: exhibitors and what they offer and need, the "
    "chains they stand in, what is missing, programme, exhibits, pavilions and published figures. "
    "Everything without a security requirement shows what the pages show, and no person; the rest "
    "is "
    "the organiser's desk. Texts are given in English and Chinese as two "
    "fields; null where one is not known. Ids and codes are those of the page addresses. Every "
    "record is of one edition: the current one unless `edition` names another.";

/* ---- records ---- */

static uint32_t add_record(const struct api_record *record,
                           const struct api_record *out[API_RECORDS_MAX], uint32_t count) {
    uint32_t fields = api_record_fields(record);
    for (uint32_t i = 0; i < count; i++)
        if (out[i] == record)
            return count;
    for (uint32_t i = 0; i < fields; i++) {
        const struct api_field *field = api_record_field(record, i);
        if (field->of != NULL)
            count = add_record(field->of, out, count);
    }
    if (count < API_RECORDS_MAX)
        out[count++] = record;
    return count;
}

uint32_t api_all_records(const struct api_record *out[API_RECORDS_MAX]) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < api_routes_count; i++) {
        const struct api_route *route = &api_routes[i];
        if (route->record != NULL)
            count = add_record(route->record, out, count);
        if (route->list != NULL && route->list->extra != NULL)
            count = add_record(route->list->extra, out, count);
    }
    return count;
}

static bool takes(const struct api_route *route, const struct api_param *param) {
    for (uint32_t i = 0; route->param[i] != NULL; i++)
        if (route->param[i] == param)
            return true;
    return false;
}

bool api_record_is_chosen_from(const struct api_record *record) {
    for (uint32_t i = 0; i < api_routes_count; i++)
        if (api_routes[i].record == record && takes(&api_routes[i], &api_param_fields))
            return true;
    return false;
}

/* ---- small parts ---- */

static void write_words(struct json_out *j, const char *key, const char *words) {
    if (words != NULL && words[0] != '\0')
        json_key_text(j, key, str_of(words));
}

static void write_ref(struct json_out *j, const char *kind, const char *name, const char *ending) {
    char path[128];
    snprintf(path, sizeof(path), "#/components/%s/%s%s", kind, name, ending);
    json_key_text(j, "$ref", str_of(path));
}

static void write_codes(struct json_out *j, const struct kind *kind, bool nullable) {
    json_key(j, "enum");
    json_open_list(j);
    for (uint32_t i = 1; i < kind->count; i++)
        json_text(j, str_of(kind_code(kind, i)));
    if (nullable)
        json_none(j);
    json_close_list(j);
}

static void write_key_ref(struct json_out *j, const char *key, const char *kind, const char *name) {
    json_key(j, key);
    json_open(j);
    write_ref(j, kind, name, "");
    json_close(j);
}

/* ---- fields ---- */

static void write_record_field(struct json_out *j, const struct api_field *field) {
    if (!field->nullable) {
        write_ref(j, "schemas", field->of->name, "");
        return;
    }
    json_key(j, "anyOf");
    json_open_list(j);
    json_open(j);
    write_ref(j, "schemas", field->of->name, "");
    json_close(j);
    json_open(j);
    api_write_type(j, "null", false);
    json_close(j);
    json_close_list(j);
}

static void write_items(struct json_out *j, const struct api_field *field) {
    api_write_type(j, "array", false);
    json_key(j, "items");
    json_open(j);
    if (field->type == API_TEXTS)
        api_write_type(j, "string", false);
    else
        write_ref(j, "schemas", field->of->name, "");
    json_close(j);
}

static void write_field(struct json_out *j, const struct api_field *field) {
    json_open(j);
    switch ((enum api_type)field->type) {
    case API_RECORD:
        write_record_field(j, field);
        break;
    case API_TEXTS:
    case API_RECORDS:
        write_items(j, field);
        break;
    case API_INTEGER:
        api_write_type(j, "integer", field->nullable);
        json_key_i64(j, "minimum", 0);
        break;
    case API_NUMBER:
        api_write_type(j, "number", field->nullable);
        break;
    case API_BOOLEAN:
        api_write_type(j, "boolean", field->nullable);
        break;
    case API_CODE:
        api_write_type(j, "string", field->nullable);
        write_codes(j, field->kind, field->nullable);
        json_key_text(j, "x-vocabulary", str_of(field->kind->name));
        break;
    default:
        api_write_type(j, "string", field->nullable);
        if (field->type == API_DATE)
            json_key_text(j, "format", STR("date"));
        if (field->type == API_TIME)
            json_key_text(j, "pattern", STR("^([01][0-9]|2[0-3]):[0-5][0-9]$"));
    }
    write_words(j, "description", field->help);
    json_close(j);
}

/* ---- schemas ---- */

static void write_record(struct json_out *j, const struct api_record *record) {
    uint32_t count = api_record_fields(record);
    json_key(j, record->name);
    json_open(j);
    api_write_type(j, "object", false);
    write_words(j, "description", record->help);
    json_key(j, "properties");
    json_open(j);
    for (uint32_t i = 0; i < count; i++) {
        json_key(j, api_record_field(record, i)->name);
        write_field(j, api_record_field(record, i));
    }
    json_close(j);
    json_key(j, "required");
    json_open_list(j);
    for (uint32_t i = 0; i < count; i++)
        json_text(j, str_of(api_record_field(record, i)->name));
    json_close_list(j);
    json_close(j);
}

/* The record with some of its fields: each is described where the whole record describes it. */
static void write_chosen(struct json_out *j, const struct api_record *record) {
    char name[96];
    snprintf(name, sizeof(name), "%sChosen", record->name);
    json_key(j, name);
    json_open(j);
    api_write_type(j, "object", false);
    snprintf(name, sizeof(name), "%s with the fields that `fields` names", record->name);
    json_key_text(j, "description", str_of(name));
    json_key(j, "properties");
    json_open(j);
    for (uint32_t i = 0; i < api_record_fields(record); i++) {
        const char *field = api_record_field(record, i)->name;
        char path[128];
        json_key(j, field);
        json_open(j);
        snprintf(path, sizeof(path), "%s/properties/%s", record->name, field);
        write_ref(j, "schemas", path, "");
        json_close(j);
    }
    json_close(j);
    json_close(j);
}

static void write_problem_schema(struct json_out *j) {
    static const struct {
        const char *name, *type, *format, *help;
    } members[] = {
        {"type", "string", "uri-reference", "Address of a page that explains this kind of problem"},
        {"title", "string", NULL, "The kind of problem in a few words"},
        {"status", "integer", NULL, "The HTTP status"},
        {"detail", "string", NULL, "What is wrong in this request and what to do"},
        {"parameter", "string", NULL, "The parameter that is wrong"},
        {"errors", "array", NULL,
         "What is wrong with the body: field and message of each, and some in Chinese as "
         "message_zh"},
        {"conflicts", "array", NULL,
         "Fields that somebody else changed meanwhile: what each was, is, and was to be"},
    };
    json_key(j, "Problem");
    json_open(j);
    api_write_type(j, "object", false);
    json_key_text(j, "description", STR("What went wrong, as RFC 9457 problem details"));
    json_key(j, "properties");
    json_open(j);
    for (size_t i = 0; i < API_COUNT(members); i++) {
        json_key(j, members[i].name);
        json_open(j);
        api_write_type(j, members[i].type, false);
        write_words(j, "format", members[i].format);
        write_words(j, "description", members[i].help);
        json_close(j);
    }
    json_close(j);
    json_key(j, "required");
    json_raw(j, STR("[\"type\",\"title\",\"status\"]"));
    json_close(j);
}

/* ---- bodies ---- */

static void write_body(struct json_out *j, const struct api_route *route) {
    struct str types = str_of(route->body_type != NULL ? route->body_type : "application/json");
    struct str type;
    char name[MEDIA_TYPE_MAX];
    if (route->body == NULL && route->body_type == NULL)
        return;
    json_key(j, "requestBody");
    json_open(j);
    json_key(j, "required");
    json_bool(j, true);
    json_key(j, "content");
    json_open(j);
    while (str_next(&types, " ", &type)) {
        snprintf(name, sizeof(name), "%.*s", STR_ARG(type));
        json_key(j, name);
        json_open(j);
        if (route->body != NULL)
            write_key_ref(j, "schema", "schemas", route->body->name);
        json_close(j);
    }
    json_close(j);
    json_close(j);
}

/* ---- parameters ---- */

static void write_field_names(struct json_out *j, const struct api_record *record) {
    api_write_type(j, "array", false);
    json_key(j, "items");
    json_open(j);
    api_write_type(j, "string", false);
    json_key(j, "enum");
    json_open_list(j);
    for (uint32_t i = 0; i < api_record_fields(record); i++)
        json_text(j, str_of(api_record_field(record, i)->name));
    json_close_list(j);
    json_close(j);
}

static void write_param_schema(struct json_out *j, const struct api_param *param) {
    if (param->type == API_INTEGER) {
        api_write_type(j, "integer", false);
        json_key_i64(j, "minimum", param->min);
        if (param->max < INT64_MAX)
            json_key_i64(j, "maximum", param->max);
        if (param == &api_param_limit)
            json_key_i64(j, "default", API_LIMIT_DEFAULT);
        return;
    }
    api_write_type(j, "string", false);
    if (param->type == API_CODE)
        write_codes(j, param->kind, false);
    else if (param->type == API_DATE)
        json_key_text(j, "format", STR("date"));
    else
        json_key_i64(j, "maxLength", param->bytes_max > 0 ? param->bytes_max : API_VALUE_BYTES_MAX);
}

static void write_param(struct json_out *j, const struct api_route *route,
                        const struct api_param *param) {
    int64_t number;
    json_open(j);
    json_key_text(j, "name", str_of(param->name));
    json_key_text(j, "in", str_of(param->place == API_IN_PATH ? "path" : "query"));
    write_words(j, "description", param->help);
    if (param->place == API_IN_PATH || param->is_required) {
        json_key(j, "required");
        json_bool(j, true);
    }
    json_key(j, "schema");
    json_open(j);
    if (param == &api_param_fields)
        write_field_names(j, route->record);
    else
        write_param_schema(j, param);
    json_close(j);
    if (param == &api_param_fields) {
        json_key_text(j, "style", STR("form"));
        json_key(j, "explode");
        json_bool(j, false);
    }
    if (param->example != NULL) {
        json_key(j, "example");
        if (param->type == API_INTEGER && str_to_i64(str_of(param->example), &number))
            json_i64(j, number);
        else
            json_text(j, str_of(param->example));
    }
    json_close(j);
}

/* ---- replies ---- */

static void write_record_schema(struct json_out *j, const struct api_route *route) {
    if (!takes(route, &api_param_fields)) {
        write_ref(j, "schemas", route->record->name, "");
        return;
    }
    json_key(j, "anyOf");
    json_open_list(j);
    json_open(j);
    write_ref(j, "schemas", route->record->name, "");
    json_close(j);
    json_open(j);
    write_ref(j, "schemas", route->record->name, "Chosen");
    json_close(j);
    json_close_list(j);
}

static void write_list_schema(struct json_out *j, const struct api_route *route) {
    const struct api_record *extra = route->list->extra;
    uint32_t extras = api_record_fields(extra);
    api_write_type(j, "object", false);
    json_key(j, "properties");
    json_open(j);
    json_key(j, "items");
    json_open(j);
    api_write_type(j, "array", false);
    json_key(j, "items");
    json_open(j);
    write_record_schema(j, route);
    json_close(j);
    json_close(j);
    json_key(j, "next");
    json_open(j);
    api_write_type(j, "string", true);
    json_key_text(j, "description",
                  STR("The cursor of the next page; null when this is the last one"));
    json_close(j);
    json_key(j, "total");
    json_open(j);
    api_write_type(j, "integer", false);
    json_key_i64(j, "minimum", 0);
    json_key_text(j, "description", STR("How many items all pages have together"));
    json_close(j);
    for (uint32_t i = 0; i < extras; i++) {
        json_key(j, api_record_field(extra, i)->name);
        write_field(j, api_record_field(extra, i));
    }
    json_close(j);
    json_key(j, "required");
    json_open_list(j);
    json_text(j, STR("items"));
    json_text(j, STR("next"));
    json_text(j, STR("total"));
    for (uint32_t i = 0; i < extras; i++)
        json_text(j, str_of(api_record_field(extra, i)->name));
    json_close_list(j);
}

static void write_reply_schema(struct json_out *j, const struct api_route *route) {
    if (route->schema != NULL) {
        json_raw(j, str_of(route->schema));
        return;
    }
    json_open(j);
    if (route->form != NULL)
        write_ref(j, "schemas", route->form->name, "");
    else if (route->list != NULL)
        write_list_schema(j, route);
    else
        write_record_schema(j, route);
    json_close(j);
}

static void write_content(struct json_out *j, const struct api_route *route) {
    struct str types =
        str_of(route->content_type != NULL ? route->content_type : "application/json");
    struct str type;
    char name[MEDIA_TYPE_MAX];
    json_key(j, "content");
    json_open(j);
    while (str_next(&types, " ", &type)) {
        snprintf(name, sizeof(name), "%.*s", STR_ARG(type));
        json_key(j, name);
        json_open(j);
        json_key(j, "schema");
        if (str_starts(type, STR("text/")))
            json_raw(j, STR("{\"type\":\"string\"}"));
        else
            write_reply_schema(j, route);
        json_close(j);
    }
    json_close(j);
}

static void write_success(struct json_out *j, const struct api_route *route) {
    char status[16];
    bool is_public = api_route_is_kept(route);
    snprintf(status, sizeof(status), "%u", api_route_status(route));
    json_key(j, status);
    json_open(j);
    json_key_text(j, "description", str_of(route->summary_en));
    if (route->is_redirect || is_public) {
        json_key(j, "headers");
        json_open(j);
        write_key_ref(j, route->is_redirect ? "Location" : "ETag", "headers",
                      route->is_redirect ? "Location" : "ETag");
        if (route->list != NULL)
            write_key_ref(j, "Link", "headers", "Link");
        json_close(j);
    }
    if (!route->is_redirect && api_route_status(route) != 204)
        write_content(j, route);
    json_close(j);
}

static void write_response_refs(struct json_out *j, const struct api_route *route) {
    static const struct {
        const char *status, *name;
        bool of_public, of_desk, of_bodies;
    } replies[] = {
        {"304", "NotModified", true, false, false},  {"400", "BadRequest", true, true, false},
        {"401", "SignIn", false, true, false},       {"403", "Denied", false, true, false},
        {"404", "NotFound", true, true, false},      {"409", "Conflict", false, true, true},
        {"413", "TooLarge", false, true, true},      {"415", "MediaType", false, true, true},
        {"422", "InvalidBody", false, true, true},   {"429", "TooMany", true, true, false},
        {"500", "InternalError", true, true, false}, {"503", "Unavailable", false, true, true},
        {"507", "Disk", false, true, true}};
    bool is_public = api_route_is_kept(route);
    bool has_body = route->body != NULL || route->body_type != NULL;
    for (size_t i = 0; i < API_COUNT(replies); i++) {
        if ((is_public ? !replies[i].of_public : !replies[i].of_desk) &&
            !(has_body && replies[i].of_bodies))
            continue;
        json_key(j, replies[i].status);
        json_open(j);
        write_ref(j, "responses", replies[i].name, "");
        json_close(j);
    }
}

/* ---- paths ---- */

static void write_security(struct json_out *j, const struct api_route *route) {
    json_key(j, "security");
    json_raw(j,
             route->right == RIGHT_PUBLIC ? STR("[]") : STR("[{\"session\":[]},{\"token\":[]}]"));
}

static void write_route(struct json_out *j, const struct api_route *route) {
    static const char *const methods[] = {
        [HTTP_GET] = "get",     [HTTP_POST] = "post",     [HTTP_PUT] = "put",
        [HTTP_PATCH] = "patch", [HTTP_DELETE] = "delete", [HTTP_HEAD] = "head"};
    json_key(j, methods[route->method]);
    json_open(j);
    json_key_text(j, "operationId", str_of(route->id));
    json_key_text(j, "summary", str_of(route->summary_en));
    if (route->right != RIGHT_PUBLIC)
        json_key_text(j, "x-right", str_of(access_right_code(route->right)));
    write_security(j, route);
    json_key(j, "parameters");
    json_open_list(j);
    for (uint32_t i = 0; route->param[i] != NULL; i++)
        write_param(j, route, route->param[i]);
    json_close_list(j);
    write_body(j, route);
    json_key(j, "responses");
    json_open(j);
    write_success(j, route);
    write_response_refs(j, route);
    json_close(j);
    json_close(j);
}

/* All operations of a path, at the first of its routes. */
static void write_path(struct json_out *j, uint32_t first) {
    for (uint32_t i = 0; i < first; i++)
        if (strcmp(api_routes[i].path, api_routes[first].path) == 0)
            return;
    json_key(j, api_routes[first].path);
    json_open(j);
    for (uint32_t i = first; i < api_routes_count; i++)
        if (strcmp(api_routes[i].path, api_routes[first].path) == 0)
            write_route(j, &api_routes[i]);
    json_close(j);
}

/* ---- components ---- */

static void write_schemas(struct json_out *j) {
    const struct api_record *records[API_RECORDS_MAX];
    uint32_t count = api_all_records(records);
    json_key(j, "schemas");
    json_open(j);
    for (uint32_t i = 0; i < count; i++) {
        write_record(j, records[i]);
        if (api_record_is_chosen_from(records[i]))
            write_chosen(j, records[i]);
    }
    api_forms_write(j);
    api_bodies_write(j);
    write_problem_schema(j);
    json_close(j);
}

static void write_headers(struct json_out *j) {
    json_key(j, "headers");
    json_raw(j, STR("{\"ETag\":{\"description\":\"Tag of the reply; send it back as If-None-Match "
                    "to be told 304 when nothing changed\",\"schema\":{\"type\":\"string\"}},"
                    "\"Link\":{\"description\":\"Address of the next page, rel=next (RFC 8288), "
                    "unless it is the last one\",\"schema\":{\"type\":\"string\"}},"
                    "\"Location\":{\"description\":\"The address to go to\","
                    "\"schema\":{\"type\":\"string\"}}}"));
}

static void write_responses(struct json_out *j) {
    static const struct {
        const char *name, *help;
    } replies[] = {{"BadRequest", "A parameter is wrong"},
                   {"SignIn", "Nobody has signed in"},
                   {"Denied", "The roles of who asks do not allow it"},
                   {"Conflict", "It was changed by somebody else, or is in use"},
                   {"TooLarge", "The body is too large"},
                   {"MediaType", "The body is of a type that is not taken here"},
                   {"InvalidBody", "The body has members that are wrong; errors names them"},
                   {"NotFound", "There is nothing of that name in this edition"},
                   {"TooMany",
                    "Too many requests of this client; Retry-After says how many seconds "
                    "to wait"},
                   {"InternalError", "The server failed"},
                   {"Unavailable", "Not now, and nothing was changed; try again"},
                   {"Disk", "The disk of the server is full or fails; nothing was saved"}};
    json_key(j, "responses");
    json_open(j);
    json_key(j, "NotModified");
    json_raw(j, STR("{\"description\":\"What If-None-Match names is still so\"}"));
    for (size_t i = 0; i < API_COUNT(replies); i++) {
        json_key(j, replies[i].name);
        json_open(j);
        json_key_text(j, "description", str_of(replies[i].help));
        json_key(j, "content");
        json_raw(j, STR("{\"application/problem+json\":{\"schema\":{\"$ref\":"
                        "\"#/components/schemas/Problem\"}}}"));
        json_close(j);
    }
    json_close(j);
}

static void write_info(struct json_out *j) {
    json_key(j, "info");
    json_open(j);
    json_key_text(j, "title", STR("Fairlead, the open API of a supply chain expo"));
    json_key_text(j, "version", STR(API_VERSION));
    json_key_text(j, "description", str_of(description));
    json_key(j, "license");
    json_raw(j, STR("{\"name\":\"Apache License 2.0\",\"identifier\":\"Apache-2.0\"}"));
    json_close(j);
}

void api_openapi_write(struct buf *out) {
    struct json_out json, *j = &json;
    json_init(j, out);
    json_open(j);
    json_key_text(j, "openapi", STR("3.1.0"));
    write_info(j);
    json_key(j, "servers");
    json_raw(j, STR("[{\"url\":\"/\"}]"));
    json_key(j, "paths");
    json_open(j);
    for (uint32_t i = 0; i < api_routes_count; i++)
        write_path(j, i);
    json_close(j);
    json_key(j, "components");
    json_open(j);
    write_schemas(j);
    write_headers(j);
    write_responses(j);
    json_key(j, "securitySchemes");
    json_raw(j,
             STR("{\"session\":{\"type\":\"apiKey\",\"in\":\"cookie\",\"name\":"
                 "\"fairlead_session\",\"description\":\"As POST /api/v1/session sets it; writes "
                 "also carry the session's csrf as X-CSRF-Token\"},\"token\":{\"type\":\"http\","
                 "\"scheme\":\"bearer\"}}"));
    json_close(j);
    json_close(j);
}

enum err api_draw_openapi(struct api_call *call, struct errinfo *info) {
    api_openapi_write(&call->reply->body);
    return ERR_OK;
}
