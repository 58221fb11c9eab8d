/*
 * One row of an exhibitor sheet into one clean record: see import_reading.h.
 *
 * Every cell is read on its own, so that one record can show all its errors at once. Cells that
 * name something of a vocabulary go through a memo.
 */
#include "base/mem.h"
#include "model/identifier.h"
#include "model/spelling.h"
#include "service/import_cell.h"
#include "service/import_reading.h"
#include "text/utf8.h"

/* A sheet with more different spellings than this in one column gains nothing from a memo. */
enum { MEMO_WORDS_MAX = 4096, MEMO_TEXT_BYTES_MAX = 100 };

struct str import_cell(const struct import_reading *r, uint32_t field) {
    uint32_t column = r->plan->map.column_of[field];
    return column < r->row->count ? r->row->cells[column] : STR("");
}

enum err import_complain(struct import_reading *r, enum import_finding_kind kind, uint32_t field,
                         const struct errinfo *cause, struct errinfo *info) {
    uint32_t column = field < SHEET_FIELDS_MAX ? r->plan->map.column_of[field] : FIELD_NONE;
    if (kind == FINDING_ERROR)
        r->wrong = true;
    bool placed = column < r->row->count;
    struct import_finding finding = {
        .kind = kind,
        .record = r->record,
        .line = (uint32_t)(placed ? r->row->cell_lines[column] : r->row->line),
        .column = column,
        .field = field,
        .value = field < SHEET_FIELDS_MAX ? import_cell(r, field) : STR(""),
        .message = str_of(cause->message),
        .expected = str_of(cause->hint),
    };
    return import_plan_add(r->plan, &finding, info);
}

/* A complaint in words of its own. */
static enum err complain_words(struct import_reading *r, enum import_finding_kind kind,
                               uint32_t field, struct errinfo *info, const char *hint,
                               const char *format, ...) __attribute__((format(printf, 6, 7)));

static enum err complain_words(struct import_reading *r, enum import_finding_kind kind,
                               uint32_t field, struct errinfo *info, const char *hint,
                               const char *format, ...) {
    struct errinfo cause;
    va_list args;
    errinfo_init(&cause);
    va_start(args, format);
    vsnprintf(cause.message, sizeof(cause.message), format, args);
    va_end(args);
    err_hint(&cause, "%s", hint);
    return import_complain(r, kind, field, &cause, info);
}

/* Words of vocabularies ----------------------------------------------------------------------- */

/* Reads a word: the value, or ERR_INPUT with words for the person. */
typedef enum err word_fn(const struct import_words *words, struct str text, uint64_t *value,
                         struct errinfo *info);

static enum err read_country(const struct import_words *words, struct str text, uint64_t *value,
                             struct errinfo *info) {
    uint32_t country = PLACE_NONE;
    enum err code = place_find_country(&words->places, text, &country, info);
    *value = country;
    return code;
}

static enum err read_area(const struct import_words *words, struct str text, uint64_t *value,
                          struct errinfo *info) {
    uint32_t area = IMPORT_NONE;
    enum err code = import_words_area(words, text, &area, info);
    *value = area;
    return code;
}

static enum err read_kind(const struct kind *kind, struct str text, uint64_t *value,
                          struct errinfo *info) {
    uint32_t word = 0;
    enum err code = kind_parse(kind, text, &word, info);
    *value = word;
    return code;
}

static enum err read_size(const struct import_words *words, struct str text, uint64_t *value,
                          struct errinfo *info) {
    return read_kind(&kind_size, text, value, info);
}

static enum err read_type(const struct import_words *words, struct str text, uint64_t *value,
                          struct errinfo *info) {
    return read_kind(&kind_exhibitor_type, text, value, info);
}

static enum err read_basis(const struct import_words *words, struct str text, uint64_t *value,
                           struct errinfo *info) {
    return read_kind(&kind_offer_basis, text, value, info);
}

static enum err read_editions(const struct import_words *words, struct str text, uint64_t *value,
                              struct errinfo *info) {
    return import_words_editions(words, text, value, info);
}

