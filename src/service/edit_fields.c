/*
 * Editable fields: see edit_fields.h. The list is edit_fields.def, read three times: for the
 * fields of each table, for the tables, and once more for the number of their fields.
 */
#include "service/edit_fields.h"

#define OPTIONAL 0U
#define NEEDED ((uint32_t)EDIT_NEEDED)
#define KEPT ((uint32_t)EDIT_FIXED)
#define FIXED ((uint32_t)(EDIT_NEEDED | EDIT_FIXED))
#define OWNER ((uint32_t)(EDIT_NEEDED | EDIT_FIXED | EDIT_OWNED))
#define SHOWN ((uint32_t)EDIT_SHOWN)
#define UPTO(n) .max = (n)
#define WORDS(kind) .words = (kind)
#define TO(t) .target = (t)
#define ANY .max = 0

#define NAMES(T, N)                                                                                \
    {                                                                                              \
        {T##_##N##_EN, T##_##N##_ZH}, {                                                            \
            EDIT_NO_COLUMN, EDIT_NO_COLUMN                                                         \
        }                                                                                          \
    }
#define TEXT_OF(column)                                                                            \
    {                                                                                              \
        {column, EDIT_NO_COLUMN}, {                                                                \
            EDIT_NO_COLUMN, EDIT_NO_COLUMN                                                         \
        }                                                                                          \
    }
#define BOTH_OF(first, second)                                                                     \
    {                                                                                              \
        {EDIT_NO_COLUMN, EDIT_NO_COLUMN}, {                                                        \
            first, second                                                                          \
        }                                                                                          \
    }
#define LABEL_OF(column) BOTH_OF(column, EDIT_NO_COLUMN)

#define EDITABLE(T, t, r, l, en, ens, zh) static const struct edit_field fields_##t[] = {
#define FIELD(T, C, c, k, f, limit, en, zh, help_en, help_zh)                                      \
    {.name = #c,                                                                                   \
     .column = T##_##C,                                                                            \
     .kind = EDIT_##k,                                                                             \
     .flags = (f),                                                                                 \
     limit,                                                                                        \
     .label = {en, zh},                                                                            \
     .help = {help_en, help_zh}},
#define END(T)                                                                                     \
    }                                                                                              \
    ;
#include "service/edit_fields.def"
#undef EDITABLE
#undef FIELD
#undef END

#define EDITABLE(T, t, r, l, en, ens, zh)                                                          \
    {.table = TABLE_##T,                                                                           \
     .name = #t,                                                                                   \
     .right = RIGHT_##r,                                                                           \
     .read = RIGHT_##r == RIGHT_GAP_WRITE       ? RIGHT_GAP_READ                                   \
             : RIGHT_##r == RIGHT_PROFILE_WRITE ? RIGHT_PARTNER_READ                               \
                                                : RIGHT_DESK_READ,                                 \
     .label_rule = l,                                                                              \
     .label = {en, zh},                                                                            \
     .plural = {ens, zh},                                                                          \
     .fields = fields_##t,                                                                         \
     .count = sizeof(fields_##t) / sizeof(fields_##t[0])},
#define FIELD(T, C, c, k, f, limit, en, zh, help_en, help_zh)
#define END(T)
static const struct edit_table tables[] = {
#include "service/edit_fields.def"
};

const struct edit_table *edit_tables(size_t *count) {
    *count = sizeof(tables) / sizeof(tables[0]);
    return tables;
}

const struct edit_table *edit_table_by_name(struct str name) {
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
        if (str_equal_c(name, tables[i].name))
            return &tables[i];
    return NULL;
}

const struct edit_table *edit_table_of(enum store_table table) {
    for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
        if (tables[i].table == table)
            return &tables[i];
    return NULL;
}

const struct edit_field *edit_field_by_name(const struct edit_table *table, struct str name) {
    for (uint32_t i = 0; i < table->count; i++)
        if (str_equal_c(name, table->fields[i].name))
            return &table->fields[i];
    return NULL;
}

const struct edit_field *edit_field_of(const struct edit_table *table, uint32_t column) {
    for (uint32_t i = 0; i < table->count; i++)
        if (table->fields[i].column == column)
            return &table->fields[i];
    return NULL;
}

const char *edit_kind_name(enum edit_kind kind) {
    static const char *const names[EDIT_KINDS] = {
        [EDIT_TEXT] = "text",
        [EDIT_LONG] = "long-text",
        [EDIT_MARKDOWN] = "markdown",
        [EDIT_LIST] = "list",
        [EDIT_KEY] = "key",
        [EDIT_WORD] = "word",
        [EDIT_REFERENCE] = "reference",
        [EDIT_INTEGER] = "integer",
        [EDIT_BOOLEAN] = "boolean",
        [EDIT_DECIMAL] = "decimal",
        [EDIT_DATE] = "date",
        [EDIT_TIME] = "time",
        [EDIT_TIMEZONE] = "timezone",
        [EDIT_WEBSITE] = "website",
        [EDIT_LANGUAGE] = "language",
        [EDIT_LEI] = "lei",
        [EDIT_COUNTRY] = "country",
        [EDIT_REGION] = "region",
        [EDIT_PLACE] = "place",
        [EDIT_AREA] = "area",
    };
    return kind < EDIT_KINDS ? names[kind] : "";
}
