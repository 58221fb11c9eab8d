#include "unit.h"

#include <time.h>

#include "base/clock.h"

static void formats_utc(void **state) {
    char text[CLOCK_TEXT_MAX];
    clock_format(951782400000, text);
    assert_string_equal(text, "2000-02-29T00:00:00Z");
}

static void knows_real_dates(void **state) {
    assert_true(clock_is_date(STR("2024-02-29")));
    assert_false(clock_is_date(STR("2023-02-29")));
    assert_false(clock_is_date(STR("1900-02-29")));
    assert_true(clock_is_date(STR("2000-02-29")));
    assert_false(clock_is_date(STR("2024-13-01")));
    assert_false(clock_is_date(STR("2024-+1-01")));
    assert_false(clock_is_date(STR("2024-1-1")));
    assert_false(clock_is_date(STR("2024/01/01")));
}

static void the_thread_clock_counts_work_and_not_waiting(void **state) {
    const struct timespec pause = {.tv_nsec = 50 * 1000 * 1000};
    int64_t began = clock_thread_ns();
    nanosleep(&pause, NULL);
    int64_t waited = clock_thread_ns() - began;
    assert_in_range(waited, 0, pause.tv_nsec / 2);
    while (clock_thread_ns() - began <= waited)
        continue;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats_utc),
        cmocka_unit_test(knows_real_dates),
        cmocka_unit_test(the_thread_clock_counts_work_and_not_waiting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
