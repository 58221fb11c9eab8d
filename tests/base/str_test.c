#include "unit.h"

#include "base/str.h"

static void trims_blanks_at_both_ends_only(void **state) {
    assert_str(str_trim(STR(" \t a b\r\n")), "a b");
    assert_str(str_trim(STR("  ")), "");
}

static void next_returns_empty_pieces_and_ends(void **state) {
    struct str rest = STR("a,,b;"), piece;
    const char *expected[] = {"a", "", "b", ""};
    for (size_t i = 0; i < 4; i++) {
        assert_true(str_next(&rest, ",;", &piece));
        assert_str(piece, expected[i]);
    }
    assert_false(str_next(&rest, ",;", &piece));
}

static void next_does_not_split_at_a_zero_byte(void **state) {
    struct str rest = STR("a\0b,c"), piece;
    assert_true(str_next(&rest, ",", &piece));
    assert_int_equal(piece.len, 3);
}

static void integers_are_read_strictly(void **state) {
    int64_t v = 5;
    assert_true(str_to_i64(STR("-9223372036854775808"), &v));
    assert_true(v == INT64_MIN);
    assert_false(str_to_i64(STR("9223372036854775808"), &v));
    assert_false(str_to_i64(STR(""), &v));
    assert_false(str_to_i64(STR("-"), &v));
    assert_false(str_to_i64(STR("1 "), &v));
    assert_true(v == INT64_MIN);
    uint32_t u;
    assert_true(str_to_u32(STR("4294967295"), &u));
    assert_false(str_to_u32(STR("4294967296"), &u));
    assert_false(str_to_u32(STR("-1"), &u));
}

static void doubles_refuse_words_and_overflow(void **state) {
    double d;
    assert_true(str_to_double(STR("-1.5e3"), &d));
    assert_true(d == -1500.0);
    assert_false(str_to_double(STR("nan"), &d));
    assert_false(str_to_double(STR("1e999"), &d));
    assert_false(str_to_double(STR("1,5"), &d));
    assert_false(str_to_double(STR("0x10"), &d));
}

static void find_and_compare_handle_empty(void **state) {
    assert_int_equal(str_find(STR("abc"), STR("")), 0);
    assert_int_equal(str_find(STR("abc"), STR("c")), 2);
    assert_true(str_find(STR("abc"), STR("abcd")) == SIZE_MAX);
    assert_true(str_compare(STR("a"), STR("ab")) < 0);
    assert_true(str_compare(STR("b"), STR("ab")) > 0);
    assert_true(str_equal_nocase(STR("Ab1"), STR("aB1")));
}

static void a_seed_changes_the_hash(void **state) {
    assert_true(str_hash(STR("a")) == str_hash_seeded(STR("a"), 0));
    assert_true(str_hash_seeded(STR("a"), 1) != str_hash_seeded(STR("a"), 2));
    assert_true(str_hash_seeded(STR("a"), 1) != str_hash_seeded(STR("b"), 1));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trims_blanks_at_both_ends_only),
        cmocka_unit_test(next_returns_empty_pieces_and_ends),
        cmocka_unit_test(next_does_not_split_at_a_zero_byte),
        cmocka_unit_test(integers_are_read_strictly),
        cmocka_unit_test(doubles_refuse_words_and_overflow),
        cmocka_unit_test(find_and_compare_handle_empty),
        cmocka_unit_test(a_seed_changes_the_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
