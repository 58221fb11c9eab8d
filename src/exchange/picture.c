/*
 * The head of a picture: see picture.h.
 *
 * Each reader walks a cursor that cannot leave the bytes: a number that is not there is 0 and marks
 * the picture as cut off. So a hostile length leads to an error, not to a read beyond the end.
 */
#include "exchange/picture.h"

#include "exchange/input.h"

struct cursor {
    struct str bytes;
    size_t at;
    bool little; /* byte order of TIFF "II" */
    bool short_of;
};

static uint32_t take(struct cursor *c, size_t count) {
    uint32_t value = 0;
    if (c->at > c->bytes.len || c->bytes.len - c->at < count) {
        c->short_of = true;
        return 0;
    }
    for (size_t i = 0; i < count; i++) {
        uint32_t byte = (unsigned char)c->bytes.ptr[c->at + i];
        value = c->little ? value | byte << (8 * i) : value << 8 | byte;
    }
    c->at += count;
    return value;
}

/* A part of the bytes as a cursor of its own; cut to what is there. */
static struct cursor part(const struct cursor *c, size_t from, size_t len) {
    size_t start = from < c->bytes.len ? from : c->bytes.len;
    size_t end = len < c->bytes.len - start ? start + len : c->bytes.len;
    return (struct cursor){.bytes = str_sub(c->bytes, start, end)};
}

static bool begins(struct str bytes, size_t at, struct str magic) {
    return bytes.len >= at + magic.len && memcmp(bytes.ptr + at, magic.ptr, magic.len) == 0;
}

/* PNG ------------------------------------------------------------------------------------------ */

/* The first chunk after the signature is IHDR: length 13, width, height. */
static bool read_png(struct cursor *c, struct picture *out) {
    c->at = 8;
    uint32_t length = take(c, 4);
    bool header = begins(c->bytes, c->at, STR("IHDR"));
    c->at += 4;
    out->format = PICTURE_PNG;
    out->width = take(c, 4);
    out->height = take(c, 4);
    return header && length == 13;
}

/* JPEG ----------------------------------------------------------------------------------------- */

enum { TAG_ORIENTATION = 0x0112, TYPE_SHORT = 3 };

/* The orientation that an Exif segment notes, 1 to 8; 1 when it notes none that can be read. */
static uint32_t read_orientation(struct cursor *segment) {
    if (!begins(segment->bytes, 0, STR("Exif\0\0")))
        return 1;
    struct cursor tiff = part(segment, 6, segment->bytes.len);
    tiff.little = begins(tiff.bytes, 0, STR("II*\0"));
    if (!tiff.little && !begins(tiff.bytes, 0, STR("MM\0*")))
        return 1;
    tiff.at = 4;
    tiff.at = take(&tiff, 4);
    uint32_t entries = take(&tiff, 2);
    for (uint32_t i = 0; i < entries && !tiff.short_of; i++) {
        uint32_t tag = take(&tiff, 2), type = take(&tiff, 2), count = take(&tiff, 4);
        uint32_t value = take(&tiff, 2);
        take(&tiff, 2);
        if (tag == TAG_ORIENTATION && type == TYPE_SHORT && count == 1 && value >= 1 && value <= 8)
            return value;
    }
    return 1;
}

