/* Secrets: the log tells that they were there and that they changed, and never what they are. */
#include "fixture.h"

static const char first_secret[] = "$argon2id$first", second_secret[] = "$argon2id$second";

static void set_password(struct fixture *f, int64_t id, const char *password) {
    struct store_cell cell = {ACCOUNT_PASSWORD, store_text(str_of(password))};
    assert_ok(store_update(f->store, TABLE_ACCOUNT, id, &cell, 1, &f->info), &f->info);
}

static void set_name(struct fixture *f, int64_t id, const char *name) {
    struct store_cell cell = {ACCOUNT_NAME, store_text(str_of(name))};
    assert_ok(store_update(f->store, TABLE_ACCOUNT, id, &cell, 1, &f->info), &f->info);
}

static enum err copy_password(void *ctx, int64_t id, const struct store_value *values,
                              struct errinfo *info) {
    snprintf(ctx, 32, "%.*s", STR_ARG(values[ACCOUNT_PASSWORD].text));
    return ERR_OK;
}

static void assert_password(struct fixture *f, int64_t id, const char *expected) {
    char password[32];
    assert_ok(
        store_get(store_reader_of(f->store), TABLE_ACCOUNT, id, copy_password, password, &f->info),
        &f->info);
    assert_string_equal(password, expected);
}

static enum err write_line(void *ctx, const struct store_change *change, struct errinfo *info) {
    buf_printf(ctx, "%.*s > %.*s; ", STR_ARG(change->before), STR_ARG(change->after));
    return ERR_OK;
}

static void the_log_shows_that_a_secret_changed_and_not_what_it_is(void **state) {
    struct fixture *f = *state;
    struct buf log;
    char password[32];
    buf_init(&log, 4000);
    begin(f, "account");
    int64_t id = add_account(f, "lin@expo.example", "", first_secret);
    commit(f);
    int64_t changed = begin(f, "account");
    set_password(f, id, second_secret);
    set_password(f, id, second_secret); /* equal: no line */
    assert_int_equal(store_changes(f->store), 1);
    commit(f);
    begin(f, "account");
    set_password(f, id, "");
    commit(f);
    struct store_reader *reader = store_reader_of(f->store);
    assert_ok(store_each_change(reader, 0, TABLE_ACCOUNT, id, write_line, &log, &f->info),
              &f->info);
    assert_str(buf_str(&log),
               " > {\"email\":\"lin@expo.example\",\"language\":\"en\",\"state\":\"active\","
               "\"password\":\"*\",\"must_change\":0,\"created_ms\":5}; "
               "{\"password\":\"*\"} > {\"password\":\"*\"}; "
               "{\"password\":\"*\"} > {\"password\":null}; ");
    assert_ok(store_as_of(reader, TABLE_ACCOUNT, id, changed, copy_password, password, &f->info),
              &f->info);
    assert_string_equal(password, "*");
    assert_int_equal(findings(f), 0);
    buf_release(&log);
}

static void an_undo_keeps_the_secret_that_is_there(void **state) {
    struct fixture *f = *state;
    begin(f, "account");
    int64_t id = add_account(f, "lin@expo.example", "", first_secret);
    commit(f);
    int64_t both = begin(f, "account");
    set_name(f, id, "Lin");
    set_password(f, id, second_secret);
    commit(f);
    begin(f, "undo");
    assert_ok(store_undo(f->store, both, &f->info), &f->info);
    commit(f);
    assert_password(f, id, second_secret);
    int64_t only = begin(f, "account");
    set_password(f, id, first_secret);
    commit(f);
    begin(f, "undo");
    assert_int_equal(store_undo(f->store, only, &f->info), ERR_CONFLICT);
    assert_non_null(strstr(f->info.message, "secret"));
    store_rollback(f->store);
    assert_password(f, id, first_secret);
    assert_int_equal(findings(f), 0);
}

static void a_record_that_comes_back_has_no_secret(void **state) {
    struct fixture *f = *state;
    int64_t born = begin(f, "account");
    int64_t id = add_account(f, "lin@expo.example", "", first_secret);
    commit(f);
    int64_t gone = begin(f, "undo");
    assert_ok(store_undo(f->store, born, &f->info), &f->info);
    commit(f);
    assert_int_equal(findings(f), 0);
    begin(f, "undo");
    assert_ok(store_undo(f->store, gone, &f->info), &f->info);
    commit(f);
    assert_password(f, id, "");
    assert_int_equal(findings(f), 0);
}

static void check_finds_a_secret_that_came_or_went_past_the_log(void **state) {
    struct fixture *f = *state;
    begin(f, "account");
    int64_t id = add_account(f, "lin@expo.example", "", first_secret);
    commit(f);
    past_the_log(f, "UPDATE account SET password = NULL");
    assert_int_equal(findings(f), 1);
    past_the_log(f, "UPDATE account SET password = 'another'");
    assert_int_equal(findings(f), 0); /* which one it is, the log does not know */
    begin(f, "account");
    set_password(f, id, "");
    commit(f);
    past_the_log(f, "UPDATE account SET password = 'back'");
    assert_int_equal(findings(f), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_log_shows_that_a_secret_changed_and_not_what_it_is,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_undo_keeps_the_secret_that_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_record_that_comes_back_has_no_secret, set_up, tear_down),
        cmocka_unit_test_setup_teardown(check_finds_a_secret_that_came_or_went_past_the_log, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
