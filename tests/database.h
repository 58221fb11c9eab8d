/* A database of its own for a test, in a folder that goes with it. */
#ifndef FAIRLEAD_TESTS_DATABASE_H
#define FAIRLEAD_TESTS_DATABASE_H

#include <stdio.h>
#include <unistd.h>

#include "service/seed.h"
#include "unit.h"

struct database {
    char folder[64], path[96];
    struct store *store; /* NULL once closed */
};

/* Makes it, empty; fails the test with the words of the error. */
static inline void database_create(struct database *d) {
    struct errinfo info;
    snprintf(d->folder, sizeof(d->folder), "/tmp/fairlead-test-XXXXXX");
    assert_non_null(mkdtemp(d->folder));
    snprintf(d->path, sizeof(d->path), "%s/expo.fairlead", d->folder);
    assert_ok(store_create(d->path, &d->store, &info), &info);
}

static inline void database_close(struct database *d) {
    store_close(d->store);
    d->store = NULL;
}

/* The same with the catalogue, areas and editions. */
static inline void database_create_seeded(struct database *d) {
    struct errinfo info;
    database_create(d);
    assert_ok(seed_database(d->store, STR("tester"), 1, false, NULL, &info), &info);
}

/* The same with the reported exhibitors, for tests that look at real data; closed. */
static inline void database_create_sample(struct database *d) {
    struct errinfo info;
    database_create(d);
    assert_ok(seed_database(d->store, STR("tester"), 1, true, NULL, &info), &info);
    database_close(d);
}

/* Closes and removes it, when nothing else has it open any more. */
static inline void database_remove(struct database *d) {
    static const char *const endings[] = {"", "-wal", "-shm", ".lock"};
    database_close(d);
    for (int i = 0; i < 4; i++) {
        char path[128];
        snprintf(path, sizeof(path), "%s%s", d->path, endings[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(d->folder), 0);
}

#endif
