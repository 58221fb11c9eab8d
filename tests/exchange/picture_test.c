/* Heads of pictures, written byte by byte from the standards named in picture.h. */
#include "exchange/picture.h"

#include <stdio.h>
#include <unistd.h>

#include "unit.h"

#define BYTES(literal) ((struct str){literal, sizeof(literal) - 1})

/* 300 x 200 */
#define PNG_HEAD "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x01\x2C\0\0\0\xC8\x08\x02\0\0\0"
#define JPEG_FRAME "\xFF\xC2\0\x11\x08\0\xC8\x01\x2C\x03\x01\x22\0\x02\x11\x01\x03\x11\x01"
#define JFIF "\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
/* Exif, big endian, one entry: orientation 6 (turned to the right) */
#define EXIF_MM                                                                                    \
    "\xFF\xE1\0\x22"                                                                               \
    "Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
/* the same in little endian, orientation 3 (upside down) */
#define EXIF_II                                                                                    \
    "\xFF\xE1\0\x22"                                                                               \
    "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x03\0\0\0\0\0\0\0"
#define WEBP_LOSSY "RIFF\x24\0\0\0WEBPVP8 \x18\0\0\0\x30\x01\0\x9D\x01\x2A\x2C\x01\xC8\0\x34\x25"
/* 299 | 199 << 14 = 0x0031C12B */
#define WEBP_LOSSLESS "RIFF\x24\0\0\0WEBPVP8L\x18\0\0\0\x2F\x2B\xC1\x31\0"
#define WEBP_EXTENDED "RIFF\x24\0\0\0WEBPVP8X\x0A\0\0\0\x10\0\0\0\x2B\x01\0\xC7\0\0"

static void check(struct str bytes, enum picture_format format, uint32_t width, uint32_t height) {
    struct picture p;
    struct errinfo info;
    assert_ok(picture_read(bytes, &p, &info), &info);
    assert_int_equal(p.format, format);
    assert_int_equal(p.width, width);
    assert_int_equal(p.height, height);
}

