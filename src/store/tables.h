/*
 * Tables: the logged tables and their columns as constants, from tables.def.
 *
 * A table is TABLE_ORGANISATION, its columns are ORGANISATION_NAME_EN, ... in schema order, and
 * ORGANISATION_COLUMNS is their number. The id is not a column here.
 */
#ifndef FAIRLEAD_STORE_TABLES_H
#define FAIRLEAD_STORE_TABLES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define TABLE(T, t) TABLE_##T,
#define COLUMN(T, C, c)
#define END(T)
enum store_table {
#include "store/tables.def"
    STORE_TABLES
};
#undef TABLE
#undef COLUMN
#undef END

#define TABLE(T, t) enum t##_column {
#define COLUMN(T, C, c) T##_##C,
#define END(T)                                                                                     \
    T##_COLUMNS                                                                                    \
    }                                                                                              \
    ;
#include "store/tables.def"
#undef TABLE
#undef COLUMN
#undef END

enum { STORE_COLUMNS_MAX = 24 };

struct store_table_info {
    const char *name;
    uint32_t columns;
    const char *column_names[STORE_COLUMNS_MAX];
};

/* Name and columns of a table; valid for ever. */
const struct store_table_info *store_table_info(enum store_table table);

/* The table of that name, or STORE_TABLES. */
enum store_table store_table_by_name(struct str name);

/* The column of that name, or STORE_COLUMNS_MAX. */
uint32_t store_column_by_name(enum store_table table, struct str name);

#endif
