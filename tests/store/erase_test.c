/* Erasure: personal values leave record, log and file; that they were changed stays. */
#include "fixture.h"

static const char mail[] = "lin.mei.unique@expo.example", first_name[] = "Unforgettable First",
                  second_name[] = "Unforgettable Second";

static void set_name(struct fixture *f, int64_t id, const char *name) {
    struct store_cell cell = {ACCOUNT_NAME, store_text(str_of(name))};
    assert_ok(store_update(f->store, TABLE_ACCOUNT, id, &cell, 1, &f->info), &f->info);
}

static void erase(struct fixture *f, int64_t id) {
    struct store_cell cells[] = {{ACCOUNT_STATE, store_text(STR("erased"))},
                                 {ACCOUNT_PASSWORD, store_null()}};
    begin(f, "account");
    assert_ok(store_update(f->store, TABLE_ACCOUNT, id, cells, 2, &f->info), &f->info);
    assert_ok(store_erase(f->store, TABLE_ACCOUNT, id, &f->info), &f->info);
    commit(f);
}

/* Whether the bytes occur in the file or its log of writes. */
static bool on_disk(struct fixture *f, const char *text) {
    static const char *const suffixes[] = {"", "-wal"};
    bool found = false;
    for (int i = 0; i < 2; i++) {
        char name[128];
        struct buf bytes;
        char block[4096];
        size_t got;
        snprintf(name, sizeof(name), "%s%s", f->path, suffixes[i]);
        FILE *file = fopen(name, "rb");
        if (file == NULL)
            continue;
        buf_init(&bytes, 64 << 20);
        while ((got = fread(block, 1, sizeof(block), file)) > 0)
            buf_add(&bytes, block, got);
        fclose(file);
        found = found || str_find(buf_str(&bytes), str_of(text)) != SIZE_MAX;
        buf_release(&bytes);
    }
    return found;
}

static enum err write_line(void *ctx, const struct store_change *change, struct errinfo *info) {
    buf_printf(ctx, "%.*s %.*s > %.*s; ", STR_ARG(change->batch_kind), STR_ARG(change->before),
               STR_ARG(change->after));
    return ERR_OK;
}

static void personal_values_leave_record_log_and_file(void **state) {
    struct fixture *f = *state;
    struct buf log;
    buf_init(&log, 4000);
    begin(f, "account");
    int64_t id = add_account(f, mail, first_name, "secret");
    commit(f);
    begin(f, "account");
    set_name(f, id, second_name);
    commit(f);
    assert_true(on_disk(f, mail) && on_disk(f, first_name) && on_disk(f, second_name));
    erase(f, id);
    assert_false(on_disk(f, mail));
    assert_false(on_disk(f, first_name));
    assert_false(on_disk(f, second_name));
    assert_ok(store_each_change(store_reader_of(f->store), 0, TABLE_ACCOUNT, id, write_line, &log,
                                &f->info),
              &f->info);
    assert_str(buf_str(&log), "account  > {\"language\":\"en\",\"state\":\"active\",\"password\":"
                              "\"*\",\"must_change\":0,\"created_ms\":5}; "
                              "account {\"name\":null} > {\"name\":null}; "
                              "erase {\"state\":\"active\",\"password\":\"*\"} > "
                              "{\"state\":\"erased\",\"password\":null}; "
                              "erase {\"email\":\"*\",\"name\":\"*\"} > "
                              "{\"email\":null,\"name\":null}; ");
    assert_int_equal(findings(f), 0);
    buf_release(&log);
}

static void what_a_reader_still_needs_goes_with_the_next_commit(void **state) {
    struct fixture *f = *state;
    struct store_reader *reader;
    uint64_t count;
    begin(f, "account");
    int64_t id = add_account(f, mail, first_name, "secret");
    commit(f);
    assert_ok(store_reader_open(f->path, &reader, &f->info), &f->info);
    assert_ok(store_read_begin(reader, &f->info), &f->info);
    assert_ok(store_count(reader, TABLE_ACCOUNT, &count, &f->info), &f->info);
    erase(f, id);
    assert_true(on_disk(f, mail));
    store_reader_close(reader);
    begin(f, "edit");
    add_organisation(f, "A", "DE");
    commit(f);
    assert_false(on_disk(f, mail));
}

static void an_erasure_is_not_taken_back_and_brings_nothing_back(void **state) {
    struct fixture *f = *state;
    int64_t born = begin(f, "account");
    int64_t id = add_account(f, mail, first_name, "secret");
    commit(f);
    int64_t renamed = begin(f, "account");
    set_name(f, id, second_name);
    commit(f);
    erase(f, id);
    begin(f, "undo");
    assert_int_equal(store_undo(f->store, renamed + 1, &f->info), ERR_CONFLICT);
    assert_non_null(strstr(f->info.message, "erased personal data"));
    assert_int_equal(store_undo(f->store, renamed, &f->info), ERR_CONFLICT); /* nothing left */
    assert_int_equal(store_undo(f->store, born, &f->info), ERR_CONFLICT);    /* changed after */
    store_rollback(f->store);
    assert_int_equal(findings(f), 0);
}

static void a_record_that_is_gone_is_erased_from_the_log(void **state) {
    struct fixture *f = *state;
    begin(f, "account");
    int64_t id = add_account(f, mail, first_name, "secret");
    commit(f);
    begin(f, "account");
    assert_ok(store_delete(f->store, TABLE_ACCOUNT, id, &f->info), &f->info);
    commit(f);
    begin(f, "erase");
    assert_ok(store_erase(f->store, TABLE_ACCOUNT, id, &f->info), &f->info);
    commit(f);
    assert_false(on_disk(f, mail));
    begin(f, "erase");
    assert_int_equal(store_erase(f->store, TABLE_ACCOUNT, id + 1, &f->info), ERR_NOT_FOUND);
    store_rollback(f->store);
    assert_int_equal(findings(f), 0);
}

static void working_rows_are_erased_without_a_line(void **state) {
    struct fixture *f = *state;
    int64_t id, version;
    struct store_cell cells[] = {{OUTBOX_RECIPIENT, store_text(str_of(mail))},
                                 {OUTBOX_SUBJECT, store_text(STR("s"))},
                                 {OUTBOX_BODY, store_text(STR("b"))},
                                 {OUTBOX_STATE, store_text(STR("sent"))},
                                 {OUTBOX_TRIES, store_int(1)},
                                 {OUTBOX_NEXT_MS, store_int(1)},
                                 {OUTBOX_CREATED_MS, store_int(1)}};
    begin(f, "account");
    assert_ok(store_insert(f->store, TABLE_OUTBOX, cells, 7, &id, &f->info), &f->info);
    commit(f);
    begin(f, "erase");
    assert_ok(store_erase(f->store, TABLE_OUTBOX, id, &f->info), &f->info);
    commit(f);
    assert_false(on_disk(f, mail));
    assert_ok(store_version(store_reader_of(f->store), &version, &f->info), &f->info);
    assert_int_equal(version, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(personal_values_leave_record_log_and_file, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_a_reader_still_needs_goes_with_the_next_commit, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_erasure_is_not_taken_back_and_brings_nothing_back,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_record_that_is_gone_is_erased_from_the_log, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(working_rows_are_erased_without_a_line, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
