#include "unit.h"

#include <stdio.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/mem.h"
#include "base/rng.h"
#include "text/fold.h"
#include "text/han.h"
#include "text/utf8.h"

enum { OUT_MAX = 1 << 20 };

static void assert_folds(const char *in, const char *expected) {
    struct errinfo info;
    struct buf out;
    buf_init(&out, OUT_MAX);
    assert_ok(text_fold(str_of(in), &out, &info), &info);
    assert_str(buf_str(&out), expected);
    buf_release(&out);
}

static void assert_folds_plain(const char *in, const char *expected) {
    struct errinfo info;
    struct buf out;
    buf_init(&out, OUT_MAX);
    assert_ok(text_fold_plain(str_of(in), &out, &info), &info);
    assert_str(buf_str(&out), expected);
    buf_release(&out);
}

static void folds_case_width_and_blanks(void **state) {
    assert_folds("", "");
    assert_folds(" \t\r\n", "");
    assert_folds("  McDonald's \t China\n", "mcdonald's china");
    assert_folds("Ｃｏｎｔｅｍｐｏｒａｒｙ　Ａｍｐｅｒｅｘ　（ＣＡＴＬ）",
                 "contemporary amperex (catl)");
    assert_folds("STRASSE Straße ﬁt", "strasse strasse fit");
    assert_folds("Ｅ\xCC\x81", "é");
    assert_folds("E\xCC\x81 \xC3\x89", "é é");
    assert_folds("zero\xE2\x80\x8Bwidth soft\xC2\xADhyphen", "zerowidth softhyphen");
    assert_folds("a\xC2\xA0\xE3\x80\x80"
                 "b\xE2\x80\xA9",
                 "a b");
    assert_folds("ｶﾞﾗｽ ㈱", "ガラス (株)");
    assert_folds("中糧集團 ＣＯＦＣＯ", "中粮集团 cofco");
    assert_folds("bad \xFF byte", "bad \xEF\xBF\xBD byte");
}

static void plain_drops_accents_of_latin_and_greek_only(void **state) {
    assert_folds_plain("Müller Łódź İSTANBUL Çelik ığdır", "muller lodz istanbul celik igdir");
    assert_folds_plain("Đà Nẵng Ærø Ǽ Œuvre Þór", "da nang aero ae oeuvre thor");
    assert_folds_plain("Ελληνικά", "ελληνικα");
    assert_folds_plain("ガラス й 한국", "ガラス й 한국");
    assert_folds_plain("e\xCC\x81t\xC3\xA9", "ete");
    assert_folds_plain("ASCII  only ", "ascii only");
}

/* The definition, without any short cut: ICU on the whole text, simplified Han, then blanks. Plain
 * ICU calls, so that it shares nothing with the code under test. */
static void fold_by_icu(struct str in, struct buf *out) {
    UErrorCode status = U_ZERO_ERROR;
    static UChar units[4096], folded[4096 * 18];
    static char bytes[4096 * 18 * 3];
    int32_t len, bytes_len;
    u_strFromUTF8WithSub(units, 4096, &len, in.ptr, (int32_t)in.len, UTF8_REPLACEMENT, NULL,
                         &status);
    const UNormalizer2 *n = unorm2_getNFKCCasefoldInstance(&status);
    len = unorm2_normalize(n, units, len, folded, 4096 * 18, &status);
    u_strToUTF8(bytes, (int32_t)sizeof(bytes), &bytes_len, folded, len, &status);
    assert_true(U_SUCCESS(status));
    struct str rest = {bytes, (size_t)bytes_len};
    bool blank = false;
    while (rest.len > 0) {
        uint32_t c = utf8_next(&rest);
        if (u_isUWhiteSpace((UChar32)c) || u_charType((UChar32)c) == U_CONTROL_CHAR) {
            blank = out->len > 0;
            continue;
        }
        if (blank)
            buf_add_char(out, ' ');
        blank = false;
        utf8_append(out, han_simplify_char(c));
    }
}

