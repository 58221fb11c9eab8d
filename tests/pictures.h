/* Pictures for tests, made by the library that decodes them. */
#ifndef FAIRLEAD_TESTS_PICTURES_H
#define FAIRLEAD_TESTS_PICTURES_H

#include <gd.h>

#include "base/buf.h"
#include "unit.h"

enum { TEST_PICTURE_MAX = 1 << 24 };

/* Red, with a corner of blue at the upper left. */
static inline gdImagePtr picture_drawn(int width, int height) {
    gdImagePtr image = gdImageCreateTrueColor(width, height);
    assert_non_null(image);
    gdImageFilledRectangle(image, 0, 0, width - 1, height - 1, gdTrueColor(200, 30, 30));
    gdImageFilledRectangle(image, 0, 0, width / 4, height / 4, gdTrueColor(20, 40, 210));
    return image;
}

/* Takes over bytes of the library. */
static inline struct buf picture_taken(void *bytes, int size) {
    struct buf out;
    assert_non_null(bytes);
    buf_init(&out, TEST_PICTURE_MAX);
    buf_add_str(&out, (struct str){bytes, (size_t)size});
    gdFree(bytes);
    assert_int_equal(buf_error(&out, NULL), ERR_OK);
    return out;
}

static inline struct buf picture_png(int width, int height) {
    int size = 0;
    gdImagePtr image = picture_drawn(width, height);
    void *bytes = gdImagePngPtr(image, &size);
    gdImageDestroy(image);
    return picture_taken(bytes, size);
}

#endif
