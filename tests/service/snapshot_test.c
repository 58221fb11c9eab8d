/* Snapshots: lent, kept, and replaced when the data has changed. */
#include "service/snapshot.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/mem.h"
#include "database.h"
#include "service/edition.h"
#include "service/map_label.h"

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
    assert_true(zh->layout->height <= en->layout->height);
    snapshots_put(f->all, s);
}

static void mark(struct fixture *f, const char *edition, bool is_complete, bool is_current) {
    struct edition_marks marks = {
        .set_register = true, .register_complete = is_complete, .make_current = is_current};
    struct store *store;
    assert_ok(store_open(f->sample.path, &store, &f->info), &f->info);
    assert_ok(edition_mark(store, STR("tester"), 2, str_of(edition), &marks, &f->info), &f->info);
    store_close(store);
}

static void a_change_replaces_the_snapshot_and_leaves_the_lent_one_alone(void **state) {
    struct fixture *f = *state;
    struct snapshot *old = get(f, "2024"), *same = get(f, "2024");
    assert_ptr_equal(old, same);
    int64_t version = snapshots_refresh(f->all);
    mark(f, "2024", true, false);
    assert_true(snapshots_refresh(f->all) != version);
    struct snapshot *new = get(f, "2024");
    assert_ptr_not_equal(new, old);
    assert_false(view_this_edition(snapshot_view(old))->register_complete);
    assert_true(view_this_edition(snapshot_view(new))->register_complete);
    snapshots_put(f->all, old);
    snapshots_put(f->all, same);
    snapshots_put(f->all, new);
}

static void a_new_snapshot_brings_the_directory_and_search_that_were_in_use(void **state) {
    struct fixture *f = *state;
    const struct directory *directory;
    const struct view_search *search;
    struct snapshot *used = get(f, "2024"), *unused = get(f, "2023");
    assert_ok(snapshot_directory(used, &directory, &f->info), &f->info);
    assert_ok(snapshot_search(used, &search, &f->info), &f->info);
    snapshots_put(f->all, used);
    snapshots_put(f->all, unused);
    mark(f, "2024", false, false);
    mark(f, "2024", true, false);
    (void)snapshots_refresh(f->all);
    used = get(f, "2024");
    unused = get(f, "2023");
    /* What is there needs no memory. */
    mem_fail_after(0);
    enum err directory_of_used = snapshot_directory(used, &directory, &f->info);
    enum err search_of_used = snapshot_search(used, &search, &f->info);
    enum err search_of_unused = snapshot_search(unused, &search, &f->info);
    mem_fail_after(-1);
    assert_int_equal(directory_of_used, ERR_OK);
    assert_int_equal(search_of_used, ERR_OK);
    assert_int_equal(search_of_unused, ERR_MEMORY);
    snapshots_put(f->all, used);
    snapshots_put(f->all, unused);
}

enum { READERS = 3, CHANGES = 12 };

struct reading {
    struct snapshots *all;
    atomic_bool is_over;
    atomic_llong version; /* that was given when a reading began, or an older one */
    atomic_uint faults, rounds;
};

/* Looks at all that a snapshot has, in the current edition and in one that comes and goes. */
static void *read_on(void *ctx) {
    struct reading *r = ctx;
    while (!atomic_load(&r->is_over)) {
        int64_t version = atomic_load(&r->version);
        struct snapshot *s;
        const struct directory *directory;
        const struct view_search *search;
        const struct chain_drawing *map;
        struct search_result result = {0};
        struct str edition = atomic_fetch_add(&r->rounds, 1) % 4 == 0 ? STR("2025") : STR("2024");
        if (snapshots_get(r->all, edition, &s, NULL) != ERR_OK) {
            atomic_fetch_add(&r->faults, 1);
            break;
        }
        bool ok = snapshot_view(s)->version >= version &&
                  snapshot_directory(s, &directory, NULL) == ERR_OK &&
                  snapshot_search(s, &search, NULL) == ERR_OK &&
                  snapshot_map(s, 0, LANG_ZH, &map, NULL) == ERR_OK &&
                  view_search_find(search, STR("battery"), &result, NULL) == ERR_OK &&
                  result.total > 0;
        search_result_release(&result);
        snapshots_put(r->all, s);
        atomic_fetch_add(&r->faults, !ok);
    }
    return NULL;
}

static void readers_never_see_less_than_what_was_given_before(void **state) {
    struct fixture *f = *state;
    struct reading r = {.all = f->all};
    pthread_t thread[READERS];
    atomic_store(&r.version, snapshots_refresh(f->all));
    for (int i = 0; i < READERS; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, read_on, &r), 0);
    for (int i = 0; i < CHANGES; i++) {
        mark(f, "2024", i % 2 == 0, false);
        atomic_store(&r.version, snapshots_refresh(f->all));
    }
    atomic_store(&r.is_over, true);
    for (int i = 0; i < READERS; i++)
        assert_int_equal(pthread_join(thread[i], NULL), 0);
    assert_int_equal(atomic_load(&r.faults), 0);
    assert_true(atomic_load(&r.rounds) >= READERS);
    struct snapshot *last = get(f, "2024");
    assert_int_equal(view_this_edition(snapshot_view(last))->register_complete, CHANGES % 2 == 1);
    snapshots_put(f->all, last);
}

