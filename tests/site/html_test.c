#include "unit.h"

#include "site/html.h"
#include "site/map_label.h"

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

static void labels_break_at_words_and_keep_their_lines(void **state) {
    struct map_label label = map_label_break(STR("Membrane electrode assemblies and gas layers"));
    assert_in_range(label.lines, 2, MAP_LABEL_LINES);
    for (uint32_t i = 0; i < label.lines; i++)
        assert_true(label.line[i].len > 0);
    label = map_label_break(STR("Iron ore"));
    assert_int_equal(label.lines, 1);
    assert_false(label.cut);
    assert_str(label.line[0], "Iron ore");
    assert_int_equal(map_label_break(STR("")).lines, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_in_is_escaped),
        cmocka_unit_test(labels_break_at_words_and_keep_their_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
