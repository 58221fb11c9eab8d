/*
 * Limits of a table that comes from outside: how much of it this program is willing to read.
 *
 * A field of zero means the default of the format. Exceeding a limit is ERR_LIMIT with the place
 * and the limit in words.
 */
#ifndef FAIRLEAD_EXCHANGE_TABLE_LIMITS_H
#define FAIRLEAD_EXCHANGE_TABLE_LIMITS_H

#include <stdint.h>

/* What the import promises (1,000,000 rows, 2 GB, 100,000 characters a cell) and, for the columns,
 * what no exhibitor list needs; a sheet of Excel ends at column XFD (ECMA-376 part 1, 18.3.1.13
 * and Excel's published specifications). */
#define TABLE_ROWS_MAX UINT64_C(1000000)
#define TABLE_BYTES_MAX UINT64_C(2000000000)
#define TABLE_CELL_CHARS_MAX UINT32_C(100000)
#define TABLE_CSV_COLUMNS_MAX UINT32_C(1000)
#define TABLE_XLSX_COLUMNS_MAX UINT32_C(16384)

struct table_limits {
    uint64_t rows;       /* records after the first one, which is the header */
    uint64_t bytes;      /* of the file, and of the text in it */
    uint32_t cell_chars; /* characters (code points) of a cell */
    uint32_t columns;
};

#endif