/* A character of a kind that firms use, or an edge case. */
static uint32_t random_character(struct rng *rng) {
    static const uint32_t from[] = {0x20,   0x41,   0xA0,    0x300,  0x370,  0x1100, 0x1E00,
                                    0x3041, 0x3099, 0x30A1,  0x3400, 0x4E00, 0xAC00, 0xF900,
                                    0xFB00, 0xFF01, 0x2000,  0x2150, 0x3200, 0x600,  0xE00,
                                    0x900,  0,      0x20000, 0x0,    0xFE00};
    static const uint32_t count[] = {
        0x5F,  0x1A, 0x1B0, 0x70, 0x90, 0x100, 0x200, 0x50, 2,    0x5A,     0x19C0, 0x200, 0x2BA4,
        0x200, 7,    0xE0,  0x70, 0x3A, 0x1FF, 0x100, 0x80, 0x80, 0x110000, 0x400,  0x20,  0x10};
    uint32_t kind = rng_below(rng, sizeof(from) / sizeof(from[0]));
    return from[kind] + rng_below(rng, count[kind]);
}

static void random_text(struct rng *rng, struct buf *out) {
    buf_clear(out);
    for (uint32_t n = rng_below(rng, 20); n > 0; n--) {
        if (rng_below(rng, 50) == 0)
            buf_add_char(out, (char)rng_below(rng, 256));
        else
            utf8_append(out, random_character(rng));
    }
}

static void equals_icu_on_random_text_and_is_idempotent(void **state) {
    struct rng rng;
    uint64_t seed = 7;
    rng_init(&rng, seed);
    struct errinfo info;
    struct buf in, once, twice, oracle;
    buf_init(&in, OUT_MAX);
    buf_init(&once, OUT_MAX);
    buf_init(&twice, OUT_MAX);
    buf_init(&oracle, OUT_MAX);
    for (int round = 0; round < 100000; round++) {
        random_text(&rng, &in);
        buf_clear(&once);
        buf_clear(&twice);
        buf_clear(&oracle);
        assert_ok(text_fold(buf_str(&in), &once, &info), &info);
        fold_by_icu(buf_str(&in), &oracle);
        if (!str_equal(buf_str(&once), buf_str(&oracle)))
            fail_msg("seed %llu round %d: \"%s\" is folded to \"%s\", ICU says \"%s\"",
                     (unsigned long long)seed, round, in.ptr, once.ptr, oracle.ptr);
        assert_ok(text_fold(buf_str(&once), &twice, &info), &info);
        if (!str_equal(buf_str(&once), buf_str(&twice)))
            fail_msg("seed %llu round %d: folding \"%s\" again gives \"%s\"",
                     (unsigned long long)seed, round, once.ptr, twice.ptr);
    }
    buf_release(&in);
    buf_release(&once);
    buf_release(&twice);
    buf_release(&oracle);
}

/* Long stretches leave the stack buffers. */
static void folds_long_text_that_needs_icu(void **state) {
    struct errinfo info;
    struct buf in, out;
    buf_init(&in, OUT_MAX);
    buf_init(&out, OUT_MAX);
    for (int i = 0; i < 5000; i++)
        buf_add_c(&in, "É");
    assert_ok(text_fold(buf_str(&in), &out, &info), &info);
    assert_int_equal(out.len, in.len);
    assert_true(str_starts(buf_str(&out), STR("éé")));
    buf_release(&in);
    buf_release(&out);
}

static void says_when_memory_or_room_is_short(void **state) {
    struct errinfo info;
    struct buf in, out;
    buf_init(&in, OUT_MAX);
    for (int i = 0; i < 300; i++)
        buf_add_c(&in, "É\xEF\xB7\xBA"); /* the second becomes 18 characters */
    bool succeeded = false;
    for (long n = 0; n < 50 && !succeeded; n++) {
        buf_init(&out, OUT_MAX);
        mem_fail_after(n);
        enum err err = text_fold(buf_str(&in), &out, &info);
        mem_fail_after(-1);
        succeeded = err == ERR_OK;
        if (!succeeded)
            assert_int_equal(err, ERR_MEMORY);
        buf_release(&out);
    }
    assert_true(succeeded);
    buf_init(&out, 10);
    assert_int_equal(text_fold(buf_str(&in), &out, &info), ERR_LIMIT);
    buf_release(&out);
    buf_release(&in);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(folds_case_width_and_blanks),
        cmocka_unit_test(plain_drops_accents_of_latin_and_greek_only),
        cmocka_unit_test(equals_icu_on_random_text_and_is_idempotent),
        cmocka_unit_test(folds_long_text_that_needs_icu),
        cmocka_unit_test(says_when_memory_or_room_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
