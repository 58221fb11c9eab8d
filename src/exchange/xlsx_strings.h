/*
 * The shared strings of a workbook: each different text of its cells once.
 *
 * Inside exchange/ only. They must be in memory, because cells refer to them in any order; more
 * than 512 MiB of text or 16 million strings are refused. Rich text is joined, phonetic hints are
 * left out. Source: ECMA-376 part 1, 18.4.
 */
#ifndef FAIRLEAD_EXCHANGE_XLSX_STRINGS_H
#define FAIRLEAD_EXCHANGE_XLSX_STRINGS_H

#include "base/buf.h"
#include "base/vec.h"
#include "exchange/xlsx_zip.h"

struct xlsx_strings {
    struct buf text; /* private: all strings one after the other */
    VEC(uint32_t)
    ends; /* private: where each ends */
};

/* Reads the part, or nothing when `part` is NULL. Release it also after a failure. */
enum err xlsx_strings_read(struct xlsx_strings *s, struct xlsx_zip *zip, const char *part,
                           struct errinfo *info) ERR_CHECK;
void xlsx_strings_release(struct xlsx_strings *s);

/* The string of an index; false when there is none. */
bool xlsx_strings_get(const struct xlsx_strings *s, uint32_t index, struct str *out);

#endif
