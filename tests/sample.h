/* A database with the sample in a folder of its own, for tests that look at real data. */
#ifndef FAIRLEAD_TESTS_SAMPLE_H
#define FAIRLEAD_TESTS_SAMPLE_H

#include <stdio.h>
#include <unistd.h>

#include "service/seed.h"
#include "unit.h"

struct sample {
    char folder[64], path[96];
};

/* Makes it; fails the test with the words of the error. */
static inline void sample_make(struct sample *s) {
    struct store *store;
    struct errinfo info;
    snprintf(s->folder, sizeof(s->folder), "/tmp/fairlead-test-XXXXXX");
    assert_non_null(mkdtemp(s->folder));
    snprintf(s->path, sizeof(s->path), "%s/expo.fairlead", s->folder);
    assert_ok(store_create(s->path, &store, &info), &info);
    assert_ok(seed_database(store, STR("tester"), 1, true, NULL, &info), &info);
    store_close(store);
}

/* When nothing has it open any more. */
static inline void sample_remove(struct sample *s) {
    static const char *const endings[] = {"", "-wal", "-shm", ".lock"};
    for (int i = 0; i < 4; i++) {
        char path[128];
        snprintf(path, sizeof(path), "%s%s", s->path, endings[i]);
        unlink(path);
    }
    assert_int_equal(rmdir(s->folder), 0);
}

#endif
