/* Labels of a chain map: lines broken at words. */
#include "service/map_label.h"

#include "unit.h"

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

static void chinese_lines_neither_begin_nor_end_with_the_wrong_mark(void **state) {
    struct str name = STR("铝材（板带与型材）、铜材（棒线管）");
    for (uint32_t width = 40; width <= 140; width++) {
        struct map_label label = map_label_fit(name, width, MAP_LABEL_LINES);
        for (uint32_t i = 0; i < label.lines; i++) {
            assert_false(str_starts(label.line[i], STR("）")));
            assert_false(str_starts(label.line[i], STR("、")));
            assert_false(str_ends(label.line[i], STR("（")));
        }
    }
}

static void a_label_keeps_to_its_lines_and_says_when_it_is_cut(void **state) {
    struct map_label label = map_label_fit(STR("Sumitomo Electric Industries"), 70, 1);
    assert_int_equal(label.lines, 1);
    assert_true(label.cut);
    assert_str(label.line[0], "Sumitomo");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(chinese_lines_neither_begin_nor_end_with_the_wrong_mark),
        cmocka_unit_test(a_label_keeps_to_its_lines_and_says_when_it_is_cut),
        cmocka_unit_test(labels_break_at_words_and_keep_their_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
