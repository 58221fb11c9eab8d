/*
 * What a format offers to table_read: inside exchange/ only.
 */
#ifndef FAIRLEAD_EXCHANGE_TABLE_BACKEND_H
#define FAIRLEAD_EXCHANGE_TABLE_BACKEND_H

#include "exchange/input.h"
#include "exchange/table_read.h"

struct table_backend {
    enum err (*next)(void *reader, struct table_row *row, bool *end, struct errinfo *info);
    enum err (*rewind)(void *reader, struct errinfo *info);
    void (*free)(void *reader);
};

/*
 * Each opens a reader over `input`, which outlives it, with limits that have no zeros left but
 * `columns`, and fills its part of `about`.
 */
enum err table_csv_open(const struct input *input, const struct table_options *options,
                        struct table_about *about, void **reader, struct errinfo *info) ERR_CHECK;
extern const struct table_backend table_csv_backend;

enum err table_xlsx_open(const struct input *input, const struct table_options *options,
                         struct table_about *about, void **reader, struct errinfo *info) ERR_CHECK;
extern const struct table_backend table_xlsx_backend;

#endif
