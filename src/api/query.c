/* Parameters of a request: see query.h. */
#include "api/query.h"

#include <stdio.h>

#include "api/cursor.h"
#include "model/identifier.h"

enum { NEAREST_LETTERS_MAX = 40, CANDIDATES_MAX = API_FIELDS_MAX };

/* ---- the nearest word ---- */

static size_t least(size_t a, size_t b, size_t c) {
    size_t ab = a < b ? a : b;
    return ab < c ? ab : c;
}

static size_t distance(struct str a, struct str b) {
    size_t row[3][NEAREST_LETTERS_MAX + 1]; /* of the last but one, the last and this letter of a */
    size_t *before = row[0], *last = row[1], *now = row[2];
    for (size_t j = 0; j <= b.len; j++)
        last[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        now[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t change = a.ptr[i - 1] != b.ptr[j - 1];
            now[j] = least(last[j] + 1, now[j - 1] + 1, last[j - 1] + change);
            if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] && a.ptr[i - 2] == b.ptr[j - 1] &&
                before[j - 2] + 1 < now[j])
                now[j] = before[j - 2] + 1;
        }
        size_t *free = before;
        before = last;
        last = now;
        now = free;
    }
    return last[b.len];
}

const char *api_nearest(struct str written, const char *const *candidates, size_t count) {
    const char *nearest = NULL;
    size_t best = 0;
    if (written.len > NEAREST_LETTERS_MAX)
        return NULL;
    for (size_t i = 0; i < count; i++) {
        struct str candidate = str_of(candidates[i]);
        if (candidate.len > NEAREST_LETTERS_MAX)
            continue;
        size_t far = distance(written, candidate);
        size_t longer = candidate.len > written.len ? candidate.len : written.len;
        if (far * 3 <= longer && (nearest == NULL || far < best)) {
            nearest = candidates[i];
            best = far;
        }
    }
    return nearest;
}

/* ---- parameters ---- */

static uint32_t position_of(const struct api_route *route, const struct api_param *param) {
    for (uint32_t i = 0; route->param[i] != NULL; i++)
        if (route->param[i] == param)
            return i;
    return API_PARAMS_MAX;
}

struct str api_call_value(const struct api_call *call, const struct api_param *param) {
    uint32_t i = position_of(call->route, param);
    return i < API_PARAMS_MAX ? call->value[i] : (struct str){NULL, 0};
}

int64_t api_call_integer(const struct api_call *call, const struct api_param *param) {
    uint32_t i = position_of(call->route, param);
    return i < API_PARAMS_MAX && call->value[i].ptr != NULL ? call->integer[i] : 0;
}

enum err api_call_problem(struct api_call *call, enum api_problem_kind problem,
                          const char *parameter, enum err code) {
    call->problem = problem;
    call->problem_param = parameter;
    return code;
}

static enum err unknown_parameter(struct api_call *call, struct str name, struct errinfo *info) {
    const char *known[API_PARAMS_MAX];
    char list[ERR_TEXT_MAX] = "";
    size_t count = 0;
    for (uint32_t i = 0; call->route->param[i] != NULL; i++)
        if (call->route->param[i]->place == API_IN_QUERY)
            known[count++] = call->route->param[i]->name;
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof(list) - used, "%s%s", used > 0 ? ", " : "", known[i]);
    }
    const char *nearest = api_nearest(name, known, count);
    err_set(info, ERR_INPUT, "this address takes no parameter \"%.*s\"",
            name.len > NEAREST_LETTERS_MAX ? NEAREST_LETTERS_MAX : (int)name.len, name.ptr);
    if (nearest != NULL)
        err_hint(info, "Did you mean \"%s\"?", nearest);
    else if (count > 0)
        err_hint(info, "It takes %s", list);
    else
        err_hint(info, "It takes none");
    struct str copy = arena_copy(call->scope.arena, name);
    return api_call_problem(call, API_PROBLEM_UNKNOWN_PARAMETER, copy.ptr != NULL ? copy.ptr : NULL,
                            ERR_INPUT);
}

static enum err invalid(struct api_call *call, const struct api_param *param) {
    return api_call_problem(call, API_PROBLEM_INVALID_PARAMETER, param->name, ERR_INPUT);
}

