#include "fixture.h"

#include "base/rng.h"

static void a_record_is_found_again_and_its_history_told(void **state) {
    struct fixture *f = *state;
    int64_t first = begin(f, "edit");
    int64_t id = add_organisation(f, "Acme \"Ltd\"\n", "DE");
    commit(f);
    int64_t second = begin(f, "edit");
    assert_ok(set_country(f, id, "FR"), &f->info);
    assert_ok(set_country(f, id, "FR"), &f->info);
    assert_int_equal(store_changes(f->store), 1);
    commit(f);
    assert_country(f, id, "FR");
    char country[16];
    struct store_reader *reader = store_reader_of(f->store);
    assert_ok(store_as_of(reader, TABLE_ORGANISATION, id, first, copy_country, country, &f->info),
              &f->info);
    assert_string_equal(country, "DE");
    assert_ok(store_as_of(reader, TABLE_ORGANISATION, id, second, copy_country, country, &f->info),
              &f->info);
    assert_string_equal(country, "FR");
    assert_int_equal(
        store_as_of(reader, TABLE_ORGANISATION, id, first - 1, copy_country, country, &f->info),
        ERR_NOT_FOUND);
    assert_int_equal(findings(f), 0);
}

static enum err note_last(void *ctx, const struct store_change *change, struct errinfo *info) {
    *(int64_t *)ctx = change->change_id;
    return ERR_OK;
}

static void a_revision_is_the_last_line_of_the_log_that_touched_the_record(void **state) {
    struct fixture *f = *state;
    struct store_reader *reader = store_reader_of(f->store);
    int64_t revision, version, line = 0;
    begin(f, "edit");
    int64_t id = add_organisation(f, "Acme", "DE"), other = add_organisation(f, "Other", "DE");
    assert_ok(set_country(f, id, "FR"), &f->info);
    assert_ok(store_revision(reader, TABLE_ORGANISATION, id, &revision, &f->info), &f->info);
    assert_ok(store_version(reader, &version, &f->info), &f->info);
    assert_int_equal(revision, version);
    commit(f);
    assert_ok(store_each_change(reader, 0, TABLE_ORGANISATION, id, note_last, &line, &f->info),
              &f->info);
    assert_int_equal(line, revision);
    assert_ok(store_revision(reader, TABLE_ORGANISATION, other, &revision, &f->info), &f->info);
    assert_int_equal(revision, version - 1);
    assert_ok(store_revision(reader, TABLE_ORGANISATION, other + 1, &revision, &f->info), &f->info);
    assert_int_equal(revision, 0);
}

static void undo_restores_what_was_there_and_can_be_undone(void **state) {
    struct fixture *f = *state;
    begin(f, "edit");
    int64_t kept = add_organisation(f, "Kept", "DE");
    int64_t gone = add_organisation(f, "Gone", "IT");
    commit(f);
    int64_t batch = begin(f, "import");
    int64_t added = add_organisation(f, "Added", "FR");
    assert_ok(set_country(f, kept, "AT"), &f->info);
    assert_ok(store_delete(f->store, TABLE_ORGANISATION, gone, &f->info), &f->info);
    commit(f);
    int64_t undo = begin(f, "undo");
    assert_ok(store_undo(f->store, batch, &f->info), &f->info);
    commit(f);
    assert_country(f, kept, "DE");
    assert_country(f, gone, "IT");
    char country[16];
    assert_int_equal(store_get(store_reader_of(f->store), TABLE_ORGANISATION, added, copy_country,
                               country, &f->info),
                     ERR_NOT_FOUND);
    begin(f, "undo");
    assert_ok(store_undo(f->store, undo, &f->info), &f->info);
    commit(f);
    assert_country(f, kept, "AT");
    assert_country(f, added, "FR");
    assert_int_equal(findings(f), 0);
}

static void undo_refuses_when_a_later_batch_changed_the_same_column(void **state) {
    struct fixture *f = *state;
    int64_t batch = begin(f, "import");
    int64_t id = add_organisation(f, "A", "DE");
    commit(f);
    begin(f, "edit");
    assert_ok(set_country(f, id, "FR"), &f->info);
    commit(f);
    begin(f, "undo");
    assert_int_equal(store_undo(f->store, batch, &f->info), ERR_CONFLICT);
    assert_non_null(strstr(f->info.message, "changed after"));
    store_rollback(f->store);
    assert_country(f, id, "FR");
}

