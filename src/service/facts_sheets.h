/* Private to facts*.c: what each sheet's fields become. */
#ifndef FAIRLEAD_SERVICE_FACTS_SHEETS_H
#define FAIRLEAD_SERVICE_FACTS_SHEETS_H

#include "model/kinds.h"
#include "service/import_sheet.h"
#include "store/tables.h"

enum fact_type {
    FACT_TEXT,
    FACT_COUNT,  /* whole number, 0 or more */
    FACT_NUMBER, /* decimal number, kept as written */
    FACT_DATE,   /* YYYY-MM-DD */
    FACT_KIND,   /* a closed list of model/kinds.h, kept as its code */
    FACT_EDITION,
    FACT_NODE,
    FACT_CHAIN,
    FACT_SCENARIO,
    FACT_EXHIBITOR, /* by the name of its organisation, in the row's edition */
    FACT_PAVILION,  /* by its English name, in the row's edition */
    FACT_PASSED,    /* read by a hook, or for people only */
};

struct fact_field {
    const char *name; /* as in import_sheet.c */
    uint32_t column;  /* of the table */
    enum fact_type type;
    const struct kind *kind; /* FACT_KIND only */
    bool required;
    bool key; /* part of what names the record */
};

struct fact_sheet {
    enum store_table table;
    bool update_only;                /* the records must be there already */
    const struct fact_field *fields; /* ends with a NULL name; an edition comes first */
};

/* How a sheet is stored; NULL for the exhibitors. */
const struct fact_sheet *fact_sheet_of(enum sheet_id sheet);

#endif
