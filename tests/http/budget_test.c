#include "unit.h"

#include "base/mem.h"
#include "http/budget.h"

static const int64_t MS = 1000000, SECOND = 1000000000;

enum { RATE_MS = 100, FULL_MS = RATE_MS * HTTP_BUDGET_BURST_S };

static int setup(void **state) {
    struct http_budget *budget = NULL;
    if (http_budget_new(RATE_MS * MS, &budget, NULL) != ERR_OK)
        return -1;
    *state = budget;
    return 0;
}

static int teardown(void **state) {
    http_budget_free(*state);
    return 0;
}

static void a_client_may_spend_a_full_bucket_at_once(void **state) {
    int64_t now = 5 * SECOND;
    for (int i = 0; i < FULL_MS; i++) {
        assert_int_equal(http_budget_wait_s(*state, 7, now), 0);
        http_budget_pay(*state, 7, MS, now);
    }
    assert_int_equal(http_budget_wait_s(*state, 7, now), 1);
    assert_int_equal(http_budget_wait_s(*state, 8, now), 0);
}

static void a_bucket_flows_in_at_its_rate(void **state) {
    int64_t now = 5 * SECOND;
    http_budget_pay(*state, 7, (FULL_MS + 1000) * MS, now);
    assert_int_equal(http_budget_wait_s(*state, 7, now), 11);
    assert_int_equal(http_budget_wait_s(*state, 7, now + 9 * SECOND), 2);
    assert_int_equal(http_budget_wait_s(*state, 7, now + 11 * SECOND), 0);
    /* A second's worth is there after that: eleven seconds flowed in, ten were owed. */
    http_budget_pay(*state, 7, (RATE_MS - 1) * MS, now + 11 * SECOND);
    assert_int_equal(http_budget_wait_s(*state, 7, now + 11 * SECOND), 0);
    http_budget_pay(*state, 7, MS, now + 11 * SECOND);
    assert_int_equal(http_budget_wait_s(*state, 7, now + 11 * SECOND), 1);
}

static void a_bucket_never_holds_more_than_its_burst(void **state) {
    int64_t now = 5 * SECOND, later = now + 1000 * 86400 * SECOND;
    http_budget_pay(*state, 7, MS, now);
    http_budget_pay(*state, 7, FULL_MS * MS, later);
    assert_int_equal(http_budget_wait_s(*state, 7, later), 1);
}

static void nobody_waits_longer_than_a_full_bucket_takes(void **state) {
    int64_t now = 5 * SECOND;
    for (int i = 0; i < 10; i++)
        http_budget_pay(*state, 7, 10 * FULL_MS * MS, now);
    assert_int_equal(http_budget_wait_s(*state, 7, now), HTTP_BUDGET_BURST_S + 1);
    assert_int_equal(http_budget_wait_s(*state, 7, now + 21 * SECOND), 0);
}

static void a_crowd_of_clients_does_not_free_those_who_owe(void **state) {
    int64_t now = 5 * SECOND;
    for (uint64_t spender = 1; spender <= 100; spender++)
        http_budget_pay(*state, spender, 2 * FULL_MS * MS, now);
    for (uint64_t client = 1000; client < 200000; client++)
        http_budget_pay(*state, client, MS, now);
    for (uint64_t spender = 1; spender <= 100; spender++)
        assert_true(http_budget_wait_s(*state, spender, now) > 0);
}

static void a_budget_without_memory_is_an_error(void **state) {
    struct http_budget *budget;
    mem_fail_after(0);
    assert_int_equal(http_budget_new(MS, &budget, NULL), ERR_MEMORY);
    mem_fail_after(-1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_client_may_spend_a_full_bucket_at_once, setup, teardown),
        cmocka_unit_test_setup_teardown(a_bucket_flows_in_at_its_rate, setup, teardown),
        cmocka_unit_test_setup_teardown(a_bucket_never_holds_more_than_its_burst, setup, teardown),
        cmocka_unit_test_setup_teardown(nobody_waits_longer_than_a_full_bucket_takes, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_crowd_of_clients_does_not_free_those_who_owe, setup,
                                        teardown),
        cmocka_unit_test(a_budget_without_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
