/*
 * What a workbook says of itself: its sheets, the meaning of its cell styles, its calendar.
 *
 * Inside exchange/ only. Source: ECMA-376 part 1, 18.2 (workbook), 18.8 (styles); part 2, 9.3
 * (relationships).
 */
#ifndef FAIRLEAD_EXCHANGE_XLSX_BOOK_H
#define FAIRLEAD_EXCHANGE_XLSX_BOOK_H

#include "base/arena.h"
#include "base/vec.h"
#include "exchange/xlsx_zip.h"

struct xlsx_sheet {
    const char *part;
    bool hidden;
};

/* Read-only for users; all text belongs to the arena. */
struct xlsx_book {
    struct arena arena;
    VEC(struct str)
    names; /* of the sheets that hold cells, in the order of the workbook */
    VEC(struct xlsx_sheet)
    sheets;
    VEC(uint8_t)
    style_kinds; /* per cell style: see xlsx_format_kind */
    bool date1904;
    const char *strings_part; /* NULL when the workbook has no shared strings */
};

/* Release it also after a failure. */
enum err xlsx_book_read(struct xlsx_book *book, struct xlsx_zip *zip,
                        struct errinfo *info) ERR_CHECK;
void xlsx_book_release(struct xlsx_book *book);

#endif
