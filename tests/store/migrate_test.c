/* Databases of older schemas: opened, copied, brought up to date, with all they hold. The old
 * database is made here from its own migration, and filled past the present program. */
#include "old_database.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

struct fixture {
    char path[64];
    struct errinfo info;
};

static void with_suffix(const struct fixture *f, const char *suffix, char name[128]) {
    snprintf(name, 128, "%s%s", f->path, suffix);
}

static int set_up(void **state) {
    struct fixture *f = mem_new(1, sizeof(*f));
    snprintf(f->path, sizeof(f->path), "/tmp/migrate-test-%ld-XXXXXX", (long)getpid());
    int fd = mkstemp(f->path);
    close(fd);
    unlink(f->path);
    old_database(f->path, 1);
    *state = f;
    return 0;
}

static void remove_files(const struct fixture *f) {
    static const char *const suffixes[] = {"",
                                           "-wal",
                                           "-shm",
                                           ".before-6",
                                           ".before-6.2",
                                           ".before-6.3",
                                           ".before-6-wal",
                                           ".before-6-shm"};
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        char name[128];
        with_suffix(f, suffixes[i], name);
        unlink(name);
    }
}

static int tear_down(void **state) {
    remove_files(*state);
    mem_free(*state);
    return 0;
}

/* The first number of a query on a file, past the store. */
static int64_t ask(struct fixture *f, const char *suffix, const char *sql) {
    char name[128];
    sqlite3 *db;
    int64_t number;
    with_suffix(f, suffix, name);
    assert_ok(store_connect(name, SQLITE_OPEN_READWRITE, &db, &f->info), &f->info);
    assert_ok(store_number(db, sql, &number, &f->info), &f->info);
    sqlite3_close(db);
    return number;
}

static int64_t version_of(struct fixture *f, const char *suffix) {
    return ask(f, suffix, "SELECT max(version) FROM migration");
}

static bool exists(const struct fixture *f, const char *suffix) {
    char name[128];
    with_suffix(f, suffix, name);
    return access(name, F_OK) == 0;
}

static void print_finding(void *ctx, const char *text) {
    print_message("# finding: %s\n", text);
    ++*(int *)ctx;
}

static int findings(struct fixture *f, struct store *store) {
    int count = 0;
    assert_ok(store_check(store_reader_of(store), NULL, print_finding, &count, &f->info), &f->info);
    return count;
}

static enum err copy_country(void *ctx, int64_t id, const struct store_value *v,
                             struct errinfo *info) {
    snprintf(ctx, 16, "%.*s", STR_ARG(v[ORGANISATION_COUNTRY].text));
    return ERR_OK;
}

static enum err check_entry(void *ctx, int64_t id, const struct store_value *v,
                            struct errinfo *info) {
    assert_str(v[PROGRAMME_ENTRY_HOSTS].text, "Hubei; Hungary");
    assert_int_equal(v[PROGRAMME_ENTRY_START_TIME].kind, STORE_NULL);
    assert_int_equal(v[PROGRAMME_ENTRY_STATE].kind, STORE_NULL);
    return ERR_OK;
}

static void an_old_database_is_copied_and_keeps_its_data(void **state) {
    struct fixture *f = *state;
    struct store *store;
    uint64_t count;
    assert_ok(store_open(f->path, &store, &f->info), &f->info);
    assert_int_equal(version_of(f, ""), store_schema_version());
    assert_int_equal(version_of(f, ".before-6"), 1);
    assert_int_equal(ask(f, ".before-6", "SELECT count(*) FROM organisation"), 2);
    assert_ok(store_count(store_reader_of(store), TABLE_ORGANISATION, &count, &f->info), &f->info);
    assert_int_equal(count, 2);
    assert_ok(store_scan(store_reader_of(store), TABLE_PROGRAMME_ENTRY, check_entry, f, &f->info),
              &f->info);
    assert_int_equal(findings(f, store), 0);
    store_close(store);
    assert_ok(store_open(f->path, &store, &f->info), &f->info);
    assert_false(exists(f, ".before-6.2"));
    store_close(store);
}

static void every_released_schema_is_copied_and_brought_up_to_date(void **state) {
    struct fixture *f = *state;
    for (uint32_t version = 1; version < store_schema_version(); version++) {
        struct store *store;
        remove_files(f);
        old_database(f->path, version);
        assert_int_equal(version_of(f, ""), version);
        assert_ok(store_open(f->path, &store, &f->info), &f->info);
        assert_int_equal(version_of(f, ""), store_schema_version());
        assert_int_equal(version_of(f, ".before-6"), version);
        assert_int_equal(ask(f, ".before-6", "SELECT count(*) FROM change"), 8);
        assert_int_equal(ask(f, "", "SELECT count(*) FROM change"), 8);
        assert_int_equal(ask(f, "", "SELECT count(*) FROM batch WHERE account_id IS NULL"), 2);
        assert_int_equal(findings(f, store), 0);
        store_close(store);
    }
}

