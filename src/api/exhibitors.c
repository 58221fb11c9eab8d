/* Exhibitors as they stand in the directory: their record, filters and order. */
#include "api/codes.h"
#include "api/params.h"
#include "api/resources.h"
#include "service/directory.h"

/* ---- offers and needs ---- */

struct api_rows api_claim_places(struct api_scope *scope, const void *row) {
    const struct api_claim *claim = row;
    return api_places_of(scope, (uint32_t)(claim->node - scope->view->node));
}

static const struct api_field offer_fields[] = {
    API_ONE_AT(api_claim, node, &api_ref_node, false, "What is offered"),
    API_CODE_AT(api_claim, basis, &kind_basis, "How sure that is"),
    API_MANY("places", &api_place_record, api_claim_places, "Where the node stands in the chains"),
};

const struct api_record api_offer = {.name = "Offer",
                                     .help = "A node that an exhibitor offers",
                                     .field = offer_fields,
                                     .fields = API_COUNT(offer_fields)};
struct api_rows api_claims_of(struct api_scope *scope, const struct chain_table *table,
                              const void *row) {
    const struct view *view = scope->view;
    struct chain_row claims =
        chain_row(table, (uint32_t)((const struct view_exhibitor *)row - view->exhibitor));
    struct api_claim *rows = api_new_rows(scope, claims.count, sizeof(*rows));
    for (size_t i = 0; rows != NULL && i < claims.count; i++)
        rows[i] = (struct api_claim){.node = &view->node[claims.at[i].of],
                                     .basis = api_basis(claims.at[i].basis),
                                     .open = claims.at[i].open != 0};
    return API_ROWS(rows, rows != NULL ? claims.count : 0);
}

static struct api_rows exhibitor_offers(struct api_scope *scope, const void *row) {
    return api_claims_of(scope, &scope->view->report->offers_by_exhibitor, row);
}

/* ---- the record ---- */

const void *api_organisation_of(struct api_scope *scope, const void *row) {
    return &scope->view->organisation[((const struct view_exhibitor *)row)->organisation];
}

static const void *exhibitor_country(struct api_scope *scope, const void *row) {
    return api_country_of(scope, api_organisation_of(scope, row));
}

static const void *exhibitor_region(struct api_scope *scope, const void *row) {
    return api_region_of(scope, api_organisation_of(scope, row));
}

static const void *exhibitor_area(struct api_scope *scope, const void *row) {
    const struct view_exhibitor *e = row;
    return e->area != VIEW_NONE ? &scope->view->area[e->area] : NULL;
}

static const void *exhibitor_pavilion(struct api_scope *scope, const void *row) {
    const struct view_exhibitor *e = row;
    return e->pavilion != VIEW_NONE ? &scope->view->pavilion[e->pavilion] : NULL;
}

static const void *exhibitor_lead(struct api_scope *scope, const void *row) {
    return api_exhibitor_at(scope->view, ((const struct view_exhibitor *)row)->lead);
}

static struct api_value exhibitor_seen(struct api_scope *scope, const void *row) {
    bool returning =
        directory_is_returning(scope->view, ((const struct view_exhibitor *)row)->organisation);
    return api_code(&api_kind_seen, returning ? DIRECTORY_SEEN_RETURNING : DIRECTORY_SEEN_NEW);
}

/* A text of the exhibitor's organisation. */
#define OF_ORGANISATION(member, field_type, has_null, words)                                       \
    {                                                                                              \
        .name = #member, .help = words, .type = field_type, .from = API_FROM_STR,                  \
        .nullable = has_null, .offset = offsetof(struct view_organisation, member),                \
        .via = api_organisation_of                                                                 \
    }

static const struct api_field exhibitor_fields[] = {
    {.name = "id",
     .help = "Number of the organisation, the same in every edition and in page addresses",
     .type = API_INTEGER,
     .from = API_FROM_I64,
     .offset = offsetof(struct view_organisation, id),
     .via = api_organisation_of},
    OF_ORGANISATION(name_en, API_TEXT, true, "Name in English; null when not known"),
    OF_ORGANISATION(name_zh, API_TEXT, true, "Name in Chinese; null when not known"),
    API_ONE("country", &api_ref_country, true, exhibitor_country, "Country or region"),
    API_ONE("region", &api_ref_region, true, exhibitor_region, "Region within it"),
    {.name = "size",
     .help = "Size of the firm; null when not known",
     .type = API_CODE,
     .from = API_FROM_STR,
     .nullable = true,
     .kind = &kind_size,
     .offset = offsetof(struct view_organisation, size),
     .via = api_organisation_of},
    API_CODE_AT(view_exhibitor, type, &kind_exhibitor_type, "How it takes part"),
    API_ONE("area", &api_ref_area, true, exhibitor_area, "The area it stands in"),
    API_ONE("pavilion", &api_ref_pavilion, true, exhibitor_pavilion,
            "The pavilion it is a member of"),
    API_CODE_AT(view_exhibitor, area_basis, &kind_area_basis, "How the area is known"),
    API_ONE("lead", &api_ref_organisation, true, exhibitor_lead,
            "The lead exhibitor that brought it"),
    API_U32_AS("partner_count", view_exhibitor, partners, "How many exhibitors it brought"),
    API_CHOICE("seen", &api_kind_seen, false, exhibitor_seen,
               "Whether the register of an earlier edition holds it"),
    API_STR_AS("offers_text_en", view_exhibitor, offers_text, API_TEXT, true,
               "What it shows, in English"),
    API_TEXT_AT(view_exhibitor, offers_text_zh, "What it shows, in Chinese"),
    API_MANY("offers", &api_offer, exhibitor_offers, "The nodes it offers"),
    API_CODE_AT(view_exhibitor, basis, &kind_offer_basis, "Where what it shows is known from"),
    API_CODE_AT(view_exhibitor, attendance, &kind_attendance, "How sure it is that it is there"),
    API_TEXT_AT(view_exhibitor, note, "Remark"),
    OF_ORGANISATION(website, API_TEXT, true, "Its web address or host name"),
    API_SOURCES_AT(view_exhibitor, source),
};

const struct api_record api_exhibitor = {.name = "Exhibitor",
                                         .help = "An organisation that takes part in an edition",
                                         .field = exhibitor_fields,
                                         .fields = API_COUNT(exhibitor_fields)};

/* ---- the list ---- */

static enum err gather_exhibitors(struct api_call *call, struct api_page *page,
                                  struct errinfo *info) {
    const struct view *view = call->scope.view;
    const struct directory *directory;
    enum lang lang = api_sort_lang(call);
    uint32_t before = 0;
    enum err e = snapshot_directory(call->scope.snapshot, &directory, info);
    if (e == ERR_OK && call->has_cursor)
        e = directory_exhibitors_until(directory, lang, call->after.text, call->after.id, &before,
                                       info);
    if (e != ERR_OK)
        return e;
    const uint32_t *order = directory_exhibitors(directory, lang);
    for (uint32_t i = 0; i < view->exhibitors; i++)
        if (directory_takes(view, call->filter, order[i]))
            api_page_take(page, &view->exhibitor[order[i]], i >= before);
    return ERR_OK;
}

static struct api_position place_exhibitor(struct api_call *call, const void *row) {
    const struct view_organisation *o = api_organisation_of(&call->scope, row);
    return (struct api_position){directory_name(o, api_sort_lang(call)), o->id};
}

const struct api_list api_list_exhibitors = {
    .prepare = api_prepare_directory, .gather = gather_exhibitors, .position = place_exhibitor};

struct api_rows api_all_exhibitors(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->exhibitor, scope->view->exhibitors);
}
