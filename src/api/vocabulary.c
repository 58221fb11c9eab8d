/* Words: countries and regions of the organisations, and the closed lists of codes. */
#include "api/codes.h"
#include "api/resources.h"

/* ---- countries and regions ---- */

struct place_row {
    struct str code, name_en, name_zh;
    uint32_t organisations, exhibitors;
};

#define PLACE_FIELDS(what)                                                                         \
    API_KEY_AT(place_row, code, what), API_TEXT_AT(place_row, name_en, "Name in English"),         \
        API_TEXT_AT(place_row, name_zh, "Name in Chinese"),                                        \
        API_U32_AS("organisation_count", place_row, organisations,                                 \
                   "Organisations of all editions"),                                               \
        API_U32_AS("exhibitor_count", place_row, exhibitors, "Exhibitors in the register")

static const struct api_field country_fields[] = {
    PLACE_FIELDS("ISO 3166-1 code, two letters"),
};

static const struct api_field region_fields[] = {
    PLACE_FIELDS("ISO 3166-2 code"),
};

const struct api_record api_country = {.name = "Country",
                                       .help = "A country or region that organisations come from",
                                       .field = country_fields,
                                       .fields = API_COUNT(country_fields)};
const struct api_record api_region = {.name = "Region",
                                      .help = "A region that organisations come from",
                                      .field = region_fields,
                                      .fields = API_COUNT(region_fields)};

/* Counts organisations at each place and keeps the places that have one. */
static struct api_rows keep_used(const struct view *view, struct place_row *rows, uint32_t places,
                                 bool by_region) {
    size_t kept = 0;
    for (uint32_t i = 0; i < view->organisations; i++) {
        const struct view_organisation *o = &view->organisation[i];
        uint32_t place = by_region ? o->region : o->country;
        if (place == VIEW_NONE)
            continue;
        rows[place].organisations++;
        rows[place].exhibitors += o->exhibitor != VIEW_NONE;
    }
    for (uint32_t i = 0; i < places; i++)
        if (rows[i].organisations > 0)
            rows[kept++] = rows[i];
    return API_ROWS(rows, kept);
}

struct api_rows api_all_countries(struct api_scope *scope, const void *none) {
    const struct view *view = scope->view;
    struct place_row *rows = api_new_rows(scope, view->countries, sizeof(*rows));
    for (uint32_t i = 0; rows != NULL && i < view->countries; i++)
        rows[i] = (struct place_row){.code = view->country[i].code,
                                     .name_en = view->country[i].name_en,
                                     .name_zh = view->country[i].name_zh};
    return rows != NULL ? keep_used(view, rows, view->countries, false) : API_ROWS(rows, 0);
}

struct api_rows api_all_regions(struct api_scope *scope, const void *none) {
    const struct view *view = scope->view;
    struct place_row *rows = api_new_rows(scope, view->regions, sizeof(*rows));
    for (uint32_t i = 0; rows != NULL && i < view->regions; i++)
        rows[i] = (struct place_row){.code = view->region[i].code,
                                     .name_en = view->region[i].name_en,
                                     .name_zh = view->region[i].name_zh};
    return rows != NULL ? keep_used(view, rows, view->regions, true) : API_ROWS(rows, 0);
}

static struct api_position place_place(struct api_call *call, const void *row) {
    return (struct api_position){.text = ((const struct place_row *)row)->code};
}

const struct api_list api_list_countries = {.rows = api_all_countries, .position = place_place};
const struct api_list api_list_regions = {.rows = api_all_regions, .position = place_place};

/* ---- closed lists ---- */

struct word_row {
    struct str list, code, name_en, name_zh;
};

static const struct api_field word_fields[] = {
    API_KEY_AT(word_row, list, "The list, as fields name it in the document under x-vocabulary"),
    API_KEY_AT(word_row, code, "The code"),
    API_TEXT_AT(word_row, name_en, "What it means, in English"),
    API_TEXT_AT(word_row, name_zh, "What it means, in Chinese"),
};

const struct api_record api_word = {.name = "Word",
                                    .help = "A code of a closed list and what it means",
                                    .field = word_fields,
                                    .fields = API_COUNT(word_fields)};

struct api_rows api_all_words(struct api_scope *scope, const void *none) {
    size_t count = 0;
    for (const struct kind *const *kind = api_kinds; *kind != NULL; kind++)
        count += (*kind)->count - 1;
    struct word_row *rows = api_new_rows(scope, count, sizeof(*rows));
    count = 0;
    for (const struct kind *const *kind = api_kinds; rows != NULL && *kind != NULL; kind++)
        for (uint32_t i = 1; i < (*kind)->count; i++)
            rows[count++] =
                (struct word_row){str_of((*kind)->name), str_of(kind_code(*kind, i)),
                                  str_of(kind_name_en(*kind, i)), str_of(kind_name_zh(*kind, i))};
    return API_ROWS(rows, count);
}

/* As in the rows: list by list. */
static struct api_position place_word(struct api_call *call, const void *row) {
    const struct word_row *word = row;
    for (uint32_t k = 0; api_kinds[k] != NULL; k++)
        if (str_equal_c(word->list, api_kinds[k]->name))
            return (struct api_position){.id = (int64_t)k << 32 |
                                               kind_of_code(api_kinds[k], word->code)};
    return (struct api_position){.id = INT64_MAX};
}

const struct api_list api_list_words = {
    .rows = api_all_words, .is_sorted = true, .position = place_word};
