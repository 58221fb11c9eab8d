/* `fairlead solve meetings`: what is printed and what is written. */
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/solve_meet.h"

enum { TEXT_MAX = 1 << 14 };

static struct errinfo info;
static char printed[TEXT_MAX], written[TEXT_MAX];

static void write_file(char path[], const char *text) {
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (long)strlen(text));
    close(fd);
}

static void read_back(FILE *f, char text[TEXT_MAX]) {
    rewind(f);
    text[fread(text, 1, TEXT_MAX - 1, f)] = '\0';
    fclose(f);
}

static enum err run(const char *text, uint32_t fairness) {
    char path[] = "/tmp/fairlead-meet-XXXXXX", out[] = "/tmp/fairlead-plan-XXXXXX";
    struct solve_meet options = {.fairness = fairness, .out = out};
    struct job job = {.seed = 1};
    write_file(path, text);
    write_file(out, "");
    unlink(out);
    FILE *f = tmpfile();
    errinfo_init(&info);
    enum err err = solve_meet(path, &options, &job, f, &info);
    read_back(f, printed);
    written[0] = '\0';
    FILE *plan = fopen(out, "r");
    if (plan != NULL)
        read_back(plan, written);
    unlink(path);
    unlink(out);
    return err;
}

static void assert_has(const char *text, const char *part) {
    if (strstr(text, part) == NULL)
        fail_msg("no \"%s\" in \"%s\"", part, text);
}

/* Three meetings of participant 1 in so many slots, with what is fixed. */
#define EVENT(slots, fixed)                                                                        \
    "nBusiness = 4; nMeetings = 3; nTables = 2; nTotalSlots = " slots                              \
    "; nMorningSlots = 2; requested = [|1,2,3|1,3,3|1,4,3|];"                                      \
    " meetingsxBusiness = [{1,2,3,4},{1,2},{1,3},{1,4}]; nMeetingsBusiness = [3,1,1,1];"           \
    " forbidden = [{},{},{},{}]; fixed = " fixed "; precedences = [{},{},{}];"

static void an_event_is_solved_and_the_plan_written(void **state) {
    assert_ok(run(EVENT("5", "[0,0,4]"), 2), &info);
    assert_has(printed, "status=optimal breaks=0 bound=0 placed=3 of=3 time_s=");
    assert_has(written, "b2b optimal breaks 0\n");
    assert_has(written, "\n3 4\n");
}

static void breaks_that_must_be_are_counted(void **state) {
    assert_ok(run(EVENT("5", "[1,3,5]"), 2), &info);
    assert_has(printed, "status=optimal breaks=2 bound=2 placed=3 of=3 time_s=");
}

static void what_cannot_be_is_told_in_words(void **state) {
    assert_ok(run(EVENT("2", "[0,0,0]"), 2), &info);
    assert_has(printed, "participant 1 has 3 meetings and 2 slots for them\n");
    assert_has(printed, "status=infeasible ");
    assert_has(printed, " placed=2 of=3 ");
    assert_string_equal(written, "b2b infeasible\n");
}

static void fairness_that_cannot_hold_is_refuted(void **state) {
    assert_ok(run(EVENT("5", "[1,3,5]"), 1), &info);
    assert_has(printed, "refuted: no plan keeps all rules together\nstatus=infeasible ");
}

static void a_file_with_a_fault_writes_nothing(void **state) {
    assert_int_equal(run("nBusiness = 4;\nnMeetings = x;", 2), ERR_INPUT);
    assert_int_equal(info.line, 2);
    assert_string_equal(written, "");
    assert_string_equal(printed, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_solved_and_the_plan_written),
        cmocka_unit_test(breaks_that_must_be_are_counted),
        cmocka_unit_test(what_cannot_be_is_told_in_words),
        cmocka_unit_test(fairness_that_cannot_hold_is_refuted),
        cmocka_unit_test(a_file_with_a_fault_writes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
