#include "unit.h"

#include <math.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/chain/upstreamness.h"

enum { SECTORS_MAX = 900, PER_SECTOR = 8, USES_MAX = SECTORS_MAX * PER_SECTOR };

struct io {
    struct upstreamness_table table;
    uint32_t seller[USES_MAX];
    uint32_t buyer[USES_MAX];
    double value[USES_MAX];
    double output[SECTORS_MAX];
    double exports[SECTORS_MAX];
    double imports[SECTORS_MAX];
    double inventory[SECTORS_MAX];
};

/* A table in which each sector has more at home than is used of it and makes more than it buys. */
static void random_table(struct io *io, uint32_t sectors, uint64_t seed) {
    struct rng rng;
    rng_init(&rng, seed);
    memset(io, 0, sizeof(*io));
    io->table =
        (struct upstreamness_table){sectors,    0,           io->seller,  io->buyer,    io->value,
                                    io->output, io->exports, io->imports, io->inventory};
    static double used[SECTORS_MAX], bought[SECTORS_MAX];
    memset(used, 0, sizeof(used));
    memset(bought, 0, sizeof(bought));
    for (uint32_t i = 0; i < sectors * PER_SECTOR; i++) {
        size_t at = io->table.uses++;
        io->seller[at] = i % sectors;
        io->buyer[at] = rng_below(&rng, sectors);
        io->value[at] = 0.1 + rng_unit(&rng);
        used[io->seller[at]] += io->value[at];
        bought[io->buyer[at]] += io->value[at];
    }
    for (uint32_t i = 0; i < sectors; i++) {
        io->output[i] = fmax(used[i], bought[i]) * 1.25 + rng_unit(&rng) + 0.1;
        io->inventory[i] = rng_unit(&rng) - 0.5;
        io->exports[i] = rng_unit(&rng);
        io->imports[i] = io->exports[i] + fmax(io->inventory[i], 0);
    }
}

/* Oracle: what the definition sums, 1 + A 1 + A^2 1 + ..., until nothing is added. */
static void series(const struct io *io, bool up, double *x) {
    static double term[SECTORS_MAX], next[SECTORS_MAX];
    uint32_t n = io->table.sectors;
    double largest = 1;
    for (uint32_t i = 0; i < n; i++)
        x[i] = term[i] = 1;
    while (largest > 1e-14) {
        memset(next, 0, sizeof(next));
        for (size_t k = 0; k < io->table.uses; k++) {
            uint32_t row = up ? io->seller[k] : io->buyer[k];
            uint32_t column = up ? io->buyer[k] : io->seller[k];
            double divisor =
                up ? io->output[row] - io->exports[row] + io->imports[row] - io->inventory[row]
                   : io->output[row];
            next[row] += io->value[k] / divisor * term[column];
        }
        largest = 0;
        for (uint32_t i = 0; i < n; i++) {
            x[i] += term[i] = next[i];
            largest = fmax(largest, next[i]);
        }
    }
}

static struct io io;

static void measures_agree_with_the_series_they_sum(void **state) {
    static double up[SECTORS_MAX], down[SECTORS_MAX], want[SECTORS_MAX];
    const uint32_t sizes[] = {1, 2, 30, 399, 400, 401, 900}; /* both solvers */
    for (uint64_t seed = 0; seed < sizeof(sizes) / sizeof(*sizes); seed++) {
        struct errinfo info = {0};
        random_table(&io, sizes[seed], seed);
        assert_ok(upstreamness_measure(&io.table, NULL, up, down, &info), &info);
        series(&io, true, want);
        for (uint32_t i = 0; i < sizes[seed]; i++)
            assert_true(fabs(up[i] - want[i]) < 1e-10);
        series(&io, false, want);
        for (uint32_t i = 0; i < sizes[seed]; i++)
            assert_true(fabs(down[i] - want[i]) < 1e-10);
    }
}

static void a_sector_for_final_use_only_has_1(void **state) {
    double up[2], down[2];
    struct errinfo info = {0};
    random_table(&io, 2, 1);
    io.table.uses = 1;
    io.seller[0] = 0;
    io.buyer[0] = 1;
    assert_ok(upstreamness_measure(&io.table, NULL, up, down, &info), &info);
    assert_true(up[1] == 1);
    assert_true(down[0] == 1);
}

static void tables_without_a_finite_measure_are_refused(void **state) {
    static double up[SECTORS_MAX], down[SECTORS_MAX];
    struct errinfo info = {0};
    for (uint32_t sectors = 2; sectors <= 802; sectors += 800) {
        random_table(&io, sectors, 1);
        io.table.uses = 2; /* each takes all of the other */
        io.seller[0] = io.buyer[1] = 0;
        io.buyer[0] = io.seller[1] = 1;
        for (uint32_t i = 0; i < 2; i++)
            io.value[i] = 2 * (io.output[i] + io.imports[i] + 1);
        assert_int_not_equal(upstreamness_measure(&io.table, NULL, up, down, &info), ERR_OK);
    }
    random_table(&io, 3, 1);
    io.output[1] = 0;
    assert_int_equal(upstreamness_measure(&io.table, NULL, up, down, &info), ERR_INPUT);
    random_table(&io, 3, 1);
    io.value[1] = NAN;
    assert_int_equal(upstreamness_measure(&io.table, NULL, up, down, &info), ERR_INPUT);
    random_table(&io, 500, 1);
    io.value[1] = -1;
    assert_int_equal(upstreamness_measure(&io.table, NULL, up, down, &info), ERR_LIMIT);
}

static void memory_short_at_any_allocation_is_an_error(void **state) {
    double up[30], down[30];
    random_table(&io, 30, 2);
    for (long allowed = 0;; allowed++) {
        struct errinfo info = {0};
        mem_fail_after(allowed);
        enum err err = upstreamness_measure(&io.table, NULL, up, down, &info);
        mem_fail_after(-1);
        if (err == ERR_OK) {
            assert_true(allowed > 5);
            return;
        }
        assert_int_equal(err, ERR_MEMORY);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_agree_with_the_series_they_sum),
        cmocka_unit_test(a_sector_for_final_use_only_has_1),
        cmocka_unit_test(tables_without_a_finite_measure_are_refused),
        cmocka_unit_test(memory_short_at_any_allocation_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
