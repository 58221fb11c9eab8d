#include "unit.h"

#include "base/clock.h"
#include "base/job.h"
#include "base/threads.h"

static void count_each(void *ctx, size_t from, size_t to, uint32_t worker) {
    unsigned char *seen = ctx;
    for (size_t i = from; i < to; i++)
        seen[i]++;
}

static void every_item_is_handled_once(void **state) {
    static unsigned char seen[10007];
    for (uint32_t threads = 1; threads <= 4; threads++) {
        for (size_t i = 0; i < sizeof(seen); i++)
            seen[i] = 0;
        threads_for(threads, sizeof(seen), 100, count_each, seen);
        for (size_t i = 0; i < sizeof(seen); i++)
            assert_int_equal(seen[i], 1);
    }
    threads_for(2, 0, 100, count_each, seen);
    assert_true(threads_available() >= 1);
}

static void a_job_stops_when_cancelled_or_late(void **state) {
    struct job job = {0};
    assert_false(job_should_stop(NULL));
    assert_false(job_should_stop(&job));
    job.deadline_ns = clock_monotonic_ns() - 1;
    assert_true(job_should_stop(&job));
    job.deadline_ns = 0;
    job_cancel(&job);
    assert_true(job_should_stop(&job));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_item_is_handled_once),
        cmocka_unit_test(a_job_stops_when_cancelled_or_late),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
