#include "unit.h"

#include <stdio.h>

#include <unicode/utf8.h>

#include "base/rng.h"
#include "text/utf8.h"

static void refuses_what_rfc_3629_forbids(void **state) {
    const char *bad[] = {"\x80",
                         "\xC0\x80",
                         "\xC1\xBF",
                         "\xC3",
                         "\xE0\x9F\xBF",
                         "\xED\xA0\x80",
                         "\xED\xBF\xBF",
                         "\xE4\xB8",
                         "\xF0\x8F\xBF\xBF",
                         "\xF4\x90\x80\x80",
                         "\xF5\x80\x80\x80",
                         "\xFF",
                         "abcdefgh\xE4\xB8x"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(utf8_valid(str_of(bad[i])));
    const char *good[] = {"",
                          "abc",
                          "\xC2\x80",
                          "\xE0\xA0\x80",
                          "\xED\x9F\xBF",
                          "\xEE\x80\x80",
                          "\xF0\x90\x80\x80",
                          "\xF4\x8F\xBF\xBF",
                          "链博会 expo"};
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        assert_true(utf8_valid(str_of(good[i])));
}

static void tells_a_cut_character_from_a_broken_one(void **state) {
    bool cut;
    assert_int_equal(utf8_valid_len(STR("ab\xE4\xB8"), &cut), 2);
    assert_true(cut);
    assert_int_equal(utf8_valid_len(STR("ab\xE4\xB8x"), &cut), 2);
    assert_false(cut);
    assert_int_equal(utf8_valid_len(STR("ab\xE0\x9F"), &cut), 2);
    assert_false(cut);
    assert_int_equal(utf8_valid_len(STR("abcd"), &cut), 4);
    assert_false(cut);
}

static void every_code_point_round_trips(void **state) {
    struct buf b;
    buf_init(&b, 16);
    for (uint32_t c = 0; c <= UTF8_LAST_CODE_POINT; c++) {
        buf_clear(&b);
        utf8_append(&b, c);
        struct str s = buf_str(&b);
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        assert_true(utf8_valid(s));
        assert_true(utf8_next(&s) == (surrogate ? (uint32_t)UTF8_REPLACEMENT : c));
        assert_int_equal(s.len, 0);
    }
    buf_clear(&b);
    utf8_append(&b, 0x110000);
    assert_str(buf_str(&b), "\xEF\xBF\xBD");
    buf_release(&b);
}

/* Negative for bad bytes. The macro does not compile under -Wconversion. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
static UChar32 next_by_icu(const char *bytes, int32_t *i, int32_t len) {
    UChar32 c;
    U8_NEXT(bytes, *i, len, c);
    return c;
}
#pragma GCC diagnostic pop

/* Oracle: ICU's macro U8_NEXT, with the same rule for bad bytes. */
static void agrees_with_icu_on_random_bytes(void **state) {
    struct rng rng;
    rng_init(&rng, 20241126);
    /* Bytes at the edges of the rules come often. */
    static const unsigned char edges[] = {0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F,
                                          0xA0, 0xBF, 0xC0, 0xC2, 0xDF, 0xE0, 0xE4,
                                          0xED, 0xEF, 0xF0, 0xF3, 0xF4, 0xF5, 0xFF};
    for (int round = 0; round < 200000; round++) {
        char bytes[24];
        uint32_t len = rng_below(&rng, sizeof(bytes) + 1);
        for (uint32_t i = 0; i < len; i++)
            bytes[i] = (char)edges[rng_below(&rng, sizeof(edges))];
        struct str rest = {bytes, len};
        size_t count = 0;
        bool valid = true;
        for (int32_t i = 0; i < (int32_t)len; count++) {
            UChar32 c = next_by_icu(bytes, &i, (int32_t)len);
            uint32_t own = utf8_next(&rest);
            assert_true(own == (c < 0 ? (uint32_t)UTF8_REPLACEMENT : (uint32_t)c));
            assert_int_equal(len - rest.len, i);
            valid = valid && c >= 0;
        }
        assert_int_equal(utf8_count((struct str){bytes, len}), count);
        assert_int_equal(utf8_valid((struct str){bytes, len}), valid);
    }
}

static void ascii_length_stops_at_the_first_other_byte(void **state) {
    char bytes[40];
    memset(bytes, 'a', sizeof(bytes));
    for (size_t at = 0; at < sizeof(bytes); at++) {
        bytes[at] = (char)0xC3;
        assert_int_equal(utf8_ascii_len((struct str){bytes, sizeof(bytes)}), at);
        bytes[at] = 'a';
    }
    assert_int_equal(utf8_ascii_len((struct str){bytes, sizeof(bytes)}), sizeof(bytes));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_rfc_3629_forbids),
        cmocka_unit_test(tells_a_cut_character_from_a_broken_one),
        cmocka_unit_test(every_code_point_round_trips),
        cmocka_unit_test(agrees_with_icu_on_random_bytes),
        cmocka_unit_test(ascii_length_stops_at_the_first_other_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