static void its_log_still_tells_undoes_and_goes_on(void **state) {
    struct fixture *f = *state;
    struct store *store;
    char country[16];
    int64_t batch;
    assert_ok(store_open(f->path, &store, &f->info), &f->info);
    struct store_reader *reader = store_reader_of(store);
    assert_ok(store_as_of(reader, TABLE_ORGANISATION, 1, 1, copy_country, country, &f->info),
              &f->info);
    assert_string_equal(country, "DE");
    struct store_batch undo = {
        .kind = "undo", .actor = STR("t"), .note = STR("n"), .at_ms = 3000, .undo_of = 2};
    assert_ok(store_begin(store, &undo, &batch, &f->info), &f->info);
    assert_int_equal(batch, 3);
    assert_ok(store_undo(store, 2, &f->info), &f->info);
    assert_ok(store_commit(store, &f->info), &f->info);
    assert_ok(store_get(reader, TABLE_ORGANISATION, 1, copy_country, country, &f->info), &f->info);
    assert_string_equal(country, "DE");
    struct store_batch edit = {.kind = "edit", .actor = STR("t"), .note = STR("n"), .at_ms = 4000};
    struct store_cell cells[] = {{PROGRAMME_ENTRY_START_TIME, store_text(STR("09:30"))},
                                 {PROGRAMME_ENTRY_HOSTS_ZH, store_text(STR("湖北；匈牙利"))}};
    assert_ok(store_begin(store, &edit, &batch, &f->info), &f->info);
    assert_ok(store_update(store, TABLE_PROGRAMME_ENTRY, 1, cells, 2, &f->info), &f->info);
    assert_ok(store_commit(store, &f->info), &f->info);
    assert_int_equal(findings(f, store), 0);
    undo.undo_of = 1;
    assert_ok(store_begin(store, &undo, &batch, &f->info), &f->info);
    assert_int_equal(store_undo(store, 1, &f->info), ERR_CONFLICT);
    store_rollback(store);
    store_close(store);
}

static enum err write_change(void *ctx, const struct store_change *change, struct errinfo *info) {
    buf_printf(ctx, "%lld %.*s %.*s %.*s;", (long long)change->batch_id, STR_ARG(change->operation),
               STR_ARG(change->before), STR_ARG(change->after));
    return ERR_OK;
}

static void assert_history(struct fixture *f, struct store *store, int64_t organisation,
                           const char *expected) {
    struct buf log;
    buf_init(&log, 1000);
    assert_ok(store_each_change(store_reader_of(store), 0, TABLE_ORGANISATION, organisation,
                                write_change, &log, &f->info),
              &f->info);
    assert_str(buf_str(&log), expected);
    buf_release(&log);
}

/* Whole records are arrays since version 3; who reads the log sees no difference. */
static void old_and_new_lines_of_its_log_read_alike(void **state) {
    struct fixture *f = *state;
    struct store *store;
    int64_t batch, id;
    struct store_batch edit = {.kind = "edit", .actor = STR("t"), .note = STR("n"), .at_ms = 4000};
    struct store_cell cells[] = {{ORGANISATION_NAME_EN, store_text(STR("New \"N\""))},
                                 {ORGANISATION_COUNTRY, store_text(STR("CN"))}};
    assert_ok(store_open(f->path, &store, &f->info), &f->info);
    assert_ok(store_begin(store, &edit, &batch, &f->info), &f->info);
    assert_ok(store_delete(store, TABLE_ORGANISATION, 2, &f->info), &f->info);
    assert_ok(store_insert(store, TABLE_ORGANISATION, cells, 2, &id, &f->info), &f->info);
    assert_ok(store_commit(store, &f->info), &f->info);
    assert_int_equal(id, 3);
    assert_history(f, store, 1,
                   "1 insert  {\"name_en\":\"Acme\",\"country\":\"DE\"};"
                   "2 update {\"country\":\"DE\"} {\"country\":\"HU\"};");
    assert_history(f, store, 2,
                   "1 insert  {\"name_en\":\"Beta\",\"country\":\"CN\"};"
                   "3 delete {\"name_en\":\"Beta\",\"country\":\"CN\"} ;");
    assert_history(f, store, 3, "3 insert  {\"name_en\":\"New \\\"N\\\"\",\"country\":\"CN\"};");
    assert_int_equal(findings(f, store), 0);
    store_close(store);
}

