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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_break_at_words_and_keep_their_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
