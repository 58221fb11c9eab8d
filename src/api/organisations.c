/* Organisations, whether or not they exhibit at this edition. */
#include "api/codes.h"
#include "api/lookup.h"
#include "api/params.h"
#include "api/resources.h"
#include "service/directory.h"

const void *api_country_of(struct api_scope *scope, const void *row) {
    const struct view_organisation *o = row;
    return o->country != VIEW_NONE ? &scope->view->country[o->country] : NULL;
}

const void *api_region_of(struct api_scope *scope, const void *row) {
    const struct view_organisation *o = row;
    return o->region != VIEW_NONE ? &scope->view->region[o->region] : NULL;
}

static struct api_value exhibits_here(struct api_scope *scope, const void *row) {
    return api_integer(((const struct view_organisation *)row)->exhibitor != VIEW_NONE);
}

struct api_texts api_editions_of(struct api_scope *scope, const void *row) {
    const struct view *view = scope->view;
    uint32_t organisation = (uint32_t)((const struct view_organisation *)row - view->organisation);
    uint32_t first = directory_attendance(view, organisation), count = 0;
    while (first + count < view->attendances &&
           view->attendance[first + count].organisation == organisation)
        count++;
    struct str *codes = api_new_rows(scope, count, sizeof(*codes));
    for (uint32_t i = 0; codes != NULL && i < count; i++)
        codes[i] = view->edition[view->attendance[first + i].edition].code;
    return (struct api_texts){codes, codes != NULL ? count : 0};
}

static const struct api_field organisation_fields[] = {
    API_I64_AS("id", view_organisation, id, false,
               "Number of the organisation, the same in every edition and in page addresses"),
    API_TEXT_AT(view_organisation, name_en, "Name in English; null when not known"),
    API_TEXT_AT(view_organisation, name_zh, "Name in Chinese; null when not known"),
    API_ONE("country", &api_ref_country, true, api_country_of, "Country or region"),
    API_ONE("region", &api_ref_region, true, api_region_of, "Region within it"),
    API_CODE_AT(view_organisation, size, &kind_size, "Size of the firm; null when not known"),
    API_TEXT_AT(view_organisation, website, "Its web address or host name"),
    API_TEXT_AT(view_organisation, lei, "Legal entity identifier (ISO 17442)"),
    API_TEXT_AT(view_organisation, registration, "Number in the national register"),
    API_VALUE("exhibits", API_BOOLEAN, false, exhibits_here, "Whether it exhibits at this edition"),
    API_TEXTS_OF("editions", api_editions_of, "Codes of the editions whose registers hold it"),
    API_SOURCES_AT(view_organisation, source),
};

const struct api_record api_organisation = {.name = "Organisation",
                                            .help = "A firm, institution or authority",
                                            .field = organisation_fields,
                                            .fields = API_COUNT(organisation_fields)};

/* ---- one organisation ---- */

static const struct api_field name_fields[] = {
    API_KEY_AT(view_name, name, "The name as written"),
    API_TEXT_AT(view_name, language, "Its language (BCP 47); null when not known"),
    API_TEXT_AT(view_name, kind, "alias, former, brand or parent"),
};

const struct api_record api_name = {.name = "Name",
                                    .help = "A further name of an organisation",
                                    .field = name_fields,
                                    .fields = API_COUNT(name_fields)};

struct api_rows api_names_of(struct api_scope *scope, const void *row) {
    const struct view_organisation *o = row;
    return API_ROWS(&scope->view->other_name[o->name_first], o->names);
}

static const struct api_field detail_fields[] = {
    API_MANY("names", &api_name, api_names_of, "Its further names"),
};

const struct api_record api_organisation_detail = {
    .name = "OrganisationDetail",
    .help = "A firm, institution or authority with all that is known of it",
    .base = &api_organisation,
    .field = detail_fields,
    .fields = API_COUNT(detail_fields)};

enum err api_find_organisation(struct api_call *call, const void **row, struct errinfo *info) {
    uint32_t organisation;
    enum err e = api_lookup(call, &api_path_organisation, &organisation, info);
    if (e == ERR_OK)
        *row = &call->scope.view->organisation[organisation];
    return e;
}

/* ---- the list ---- */

static enum err gather_organisations(struct api_call *call, struct api_page *page,
                                     struct errinfo *info) {
    const struct view *view = call->scope.view;
    const struct directory *directory;
    enum lang lang = api_sort_lang(call);
    uint32_t before = 0;
    enum err e = snapshot_directory(call->scope.snapshot, &directory, info);
    if (e == ERR_OK && call->has_cursor)
        e = directory_organisations_until(directory, lang, call->after.text, call->after.id,
                                          &before, info);
    if (e != ERR_OK)
        return e;
    const uint32_t *order = directory_organisations(directory, lang);
    for (uint32_t i = 0; i < view->organisations; i++)
        if (directory_takes_organisation(view, call->filter, order[i]))
            api_page_take(page, &view->organisation[order[i]], i >= before);
    return ERR_OK;
}

static struct api_position place_organisation(struct api_call *call, const void *row) {
    const struct view_organisation *o = row;
    return (struct api_position){directory_name(o, api_sort_lang(call)), o->id};
}

const struct api_list api_list_organisations = {.prepare = api_prepare_directory,
                                                .gather = gather_organisations,
                                                .position = place_organisation};

struct api_rows api_all_organisations(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->organisation, scope->view->organisations);
}
