#include "unit.h"

#include "model/spelling.h"
#include "model/vocab.h"

static void assert_key(const char *text, const char *expected) {
    struct buf key;
    struct errinfo info;
    buf_init(&key, 10000);
    assert_ok(spelling_key(str_of(text), &key, &info), &info);
    assert_str(buf_str(&key), expected);
    buf_release(&key);
}

static void keys_drop_case_accents_blanks_and_punctuation(void **state) {
    assert_key("U.S.", "us");
    assert_key("Côte d’Ivoire", "cotedivoire");
    assert_key("刚果（金）", "刚果金");
    assert_key("Ｃｏｍｐａｎｙ　／　名称", "company名称");
    assert_key("— – - · 。", "");
    assert_key("二〇二四", "二〇二四");
}

static void blanks_are_dashes_and_words_for_not_known(void **state) {
    static const char *const blanks[] = {"",    " ",   "—",  "--",   "－",
                                         "n/a", "N/A", "无", "待定", "　"};
    for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++)
        assert_true(spelling_is_blank(str_of(blanks[i])));
    assert_false(spelling_is_blank(STR("NA")));
    assert_false(spelling_is_blank(STR("0")));
    assert_false(spelling_is_blank(STR("-3")));
}

static void distance_counts_edits_and_swaps(void **state) {
    assert_int_equal(spelling_distance(STR("batcel"), STR("batcell"), 3), 1);
    assert_int_equal(spelling_distance(STR("germnay"), STR("germany"), 3), 1);
    assert_int_equal(spelling_distance(STR("中国"), STR("美国"), 3), 1);
    assert_int_equal(spelling_distance(STR("kitten"), STR("sitting"), 3), 3);
    assert_int_equal(spelling_distance(STR("kitten"), STR("sitting"), 2), 3);
    assert_int_equal(spelling_distance(STR(""), STR("ab"), 5), 2);
}

static void a_word_of_two_meanings_is_ambiguous(void **state) {
    struct vocab v;
    struct errinfo info;
    uint32_t value;
    vocab_init(&v);
    assert_ok(vocab_add_list(&v, STR("Alpha;A;;alpha!"), 1, &info), &info);
    assert_ok(vocab_add_list(&v, STR("Beta;a."), 2, &info), &info);
    assert_ok(vocab_find(&v, STR("ALPHA"), &value, &info), &info);
    assert_int_equal(value, 1);
    assert_ok(vocab_find(&v, STR("a"), &value, &info), &info);
    assert_true(value == VOCAB_AMBIGUOUS);
    assert_ok(vocab_find(&v, STR("..."), &value, &info), &info);
    assert_true(value == VOCAB_NONE);
    const struct vocab_word *near;
    assert_ok(vocab_nearest(&v, STR("betta"), &near, &info), &info);
    assert_str(near->spelling, "Beta");
    assert_ok(vocab_nearest(&v, STR("zzzz"), &near, &info), &info);
    assert_null(near);
    vocab_release(&v);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_drop_case_accents_blanks_and_punctuation),
        cmocka_unit_test(blanks_are_dashes_and_words_for_not_known),
        cmocka_unit_test(distance_counts_edits_and_swaps),
        cmocka_unit_test(a_word_of_two_meanings_is_ambiguous),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
