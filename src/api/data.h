/*
 * Open data: the public part of an edition as tables, each in CSV and JSON, with a descriptor that
 * says what they are (Frictionless Data Package 1.0, Table Schema 1.0).
 *
 * A table is a record (field.h) with its rows. Its columns are the record's fields but for lists of
 * records, which are tables of their own: a cell holds a value, several texts joined by "; ", or,
 * for a record that only names something, the key of that row in its table. JSON has the same rows
 * with typed values. In CSV a text that a spreadsheet would run as a formula gets a ' in front, as
 * in every export of the program.
 *
 * Thread rule: the table of tables is constant.
 */
#ifndef FAIRLEAD_API_DATA_H
#define FAIRLEAD_API_DATA_H

#include "api/route.h"

enum { API_DATA_COLUMNS_MAX = API_FIELDS_MAX };

struct api_table {
    const char *name; /* "exhibitors": exhibitors.csv, exhibitors.json */
    const char *title_en, *title_zh;
    const struct api_record *record;
    api_rows_of *rows; /* all of the edition; called without a row */
    const char *key;   /* names of the fields that tell rows apart, separated by blanks */
};

extern const struct api_table api_tables[];
extern const uint32_t api_tables_count;

/* The fields of a record that are columns; returns how many. */
uint32_t api_table_columns(const struct api_record *record,
                           const struct api_field *column[API_DATA_COLUMNS_MAX]);

/* A licence under which data may be given on, by its name in the Open Definition's list. */
struct api_license {
    const char *name, *title, *path;
};

/* The known licences; ends with a NULL name. */
extern const struct api_license api_licenses[];

/* The licence of that name, or NULL. */
const struct api_license *api_license_find(struct str name);

/* The draws of the routes. */
api_draw api_draw_package, api_draw_table, api_draw_redirect;

#endif
