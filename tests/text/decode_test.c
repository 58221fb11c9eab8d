#include "unit.h"

#include <stdio.h>

#include <unicode/ucnv.h>

#include "base/mem.h"
#include "base/rng.h"
#include "text/decode.h"
#include "text/utf8.h"

enum { OUT_MAX = 1 << 24 };

/* Detects and decodes in blocks of `step` bytes. */
static enum err read_all(struct str in, size_t step, const char *named, struct buf *out,
                         struct errinfo *info) {
    const struct text_encoding *encoding;
    struct text_detector det;
    text_detector_init(&det);
    for (size_t i = 0; i < in.len; i += step)
        text_detector_feed(&det, str_sub(in, i, i + step < in.len ? i + step : in.len));
    enum err err = ERR_OK;
    if (named != NULL)
        encoding = text_encoding_find(str_of(named));
    else
        err = text_detector_finish(&det, &encoding, info);
    if (err != ERR_OK)
        return err;
    struct text_decoder *d;
    err = text_decoder_new(encoding, &d, info);
    if (err != ERR_OK)
        return err;
    for (size_t i = 0; i < in.len && err == ERR_OK; i += step) {
        size_t to = i + step < in.len ? i + step : in.len;
        err = text_decoder_feed(d, str_sub(in, i, to), false, out, info);
    }
    if (err == ERR_OK)
        err = text_decoder_feed(d, STR(""), true, out, info);
    text_decoder_free(d);
    return err;
}

static void assert_reads(struct str in, const char *named, const char *expected) {
    struct errinfo info;
    for (size_t step = 1; step <= in.len + 1; step++) {
        struct buf out;
        buf_init(&out, OUT_MAX);
        assert_ok(read_all(in, step, named, &out, &info), &info);
        assert_str(buf_str(&out), expected);
        buf_release(&out);
    }
}

static void assert_refuses(struct str in, const char *named, long line, const char *words) {
    struct errinfo info;
    for (size_t step = 1; step <= in.len + 1; step++) {
        struct buf out;
        buf_init(&out, OUT_MAX);
        enum err err = read_all(in, step, named, &out, &info);
        if (err != ERR_INPUT)
            fail_msg("error %s instead of \"%s\"", err_name(err), words);
        assert_int_equal(info.line, line);
        if (strstr(info.message, words) == NULL)
            fail_msg("\"%s\" does not say \"%s\"", info.message, words);
        buf_release(&out);
    }
}

static void knows_marks_and_utf8(void **state) {
    assert_reads(STR(""), NULL, "");
    assert_reads(STR("name\n\xE9\x95\xBF\xE5\x9F\x8E"), NULL, "name\n长城");
    assert_reads(STR("\xEF\xBB\xBFname\n\xE9\x95\xBF"), NULL, "name\n长");
    assert_reads(STR("\xFF\xFE\x7F\x95\x3C\xD8\x00\xDF\x0A\x00"), NULL, "长\xF0\x9F\x8C\x80\n");
    assert_reads(STR("\xFE\xFF\x95\x7F\x00\x0A"), NULL, "长\n");
}

static void takes_strict_gb18030_over_the_whole_input(void **state) {
    assert_reads(STR("\xB3\xA4\xB3\xC7,Great Wall\n"), NULL, "长城,Great Wall\n");
    assert_reads(STR("\x81\x30\x89\x37 \x95\x32\x82\x36\xD6\xD0\xB9\xFA"), NULL, "Þ 𠀀中国");
    assert_refuses(STR("\xB3\xA4\xB3\xC7\nx,\xFF\n"), NULL, 1, "neither UTF-8");
    assert_refuses(STR("a\n\xB3\xA4\xB3\xC7,\x80,\n"), NULL, 2, "neither UTF-8");
    assert_refuses(STR("\xB3\xA4\xB3\xC7 \x84\x31\xA5\x30\n"), NULL, 1, "neither UTF-8");
}

/* In windows-1252, an accented letter and the next one make a well formed pair. */
static void asks_for_latin_text_that_could_be_gb18030(void **state) {
    assert_refuses(STR("name\nM\xFCller Stra\xDF"
                       "e GmbH\n"),
                   NULL, 2, "inside Latin words");
    assert_refuses(STR("name\nCaf\xE9, Paris\n"), NULL, 2, "neither UTF-8");
    assert_reads(STR("name\nM\xFCller\n"), "windows-1252", "name\nMüller\n");
    assert_reads(STR("\xC4\xB0"
                     "A"),
                 "Latin-1", "Ä°A");
}

static void asks_for_utf16_without_mark(void **state) {
    assert_refuses(STR("a\0\n\0b\0"), NULL, 1, "zero byte");
    assert_reads(STR("a\0\n\0b\0"), "utf-16le", "a\nb");
}