static enum err remember(struct import_reading *r, struct import_memo *memo, struct str text,
                         uint64_t value, struct errinfo *info) {
    if (memo->values.len >= MEMO_WORDS_MAX || text.len > MEMO_TEXT_BYTES_MAX)
        return ERR_OK;
    struct str copy = arena_copy(&r->memo_arena, text);
    if (copy.ptr == NULL || !vec_push(&memo->values, value) ||
        !str_map_put(&memo->by_text, copy, (uint32_t)memo->values.len - 1))
        return err_memory(info);
    return ERR_OK;
}

/* The meaning of a field's cell; `none` when it is blank or wrong. A wrong one is complained about.
 */
static enum err read_word(struct import_reading *r, uint32_t field, word_fn *read, uint64_t none,
                          uint64_t *value, struct errinfo *info) {
    struct str text = import_cell(r, field);
    struct import_memo *memo = &r->memos[field];
    struct errinfo cause;
    *value = none;
    if (text.len == 0)
        return ERR_OK;
    uint32_t at = str_map_get(&memo->by_text, text);
    if (at != MAP_NONE) {
        *value = memo->values.at[at];
        return ERR_OK;
    }
    errinfo_init(&cause);
    enum err code = read(r->words, text, value, &cause);
    if (code == ERR_OK)
        return remember(r, memo, text, *value, info);
    *value = none;
    if (code == ERR_INPUT)
        return import_complain(r, FINDING_ERROR, field, &cause, info);
    if (info != NULL)
        *info = cause;
    return code;
}

/* Texts --------------------------------------------------------------------------------------- */

static enum err keep_text(struct import_reading *r, struct str text, struct str *out,
                          struct errinfo *info) {
    if (text.len == 0)
        return ERR_OK;
    *out = arena_copy(&r->plan->arena, text);
    return out->ptr != NULL ? ERR_OK : err_memory(info);
}

static enum err read_text(struct import_reading *r, uint32_t field, struct str *out,
                          struct errinfo *info) {
    struct str clean;
    enum err code = cell_clean(import_cell(r, field), &r->scratch, &clean, info);
    if (code == ERR_OK && !spelling_is_blank(clean))
        code = keep_text(r, clean, out, info);
    return code;
}

static enum err read_source(struct import_reading *r, struct str *out, struct errinfo *info) {
    struct str clean;
    enum err code = cell_clean(import_cell(r, FIELD_SOURCE), &r->scratch, &clean, info);
    if (code != ERR_OK || spelling_is_blank(clean))
        return code;
    if (!str_equal(clean, r->last_source))
        code = keep_text(r, clean, &r->last_source, info);
    *out = r->last_source;
    return code;
}

/* Names --------------------------------------------------------------------------------------- */

/* Cuts a cell that holds both names, "华为 / Huawei" or on two lines; false when it does not. */
static bool cut_both_names(struct str cell, struct str *first, struct str *second) {
    static const char *const walls[] = {"\n", " / ", " | ", "／"};
    for (size_t i = 0; i < sizeof(walls) / sizeof(walls[0]); i++) {
        struct str wall = str_of(walls[i]);
        size_t at = str_find(cell, wall);
        if (at == SIZE_MAX)
            continue;
        *first = str_trim(str_sub(cell, 0, at));
        *second = str_trim(str_sub(cell, at + wall.len, cell.len));
        if (first->len > 0 && second->len > 0 && cell_has_han(*first) != cell_has_han(*second))
            return true;
    }
    return false;
}

static enum err read_name(struct import_reading *r, uint32_t field, struct str cell,
                          struct str *out, struct errinfo *info) {
    struct str clean;
    enum err code = cell_clean(cell, &r->scratch, &clean, info);
    if (code != ERR_OK || spelling_is_blank(clean))
        return code;
    if (clean.len > IMPORT_NAME_CHARS_MAX && utf8_count(clean) > IMPORT_NAME_CHARS_MAX)
        return complain_words(r, FINDING_ERROR, field, info,
                              "Write the name alone; texts belong to the column of the exhibits",
                              "a name of %zu characters", utf8_count(clean));
    return keep_text(r, clean, out, info);
}

