/*
 * A setting read as the value of its field. See edit_internal.h.
 *
 * Texts are cleaned as the import cleans cells, so that a name typed by hand and the same name in
 * a sheet are equal. Each kind of field has one case in read_text or read_number; a case answers
 * with the words of the fault, in both languages, or with nothing.
 */
#include "service/edit_internal.h"

#include "exchange/calendar.h"
#include "model/identifier.h"
#include "service/import_cell.h"
#include "text/utf8.h"

enum { VALUE_BYTES_MAX = 4 << 20, LANGUAGE_CHARS_MAX = 35 /* RFC 5646, section 4.4.1 */ };

struct words {
    const char *en, *zh;
};

struct reading {
    struct editing *e;
    const struct edit_field *field;
    struct words fault; /* en = NULL: none */
};

void edit_complain(struct editing *e, uint32_t operation, const char *field, struct str en,
                   struct str zh) {
    struct edit_fault fault = {operation, str_of(field), {en, zh}};
    if (en.ptr == NULL || zh.ptr == NULL || !vec_push(&e->outcome->faults, fault))
        e->short_of_memory = true;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_key(struct str text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (!is_letter(c) && !is_digit(c) && c != '.' && c != '-' && c != '_')
            return false;
    }
    return true;
}

/* Subtags of letters and digits between hyphens, the first of two or three letters. */
static bool is_language(struct str text) {
    struct str rest = text, piece;
    for (bool first = true; str_next(&rest, "-", &piece); first = false) {
        if (piece.len < (first ? 2U : 1U) || piece.len > (first ? 3U : 8U))
            return false;
        for (size_t i = 0; i < piece.len; i++)
            if (!is_letter(piece.ptr[i]) && (first || !is_digit(piece.ptr[i])))
                return false;
    }
    return text.len <= LANGUAGE_CHARS_MAX;
}

