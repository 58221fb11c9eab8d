/*
 * Rows as CSV text (RFC 4180: CRLF, quotes only where they are needed).
 */
#ifndef FAIRLEAD_EXCHANGE_CSV_WRITE_H
#define FAIRLEAD_EXCHANGE_CSV_WRITE_H

#include "exchange/table_write.h"

/* Appends a row; the separator and the guard of the options count, and no separator is 0. Whatever
 * the cells hold, csv_next gives them back, but for what the guard puts in front. */
void csv_write_row(struct buf *out, const struct table_value *values, uint32_t count,
                   const struct table_write_options *options);

#endif
