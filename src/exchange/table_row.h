/*
 * What every reader of tables shares: the row it gives, and how much it is willing to read.
 */
#ifndef FAIRLEAD_EXCHANGE_TABLE_ROW_H
#define FAIRLEAD_EXCHANGE_TABLE_ROW_H

#include <stdbool.h>

#include "base/str.h"

/* What the import promises (1,000,000 rows, 2 GB, 100,000 characters a cell) and, for the columns,
 * what no exhibitor list needs; a sheet of Excel ends at column XFD (ECMA-376 part 1, 18.3.1.13
 * and Excel's published specifications). */
#define TABLE_ROWS_MAX UINT64_C(1000000)
#define TABLE_BYTES_MAX UINT64_C(2000000000)
#define TABLE_CELL_CHARS_MAX UINT32_C(100000)
#define TABLE_CSV_COLUMNS_MAX UINT32_C(1000)
#define TABLE_XLSX_COLUMNS_MAX UINT32_C(16384)

/* A field of zero means the default of the format. Going over one is ERR_LIMIT with the place. */
struct table_limits {
    uint64_t rows;       /* records after the first one, which is the header */
    uint64_t bytes;      /* of the file, and of the text in it */
    uint32_t cell_chars; /* characters (code points) of a cell */
    uint32_t columns;
};

/* A row, borrowed until the next one is asked for. Cells are UTF-8 without zero bytes. */
struct table_row {
    const struct str *cells;
    const long *cell_lines; /* the line, from 1, in which each cell begins */
    uint32_t count;         /* number of cells, at least 1; a blank row has one empty cell */
    uint64_t record;        /* 0 for the first row, which as a rule is the header; then 1, 2, ... */
    bool hidden;            /* the spreadsheet does not show it: filtered out, or hidden by hand */
    long line;              /* where the row begins: the line of the text, the row of the sheet */
};

#endif
