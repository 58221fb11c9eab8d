/* Records of the API: see field.h. Reading a field is one switch; JSON and cells both use it. */
#include "api/field.h"

#include <math.h>

enum { CELL_BYTES_MAX = 1 << 20, DIGITS = 1000000 };

void api_fail(struct api_scope *scope, enum err code) {
    if (scope->failed == ERR_OK)
        scope->failed = code;
}

uint32_t api_record_fields(const struct api_record *record) {
    uint32_t count = 0;
    for (; record != NULL; record = record->base)
        count += record->fields;
    return count;
}

const struct api_field *api_record_field(const struct api_record *record, uint32_t i) {
    uint32_t before = api_record_fields(record->base);
    return i < before ? api_record_field(record->base, i) : &record->field[i - before];
}

uint32_t api_record_find(const struct api_record *record, struct str name) {
    uint32_t count = api_record_fields(record);
    for (uint32_t i = 0; i < count; i++)
        if (str_equal_c(name, api_record_field(record, i)->name))
            return i;
    return API_FIELDS_MAX;
}

/* ---- reading ---- */

static struct api_value read_str(const struct api_field *field, struct str text) {
    /* A code that its list does not have is a database of a later program: say that it is not
     * known rather than break the promise of the list. */
    if (field->type == API_CODE && kind_of_code(field->kind, text) == 0)
        text = STR("");
    return (struct api_value){.is_null = text.len == 0 && field->nullable, .text = text};
}

static double rounded(double number) {
    return round(number * DIGITS) / DIGITS;
}

/* A value that is no list and no record. */
static struct api_value read_value(struct api_scope *scope, const struct api_field *field,
                                   const void *row) {
    const char *member = (const char *)row + field->offset;
    switch ((enum api_from)field->from) {
    case API_FROM_STR:
        return read_str(field, *(const struct str *)(const void *)member);
    case API_FROM_I64: {
        int64_t integer = *(const int64_t *)(const void *)member;
        return (struct api_value){.is_null = integer == 0 && field->nullable, .integer = integer};
    }
    case API_FROM_U32:
        return api_integer(*(const uint32_t *)(const void *)member);
    case API_FROM_BOOL:
        return api_integer(*(const bool *)(const void *)member);
    case API_FROM_DOUBLE:
        return api_number(rounded(*(const double *)(const void *)member));
    case API_FROM_VALUE: {
        struct api_value value = field->get.value(scope, row);
        value.number = rounded(value.number);
        return value;
    }
    default:
        return api_null();
    }
}

static const void *read_row(struct api_scope *scope, const struct api_field *field,
                            const void *row) {
    if (field->from == API_FROM_POINTER)
        return *(const void *const *)(const void *)((const char *)row + field->offset);
    return field->get.row(scope, row);
}

/* The texts of a field one by one: `position` starts at 0; false when there are no more. */
static bool next_text(const struct api_field *field, const struct api_texts *texts,
                      struct str *rest, size_t *position, struct str *text) {
    if (field->from == API_FROM_TEXTS) {
        if (*position >= texts->count)
            return false;
        *text = texts->at[(*position)++];
        return true;
    }
    char separators[] = {field->separator, '\0'};
    while (str_next(rest, separators, text)) {
        *text = str_trim(*text);
        if (text->len > 0)
            return true;
    }
    return false;
}

static struct api_texts start_texts(struct api_scope *scope, const struct api_field *field,
                                    const void *row, struct str *rest) {
    *rest = STR("");
    if (field->from == API_FROM_TEXTS)
        return field->get.texts(scope, row);
    *rest = *(const struct str *)(const void *)((const char *)row + field->offset);
    return (struct api_texts){NULL, 0};
}

/* ---- JSON ---- */

static void write_value(struct json_out *json, const struct api_field *field,
                        struct api_value value) {
    if (value.is_null)
        json_none(json);
    else if (field->type == API_INTEGER)
        json_i64(json, value.integer);
    else if (field->type == API_NUMBER)
        json_double(json, value.number);
    else if (field->type == API_BOOLEAN)
        json_bool(json, value.integer != 0);
    else
        json_text(json, value.text);
}

static void write_field(struct json_out *json, struct api_scope *scope,
                        const struct api_field *field, const void *row) {
    if (field->via != NULL)
        row = field->via(scope, row);
    if (field->type == API_TEXTS) {
        struct str rest, text;
        struct api_texts texts = start_texts(scope, field, row, &rest);
        size_t position = 0;
        json_open_list(json);
        while (next_text(field, &texts, &rest, &position, &text))
            json_text(json, text);
        json_close_list(json);
    } else if (field->type == API_RECORD) {
        const void *other = read_row(scope, field, row);
        if (other == NULL)
            json_none(json);
        else
            api_write_row(json, scope, field->of, other, API_ALL_FIELDS);
    } else if (field->type == API_RECORDS) {
        struct api_rows rows = field->get.rows(scope, row);
        json_open_list(json);
        for (size_t i = 0; i < rows.count; i++)
            api_write_row(json, scope, field->of, api_row(rows, i), API_ALL_FIELDS);
        json_close_list(json);
    } else {
        write_value(json, field, read_value(scope, field, row));
    }
}

void api_write_members(struct json_out *json, struct api_scope *scope,
                       const struct api_record *record, const void *row, uint64_t chosen) {
    uint32_t count = api_record_fields(record);
    for (uint32_t i = 0; i < count; i++) {
        const struct api_field *field = api_record_field(record, i);
        if ((chosen >> i & 1) == 0)
            continue;
        json_key(json, field->name);
        write_field(json, scope, field, row);
    }
}

void api_write_row(struct json_out *json, struct api_scope *scope, const struct api_record *record,
                   const void *row, uint64_t chosen) {
    json_open(json);
    api_write_members(json, scope, record, row, chosen);
    json_close(json);
}

/* ---- cells ---- */

static struct api_value join_texts(struct api_scope *scope, const struct api_field *field,
                                   const void *row) {
    struct str rest, text;
    struct api_texts texts = start_texts(scope, field, row, &rest);
    size_t position = 0;
    struct buf joined;
    buf_init(&joined, CELL_BYTES_MAX);
    while (next_text(field, &texts, &rest, &position, &text)) {
        buf_add_c(&joined, joined.len > 0 ? "; " : "");
        buf_add_str(&joined, text);
    }
    struct str copy = arena_copy(scope->arena, buf_str(&joined));
    enum err e = buf_error(&joined, scope->info);
    buf_release(&joined);
    if (copy.ptr == NULL && e == ERR_OK)
        e = err_memory(scope->info);
    if (e != ERR_OK)
        api_fail(scope, e);
    return api_text(copy.ptr != NULL ? copy : STR(""));
}

struct api_value api_cell(struct api_scope *scope, const struct api_field *field, const void *row) {
    if (field->via != NULL)
        row = field->via(scope, row);
    if (field->type == API_TEXTS)
        return join_texts(scope, field, row);
    if (field->type == API_RECORD) {
        const void *other = read_row(scope, field, row);
        return other != NULL ? api_cell(scope, api_record_field(field->of, 0), other) : api_null();
    }
    return read_value(scope, field, row);
}

enum api_type api_cell_type(const struct api_field *field) {
    if (field->type == API_RECORD)
        return api_cell_type(api_record_field(field->of, 0));
    return field->type == API_TEXTS ? API_TEXT : (enum api_type)field->type;
}
