/* The view of one edition of the sample with an arena, for tests of what is worked out from a view.
 */
#ifndef FAIRLEAD_TESTS_SERVICE_EDITION_VIEW_H
#define FAIRLEAD_TESTS_SERVICE_EDITION_VIEW_H

#include "database.h"
#include "service/view.h"

enum { EDITION_ARENA_MAX = 64 << 20 };

struct fixture {
    struct database sample;
    struct store_reader *reader;
    struct view *view;
    struct arena arena;
    struct errinfo info;
};

/* Setup of a group; the state is a struct fixture. */
static inline int edition_view_open(void **state, const char *edition) {
    static struct fixture f;
    database_create_sample(&f.sample);
    assert_ok(store_reader_open(f.sample.path, &f.reader, &f.info), &f.info);
    assert_ok(view_load(f.reader, str_of(edition), NULL, &f.view, &f.info), &f.info);
    arena_init(&f.arena, EDITION_ARENA_MAX);
    *state = &f;
    return 0;
}

static inline int edition_view_close(void **state) {
    struct fixture *f = *state;
    arena_release(&f->arena);
    view_free(f->view);
    store_reader_close(f->reader);
    database_remove(&f->sample);
    return 0;
}

#endif
