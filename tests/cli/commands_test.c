/* The table of commands: each names the right it needs. That a row without one does not compile is
 * the table's form; here stands which commands need none, so that a new one is thought of. */
#include "unit.h"

#include "cli/cli.h"

/* Show what everybody may see, compute from files of their own, or ask each request themselves. */
static const char *const for_everybody[] = {"chains", "classify", "export",
                                            "sample", "serve",    "solve"};

static bool is_for_everybody(const char *name) {
    for (size_t i = 0; i < sizeof(for_everybody) / sizeof(for_everybody[0]); i++)
        if (strcmp(for_everybody[i], name) == 0)
            return true;
    return false;
}

static void every_command_names_its_right(void **state) {
    size_t open = 0;
    for (const struct cli_command *c = cli_commands(); c->name != NULL; c++) {
        assert_true(c->right >= RIGHT_PUBLIC && c->right < RIGHTS);
        if ((c->right == RIGHT_PUBLIC) != is_for_everybody(c->name))
            fail_msg("%s needs the right %s", c->name, access_right_code(c->right));
        open += c->right == RIGHT_PUBLIC;
    }
    assert_int_equal(open, sizeof(for_everybody) / sizeof(for_everybody[0]));
}

static void the_owner_of_the_file_may_run_them_all(void **state) {
    struct access local = access_local();
    struct errinfo info;
    for (const struct cli_command *c = cli_commands(); c->name != NULL; c++)
        assert_ok(access_check(&local, c->right, NULL, &info), &info);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_names_its_right),
        cmocka_unit_test(the_owner_of_the_file_may_run_them_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
