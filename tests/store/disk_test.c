/* A disk that is full or read-only: told in words, nothing half done, and on again when it is
 * mended.
 */
#include "fixture.h"

#include <sys/stat.h>
#include <sys/wait.h>

#include "power.h"

struct disk {
    struct fixture f;
    char folder[64], copy[96];
};

static int set_up_disk(void **state) {
    struct disk *d = mem_new(1, sizeof(*d));
    snprintf(d->folder, sizeof(d->folder), "/tmp/disk-test-XXXXXX");
    assert_non_null(mkdtemp(d->folder));
    snprintf(d->f.path, sizeof(d->f.path), "%.40s/expo", d->folder);
    snprintf(d->copy, sizeof(d->copy), "%s/expo.copy", d->folder);
    power_install(d->f.path, 1);
    assert_ok(store_create(d->f.path, &d->f.store, &d->f.info), &d->f.info);
    begin(&d->f, "edit");
    add_organisation(&d->f, "First", "CN");
    commit(&d->f);
    *state = d;
    return 0;
}

static int tear_down_disk(void **state) {
    struct disk *d = *state;
    store_close(d->f.store);
    power_remove();
    remove_file(d->f.path, "");
    remove_file(d->f.path, "-wal");
    remove_file(d->f.path, "-shm");
    remove_file(d->copy, "");
    assert_int_equal(rmdir(d->folder), 0); /* nothing else was left in it */
    mem_free(d);
    return 0;
}

static uint64_t organisations(struct fixture *f) {
    uint64_t count;
    assert_ok(store_count(store_reader_of(f->store), TABLE_ORGANISATION, &count, &f->info),
              &f->info);
    return count;
}

/* A batch of some organisations and a change, which may fail anywhere. */
static enum err try_batch(struct fixture *f) {
    int64_t batch_id, id;
    struct store_batch batch = {.kind = "edit", .actor = STR("t"), .note = STR("n"), .at_ms = 1};
    struct store_cell name = {ORGANISATION_NAME_EN, store_text(STR("Works"))};
    enum err code = store_begin(f->store, &batch, &batch_id, &f->info);
    for (int i = 0; i < 3 && code == ERR_OK; i++)
        code = store_insert(f->store, TABLE_ORGANISATION, &name, 1, &id, &f->info);
    if (code == ERR_OK)
        code = store_commit(f->store, &f->info);
    store_rollback(f->store);
    return code;
}

static void assert_told_full(const struct fixture *f) {
    assert_int_equal(f->info.code, ERR_IO);
    assert_non_null(strstr(f->info.message, "disk is full"));
    assert_non_null(strstr(f->info.hint, "Nothing was changed"));
}

static void each_write_may_find_the_disk_full_and_nothing_is_lost(void **state) {
    struct disk *d = *state;
    uint64_t expected = 1, failed = 0;
    for (uint32_t n = 1; n < 40; n++) {
        power_full_every(n);
        for (int i = 0; i < 5; i++) {
            enum err code = try_batch(&d->f);
            if (code == ERR_OK) {
                expected += 3;
            } else {
                failed++;
                assert_told_full(&d->f);
            }
        }
        power_full_every(0);
        assert_int_equal(organisations(&d->f), expected);
        assert_ok(try_batch(&d->f), &d->f.info);
        expected += 3;
    }
    assert_true(failed > 20);
    assert_int_equal(findings(&d->f), 0);
    store_close(d->f.store);
    assert_ok(store_open(d->f.path, &d->f.store, &d->f.info), &d->f.info);
    assert_int_equal(organisations(&d->f), expected);
    assert_int_equal(findings(&d->f), 0);
}

static void writing_goes_on_when_there_is_space_again(void **state) {
    struct disk *d = *state;
    uint64_t expected = 1;
    power_space(200000);
    while (try_batch(&d->f) == ERR_OK)
        expected += 3;
    assert_told_full(&d->f);
    assert_int_equal(organisations(&d->f), expected);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(try_batch(&d->f), ERR_IO);
        assert_told_full(&d->f);
    }
    power_space(-1);
    assert_ok(try_batch(&d->f), &d->f.info);
    assert_int_equal(organisations(&d->f), expected + 3);
    assert_int_equal(findings(&d->f), 0);
}

