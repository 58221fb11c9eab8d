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
        (struct api_fault){arena_copy(arena, field), arena_copy(arena, str_of(text))};
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

static void take_text(struct api_call *call, const struct api_member *member,
                      const struct json_value *value, void *at) {
    struct str name = str_of(member->name);
    if (value->kind != JSON_KIND_TEXT)
        api_call_fault(call, name, "is a text");
    else if ((int64_t)value->text.len > member->max)
        api_call_fault(call, name, "is longer than %lld bytes", (long long)member->max);
    else if (member->is_required && str_trim(value->text).len == 0)
        api_call_fault(call, name, "is needed");
    else
        *(struct str *)at = value->text;
}

static void take_code(struct api_call *call, const struct api_member *member,
                      const struct json_value *value, void *at) {
    char list[ERR_TEXT_MAX];
    if (value->kind == JSON_KIND_TEXT && kind_of_code(member->kind, value->text) != 0) {
        *(struct str *)at = value->text;
        return;
    }
    write_codes(member->kind, list);
    api_call_fault(call, str_of(member->name), "is one of %s", list);
}

static void take_integer(struct api_call *call, const struct api_member *member,
                         const struct json_value *value, void *at) {
    if (value->kind == JSON_KIND_INTEGER && value->integer >= member->min &&
        value->integer <= member->max)
        *(int64_t *)at = value->integer;
    else
        api_call_fault(call, str_of(member->name), "is a whole number from %lld to %lld",
                       (long long)member->min, (long long)member->max);
}

static void take_member(struct api_call *call, const struct api_member *member,
                        const struct json_value *value, void *row) {
    void *at = (char *)row + member->offset;
    if (value->kind == JSON_KIND_NULL && member->may_be_null)
        return;
    switch ((enum api_member_type)member->type) {
    case API_BODY_STR:
        take_text(call, member, value, at);
        break;
    case API_BODY_CODE:
        take_code(call, member, value, at);
        break;
    case API_BODY_INTEGER:
        take_integer(call, member, value, at);
        break;
    case API_BODY_BOOLEAN:
        if (value->kind == JSON_KIND_BOOL)
            *(bool *)at = value->boolean;
        else
            api_call_fault(call, str_of(member->name), "is true or false");
        break;
    case API_BODY_JSON:
        *(const struct json_value **)at = value;
    }
}

static const struct api_member *find_member(const struct api_body *body, struct str name) {
    for (uint32_t i = 0; i < body->members; i++)
        if (str_equal_c(name, body->member[i].name))
            return &body->member[i];
    return NULL;
}

static void refuse_member(struct api_call *call, const struct api_body *body, struct str name) {
    const char *known[API_MEMBERS_MAX];
    for (uint32_t i = 0; i < body->members; i++)
        known[i] = body->member[i].name;
    const char *nearest = api_nearest(name, known, body->members);
    if (name.len > NAME_SHOWN_MAX)
        name.len = NAME_SHOWN_MAX;
    if (nearest != NULL)
        api_call_fault(call, name, "is not known here; did you mean \"%s\"?", nearest);
    else
        api_call_fault(call, name, "is not known here");
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
    for (uint32_t i = 0; i < value->count; i++) {
        const struct api_member *member = find_member(body, value->keys[i]);
        if (member != NULL)
            take_member(call, member, &value->items[i], row);
        else
            refuse_member(call, body, value->keys[i]);
    }
    for (uint32_t i = 0; i < body->members; i++) {
        const struct json_value *given = json_get(value, body->member[i].name);
        bool is_missing =
            given == NULL || (given->kind == JSON_KIND_NULL && body->member[i].may_be_null);
        if (body->member[i].is_required && is_missing)
            api_call_fault(call, str_of(body->member[i].name), "is needed");
    }
    return api_call_faults(call, info);
}
