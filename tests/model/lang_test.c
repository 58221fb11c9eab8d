/* Languages: which text is shown, and in which language it is. */
#include "model/lang.h"

#include "unit.h"

static void text_of_the_wanted_language_comes_first(void **state) {
    struct lang_text zh = lang_pick(LANG_ZH, STR("battery"), STR("电池"));
    struct lang_text en = lang_pick(LANG_EN, STR("battery"), STR("电池"));
    assert_true(str_equal(zh.text, STR("电池")) && zh.lang == LANG_ZH && !zh.is_other);
    assert_true(str_equal(en.text, STR("battery")) && en.lang == LANG_EN && !en.is_other);
}

static void missing_text_is_given_in_the_other_language_and_says_so(void **state) {
    struct lang_text zh = lang_pick(LANG_ZH, STR("battery"), STR(""));
    struct lang_text en = lang_pick(LANG_EN, STR(""), STR("电池"));
    assert_true(str_equal(zh.text, STR("battery")) && zh.lang == LANG_EN && zh.is_other);
    assert_true(str_equal(en.text, STR("电池")) && en.lang == LANG_ZH && en.is_other);
    assert_int_equal(lang_pick(LANG_ZH, STR(""), STR("")).text.len, 0);
}

static void codes_lead_back_to_their_language(void **state) {
    for (enum lang lang = 0; lang < LANGS; lang++)
        assert_int_equal(lang_of_code(str_of(lang_code(lang))), lang);
    assert_int_equal(lang_of_code(STR("fr")), LANGS);
    assert_int_equal(lang_of_code(STR("")), LANGS);
    assert_int_equal(lang_of_code(STR("EN")), LANGS);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_the_wanted_language_comes_first),
        cmocka_unit_test(missing_text_is_given_in_the_other_language_and_says_so),
        cmocka_unit_test(codes_lead_back_to_their_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