static void refuse(struct str bytes, enum err expected, const char *word) {
    struct picture p;
    struct errinfo info;
    assert_int_equal(picture_read(bytes, &p, &info), expected);
    if (strstr(info.message, word) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", info.message, word);
    assert_true(info.hint[0] != '\0');
}

static void the_three_formats_are_told_by_their_bytes(void **state) {
    check(BYTES(PNG_HEAD), PICTURE_PNG, 300, 200);
    check(BYTES("\xFF\xD8" JFIF JPEG_FRAME), PICTURE_JPEG, 300, 200);
    check(BYTES(WEBP_LOSSY), PICTURE_WEBP, 300, 200);
    check(BYTES(WEBP_LOSSLESS), PICTURE_WEBP, 300, 200);
    check(BYTES(WEBP_EXTENDED), PICTURE_WEBP, 300, 200);
}

static void a_photograph_on_its_side_has_its_sides_exchanged(void **state) {
    check(BYTES("\xFF\xD8" EXIF_MM JPEG_FRAME), PICTURE_JPEG, 200, 300);
    check(BYTES("\xFF\xD8" EXIF_II JPEG_FRAME), PICTURE_JPEG, 300, 200);
    check(BYTES("\xFF\xD8" JFIF EXIF_MM JPEG_FRAME), PICTURE_JPEG, 200, 300);
}

static void fill_bytes_and_other_segments_are_passed_over(void **state) {
    check(BYTES("\xFF\xD8\xFF\xFE\0\x06note\xFF\xFF\xFF" JPEG_FRAME), PICTURE_JPEG, 300, 200);
    check(BYTES("\xFF\xD8\xFF\xC4\0\x04\0\0" JPEG_FRAME), PICTURE_JPEG, 300, 200);
}

static void what_is_no_picture_is_refused_in_words(void **state) {
    refuse(BYTES(""), ERR_INPUT, "no picture");
    refuse(BYTES("<svg xmlns='http://www.w3.org/2000/svg'/>"), ERR_INPUT, "no picture");
    refuse(BYTES("GIF89a\x01\0\x01\0"), ERR_INPUT, "no picture");
    refuse(BYTES("RIFF\x24\0\0\0WAVEfmt "), ERR_INPUT, "no picture");
    refuse(BYTES("\xFF\xD8\xFF\xDA\0\x02"), ERR_INPUT, "damaged");
    refuse(BYTES("\xFF\xD8\xFF\xE0\0\x01"), ERR_INPUT, "damaged");
    refuse(BYTES("RIFF\x24\0\0\0WEBPVP8?\x18\0\0\0\x2F\x2B\xC1\x31\0\0\0\0\0\0\0\0\0"), ERR_INPUT,
           "damaged");
}

static void every_cut_is_noticed(void **state) {
    static const struct str whole[] = {{PNG_HEAD, 24}, /* up to the height */
                                       {"\xFF\xD8" JFIF JPEG_FRAME, 29},
                                       {WEBP_LOSSY, 30},
                                       {WEBP_LOSSLESS, 25},
                                       {WEBP_EXTENDED, 30}};
    struct picture p;
    for (size_t i = 0; i < sizeof(whole) / sizeof(whole[0]); i++) {
        assert_int_equal(picture_read(whole[i], &p, NULL), ERR_OK);
        for (size_t len = 0; len < whole[i].len; len++)
            assert_int_equal(picture_read(str_sub(whole[i], 0, len), &p, NULL), ERR_INPUT);
    }
}

static void sizes_have_limits(void **state) {
    struct picture p;
    refuse(BYTES("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\0\0\0\0\0\xC8\x08\x02"), ERR_INPUT,
           "no size");
    refuse(BYTES("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x2E\xE1\0\0\0\xC8\x08\x02"), ERR_LIMIT,
           "12001 x 200");
    check(BYTES("\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x2E\xE0\0\0\0\xC8\x08\x02"), PICTURE_PNG,
          12000, 200);
    assert_int_equal(picture_read((struct str){PNG_HEAD, (size_t)PICTURE_BYTES_MAX + 1}, &p, NULL),
                     ERR_LIMIT);
}

static void a_file_is_read_whole(void **state) {
    char path[] = "/tmp/picture-test-XXXXXX";
    struct buf bytes;
    struct picture p;
    struct errinfo info;
    int fd = mkstemp(path);
    assert_int_equal(write(fd, WEBP_LOSSY, sizeof(WEBP_LOSSY) - 1), sizeof(WEBP_LOSSY) - 1);
    close(fd);
    assert_ok(picture_load(path, &bytes, &p, &info), &info);
    assert_int_equal(bytes.len, sizeof(WEBP_LOSSY) - 1);
    assert_int_equal(p.width, 300);
    buf_release(&bytes);
    unlink(path);
    assert_int_equal(picture_load(path, &bytes, &p, &info), ERR_NOT_FOUND);
    assert_non_null(strstr(info.message, path));
}

static void formats_have_names_and_media_types(void **state) {
    for (int f = PICTURE_PNG; f < PICTURE_FORMATS; f++)
        assert_non_null(picture_media_type(str_of(picture_format_name((enum picture_format)f))));
    assert_null(picture_media_type(STR("svg")));
    assert_null(picture_media_type(STR("")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_three_formats_are_told_by_their_bytes),
        cmocka_unit_test(a_photograph_on_its_side_has_its_sides_exchanged),
        cmocka_unit_test(fill_bytes_and_other_segments_are_passed_over),
        cmocka_unit_test(what_is_no_picture_is_refused_in_words),
        cmocka_unit_test(every_cut_is_noticed),
        cmocka_unit_test(sizes_have_limits),
        cmocka_unit_test(a_file_is_read_whole),
        cmocka_unit_test(formats_have_names_and_media_types),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