static void a_line_of_an_unknown_table_stops_the_migration(void **state) {
    struct fixture *f = *state;
    struct store *store;
    sqlite3 *db;
    assert_ok(store_connect(f->path, SQLITE_OPEN_READWRITE, &db, &f->info), &f->info);
    assert_ok(store_exec(db, "INSERT INTO change VALUES (1000,2,'nonsense',1,'insert',NULL,'{}')",
                         &f->info),
              &f->info);
    sqlite3_close(db);
    assert_int_equal(store_open(f->path, &store, &f->info), ERR_CONFLICT);
    assert_int_equal(ask(f, "", "SELECT count(*) FROM change WHERE entity = 'nonsense'"), 1);
}

static void a_reader_says_how_to_bring_it_up_to_date(void **state) {
    struct fixture *f = *state;
    struct store_reader *reader;
    assert_int_equal(store_reader_open(f->path, &reader, &f->info), ERR_INPUT);
    assert_non_null(strstr(f->info.hint, "fairlead check"));
    assert_int_equal(version_of(f, ""), 1);
}

/* A table of the new name is in the way: the migration fails in its middle. */
static void a_migration_that_fails_changes_nothing_and_can_be_tried_again(void **state) {
    struct fixture *f = *state;
    struct store *store;
    sqlite3 *db;
    assert_ok(store_connect(f->path, SQLITE_OPEN_READWRITE, &db, &f->info), &f->info);
    assert_ok(store_exec(db, "CREATE TABLE picture (id INTEGER PRIMARY KEY)", &f->info), &f->info);
    assert_int_not_equal(store_open(f->path, &store, &f->info), ERR_OK);
    assert_int_equal(version_of(f, ""), 1);
    assert_int_equal(
        ask(f, "", "SELECT count(*) FROM pragma_table_info('edition') WHERE name = 'city_zh'"), 0);
    assert_ok(store_exec(db, "DROP TABLE picture", &f->info), &f->info);
    sqlite3_close(db);
    assert_ok(store_open(f->path, &store, &f->info), &f->info);
    assert_int_equal(findings(f, store), 0);
    assert_true(exists(f, ".before-6.2"));
    store_close(store);
}

static void two_programs_may_open_it_at_once(void **state) {
    struct fixture *f = *state;
    enum { PROGRAMS = 4 };
    pid_t children[PROGRAMS];
    for (int i = 0; i < PROGRAMS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            struct store *store = NULL;
            enum err code = store_open(f->path, &store, &f->info);
            store_close(store);
            if (code != ERR_OK)
                fprintf(stderr, "%s\n", f->info.message);
            _exit(code == ERR_OK ? 0 : 1);
        }
    }
    for (int i = 0; i < PROGRAMS; i++) {
        int status;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_int_equal(ask(f, "", "SELECT count(*) FROM migration"), store_schema_version());
}

static void a_database_of_a_newer_program_is_refused(void **state) {
    struct fixture *f = *state;
    struct store *store;
    sqlite3 *db;
    assert_ok(store_connect(f->path, SQLITE_OPEN_READWRITE, &db, &f->info), &f->info);
    assert_ok(store_exec(db, "INSERT INTO migration VALUES (99,'schema/0099.sql','0',1)", &f->info),
              &f->info);
    sqlite3_close(db);
    assert_int_equal(store_open(f->path, &store, &f->info), ERR_INPUT);
    assert_non_null(strstr(f->info.message, "newer"));
}

/* Someone edited a migration after its release, or the database comes from a fork. */
static void a_database_of_another_history_is_refused(void **state) {
    struct fixture *f = *state;
    struct store *store;
    sqlite3 *db;
    assert_ok(store_connect(f->path, SQLITE_OPEN_READWRITE, &db, &f->info), &f->info);
    assert_ok(store_exec(db, "UPDATE migration SET digest = '0000000000000000'", &f->info),
              &f->info);
    sqlite3_close(db);
    assert_int_equal(store_open(f->path, &store, &f->info), ERR_INPUT);
    assert_non_null(strstr(f->info.message, "different build"));
    assert_false(exists(f, ".before-6"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_old_database_is_copied_and_keeps_its_data, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(every_released_schema_is_copied_and_brought_up_to_date,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(its_log_still_tells_undoes_and_goes_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(old_and_new_lines_of_its_log_read_alike, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_line_of_an_unknown_table_stops_the_migration, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_reader_says_how_to_bring_it_up_to_date, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            a_migration_that_fails_changes_nothing_and_can_be_tried_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(two_programs_may_open_it_at_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_database_of_a_newer_program_is_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_database_of_another_history_is_refused, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