static void a_full_disk_takes_a_group_as_a_whole_and_the_next_one_is_kept(void **state) {
    struct disk *d = *state;
    enum err code;
    power_space(0);
    assert_ok(store_group_begin(d->f.store, &d->f.info), &d->f.info);
    for (int i = 0; i < 2000; i++) /* beyond the log's present length */
        if ((code = try_batch(&d->f)) != ERR_OK)
            break;
    assert_int_equal(store_group_commit(d->f.store, &d->f.info), ERR_IO);
    assert_int_equal(organisations(&d->f), 1);
    power_space(-1);
    assert_ok(store_group_begin(d->f.store, &d->f.info), &d->f.info);
    assert_ok(try_batch(&d->f), &d->f.info);
    assert_ok(store_group_commit(d->f.store, &d->f.info), &d->f.info);
    assert_int_equal(organisations(&d->f), 4);
    assert_int_equal(findings(&d->f), 0);
}

static void a_backup_that_does_not_fit_leaves_nothing(void **state) {
    struct disk *d = *state;
    for (uint32_t n = 1; n < 60; n += 7) {
        power_full_every(n);
        assert_int_equal(store_backup(d->f.path, d->copy, &d->f.info), ERR_IO);
        assert_non_null(strstr(d->f.info.message, "disk is full"));
        assert_int_not_equal(access(d->copy, F_OK), 0);
    }
    power_full_every(0);
    assert_ok(store_backup(d->f.path, d->copy, &d->f.info), &d->f.info);
}

/* What a user without the right to write is told. Runs in a process of its own, as nobody. */
static int try_read_only(struct disk *d, bool folder) {
    struct store *store;
    enum err code = ERR_OK;
    if (getuid() == 0 && (setegid(65534) != 0 || seteuid(65534) != 0))
        return 2;
    code = store_open(d->f.path, &store, &d->f.info);
    if (code == ERR_OK) {
        d->f.store = store;
        code = try_batch(&d->f);
    }
    bool told = code == ERR_IO && strstr(d->f.info.message, "read-only") != NULL &&
                strstr(d->f.info.hint, "permissions") != NULL;
    if (!told)
        print_message("# %s: %s (%s)\n", folder ? "folder" : "file", d->f.info.message,
                      d->f.info.hint);
    return told ? 0 : 1;
}

static void assert_read_only_is_told(struct disk *d, bool folder) {
    pid_t child = fork();
    int status;
    assert_true(child >= 0);
    if (child == 0)
        _exit(try_read_only(d, folder));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static void a_read_only_file_or_folder_is_told(void **state) {
    struct disk *d = *state;
    store_close(d->f.store);
    d->f.store = NULL;
    assert_int_equal(chmod(d->folder, 0777), 0);
    assert_int_equal(chmod(d->f.path, 0444), 0);
    assert_read_only_is_told(d, false);
    assert_int_equal(chmod(d->f.path, 0666), 0);
    assert_int_equal(chmod(d->folder, 0555), 0);
    assert_read_only_is_told(d, true);
    assert_int_equal(chmod(d->folder, 0777), 0);
    assert_ok(store_open(d->f.path, &d->f.store, &d->f.info), &d->f.info);
    assert_int_equal(organisations(&d->f), 1);
    assert_int_equal(findings(&d->f), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_write_may_find_the_disk_full_and_nothing_is_lost,
                                        set_up_disk, tear_down_disk),
        cmocka_unit_test_setup_teardown(writing_goes_on_when_there_is_space_again, set_up_disk,
                                        tear_down_disk),
        cmocka_unit_test_setup_teardown(
            a_full_disk_takes_a_group_as_a_whole_and_the_next_one_is_kept, set_up_disk,
            tear_down_disk),
        cmocka_unit_test_setup_teardown(a_backup_that_does_not_fit_leaves_nothing, set_up_disk,
                                        tear_down_disk),
        cmocka_unit_test_setup_teardown(a_read_only_file_or_folder_is_told, set_up_disk,
                                        tear_down_disk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
