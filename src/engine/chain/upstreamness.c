/*
 * Upstreamness: see upstreamness.h. Both measures are (I - A) x = 1 with a matrix A of shares.
 *
 * Small systems: elimination with partial pivoting (Doolittle), which also bears negative shares
 * and tells a singular matrix by its pivots.
 *
 * Large systems: Gauss-Seidel sweeps. For A >= 0 the answer proves itself: let x > 0 have the
 * residual r = 1 - (I - A) x with |r| < 1 everywhere. Then (I - A) x > 0, so I - A is a nonsingular
 * M-matrix (A. Berman, R. Plemmons, "Nonnegative matrices in the mathematical sciences", 1979,
 * chapter 6), its inverse is not negative, the largest row sum of the inverse is the largest exact
 * value, and the error is at most max(x) |r| / (1 - |r|). Sweeps end when that is below 1e-13 of
 * max(x) or rounding stops it.
 */
#include "engine/chain/upstreamness.h"

#include <math.h>
#include <stdbool.h>

#include "base/mem.h"

enum { SWEEPS_MAX = 100000, SWEEPS_BETWEEN_QUESTIONS = 16 };

static const double error_wanted = 1e-13;
static const double error_accepted = 1e-11;
/* Shares are about 1; a pivot this small is rounding only. */
static const double pivot_smallest = 1e-14;

/* A in rows. */
struct shares {
    uint32_t sectors;
    size_t *offset;   /* [sectors + 1] */
    uint32_t *column; /* [uses] */
    double *share;    /* [uses] */
};

static enum err no_measure(const char *which, uint32_t sector, struct errinfo *info) {
    enum err err =
        err_set(info, ERR_INPUT,
                "no finite %s exists: the circle of uses through sector %u takes all that "
                "it makes",
                which, sector + 1);
    err_hint(info, "Check that the uses of each sector do not exceed what it has to give");
    return err;
}

/* One row of A for each of rows[]: the use divided by what the row's sector has. */
static bool build_shares(const struct upstreamness_table *t, const uint32_t *row,
                         const uint32_t *column, const double *divisor, struct shares *a) {
    *a = (struct shares){
        .sectors = t->sectors,
        .offset = mem_new((size_t)t->sectors + 2, sizeof(size_t)),
        .column = mem_new(t->uses, sizeof(uint32_t)),
        .share = mem_new(t->uses, sizeof(double)),
    };
    if (a->offset == NULL || a->column == NULL || a->share == NULL)
        return false;
    size_t *next = a->offset + 1; /* see counts_to_begins in table.c */
    for (size_t i = 0; i < t->uses; i++)
        next[row[i] + 1]++;
    for (uint32_t i = 1; i <= t->sectors; i++)
        next[i] += next[i - 1];
    for (size_t i = 0; i < t->uses; i++) {
        a->column[next[row[i]]] = column[i];
        a->share[next[row[i]]++] = t->value[i] / divisor[row[i]];
    }
    return true;
}

static void release_shares(struct shares *a) {
    mem_free(a->offset);
    mem_free(a->column);
    mem_free(a->share);
}

/* Elimination on m = [I - A | 1], row by row in place. Returns the column without pivot, or n. */
static uint32_t eliminate(double *m, uint32_t n) {
    size_t width = (size_t)n + 1;
    for (uint32_t k = 0; k < n; k++) {
        uint32_t pivot = k;
        for (uint32_t row = k + 1; row < n; row++)
            if (fabs(m[row * width + k]) > fabs(m[pivot * width + k]))
                pivot = row;
        if (fabs(m[pivot * width + k]) < pivot_smallest)
            return k;
        for (size_t c = 0; c < width && pivot != k; c++) {
            double swap = m[k * width + c];
            m[k * width + c] = m[pivot * width + c];
            m[pivot * width + c] = swap;
        }
        for (uint32_t row = k + 1; row < n; row++) {
            double factor = m[row * width + k] / m[k * width + k];
            for (size_t c = k; c < width && factor != 0; c++)
                m[row * width + c] -= factor * m[k * width + c];
        }
    }
    return n;
}

static enum err solve_dense(const struct shares *a, const char *which, double *x,
                            struct errinfo *info) {
    uint32_t n = a->sectors;
    size_t width = (size_t)n + 1;
    double *m = mem_new(n * width, sizeof(*m));
    if (m == NULL)
        return err_memory(info);
    for (uint32_t row = 0; row < n; row++) {
        m[row * width + row] = 1;
        m[row * width + n] = 1;
        for (size_t k = a->offset[row]; k < a->offset[row + 1]; k++)
            m[row * width + a->column[k]] -= a->share[k];
    }
    uint32_t failed = eliminate(m, n);
    for (uint32_t row = n; row-- > 0 && failed == n;) {
        double sum = m[row * width + n];
        for (uint32_t c = row + 1; c < n; c++)
            sum -= m[row * width + c] * x[c];
        x[row] = sum / m[row * width + row];
    }
    mem_free(m);
    return failed == n ? ERR_OK : no_measure(which, failed, info);
}

/* Largest |1 - (I - A) x|; not finite when x has outgrown all bounds. */
static double residual_of(const struct shares *a, const double *x) {
    double largest = 0;
    for (uint32_t i = 0; i < a->sectors; i++) {
        double left = 1 - x[i];
        for (size_t k = a->offset[i]; k < a->offset[i + 1]; k++)
            left += a->share[k] * x[a->column[k]];
        if (!(fabs(left) <= largest))
            largest = fabs(left);
        if (!isfinite(largest))
            break;
    }
    return largest;
}

