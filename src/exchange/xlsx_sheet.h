/*
 * The rows of one sheet, in a stream.
 *
 * Inside exchange/ only. Cells lie where their references say, or behind the one before when they
 * have none; the same for rows. Only cells with a value count. Source: ECMA-376 part 1, 18.3.1.
 */
#ifndef FAIRLEAD_EXCHANGE_XLSX_SHEET_H
#define FAIRLEAD_EXCHANGE_XLSX_SHEET_H

#include "exchange/table_row.h"
#include "exchange/xlsx_book.h"
#include "exchange/xlsx_strings.h"

struct xlsx_rows;

/* Rows of the sheet in `part`; all that is given outlives them. Limits have no zeros. */
enum err xlsx_rows_new(struct xlsx_zip *zip, const struct xlsx_book *book,
                       const struct xlsx_strings *strings, const char *part,
                       const struct table_limits *limits, struct xlsx_rows **out,
                       struct errinfo *info) ERR_CHECK;
void xlsx_rows_free(struct xlsx_rows *rows);

enum err xlsx_rows_next(struct xlsx_rows *rows, struct table_row *row, bool *end,
                        struct errinfo *info) ERR_CHECK;

#endif
