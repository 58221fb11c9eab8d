/* Accept-Language and Accept-Encoding as browsers and others send them. */
#include "http/accept.h"

#include "unit.h"

static size_t language(const char *header) {
    static const char *const tags[] = {"en", "zh"};
    const struct http_header headers[] = {{STR("Accept-Language"), str_of(header)}};
    const struct http_request request = {.headers = headers, .header_count = 1};
    return http_accept_language(&request, tags, 2);
}

static void the_language_of_greatest_weight_wins(void **state) {
    assert_int_equal(language("zh-CN,zh;q=0.9,en;q=0.8"), 1);
    assert_int_equal(language("en;q=0.5, zh;q=0.4"), 0);
    assert_int_equal(language("zh-Hant-TW"), 1);
    assert_int_equal(language("de, fr;q=0.5"), SIZE_MAX);
    assert_int_equal(language("en;q=0, zh;q=0.1"), 1);
    assert_int_equal(language(""), SIZE_MAX);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_language_of_greatest_weight_wins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
