/*
 * Records of the API: tables of fields, each with its type, its meaning and where it comes from.
 *
 * A record describes a row of the view, or of what is worked out from it. From the one table are
 * made: the JSON of replies and the choice of fields, the JSON Schema in the OpenAPI document, the
 * columns of the open data with their Table Schema, and the TypeScript types. So none of them can
 * say what another does not.
 *
 *     static const struct api_field fields[] = {
 *         API_TEXT_AT(view_node, code, "Code of the node"), ...
 *     };
 *     const struct api_record api_node = {"Node", "A node ...", NULL, fields, COUNT(fields)};
 *
 * Adding a field is one line here and nothing elsewhere but a run of the program that writes the
 * TypeScript types (docs/API.md).
 *
 * Thread rule: tables are constants. A scope belongs to one request.
 */
#ifndef FAIRLEAD_API_FIELD_H
#define FAIRLEAD_API_FIELD_H

#include "base/json.h"
#include "model/kinds.h"
#include "service/snapshot.h"

/* What a request reads from. */
struct api_scope {
    struct snapshot *snapshot;
    const struct view *view;
    struct arena *arena;  /* the request's */
    enum err failed;      /* the first failure of a source; the reply is then thrown away */
    struct errinfo *info; /* its words */
};

/* Notes a failure that a source met; the first one counts. */
void api_fail(struct api_scope *scope, enum err code);

/* Rows of one record: side by side in memory, or, with a stride of 0, an array of pointers to
 * them. */
struct api_rows {
    const void *at;
    size_t stride;
    size_t count;
};

static inline const void *api_row(struct api_rows rows, size_t i) {
    return rows.stride > 0 ? (const char *)rows.at + i * rows.stride
                           : ((const void *const *)rows.at)[i];
}

enum api_type {
    API_TEXT,    /* words of people */
    API_CODE,    /* one of a closed list: field->kind */
    API_KEY,     /* a code or number in text that names something: no list of them is closed */
    API_DATE,    /* a day, 2024-11-26 */
    API_TIME,    /* an hour and minute, 09:30 */
    API_INTEGER, /* whole; never negative */
    API_NUMBER,
    API_BOOLEAN,
    API_TEXTS,  /* a list of texts */
    API_RECORD, /* a record, field->of */
    API_RECORDS /* a list of records, field->of */
};

/* One value that is no list and no record. */
struct api_value {
    bool is_null;
    struct str text;
    int64_t integer; /* also of a BOOLEAN */
    double number;
};

struct api_texts {
    const struct str *at;
    size_t count;
};

struct api_record;

/* Where a field's value comes from. */
enum api_from {
    API_FROM_STR,    /* a struct str of the row; empty is null, or "" where the field has no null */
    API_FROM_SPLIT,  /* the same, cut at field->separator into texts */
    API_FROM_I64,    /* an int64_t; 0 is null where the field has a null */
    API_FROM_U32,    /* a uint32_t */
    API_FROM_BOOL,   /* a bool */
    API_FROM_DOUBLE, /* a double, to six digits after the point */
    API_FROM_VALUE,  /* what field->get.value returns */
    API_FROM_TEXTS,  /* what field->get.texts returns */
    API_FROM_ROW,    /* the row that field->get.row returns; NULL is null */
    API_FROM_POINTER, /* a pointer of the row to the other row; NULL is null */
    API_FROM_ROWS     /* what field->get.rows returns */
};

typedef struct api_value api_value_of(struct api_scope *scope, const void *row);
typedef struct api_texts api_texts_of(struct api_scope *scope, const void *row);
typedef const void *api_row_of(struct api_scope *scope, const void *row);
typedef struct api_rows api_rows_of(struct api_scope *scope, const void *row);

struct api_field {
    const char *name;
    const char *help; /* one sentence or two, plain English */
    uint8_t type;     /* enum api_type */
    uint8_t from;     /* enum api_from */
    bool nullable;
    char separator;              /* of API_FROM_SPLIT */
    uint16_t offset;             /* of a member of the row */
    const struct kind *kind;     /* of API_CODE */
    const struct api_record *of; /* of API_RECORD and API_RECORDS */
    api_row_of *via;             /* from the row to the one that holds the value, or NULL */
    union {
        api_value_of *value;
        api_texts_of *texts;
        api_row_of *row;
        api_rows_of *rows;
    } get;
};

enum { API_FIELDS_MAX = 64 }; /* of a record; a choice of them is a set of bits */

struct api_record {
    const char *name; /* "Exhibitor": the name of its schema and type */
    const char *help;
    const struct api_record *base; /* its fields come first, from the same row; or NULL */
    const struct api_field *field;
    uint32_t fields;
    /* For a record that only names something, as {code, name_en, name_zh}: the table of the open
     * data whose rows it names by its first field. NULL = it is a record of its own. */
    const char *table;
};

#define API_COUNT(array) ((uint32_t)(sizeof(array) / sizeof((array)[0])))

/* Rows of a table of fields: the member's name is the field's, or given as AS. */
#define API_STR_AS(AS, row, member, field_type, has_null, words)                                   \
    {                                                                                              \
        .name = AS, .help = words, .type = field_type, .from = API_FROM_STR, .nullable = has_null, \
        .offset = offsetof(struct row, member)                                                     \
    }