static enum err check_integer(struct api_call *call, uint32_t i, struct errinfo *info) {
    const struct api_param *param = call->route->param[i];
    struct str value = call->value[i];
    if (str_to_i64(value, &call->integer[i]) && call->integer[i] >= param->min &&
        call->integer[i] <= param->max)
        return ERR_OK;
    if (param->max < INT64_MAX)
        err_set(info, ERR_INPUT, "\"%s\" is a whole number from %lld to %lld", param->name,
                (long long)param->min, (long long)param->max);
    else
        err_set(info, ERR_INPUT, "\"%s\" is a whole number from %lld on", param->name,
                (long long)param->min);
    return invalid(call, param);
}

static enum err check_code(struct api_call *call, uint32_t i, struct errinfo *info) {
    const struct api_param *param = call->route->param[i];
    char list[ERR_TEXT_MAX] = "";
    if (kind_of_code(param->kind, call->value[i]) != 0)
        return ERR_OK;
    for (uint32_t k = 1; k < param->kind->count; k++) {
        size_t used = strlen(list);
        snprintf(list + used, sizeof(list) - used, "%s%s", used > 0 ? ", " : "",
                 kind_code(param->kind, k));
    }
    err_set(info, ERR_INPUT, "\"%s\" is one of %s", param->name, list);
    return invalid(call, param);
}

static enum err check_day(struct api_call *call, uint32_t i, struct errinfo *info) {
    char day[DATE_CHARS + 1];
    if (identifier_date(call->value[i], day, NULL) == ERR_OK && str_equal_c(call->value[i], day))
        return ERR_OK;
    err_set(info, ERR_INPUT, "\"%s\" is a day such as 2024-11-26", call->route->param[i]->name);
    return invalid(call, call->route->param[i]);
}

static enum err check_value(struct api_call *call, uint32_t i, struct errinfo *info) {
    const struct api_param *param = call->route->param[i];
    size_t max = param->bytes_max > 0 ? param->bytes_max : API_VALUE_BYTES_MAX;
    if (call->value[i].len > max) {
        err_set(info, ERR_LIMIT, "\"%s\" is longer than %zu bytes", param->name, max);
        return invalid(call, param);
    }
    if (param->type == API_INTEGER)
        return check_integer(call, i, info);
    if (param->type == API_DATE)
        return check_day(call, i, info);
    return param->type == API_CODE ? check_code(call, i, info) : ERR_OK;
}

static enum err take_parameter(struct api_call *call, const struct http_param *given,
                               struct errinfo *info) {
    const struct api_route *route = call->route;
    for (uint32_t i = 0; route->param[i] != NULL; i++) {
        if (route->param[i]->place != API_IN_QUERY ||
            !str_equal_c(given->name, route->param[i]->name))
            continue;
        if (call->value[i].ptr != NULL) {
            err_set(info, ERR_INPUT, "\"%s\" is given twice", route->param[i]->name);
            return invalid(call, route->param[i]);
        }
        if (given->value.len == 0)
            return ERR_OK;
        call->value[i] = given->value;
        return check_value(call, i, info);
    }
    return unknown_parameter(call, given->name, info);
}

static enum err take_path(struct api_call *call, struct errinfo *info) {
    uint32_t taken = 0;
    for (uint32_t i = 0; call->route->param[i] != NULL; i++) {
        if (call->route->param[i]->place != API_IN_PATH)
            continue;
        call->value[i] = call->request->params[taken++];
        enum err e = check_value(call, i, info);
        /* Whatever stands in a path and names nothing is an address that is not there. */
        if (e != ERR_OK)
            return api_call_problem(call, API_PROBLEM_NOT_FOUND, call->route->param[i]->name,
                                    ERR_NOT_FOUND);
    }
    return ERR_OK;
}

static enum err check_required(struct api_call *call, struct errinfo *info) {
    for (uint32_t i = 0; call->route->param[i] != NULL; i++) {
        const struct api_param *param = call->route->param[i];
        if (!param->is_required || call->value[i].ptr != NULL)
            continue;
        err_set(info, ERR_INPUT, "\"%s\" is needed", param->name);
        err_hint(info, "%s, for example %s=%s", param->help, param->name, param->example);
        return invalid(call, param);
    }
    return ERR_OK;
}

/* ---- fields ---- */

