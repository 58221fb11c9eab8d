/* Pavilions: group stands of countries, provinces, associations and clusters. */
#include "api/codes.h"
#include "api/lookup.h"
#include "api/params.h"
#include "api/resources.h"

static struct api_value pavilion_exhibits(struct api_scope *scope, const void *row) {
    return api_integer(((const struct view_pavilion *)row)->exhibits);
}

static const struct api_field pavilion_fields[] = {
    API_I64_AS("id", view_pavilion, id, false, "Number of the pavilion"),
    API_CODE_AT(view_pavilion, kind, &kind_pavilion, "Whose group stand it is"),
    API_TEXT_AT(view_pavilion, name_en, "Name in English"),
    API_TEXT_AT(view_pavilion, name_zh, "Name in Chinese"),
    API_STR_AS("place", view_pavilion, code, API_KEY, true,
               "ISO 3166-1 or 3166-2 code of the country, region or province"),
    API_TEXT_AT(view_pavilion, theme_en, "What it shows, in English"),
    API_TEXT_AT(view_pavilion, theme_zh, "What it shows, in Chinese"),
    API_I64_AS("participants_reported", view_pavilion, participants, true,
               "Number of participants, as reported"),
    API_CODE_AT(view_pavilion, qualifier, &kind_qualifier, "How the reported number is to be read"),
    API_U32_AS("member_count", view_pavilion, members, "Members that are in the register"),
    API_VALUE("exhibit_count", API_INTEGER, false, pavilion_exhibits, "Exhibits that are known"),
    API_SOURCES_AT(view_pavilion, source),
};

const struct api_record api_pavilion = {.name = "Pavilion",
                                        .help = "A group stand with its own manager",
                                        .field = pavilion_fields,
                                        .fields = API_COUNT(pavilion_fields)};

/* ---- texts and pictures ---- */

static struct api_value text_section(struct api_scope *scope, const void *row) {
    return api_code(&kind_section, ((const struct view_text *)row)->section);
}

static const struct api_field text_fields[] = {
    API_CHOICE("section", &kind_section, true, text_section, "What it is about"),
    API_TEXT_AT(view_text, text_en, "The text in English, as Markdown"),
    API_TEXT_AT(view_text, text_zh, "The text in Chinese, as Markdown"),
    API_SOURCES_AT(view_text, source),
};

const struct api_record api_pavilion_text = {.name = "PavilionText",
                                             .help = "A text about a pavilion",
                                             .field = text_fields,
                                             .fields = API_COUNT(text_fields)};

static struct api_rows pavilion_texts(struct api_scope *scope, const void *row) {
    const struct view_pavilion *p = row;
    return API_ROWS(&scope->view->text[p->text_first], p->texts);
}

static struct api_value picture_address(struct api_scope *scope, const void *row) {
    const struct view_picture *p = row;
    struct str address =
        arena_printf(scope->arena, "/pictures/%.*s.%.*s", STR_ARG(p->digest), STR_ARG(p->format));
    if (address.ptr == NULL)
        api_fail(scope, err_memory(scope->info));
    return api_text(address);
}

static const struct api_field picture_fields[] = {
    API_VALUE("address", API_KEY, false, picture_address,
              "Its path on this server; what it shows never changes"),
    API_KEY_AT(view_picture, format, "png, jpeg or webp"),
    API_I64_AS("width", view_picture, width, false, "Width in pixels"),
    API_I64_AS("height", view_picture, height, false, "Height in pixels"),
    API_TEXT_AT(view_picture, alt_en, "What it shows, in English"),
    API_TEXT_AT(view_picture, alt_zh, "What it shows, in Chinese"),
    API_TEXT_AT(view_picture, credit, "Whose picture it is"),
};

const struct api_record api_picture = {.name = "Picture",
                                       .help = "A picture of a pavilion",
                                       .field = picture_fields,
                                       .fields = API_COUNT(picture_fields)};

