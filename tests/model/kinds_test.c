#include "unit.h"

#include "model/kinds.h"
#include "model/spelling.h"

static uint32_t parsed(const struct kind *kind, const char *text) {
    uint32_t value = 99;
    struct errinfo info;
    return kind_parse(kind, str_of(text), &value, &info) == ERR_OK ? value : 99;
}

static void every_code_and_name_is_understood(void **state) {
    for (size_t k = 0; kind_all[k] != NULL; k++) {
        const struct kind *kind = kind_all[k];
        for (uint32_t i = 1; i < kind->count; i++) {
            char both[200];
            snprintf(both, sizeof(both), "%s %s", kind_name_zh(kind, i), kind_name_en(kind, i));
            assert_int_equal(kind_of_code(kind, str_of(kind_code(kind, i))), i);
            assert_int_equal(parsed(kind, kind_code(kind, i)), i);
            assert_int_equal(parsed(kind, kind_name_en(kind, i)), i);
            assert_int_equal(parsed(kind, kind_name_zh(kind, i)), i);
            assert_int_equal(parsed(kind, both), i);
        }
    }
}

/* kind_parse compares keys, so the table must hold keys, and no key may mean two things. */
static void every_spelling_is_a_key_of_one_value(void **state) {
    struct buf key;
    struct errinfo info;
    buf_init(&key, 10000);
    for (size_t k = 0; kind_all[k] != NULL; k++)
        for (uint32_t i = 1; i < kind_all[k]->count; i++) {
            struct str rest = str_of(kind_all[k]->words[i].spellings), piece;
            while (rest.len > 0 && str_next(&rest, " ", &piece)) {
                buf_clear(&key);
                assert_ok(spelling_key(piece, &key, &info), &info);
                if (!str_equal(buf_str(&key), piece))
                    fail_msg("\"%.*s\" is not a key of %s", STR_ARG(piece), kind_all[k]->name);
                char word[200];
                snprintf(word, sizeof(word), "%.*s", STR_ARG(piece));
                if (parsed(kind_all[k], word) != i)
                    fail_msg("%s means two values of %s", word, kind_all[k]->name);
            }
        }
    buf_release(&key);
}

static void people_write_sizes_and_types_in_many_ways(void **state) {
    assert_int_equal(parsed(&kind_size, "L"), SIZE_LARGE);
    assert_int_equal(parsed(&kind_size, "大型企业"), SIZE_LARGE);
    assert_int_equal(parsed(&kind_size, " 其他机构 "), SIZE_INSTITUTION);
    assert_int_equal(parsed(&kind_size, "—"), SIZE_UNKNOWN);
    assert_int_equal(parsed(&kind_size, "n/a"), SIZE_UNKNOWN);
    assert_int_equal(parsed(&kind_size, "中小企业"), 99);
    assert_int_equal(parsed(&kind_exhibitor_type, "Pavilion "), EXHIBITOR_PAVILION);
    assert_int_equal(parsed(&kind_exhibitor_type, "主展商"), EXHIBITOR_DIRECT);
    assert_int_equal(parsed(&kind_exhibitor_type, "随展"), EXHIBITOR_CO);
    assert_int_equal(parsed(&kind_exhibitor_type, "CO-EXHIBITOR"), EXHIBITOR_CO);
    assert_int_equal(parsed(&kind_exhibitor_type, "!!"), 99);
}

static void an_unknown_word_is_told_what_is_known(void **state) {
    uint32_t value;
    struct errinfo info;
    errinfo_init(&info);
    assert_int_equal(kind_parse(&kind_size, STR("huge"), &value, &info), ERR_INPUT);
    assert_non_null(strstr(info.message, "huge"));
    assert_non_null(strstr(info.hint, "medium (中型)"));
}

static void value_out_of_range_is_not_known(void **state) {
    assert_string_equal(kind_name_en(&kind_size, 77), "Not known");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_and_name_is_understood),
        cmocka_unit_test(every_spelling_is_a_key_of_one_value),
        cmocka_unit_test(people_write_sizes_and_types_in_many_ways),
        cmocka_unit_test(an_unknown_word_is_told_what_is_known),
        cmocka_unit_test(value_out_of_range_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
