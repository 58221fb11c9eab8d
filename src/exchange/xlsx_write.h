/*
 * Rows as an XLSX workbook of one sheet. Inside exchange/ only.
 *
 * A layer over libxlsxwriter in its mode of constant memory. What Excel cannot hold is refused:
 * more than 1,048,576 rows, 16,384 columns, 32,767 characters a cell (Excel's published
 * specifications). Integers beyond 2^53, which a cell would round, are written as text.
 */
#ifndef FAIRLEAD_EXCHANGE_XLSX_WRITE_H
#define FAIRLEAD_EXCHANGE_XLSX_WRITE_H

#include "exchange/table_write.h"

struct xlsx_writer;

/* A workbook that will be written to `path` when it is finished; `sheet` NULL = "Sheet1". */
enum err xlsx_writer_new(const char *path, const char *sheet, struct xlsx_writer **out,
                         struct errinfo *info) ERR_CHECK;
enum err xlsx_writer_row(struct xlsx_writer *w, const struct table_value *values, uint32_t count,
                         struct errinfo *info) ERR_CHECK;
/* Writes the file. */
enum err xlsx_writer_finish(struct xlsx_writer *w, struct errinfo *info) ERR_CHECK;
void xlsx_writer_free(struct xlsx_writer *w);

#endif
