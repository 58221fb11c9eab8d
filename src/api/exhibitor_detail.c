/* One exhibitor with all that is known of it: see exhibitors.c for what the directory shows. */
#include "api/codes.h"
#include "api/params.h"
#include "api/resources.h"

/* ---- needs ---- */

static const struct api_field need_fields[] = {
    API_ONE_AT(api_claim, node, &api_ref_node, false, "What is needed"),
    API_CODE_AT(api_claim, basis, &kind_basis,
                "How sure that is; a need that follows from an offer is inferred"),
    API_BOOL_AT(api_claim, open, "Whether nobody in the register meets it"),
    API_MANY("places", &api_place_record, api_claim_places, "Where the node stands in the chains"),
};

const struct api_record api_need = {.name = "Need",
                                    .help = "A node that an exhibitor needs",
                                    .field = need_fields,
                                    .fields = API_COUNT(need_fields)};

static struct api_rows exhibitor_needs(struct api_scope *scope, const void *row) {
    return api_claims_of(scope, &scope->view->report->needs_by_exhibitor, row);
}

/* ---- the record ---- */

static const struct api_field detail_fields[] = {
    API_MANY("needs", &api_need, exhibitor_needs,
             "The nodes it needs: said, or following from what it offers"),
};

const struct api_record api_exhibitor_detail = {.name = "ExhibitorDetail",
                                                .help = "An exhibitor with all that is known of it",
                                                .base = &api_exhibitor,
                                                .field = detail_fields,
                                                .fields = API_COUNT(detail_fields)};

enum err api_find_exhibitor(struct api_call *call, const void **row, struct errinfo *info) {
    const struct view *view = call->scope.view;
    struct str number = api_call_value(call, &api_path_exhibitor);
    int64_t id = 0;
    uint32_t organisation = MAP_NONE;
    if (str_to_i64(number, &id))
        organisation = u64_map_get(&view->organisation_by_id, (uint64_t)id);
    if (organisation == MAP_NONE)
        return err_set(info, ERR_NOT_FOUND, "there is no exhibitor with the number %.*s",
                       STR_ARG(number));
    if (view->organisation[organisation].exhibitor == VIEW_NONE) {
        err_set(info, ERR_NOT_FOUND, "%.*s does not exhibit at the edition %.*s",
                STR_ARG(view_name_en(&view->organisation[organisation])),
                STR_ARG(view_this_edition(view)->code));
        err_hint(info, "/api/v1/organisations/%lld names the editions it exhibits at",
                 (long long)id);
        return ERR_NOT_FOUND;
    }
    *row = &view->exhibitor[view->organisation[organisation].exhibitor];
    return ERR_OK;
}
