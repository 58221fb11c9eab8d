/* Bodies of requests: see body.h. */
#include "api/body.h"

#include <stdarg.h>
#include <stdio.h>

#include "api/query.h"

enum { DEPTH_MAX = 12, NAME_SHOWN_MAX = 40 };

void api_call_fault(struct api_call *call, struct str field, const char *format, ...) {
    struct arena *arena = call->scope.arena;
    char text[ERR_TEXT_MAX];
    va_list arguments;
    if (call->fault == NULL)
        call->fault = arena_new(arena, API_FAULTS_MAX, sizeof(*call->fault));
    if (call->fault == NULL || call->faults == API_FAULTS_MAX)
        return;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    call->fault[call->faults++] =
        (struct api_fault){arena_copy(arena, field), arena_copy(arena, str_of(text)), STR("")};
}

void api_call_fault_in_both(struct api_call *call, struct str field, struct str en, struct str zh) {
    uint32_t before = call->faults;
    api_call_fault(call, field, "%.*s", STR_ARG(en));
    if (call->faults > before)
        call->fault[before].message_zh = arena_copy(call->scope.arena, zh);
}

enum err api_call_faults(struct api_call *call, struct errinfo *info) {
    if (call->faults == 0)
        return ERR_OK;
    const struct api_fault *first = &call->fault[0];
    if (first->field.len > 0)
        err_set(info, ERR_INPUT, "\"%.*s\" %.*s", STR_ARG(first->field), STR_ARG(first->message));
    else
        err_set(info, ERR_INPUT, "%.*s", STR_ARG(first->message));
    return api_call_problem(call, API_PROBLEM_INVALID_BODY, NULL, ERR_INPUT);
}

/* ---- members ---- */

static void write_codes(const struct kind *kind, char list[ERR_TEXT_MAX]) {
    list[0] = '\0';
    for (uint32_t k = 1; k < kind->count; k++) {
        size_t used = strlen(list);
        snprintf(list + used, ERR_TEXT_MAX - used, "%s%s", used > 0 ? ", " : "",
                 kind_code(kind, k));
    }
}

/* An object being read: which table, and where it stands in the body ("seeks[2]."). */
struct reading {
    struct api_call *call;
    const struct api_body *body;
    struct str path;
};

static enum err read_object(const struct reading *r, const struct json_value *value, void *row,
                            struct errinfo *info);

static struct str name_of(const struct reading *r, struct str name) {
    if (name.len > NAME_SHOWN_MAX)
        name.len = NAME_SHOWN_MAX;
    return r->path.len == 0
               ? name
               : arena_printf(r->call->scope.arena, "%.*s%.*s", STR_ARG(r->path), STR_ARG(name));
}

static void take_text(const struct reading *r, const struct api_member *member,
                      const struct json_value *value, void *at) {
    struct str name = name_of(r, str_of(member->name));
    if (value->kind != JSON_KIND_TEXT)
        api_call_fault(r->call, name, "is a text");
    else if ((int64_t)value->text.len > member->max)
        api_call_fault(r->call, name, "is longer than %lld bytes", (long long)member->max);
    else if (member->is_required && str_trim(value->text).len == 0)
        api_call_fault(r->call, name, "is needed");
    else
        *(struct str *)at = value->text;
}

static void take_code(const struct reading *r, const struct api_member *member,
                      const struct json_value *value, void *at) {
    char list[ERR_TEXT_MAX];
    if (value->kind == JSON_KIND_TEXT && kind_of_code(member->kind, value->text) != 0) {
        *(struct str *)at = value->text;
        return;
    }
    write_codes(member->kind, list);
    api_call_fault(r->call, name_of(r, str_of(member->name)), "is one of %s", list);
}

static void take_integer(const struct reading *r, const struct api_member *member,
                         const struct json_value *value, void *at) {
    if (value->kind == JSON_KIND_INTEGER && value->integer >= member->min &&
        value->integer <= member->max)
        *(int64_t *)at = value->integer;
    else
        api_call_fault(r->call, name_of(r, str_of(member->name)),
                       "is a whole number from %lld to %lld", (long long)member->min,
                       (long long)member->max);
}

/* Whether it is a list that is not too long. */
static bool take_list(const struct reading *r, const struct api_member *member,
                      const struct json_value *value, const char *what) {
    if (value->kind == JSON_KIND_LIST && (int64_t)value->count <= member->max)
        return true;
    api_call_fault(r->call, name_of(r, str_of(member->name)), "is a list of %lld %s at the most",
                   (long long)member->max, what);
    return false;
}

static enum err take_texts(const struct reading *r, const struct api_member *member,
                           const struct json_value *value, struct api_body_texts *out,
                           struct errinfo *info) {
    if (!take_list(r, member, value, "texts"))
        return ERR_OK;
    struct str *texts = arena_new(r->call->scope.arena, value->count + 1, sizeof(*texts));
    if (texts == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < value->count; i++) {
        const struct json_value *item = &value->items[i];
        struct str name =
            arena_printf(r->call->scope.arena, "%.*s%s[%u]", STR_ARG(r->path), member->name, i);
        if (item->kind != JSON_KIND_TEXT)
            api_call_fault(r->call, name, "is a text");
        else if (item->text.len > member->bytes_max)
            api_call_fault(r->call, name, "is longer than %u bytes", member->bytes_max);
        else
            texts[i] = item->text;
    }
    *out = (struct api_body_texts){texts, value->count};
    return ERR_OK;
}

