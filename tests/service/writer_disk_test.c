/*
 * The writer on a disk that loses its power or is full (tests/store/power.h), asked by several
 * threads: what they were told is what is on the disk.
 */
#include "unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "service/writer.h"
#include "store/power.h"

enum { THREADS = 6, JOBS = 40, SEED = 77 };

struct fixture {
    char folder[64], path[96], cut[96];
    struct writer *writer;
    atomic_bool kept[THREADS][JOBS]; /* acknowledged */
    atomic_uint refused, lost, cuts;
};

static const struct store_batch batch = {
    .kind = "edit", .actor = {"tester", 6}, .note = {"n", 1}, .at_ms = 1};

static int set_up(void **state) {
    struct fixture *f = mem_new(1, sizeof(*f));
    struct errinfo info;
    struct store *store;
    snprintf(f->folder, sizeof(f->folder), "/tmp/writer-disk-test-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->path, sizeof(f->path), "%s/expo", f->folder);
    snprintf(f->cut, sizeof(f->cut), "%s/cut", f->folder);
    power_install(f->path, SEED);
    assert_ok(store_create(f->path, &store, &info), &info);
    store_close(store);
    assert_ok(writer_new(f->path, &f->writer, &info), &info);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *f = *state;
    writer_free(f->writer);
    power_remove();
    power_remove_files(f->folder, "");
    assert_int_equal(rmdir(f->folder), 0);
    mem_free(f);
    return 0;
}

struct name {
    uint32_t thread, job;
};

static enum err add(void *ctx, struct store *store, struct errinfo *info) {
    const struct name *n = ctx;
    char text[32];
    int64_t id;
    snprintf(text, sizeof(text), "%u/%u", n->thread, n->job);
    struct store_cell cells[] = {{ORGANISATION_NAME_EN, store_text(str_of(text))}};
    return store_insert(store, TABLE_ORGANISATION, cells, 1, &id, info);
}

struct asker {
    struct fixture *f;
    pthread_t thread;
    uint32_t number, from, to;
    bool failed; /* told anything but "kept" or "the disk is full" */
};

static void *ask(void *arg) {
    struct asker *a = arg;
    struct errinfo info = {0};
    for (uint32_t j = a->from; j < a->to; j++) {
        struct name n = {a->number, j};
        enum err code = writer_run(a->f->writer, &batch, add, &n, NULL, &info);
        if (code == ERR_OK)
            atomic_store(&a->f->kept[a->number][j], true);
        else
            atomic_fetch_add(&a->f->refused, 1);
        if (code != ERR_OK && (code != ERR_IO || strstr(info.message, "disk") == NULL))
            a->failed = true;
    }
    return NULL;
}

static void ask_all(struct fixture *f, uint32_t from, uint32_t to) {
    struct asker askers[THREADS];
    for (uint32_t t = 0; t < THREADS; t++) {
        askers[t] = (struct asker){.f = f, .number = t, .from = from, .to = to};
        assert_int_equal(pthread_create(&askers[t].thread, NULL, ask, &askers[t]), 0);
    }
    for (uint32_t t = 0; t < THREADS; t++) {
        pthread_join(askers[t].thread, NULL);
        assert_false(askers[t].failed);
    }
}

static enum err note_present(void *ctx, int64_t id, const struct store_value *values,
                             struct errinfo *info) {
    bool(*present)[JOBS] = ctx;
    unsigned thread, job;
    char text[32];
    snprintf(text, sizeof(text), "%.*s", STR_ARG(values[ORGANISATION_NAME_EN].text));
    if (sscanf(text, "%u/%u", &thread, &job) == 2)
        present[thread][job] = true;
    return ERR_OK;
}

static void count_finding(void *ctx, const char *text) {
    print_message("# finding: %s\n", text);
    atomic_fetch_add((atomic_uint *)ctx, 1);
}

/* Which jobs are in a database; what its check finds is added to `lost`. */
static void look(struct fixture *f, const char *path, bool present[THREADS][JOBS]) {
    struct store *store;
    struct errinfo info;
    memset(present, 0, sizeof(bool) * THREADS * JOBS);
    enum err code = store_open(path, &store, &info);
    if (code == ERR_OK)
        code = store_scan(store_reader_of(store), TABLE_ORGANISATION, note_present, present, &info);
    if (code == ERR_OK)
        code = store_check(store_reader_of(store), NULL, count_finding, &f->lost, &info);
    if (code != ERR_OK) {
        print_message("# %s\n", info.message);
        atomic_fetch_add(&f->lost, 1);
        return;
    }
    store_close(store);
}

/* Runs in the writing thread while the others go on. */
static void cut(void *ctx) {
    struct fixture *f = ctx;
    bool told[THREADS][JOBS], present[THREADS][JOBS];
    for (uint32_t t = 0; t < THREADS; t++)
        for (uint32_t j = 0; j < JOBS; j++)
            told[t][j] = atomic_load(&f->kept[t][j]);
    atomic_fetch_add(&f->cuts, 1);
    power_survivors(POWER_KEEPS_SOME, f->cut);
    look(f, f->cut, present);
    for (uint32_t t = 0; t < THREADS; t++)
        for (uint32_t j = 0; j < JOBS; j++)
            if (told[t][j] && !present[t][j])
                atomic_fetch_add(&f->lost, 1);
    power_remove_files(f->folder, "cut");
}

static void what_threads_were_told_is_kept_survives_a_power_cut(void **state) {
    struct fixture *f = *state;
    power_watch(cut, f, 0);
    ask_all(f, 0, JOBS);
    power_watch(NULL, NULL, 0);
    print_message("# %u power cuts\n", atomic_load(&f->cuts));
    assert_true(atomic_load(&f->cuts) > 10);
    assert_int_equal(atomic_load(&f->lost), 0);
    assert_int_equal(atomic_load(&f->refused), 0);
}

static void assert_kept_is_what_was_told(struct fixture *f) {
    bool present[THREADS][JOBS];
    writer_stop(f->writer);
    look(f, f->path, present);
    for (uint32_t t = 0; t < THREADS; t++)
        for (uint32_t j = 0; j < JOBS; j++)
            assert_int_equal(present[t][j], atomic_load(&f->kept[t][j]));
    assert_int_equal(atomic_load(&f->lost), 0);
}

static void a_full_disk_is_told_to_all_and_the_writer_goes_on_when_there_is_space(void **state) {
    struct fixture *f = *state;
    ask_all(f, 0, JOBS / 4);
    assert_int_equal(atomic_load(&f->refused), 0);
    power_space(0);
    ask_all(f, JOBS / 4, 3 * JOBS / 4);
    uint32_t refused = atomic_load(&f->refused);
    assert_true(refused > 0);
    power_space(-1);
    ask_all(f, 3 * JOBS / 4, JOBS);
    assert_int_equal(atomic_load(&f->refused), refused);
    assert_kept_is_what_was_told(f);
}

static void writes_that_fail_now_and_then_lose_nothing_that_was_told(void **state) {
    struct fixture *f = *state;
    power_full_every(17);
    ask_all(f, 0, JOBS);
    power_full_every(0);
    assert_true(atomic_load(&f->refused) > 0);
    assert_kept_is_what_was_told(f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_threads_were_told_is_kept_survives_a_power_cut, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            a_full_disk_is_told_to_all_and_the_writer_goes_on_when_there_is_space, set_up,
            tear_down),
        cmocka_unit_test_setup_teardown(writes_that_fail_now_and_then_lose_nothing_that_was_told,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
