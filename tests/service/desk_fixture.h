/* An empty database with batches of kind "account" in few words, for the tests of who comes in. */
#ifndef FAIRLEAD_TESTS_SERVICE_DESK_FIXTURE_H
#define FAIRLEAD_TESTS_SERVICE_DESK_FIXTURE_H

#include "database.h"
#include "service/accounts.h"
#include "service/secret.h"

/* What stands for the argon2id string where no password is checked. */
#define SOME_KEPT "$argon2id$v=19$m=65536,t=2,p=1$some$kept"

struct desk_fixture {
    struct database database;
    struct errinfo info;
    struct access local;
};

static inline int desk_setup(void **state) {
    static struct desk_fixture f;
    f = (struct desk_fixture){.local = access_local()};
    database_create(&f.database);
    assert_ok(secret_start(&f.info), &f.info);
    *state = &f;
    return 0;
}

static inline int desk_teardown(void **state) {
    struct desk_fixture *f = *state;
    database_remove(&f->database);
    return 0;
}

static inline struct store *desk_begin(struct desk_fixture *f) {
    const struct store_batch batch = {.kind = "account", .actor = STR("tester"), .at_ms = 1};
    int64_t batch_id;
    assert_ok(store_begin(f->database.store, &batch, &batch_id, &f->info), &f->info);
    return f->database.store;
}

static inline void desk_commit(struct desk_fixture *f) {
    assert_ok(store_commit(f->database.store, &f->info), &f->info);
}

static inline struct store_reader *desk_reader(struct desk_fixture *f) {
    return store_reader_of(f->database.store);
}

/* An account with one role for the whole expo. */
static inline int64_t desk_account(struct desk_fixture *f, const char *email, enum role role) {
    const struct access_grant grant = {.role = role};
    const struct account_request request = {.email = str_of(email),
                                            .name = STR("林芳"),
                                            .language = LANG_ZH,
                                            .grants = &grant,
                                            .grant_count = 1,
                                            .kept = SOME_KEPT,
                                            .at_ms = 1};
    int64_t id = 0;
    desk_begin(f);
    assert_ok(account_create(f->database.store, &f->local, &request, &id, &f->info), &f->info);
    desk_commit(f);
    return id;
}

static inline struct account desk_read(struct desk_fixture *f, int64_t id) {
    struct account account;
    assert_ok(account_get(desk_reader(f), id, &account, &f->info), &f->info);
    return account;
}

static inline uint64_t desk_count(struct desk_fixture *f, enum store_table table) {
    uint64_t count = 0;
    assert_ok(store_count(desk_reader(f), table, &count, &f->info), &f->info);
    return count;
}

#endif
