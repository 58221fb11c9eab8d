/*
 * Pictures as they come from outside: what they are, by their first bytes alone.
 *
 * PNG, JPEG and WebP are taken, because every browser shows them; the format is told by the magic
 * bytes, never by a file name. Width and height are those of the picture as it is shown: where a
 * camera has noted that a JPEG lies on its side (Exif orientation 5 to 8), they are exchanged. The
 * pixels are not decoded here; picture_clean.h does that with what comes from outside.
 *
 * Sources: PNG, ISO/IEC 15948, 11.2.2 (IHDR); JPEG, ITU-T T.81, B.2.2 (frame header) and Exif 2.32,
 * 4.6.4 (orientation); WebP, RFC 9649, 2.5 to 2.7.
 *
 * Thread rule: any thread. Nothing here allocates.
 */
#ifndef FAIRLEAD_EXCHANGE_PICTURE_H
#define FAIRLEAD_EXCHANGE_PICTURE_H

#include "base/buf.h"

enum {
    PICTURE_BYTES_MAX = 5 << 20, /* of a file */
    PICTURE_SIDE_MAX = 12000,    /* pixels: the longest a phone's panorama is worth showing */
};

enum picture_format { PICTURE_NONE, PICTURE_PNG, PICTURE_JPEG, PICTURE_WEBP, PICTURE_FORMATS };

struct picture {
    enum picture_format format;
    uint32_t width, height; /* pixels, as shown */
    uint32_t orientation;   /* how the pixels lie in the file: 1 as shown, else Exif's 2 to 8 */
};

/*
 * Reads the head of a picture. ERR_INPUT when it is none of the three formats, is cut off, or has
 * no size; ERR_LIMIT when it is larger than the limits above. O(segments of a JPEG).
 */
enum err picture_read(struct str bytes, struct picture *out, struct errinfo *info) ERR_CHECK;

/* Reads a file and its head; the bytes are the caller's to release. Errors as above, ERR_IO. */
enum err picture_load(const char *path, struct buf *bytes, struct picture *out,
                      struct errinfo *info) ERR_CHECK;

/* "png", "jpeg", "webp"; also the ending of a file name in addresses. */
const char *picture_format_name(enum picture_format format);

/* "image/png", ...; of a name that picture_format_name gives. NULL for any other. */
const char *picture_media_type(struct str format_name);

#endif
