/*
 * Tables: all tables and their columns as constants, from tables.def.
 *
 * A table is TABLE_ORGANISATION, its columns are ORGANISATION_NAME_EN, ... in schema order, and
 * ORGANISATION_COLUMNS is their number. The id is not a column here. Working rows (sessions, mail
 * to send) stand in tables like records do, but leave no line in the change log.
 */
#ifndef FAIRLEAD_STORE_TABLES_H
#define FAIRLEAD_STORE_TABLES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

#define TABLE(T, t) TABLE_##T,
#define WORKING(T, t) TABLE_##T,
#define COLUMN(T, C, c)
#define PERSONAL(T, C, c)
#define SECRET(T, C, c)
#define END(T)
enum store_table {
#include "store/tables.def"
    STORE_TABLES
};
#undef TABLE
#undef WORKING
#undef COLUMN
#undef PERSONAL
#undef SECRET
#undef END

#define TABLE(T, t) enum t##_column {
#define WORKING(T, t) enum t##_column {
#define COLUMN(T, C, c) T##_##C,
#define PERSONAL(T, C, c) T##_##C,
#define SECRET(T, C, c) T##_##C,
#define END(T)                                                                                     \
    T##_COLUMNS                                                                                    \
    }                                                                                              \
    ;
#include "store/tables.def"
#undef TABLE
#undef WORKING
#undef COLUMN
#undef PERSONAL
#undef SECRET
#undef END

enum { STORE_COLUMNS_MAX = 24 };

enum store_column_kind {
    STORE_PLAIN,
    STORE_PERSONAL, /* of a person: an erasure empties it, in the log, too */
    STORE_SECRET,   /* its value never reaches the log: a line says "*" where there was one */
};

struct store_column_info {
    const char *name;
    enum store_column_kind kind;
};

struct store_table_info {
    const char *name;
    uint32_t columns;
    bool working; /* its rows leave no line in the log */
    struct store_column_info column[STORE_COLUMNS_MAX];
};

/* Name and columns of a table; valid for ever. */
const struct store_table_info *store_table_info(enum store_table table);

/* The table of that name, or STORE_TABLES. */
enum store_table store_table_by_name(struct str name);

/* The column of that name, or STORE_COLUMNS_MAX. */
uint32_t store_column_by_name(enum store_table table, struct str name);

#endif
