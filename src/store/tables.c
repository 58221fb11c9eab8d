/* Tables: see tables.h. */
#include "store/tables.h"

static const struct store_table_info tables[STORE_TABLES] = {
#define TABLE(T, t) [TABLE_##T] = {#t, T##_COLUMNS, false, {
#define WORKING(T, t) [TABLE_##T] = {#t, T##_COLUMNS, true, {
#define COLUMN(T, C, c) {#c, STORE_PLAIN},
#define PERSONAL(T, C, c) {#c, STORE_PERSONAL},
#define SECRET(T, C, c) {#c, STORE_SECRET},
#define END(T)                                                                                     \
    }                                                                                              \
    }                                                                                              \
    ,
#include "store/tables.def"
#undef TABLE
#undef WORKING
#undef COLUMN
#undef PERSONAL
#undef SECRET
#undef END
};

const struct store_table_info *store_table_info(enum store_table table) {
    return &tables[table];
}

enum store_table store_table_by_name(struct str name) {
    for (uint32_t t = 0; t < STORE_TABLES; t++)
        if (str_equal_c(name, tables[t].name))
            return (enum store_table)t;
    return STORE_TABLES;
}

uint32_t store_column_by_name(enum store_table table, struct str name) {
    for (uint32_t c = 0; c < tables[table].columns; c++)
        if (str_equal_c(name, tables[table].column[c].name))
            return c;
    return STORE_COLUMNS_MAX;
}
