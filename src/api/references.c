/* References: records that name something by code or number and in both languages. */
#include <stdarg.h>
#include <stdio.h>

#include "api/resources.h"
#include "service/words.h"

enum { PLACE_BYTES_MAX = 512 };

/* A key and both names. */
#define NAMED(row, key)                                                                            \
    key, API_TEXT_AT(row, name_en, "Name in English; null when not known"),                        \
        API_TEXT_AT(row, name_zh, "Name in Chinese; null when not known")

static const struct api_field node_fields[] = {
    NAMED(view_node, API_KEY_AT(view_node, code, "Code of the node, such as bat.cell"))};
static const struct api_field chain_fields[] = {
    NAMED(view_chain, API_KEY_AT(view_chain, code, "Code of the chain, such as clean-energy"))};
static const struct api_field area_fields[] = {
    NAMED(view_area, API_KEY_AT(view_area, code, "Code of the area"))};
static const struct api_field country_fields[] = {
    NAMED(view_country,
          API_KEY_AT(view_country, code, "ISO 3166-1 code of the country or region, two letters"))};
static const struct api_field region_fields[] = {
    NAMED(view_region, API_KEY_AT(view_region, code, "ISO 3166-2 code of the region"))};
static const struct api_field organisation_fields[] = {
    NAMED(view_organisation,
          API_I64_AS("id", view_organisation, id, false,
                     "Number of the organisation, the same in every edition and in page "
                     "addresses"))};
static const struct api_field pavilion_fields[] = {
    NAMED(view_pavilion, API_I64_AS("id", view_pavilion, id, false, "Number of the pavilion"))};

#define REFERENCE(title, words, list, rows_table)                                                  \
    { .name = title, .help = words, .field = list, .fields = API_COUNT(list), .table = rows_table }

const struct api_record api_ref_node =
    REFERENCE("NodeRef", "A node of the catalogue", node_fields, "nodes");
const struct api_record api_ref_chain = REFERENCE("ChainRef", "A chain", chain_fields, "chains");
const struct api_record api_ref_area =
    REFERENCE("AreaRef", "An area of the edition", area_fields, "areas");
const struct api_record api_ref_country =
    REFERENCE("CountryRef", "A country or region", country_fields, "countries");
const struct api_record api_ref_region =
    REFERENCE("RegionRef", "A region of a country or region", region_fields, "regions");
const struct api_record api_ref_organisation =
    REFERENCE("OrganisationRef", "An organisation", organisation_fields, "organisations");
const struct api_record api_ref_pavilion =
    REFERENCE("PavilionRef", "A pavilion of the edition", pavilion_fields, "pavilions");

const struct view_node *api_node_at(const struct view *view, uint32_t node) {
    return node != VIEW_NONE ? &view->node[node] : NULL;
}

const struct view_chain *api_chain_at(const struct view *view, uint32_t chain) {
    return chain != VIEW_NONE ? &view->chain[chain] : NULL;
}

const struct view_organisation *api_exhibitor_at(const struct view *view, uint32_t exhibitor) {
    return exhibitor != VIEW_NONE ? view_organisation_of(view, exhibitor) : NULL;
}

void *api_new_rows(struct api_scope *scope, size_t count, size_t size) {
    void *rows = arena_new(scope->arena, count + 1, size);
    if (rows == NULL)
        api_fail(scope, err_memory(scope->info));
    return rows;
}

struct api_position api_place(struct api_scope *scope, const char *format, ...) {
    char text[PLACE_BYTES_MAX];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    struct str copy = arena_copy(scope->arena, str_of(text));
    if (copy.ptr == NULL) {
        api_fail(scope, err_memory(scope->info));
        copy = STR("");
    }
    return (struct api_position){.text = copy};
}

/* ---- codes of the engine ---- */

struct str api_stage(uint32_t stage) {
    return stage < CHAIN_STAGE_UNKNOWN ? str_of(words_stage((enum chain_stage)stage)) : STR("");
}

struct str api_basis(uint32_t basis) {
    return str_of(words_basis((enum chain_basis)basis));
}
