#include "unit.h"

#include <stdio.h>

#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/mem.h"
#include "base/rng.h"
#include "text/han.h"
#include "text/utf8.h"

enum { OUT_MAX = 1 << 16 };

static void assert_reads(const char *text, const char *expected) {
    struct errinfo info;
    struct buf out;
    buf_init(&out, OUT_MAX);
    assert_ok(han_pinyin(str_of(text), &out, &info), &info);
    assert_str(buf_str(&out), expected);
    buf_release(&out);
}

static void reads_names_as_people_say_them(void **state) {
    static const char *names[][2] = {
        {"长城汽车", "chang cheng qi che"},
        {"厦门钨业", "xia men wu ye"},
        {"廈門鎢業", "xia men wu ye"},
        {"北京地铁", "bei jing di tie"},
        {"重慶長安", "chong qing chang an"},
        {"中国银行", "zhong guo yin hang"},
        {"行业成长", "hang ye cheng zhang"},
        {"音乐", "yin yue"},
        {"单县单于", "shan xian chan yu"},
        {"环球大厦", "huan qiu da sha"},
        {"会计", "kuai ji"},
        {"调味品调度", "tiao wei pin diao du"},
        {"三一重工", "san yi zhong gong"},
        {"西藏", "xi zang"},
        {"六安", "lu an"},
        {"乐清", "yue qing"},
        {"丽水", "li shui"},
        {"尉犁", "yu li"},
        {"行星数据", "xing xing shu ju"},
        {"日本製鉄", "ri ben zhi tie"},
        {"绿地", "lü di"},
        {"华润长电", "hua run chang dian"},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_reads(names[i][0], names[i][1]);
}

static void keeps_what_is_not_han(void **state) {
    assert_reads("", "");
    assert_reads("Great Wall", "Great Wall");
    assert_reads("ABC长城2号", "ABC chang cheng 2 hao");
    assert_reads("长城 汽车", "chang cheng qi che");
    assert_reads("(长城)", "( chang cheng )");
    assert_reads("ガス", "ガス");
}

static void writes_tones_as_digits(void **state) {
    struct errinfo info;
    struct buf out;
    buf_init(&out, OUT_MAX);
    assert_ok(han_pinyin_tones(STR("长城的女娲"), &out, &info), &info);
    assert_str(buf_str(&out), "chang2 cheng2 de5 nü3 wa1");
    buf_release(&out);
}

static void lists_readings_by_likelihood(void **state) {
    struct han_reading r[HAN_READINGS_MAX];
    assert_int_equal(han_readings(0x957F, r), 2);
    assert_string_equal(r[0].syllable, "chang");
    assert_int_equal(r[0].tone, 2);
    assert_string_equal(r[1].syllable, "zhang");
    assert_int_equal(r[1].tone, 3);
    assert_int_equal(han_readings('a', r), 0);
    assert_int_equal(han_readings(0x20000, r), 1);
    assert_int_equal(han_readings(0x10FFFF, r), 0);
    int none = 0;
    for (uint32_t c = 0x4E00; c <= 0x9FA5; c++)
        none += han_readings(c, r) == 0;
    assert_true(none < 30); /* made in Japan, without a reading in Chinese */
}

/* Whoever looks for the readings of a character finds what it is read as in a phrase. */
static void reads_a_character_as_one_of_its_readings(void **state) {
    struct str texts[] = {STR("厦门大厦ABC长城重庆银行会计音乐六安尉犁调度"), STR("ガ\xff々𠀀")};
    for (size_t t = 0; t < 2; t++) {
        struct han_reader reader;
        struct han_reading r, all[HAN_READINGS_MAX];
        uint32_t c, count = 0;
        han_reader_init(&reader, texts[t]);
        while (han_reader_next(&reader, &c, &r)) {
            count++;
            if (r.syllable == NULL)
                continue;
            assert_string_equal(han_syllable(r.number), r.syllable);
            size_t n = han_readings(c, all), i = 0;
            while (i < n && all[i].number != r.number)
                i++;
            assert_true(i < n);
        }
        assert_int_equal(count, utf8_count(texts[t]));
        assert_int_equal(reader.rest.len, 0);
    }
    assert_null(han_syllable(UINT32_MAX));
}

static void simplifies_and_knows_its_limits(void **state) {
    struct errinfo info;
    struct buf out;
    buf_init(&out, OUT_MAX);
    assert_ok(han_simplify(STR("中糧集團 a 後 皇后 裡裏里 乾坤 著名 三菱電機 広島"), &out, &info),
              &info);
    assert_str(buf_str(&out), "中粮集团 a 后 皇后 里里里 乾坤 著名 三菱电机 广岛");
    buf_release(&out);
    for (uint32_t c = 0; c <= UTF8_LAST_CODE_POINT; c++)
        assert_int_equal(han_simplify_char(han_simplify_char(c)), han_simplify_char(c));
}

/* `text` through an ICU transliterator, for comparison. */
static void transliterate(UTransliterator *t, uint32_t c, UChar out[32]) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = 0, limit;
    u_memset(out, 0, 32);
    if (c < 0x10000) {
        out[len++] = (UChar)c;
    } else {
        out[len++] = (UChar)(0xD7C0 + (c >> 10));
        out[len++] = (UChar)(0xDC00 + (c & 0x3FF));
    }
    limit = len;
    utrans_transUChars(t, out, &len, 31, 0, &limit, &status);
    assert_true(U_SUCCESS(status));
    out[len] = 0;
}

