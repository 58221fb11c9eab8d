/* The writer: many threads ask, each job is told its own outcome. Run under ThreadSanitizer, too.
 */
#include "database.h"

#include <pthread.h>
#include <semaphore.h>

#include "base/mem.h"
#include "service/writer.h"

enum { THREADS = 12, JOBS = 25 };

struct fixture {
    struct database database;
    struct writer *writer;
};

static const struct store_batch batch = {
    .kind = "edit", .actor = {"tester", 6}, .note = {"n", 1}, .at_ms = 1};

static int set_up(void **state) {
    struct fixture *f = mem_new(1, sizeof(*f));
    struct errinfo info;
    database_create(&f->database);
    database_close(&f->database);
    assert_ok(writer_new(f->database.path, &f->writer, &info), &info);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *f = *state;
    writer_free(f->writer);
    database_remove(&f->database);
    mem_free(f);
    return 0;
}

static enum err insert(struct store *store, const char *name, struct errinfo *info) {
    int64_t id;
    struct store_cell cells[] = {{ORGANISATION_NAME_EN, store_text(str_of(name))}};
    return store_insert(store, TABLE_ORGANISATION, cells, 1, &id, info);
}

/* Adds the organisation that `ctx` names; one whose name begins with "-" fails after that. */
static enum err add(void *ctx, struct store *store, struct errinfo *info) {
    const char *name = ctx;
    enum err code = insert(store, name, info);
    if (code == ERR_OK && name[0] == '-')
        code = err_set(info, ERR_INPUT, "no organisation is called %s", name);
    return code;
}

static void print_finding(void *ctx, const char *text) {
    print_message("# finding: %s\n", text);
    ++*(int *)ctx;
}

static enum err note_name(void *ctx, int64_t id, const struct store_value *values,
                          struct errinfo *info) {
    unsigned thread, job;
    char name[32];
    bool(*seen)[JOBS] = ctx;
    snprintf(name, sizeof(name), "%.*s", STR_ARG(values[ORGANISATION_NAME_EN].text));
    assert_int_equal(sscanf(name, "%u/%u", &thread, &job), 2);
    seen[thread][job] = true;
    return ERR_OK;
}

/* Stops the writer and looks at what is on the disk: the organisations' number, no findings. */
static uint64_t count_kept(struct fixture *f, bool (*seen)[JOBS]) {
    struct store_reader *reader;
    struct errinfo info;
    uint64_t count;
    int findings = 0;
    writer_stop(f->writer);
    assert_ok(store_reader_open(f->database.path, &reader, &info), &info);
    assert_ok(store_count(reader, TABLE_ORGANISATION, &count, &info), &info);
    assert_ok(store_check(reader, NULL, print_finding, &findings, &info), &info);
    assert_int_equal(findings, 0);
    if (seen != NULL)
        assert_ok(store_scan(reader, TABLE_ORGANISATION, note_name, seen, &info), &info);
    store_reader_close(reader);
    return count;
}

struct asker {
    struct fixture *f;
    pthread_t thread;
    uint32_t number;
    int64_t batches[JOBS]; /* 0 = refused */
};

/* Every third job fails. */
static void *ask(void *arg) {
    struct asker *a = arg;
    struct errinfo info;
    char name[32];
    for (uint32_t j = 0; j < JOBS; j++) {
        bool fails = j % 3 == 2;
        snprintf(name, sizeof(name), "%s%u/%u", fails ? "-" : "", a->number, j);
        info.message[0] = '\0';
        enum err code = writer_run(a->f->writer, &batch, add, name, &a->batches[j], &info);
        if (code != (fails ? ERR_INPUT : ERR_OK) || (fails && strstr(info.message, name) == NULL))
            return arg; /* a sign of failure: cmocka's asserts belong to the main thread */
    }
    return NULL;
}

static void jobs_of_many_threads_are_kept_and_failing_ones_take_no_other_along(void **state) {
    struct fixture *f = *state;
    static struct asker askers[THREADS];
    bool seen[THREADS][JOBS] = {{false}};
    for (uint32_t t = 0; t < THREADS; t++) {
        askers[t] = (struct asker){.f = f, .number = t};
        assert_int_equal(pthread_create(&askers[t].thread, NULL, ask, &askers[t]), 0);
    }
    bool used[THREADS * JOBS + 1] = {false};
    uint64_t expected = 0;
    for (uint32_t t = 0; t < THREADS; t++) {
        void *failed;
        pthread_join(askers[t].thread, &failed);
        assert_null(failed);
        for (uint32_t j = 0; j < JOBS; j++) {
            int64_t id = askers[t].batches[j];
            assert_true((id == 0) == (j % 3 == 2));
            assert_true(id <= THREADS * JOBS && !used[id]);
            used[id] = id > 0;
            expected += id > 0;
        }
    }
    struct writer_stats stats = writer_stats(f->writer);
    assert_int_equal(stats.jobs, expected);
    assert_true(stats.commits <= stats.jobs);
    assert_int_equal(count_kept(f, seen), expected);
    for (uint32_t t = 0; t < THREADS; t++)
        for (uint32_t j = 0; j < JOBS; j++)
            assert_int_equal(seen[t][j], j % 3 != 2);
}

