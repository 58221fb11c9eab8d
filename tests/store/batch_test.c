/* Batches: who they say, working rows beside them, and groups that share one commit. */
#include "fixture.h"

static uint64_t count(struct fixture *f, enum store_table table) {
    uint64_t number;
    assert_ok(store_count(store_reader_of(f->store), table, &number, &f->info), &f->info);
    return number;
}

static int64_t version(struct fixture *f) {
    int64_t number;
    assert_ok(store_version(store_reader_of(f->store), &number, &f->info), &f->info);
    return number;
}

static void working_rows_alone_are_kept_without_a_batch(void **state) {
    struct fixture *f = *state;
    int64_t batch = begin(f, "edit");
    int64_t first = add_failure(f, "a");
    commit(f);
    assert_int_equal(count(f, TABLE_LOGIN_FAILURE), 1);
    assert_int_equal(version(f), 0);
    assert_int_equal(begin(f, "edit"), batch);
    struct store_cell cell = {LOGIN_FAILURE_FAILURES, store_int(2)};
    assert_ok(store_update(f->store, TABLE_LOGIN_FAILURE, first, &cell, 1, &f->info), &f->info);
    commit(f);
    begin(f, "edit");
    assert_ok(store_delete(f->store, TABLE_LOGIN_FAILURE, first, &f->info), &f->info);
    commit(f);
    begin(f, "edit");
    assert_true(add_failure(f, "b") > first); /* ids are not given again */
    assert_int_equal(add_failure(f, "c"), first + 2);
    commit(f);
    assert_int_equal(version(f), 0);
    assert_int_equal(findings(f), 0);
}

static void working_rows_go_with_the_batch_they_came_in(void **state) {
    struct fixture *f = *state;
    begin(f, "edit");
    add_failure(f, "a");
    add_organisation(f, "A", "DE");
    store_rollback(f->store);
    assert_int_equal(count(f, TABLE_LOGIN_FAILURE), 0);
    begin(f, "edit");
    add_failure(f, "a");
    add_organisation(f, "A", "DE");
    commit(f);
    assert_int_equal(count(f, TABLE_LOGIN_FAILURE), 1);
    assert_int_equal(version(f), 1);
    assert_int_equal(findings(f), 0);
}

static enum err write_batch(void *ctx, const struct store_change *change, struct errinfo *info) {
    buf_printf(ctx, "%lld %.*s by %.*s (%lld);", (long long)change->batch_id,
               STR_ARG(change->batch_kind), STR_ARG(change->actor), (long long)change->account_id);
    return ERR_OK;
}

/* The name stands in the account only, so that it can be erased. */
static void a_batch_says_its_account_by_the_name_it_has_now(void **state) {
    struct fixture *f = *state;
    struct buf log;
    int64_t batch_id;
    buf_init(&log, 1000);
    begin(f, "account");
    int64_t id = add_account(f, "lin@expo.example", "", "");
    commit(f);
    struct store_batch batch = {
        .kind = "edit", .account_id = id, .actor = STR("somebody else"), .at_ms = 2};
    assert_ok(store_begin(f->store, &batch, &batch_id, &f->info), &f->info);
    add_organisation(f, "A", "DE");
    commit(f);
    struct store_reader *reader = store_reader_of(f->store);
    assert_ok(store_each_batch(reader, 9, write_batch, &log, &f->info), &f->info);
    assert_str(buf_str(&log), "2 edit by lin@expo.example (1);1 account by tester (0);");
    struct store_cell cell = {ACCOUNT_NAME, store_text(STR("Lin"))};
    begin(f, "account");
    assert_ok(store_update(f->store, TABLE_ACCOUNT, id, &cell, 1, &f->info), &f->info);
    commit(f);
    buf_clear(&log);
    assert_ok(store_each_change(reader, 2, TABLE_ORGANISATION, 1, write_batch, &log, &f->info),
              &f->info);
    assert_str(buf_str(&log), "2 edit by Lin (1);");
    batch.account_id = 99;
    assert_int_equal(store_begin(f->store, &batch, &batch_id, &f->info), ERR_CONFLICT);
    assert_int_equal(findings(f), 0);
    buf_release(&log);
}

static void a_batch_of_a_group_that_fails_leaves_the_others(void **state) {
    struct fixture *f = *state;
    assert_ok(store_group_begin(f->store, &f->info), &f->info);
    int64_t first = begin(f, "edit");
    int64_t kept = add_organisation(f, "Kept", "DE");
    commit(f);
    assert_int_equal(begin(f, "edit"), first + 1);
    add_organisation(f, "Gone", "DE");
    assert_ok(set_country(f, kept, "XX"), &f->info);
    store_rollback(f->store);
    assert_int_equal(begin(f, "edit"), first + 1);
    commit(f); /* nothing in it */
    assert_int_equal(begin(f, "edit"), first + 1);
    add_organisation(f, "Kept, too", "DE");
    commit(f);
    assert_ok(store_group_commit(f->store, &f->info), &f->info);
    assert_country(f, kept, "DE");
    assert_int_equal(count(f, TABLE_ORGANISATION), 2);
    begin(f, "undo");
    assert_ok(store_undo(f->store, first + 1, &f->info), &f->info);
    commit(f);
    assert_int_equal(count(f, TABLE_ORGANISATION), 1);
    assert_int_equal(findings(f), 0);
}

static void nobody_sees_a_group_before_its_commit(void **state) {
    struct fixture *f = *state;
    struct store_reader *reader;
    uint64_t seen;
    assert_ok(store_reader_open(f->path, &reader, &f->info), &f->info);
    assert_ok(store_group_begin(f->store, &f->info), &f->info);
    begin(f, "edit");
    add_organisation(f, "A", "DE");
    commit(f);
    assert_ok(store_count(reader, TABLE_ORGANISATION, &seen, &f->info), &f->info);
    assert_int_equal(seen, 0);
    store_group_rollback(f->store);
    assert_int_equal(count(f, TABLE_ORGANISATION), 0);
    begin(f, "edit");
    add_organisation(f, "A", "DE");
    commit(f);
    assert_ok(store_count(reader, TABLE_ORGANISATION, &seen, &f->info), &f->info);
    assert_int_equal(seen, 1);
    store_reader_close(reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(working_rows_alone_are_kept_without_a_batch, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(working_rows_go_with_the_batch_they_came_in, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_batch_says_its_account_by_the_name_it_has_now, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_batch_of_a_group_that_fails_leaves_the_others, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nobody_sees_a_group_before_its_commit, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