/* The only name column may hold names of both languages, even two in one cell. */
static enum err read_mixed_name(struct import_reading *r, uint32_t field,
                                struct import_exhibitor *out, struct errinfo *info) {
    struct str cell = str_trim(import_cell(r, field)), first = cell, second = {0};
    if (!cut_both_names(cell, &first, &second))
        return read_name(r, field, cell, cell_has_han(cell) ? &out->name_zh : &out->name_en, info);
    bool han_first = cell_has_han(first);
    enum err code = read_name(r, field, first, han_first ? &out->name_zh : &out->name_en, info);
    if (code == ERR_OK)
        code = read_name(r, field, second, han_first ? &out->name_en : &out->name_zh, info);
    return code;
}

static enum err read_names(struct import_reading *r, struct import_exhibitor *out,
                           struct errinfo *info) {
    const uint32_t *column_of = r->plan->map.column_of;
    bool en = column_of[FIELD_NAME_EN] != FIELD_NONE, zh = column_of[FIELD_NAME_ZH] != FIELD_NONE;
    bool wrong_before = r->wrong;
    enum err code = ERR_OK;
    if (en && zh) {
        code = read_name(r, FIELD_NAME_EN, import_cell(r, FIELD_NAME_EN), &out->name_en, info);
        if (code == ERR_OK)
            code = read_name(r, FIELD_NAME_ZH, import_cell(r, FIELD_NAME_ZH), &out->name_zh, info);
    } else {
        code = read_mixed_name(r, en ? FIELD_NAME_EN : FIELD_NAME_ZH, out, info);
    }
    if (code == ERR_OK && out->name_en.len == 0 && out->name_zh.len == 0 &&
        r->wrong == wrong_before)
        code = complain_words(r, FINDING_ERROR, en ? FIELD_NAME_EN : FIELD_NAME_ZH, info,
                              "Write the exhibitor's name in English or Chinese",
                              en && zh ? "both names are empty" : "the name is empty");
    return code;
}

/* Region -------------------------------------------------------------------------------------- */

static struct str country_code(const struct import_reading *r, uint32_t country) {
    return country != IMPORT_NONE ? r->words->rows.countries[country].code : STR("");
}

/* A region that the table does not name: its code, or a remark where the country has no table. */
static enum err read_foreign_region(struct import_reading *r, struct str text,
                                    const struct errinfo *unknown, struct import_exhibitor *out,
                                    struct errinfo *info) {
    const struct place_table *places = &r->words->places;
    struct str country = country_code(r, out->country);
    char region[7];
    if (place_is_region_code(places, text, region) &&
        !place_has_regions(places, (struct str){region, 2})) {
        if (country.len == 0 || memcmp(region, country.ptr, 2) == 0) {
            snprintf(out->region, sizeof(out->region), "%s", region);
            return ERR_OK;
        }
        return complain_words(r, FINDING_ERROR, FIELD_REGION, info,
                              "Write a region of that country, or correct the country",
                              "region %s is not in %.*s", region, STR_ARG(country));
    }
    if (country.len > 0 && !place_has_regions(places, country))
        return complain_words(
            r, FINDING_WARNING, FIELD_REGION, info,
            "Write the ISO 3166-2 code, for example DE-BY; the region is left open",
            "the regions of %.*s are not known by name", STR_ARG(country));
    return import_complain(r, FINDING_ERROR, FIELD_REGION, unknown, info);
}

static enum err read_region(struct import_reading *r, struct import_exhibitor *out,
                            struct errinfo *info) {
    const struct place_table *places = &r->words->places;
    struct str text = import_cell(r, FIELD_REGION);
    struct errinfo cause;
    uint32_t region = PLACE_NONE;
    if (text.len == 0)
        return ERR_OK;
    struct import_memo *memo = &r->memos[FIELD_REGION];
    uint32_t at = str_map_get(&memo->by_text, text);
    enum err code = ERR_OK;
    errinfo_init(&cause);
    if (at != MAP_NONE)
        region = (uint32_t)memo->values.at[at];
    else
        code = place_find_region(places, text, &region, &cause);
    if (code == ERR_INPUT)
        return read_foreign_region(r, text, &cause, out, info);
    if (code == ERR_OK && at == MAP_NONE)
        code = remember(r, memo, text, region, info);
    if (code != ERR_OK || region == PLACE_NONE)
        return code;
    const struct region *found = &places->regions[region];
    struct str country = country_code(r, out->country);
    if (!place_agrees(places, country, STR(""), found->country, found->code))
        return complain_words(r, FINDING_ERROR, FIELD_REGION, info,
                              "Write a region of that country, or correct the country",
                              "%.*s is not in %.*s", STR_ARG(found->name_en), STR_ARG(country));
    snprintf(out->region, sizeof(out->region), "%.*s", STR_ARG(found->code));
    if (out->country == IMPORT_NONE)
        code = place_find_country(places, found->country, &out->country, info);
    return code;
}