static enum err take_rows(const struct reading *r, const struct api_member *member,
                          const struct json_value *value, struct api_body_rows *out,
                          struct errinfo *info) {
    if (!take_list(r, member, value, "objects"))
        return ERR_OK;
    char *rows = arena_new(r->call->scope.arena, value->count + 1, member->row_bytes);
    enum err e = rows != NULL ? ERR_OK : err_memory(info);
    for (uint32_t i = 0; i < value->count && e == ERR_OK; i++) {
        struct reading inner = {.call = r->call, .body = member->row};
        struct str name =
            arena_printf(r->call->scope.arena, "%.*s%s[%u]", STR_ARG(r->path), member->name, i);
        inner.path = arena_printf(r->call->scope.arena, "%.*s.", STR_ARG(name));
        if (inner.path.ptr == NULL)
            e = err_memory(info);
        else if (value->items[i].kind != JSON_KIND_OBJECT)
            api_call_fault(r->call, name, "is an object");
        else
            e = read_object(&inner, &value->items[i], rows + (size_t)i * member->row_bytes, info);
    }
    *out = (struct api_body_rows){rows, value->count};
    return e;
}

static enum err take_member(const struct reading *r, const struct api_member *member,
                            const struct json_value *value, void *row, struct errinfo *info) {
    void *at = (char *)row + member->offset;
    if (value->kind == JSON_KIND_NULL && member->may_be_null)
        return ERR_OK;
    switch ((enum api_member_type)member->type) {
    case API_BODY_STR:
        take_text(r, member, value, at);
        break;
    case API_BODY_CODE:
        take_code(r, member, value, at);
        break;
    case API_BODY_INTEGER:
        take_integer(r, member, value, at);
        break;
    case API_BODY_BOOLEAN:
        if (value->kind == JSON_KIND_BOOL)
            *(bool *)at = value->boolean;
        else
            api_call_fault(r->call, name_of(r, str_of(member->name)), "is true or false");
        break;
    case API_BODY_JSON:
        *(const struct json_value **)at = value;
        break;
    case API_BODY_TEXTS:
        return take_texts(r, member, value, at, info);
    case API_BODY_ROWS:
        return take_rows(r, member, value, at, info);
    }
    return ERR_OK;
}

static const struct api_member *find_member(const struct api_body *body, struct str name) {
    for (uint32_t i = 0; i < body->members; i++)
        if (str_equal_c(name, body->member[i].name))
            return &body->member[i];
    return NULL;
}

static void refuse_member(const struct reading *r, struct str name) {
    const char *known[API_MEMBERS_MAX];
    for (uint32_t i = 0; i < r->body->members; i++)
        known[i] = r->body->member[i].name;
    const char *nearest = api_nearest(name, known, r->body->members);
    if (nearest != NULL)
        api_call_fault(r->call, name_of(r, name), "is not known here; did you mean \"%s\"?",
                       nearest);
    else
        api_call_fault(r->call, name_of(r, name), "is not known here");
}

static enum err read_object(const struct reading *r, const struct json_value *value, void *row,
                            struct errinfo *info) {
    enum err e = ERR_OK;
    for (uint32_t i = 0; i < value->count && e == ERR_OK; i++) {
        const struct api_member *member = find_member(r->body, value->keys[i]);
        if (member != NULL)
            e = take_member(r, member, &value->items[i], row, info);
        else
            refuse_member(r, value->keys[i]);
    }
    for (uint32_t i = 0; i < r->body->members; i++) {
        const struct api_member *member = &r->body->member[i];
        const struct json_value *given = json_get(value, member->name);
        bool is_missing = given == NULL || (given->kind == JSON_KIND_NULL && member->may_be_null);
        if (member->is_required && is_missing)
            api_call_fault(r->call, name_of(r, str_of(member->name)), "is needed");
    }
    return e;
}

/* ---- the whole ---- */

enum err api_body_read(struct api_call *call, const struct api_body *body, void *row,
                       struct errinfo *info) {
    const struct json_limits limits = {.depth = DEPTH_MAX};
    const struct json_value *value;
    enum err e = json_read(call->request->body, &limits, call->scope.arena, &value, info);
    if (e == ERR_OK && value->kind != JSON_KIND_OBJECT)
        e = err_set(info, ERR_INPUT, "the body is a JSON object");
    if (e == ERR_MEMORY)
        return e;
    if (e != ERR_OK)
        return api_call_problem(call, API_PROBLEM_INVALID_BODY, NULL, ERR_INPUT);
    const struct reading whole = {.call = call, .body = body};
    e = read_object(&whole, value, row, info);
    return e == ERR_OK ? api_call_faults(call, info) : e;
}
