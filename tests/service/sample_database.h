/* A database with the sample and a reader of it, and sheets written as text for it. */
#ifndef FAIRLEAD_TESTS_SERVICE_SAMPLE_DATABASE_H
#define FAIRLEAD_TESTS_SERVICE_SAMPLE_DATABASE_H

#include "assets/assets.h"
#include "database.h"
#include "service/import.h"
#include "service/view.h"

struct sample_database {
    struct database database;
    struct store_reader *reader;
};

/* Setup of a group or of a test; the state is a struct sample_database. */
static inline int sample_database_setup(void **state) {
    static struct sample_database d;
    struct errinfo info;
    database_create_sample(&d.database);
    assert_ok(store_reader_open(d.database.path, &d.reader, &info), &info);
    *state = &d;
    return 0;
}

static inline int sample_database_teardown(void **state) {
    struct sample_database *d = *state;
    store_reader_close(d->reader);
    database_remove(&d->database);
    return 0;
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
    assert_ok(store_open(d->database.path, &store, info), info);
    enum err code = import_run(store, &request, out, NULL, info);
    store_close(store);
    return code;
}

#endif