/* The insert left the column empty; what was added later must not go with it. */
static void undo_of_an_insert_refuses_when_a_later_batch_filled_a_column(void **state) {
    struct fixture *f = *state;
    int64_t batch = begin(f, "import");
    int64_t id = add_organisation(f, "A", "DE");
    commit(f);
    begin(f, "edit");
    struct store_cell cell = {ORGANISATION_WEBSITE, store_text(STR("https://a.example"))};
    assert_ok(store_update(f->store, TABLE_ORGANISATION, id, &cell, 1, &f->info), &f->info);
    commit(f);
    begin(f, "undo");
    assert_int_equal(store_undo(f->store, batch, &f->info), ERR_CONFLICT);
    store_rollback(f->store);
    assert_country(f, id, "DE");
}

static void ids_of_deleted_records_are_not_given_again(void **state) {
    struct fixture *f = *state;
    begin(f, "edit");
    int64_t id = add_organisation(f, "A", "DE");
    commit(f);
    begin(f, "edit");
    assert_ok(store_delete(f->store, TABLE_ORGANISATION, id, &f->info), &f->info);
    commit(f);
    begin(f, "edit");
    assert_true(add_organisation(f, "B", "DE") > id);
    commit(f);
}

static void a_rolled_back_or_empty_batch_leaves_no_trace(void **state) {
    struct fixture *f = *state;
    int64_t first = begin(f, "edit");
    add_organisation(f, "A", "DE");
    store_rollback(f->store);
    assert_int_equal(begin(f, "edit"), first);
    commit(f);
    uint64_t count;
    assert_ok(store_count(store_reader_of(f->store), TABLE_ORGANISATION, &count, &f->info),
              &f->info);
    assert_int_equal(count, 0);
    assert_int_equal(begin(f, "edit"), first);
    store_rollback(f->store);
}

static void a_record_in_use_is_not_deleted(void **state) {
    struct fixture *f = *state;
    begin(f, "edit");
    int64_t id = add_organisation(f, "A", "DE"), name_id;
    struct store_cell cells[] = {{ORGANISATION_NAME_ORGANISATION_ID, store_int(id)},
                                 {ORGANISATION_NAME_KIND, store_text(STR("alias"))},
                                 {ORGANISATION_NAME_NAME, store_text(STR("Alpha"))}};
    assert_ok(store_insert(f->store, TABLE_ORGANISATION_NAME, cells, 3, &name_id, &f->info),
              &f->info);
    assert_int_equal(store_delete(f->store, TABLE_ORGANISATION, id, &f->info), ERR_CONFLICT);
    store_rollback(f->store);
}

static void readers_see_committed_state_only(void **state) {
    struct fixture *f = *state;
    struct store_reader *reader;
    assert_ok(store_reader_open(f->path, &reader, &f->info), &f->info);
    uint64_t count;
    begin(f, "edit");
    add_organisation(f, "A", "DE");
    assert_ok(store_count(reader, TABLE_ORGANISATION, &count, &f->info), &f->info);
    assert_int_equal(count, 0);
    commit(f);
    assert_ok(store_count(reader, TABLE_ORGANISATION, &count, &f->info), &f->info);
    assert_int_equal(count, 1);
    store_reader_close(reader);
}

static void check_finds_a_write_that_went_past_the_log(void **state) {
    struct fixture *f = *state;
    begin(f, "edit");
    int64_t id = add_organisation(f, "A", "DE");
    add_organisation(f, "B", "DE");
    commit(f);
    char sql[80];
    snprintf(sql, sizeof(sql), "UPDATE organisation SET country='XX' WHERE id=%d", (int)id);
    past_the_log(f, sql);
    assert_int_equal(findings(f), 1);
}