static UTransliterator *open_transliterator(const char *id) {
    UChar wide[64];
    UErrorCode status = U_ZERO_ERROR;
    u_uastrcpy(wide, id);
    UTransliterator *t = utrans_openU(wide, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    assert_true(U_SUCCESS(status));
    return t;
}

/* ICU's tables come from the same Unihan fields, but ICU takes kMandarin alone, which has 长 as
 * "zhang"; ours moves the reading in names to the front. So agreement is high but not complete. */
static void agrees_with_icu_on_most_readings(void **state) {
    UTransliterator *t = open_transliterator("Han-Latin; NFD; [[:Mn:]-[\\u0308]] Remove; NFC");
    int same = 0, other = 0, all = 0;
    for (uint32_t c = 0x4E00; c <= 0x9FA5; c++) {
        UChar wide[32];
        char icu[64];
        UErrorCode status = U_ZERO_ERROR;
        struct han_reading r[HAN_READINGS_MAX];
        transliterate(t, c, wide);
        u_strToUTF8(icu, sizeof(icu), NULL, wide, -1, &status);
        assert_true(U_SUCCESS(status));
        size_t n = han_readings(c, r);
        all++;
        same += strcmp(icu, r[0].syllable) == 0;
        bool among = false;
        for (size_t i = 0; i < n; i++)
            among = among || strcmp(icu, r[i].syllable) == 0;
        other += !among;
    }
    utrans_close(t);
    print_message("# readings: %d of %d as ICU, ICU's not among ours: %d\n", same, all, other);
    assert_true(same > all * 98 / 100);
    assert_true(other < all / 100);
}

/* We differ where a character is its own simplified form in some words (乾, 著), where Japanese
 * forms are added, and where ICU needs context. */
static void agrees_with_icu_on_most_simplified_forms(void **state) {
    UTransliterator *t = open_transliterator("Hant-Hans");
    int same = 0, all = 0, missing = 0;
    for (uint32_t c = 0x4E00; c <= 0x9FA5; c++) {
        UChar wide[32];
        transliterate(t, c, wide);
        uint32_t own = han_simplify_char(c);
        bool changed = wide[0] != c;
        if (!changed)
            continue;
        all++;
        same += own < 0x10000 && wide[0] == own;
        missing += own == c;
    }
    utrans_close(t);
    print_message("# simplified: %d of %d as ICU, %d left alone by us\n", same, all, missing);
    assert_true(same > all * 96 / 100);
}

static void random_bytes_are_no_danger(void **state) {
    struct rng rng;
    rng_init(&rng, 3);
    struct buf in, out;
    buf_init(&in, OUT_MAX);
    buf_init(&out, OUT_MAX);
    for (int round = 0; round < 20000; round++) {
        buf_clear(&in);
        buf_clear(&out);
        for (uint32_t n = rng_below(&rng, 12); n > 0; n--) {
            if (rng_below(&rng, 4) == 0)
                buf_add_char(&in, (char)rng_below(&rng, 256));
            else
                utf8_append(&in, 0x3400 + rng_below(&rng, 0x6C00));
        }
        assert_int_equal(han_pinyin(buf_str(&in), &out, NULL), ERR_OK);
        assert_int_equal(han_simplify(buf_str(&in), &out, NULL), ERR_OK);
    }
    buf_release(&in);
    buf_release(&out);
}

static void says_when_memory_is_short(void **state) {
    struct errinfo info;
    struct buf out;
    buf_init(&out, OUT_MAX);
    mem_fail_after(0);
    assert_int_equal(han_pinyin(STR("长城"), &out, &info), ERR_MEMORY);
    mem_fail_after(-1);
    buf_release(&out);
    buf_init(&out, 3);
    assert_int_equal(han_simplify(STR("长城"), &out, &info), ERR_LIMIT);
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_names_as_people_say_them),
        cmocka_unit_test(keeps_what_is_not_han),
        cmocka_unit_test(writes_tones_as_digits),
        cmocka_unit_test(lists_readings_by_likelihood),
        cmocka_unit_test(reads_a_character_as_one_of_its_readings),
        cmocka_unit_test(simplifies_and_knows_its_limits),
        cmocka_unit_test(agrees_with_icu_on_most_readings),
        cmocka_unit_test(agrees_with_icu_on_most_simplified_forms),
        cmocka_unit_test(random_bytes_are_no_danger),
        cmocka_unit_test(says_when_memory_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
