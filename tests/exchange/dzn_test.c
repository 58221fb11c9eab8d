/* Files of meetings: what is read, and the line and key of what is wrong. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "exchange/dzn.h"

#define HEAD "nBusiness = 3;\nnMeetings = 2;\nnTables = 4;\nnTotalSlots = 5;\nnMorningSlots = 3;\n"
#define REQUESTED "requested = [|1, 2, 3|\n 3, 1, 1, |];\n"
#define OF "meetingsxBusiness = [{1,2,3},{1,2},{1,3}];\nnMeetingsBusiness = [2,1,1];\n"
#define FORBIDDEN "forbidden = [{},{0},{5, 1}];\n"
#define TAIL "fixed = [0,2];\nprecedences = [{2},{}];\n"

static struct errinfo info;

static void a_file_is_read_whole(void **state) {
    struct dzn d;
    assert_ok(dzn_read_memory(STR("% meetings\n" HEAD REQUESTED OF FORBIDDEN TAIL), &d, &info),
              &info);
    assert_int_equal(d.persons, 3);
    assert_int_equal(d.meetings, 2);
    assert_int_equal(d.tables, 4);
    assert_int_equal(d.slots, 5);
    assert_int_equal(d.morning, 3);
    assert_int_equal(d.member[0], 0);
    assert_int_equal(d.member[1], 1);
    assert_int_equal(d.member[2], 2);
    assert_int_equal(d.member[3], 0);
    assert_int_equal(d.session[0], DZN_ANY);
    assert_int_equal(d.session[1], DZN_MORNING);
    assert_int_equal(d.forbidden[0], 0);
    assert_int_equal(d.forbidden[1], 0);
    assert_int_equal(d.forbidden[2], 0x11);
    assert_int_equal(d.fixed[0], 0);
    assert_int_equal(d.fixed[1], 2);
    assert_int_equal(d.orders, 1);
    assert_int_equal(d.before[0], 1);
    assert_int_equal(d.after[0], 0);
    dzn_release(&d);
}

static void what_is_wrong_is_told_with_line_and_key(void **state) {
    static const struct {
        const char *text;
        long line;
        const char *words;
    } cases[] = {
        {"", 1, "\"\" stands where nBusiness should"},
        {"nTables = 4;", 1, "\"nTables\" stands where nBusiness should"},
        {"nBusiness = 3;\nnRooms = 2;", 2, "\"nRooms\" stands where nMeetings should"},
        {"nBusiness = 3", 1, "nBusiness: the file ends where ';' should stand"},
        {"nBusiness = -3;", 1, "nBusiness: a number is missing here"},
        {"nBusiness = 1000000000;", 1, "1000000000 is not between 0 and 1048576"},
        {"nBusiness = 99999999999999999999;", 1, "is not between 0 and 1048576"},
        {"nBusiness = 3;\nnMeetings = 2;\nnTables = 4;\nnTotalSlots = 0;", 4,
         "nTotalSlots: 0 is not between 1 and 1024"},
        {HEAD "requested = [|1, 2, 3|", 6, "requested: the file ends where a number should stand"},
        {HEAD "requested = [|1, 2, 4|", 6, "requested: 4 is not between 1 and 3"},
        {HEAD "requested = [|2, 2, 3|3,1,1|];", 6, "joins a participant with itself"},
        {HEAD "requested = [|1, 2, 3|3, 1, 1|2, 3, 3|];", 6, "requested: ']' is missing here"},
        {HEAD REQUESTED "meetingsxBusiness = [{1,9},{1,2},{1,3}];", 8,
         "meetingsxBusiness: 9 is not between 0 and 3"},
        {HEAD REQUESTED "meetingsxBusiness = [{1,2,3},{1,2},{1,3}];\nnMeetingsBusiness = [1,2,1];",
         9, "participant 1 has another number of meetings requested"},
        {HEAD REQUESTED OF "forbidden = [{},{6},{}];", 10, "forbidden: 6 is not between 0 and 5"},
        {HEAD REQUESTED OF FORBIDDEN "fixed = [0,6];", 11, "fixed: 6 is not between 0 and 5"},
        {HEAD REQUESTED OF FORBIDDEN "fixed = [0,0];\nprecedences = [{1},{}];", 12,
         "precedences: a meeting comes before itself"},
        {HEAD REQUESTED OF FORBIDDEN TAIL "\nmore", 14, "something stands behind the last value"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct dzn d;
        errinfo_init(&info);
        assert_int_equal(dzn_read_memory(str_of(cases[i].text), &d, &info), ERR_INPUT);
        if (strstr(info.message, cases[i].words) == NULL || info.line != cases[i].line)
            fail_msg("case %zu: line %ld: %s", i, info.line, info.message);
        assert_null(d.member);
    }
}

static void every_beginning_of_a_file_is_refused(void **state) {
    static const char text[] = HEAD REQUESTED OF FORBIDDEN TAIL;
    size_t last = (size_t)(strrchr(text, ';') - text);
    for (size_t len = 0; len <= last; len++) {
        struct dzn d;
        assert_int_equal(dzn_read_memory((struct str){text, len}, &d, &info), ERR_INPUT);
    }
}

static void a_file_that_is_not_there_is_told(void **state) {
    struct dzn d;
    assert_int_equal(dzn_read("/nowhere/at/all.dzn", &d, &info), ERR_NOT_FOUND);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_read_whole),
        cmocka_unit_test(what_is_wrong_is_told_with_line_and_key),
        cmocka_unit_test(every_beginning_of_a_file_is_refused),
        cmocka_unit_test(a_file_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