static void content_is_kept_once_and_goes_with_its_batch(void **state) {
    struct fixture *f = *state;
    struct buf out;
    buf_init(&out, 100);
    begin(f, "edit");
    add_organisation(f, "A", "DE");
    assert_ok(store_put_content(f->store, STR("d1"), ((struct str){"a\0b", 3}), &f->info),
              &f->info);
    assert_ok(store_put_content(f->store, STR("d1"), STR("other"), &f->info), &f->info);
    commit(f);
    begin(f, "edit");
    assert_ok(store_put_content(f->store, STR("d2"), STR("gone"), &f->info), &f->info);
    store_rollback(f->store);
    struct store_reader *reader = store_reader_of(f->store);
    assert_ok(store_get_content(reader, STR("d1"), &out, &f->info), &f->info);
    assert_true(out.len == 3 && memcmp(out.ptr, "a\0b", 3) == 0);
    assert_int_equal(store_get_content(reader, STR("d2"), &out, &f->info), ERR_NOT_FOUND);
    /* Bytes that were lost come back without a batch. */
    int64_t batch = begin(f, "import");
    assert_ok(store_put_content(f->store, STR("d3"), STR("found"), &f->info), &f->info);
    commit(f);
    assert_ok(store_get_content(reader, STR("d3"), &out, &f->info), &f->info);
    assert_int_equal(begin(f, "edit"), batch);
    store_rollback(f->store);
    assert_int_equal(findings(f), 0);
    buf_release(&out);
}

static void put(struct fixture *f, const char *digest) {
    assert_ok(store_put_content(f->store, str_of(digest), STR("bytes"), &f->info), &f->info);
}

/* Whether the bytes are still there after an attempt to drop them. */
static bool stays(struct fixture *f, const char *digest) {
    struct buf out;
    buf_init(&out, 100);
    begin(f, "edit");
    assert_ok(store_drop_content(f->store, str_of(digest), &f->info), &f->info);
    commit(f);
    enum err code = store_get_content(store_reader_of(f->store), str_of(digest), &out, &f->info);
    buf_release(&out);
    return code == ERR_OK;
}

static void content_is_dropped_only_when_nothing_names_it(void **state) {
    struct fixture *f = *state;
    int64_t edition, pavilion, picture, account, upload;
    begin(f, "edit");
    struct store_cell e[] = {{EDITION_CODE, store_text(STR("2024"))},
                             {EDITION_NAME_EN, store_text(STR("Expo"))},
                             {EDITION_REGISTER_COMPLETE, store_int(0)},
                             {EDITION_CURRENT, store_int(1)}};
    assert_ok(store_insert(f->store, TABLE_EDITION, e, 4, &edition, &f->info), &f->info);
    struct store_cell p[] = {{PAVILION_EDITION_ID, store_int(edition)},
                             {PAVILION_KIND, store_text(STR("cluster"))},
                             {PAVILION_NAME_EN, store_text(STR("P"))}};
    assert_ok(store_insert(f->store, TABLE_PAVILION, p, 3, &pavilion, &f->info), &f->info);
    struct store_cell c[] = {{PICTURE_PAVILION_ID, store_int(pavilion)},
                             {PICTURE_DIGEST, store_text(STR("shown"))},
                             {PICTURE_FORMAT, store_text(STR("png"))},
                             {PICTURE_WIDTH, store_int(1)},
                             {PICTURE_HEIGHT, store_int(1)}};
    assert_ok(store_insert(f->store, TABLE_PICTURE, c, 5, &picture, &f->info), &f->info);
    struct store_cell a[] = {{ACCOUNT_LANGUAGE, store_text(STR("en"))},
                             {ACCOUNT_STATE, store_text(STR("disabled"))},
                             {ACCOUNT_MUST_CHANGE, store_int(0)},
                             {ACCOUNT_CREATED_MS, store_int(1)}};
    assert_ok(store_insert(f->store, TABLE_ACCOUNT, a, 4, &account, &f->info), &f->info);
    struct store_cell u[] = {
        {UPLOAD_ACCOUNT_ID, store_int(account)},     {UPLOAD_NAME, store_text(STR("list.csv"))},
        {UPLOAD_DIGEST, store_text(STR("brought"))}, {UPLOAD_SETTINGS, store_text(STR("{}"))},
        {UPLOAD_STATE, store_text(STR("open"))},     {UPLOAD_CREATED_MS, store_int(1)}};
    assert_ok(store_insert(f->store, TABLE_UPLOAD, u, 6, &upload, &f->info), &f->info);
    put(f, "shown"), put(f, "brought"), put(f, "loose");
    commit(f);
    assert_true(stays(f, "shown") && stays(f, "brought"));
    assert_false(stays(f, "loose"));
    begin(f, "edit");
    struct store_cell dropped = {UPLOAD_STATE, store_text(STR("dropped"))};
    assert_ok(store_update(f->store, TABLE_UPLOAD, upload, &dropped, 1, &f->info), &f->info);
    assert_ok(store_delete(f->store, TABLE_PICTURE, picture, &f->info), &f->info);
    commit(f);
    assert_false(stays(f, "brought"));
    assert_true(stays(f, "shown")); /* an undo would bring the picture back */
    assert_int_equal(findings(f), 0);
}