static struct api_rows pavilion_pictures(struct api_scope *scope, const void *row) {
    const struct view_pavilion *p = row;
    return API_ROWS(&scope->view->picture[p->picture_first], p->pictures);
}

/* ---- exhibits, members, events ---- */

static struct api_rows pavilion_shown(struct api_scope *scope, const void *row) {
    const struct view_pavilion *p = row;
    const struct view *view = scope->view;
    const struct view_exhibit **rows = api_new_rows(scope, p->exhibits, sizeof(*rows));
    for (uint32_t i = 0; rows != NULL && i < p->exhibits; i++)
        rows[i] = &view->exhibit[view->pavilion_exhibit[p->exhibit_first + i]];
    return (struct api_rows){.at = rows, .count = rows != NULL ? p->exhibits : 0};
}

static struct api_rows pavilion_members(struct api_scope *scope, const void *row) {
    const struct view_pavilion *p = row;
    const struct view *view = scope->view;
    const struct view_organisation **rows = api_new_rows(scope, p->members, sizeof(*rows));
    for (uint32_t i = 0; rows != NULL && i < p->members; i++)
        rows[i] = api_exhibitor_at(view, view->member[p->member_first + i]);
    return (struct api_rows){.at = rows, .count = rows != NULL ? p->members : 0};
}

static struct api_rows pavilion_events(struct api_scope *scope, const void *row) {
    const struct view_pavilion *p = row;
    const struct view *view = scope->view;
    const struct view_programme_entry **rows = api_new_rows(scope, p->hostings, sizeof(*rows));
    for (uint32_t i = 0; rows != NULL && i < p->hostings; i++)
        rows[i] = &view->programme[view->hosting[p->hosting_first + i]];
    return (struct api_rows){.at = rows, .count = rows != NULL ? p->hostings : 0};
}

static const struct api_field detail_fields[] = {
    API_MANY("texts", &api_pavilion_text, pavilion_texts, "Texts about it"),
    API_MANY("pictures", &api_picture, pavilion_pictures, "Pictures of it"),
    API_MANY("members", &api_ref_organisation, pavilion_members,
             "Its members that are in the register"),
    API_MANY("exhibits", &api_exhibit, pavilion_shown, "What it shows"),
    API_MANY("events", &api_entry, pavilion_events, "Programme entries that it hosts"),
};

const struct api_record api_pavilion_detail = {.name = "PavilionDetail",
                                               .help = "A pavilion with all that is known of it",
                                               .base = &api_pavilion,
                                               .field = detail_fields,
                                               .fields = API_COUNT(detail_fields)};

/* ---- the list ---- */

struct api_rows api_all_pavilions(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->pavilion, scope->view->pavilions);
}

static bool takes_pavilion(struct api_call *call, const void *row) {
    struct str kind = api_call_value(call, &api_param_pavilion_kind);
    return kind.ptr == NULL || str_equal(kind, ((const struct view_pavilion *)row)->kind);
}

/* Guests of honour stand first. */
static struct api_position place_pavilion(struct api_call *call, const void *row) {
    const struct view_pavilion *p = row;
    uint32_t kind = kind_of_code(&kind_pavilion, p->kind);
    return (struct api_position){.text = kind == PAVILION_GUEST_COUNTRY    ? STR("1")
                                         : kind == PAVILION_GUEST_PROVINCE ? STR("2")
                                                                           : STR("3"),
                                 .id = p->id};
}

const struct api_list api_list_pavilions = {.rows = api_all_pavilions,
                                            .is_sorted = true,
                                            .takes = takes_pavilion,
                                            .position = place_pavilion};

enum err api_find_pavilion(struct api_call *call, const void **row, struct errinfo *info) {
    uint32_t pavilion;
    enum err e = api_lookup(call, &api_path_pavilion, &pavilion, info);
    if (e == ERR_OK)
        *row = &call->scope.view->pavilion[pavilion];
    return e;
}
