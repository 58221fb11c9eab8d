/* What a parameter names: see lookup.h. */
#include "api/lookup.h"

#include "api/query.h"

enum { CANDIDATES_MAX = 4096 };

static const char *const what[] = {
    [API_NAMES_CHAIN] = "chain",
    [API_NAMES_NODE] = "node",
    [API_NAMES_SCENARIO] = "scenario",
    [API_NAMES_AREA] = "area in this edition",
    [API_NAMES_ORGANISATION] = "organisation",
    [API_NAMES_EXHIBITOR] = "exhibitor",
    [API_NAMES_PAVILION] = "pavilion in this edition",
    [API_NAMES_EXHIBIT] = "exhibit in this edition",
    [API_NAMES_ENTRY] = "programme entry in this edition",
};

/* ---- by code ---- */

/* The code of the i-th record; ptr NULL behind the last. */
static struct str code_at(const struct view *view, enum api_names names, uint32_t i) {
    const struct str none = {NULL, 0};
    switch (names) {
    case API_NAMES_CHAIN:
        return i < view->chains ? view->chain[i].code : none;
    case API_NAMES_NODE:
        return i < view->nodes ? view->node[i].code : none;
    case API_NAMES_SCENARIO:
        return i < view->scenarios ? view->scenario[i].code : none;
    case API_NAMES_AREA:
        return i < view->areas ? view->area[i].code : none;
    case API_NAMES_ENTRY:
        return i < view->programmes ? view->programme[i].code : none;
    default:
        return none;
    }
}

static uint32_t find_code(const struct view *view, enum api_names names, struct str code) {
    uint32_t i = 0;
    if (names == API_NAMES_NODE)
        return str_map_get(&view->node_by_code, code);
    for (struct str at = code_at(view, names, 0); at.ptr != NULL; at = code_at(view, names, ++i))
        if (str_equal(at, code))
            return i;
    return VIEW_NONE;
}

/* Adds the nearest code to the words, when one is near. Texts of a view are terminated. */
static void suggest_code(struct api_call *call, enum api_names names, struct str code,
                         struct errinfo *info) {
    const char **known = arena_new(call->scope.arena, CANDIDATES_MAX, sizeof(*known));
    size_t count = 0;
    for (uint32_t i = 0; known != NULL && count < CANDIDATES_MAX; i++) {
        struct str at = code_at(call->scope.view, names, i);
        if (at.ptr == NULL)
            break;
        known[count++] = at.ptr;
    }
    const char *nearest = api_nearest(code, known, count);
    if (nearest != NULL)
        err_hint(info, "Did you mean \"%s\"?", nearest);
}

/* ---- by number ---- */

static uint32_t find_number(const struct view *view, enum api_names names, int64_t id) {
    uint32_t organisation;
    switch (names) {
    case API_NAMES_ORGANISATION:
        return u64_map_get(&view->organisation_by_id, (uint64_t)id);
    case API_NAMES_EXHIBITOR:
        organisation = u64_map_get(&view->organisation_by_id, (uint64_t)id);
        return organisation != MAP_NONE ? view->organisation[organisation].exhibitor : VIEW_NONE;
    case API_NAMES_PAVILION:
        for (uint32_t i = 0; i < view->pavilions; i++)
            if (view->pavilion[i].id == id)
                return i;
        return VIEW_NONE;
    case API_NAMES_EXHIBIT:
        for (uint32_t i = 0; i < view->exhibits; i++)
            if (view->exhibit[i].id == id)
                return i;
        return VIEW_NONE;
    default:
        return VIEW_NONE;
    }
}

/* An organisation that is known but does not exhibit at this edition. */
static void explain_absence(struct api_call *call, int64_t id, struct errinfo *info) {
    const struct view *view = call->scope.view;
    uint32_t organisation = u64_map_get(&view->organisation_by_id, (uint64_t)id);
    if (organisation == MAP_NONE)
        return;
    err_set(info, ERR_NOT_FOUND, "%.*s does not exhibit at the edition %.*s",
            STR_ARG(view_name_en(&view->organisation[organisation])),
            STR_ARG(view_this_edition(view)->code));
    err_hint(info, "/api/v1/organisations/%lld names the editions it exhibits at", (long long)id);
}

enum err api_lookup(struct api_call *call, const struct api_param *param, uint32_t *index,
                    struct errinfo *info) {
    struct str value = api_call_value(call, param);
    int64_t id = 0;
    *index = VIEW_NONE;
    if (value.ptr == NULL)
        return ERR_OK;
    if (param->type == API_INTEGER)
        *index =
            str_to_i64(value, &id) ? find_number(call->scope.view, param->names, id) : VIEW_NONE;
    else
        *index = find_code(call->scope.view, param->names, value);
    if (*index != VIEW_NONE)
        return ERR_OK;
    bool is_path = param->place == API_IN_PATH;
    err_set(info, is_path ? ERR_NOT_FOUND : ERR_INPUT, "there is no %s \"%.*s\"",
            what[param->names],
            value.len > API_VALUE_BYTES_MAX ? API_VALUE_BYTES_MAX : (int)value.len, value.ptr);
    if (param->type != API_INTEGER)
        suggest_code(call, param->names, value, info);
    else if (param->names == API_NAMES_EXHIBITOR)
        explain_absence(call, id, info);
    return api_call_problem(call, is_path ? API_PROBLEM_NOT_FOUND : API_PROBLEM_INVALID_PARAMETER,
                            param->name, is_path ? ERR_NOT_FOUND : ERR_INPUT);
}