/* Editions and the columns that only check ---------------------------------------------------- */

static enum err read_first_year(struct import_reading *r, uint64_t listed, struct errinfo *info) {
    const struct import_words_rows *rows = &r->words->rows;
    struct str text = import_cell(r, FIELD_FIRST_YEAR);
    int64_t year;
    uint64_t set;
    if (spelling_is_blank(text))
        return ERR_OK;
    if (!cell_integer(text, &year)) {
        /* "第一届" and "1st" are first editions, too. */
        enum err code = import_words_editions(r->words, text, &set, NULL);
        if (code != ERR_OK && code != ERR_INPUT)
            return err_memory(info);
        if (code == ERR_INPUT || set == 0)
            return complain_words(r, FINDING_ERROR, FIELD_FIRST_YEAR, info,
                                  "Write the year of the first participation, for example 2023",
                                  "the first year is no year");
        year = rows->editions[__builtin_ctzll(set)].year;
    }
    if (year < 1900 || year > 2199)
        return complain_words(r, FINDING_ERROR, FIELD_FIRST_YEAR, info,
                              "Write a year of four digits, for example 2023",
                              "impossible year %lld", (long long)year);
    if (listed == 0 || (listed & (listed - 1)) != 0 || import_cell(r, FIELD_EDITIONS).len > 0) {
        uint32_t first = listed != 0 ? rows->editions[__builtin_ctzll(listed)].year : 0;
        if (first > 0 && (int64_t)first != year)
            return complain_words(r, FINDING_ERROR, FIELD_FIRST_YEAR, info,
                                  "Correct the first year or the list of editions",
                                  "the first year is %lld, but the first edition listed is %u",
                                  (long long)year, first);
    }
    return ERR_OK;
}

static enum err read_times(struct import_reading *r, uint64_t listed, struct errinfo *info) {
    struct str text = import_cell(r, FIELD_TIMES);
    int64_t times;
    if (spelling_is_blank(text))
        return ERR_OK;
    if (!cell_integer(text, &times))
        return complain_words(r, FINDING_ERROR, FIELD_TIMES, info,
                              "Write how often the firm took part, for example 2",
                              "the number of times is no number");
    if (times < 1 || times > IMPORT_TIMES_MAX)
        return complain_words(r, FINDING_ERROR, FIELD_TIMES, info,
                              "Write how often the firm took part, 1 or more",
                              "impossible number of times %lld", (long long)times);
    int counted = __builtin_popcountll(listed);
    if (listed != 0 && import_cell(r, FIELD_EDITIONS).len > 0 && times != counted)
        return complain_words(r, FINDING_ERROR, FIELD_TIMES, info,
                              "Correct the number or the list of editions",
                              "%lld times, but %d editions are listed", (long long)times, counted);
    return ERR_OK;
}

static enum err read_participation(struct import_reading *r, struct import_exhibitor *out,
                                   struct errinfo *info) {
    bool wrong_before = r->wrong;
    r->wrong = false;
    enum err code = read_word(r, FIELD_EDITIONS, read_editions, 0, &out->editions, info);
    uint64_t listed = out->editions;
    bool wrong = r->wrong;
    r->wrong |= wrong_before;
    if (code == ERR_OK && listed == 0 && !wrong && r->plan->default_edition != IMPORT_NONE)
        out->editions = UINT64_C(1) << r->plan->default_edition;
    else if (code == ERR_OK && listed == 0 && !wrong)
        code =
            complain_words(r, FINDING_ERROR, FIELD_EDITIONS, info,
                           "Write the years, for example 2023, 2024, or name one edition for the "
                           "whole sheet with --edition",
                           "no edition is given");
    if (code == ERR_OK)
        code = read_first_year(r, listed, info);
    if (code == ERR_OK)
        code = read_times(r, listed, info);
    return code;
}

