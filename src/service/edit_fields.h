/*
 * Editable fields: which records organisers edit, field by field, with the words for their forms.
 *
 * The table (edit_fields.def) is the only list of them: the checks of edit.h, the lists of the
 * desk, the API and its help read it, so a new field is one line. A field's JSON name is its
 * column's name.
 *
 * Thread rule: constants only, any thread.
 */
#ifndef FAIRLEAD_SERVICE_EDIT_FIELDS_H
#define FAIRLEAD_SERVICE_EDIT_FIELDS_H

#include "model/kinds.h"
#include "model/lang.h"
#include "service/access.h"
#include "store/store.h"

/* What a field holds. In the store all are text but EDIT_INTEGER, EDIT_BOOLEAN and EDIT_REFERENCE.
 */
enum edit_kind {
    EDIT_TEXT,      /* one line */
    EDIT_LONG,      /* several lines */
    EDIT_MARKDOWN,  /* several lines, drawn as Markdown */
    EDIT_LIST,      /* one line, pieces separated by ; */
    EDIT_KEY,       /* letters, digits, . - _: stands in addresses and lists */
    EDIT_WORD,      /* code of a kind */
    EDIT_REFERENCE, /* id of another record */
    EDIT_INTEGER,   /* 0 or more */
    EDIT_BOOLEAN,   /* 0 or 1; a new record has 0 where nothing is said */
    EDIT_DECIMAL,   /* as written: 32.5 */
    EDIT_DATE,      /* YYYY-MM-DD */
    EDIT_TIME,      /* HH:MM */
    EDIT_TIMEZONE,  /* Asia/Shanghai */
    EDIT_WEBSITE,   /* http or https address, or a host name */
    EDIT_LANGUAGE,  /* BCP 47: en, zh-Hans */
    EDIT_LEI,       /* ISO 17442 */
    EDIT_COUNTRY,   /* code of a country or region in the store */
    EDIT_REGION,    /* ISO 3166-2 code */
    EDIT_PLACE,     /* either of the two */
    EDIT_AREA,      /* code of an area of the record's edition */
    EDIT_KINDS
};

enum edit_flag {
    EDIT_NEEDED = 1, /* never empty */
    EDIT_FIXED = 2,  /* set when the record is made, never changed: others stand on it */
    EDIT_OWNED = 4,  /* refers to the owner, with which the record may be deleted */
    EDIT_SHOWN = 8,  /* read only: written by other use cases */
};

struct edit_field {
    const char *name; /* of the column and in JSON */
    uint32_t column;
    enum edit_kind kind;
    uint32_t flags;           /* enum edit_flag */
    uint32_t max;             /* characters, or the highest number; 0 = the kind says it */
    const struct kind *words; /* of EDIT_WORD */
    enum store_table target;  /* of EDIT_REFERENCE */
    const char *label[LANGS];
    const char *help[LANGS];
};

/* How a record is called in lists: by two columns (one in each language), or as one or two records
 * that it refers to are. Columns of the table; EDIT_NO_COLUMN = none. */
enum { EDIT_NO_COLUMN = UINT32_MAX };
struct edit_label_rule {
    uint32_t name[LANGS];
    uint32_t reference[2];
};

struct edit_table {
    enum store_table table;
    const char *name; /* of the table in the store and in JSON */
    enum right right; /* who writes it; RIGHT_DESK_READ or more reads it */
    enum right read;  /* who reads it */
    struct edit_label_rule label_rule;
    const char *label[LANGS];  /* "Exhibitor", "展商" */
    const char *plural[LANGS]; /* "Exhibitors", "展商" */
    const struct edit_field *fields;
    uint32_t count;
};

/* All editable tables, in the order of menus. */
const struct edit_table *edit_tables(size_t *count);

/* The table of that name, or of that number; NULL when it is not editable. */
const struct edit_table *edit_table_by_name(struct str name);
const struct edit_table *edit_table_of(enum store_table table);

/* The field of that name or column; NULL. */
const struct edit_field *edit_field_by_name(const struct edit_table *table, struct str name);
const struct edit_field *edit_field_of(const struct edit_table *table, uint32_t column);

/* The stable word of a kind of field: "text", "reference", ... */
const char *edit_kind_name(enum edit_kind kind);

#endif