static void nothing_is_read_again_without_a_change(void **state) {
    struct fixture *f = *state;
    int64_t version = snapshots_refresh(f->all);
    struct snapshot *before = get(f, "2024");
    assert_int_equal(snapshots_refresh(f->all), version);
    struct snapshot *after = get(f, "2024");
    assert_ptr_equal(before, after);
    snapshots_put(f->all, before);
    snapshots_put(f->all, after);
}

/* A slow machine stops a layout before it is whole, and then it is made anew. */
static void assert_taken_over(const struct map_layout *before, const struct map_layout *after) {
    if (before->status == MAP_COMPLETE)
        assert_ptr_equal(after, before);
}

static void a_layout_outlives_a_change_that_leaves_its_map_alone(void **state) {
    struct fixture *f = *state;
    const struct chain_drawing *map_before, *map_after;
    const struct bill_drawing *bill_before, *bill_after;
    struct snapshot *old = get(f, "2024");
    assert_ok(snapshot_map(old, 0, LANG_EN, &map_before, &f->info), &f->info);
    assert_ok(snapshot_bill(old, 0, LANG_EN, &bill_before, &f->info), &f->info);
    mark(f, "2024", false, false);
    (void)snapshots_refresh(f->all);
    struct snapshot *new = get(f, "2024"), *other = get(f, "2023");
    assert_ok(snapshot_map(new, 0, LANG_EN, &map_after, &f->info), &f->info);
    assert_ok(snapshot_bill(new, 0, LANG_EN, &bill_after, &f->info), &f->info);
    assert_taken_over(map_before->layout, map_after->layout);
    assert_taken_over(bill_before->layout, bill_after->layout);
    assert_ok(snapshot_map(other, 0, LANG_EN, &map_after, &f->info), &f->info);
    assert_taken_over(map_before->layout, map_after->layout);
    snapshots_put(f->all, old);
    snapshots_put(f->all, new);
    snapshots_put(f->all, other);
}

/* Gives the first node of a chain another English name, of more or fewer lines. */
static void rename_a_node(struct fixture *f, const struct view *view, uint32_t chain) {
    const struct store_batch batch = {
        .kind = "edit", .actor = STR("tester"), .note = STR("a name"), .at_ms = 3};
    uint32_t node = view->report->place[view->report->chain[chain].place_first].node;
    struct str name = map_label_break(view->node[node].name_en).lines > 1
                          ? STR("Zinc")
                          : STR("Hollow profiles made of recycled aluminium");
    const struct store_cell cell = {NODE_NAME_EN, store_text(name)};
    struct store *store;
    int64_t id;
    assert_ok(store_open(f->sample.path, &store, &f->info), &f->info);
    assert_ok(store_begin(store, &batch, &id, &f->info), &f->info);
    assert_ok(store_update(store, TABLE_NODE, view->node[node].id, &cell, 1, &f->info), &f->info);
    assert_ok(store_commit(store, &f->info), &f->info);
    store_close(store);
}

static void another_name_in_the_catalogue_is_laid_out_anew(void **state) {
    struct fixture *f = *state;
    const struct chain_drawing *en, *zh, *en_after, *zh_after;
    struct snapshot *old = get(f, "2024");
    assert_ok(snapshot_map(old, 0, LANG_EN, &en, &f->info), &f->info);
    assert_ok(snapshot_map(old, 0, LANG_ZH, &zh, &f->info), &f->info);
    rename_a_node(f, snapshot_view(old), 0);
    (void)snapshots_refresh(f->all);
    struct snapshot *new = get(f, "2024");
    assert_ok(snapshot_map(new, 0, LANG_EN, &en_after, &f->info), &f->info);
    assert_ok(snapshot_map(new, 0, LANG_ZH, &zh_after, &f->info), &f->info);
    assert_ptr_not_equal(en_after->layout, en->layout);
    assert_taken_over(zh->layout, zh_after->layout);
    snapshots_put(f->all, old);
    snapshots_put(f->all, new);
}

static void another_current_edition_is_held_once(void **state) {
    struct fixture *f = *state;
    struct snapshot *current = get(f, ""), *named = get(f, "2025");
    snapshots_put(f->all, current);
    snapshots_put(f->all, named);
    mark(f, "2025", false, true);
    (void)snapshots_refresh(f->all);
    current = get(f, "");
    named = get(f, "2025");
    assert_ptr_equal(current, named);
    assert_str(view_this_edition(snapshot_view(current))->code, "2025");
    snapshots_put(f->all, current);
    snapshots_put(f->all, named);
    named = get(f, "2024");
    assert_str(view_this_edition(snapshot_view(named))->code, "2024");
    snapshots_put(f->all, named);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_code_means_the_current_edition),
        cmocka_unit_test(an_edition_is_loaded_once),
        cmocka_unit_test(a_map_is_laid_out_once_for_each_language),
        cmocka_unit_test(a_change_replaces_the_snapshot_and_leaves_the_lent_one_alone),
        cmocka_unit_test(a_new_snapshot_brings_the_directory_and_search_that_were_in_use),
        cmocka_unit_test(readers_never_see_less_than_what_was_given_before),
        cmocka_unit_test(nothing_is_read_again_without_a_change),
        cmocka_unit_test(a_layout_outlives_a_change_that_leaves_its_map_alone),
        cmocka_unit_test(another_name_in_the_catalogue_is_laid_out_anew),
        cmocka_unit_test(another_current_edition_is_held_once),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