/* The pavilion must be one of at least one edition of the record; it is looked up again in each. */
static enum err read_pavilion(struct import_reading *r, struct import_exhibitor *out,
                              struct errinfo *info) {
    enum err code = read_text(r, FIELD_PAVILION, &out->pavilion, info);
    bool found = out->pavilion.len == 0 || out->editions == 0;
    for (uint64_t left = out->editions; left != 0 && !found; left &= left - 1)
        found = import_words_pavilion(r->words, out->pavilion, (uint32_t)__builtin_ctzll(left)) !=
                UINT32_MAX;
    if (code == ERR_OK && !found)
        code =
            complain_words(r, FINDING_ERROR, FIELD_PAVILION, info,
                           "Write the name of a pavilion of that edition; import pavilions first",
                           "the edition has no pavilion of that name");
    return code;
}

/* Nodes, identifiers -------------------------------------------------------------------------- */

struct node_list {
    struct import_plan *plan;
    size_t first;
};

static enum err add_node(void *ctx, uint32_t node, struct errinfo *info) {
    struct node_list *list = ctx;
    for (size_t i = list->first; i < list->plan->nodes.len; i++)
        if (list->plan->nodes.at[i] == node)
            return ERR_OK;
    return vec_push(&list->plan->nodes, node) ? ERR_OK : err_memory(info);
}

static enum err read_nodes(struct import_reading *r, uint32_t field, uint16_t *count,
                           struct errinfo *info) {
    struct node_list list = {r->plan, r->plan->nodes.len};
    struct errinfo cause;
    errinfo_init(&cause);
    enum err code = import_words_nodes(r->words, import_cell(r, field), add_node, &list, &cause);
    *count = (uint16_t)(r->plan->nodes.len - list.first);
    if (code == ERR_INPUT)
        return import_complain(r, FINDING_ERROR, field, &cause, info);
    if (code != ERR_OK && info != NULL)
        *info = cause;
    return code;
}

static enum err read_identifiers(struct import_reading *r, struct import_exhibitor *out,
                                 struct errinfo *info) {
    struct errinfo cause;
    char text[LEI_CHARS + 1];
    enum err code = read_text(r, FIELD_WEBSITE, &out->website, info);
    if (code == ERR_OK && out->website.len > 0 && !identifier_is_website(out->website))
        code = complain_words(r, FINDING_ERROR, FIELD_WEBSITE, info,
                              "Write an address such as https://www.example.org",
                              "this is no address of a website");
    if (code == ERR_OK)
        code = read_text(r, FIELD_REGISTRATION, &out->registration, info);
    struct str lei = import_cell(r, FIELD_LEI);
    if (code != ERR_OK || spelling_is_blank(lei))
        return code;
    errinfo_init(&cause);
    if (identifier_lei(lei, text, &cause) == ERR_OK)
        return keep_text(r, str_of(text), &out->lei, info);
    return import_complain(r, FINDING_ERROR, FIELD_LEI, &cause, info);
}

/* The record ---------------------------------------------------------------------------------- */

static enum err read_words(struct import_reading *r, struct import_exhibitor *out,
                           struct errinfo *info) {
    uint64_t value;
    enum err code = read_word(r, FIELD_COUNTRY, read_country, IMPORT_NONE, &value, info);
    out->country = (uint32_t)value;
    if (code == ERR_OK)
        code = read_region(r, out, info);
    if (code == ERR_OK)
        code = read_word(r, FIELD_PARENT_COUNTRY, read_country, IMPORT_NONE, &value, info);
    out->parent_country = (uint32_t)value;
    if (code == ERR_OK)
        code = read_word(r, FIELD_SIZE, read_size, 0, &value, info);
    out->size = (uint8_t)value;
    if (code == ERR_OK)
        code = read_word(r, FIELD_TYPE, read_type, 0, &value, info);
    out->type = (uint8_t)value;
    if (code == ERR_OK)
        code = read_word(r, FIELD_AREA, read_area, IMPORT_NONE, &value, info);
    out->area = (uint32_t)value;
    if (code == ERR_OK)
        code = read_word(r, FIELD_BASIS, read_basis, 0, &value, info);
    out->basis = (uint8_t)value;
    return code;
}

