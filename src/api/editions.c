/* Editions and their areas. */
#include "api/codes.h"
#include "api/resources.h"

/* ---- editions ---- */

static const struct api_field edition_fields[] = {
    API_KEY_AT(view_edition, code, "Code of the edition, such as 2024; part of page addresses"),
    API_I64_AS("ordinal", view_edition, ordinal, true, "2 for the 2nd edition"),
    API_TEXT_AT(view_edition, name_en, "Name in English"),
    API_TEXT_AT(view_edition, name_zh, "Name in Chinese"),
    API_TEXT_AT(view_edition, city_en, "City, in English"),
    API_TEXT_AT(view_edition, city_zh, "City, in Chinese"),
    API_TEXT_AT(view_edition, venue_en, "Exhibition centre, in English"),
    API_TEXT_AT(view_edition, venue_zh, "Exhibition centre, in Chinese"),
    API_DATE_AT(view_edition, starts, "First day"),
    API_DATE_AT(view_edition, ends, "Last day"),
    API_TEXT_AT(view_edition, timezone, "Time zone of its days and hours (IANA name)"),
    API_TEXT_AT(view_edition, theme_en, "Motto, in English"),
    API_TEXT_AT(view_edition, theme_zh, "Motto, in Chinese"),
    API_TEXT_AT(view_edition, summary_en, "What this edition is, in English"),
    API_TEXT_AT(view_edition, summary_zh, "What this edition is, in Chinese"),
    API_TEXT_AT(view_edition, website, "Web address of the organiser's own site"),
    API_BOOL_AT(
        view_edition, register_complete,
        "Whether every exhibitor is in the register. Only then is what nobody offers a gap of "
        "the expo; else it is only not in the register"),
    API_BOOL_AT(view_edition, current, "Whether it is the one answered for when none is named"),
    API_U32_AS("exhibitor_count", view_edition, exhibitors, "Exhibitors in the register"),
};

const struct api_record api_edition = {.name = "Edition",
                                       .help = "One holding of the expo",
                                       .field = edition_fields,
                                       .fields = API_COUNT(edition_fields)};

static const void *edition_contracted(struct api_scope *scope, const void *row) {
    return view_contracted(scope->view);
}

static const struct api_field detail_fields[] = {
    API_ONE("contracted", &api_figure, true, edition_contracted,
            "The published number of contracted exhibitors that the register is measured against"),
};

const struct api_record api_edition_detail = {.name = "EditionDetail",
                                              .help = "One holding of the expo, with what its "
                                                      "register is measured against",
                                              .base = &api_edition,
                                              .field = detail_fields,
                                              .fields = API_COUNT(detail_fields)};

struct api_rows api_all_editions(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->edition, scope->view->editions);
}

static struct api_position place_edition(struct api_call *call, const void *row) {
    const struct view_edition *e = row;
    return api_place(&call->scope, "%020lld %.*s", (long long)e->ordinal, STR_ARG(e->code));
}

const struct api_list api_list_editions = {
    .rows = api_all_editions, .is_sorted = true, .position = place_edition};

enum err api_find_edition(struct api_call *call, const void **row, struct errinfo *info) {
    *row = view_this_edition(call->scope.view);
    return ERR_OK;
}

/* ---- areas ---- */

static const void *area_chain(struct api_scope *scope, const void *row) {
    return api_chain_at(scope->view, ((const struct view_area *)row)->chain);
}

static const struct api_field area_fields[] = {
    API_KEY_AT(view_area, code, "Code of the area; that of the chain it shows, where it shows one"),
    API_CODE_AT(view_area, kind, &kind_area, "What the area is"),
    API_TEXT_AT(view_area, name_en, "Name in English"),
    API_TEXT_AT(view_area, name_zh, "Name in Chinese"),
    API_CODE_AT(view_area, novelty, &kind_novelty, "Whether it is new in this edition"),
    API_I64_AS("size_m2", view_area, size_m2, true, "Size in square metres, as reported"),
    API_I64_AS("exhibitors_reported", view_area, exhibitors_reported, true,
               "Number of exhibitors, as reported"),
    API_CODE_AT(view_area, qualifier, &kind_qualifier, "How the reported number is to be read"),
    API_U32_AS("exhibitor_count", view_area, exhibitors, "Exhibitors in the register"),
    API_ONE("chain", &api_ref_chain, true, area_chain, "The chain that it shows"),
    API_TEXT_AT(view_area, note, "Remark"),
    API_SOURCES_AT(view_area, source),
};

const struct api_record api_area = {.name = "Area",
                                    .help = "A part of the expo with a theme",
                                    .field = area_fields,
                                    .fields = API_COUNT(area_fields)};

struct api_rows api_all_areas(struct api_scope *scope, const void *none) {
    return API_ROWS(scope->view->area, scope->view->areas);
}

static struct api_position place_area(struct api_call *call, const void *row) {
    return (struct api_position){.id = ((const struct view_area *)row)->id};
}

const struct api_list api_list_areas = {
    .rows = api_all_areas, .is_sorted = true, .position = place_area};
