#include "unit.h"

#include "base/rng.h"

/* splitmix64 of seed 1234567 begins with this value (the published reference of its authors). */
static void seeds_by_splitmix64(void **state) {
    struct rng r;
    rng_init(&r, 1234567);
    assert_true(r.s[0] == 6457827717110365317ULL);
    assert_true(r.s[1] == 3203168211198807973ULL);
}

static void bounded_numbers_are_even(void **state) {
    struct rng r;
    uint32_t counts[7] = {0};
    rng_init(&r, 42);
    for (int i = 0; i < 70000; i++)
        counts[rng_below(&r, 7)]++;
    for (int i = 0; i < 7; i++)
        assert_in_range(counts[i], 9600, 10400);
    for (int i = 0; i < 1000; i++) {
        double u = rng_unit(&r);
        assert_true(u >= 0 && u < 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seeds_by_splitmix64),
        cmocka_unit_test(bounded_numbers_are_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