/* Where x is largest, or the first place where it is no number. */
static uint32_t largest_of(const struct shares *a, const double *x) {
    uint32_t largest = 0;
    for (uint32_t i = 1; i < a->sectors && !isnan(x[largest]); i++)
        if (!(x[i] <= x[largest]))
            largest = i;
    return largest;
}

/* x_i = (1 + sum over others of A_ij x_j) / (1 - A_ii); a sector that takes all it makes itself, or
 * else n. */
static uint32_t sweep(const struct shares *a, double *x) {
    for (uint32_t i = 0; i < a->sectors; i++) {
        double sum = 1, own = 0;
        for (size_t k = a->offset[i]; k < a->offset[i + 1]; k++)
            if (a->column[k] == i)
                own += a->share[k];
            else
                sum += a->share[k] * x[a->column[k]];
        if (own >= 1)
            return i;
        x[i] = sum / (1 - own);
    }
    return a->sectors;
}

static enum err solve_by_sweeps(const struct shares *a, const struct job *job, const char *which,
                                double *x, struct errinfo *info) {
    double error = INFINITY, last = INFINITY;
    for (uint32_t i = 0; i < a->sectors; i++)
        x[i] = 1;
    for (uint32_t round = 0; round < SWEEPS_MAX; round++) {
        uint32_t failed = sweep(a, x);
        if (failed < a->sectors)
            return no_measure(which, failed, info);
        if (round % SWEEPS_BETWEEN_QUESTIONS != 0)
            continue;
        if (job_should_stop(job))
            return err_set(info, ERR_STOPPED, "stopped while solving for %s", which);
        double residual = residual_of(a, x);
        if (!isfinite(residual))
            return no_measure(which, largest_of(a, x), info);
        error = residual < 1 ? residual / (1 - residual) : INFINITY;
        if (error <= error_wanted || (error <= error_accepted && error >= last))
            return ERR_OK;
        last = error;
    }
    enum err err = err_set(info, ERR_LIMIT, "%s was not found within %d sweeps (error bound %.1e)",
                           which, SWEEPS_MAX, error);
    err_hint(info, "Sectors that use up nearly all of each other can cause this");
    return err;
}

/* A measure below 1 of shares that are not negative: the sum over longer and longer ways diverges.
 */
static enum err check_result(const struct shares *a, const char *which, const double *x,
                             struct errinfo *info) {
    for (size_t k = 0; k < a->offset[a->sectors]; k++)
        if (a->share[k] < 0)
            return ERR_OK;
    for (uint32_t i = 0; i < a->sectors; i++)
        if (!(x[i] >= 1 - error_accepted))
            return no_measure(which, i, info);
    return ERR_OK;
}

static enum err solve(const struct shares *a, const struct job *job, const char *which, double *x,
                      struct errinfo *info) {
    if (a->sectors <= UPSTREAMNESS_DENSE_MAX) {
        enum err err = solve_dense(a, which, x, info);
        return err == ERR_OK ? check_result(a, which, x, info) : err;
    }
    for (size_t k = 0; k < a->offset[a->sectors]; k++)
        if (a->share[k] < 0)
            return err_set(info, ERR_LIMIT,
                           "negative uses are only solved for up to %d sectors; this table has %u",
                           UPSTREAMNESS_DENSE_MAX, a->sectors);
    return solve_by_sweeps(a, job, which, x, info);
}

static enum err check_table(const struct upstreamness_table *t, struct errinfo *info) {
    for (size_t i = 0; i < t->uses; i++) {
        if (t->seller[i] >= t->sectors || t->buyer[i] >= t->sectors)
            return err_set(info, ERR_INPUT, "use %zu has an end that is no sector", i + 1);
        if (!isfinite(t->value[i]))
            return err_set(info, ERR_INPUT, "use %zu is not a finite number", i + 1);
    }
    for (uint32_t i = 0; i < t->sectors; i++)
        if (!isfinite(t->output[i]) || !isfinite(t->exports[i]) || !isfinite(t->imports[i]) ||
            !isfinite(t->inventory[i]))
            return err_set(info, ERR_INPUT, "a total of sector %u is not a finite number", i + 1);
    return ERR_OK;
}

/* Whether every sector in sector[] has something to divide by. */
static enum err check_divisors(const struct upstreamness_table *t, const uint32_t *sector,
                               const double *divisor, const char *what, struct errinfo *info) {
    for (size_t i = 0; i < t->uses; i++)
        if (t->value[i] != 0 && !(divisor[sector[i]] > 0))
            return err_set(info, ERR_INPUT, "%s of sector %u is %g, but the table has uses of it",
                           what, sector[i] + 1, divisor[sector[i]]);
    return ERR_OK;
}

enum err upstreamness_measure(const struct upstreamness_table *table, const struct job *job,
                              double *up, double *down, struct errinfo *info) {
    enum err err = check_table(table, info);
    if (err != ERR_OK)
        return err;
    struct shares a = {0};
    double *home = mem_new(table->sectors, sizeof(*home));
    if (home == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < table->sectors; i++)
        home[i] = table->output[i] - table->exports[i] + table->imports[i] - table->inventory[i];
    err = check_divisors(table, table->seller, home, "home use", info);
    if (err == ERR_OK)
        err = check_divisors(table, table->buyer, table->output, "output", info);
    if (err == ERR_OK && !build_shares(table, table->seller, table->buyer, home, &a))
        err = err_memory(info);
    if (err == ERR_OK)
        err = solve(&a, job, "upstreamness", up, info);
    release_shares(&a);
    a = (struct shares){0};
    if (err == ERR_OK && !build_shares(table, table->buyer, table->seller, table->output, &a))
        err = err_memory(info);
    if (err == ERR_OK)
        err = solve(&a, job, "downstreamness", down, info);
    release_shares(&a);
    mem_free(home);
    return err;
}
