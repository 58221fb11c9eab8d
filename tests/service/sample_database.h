/* A database with the sample in a folder of its own, and sheets written as text for it. */
#ifndef FAIRLEAD_TESTS_SERVICE_SAMPLE_DATABASE_H
#define FAIRLEAD_TESTS_SERVICE_SAMPLE_DATABASE_H

#include <stdio.h>
#include <unistd.h>

#include "assets/assets.h"
#include "service/import.h"
#include "service/seed.h"
#include "service/view.h"
#include "unit.h"

struct sample_database {
    char folder[64], path[96];
    struct store_reader *reader;
};

/* Setup of a group or of a test; the state is a struct sample_database. */
static inline int sample_database_setup(void **state) {
    static struct sample_database d;
    struct job job = {0};
    struct store *store;
    snprintf(d.folder, sizeof(d.folder), "/tmp/fairlead-sample-XXXXXX");
    if (mkdtemp(d.folder) == NULL)
        return -1;
    snprintf(d.path, sizeof(d.path), "%s/expo.fairlead", d.folder);
    if (store_create(d.path, &store, NULL) != ERR_OK)
        return -1;
    enum err code = seed_database(store, STR("test"), 0, true, &job, NULL);
    store_close(store);
    *state = &d;
    return code == ERR_OK && store_reader_open(d.path, &d.reader, NULL) == ERR_OK ? 0 : -1;
}

static inline int sample_database_teardown(void **state) {
    struct sample_database *d = *state;
    static const char *const endings[] = {"", "-wal", "-shm", ".lock"};
    store_reader_close(d->reader);
    for (int i = 0; i < 4; i++) {
        char path[128];
        snprintf(path, sizeof(path), "%s%s", d->path, endings[i]);
        unlink(path);
    }
    return rmdir(d->folder);
}

static inline struct view *sample_database_view(struct sample_database *d, const char *edition) {
    struct view *view;
    struct errinfo info;
    assert_ok(view_load(d->reader, str_of(edition), NULL, &view, &info), &info);
    return view;
}

/* Imports a sheet written as text; the outcome is the caller's to release. */
static inline enum err sample_database_import(struct sample_database *d, enum sheet_id sheet,
                                              const char *text, struct import_outcome *out,
                                              struct errinfo *info) {
    struct store *store;
    struct import_source source = {.bytes = str_of(text), .name = "sheet", .sheet = sheet};
    struct import_request request = {.sources = &source,
                                     .source_count = 1,
                                     .actor = STR("test"),
                                     .note = STR("sheet"),
                                     .at_ms = 1};
    import_outcome_init(out);
    assert_true(assets_find(STR("data/model/headers.csv"), &request.headers));
    assert_ok(store_open(d->path, &store, info), info);
    enum err code = import_run(store, &request, out, NULL, info);
    store_close(store);
    return code;
}

#endif
