/*
 * Tables from outside: CSV text in any encoding and XLSX workbooks, behind one interface.
 *
 * What a file is, is told from its content, never from its name. Rows come one by one, so memory
 * does not grow with the file. The first row has record 0; which row is the header is the caller's
 * business.
 *
 *     struct table *table;
 *     enum err code = table_open("list.xlsx", NULL, &table, info);
 *     while (code == ERR_OK && (code = table_next(table, &row, &end, info)) == ERR_OK && !end)
 *         use(row.cells, row.count);
 *     table_close(table);
 *
 * XLSX: values as a person reads them. Numbers in the shortest decimal form, dates as YYYY-MM-DD
 * or YYYY-MM-DDTHH:MM:SS, times as HH:MM:SS, booleans TRUE and FALSE, errors as their names
 * (#N/A). A merged range has its value in its first cell. Blank rows are given, so that the line
 * is the row number of the spreadsheet; blank rows at the end are not. Hidden rows and columns are
 * read like all others; a hidden row says so.
 *
 * Refused with words: workbooks of the old binary format, encrypted ones, other archives, zip and
 * XML bombs, everything over the limits. After an error only table_rewind and table_close make
 * sense. All errors carry the name of the file, and line and column (of CSV: the character in the
 * line; of XLSX: the column of the sheet) where there is one.
 *
 * Thread rule: one thread at a time for each table.
 */
#ifndef FAIRLEAD_EXCHANGE_TABLE_READ_H
#define FAIRLEAD_EXCHANGE_TABLE_READ_H

#include "base/err.h"
#include "base/str.h"
#include "exchange/table_row.h"

struct table;

/* How to read, where the file itself does not tell. Zeroed means: find out. */
struct table_options {
    const char *encoding; /* of text, as people write it ("gbk", "UTF-8"); NULL = detect */
    char separator;       /* of text: , ; TAB | ; 0 = guess */
    const char *sheet;    /* of a workbook, by name; NULL = the first visible one */
    struct table_limits limits;
};

enum table_format { TABLE_CSV, TABLE_XLSX };

/* What was found out. Borrowed from the table. */
struct table_about {
    enum table_format format;
    uint64_t size_bytes;
    const char *encoding; /* of text; NULL for a workbook */
    char separator;       /* of text; 0 for a workbook */
    struct str sheet;     /* of a workbook, else empty */
    const struct str *sheets;
    uint32_t sheet_count;
};

/* Opens a file, a pipe, or "-" for standard input. `options` may be NULL. */
enum err table_open(const char *path, const struct table_options *options, struct table **out,
                    struct errinfo *info) ERR_CHECK;

/* The same over `bytes`, which must outlive the table; `name` is for messages. */
enum err table_open_memory(struct str bytes, const char *name, const struct table_options *options,
                           struct table **out, struct errinfo *info) ERR_CHECK;

void table_close(struct table *table);

/* The next row, or `end`. The row is valid until the next call. */
enum err table_next(struct table *table, struct table_row *row, bool *end,
                    struct errinfo *info) ERR_CHECK;

/* Back to the first row. */
enum err table_rewind(struct table *table, struct errinfo *info) ERR_CHECK;

/* What was found out about the file when it was opened; borrowed from the table. */
const struct table_about *table_about(const struct table *table);

enum { TABLE_COLUMN_NAME_MAX = 8 };

/* The name of a column of a spreadsheet: 0 is A, 25 is Z, 26 is AA. */
void table_column_name(uint32_t column, char out[TABLE_COLUMN_NAME_MAX]);

#endif