static enum err read_texts(struct import_reading *r, struct import_exhibitor *out,
                           struct errinfo *info) {
    enum err code = read_text(r, FIELD_OFFERS_TEXT, &out->offers_text, info);
    if (code == ERR_OK)
        code = read_text(r, FIELD_OFFERS_TEXT_ZH, &out->offers_text_zh, info);
    if (code == ERR_OK)
        code = read_text(r, FIELD_LEAD, &out->lead_name, info);
    if (code == ERR_OK)
        code = read_text(r, FIELD_NOTE, &out->note, info);
    if (code == ERR_OK)
        code = read_source(r, &out->source, info);
    return code;
}

/* Cells beyond the header are a sign that a separator inside a text was not quoted. */
static enum err check_width(struct import_reading *r, struct errinfo *info) {
    for (uint32_t i = r->plan->map.column_count; i < r->row->count; i++)
        if (!cell_is_empty(r->row->cells[i]))
            return complain_words(
                r, FINDING_ERROR, FIELD_NONE, info, "Put texts that hold the separator into quotes",
                "the row has %u cells, the header %u", r->row->count, r->plan->map.column_count);
    return ERR_OK;
}

static enum err check_lead(struct import_reading *r, const struct import_exhibitor *out,
                           struct errinfo *info) {
    if (out->type == EXHIBITOR_CO && out->lead_name.len == 0)
        return complain_words(r, FINDING_WARNING, FIELD_LEAD, info,
                              "Name the lead exhibitor that brings it",
                              "a co-exhibitor without a lead exhibitor");
    if (out->type == EXHIBITOR_DIRECT && out->lead_name.len > 0)
        return complain_words(r, FINDING_WARNING, FIELD_LEAD, info,
                              "Leave the lead exhibitor empty or make it a co-exhibitor",
                              "a direct exhibitor with a lead exhibitor");
    return ERR_OK;
}

static uint8_t count_filled(const struct import_reading *r) {
    uint8_t filled = 0;
    for (uint32_t field = 0; field < EXHIBITOR_FIELDS; field++)
        filled = (uint8_t)(filled + !cell_is_empty(import_cell(r, field)));
    return filled;
}

enum err import_read_record(struct import_reading *r, struct errinfo *info) {
    struct import_exhibitor out = {
        .record = r->record,
        .line = (uint32_t)r->row->line,
        .nodes_first = (uint32_t)r->plan->nodes.len,
        .country = IMPORT_NONE,
        .parent_country = IMPORT_NONE,
        .area = IMPORT_NONE,
        .lead = IMPORT_NONE,
        .lead_known = IMPORT_NONE,
        .known = IMPORT_NONE,
        .same_as = IMPORT_NONE,
        .filled = count_filled(r),
    };
    r->wrong = false;
    enum err code = check_width(r, info);
    if (code == ERR_OK)
        code = read_names(r, &out, info);
    if (code == ERR_OK)
        code = read_words(r, &out, info);
    if (code == ERR_OK)
        code = read_participation(r, &out, info);
    if (code == ERR_OK)
        code = read_pavilion(r, &out, info);
    if (code == ERR_OK)
        code = read_texts(r, &out, info);
    if (code == ERR_OK)
        code = read_nodes(r, FIELD_OFFERS_NODES, &out.offers, info);
    if (code == ERR_OK)
        code = read_nodes(r, FIELD_NEEDS_NODES, &out.needs, info);
    if (code == ERR_OK)
        code = read_identifiers(r, &out, info);
    if (code == ERR_OK)
        code = check_lead(r, &out, info);
    out.class_of = r->wrong ? IMPORT_ERROR : IMPORT_NEW;
    if (code == ERR_OK && !vec_push(&r->plan->rows, out))
        code = err_memory(info);
    if (code == ERR_OK)
        r->plan->counts[out.class_of]++;
    return code;
}