struct gate {
    sem_t entered, open;
};

static enum err wait_at_gate(void *ctx, struct store *store, struct errinfo *info) {
    struct gate *gate = ctx;
    sem_post(&gate->entered);
    while (sem_wait(&gate->open) != 0)
        continue;
    return insert(store, "0/0", info);
}

struct late {
    struct fixture *f;
    struct gate *gate;
    enum err code;
};

static void *hold_up(void *arg) {
    struct late *late = arg;
    late->code = writer_run(late->f->writer, &batch, wait_at_gate, late->gate, NULL, NULL);
    return NULL;
}

static void *stop(void *arg) {
    writer_stop(((struct fixture *)arg)->writer);
    return NULL;
}

static void stopping_finishes_what_was_asked_for_and_refuses_what_comes_after(void **state) {
    struct fixture *f = *state;
    struct gate gate;
    struct errinfo info;
    int64_t id;
    struct late late = {f, &gate, ERR_INTERNAL};
    pthread_t holder, stopper;
    sem_init(&gate.entered, 0, 0);
    sem_init(&gate.open, 0, 0);
    assert_int_equal(pthread_create(&holder, NULL, hold_up, &late), 0);
    while (sem_wait(&gate.entered) != 0)
        continue;
    assert_int_equal(pthread_create(&stopper, NULL, stop, f), 0);
    sem_post(&gate.open);
    pthread_join(stopper, NULL);
    pthread_join(holder, NULL);
    assert_int_equal(late.code, ERR_OK);
    char name[] = "0/1";
    assert_int_equal(writer_run(f->writer, &batch, add, name, &id, &info), ERR_STOPPED);
    assert_int_equal(count_kept(f, NULL), 1);
    sem_destroy(&gate.entered);
    sem_destroy(&gate.open);
}

static enum err change_nothing(void *ctx, struct store *store, struct errinfo *info) {
    return ERR_OK;
}

static enum err sign_in(void *ctx, struct store *store, struct errinfo *info) {
    int64_t id;
    struct store_cell cells[] = {{LOGIN_FAILURE_KEY, store_text(STR("k"))},
                                 {LOGIN_FAILURE_FAILURES, store_int(1)},
                                 {LOGIN_FAILURE_LAST_MS, store_int(1)}};
    return store_insert(store, TABLE_LOGIN_FAILURE, cells, 3, &id, info);
}

static void a_job_without_a_change_of_a_record_has_no_batch(void **state) {
    struct fixture *f = *state;
    struct errinfo info;
    int64_t id = 7;
    char name[] = "0/0";
    assert_ok(writer_run(f->writer, &batch, change_nothing, NULL, &id, &info), &info);
    assert_int_equal(id, 0);
    assert_ok(writer_run(f->writer, &batch, sign_in, NULL, &id, &info), &info);
    assert_int_equal(id, 0);
    assert_ok(writer_run(f->writer, &batch, add, name, &id, &info), &info);
    assert_int_equal(id, 1);
    assert_int_equal(count_kept(f, NULL), 1);
}

/* Commits a batch of its own, and leaves a second open. */
static enum err batch_by_itself(void *ctx, struct store *store, struct errinfo *info) {
    int64_t id;
    enum err code = store_begin(store, &batch, &id, info);
    if (code == ERR_OK)
        code = insert(store, "0/0", info);
    if (code == ERR_OK)
        code = store_commit(store, info);
    if (code == ERR_OK)
        code = store_begin(store, &batch, &id, info);
    return code == ERR_OK ? insert(store, "0/1", info) : code;
}

static void a_job_may_begin_its_batches_itself_and_an_open_one_is_taken_back(void **state) {
    struct fixture *f = *state;
    struct errinfo info;
    char name[] = "0/2";
    assert_ok(writer_run(f->writer, NULL, batch_by_itself, NULL, NULL, &info), &info);
    assert_ok(writer_run(f->writer, &batch, add, name, NULL, &info), &info);
    assert_int_equal(count_kept(f, NULL), 2);
}

static void a_missing_database_is_told(void **state) {
    struct errinfo info;
    struct writer *writer;
    assert_int_equal(writer_new("/nowhere/expo.fairlead", &writer, &info), ERR_NOT_FOUND);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            jobs_of_many_threads_are_kept_and_failing_ones_take_no_other_along, set_up, tear_down),
        cmocka_unit_test_setup_teardown(
            stopping_finishes_what_was_asked_for_and_refuses_what_comes_after, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_job_without_a_change_of_a_record_has_no_batch, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(
            a_job_may_begin_its_batches_itself_and_an_open_one_is_taken_back, set_up, tear_down),
        cmocka_unit_test(a_missing_database_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
