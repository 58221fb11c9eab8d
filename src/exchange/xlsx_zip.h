/*
 * The zip archive of a workbook, read with suspicion.
 *
 * Inside exchange/ only. Refused: more than 10,000 entries, encrypted entries, entries that unpack
 * to more than the limit in bytes (one or all together) or to more than 200 times their packed
 * size (from 10 MB on). What the archive states is checked when it is opened; what really comes
 * out of an entry is counted again while it is read, because a bomb lies about its size.
 *
 * Source: PKWARE APPNOTE 6.3; ECMA-376 part 2 (names of parts ignore case).
 */
#ifndef FAIRLEAD_EXCHANGE_XLSX_ZIP_H
#define FAIRLEAD_EXCHANGE_XLSX_ZIP_H

#include "exchange/input.h"

struct xlsx_zip;
struct xlsx_part;

/* `in` outlives the archive. */
enum err xlsx_zip_open(const struct input *in, uint64_t max_bytes, struct xlsx_zip **out,
                       struct errinfo *info) ERR_CHECK;
void xlsx_zip_close(struct xlsx_zip *zip);

/* Whether the archive has an entry of that name. */
bool xlsx_zip_has(struct xlsx_zip *zip, const char *name);

/* ERR_INPUT when there is no such part. */
enum err xlsx_part_open(struct xlsx_zip *zip, const char *name, struct xlsx_part **out,
                        struct errinfo *info) ERR_CHECK;
/* Up to `len` bytes; `got` is 0 at the end. */
enum err xlsx_part_read(struct xlsx_part *part, char *out, size_t len, size_t *got,
                        struct errinfo *info) ERR_CHECK;
void xlsx_part_close(struct xlsx_part *part);

#endif
