/* Pictures with what a camera or a stranger puts into them; what comes out holds pixels alone. */
#include "exchange/picture_clean.h"

#include "pictures.h"

/* Exif, big endian: an orientation, and a text that must not come out. */
#define SECRET "39.9042N 116.4074E"
static const char exif[] =
    "\xFF\xE1\0\x34"
    "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x00\0\0\0\0\0\0" SECRET;
enum { ORIENTATION_AT = 4 + 6 + 8 + 2 + 9 };

/* A JPEG of 40 x 20 that says how it lies. */
static struct buf photograph(char orientation) {
    int size = 0;
    gdImagePtr image = picture_drawn(40, 20);
    char *bytes = gdImageJpegPtr(image, &size, 95);
    char head[sizeof(exif)];
    struct buf out;
    gdImageDestroy(image);
    memcpy(head, exif, sizeof(exif));
    head[ORIENTATION_AT] = orientation;
    buf_init(&out, TEST_PICTURE_MAX);
    buf_add(&out, bytes, 2);
    buf_add(&out, head, sizeof(exif) - 1);
    buf_add(&out, bytes + 2, (size_t)size - 2);
    gdFree(bytes);
    return out;
}

static struct buf clean_of(const struct buf *bytes, struct picture *picture) {
    struct buf clean;
    struct errinfo info;
    assert_ok(picture_clean(buf_str(bytes), &clean, picture, &info), &info);
    return clean;
}

static bool is_blue(gdImagePtr image, int x, int y) {
    int color = gdImageGetTrueColorPixel(image, x, y);
    return gdTrueColorGetBlue(color) > gdTrueColorGetRed(color);
}

static void a_photograph_is_turned_and_forgets_where_it_was_taken(void **state) {
    /* Where the blue corner is seen: right and down, by orientation. */
    static const bool corner[9][2] = {{0},    {0, 0}, {1, 0}, {1, 1}, {0, 1},
                                      {0, 0}, {1, 0}, {1, 1}, {0, 1}};
    for (char o = 1; o <= 8; o++) {
        struct picture picture;
        struct buf bytes = photograph(o), clean = clean_of(&bytes, &picture);
        bool is_lying = o >= 5;
        assert_int_equal(picture.width, is_lying ? 20 : 40);
        assert_int_equal(picture.height, is_lying ? 40 : 20);
        assert_true(str_find(buf_str(&bytes), STR(SECRET)) < bytes.len);
        assert_true(str_find(buf_str(&clean), STR(SECRET)) > clean.len);
        assert_true(str_find(buf_str(&clean), STR("Exif")) > clean.len);
        gdImagePtr image = gdImageCreateFromJpegPtr((int)clean.len, clean.ptr);
        assert_non_null(image);
        int right = gdImageSX(image) - 2, down = gdImageSY(image) - 2;
        for (int x = 0; x < 2; x++)
            for (int y = 0; y < 2; y++)
                assert_int_equal(is_blue(image, x ? right : 1, y ? down : 1),
                                 x == corner[(int)o][0] && y == corner[(int)o][1]);
        gdImageDestroy(image);
        buf_release(&bytes);
        buf_release(&clean);
    }
}

static void formats_and_transparency_stay(void **state) {
    struct picture picture;
    int size = 0;
    gdImagePtr image = picture_drawn(30, 30);
    gdImageAlphaBlending(image, 0);
    gdImageSaveAlpha(image, 1);
    gdImageSetPixel(image, 29, 29, gdTrueColorAlpha(0, 0, 0, gdAlphaTransparent));
    void *bytes = gdImagePngPtr(image, &size);
    struct buf png = picture_taken(bytes, size);
    bytes = gdImageWebpPtrEx(image, &size, 90);
    struct buf webp = picture_taken(bytes, size);
    gdImageDestroy(image);
    struct buf clean = clean_of(&png, &picture);
    assert_int_equal(picture.format, PICTURE_PNG);
    image = gdImageCreateFromPngPtr((int)clean.len, clean.ptr);
    assert_int_equal(gdTrueColorGetAlpha(gdImageGetTrueColorPixel(image, 29, 29)),
                     gdAlphaTransparent);
    assert_true(is_blue(image, 1, 1));
    gdImageDestroy(image);
    buf_release(&clean);
    clean = clean_of(&webp, &picture);
    assert_int_equal(picture.format, PICTURE_WEBP);
    assert_int_equal(picture.width, 30);
    buf_release(&clean);
    buf_release(&png);
    buf_release(&webp);
}

static void what_is_clean_stays_clean_and_large_ones_shrink(void **state) {
    struct picture picture, again;
    struct buf wide = picture_png(2 * PICTURE_CLEAN_SIDE_MAX, 100);
    struct buf once = clean_of(&wide, &picture), twice = clean_of(&once, &again);
    assert_int_equal(picture.width, PICTURE_CLEAN_SIDE_MAX);
    assert_int_equal(picture.height, 50);
    assert_true(buf_str(&once).len == buf_str(&twice).len);
    assert_memory_equal(once.ptr, twice.ptr, once.len);
    buf_release(&wide);
    buf_release(&once);
    buf_release(&twice);
}

static void refuse(struct str bytes, enum err expected) {
    struct picture picture;
    struct buf clean;
    struct errinfo info;
    assert_int_equal(picture_clean(bytes, &clean, &picture, &info), expected);
    assert_true(info.message[0] != '\0' && info.hint[0] != '\0');
}

static void what_cannot_be_decoded_is_refused_in_words(void **state) {
    struct buf png = picture_png(60, 60);
    refuse(STR("<svg onload='alert(1)'/>"), ERR_INPUT);
    refuse((struct str){png.ptr, png.len / 2}, ERR_INPUT);
    /* A head that promises more than is decoded at once: 11,000 x 11,000. */
    png.ptr[18] = 0x2A, png.ptr[19] = (char)0xF8, png.ptr[22] = 0x2A, png.ptr[23] = (char)0xF8;
    refuse(buf_str(&png), ERR_LIMIT);
    buf_release(&png);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_photograph_is_turned_and_forgets_where_it_was_taken),
        cmocka_unit_test(formats_and_transparency_stay),
        cmocka_unit_test(what_is_clean_stays_clean_and_large_ones_shrink),
        cmocka_unit_test(what_cannot_be_decoded_is_refused_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