static enum err choose_fields(struct api_call *call, struct str list, struct errinfo *info) {
    const struct api_record *record = call->route->record;
    struct str name;
    call->chosen = 0;
    while (str_next(&list, ",", &name)) {
        name = str_trim(name);
        uint32_t i = api_record_find(record, name);
        if (i < API_FIELDS_MAX) {
            call->chosen |= UINT64_C(1) << i;
            continue;
        }
        const char *known[CANDIDATES_MAX];
        uint32_t count = api_record_fields(record);
        for (uint32_t k = 0; k < count; k++)
            known[k] = api_record_field(record, k)->name;
        const char *nearest = api_nearest(name, known, count);
        err_set(info, ERR_INPUT, "there is no field \"%.*s\"",
                name.len > NEAREST_LETTERS_MAX ? NEAREST_LETTERS_MAX : (int)name.len, name.ptr);
        if (nearest != NULL)
            err_hint(info, "Did you mean \"%s\"?", nearest);
        else
            err_hint(info, "/api/openapi.json lists the fields of %s", record->name);
        return invalid(call, &api_param_fields);
    }
    return ERR_OK;
}

/* ---- cursors ---- */

uint64_t api_query_filters(const struct api_call *call) {
    static const struct api_param *const others[] = {&api_param_edition, &api_param_fields,
                                                     &api_param_limit, &api_param_cursor};
    uint64_t hash = 0;
    for (uint32_t i = 0; call->route->param[i] != NULL; i++) {
        bool counts = call->value[i].ptr != NULL;
        for (size_t k = 0; k < API_COUNT(others); k++)
            counts = counts && call->route->param[i] != others[k];
        if (counts)
            hash = hash * 31 +
                   (str_hash(call->value[i]) ^ str_hash(str_of(call->route->param[i]->name)));
    }
    return hash;
}

static enum err take_cursor(struct api_call *call, struct str text, struct errinfo *info) {
    struct api_cursor cursor;
    struct str edition = api_call_value(call, &api_param_edition);
    enum err e = api_cursor_read(text, call->scope.arena, &cursor, info);
    if (e == ERR_MEMORY)
        return e;
    if (e == ERR_OK && !str_equal_c(cursor.list, call->route->id))
        e = err_set(info, ERR_INPUT, "this cursor belongs to another list, %.*s",
                    STR_ARG(cursor.list));
    else if (e == ERR_OK && edition.ptr != NULL && !str_equal(edition, cursor.edition))
        e = err_set(info, ERR_INPUT, "this cursor belongs to the edition %.*s",
                    STR_ARG(cursor.edition));
    else if (e == ERR_OK && cursor.filters != api_query_filters(call))
        e = err_set(info, ERR_INPUT, "this cursor was made with other filters");
    if (e != ERR_OK) {
        err_hint(info, "Send it with the parameters of the reply it came in, or begin again "
                       "without it");
        return api_call_problem(call, API_PROBLEM_INVALID_CURSOR, api_param_cursor.name, e);
    }
    call->has_cursor = true;
    call->after = cursor.after;
    call->cursor_edition = cursor.edition;
    return ERR_OK;
}

enum err api_query_read(struct api_call *call, struct errinfo *info) {
    const struct http_request *request = call->request;
    call->chosen = API_ALL_FIELDS;
    uint32_t limit = position_of(call->route, &api_param_limit);
    /* A list that is not cut into pages, such as that of addresses, is given as a whole. */
    call->limit = limit < API_PARAMS_MAX ? API_LIMIT_DEFAULT : API_LIMIT_MAX;
    enum err e = take_path(call, info);
    for (size_t i = 0; i < request->query_count && e == ERR_OK; i++)
        e = take_parameter(call, &request->query[i], info);
    if (e == ERR_OK)
        e = check_required(call, info);
    if (e != ERR_OK)
        return e;
    struct str fields = api_call_value(call, &api_param_fields);
    struct str cursor = api_call_value(call, &api_param_cursor);
    if (limit < API_PARAMS_MAX && call->value[limit].ptr != NULL)
        call->limit = (size_t)call->integer[limit];
    if (fields.ptr != NULL)
        e = choose_fields(call, fields, info);
    if (e == ERR_OK && cursor.ptr != NULL)
        e = take_cursor(call, cursor, info);
    return e;
}