static void finds_encodings_by_their_common_names(void **state) {
    assert_string_equal(text_encoding_find(STR("utf8"))->name, "UTF-8");
    assert_string_equal(text_encoding_find(STR(" GBK "))->name, "GB18030");
    assert_string_equal(text_encoding_find(STR("gb_2312"))->name, "GB18030");
    assert_string_equal(text_encoding_find(STR("ISO_8859-1"))->name, "ISO-8859-1");
    assert_null(text_encoding_find(STR("klingon")));
    assert_null(text_encoding_find(STR("")));
    assert_null(text_encoding_find(STR("utf-8-and-then-some-very-long-name-that-does-not-end")));
}

static void says_where_a_character_is_cut_or_wrong(void **state) {
    assert_refuses(STR("\xEF\xBB\xBF"
                       "ab\n\xE9\x95"),
                   NULL, 2, "E9 95 at 6");
    assert_refuses(STR("\xEF\xBB\xBF"
                       "ab\n\xE9\x95x"),
                   NULL, 2, "E9 95 at 6");
    assert_refuses(STR("ok\nok\n\xB3"), "gbk", 3, "middle of a character (bytes B3 at 6");
    assert_refuses(STR("ok\n\xFF"), "gbk", 2, "bytes FF at 3");
    assert_refuses(STR("\xFF\xFE"
                       "a\0\x00\xD8"
                       "b\0"),
                   NULL, 1, "00 D8 at 4");
    assert_refuses(STR("\xFF\xFE"
                       "a\0b"),
                   NULL, 1, "middle of a character");
    assert_refuses(STR("x\xB0\xFF"), "euc-kr", 1, "B0 at 1");
}

/* Our structure check must agree with ICU's decoder about every text. */
static void structure_check_agrees_with_icu(void **state) {
    struct rng rng;
    rng_init(&rng, 18030);
    static const unsigned char edges[] = {0x20, 0x30, 0x39, 0x40, 0x7E, 0x7F, 0x80, 0x81,
                                          0x84, 0x8F, 0x90, 0xA4, 0xA5, 0xE3, 0xE4, 0x9A,
                                          0xFE, 0xFF, 0x31, 0x32, 0x35, 0x36, 0xB0};
    int valid = 0;
    for (int round = 0; round < 100000; round++) {
        char bytes[12];
        uint32_t len = 1 + rng_below(&rng, sizeof(bytes));
        for (uint32_t i = 0; i < len; i++)
            bytes[i] = (char)edges[rng_below(&rng, sizeof(edges))];
        struct gb18030_scan scan = {0};
        gb18030_scan_feed(&scan, (struct str){bytes, len});
        struct errinfo info;
        struct buf out;
        buf_init(&out, OUT_MAX);
        enum err err = read_all((struct str){bytes, len}, 3, "gb18030", &out, &info);
        assert_int_equal(gb18030_scan_ok(&scan), err == ERR_OK);
        valid += err == ERR_OK;
        buf_release(&out);
    }
    assert_true(valid > 1000);
}

/* Every code point through every Unicode encoding and back, in odd blocks. */
static void unicode_encodings_round_trip(void **state) {
    static const char *names[] = {"gb18030", "utf-16le", "utf-16be"};
    struct buf text, out;
    buf_init(&text, OUT_MAX);
    buf_init(&out, OUT_MAX);
    buf_add_char(&text, 'x');
    for (uint32_t c = 1; c <= UTF8_LAST_CODE_POINT; c += c < 0x30000 ? 1 : 97)
        if (c < 0xD800 || c > 0xDFFF)
            utf8_append(&text, c);
    for (size_t i = 0; i < 3; i++) {
        UErrorCode status = U_ZERO_ERROR;
        size_t room = text.len * 2;
        char *bytes = mem_new(room, 1);
        assert_non_null(bytes);
        const char *converter = text_encoding_find(str_of(names[i]))->converter;
        int32_t len = ucnv_convert(converter, "UTF-8", bytes, (int32_t)room, text.ptr,
                                   (int32_t)text.len, &status);
        assert_true(U_SUCCESS(status));
        struct errinfo info;
        buf_clear(&out);
        assert_ok(read_all((struct str){bytes, (size_t)len}, 7, names[i], &out, &info), &info);
        assert_true(str_equal(buf_str(&text), buf_str(&out)));
        mem_free(bytes);
    }
    buf_release(&text);
    buf_release(&out);
}

static void says_when_memory_is_short(void **state) {
    struct errinfo info;
    struct buf out;
    buf_init(&out, OUT_MAX);
    for (long n = 0; n < 2; n++) {
        mem_fail_after(n);
        assert_int_equal(read_all(STR("\xB3\xA4\xB3\xC7"), 2, NULL, &out, &info), ERR_MEMORY);
        mem_fail_after(-1);
        buf_clear(&out);
    }
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(knows_marks_and_utf8),
        cmocka_unit_test(takes_strict_gb18030_over_the_whole_input),
        cmocka_unit_test(asks_for_latin_text_that_could_be_gb18030),
        cmocka_unit_test(asks_for_utf16_without_mark),
        cmocka_unit_test(finds_encodings_by_their_common_names),
        cmocka_unit_test(says_where_a_character_is_cut_or_wrong),
        cmocka_unit_test(structure_check_agrees_with_icu),
        cmocka_unit_test(unicode_encodings_round_trip),
        cmocka_unit_test(says_when_memory_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
