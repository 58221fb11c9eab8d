#include "unit.h"

#include "service/presence.h"

static void two_people_at_one_record_see_each_other_until_one_is_silent(void **state) {
    struct presence_other others[PRESENCE_OTHERS_MAX];
    struct presence *p = presence_new();
    assert_non_null(p);
    assert_int_equal(presence_here(p, 1, TABLE_EXHIBITOR, 7, false, 1000, others), 0);
    assert_int_equal(presence_here(p, 2, TABLE_EXHIBITOR, 8, false, 1500, others), 0);
    assert_int_equal(presence_here(p, 2, TABLE_EXHIBITOR, 7, true, 2000, others), 1);
    assert_int_equal(others[0].account_id, 1);
    assert_int_equal(others[0].since_ms, 1000);
    assert_int_equal(presence_here(p, 1, TABLE_EXHIBITOR, 7, false, 5000, others), 1);
    assert_true(others[0].writing);
    assert_int_equal(presence_here(p, 1, TABLE_EXHIBITOR, 7, false, 2001 + PRESENCE_MS, others), 0);
    assert_int_equal(presence_here(p, 2, TABLE_EXHIBITOR, 7, false, 2002 + PRESENCE_MS, others), 1);
    presence_leave(p, 1, TABLE_EXHIBITOR, 7);
    assert_int_equal(presence_here(p, 2, TABLE_EXHIBITOR, 7, false, 2003 + PRESENCE_MS, others), 0);
    presence_free(p);
}

static void a_full_table_forgets_the_one_silent_for_longest(void **state) {
    struct presence_other others[PRESENCE_OTHERS_MAX];
    struct presence *p = presence_new();
    assert_non_null(p);
    for (int i = 0; i < PRESENCE_MAX; i++)
        presence_here(p, 1, TABLE_NODE, i + 1, false, 1000 + i, others);
    presence_here(p, 2, TABLE_NODE, 2, false, 9000, others);
    assert_int_equal(presence_here(p, 3, TABLE_NODE, 1, false, 9001, others), 0);
    assert_int_equal(presence_here(p, 3, TABLE_NODE, 500, false, 9002, others), 1);
    presence_free(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_people_at_one_record_see_each_other_until_one_is_silent),
        cmocka_unit_test(a_full_table_forgets_the_one_silent_for_longest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