static size_t characters(struct str text) {
    size_t count = 0;
    for (size_t i = 0; i < text.len; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

static enum err found(void *ctx, int64_t id, const struct store_value *values,
                      struct errinfo *info) {
    (void)id, (void)values, (void)info;
    *(bool *)ctx = true;
    return ERR_OK;
}

static enum err has_code(struct reading *r, enum store_table table, uint32_t column,
                         struct str text, bool *is_there, struct errinfo *info) {
    *is_there = false;
    return store_scan_equal(r->e->reader, table, column, store_text(text), found, is_there, info);
}

/* ISO 3166-2: in the table of regions, or of the right form and of a country that is known. */
static enum err is_region(struct reading *r, struct str text, bool *yes, struct errinfo *info) {
    enum err code = has_code(r, TABLE_REGION, REGION_CODE, text, yes, info);
    if (code != ERR_OK || *yes || text.len < 4 || text.len > 6 || text.ptr[2] != '-')
        return code;
    for (size_t i = 0; i < text.len; i++)
        if (i != 2 && !(text.ptr[i] >= 'A' && text.ptr[i] <= 'Z') &&
            !(i > 2 && is_digit(text.ptr[i])))
            return ERR_OK;
    return has_code(r, TABLE_COUNTRY, COUNTRY_CODE, str_sub(text, 0, 2), yes, info);
}

/* Fields that name a country or region by its code. */
static enum err read_place(struct reading *r, struct str text, struct errinfo *info) {
    bool good = false;
    enum err code = ERR_OK;
    if (r->field->kind != EDIT_REGION)
        code = has_code(r, TABLE_COUNTRY, COUNTRY_CODE, text, &good, info);
    if (code == ERR_OK && !good && r->field->kind != EDIT_COUNTRY)
        code = is_region(r, text, &good, info);
    if (code == ERR_OK && !good)
        r->fault =
            r->field->kind == EDIT_COUNTRY
                ? (struct words){"is no code of a country or region (ISO 3166-1, such as DE)",
                                 "不是国家/地区代码（ISO 3166-1，例如 DE）"}
                : (struct words){"is no code of a region (ISO 3166-2, such as CN-GD)",
                                 "不是省/州代码（ISO 3166-2，例如 CN-GD）"};
    return code;
}

/* Fields whose text has a form of its own; `text` becomes its normal form. */
static struct words read_form(const struct edit_field *field, struct str *text, char form[32]) {
    double number;
    struct errinfo ignored;
    switch (field->kind) {
    case EDIT_KEY:
        if (!is_key(*text))
            return (struct words){"may hold letters, digits and . - _ only",
                                  "只能包含字母、数字和 . - _"};
        break;
    case EDIT_WORD:
        if (kind_of_code(field->words, *text) == 0)
            return (struct words){"is none of the choices", "不在可选项之中"};
        break;
    case EDIT_DECIMAL:
        if (!str_to_double(*text, &number))
            return (struct words){"is no number (write it like 32.5)", "不是数字（例如 32.5）"};
        break;
    case EDIT_DATE:
        if (identifier_date(*text, form, &ignored) != ERR_OK)
            return (struct words){"is no day (write it like 2025-07-16)",
                                  "不是有效日期（例如 2025-07-16）"};
        *text = str_of(form);
        break;
    case EDIT_TIME:
        if (identifier_time(*text, form, &ignored) != ERR_OK)
            return (struct words){"is no time of the day (write it like 09:30)",
                                  "不是有效时间（例如 09:30）"};
        *text = str_of(form);
        break;
    case EDIT_TIMEZONE:
        if (!identifier_is_timezone(*text) || !calendar_has_zone(*text))
            return (struct words){"is no time zone (write its IANA name, such as Asia/Shanghai)",
                                  "不是有效时区（请填写 IANA 名称，例如 Asia/Shanghai）"};
        break;
    case EDIT_WEBSITE:
        if (!identifier_is_website(*text))
            return (struct words){"is no address of a website (such as https://www.example.org)",
                                  "不是有效网址（例如 https://www.example.org）"};
        break;
    case EDIT_LANGUAGE:
        if (!is_language(*text))
            return (struct words){"is no code of a language (such as en, zh, de)",
                                  "不是语言代码（例如 en、zh、de）"};
        break;
    case EDIT_LEI:
        if (identifier_lei(*text, form, &ignored) != ERR_OK)
            return (struct words){"is no LEI: its 20 characters do not check",
                                  "不是有效的 LEI：20 位校验未通过"};
        *text = str_of(form);
        break;
    default:
        break;
    }
    return (struct words){0};
}

static enum err read_text(struct reading *r, struct str given, struct store_value *out,
                          struct errinfo *info) {
    char form[32];
    struct buf scratch;
    struct str text;
    bool lines = r->field->kind == EDIT_LONG || r->field->kind == EDIT_MARKDOWN;
    buf_init(&scratch, VALUE_BYTES_MAX);
    enum err code = lines ? cell_clean_lines(given, &scratch, &text, info)
                          : cell_clean(given, &scratch, &text, info);
    if (code == ERR_OK && text.len > 0 && r->field->max > 0 && characters(text) > r->field->max) {
        r->fault = (struct words){"is too long", "过长"};
    } else if (code == ERR_OK && text.len > 0) {
        r->fault = read_form(r->field, &text, form);
        if (r->field->kind == EDIT_COUNTRY || r->field->kind == EDIT_REGION ||
            r->field->kind == EDIT_PLACE)
            code = read_place(r, text, info);
    }
    if (code == ERR_OK && r->fault.en == NULL) {
        *out = store_text(arena_copy(&r->e->outcome->arena, text));
        if (text.len > 0 && out->text.ptr == NULL)
            code = err_memory(info);
    }
    buf_release(&scratch);
    return code;
}

/* Whole numbers, booleans and references. */
static void read_number(struct reading *r, struct store_value given, struct store_value *out) {
    int64_t number = given.integer;
    bool good = given.kind == STORE_INTEGER || str_to_i64(str_trim(given.text), &number);
    int64_t highest = r->field->kind == EDIT_BOOLEAN     ? 1
                      : r->field->kind == EDIT_REFERENCE ? INT64_MAX
                                                         : (int64_t)r->field->max;
    *out = store_int(number);
    if (!good || number < 0 || (r->field->kind == EDIT_REFERENCE && number == 0))
        r->fault = r->field->kind == EDIT_REFERENCE
                       ? (struct words){"names no record", "未指向任何记录"}
                       : (struct words){"is no whole number of 0 or more", "不是 0 或以上的整数"};
    else if (number > highest)
        r->fault = (struct words){"is too large", "数值过大"};
}

static bool is_number(enum edit_kind kind) {
    return kind == EDIT_INTEGER || kind == EDIT_BOOLEAN || kind == EDIT_REFERENCE;
}

enum err edit_value_read(struct editing *e, uint32_t operation, const struct edit_field *field,
                         struct store_value given, struct store_value *out, bool *good,
                         struct errinfo *info) {
    struct reading r = {.e = e, .field = field};
    struct arena *arena = &e->outcome->arena;
    enum err code = ERR_OK;
    *out = store_null();
    if (given.kind == STORE_INTEGER && !is_number(field->kind)) {
        given.text = arena_printf(arena, "%lld", (long long)given.integer);
        given.kind = STORE_TEXT;
        if (given.text.ptr == NULL)
            return err_memory(info);
    }
    bool blank =
        given.kind == STORE_NULL || (given.kind == STORE_TEXT && str_trim(given.text).len == 0);
    if (!blank && is_number(field->kind))
        read_number(&r, given, out);
    else if (!blank)
        code = read_text(&r, given.text, out, info);
    if (code == ERR_OK && blank && field->kind == EDIT_BOOLEAN)
        *out = store_int(0);
    if (code == ERR_OK && out->kind == STORE_NULL && r.fault.en == NULL &&
        (field->flags & EDIT_NEEDED) != 0)
        r.fault = (struct words){"is needed", "必须填写"};
    *good = r.fault.en == NULL;
    if (code == ERR_OK && !*good)
        edit_complain(e, operation, field->name,
                      arena_printf(arena, "%s: %s", field->label[LANG_EN], r.fault.en),
                      arena_printf(arena, "%s：%s", field->label[LANG_ZH], r.fault.zh));
    return code;
}