/* Start of frame: C0 to CF, but C4 (tables), C8 (reserved) and CC (conditioning). */
static bool is_frame(uint32_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* Markers without a segment: fill bytes, TEM, RST, SOI. */
static bool is_bare(uint32_t marker) {
    return marker == 0xFF || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}

static bool read_jpeg(struct cursor *c, struct picture *out) {
    uint32_t orientation = 1;
    out->format = PICTURE_JPEG;
    c->at = 2;
    while (!c->short_of) {
        if (take(c, 1) != 0xFF)
            return false;
        uint32_t marker = take(c, 1);
        while (marker == 0xFF)
            marker = take(c, 1);
        if (is_bare(marker))
            continue;
        size_t start = c->at;
        uint32_t length = take(c, 2);
        /* The picture's data, or its end, before a frame header. */
        if (length < 2 || marker == 0xDA || marker == 0xD9)
            return false;
        struct cursor segment = part(c, start + 2, length - 2);
        if (marker == 0xE1 && orientation == 1)
            orientation = read_orientation(&segment);
        if (is_frame(marker)) {
            segment.at = 1;
            uint32_t height = take(&segment, 2), width = take(&segment, 2);
            out->width = orientation >= 5 ? height : width;
            out->height = orientation >= 5 ? width : height;
            out->orientation = orientation;
            c->short_of = segment.short_of;
            return true;
        }
        c->at = start + length;
    }
    return false;
}

/* WebP ----------------------------------------------------------------------------------------- */

static bool read_webp(struct cursor *c, struct picture *out) {
    bool lossy = begins(c->bytes, 12, STR("VP8 ")), lossless = begins(c->bytes, 12, STR("VP8L"));
    out->format = PICTURE_WEBP;
    c->little = true;
    c->at = 20;
    if (lossy) {
        /* Frame tag of three bytes, start code 9D 01 2A, then 14 bits of each side. */
        c->at += 3;
        bool code = begins(c->bytes, c->at, STR("\x9D\x01\x2A"));
        c->at += 3;
        out->width = take(c, 2) & 0x3FFF;
        out->height = take(c, 2) & 0x3FFF;
        return code;
    }
    if (lossless) {
        bool signature = take(c, 1) == 0x2F;
        uint32_t sides = take(c, 4);
        out->width = (sides & 0x3FFF) + 1;
        out->height = (sides >> 14 & 0x3FFF) + 1;
        return signature;
    }
    /* Extended: a byte of flags, three reserved, then 24 bits of each side less one. */
    c->at += 4;
    out->width = take(c, 3) + 1;
    out->height = take(c, 3) + 1;
    return begins(c->bytes, 12, STR("VP8X"));
}

/* All ------------------------------------------------------------------------------------------ */

static enum err no_picture(const char *why, struct errinfo *info) {
    err_set(info, ERR_INPUT, "%s", why);
    err_hint(info, "Give a PNG, JPEG or WebP file");
    return ERR_INPUT;
}

static enum err check_sides(const struct picture *picture, struct errinfo *info) {
    if (picture->width == 0 || picture->height == 0)
        return no_picture("the picture has no size", info);
    if (picture->width > PICTURE_SIDE_MAX || picture->height > PICTURE_SIDE_MAX) {
        err_set(info, ERR_LIMIT, "the picture has %u x %u pixels", picture->width, picture->height);
        err_hint(info, "Scale it to %d pixels a side at the most; 2000 are enough for a page",
                 PICTURE_SIDE_MAX);
        return ERR_LIMIT;
    }
    return ERR_OK;
}

enum err picture_read(struct str bytes, struct picture *out, struct errinfo *info) {
    struct cursor c = {.bytes = bytes};
    struct picture picture = {.format = PICTURE_NONE, .orientation = 1};
    bool good;
    if (bytes.len > PICTURE_BYTES_MAX) {
        err_set(info, ERR_LIMIT, "the picture has %zu bytes", bytes.len);
        err_hint(info, "Save it smaller: %d bytes are the most", PICTURE_BYTES_MAX);
        return ERR_LIMIT;
    }
    if (begins(bytes, 0, STR("\x89PNG\r\n\x1A\n")))
        good = read_png(&c, &picture);
    else if (begins(bytes, 0, STR("\xFF\xD8\xFF")))
        good = read_jpeg(&c, &picture);
    else if (begins(bytes, 0, STR("RIFF")) && begins(bytes, 8, STR("WEBP")))
        good = read_webp(&c, &picture);
    else
        return no_picture("the file is no picture that browsers show", info);
    if (!good || c.short_of)
        return no_picture("the picture is damaged or cut off", info);
    enum err code = check_sides(&picture, info);
    if (code == ERR_OK)
        *out = picture;
    return code;
}

enum err picture_load(const char *path, struct buf *bytes, struct picture *out,
                      struct errinfo *info) {
    enum { BLOCK_BYTES = 64 << 10 };
    struct input in;
    char block[BLOCK_BYTES];
    uint64_t at = 0;
    size_t got = 1;
    buf_init(bytes, PICTURE_BYTES_MAX);
    enum err code = input_open(&in, path, PICTURE_BYTES_MAX, info);
    if (code == ERR_LIMIT)
        err_hint(info, "Save the picture smaller");
    while (code == ERR_OK && got > 0) {
        code = input_read(&in, at, block, sizeof(block), &got, info);
        buf_add(bytes, block, code == ERR_OK ? got : 0);
        at += got;
    }
    input_release(&in);
    if (code == ERR_OK)
        code = buf_error(bytes, info);
    if (code == ERR_OK)
        code = picture_read(buf_str(bytes), out, info);
    if (code != ERR_OK) {
        err_at(info, path, 0, 0);
        buf_release(bytes);
    }
    return code;
}

static const struct {
    const char *name, *media_type;
} formats[PICTURE_FORMATS] = {[PICTURE_NONE] = {"", ""},
                              [PICTURE_PNG] = {"png", "image/png"},
                              [PICTURE_JPEG] = {"jpeg", "image/jpeg"},
                              [PICTURE_WEBP] = {"webp", "image/webp"}};

const char *picture_format_name(enum picture_format format) {
    return formats[format].name;
}

const char *picture_media_type(struct str format_name) {
    for (int f = PICTURE_PNG; f < PICTURE_FORMATS; f++)
        if (str_equal_c(format_name, formats[f].name))
            return formats[f].media_type;
    return NULL;
}