static void a_backup_holds_the_committed_state(void **state) {
    struct fixture *f = *state;
    char copy[80];
    snprintf(copy, sizeof(copy), "%s.copy", f->path);
    begin(f, "edit");
    add_organisation(f, "A", "DE");
    commit(f);
    begin(f, "edit");
    add_organisation(f, "B", "DE");
    assert_ok(store_backup(f->path, copy, &f->info), &f->info);
    commit(f);
    assert_int_equal(store_backup(f->path, copy, &f->info), ERR_CONFLICT);
    struct store_reader *reader;
    uint64_t count;
    assert_ok(store_reader_open(copy, &reader, &f->info), &f->info);
    assert_ok(store_count(reader, TABLE_ORGANISATION, &count, &f->info), &f->info);
    assert_int_equal(count, 1);
    store_reader_close(reader);
}

/* A model in plain arrays, compared with the store after every undo: seed 7. */
static void random_batches_undone_in_reverse_leave_nothing(void **state) {
    enum { BATCHES = 12, RECORDS = 40 };
    struct fixture *f = *state;
    struct rng r;
    int64_t batches[BATCHES], ids[RECORDS];
    uint32_t count = 0;
    rng_init(&r, 7);
    for (int b = 0; b < BATCHES; b++) {
        batches[b] = begin(f, "import");
        for (int i = 0; i < 10; i++) {
            char name[16], country[3] = {(char)('A' + rng_below(&r, 26)), 'A', 0};
            snprintf(name, sizeof(name), "N%u", count);
            if (count < RECORDS && (count == 0 || rng_below(&r, 2) == 0))
                ids[count++] = add_organisation(f, name, country);
            else
                assert_ok(set_country(f, ids[rng_below(&r, count)], country), &f->info);
        }
        commit(f);
    }
    for (int b = BATCHES - 1; b >= 0; b--) {
        begin(f, "undo");
        assert_ok(store_undo(f->store, batches[b], &f->info), &f->info);
        commit(f);
    }
    uint64_t left;
    assert_ok(store_count(store_reader_of(f->store), TABLE_ORGANISATION, &left, &f->info),
              &f->info);
    assert_int_equal(left, 0);
    assert_int_equal(findings(f), 0);
}

static void foreign_files_are_refused_in_words(void **state) {
    struct store *store;
    struct errinfo info;
    char path[] = "/tmp/store-foreign-XXXXXX";
    int fd = mkstemp(path);
    assert_int_equal(write(fd, "this is not a database, just a text file", 40), 40);
    close(fd);
    assert_int_equal(store_open(path, &store, &info), ERR_INPUT);
    assert_non_null(strstr(info.message, "not a Fairlead database"));
    assert_int_equal(store_create(path, &store, &info), ERR_CONFLICT);
    unlink(path);
    assert_int_equal(store_open(path, &store, &info), ERR_NOT_FOUND);
    assert_non_null(strstr(info.hint, "fairlead new"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_record_is_found_again_and_its_history_told, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            a_revision_is_the_last_line_of_the_log_that_touched_the_record, set_up, tear_down),
        cmocka_unit_test_setup_teardown(undo_restores_what_was_there_and_can_be_undone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(undo_refuses_when_a_later_batch_changed_the_same_column,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            undo_of_an_insert_refuses_when_a_later_batch_filled_a_column, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ids_of_deleted_records_are_not_given_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_rolled_back_or_empty_batch_leaves_no_trace, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_record_in_use_is_not_deleted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(readers_see_committed_state_only, set_up, tear_down),
        cmocka_unit_test_setup_teardown(check_finds_a_write_that_went_past_the_log, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(content_is_kept_once_and_goes_with_its_batch, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(content_is_dropped_only_when_nothing_names_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_backup_holds_the_committed_state, set_up, tear_down),
        cmocka_unit_test_setup_teardown(random_batches_undone_in_reverse_leave_nothing, set_up,
                                        tear_down),
        cmocka_unit_test(foreign_files_are_refused_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