/* A text that may be missing. */
#define API_TEXT_AT(row, member, words) API_STR_AS(#member, row, member, API_TEXT, true, words)
/* A code that is always there. */
#define API_KEY_AT(row, member, words) API_STR_AS(#member, row, member, API_KEY, false, words)
#define API_DATE_AT(row, member, words) API_STR_AS(#member, row, member, API_DATE, true, words)
#define API_CODE_AT(row, member, list, words)                                                      \
    {                                                                                              \
        .name = #member, .help = words, .type = API_CODE, .from = API_FROM_STR, .nullable = true,  \
        .offset = offsetof(struct row, member), .kind = list                                       \
    }
/* Where a fact was published. */
#define API_SOURCES_AT(row, member)                                                                \
    {                                                                                              \
        .name = "sources",                                                                         \
        .help = "Where it was published: web addresses, or the name of a paper",                   \
        .type = API_TEXTS, .from = API_FROM_SPLIT, .separator = ';',                               \
        .offset = offsetof(struct row, member)                                                     \
    }
#define API_SPLIT_AT(row, member, cut, words)                                                      \
    {                                                                                              \
        .name = #member, .help = words, .type = API_TEXTS, .from = API_FROM_SPLIT,                 \
        .separator = cut, .offset = offsetof(struct row, member)                                   \
    }
#define API_I64_AS(AS, row, member, has_null, words)                                               \
    {                                                                                              \
        .name = AS, .help = words, .type = API_INTEGER, .from = API_FROM_I64,                      \
        .nullable = has_null, .offset = offsetof(struct row, member)                               \
    }
#define API_U32_AS(AS, row, member, words)                                                         \
    {                                                                                              \
        .name = AS, .help = words, .type = API_INTEGER, .from = API_FROM_U32,                      \
        .offset = offsetof(struct row, member)                                                     \
    }
#define API_BOOL_AT(row, member, words)                                                            \
    {                                                                                              \
        .name = #member, .help = words, .type = API_BOOLEAN, .from = API_FROM_BOOL,                \
        .offset = offsetof(struct row, member)                                                     \
    }
#define API_DOUBLE_AT(row, member, words)                                                          \
    {                                                                                              \
        .name = #member, .help = words, .type = API_NUMBER, .from = API_FROM_DOUBLE,               \
        .offset = offsetof(struct row, member)                                                     \
    }
/* What a function works out. */
#define API_VALUE(AS, field_type, has_null, function, words)                                       \
    {                                                                                              \
        .name = AS, .help = words, .type = field_type, .from = API_FROM_VALUE,                     \
        .nullable = has_null, .get.value = function                                                \
    }
#define API_CHOICE(AS, list, has_null, function, words)                                            \
    {                                                                                              \
        .name = AS, .help = words, .type = API_CODE, .from = API_FROM_VALUE, .nullable = has_null, \
        .kind = list, .get.value = function                                                        \
    }
#define API_TEXTS_OF(AS, function, words)                                                          \
    { .name = AS, .help = words, .type = API_TEXTS, .from = API_FROM_TEXTS, .get.texts = function }
#define API_ONE(AS, record, has_null, function, words)                                             \
    {                                                                                              \
        .name = AS, .help = words, .type = API_RECORD, .from = API_FROM_ROW, .nullable = has_null, \
        .of = record, .get.row = function                                                          \
    }
#define API_ONE_AT(row, member, record, has_null, words)                                           \
    {                                                                                              \
        .name = #member, .help = words, .type = API_RECORD, .from = API_FROM_POINTER,              \
        .nullable = has_null, .of = record, .offset = offsetof(struct row, member)                 \
    }
#define API_MANY(AS, record, function, words)                                                      \
    {                                                                                              \
        .name = AS, .help = words, .type = API_RECORDS, .from = API_FROM_ROWS, .of = record,       \
        .get.rows = function                                                                       \
    }

static inline struct api_value api_null(void) {
    return (struct api_value){.is_null = true};
}

static inline struct api_value api_text(struct str text) {
    return (struct api_value){.is_null = text.len == 0, .text = text};
}

static inline struct api_value api_integer(int64_t integer) {
    return (struct api_value){.integer = integer};
}

static inline struct api_value api_number(double number) {
    return (struct api_value){.number = number};
}

/* A code of a kind by its value; "not known" is null. */
static inline struct api_value api_code(const struct kind *kind, uint32_t value) {
    return api_text(str_of(kind_code(kind, value)));
}

/* Number of fields with those of the bases, and the i-th of them. */
uint32_t api_record_fields(const struct api_record *record);
const struct api_field *api_record_field(const struct api_record *record, uint32_t i);

/* The position of the field of that name, or API_FIELDS_MAX. */
uint32_t api_record_find(const struct api_record *record, struct str name);

/* A choice of fields: bit i = the i-th field. */
#define API_ALL_FIELDS UINT64_MAX

/* Writes a row as a JSON object. Failures are noted in the scope. */
void api_write_row(struct json_out *json, struct api_scope *scope, const struct api_record *record,
                   const void *row, uint64_t chosen);

/* The same without the braces: members for an object that is open. */
void api_write_members(struct json_out *json, struct api_scope *scope,
                       const struct api_record *record, const void *row, uint64_t chosen);

/*
 * A field as one value, as it stands in a cell of the open data: texts are joined by "; ", a record
 * is the key that its first field holds. Not for API_RECORDS.
 */
struct api_value api_cell(struct api_scope *scope, const struct api_field *field, const void *row);

/* The type of api_cell's value: that of the field, or for a record that of its key. */
enum api_type api_cell_type(const struct api_field *field);

#endif
