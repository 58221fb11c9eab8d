/* A seeded database with organisations, stands and participants in few words. */
#ifndef FAIRLEAD_TESTS_SERVICE_EXPO_FIXTURE_H
#define FAIRLEAD_TESTS_SERVICE_EXPO_FIXTURE_H

#include "base/arena.h"
#include "database.h"
#include "service/access.h"
#include "service/secret.h"

struct expo_fixture {
    struct database database;
    struct store *store;
    struct errinfo info;
    struct access local;
    struct arena arena;
    int64_t edition; /* the current one */
    char code[16];
};

static inline enum err expo_take_edition(void *ctx, int64_t id, const struct store_value *v,
                                         struct errinfo *info) {
    (void)info;
    struct expo_fixture *f = ctx;
    if (v[EDITION_CURRENT].integer != 1)
        return ERR_OK;
    f->edition = id;
    snprintf(f->code, sizeof(f->code), "%.*s", STR_ARG(v[EDITION_CODE].text));
    return ERR_OK;
}

static inline int expo_setup(void **state) {
    static struct expo_fixture f;
    f = (struct expo_fixture){.local = access_local()};
    database_create_seeded(&f.database);
    f.store = f.database.store;
    arena_init(&f.arena, 64 << 20);
    assert_ok(secret_start(&f.info), &f.info);
    assert_ok(store_scan(store_reader_of(f.store), TABLE_EDITION, expo_take_edition, &f, &f.info),
              &f.info);
    assert_true(f.edition > 0);
    *state = &f;
    return 0;
}

static inline int expo_teardown(void **state) {
    struct expo_fixture *f = *state;
    arena_release(&f->arena);
    database_remove(&f->database);
    return 0;
}

static inline struct store_reader *expo_reader(struct expo_fixture *f) {
    return store_reader_of(f->store);
}

static inline void expo_begin(struct expo_fixture *f) {
    const struct store_batch batch = {.kind = "edit", .actor = STR("tester"), .at_ms = 1};
    int64_t batch_id;
    assert_ok(store_begin(f->store, &batch, &batch_id, &f->info), &f->info);
}

/* Keeps the open batch when all went well. */
static inline enum err expo_end(struct expo_fixture *f, enum err code) {
    if (code == ERR_OK)
        assert_ok(store_commit(f->store, &f->info), &f->info);
    else
        store_rollback(f->store);
    return code;
}

static inline int64_t expo_insert(struct expo_fixture *f, enum store_table table,
                                  const struct store_cell *cells, uint32_t count) {
    int64_t id;
    assert_ok(store_insert(f->store, table, cells, count, &id, &f->info), &f->info);
    return id;
}

static inline int64_t expo_organisation(struct expo_fixture *f, const char *en, const char *zh,
                                        const char *country, const char *size) {
    const struct store_cell cells[] = {{ORGANISATION_NAME_EN, store_text(str_of(en))},
                                       {ORGANISATION_NAME_ZH, store_text(str_of(zh))},
                                       {ORGANISATION_COUNTRY, store_text(str_of(country))},
                                       {ORGANISATION_SIZE, store_text(str_of(size))}};
    return expo_insert(f, TABLE_ORGANISATION, cells, 4);
}

static inline int64_t expo_stand(struct expo_fixture *f, int64_t organisation) {
    const struct store_cell cells[] = {{EXHIBITOR_EDITION_ID, store_int(f->edition)},
                                       {EXHIBITOR_ORGANISATION_ID, store_int(organisation)}};
    return expo_insert(f, TABLE_EXHIBITOR, cells, 2);
}

/* A participant; without a stand a buyer. */
static inline int64_t expo_participant(struct expo_fixture *f, int64_t organisation,
                                       int64_t stand) {
    const struct store_cell cells[] = {
        {PARTICIPANT_EDITION_ID, store_int(f->edition)},
        {PARTICIPANT_ORGANISATION_ID, store_int(organisation)},
        {PARTICIPANT_KIND, store_text(stand != 0 ? STR("exhibitor") : STR("buyer"))},
        {PARTICIPANT_EXHIBITOR_ID, store_ref(stand)},
        {PARTICIPANT_STATE, store_text(STR("active"))}};
    return expo_insert(f, TABLE_PARTICIPANT, cells, 5);
}

/* The access of somebody with one role, of a participant where the role is bound to one. */
static inline struct access expo_person(enum role role, int64_t participant) {
    struct access access = {.account_id = 1, .grant_count = 1};
    access.grants[0] = (struct access_grant){.role = role, .participant_id = participant};
    return access;
}

static inline uint64_t expo_count(struct expo_fixture *f, enum store_table table) {
    uint64_t count = 0;
    assert_ok(store_count(expo_reader(f), table, &count, &f->info), &f->info);
    return count;
}

#endif
