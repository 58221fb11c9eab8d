/*
 * Pictures made clean: see picture_clean.h.
 *
 * The head is read by our own reader first, which bounds the pixels before anything is decoded.
 */
#include "exchange/picture_clean.h"

#include <gd.h>
#include <limits.h>

enum { JPEG_QUALITY = 85, WEBP_QUALITY = 82, PNG_LEVEL = 6, CLEAN_BYTES_MAX = 64 << 20 };

/* What libgd has to say of a broken picture is said by its returning nothing. */
static void say_nothing(int priority, const char *format, va_list arguments) {
    (void)priority;
    (void)format;
    (void)arguments;
}

static gdImagePtr decode(struct str bytes, enum picture_format format) {
    void *data = (void *)(uintptr_t)bytes.ptr;
    int size = (int)bytes.len;
    gdImagePtr image = format == PICTURE_PNG    ? gdImageCreateFromPngPtr(size, data)
                       : format == PICTURE_JPEG ? gdImageCreateFromJpegPtr(size, data)
                                                : gdImageCreateFromWebpPtr(size, data);
    if (image != NULL && !gdImageTrueColor(image) && !gdImagePaletteToTrueColor(image)) {
        gdImageDestroy(image);
        return NULL;
    }
    return image;
}

/* Turns a picture that a camera took lying (Exif 2.32, 4.6.4, Orientation). */
static gdImagePtr turn(gdImagePtr image, uint32_t orientation) {
    int width = gdImageSX(image), height = gdImageSY(image);
    bool is_lying = orientation >= 5;
    gdImagePtr turned;
    if (orientation <= 1)
        return image;
    turned = gdImageCreateTrueColor(is_lying ? height : width, is_lying ? width : height);
    for (int y = 0; turned != NULL && y < height; y++)
        for (int x = 0; x < width; x++) {
            int right = width - 1 - x, down = height - 1 - y;
            const int to[9][2] = {{0, 0}, {x, y},    {right, y},    {right, down}, {x, down},
                                  {y, x}, {down, x}, {down, right}, {y, right}};
            gdImageTrueColorPixel(turned, to[orientation][0], to[orientation][1]) =
                gdImageTrueColorPixel(image, x, y);
        }
    gdImageDestroy(image);
    return turned;
}

/* Makes the longer side PICTURE_CLEAN_SIDE_MAX where it is longer. */
static gdImagePtr shrink(gdImagePtr image) {
    unsigned width = (unsigned)gdImageSX(image), height = (unsigned)gdImageSY(image);
    unsigned longer = width > height ? width : height;
    gdImagePtr small;
    if (longer <= PICTURE_CLEAN_SIDE_MAX)
        return image;
    width = width * PICTURE_CLEAN_SIDE_MAX / longer;
    height = height * PICTURE_CLEAN_SIDE_MAX / longer;
    small = gdImageCreateTrueColor(width > 0 ? (int)width : 1, height > 0 ? (int)height : 1);
    if (small != NULL) {
        gdImageAlphaBlending(small, 0);
        gdImageCopyResampled(small, image, 0, 0, 0, 0, gdImageSX(small), gdImageSY(small),
                             gdImageSX(image), gdImageSY(image));
    }
    gdImageDestroy(image);
    return small;
}

static enum err encode(gdImagePtr image, enum picture_format format, struct buf *out,
                       struct errinfo *info) {
    int size = 0;
    void *bytes;
    gdImageSaveAlpha(image, 1);
    gdImageInterlace(image, format == PICTURE_JPEG); /* shows coarsely at once on a slow line */
    bytes = format == PICTURE_PNG    ? gdImagePngPtrEx(image, &size, PNG_LEVEL)
            : format == PICTURE_JPEG ? gdImageJpegPtr(image, &size, JPEG_QUALITY)
                                     : gdImageWebpPtrEx(image, &size, WEBP_QUALITY);
    if (bytes == NULL)
        return err_memory(info);
    buf_init(out, CLEAN_BYTES_MAX);
    buf_add_str(out, (struct str){bytes, (size_t)size});
    gdFree(bytes);
    enum err e = buf_error(out, info);
    if (e != ERR_OK)
        buf_release(out);
    return e;
}

static enum err check_pixels(const struct picture *picture, struct errinfo *info) {
    if ((uint64_t)picture->width * picture->height <= PICTURE_PIXELS_MAX)
        return ERR_OK;
    err_set(info, ERR_LIMIT, "the picture has %u x %u pixels, too many to work on", picture->width,
            picture->height);
    err_hint(info, "Scale it; 2000 pixels a side are enough for a page");
    return ERR_LIMIT;
}

enum err picture_clean(struct str bytes, struct buf *clean, struct picture *out,
                       struct errinfo *info) {
    enum err e = picture_read(bytes, out, info);
    if (e == ERR_OK)
        e = check_pixels(out, info);
    if (e != ERR_OK)
        return e;
    gdSetErrorMethod(say_nothing);
    gdImagePtr image = decode(bytes, out->format);
    if (image == NULL) {
        err_set(info, ERR_INPUT, "the picture is damaged, or moves");
        err_hint(info, "Open it in a picture program and save it anew as PNG or JPEG");
        return ERR_INPUT;
    }
    image = turn(image, out->orientation);
    if (image != NULL)
        image = shrink(image);
    if (image == NULL)
        return err_memory(info);
    out->width = (uint32_t)gdImageSX(image);
    out->height = (uint32_t)gdImageSY(image);
    out->orientation = 1;
    e = encode(image, out->format, clean, info);
    gdImageDestroy(image);
    return e;
}

enum err picture_load_clean(const char *path, struct buf *clean, struct picture *out,
                            struct errinfo *info) {
    struct buf bytes;
    enum err e = picture_load(path, &bytes, out, info);
    if (e != ERR_OK)
        return e;
    e = picture_clean(buf_str(&bytes), clean, out, info);
    if (e != ERR_OK)
        err_at(info, path, 0, 0);
    buf_release(&bytes);
    return e;
}
