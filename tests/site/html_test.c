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
    html_text(&out, STR("\xff\x01x"));
    assert_written(&out, "\xEF\xBF\xBD\xEF\xBF\xBDx");
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_in_is_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
