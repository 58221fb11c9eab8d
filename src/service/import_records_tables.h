/* Private to import_records.c: which field of a sheet is which column of the store. */
#ifndef FAIRLEAD_SERVICE_IMPORT_RECORDS_TABLES_H
#define FAIRLEAD_SERVICE_IMPORT_RECORDS_TABLES_H

#include "model/kinds.h"
#include "service/import_sheet.h"
#include "store/store.h"

enum cell_kind {
    CELL_TEXT,      /* cleaned text of one line */
    CELL_LINES,     /* cleaned text that keeps its lines: Markdown */
    CELL_CODE,      /* a word without blanks */
    CELL_INTEGER,   /* whole number, 0 or more */
    CELL_DECIMAL,   /* kept as written, must be a number */
    CELL_DATE,      /* YYYY-MM-DD */
    CELL_TIME,      /* HH:MM */
    CELL_TIMEZONE,  /* IANA name */
    CELL_WEBSITE,   /* http or https address */
    CELL_KIND,      /* a word of `kind` */
    CELL_EDITION,   /* reference by code */
    CELL_NODE,      /* reference by code */
    CELL_CHAIN,     /* reference by code */
    CELL_SCENARIO,  /* reference by code */
    CELL_PAVILION,  /* reference by name within the edition of the row */
    CELL_PICTURE,   /* name of a file beside the sheet; its digest, format and size */
    CELL_EXHIBITOR, /* reference by the organisation's name within the edition of the row */
    /* These have no column of their own: */
    CELL_ROW_EDITION, /* the edition that names in the row are looked up in */
    CELL_ITSELF,      /* the exhibitor of that name is the record */
    CELL_PARENT,      /* parent country of the record's organisation */
    CELL_FINALS,      /* final products of the chain, as chain nodes */
};

enum { RECORD_COLUMNS_MAX = 24, RECORD_CONSTANTS_MAX = 2 };

struct record_column {
    const char *field;
    uint32_t column;
    enum cell_kind cell;
    bool required;
    bool key;                /* part of what finds the record again */
    const struct kind *kind; /* of CELL_KIND */
    bool either;             /* of a key: where it is blank, the next column stands for it */
};

/* What is wrong with a row whose cells are right one by one. */
struct record_fault {
    const char *field, *message, *expected;
};

/* Looks at a record as it would become, all columns of its table; false when nothing is wrong. */
typedef bool record_fault_fn(const struct store_value *values, struct record_fault *fault);

record_fault_fn record_fault_edition, record_fault_exhibit, record_fault_programme,
    record_fault_pavilion_text, record_fault_picture;

struct record_sheet {
    enum sheet_id sheet;
    enum store_table table;
    record_fault_fn *fault;                           /* NULL: cells alone decide */
    bool update_only;                                 /* its rows add to records of another sheet */
    struct record_column columns[RECORD_COLUMNS_MAX]; /* ends with a NULL field */
    struct store_cell constants[RECORD_CONSTANTS_MAX]; /* of new records; ends with STORE_NULL */
};

/* The description of a sheet, or NULL for the exhibitor sheet. */
const struct record_sheet *record_sheet_of(enum sheet_id sheet);

#endif
