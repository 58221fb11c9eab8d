#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "cli/solve_match.h"

enum { TEXT_MAX = 1 << 14 };

static struct errinfo info;
static char printed[TEXT_MAX], written[TEXT_MAX];

static void write_file(char path[], const void *bytes, size_t len) {
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, len), (long)len);
    close(fd);
}

static void read_back(FILE *f, char text[TEXT_MAX]) {
    rewind(f);
    text[fread(text, 1, TEXT_MAX - 1, f)] = '\0';
    fclose(f);
}

/* Solves bytes as a file; what it prints and writes is in `printed` and `written`. */
static enum err run_bytes(const void *bytes, size_t len, struct solve_match options) {
    char path[] = "/tmp/fairlead-match-XXXXXX", out[] = "/tmp/fairlead-plan-XXXXXX";
    write_file(path, bytes, len);
    write_file(out, "", 0);
    unlink(out);
    options.out = out;
    FILE *f = tmpfile();
    struct job job = {0};
    errinfo_init(&info);
    enum err err = solve_match(path, &options, &job, f, &info);
    read_back(f, printed);
    written[0] = '\0';
    FILE *plan = fopen(out, "r");
    if (plan != NULL)
        read_back(plan, written);
    unlink(path);
    unlink(out);
    return err;
}

static enum err run(const char *text, struct solve_match options) {
    return run_bytes(text, strlen(text), options);
}

static void assert_has(const char *text, const char *part) {
    if (strstr(text, part) == NULL)
        fail_msg("no \"%s\" in \"%s\"", part, text);
}

static const struct solve_match one_each = {.capacity = 1};

static void solve_matching_takes_the_two_that_are_more_than_one(void **state) {
    (void)state;
    assert_ok(run("# four firms\n4 3\n0 1 3\n\n0 2 2\n1 3 2\n", one_each), &info);
    assert_has(printed, "blocking pairs: 1\n");
    assert_has(printed, "status=optimal weight=4 bound=4 gap=0 matched=2 time_s=");
    assert_has(written, "x 0 2\nx 1 3\ny v ");
}

static void solve_matching_needs_no_head(void **state) {
    (void)state;
    struct solve_match options = {.capacity = 2, .exact = true};
    assert_ok(run("0 1 0.5\r\n1 2 0.25\r\n2 0 0.125", options), &info);
    assert_has(printed, "weight=0.875 ");
    assert_has(printed, "regret: none");
}

static void solve_matching_reads_two_sides_and_their_capacities(void **state) {
    (void)state;
    static const char text[] = "p 2 1 2\nb 0 1\nb 1 1\ns 0 1\ne 0 0 5 1\ne 1 0 2 3\n";
    assert_ok(run(text, one_each), &info);
    assert_has(printed, "weight=6 ");
    assert_has(written, "x 0 0\n");
    struct solve_match own = {.capacity = 1, .stable = true, .own = true};
    assert_ok(run(text, own), &info);
    assert_has(printed, "stability costs 1, 16.7 % of the heaviest plan\nstatus=stable weight=5 ");
    assert_has(written, "x 1 0\n");
}

static void solve_matching_reads_binary_files(void **state) {
    (void)state;
    struct {
        char magic[8];
        uint64_t vertices, edges;
        uint32_t u[2], v[2];
        double weight[2];
    } file = {{'R', 'M', 'A', 'T', 'G', 'R', 'F', '1'}, 3, 2, {0, 1}, {1, 2}, {0.5, 0.75}};
    assert_ok(run_bytes(&file, sizeof(file), one_each), &info);
    assert_has(printed, "weight=0.75 ");
    assert_int_equal(run_bytes(&file, sizeof(file) - 1, one_each), ERR_INPUT);
    assert_has(info.message, "its head promises");
    file.edges = UINT64_C(1) << 60;
    assert_int_equal(run_bytes(&file, sizeof(file), one_each), ERR_LIMIT);
    file.edges = 2;
    file.weight[1] = -1;
    assert_int_equal(run_bytes(&file, sizeof(file), one_each), ERR_INPUT);
    assert_has(info.message, "edge 1");
    file.weight[1] = 1;
    file.v[1] = 3;
    assert_int_equal(run_bytes(&file, sizeof(file), one_each), ERR_INPUT);
    assert_has(info.message, "pair 1");
}

static void solve_matching_names_the_line_that_is_wrong(void **state) {
    (void)state;
    static const struct {
        const char *text;
        long line;
        const char *words;
    } cases[] = {
        {"", 0, "empty"},
        {"0 1 1\n0 1 nan\n", 2, "not a weight"},
        {"0 1 1\n0 2 -1\n", 2, "not a weight"},
        {"0 1 1\n2 2 1\n", 2, "itself"},
        {"0 1 1\n# no\n1 0 2\n", 3, "line 1 occurs again"},
        {"0 1 1\n-1 2 1\n", 2, "whole number"},
        {"0 1000000000 1\n", 1, "whole number"},
        {"2 1\n0 2 1\n", 2, "from 0 to 1"},
        {"3 2\n0 1 1\n", 0, "promises 2"},
        {"0 1\n", 0, "promises 1"},
        {"0 1 1 1\n", 1, "three fields"},
        {"p 1 1\n", 1, "p BUYERS"},
        {"p 1 1 1\ne 0 1 1 1\n", 2, "from 0 to 0"},
        {"p 1 1 1\nq\n", 2, "expected"},
        {"1 2 3 4 5 6 7\n", 1, "more than six"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_true(run(cases[i].text, one_each) != ERR_OK);
        assert_has(info.message, cases[i].words);
        assert_int_equal(info.line, cases[i].line);
        assert_string_equal(written, "");
        assert_string_equal(printed, "");
    }
}

static void solve_matching_takes_capacities_from_a_file(void **state) {
    (void)state;
    char path[] = "/tmp/fairlead-capacity-XXXXXX";
    write_file(path, "0 2\n", 4);
    struct solve_match options = {.capacity = 1, .capacities = path};
    assert_ok(run("0 1 1\n0 2 1\n", options), &info);
    assert_has(printed, "weight=2 ");
    unlink(path);
    char wrong[] = "/tmp/fairlead-capacity-XXXXXX";
    write_file(wrong, "0 1\n7 2\n", 8);
    options.capacities = wrong;
    assert_int_equal(run("0 1 1\n0 2 1\n", options), ERR_INPUT);
    assert_int_equal(info.line, 2);
    assert_string_equal(info.file, wrong);
    unlink(wrong);
}

static void solve_matching_exactly_says_when_it_is_not_proved(void **state) {
    (void)state;
    /* A triangle: halves of all three edges make 1.5, no plan more than 1. Thirds keep the bound
     * from being rounded down. */
    struct solve_match options = {.capacity = 1, .exact = true};
    assert_int_equal(run("0 1 0.3\n1 2 0.3\n2 0 0.3\n", options), ERR_STOPPED);
    assert_has(printed, "status=feasible weight=0.3 bound=0.45");
    assert_has(info.hint, "Odd circles");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(solve_matching_takes_the_two_that_are_more_than_one),
        cmocka_unit_test(solve_matching_needs_no_head),
        cmocka_unit_test(solve_matching_reads_two_sides_and_their_capacities),
        cmocka_unit_test(solve_matching_reads_binary_files),
        cmocka_unit_test(solve_matching_names_the_line_that_is_wrong),
        cmocka_unit_test(solve_matching_takes_capacities_from_a_file),
        cmocka_unit_test(solve_matching_exactly_says_when_it_is_not_proved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
