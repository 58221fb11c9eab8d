/*
 * Pictures made clean: decoded, turned as a camera noted, made no larger than a page needs, and
 * encoded anew. What comes out has the pixels and nothing else: no place, no name, no time, no
 * thumbnail of what was cut away, and no bytes that only look like a picture.
 *
 * A layer over libgd. A PNG stays a PNG, a JPEG a JPEG, a WebP a WebP; transparency stays.
 *
 * Thread rule: any thread.
 */
#ifndef FAIRLEAD_EXCHANGE_PICTURE_CLEAN_H
#define FAIRLEAD_EXCHANGE_PICTURE_CLEAN_H

#include "exchange/picture.h"

enum {
    PICTURE_PIXELS_MAX = 40 << 20, /* decoded at once; 4 bytes each */
    PICTURE_CLEAN_SIDE_MAX = 2400, /* pixels of what comes out: twice the width of a page */
};

/*
 * Makes `bytes` clean and tells what came out; `clean` is the caller's to release. ERR_INPUT for
 * what is no picture or cannot be decoded (an animation too), ERR_LIMIT above the limits here and
 * of picture.h, ERR_MEMORY. O(pixels): about 20 ns each.
 */
enum err picture_clean(struct str bytes, struct buf *clean, struct picture *out,
                       struct errinfo *info) ERR_CHECK;

/* Reads a file (picture_load) and makes it clean. Errors of both. */
enum err picture_load_clean(const char *path, struct buf *clean, struct picture *out,
                            struct errinfo *info) ERR_CHECK;

#endif
