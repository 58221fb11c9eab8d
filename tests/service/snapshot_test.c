/* Snapshots: lent, kept, and replaced when the data has changed. */
#include "service/snapshot.h"

#include "database.h"
#include "service/edition.h"

struct fixture {
    struct database sample;
    struct snapshots *all;
    struct errinfo info;
};

static int set_up(void **state) {
    static struct fixture f;
    database_create_sample(&f.sample);
    assert_ok(snapshots_new(f.sample.path, &f.all, &f.info), &f.info);
    *state = &f;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *f = *state;
    snapshots_free(f->all);
    database_remove(&f->sample);
    return 0;
}

static struct snapshot *get(struct fixture *f, const char *edition) {
    struct snapshot *snapshot;
    assert_ok(snapshots_get(f->all, str_of(edition), &snapshot, &f->info), &f->info);
    return snapshot;
}

static void an_empty_code_means_the_current_edition(void **state) {
    struct fixture *f = *state;
    struct snapshot *current = get(f, ""), *named = get(f, "2023"), *missing;
    assert_str(view_this_edition(snapshot_view(current))->code, "2024");
    assert_str(view_this_edition(snapshot_view(named))->code, "2023");
    assert_int_equal(snapshots_get(f->all, STR("1999"), &missing, &f->info), ERR_NOT_FOUND);
    snapshots_put(f->all, current);
    snapshots_put(f->all, named);
}

static void an_edition_is_loaded_once(void **state) {
    struct fixture *f = *state;
    struct snapshot *first = get(f, "2023"), *second = get(f, "2023");
    assert_ptr_equal(first, second);
    snapshots_put(f->all, first);
    snapshots_put(f->all, second);
}

static void a_map_is_laid_out_once_for_each_language(void **state) {
    struct fixture *f = *state;
    struct snapshot *s = get(f, "2024");
    const struct chain_drawing *en, *again, *zh;
    assert_ok(snapshot_map(s, 0, LANG_EN, &en, &f->info), &f->info);
    assert_ok(snapshot_map(s, 0, LANG_EN, &again, &f->info), &f->info);
    assert_ok(snapshot_map(s, 0, LANG_ZH, &zh, &f->info), &f->info);
    assert_ptr_equal(en, again);
    assert_ptr_not_equal(en, zh);
    assert_int_equal(en->links, zh->links);
    /* Chinese names need fewer lines. */
    assert_true(zh->layout.height <= en->layout.height);
    snapshots_put(f->all, s);
}

static void a_change_replaces_the_snapshot_and_leaves_the_lent_one_alone(void **state) {
    struct fixture *f = *state;
    struct snapshot *old = get(f, "2024"), *new = old;
    struct edition_marks marks = {.set_register = true, .register_complete = true};
    struct store *store;
    assert_ok(store_open(f->sample.path, &store, &f->info), &f->info);
    assert_ok(edition_mark(store, STR("tester"), 2, STR("2024"), &marks, &f->info), &f->info);
    store_close(store);
    /* Changes are asked for four times a second; ask until this one is seen. */
    for (int i = 0; i < 100000000 && new == old; i++) {
        new = get(f, "2024");
        snapshots_put(f->all, new);
    }
    assert_ptr_not_equal(new, old);
    new = get(f, "2024");
    assert_false(view_this_edition(snapshot_view(old))->register_complete);
    assert_true(view_this_edition(snapshot_view(new))->register_complete);
    snapshots_put(f->all, old);
    snapshots_put(f->all, new);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_code_means_the_current_edition),
        cmocka_unit_test(an_edition_is_loaded_once),
        cmocka_unit_test(a_map_is_laid_out_once_for_each_language),
        cmocka_unit_test(a_change_replaces_the_snapshot_and_leaves_the_lent_one_alone),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
