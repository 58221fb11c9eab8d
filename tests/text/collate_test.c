#include "unit.h"

#include "base/mem.h"
#include "base/rng.h"
#include "text/collate.h"

enum { KEY_MAX = 1 << 16 };

static struct text_collator *open_order(enum text_order order) {
    struct errinfo info;
    struct text_collator *c = NULL;
    assert_ok(text_collator_new(order, &c, &info), &info);
    return c;
}

static int compare(const struct text_collator *c, struct str a, struct str b) {
    struct errinfo info;
    struct buf ka, kb;
    buf_init(&ka, KEY_MAX);
    buf_init(&kb, KEY_MAX);
    assert_ok(text_sort_key(c, a, &ka, &info), &info);
    assert_ok(text_sort_key(c, b, &kb, &info), &info);
    int order = str_compare(buf_str(&ka), buf_str(&kb));
    buf_release(&ka);
    buf_release(&kb);
    return order;
}

static void assert_sorted(enum text_order order, const char *const *names, size_t count) {
    struct text_collator *c = open_order(order);
    for (size_t i = 0; i + 1 < count; i++)
        if (compare(c, str_of(names[i]), str_of(names[i + 1])) >= 0)
            fail_msg("%s does not come before %s", names[i], names[i + 1]);
    text_collator_free(c);
}

static void english_puts_case_and_accents_last_and_counts_numbers(void **state) {
    static const char *names[] = {"",        "apple",    "Apple",    "Aptiv", "Hall 2",
                                  "Hall 10", "Müller A", "Muller B", "Zeiss", "长城"};
    assert_sorted(TEXT_ORDER_ENGLISH, names, sizeof(names) / sizeof(names[0]));
}

static void chinese_sorts_han_by_pinyin_before_latin(void **state) {
    /* 3, ai er, bei jing, chang an, chang cheng, chong qing, guang zhou, lu, lü, luan, shang hai,
     * xia men, zhong guo (with Latin after Han in the middle of a name, too), zhong biao */
    static const char *names[] = {
        "",         "3M中国",    "爱尔", "北京",  "长安汽车",   "长城汽车", "重庆",      "广州",
        "路",       "绿",        "鸾",   "上海",  "厦门",       "中国",     "中国 2 号", "中国10号",
        "中国石化", "中国A公司", "钟表", "Apple", "apple 苹果", "Zeiss"};
    assert_sorted(TEXT_ORDER_CHINESE, names, sizeof(names) / sizeof(names[0]));
}

static char letter_of(const struct text_collator *c, const char *text) {
    struct errinfo info;
    struct buf key;
    buf_init(&key, KEY_MAX);
    assert_ok(text_sort_key(c, str_of(text), &key, &info), &info);
    char letter = text_index_letter(c, buf_str(&key));
    buf_release(&key);
    return letter;
}

static void an_index_has_texts_under_their_letters(void **state) {
    static const char *const cases[][2] = {
        /* text, its headings in English and in Chinese */
        {"Apple", "A~"}, {"a", "A~"},    {"Ærøskøbing", "A~"}, {"zf", "Z~"},       {"Öko", "O~"},
        {"ʒ", "Z~"},     {"3M", "##"},   {"", "##"},           {"-x", "##"},       {"Ωmega", "~~"},
        {"爱尔", "~A"},  {"八一", "~B"}, {"长城", "~C"},       {"杭州", "~H"},     {"上海", "~S"},
        {"厦门", "~X"},  {"重庆", "~C"}, {"中国", "~Z"},       {"宁德时代", "~N"}, {"欧姆龙", "~O"},
        {"日立", "~R"},  {"吉利", "~J"},
    };
    struct text_collator *english = open_order(TEXT_ORDER_ENGLISH);
    struct text_collator *chinese = open_order(TEXT_ORDER_CHINESE);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char got[] = {letter_of(english, cases[i][0]), letter_of(chinese, cases[i][0]), '\0'};
        if (strcmp(got, cases[i][1]) != 0)
            fail_msg("%s stands under %s, expected %s", cases[i][0], got, cases[i][1]);
    }
    text_collator_free(english);
    text_collator_free(chinese);
}

static void keys_order_random_bytes_consistently(void **state) {
    struct text_collator *c = open_order(TEXT_ORDER_CHINESE);
    struct rng rng;
    rng_init(&rng, 5);
    for (int round = 0; round < 3000; round++) {
        char bytes[3][16];
        struct str s[3];
        for (size_t i = 0; i < 3; i++) {
            s[i] = (struct str){bytes[i], rng_below(&rng, 16)};
            for (size_t k = 0; k < s[i].len; k++)
                bytes[i][k] = (char)rng_below(&rng, 256);
        }
        int ab = compare(c, s[0], s[1]), bc = compare(c, s[1], s[2]), ac = compare(c, s[0], s[2]);
        assert_true(compare(c, s[1], s[0]) == 0 ? ab == 0
                                                : (ab < 0) != (compare(c, s[1], s[0]) < 0));
        if (ab <= 0 && bc <= 0)
            assert_true(ac <= 0);
    }
    text_collator_free(c);
}

static void long_names_and_short_memory_are_handled(void **state) {
    struct text_collator *c = open_order(TEXT_ORDER_ENGLISH);
    struct errinfo info;
    struct buf name, key;
    buf_init(&name, KEY_MAX);
    for (int i = 0; i < 2000; i++)
        buf_add_c(&name, "é");
    bool succeeded = false;
    for (long n = 0; n < 20 && !succeeded; n++) {
        buf_init(&key, KEY_MAX);
        mem_fail_after(n);
        enum err err = text_sort_key(c, buf_str(&name), &key, &info);
        mem_fail_after(-1);
        succeeded = err == ERR_OK;
        assert_true(succeeded || err == ERR_MEMORY);
        buf_release(&key);
    }
    assert_true(succeeded);
    buf_release(&name);
    text_collator_free(c);
    mem_fail_after(0);
    assert_int_equal(text_collator_new(TEXT_ORDER_ENGLISH, &c, &info), ERR_MEMORY);
    mem_fail_after(-1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(english_puts_case_and_accents_last_and_counts_numbers),
        cmocka_unit_test(chinese_sorts_han_by_pinyin_before_latin),
        cmocka_unit_test(an_index_has_texts_under_their_letters),
        cmocka_unit_test(keys_order_random_bytes_consistently),
        cmocka_unit_test(long_names_and_short_memory_are_handled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
