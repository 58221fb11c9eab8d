#include "unit.h"

#include "site/html.h"

static void assert_written(const struct buf *out, const char *expected) {
    assert_str(buf_str(out), expected);
}

static void what_is_put_in_is_escaped(void **state) {
    struct buf out;
    buf_init(&out, 10000);
    html_write(&out, "<p title=\"%s\">%b %u %n %%</p>", STR("a\"<&>'"), STR("<script>"), 7U,
               (int64_t)1234567);
    assert_null(strstr(out.ptr, "<script>"));
    assert_non_null(strstr(out.ptr, "<bdi>&lt;script&gt;</bdi> 7 1,234,567 %</p>"));
    assert_null(strstr(out.ptr, "a\"<"));
    buf_clear(&out);
    html_write(&out, "%p", STR("a/b c?链"));
    assert_written(&out, "a%2Fb%20c%3F%E9%93%BE");
    buf_clear(&out);
    html_write(&out, "/exhibitors/%i", (int64_t)1234567);
    assert_written(&out, "/exhibitors/1234567");
    buf_clear(&out);
    html_text(&out, STR("\xff\x01x"));
    assert_written(&out, "\xEF\xBF\xBD\xEF\xBF\xBDx");
    buf_release(&out);
}

static void text_in_another_language_says_which(void **state) {
    struct buf out;
    buf_init(&out, 1000);
    html_write(&out, "%t", lang_pick(LANG_EN, STR(""), STR("电池 & Co")));
    assert_written(&out, "<bdi class=\"only\" lang=\"zh-Hans\">电池 &amp; Co</bdi>");
    buf_clear(&out);
    html_write(&out, "%t", lang_pick(LANG_EN, STR("battery"), STR("电池")));
    assert_written(&out, "<bdi>battery</bdi>");
    buf_release(&out);
}

static void plain_text_is_not_escaped(void **state) {
    struct buf out;
    buf_init(&out, 1000);
    html_write_plain(&out, "%s & %b %t %p %u", STR("a<b"), STR("\"c\""),
                     lang_pick(LANG_ZH, STR("d"), STR("")), STR("e f"), 7U);
    assert_written(&out, "a<b & \"c\" d e%20f 7");
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_in_is_escaped),
        cmocka_unit_test(text_in_another_language_says_which),
        cmocka_unit_test(plain_text_is_not_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
