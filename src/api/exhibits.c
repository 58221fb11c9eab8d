/* Exhibits, those of firms and those of pavilions. */
#include <stdio.h>

#include "api/lookup.h"
#include "api/params.h"
#include "api/resources.h"

static const void *exhibit_exhibitor(struct api_scope *scope, const void *row) {
    return api_exhibitor_at(scope->view, ((const struct view_exhibit *)row)->exhibitor);
}

static const void *exhibit_pavilion(struct api_scope *scope, const void *row) {
    uint32_t pavilion = ((const struct view_exhibit *)row)->pavilion;
    return pavilion != VIEW_NONE ? &scope->view->pavilion[pavilion] : NULL;
}

static const void *exhibit_node(struct api_scope *scope, const void *row) {
    return api_node_at(scope->view, ((const struct view_exhibit *)row)->node);
}

static const struct api_field exhibit_fields[] = {
    API_I64_AS("id", view_exhibit, id, false, "Number of the exhibit"),
    API_TEXT_AT(view_exhibit, name_en, "Name in English"),
    API_TEXT_AT(view_exhibit, name_zh, "Name in Chinese"),
    API_TEXT_AT(view_exhibit, description_en, "What it is, in English"),
    API_TEXT_AT(view_exhibit, description_zh, "What it is, in Chinese"),
    API_ONE("exhibitor", &api_ref_organisation, true, exhibit_exhibitor,
            "Who shows it; null where no firm is named"),
    API_ONE("pavilion", &api_ref_pavilion, true, exhibit_pavilion,
            "Where it is shown, when in a pavilion"),
    API_STR_AS("field", view_exhibit, field, API_KEY, true, "Code of the area it belongs to"),
    API_ONE("node", &api_ref_node, true, exhibit_node, "What it is an example of"),
    API_CODE_AT(view_exhibit, debut, &kind_debut, "Where it claims to be shown for the first time"),
    API_TEXT_AT(view_exhibit, proof, "What that claim rests on: words or an address"),
    API_CODE_AT(view_exhibit, basis, &kind_offer_basis, "Where it is known from"),
    API_SOURCES_AT(view_exhibit, source),
};

const struct api_record api_exhibit = {.name = "Exhibit",
                                       .help = "A thing on show",
                                       .field = exhibit_fields,
                                       .fields = API_COUNT(exhibit_fields)};

struct api_rows api_all_exhibits(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->exhibit, scope->view->exhibits);
}

/* ---- the list ---- */

struct exhibit_filter {
    struct str field;
    uint32_t node, exhibitor, pavilion;
    uint32_t debut;
};

/* A field need not be an area of the edition: what no exhibit has is refused with those there are.
 */
static enum err check_field(struct api_call *call, struct str field, struct errinfo *info) {
    const struct view *view = call->scope.view;
    char known[ERR_TEXT_MAX] = "";
    if (field.ptr == NULL || str_map_get(&view->area_by_code, field) != MAP_NONE)
        return ERR_OK;
    for (uint32_t i = 0; i < view->exhibits; i++) {
        struct str have = view->exhibit[i].field;
        if (str_equal(have, field))
            return ERR_OK;
        size_t used = strlen(known);
        if (have.len > 0 && str_find(str_of(known), have) == SIZE_MAX)
            snprintf(known + used, sizeof(known) - used, "%s%.*s", used > 0 ? ", " : "",
                     STR_ARG(have));
    }
    err_set(info, ERR_INPUT, "no exhibit of this edition has the field \"%.*s\"", STR_ARG(field));
    err_hint(info, "There are %s", known[0] != '\0' ? known : "none");
    return api_call_problem(call, API_PROBLEM_INVALID_PARAMETER, api_param_field.name, ERR_INPUT);
}

static enum err prepare_exhibits(struct api_call *call, struct errinfo *info) {
    struct exhibit_filter *f = arena_new(call->scope.arena, 1, sizeof(*f));
    if (f == NULL)
        return err_memory(info);
    call->filter = f;
    f->field = api_call_value(call, &api_param_field);
    f->debut = kind_of_code(&kind_debut, api_call_value(call, &api_param_debut));
    enum err e = check_field(call, f->field, info);
    if (e == ERR_OK)
        e = api_lookup(call, &api_param_of_node, &f->node, info);
    if (e == ERR_OK)
        e = api_lookup(call, &api_param_of_exhibitor, &f->exhibitor, info);
    return e == ERR_OK ? api_lookup(call, &api_param_in_pavilion, &f->pavilion, info) : e;
}

static bool takes_exhibit(struct api_call *call, const void *row) {
    const struct exhibit_filter *f = call->filter;
    const struct view_exhibit *x = row;
    return (f->field.ptr == NULL || str_equal(x->field, f->field)) &&
           (f->node == VIEW_NONE || x->node == f->node) &&
           (f->exhibitor == VIEW_NONE || x->exhibitor == f->exhibitor) &&
           (f->pavilion == VIEW_NONE || x->pavilion == f->pavilion) &&
           (f->debut == 0 || kind_of_code(&kind_debut, x->debut) == f->debut);
}

static struct api_position place_exhibit(struct api_call *call, const void *row) {
    return (struct api_position){.id = ((const struct view_exhibit *)row)->id};
}

const struct api_list api_list_exhibits = {.rows = api_all_exhibits,
                                           .prepare = prepare_exhibits,
                                           .takes = takes_exhibit,
                                           .position = place_exhibit};

enum err api_find_exhibit(struct api_call *call, const void **row, struct errinfo *info) {
    uint32_t exhibit;
    enum err e = api_lookup(call, &api_path_exhibit, &exhibit, info);
    if (e == ERR_OK)
        *row = &call->scope.view->exhibit[exhibit];
    return e;
}
