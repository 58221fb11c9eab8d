/*
 * Bodies made smaller (gzip, RFC 1952).
 *
 * Thread rule: pure functions.
 */
#ifndef FAIRLEAD_HTTP_GZIP_H
#define FAIRLEAD_HTTP_GZIP_H

#include "base/buf.h"

/* Whether a body of this content type is text, which shrinks; pictures and archives do not. */
bool http_gzip_fits(const char *content_type, size_t size_bytes);

/*
 * Appends the gzipped form of `plain` to `out`, the same bytes for the same input. False when it
 * does not save a tenth, or memory is short: the plain form is then sent. About 20 ns a byte of
 * HTML, and 300 kB while it works.
 */
bool http_gzip(struct str plain, struct buf *out);

/* Fills `plain` with the `size_bytes` bytes that http_gzip made `packed` of. False when memory is
 * short. About 3 ns a byte. */
bool http_gunzip(struct str packed, char *plain, size_t size_bytes);

#endif
