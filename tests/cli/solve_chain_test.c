#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/solve_chain.h"

typedef enum err solver(const char *path, FILE *out, struct errinfo *info);

enum { TEXT_MAX = 1 << 16 };

/* Runs a solver on a file and keeps what it prints. */
static enum err run(solver *solve, const char *path, char text[TEXT_MAX], struct errinfo *info) {
    FILE *out = tmpfile();
    assert_non_null(out);
    enum err err = solve(path, out, info);
    rewind(out);
    size_t len = fread(text, 1, TEXT_MAX - 1, out);
    text[len] = '\0';
    fclose(out);
    return err;
}

/* The same on text instead of a file. */
static enum err run_text(solver *solve, const char *csv, char text[TEXT_MAX],
                         struct errinfo *info) {
    char path[] = "/tmp/fairlead-solve-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, csv, strlen(csv)), (long)strlen(csv));
    close(fd);
    enum err err = run(solve, path, text, info);
    unlink(path);
    return err;
}

/* Cells equal as text, or as numbers to 1e-9. */
static void assert_same_table(const char *got, const char *want) {
    struct str left = str_of(got), right = str_of(want), a, b;
    while (str_next(&right, "\t\n", &b)) {
        double x, y;
        assert_true(str_next(&left, "\t\n", &a));
        if (str_to_double(a, &x) && str_to_double(b, &y) ? fabs(x - y) > 1e-9 : !str_equal(a, b))
            fail_msg("got %.*s, expected %.*s", STR_ARG(a), STR_ARG(b));
    }
    assert_false(str_next(&left, "\t\n", &a) && a.len > 0);
}

static void agree_with_instance(solver *solve, const char *input, const char *expected) {
    static char got[TEXT_MAX], want[TEXT_MAX];
    char path[4096];
    struct errinfo info = {0};
    const char *source = getenv("FAIRLEAD_SOURCE");
    snprintf(path, sizeof(path), "%s/../shared/instances/upstreamness/%s", source ? source : ".",
             expected);
    FILE *file = fopen(path, "r");
    if (file == NULL) { /* cmocka's skip() says "not ok", which meson counts as a failure */
        print_message("# skipped: no %s\n", path);
        return;
    }
    want[fread(want, 1, TEXT_MAX - 1, file)] = '\0';
    fclose(file);
    snprintf(path, sizeof(path), "%s/../shared/instances/upstreamness/%s", source ? source : ".",
             input);
    assert_ok(run(solve, path, got, &info), &info);
    assert_same_table(got, want);
}

static void the_published_table_gives_the_expected_values(void **state) {
    agree_with_instance(solve_upstreamness, "table.csv", "expected.tsv");
}

static void the_published_graphs_give_the_expected_values(void **state) {
    agree_with_instance(solve_trophic, "graphs.csv", "expected_graphs.tsv");
}

/* Two sectors, worked out by hand: a sells 2 of 4 to b, b sells 1 of 5 to a (home use 4).
 * U_a = 1 + U_b / 2, U_b = 1 + U_a / 4: U_a = 12/7, U_b = 10/7.
 * D_a = 1 + D_b / 4, D_b = 1 + 2/5 D_a: D_a = 25/18, D_b = 14/9.
 * h_b - h_a = (2 - 1) / (2 + 1); F0 = (2 (1/3 - 1)^2 + (-1/3 - 1)^2) / 3 = 8/9. */
static void a_table_of_two_sectors_is_solved_as_by_hand(void **state) {
    static char got[TEXT_MAX];
    struct errinfo info = {0};
    assert_ok(run_text(solve_upstreamness,
                       "note,sector,a,b,output,exports,imports,inventory\n"
                       "one,a,,2,4,1,1,0\n"
                       "\n"
                       "two,b,1,0,5,2,2,1\n",
                       got, &info),
              &info);
    assert_same_table(got, "# F0 0.888888888889\n"
                           "sector\tupstreamness\tdownstreamness\ttrophic_level\n"
                           "a\t1.714285714286\t1.388888888889\t0.000000000000\n"
                           "b\t1.428571428571\t1.555555555556\t0.333333333333\n");
}

static void links_need_neither_weight_nor_graph(void **state) {
    static char got[TEXT_MAX];
    struct errinfo info = {0};
    assert_ok(run_text(solve_trophic, "customer;supplier\nB;A\nC;B\n", got, &info), &info);
    assert_string_equal(got, "graph\tnode\ttrophic_level\tF0\n"
                             "-\tA\t0.000000000000\t0.000000000000\n"
                             "-\tB\t1.000000000000\t0.000000000000\n"
                             "-\tC\t2.000000000000\t0.000000000000\n");
}

static void wrong_files_are_refused_with_their_place(void **state) {
    static char got[TEXT_MAX];
    struct errinfo info = {0};
    assert_int_equal(
        run_text(solve_trophic, "supplier,customer,weight\nA,B,1\nA,C,-2\n", got, &info),
        ERR_INPUT);
    assert_int_equal(info.line, 3);
    assert_int_equal(info.column, 3);
    assert_string_equal(got, "");
    assert_int_equal(run_text(solve_trophic, "supplier,buyer\nA,B\n", got, &info), ERR_INPUT);
    assert_non_null(strstr(info.message, "customer"));
    assert_int_equal(run_text(solve_trophic, "supplier,customer\nA,\n", got, &info), ERR_INPUT);
    assert_int_equal(run_text(solve_upstreamness,
                              "sector,a,output,exports,imports,inventory\na,x,1,0,0,0\n", got,
                              &info),
                     ERR_INPUT);
    assert_int_equal(info.line, 2);
    assert_int_equal(run_text(solve_upstreamness,
                              "sector,b,output,exports,imports,inventory\na,1,1,0,0,0\n", got,
                              &info),
                     ERR_INPUT);
    assert_non_null(strstr(info.message, "column of its own"));
    assert_int_equal(run(solve_trophic, "/nonexistent.csv", got, &info), ERR_NOT_FOUND);
}

static void sectors_that_use_up_each_other_are_told(void **state) {
    static char got[TEXT_MAX];
    struct errinfo info = {0};
    assert_int_equal(run_text(solve_upstreamness,
                              "sector,a,b,output,exports,imports,inventory\n"
                              "a,0,4,4,0,0,0\nb,5,0,5,0,0,0\n",
                              got, &info),
                     ERR_INPUT);
    assert_non_null(strstr(info.message, "no finite upstreamness"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_table_gives_the_expected_values),
        cmocka_unit_test(the_published_graphs_give_the_expected_values),
        cmocka_unit_test(a_table_of_two_sectors_is_solved_as_by_hand),
        cmocka_unit_test(links_need_neither_weight_nor_graph),
        cmocka_unit_test(wrong_files_are_refused_with_their_place),
        cmocka_unit_test(sectors_that_use_up_each_other_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
