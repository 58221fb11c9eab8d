/* Makes zip archives for tests. */
#ifndef FAIRLEAD_TESTS_EXCHANGE_PACK_H
#define FAIRLEAD_TESTS_EXCHANGE_PACK_H

#include "base/buf.h"

struct pack_part {
    const char *name;
    struct str bytes;
};

/* Appends an archive of the parts to `out`; aborts when libzip refuses. */
void pack(const struct pack_part *parts, size_t count, bool deflate, struct buf *out);

/* The same for a workbook with the usual names of parts: the sheet's XML, and that of styles and
 * shared strings where they are not empty. */
void pack_workbook(struct str workbook, struct str sheet, struct str strings, struct str styles,
                   bool deflate, struct buf *out);

/* A workbook part with one sheet "List". */
extern const char pack_plain_book[];

#endif
