/* A new database in a file of its own, and short words for writing into it. */
#ifndef FAIRLEAD_TESTS_STORE_FIXTURE_H
#define FAIRLEAD_TESTS_STORE_FIXTURE_H

#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "store/internal.h"
#include "store/store.h"
#include "unit.h"

struct fixture {
    char path[64];
    struct store *store;
    struct errinfo info;
};

static inline int set_up(void **state) {
    struct fixture *f = mem_new(1, sizeof(*f));
    snprintf(f->path, sizeof(f->path), "/tmp/store-test-%ld-XXXXXX", (long)getpid());
    int fd = mkstemp(f->path);
    close(fd);
    unlink(f->path);
    assert_ok(store_create(f->path, &f->store, &f->info), &f->info);
    *state = f;
    return 0;
}

static inline void remove_file(const char *path, const char *suffix) {
    char name[128];
    snprintf(name, sizeof(name), "%s%s", path, suffix);
    unlink(name);
}

static inline int tear_down(void **state) {
    struct fixture *f = *state;
    store_close(f->store);
    remove_file(f->path, "");
    remove_file(f->path, "-wal");
    remove_file(f->path, "-shm");
    remove_file(f->path, ".copy");
    mem_free(f);
    return 0;
}

static inline int64_t begin(struct fixture *f, const char *kind) {
    int64_t batch_id;
    struct store_batch batch = {
        .kind = kind, .actor = STR("tester"), .note = STR("test"), .at_ms = 1};
    assert_ok(store_begin(f->store, &batch, &batch_id, &f->info), &f->info);
    return batch_id;
}

static inline void commit(struct fixture *f) {
    assert_ok(store_commit(f->store, &f->info), &f->info);
}

static inline int64_t add_organisation(struct fixture *f, const char *name, const char *country) {
    int64_t id;
    struct store_cell cells[] = {{ORGANISATION_NAME_EN, store_text(str_of(name))},
                                 {ORGANISATION_COUNTRY, store_text(str_of(country))}};
    assert_ok(store_insert(f->store, TABLE_ORGANISATION, cells, 2, &id, &f->info), &f->info);
    return id;
}

static inline enum err set_country(struct fixture *f, int64_t id, const char *country) {
    struct store_cell cell = {ORGANISATION_COUNTRY, store_text(str_of(country))};
    return store_update(f->store, TABLE_ORGANISATION, id, &cell, 1, &f->info);
}

static inline enum err copy_country(void *ctx, int64_t id, const struct store_value *values,
                                    struct errinfo *info) {
    snprintf(ctx, 16, "%.*s", STR_ARG(values[ORGANISATION_COUNTRY].text));
    return ERR_OK;
}

static inline void assert_country(struct fixture *f, int64_t id, const char *expected) {
    char country[16] = "";
    assert_ok(store_get(store_reader_of(f->store), TABLE_ORGANISATION, id, copy_country, country,
                        &f->info),
              &f->info);
    assert_string_equal(country, expected);
}

static inline void count_finding(void *ctx, const char *text) {
    int *count = ctx;
    (*count)++;
    print_message("# finding: %s\n", text);
}

static inline int findings(struct fixture *f) {
    int count = 0;
    assert_ok(store_check(store_reader_of(f->store), NULL, count_finding, &count, &f->info),
              &f->info);
    return count;
}

/* An active account; empty texts are not given. */
static inline int64_t add_account(struct fixture *f, const char *email, const char *name,
                                  const char *password) {
    int64_t id;
    struct store_cell cells[] = {{ACCOUNT_EMAIL, store_text(str_of(email))},
                                 {ACCOUNT_NAME, store_text(str_of(name))},
                                 {ACCOUNT_LANGUAGE, store_text(STR("en"))},
                                 {ACCOUNT_STATE, store_text(STR("active"))},
                                 {ACCOUNT_PASSWORD, store_text(str_of(password))},
                                 {ACCOUNT_MUST_CHANGE, store_int(0)},
                                 {ACCOUNT_CREATED_MS, store_int(5)}};
    assert_ok(store_insert(f->store, TABLE_ACCOUNT, cells, 7, &id, &f->info), &f->info);
    return id;
}

/* A row of those that are not logged. */
static inline int64_t add_failure(struct fixture *f, const char *key) {
    int64_t id;
    struct store_cell cells[] = {{LOGIN_FAILURE_KEY, store_text(str_of(key))},
                                 {LOGIN_FAILURE_FAILURES, store_int(1)},
                                 {LOGIN_FAILURE_LAST_MS, store_int(5)}};
    assert_ok(store_insert(f->store, TABLE_LOGIN_FAILURE, cells, 3, &id, &f->info), &f->info);
    return id;
}

/* Writes as no part of the program does: without a line in the log. */
static inline void past_the_log(struct fixture *f, const char *sql) {
    assert_ok(store_exec(f->store->reader.db, sql, &f->info), &f->info);
}

#endif
