/* The shelf of layouts: the same input gives the same layout, any other one gives its own. */
#include "service/map_shelf.h"

#include "unit.h"

struct fixture {
    struct map_shelf *shelf;
    struct map_node node[3];
    struct map_link link[2];
    struct map_options options;
    struct errinfo info;
};

static int setup(void **state) {
    static struct fixture f;
    f = (struct fixture){
        .node = {{MAP_UPSTREAM, 100, 20}, {MAP_MIDSTREAM, 100, 20}, {MAP_DOWNSTREAM, 100, 20}},
        .link = {{0, 1, 4}, {1, 2, 2}},
    };
    map_options_init(&f.options);
    assert_ok(map_shelf_new(&f.shelf, &f.info), &f.info);
    *state = &f;
    return 0;
}

static int teardown(void **state) {
    struct fixture *f = *state;
    map_shelf_free(f->shelf);
    return 0;
}

static const struct map_layout *take(struct fixture *f, const struct job *job) {
    const struct map_input in = {f->node, 3, f->link, 2};
    const struct map_layout *layout;
    assert_ok(map_shelf_get(f->shelf, &in, &f->options, job, &layout, &f->info), &f->info);
    return layout;
}

static void the_same_input_gets_the_same_layout(void **state) {
    struct fixture *f = *state;
    const struct map_layout *first = take(f, NULL);
    map_shelf_put(first);
    const struct map_layout *again = take(f, NULL);
    assert_ptr_equal(again, first);
    assert_int_equal(again->columns, 3);
    map_shelf_put(again);
}

static void whatever_differs_gets_a_layout_of_its_own(void **state) {
    struct fixture *f = *state;
    const struct fixture same = *f;
    const struct map_layout *first = take(f, NULL), *other[6];
    f->node[1].height = 40;
    other[0] = take(f, NULL);
    f->node[1].lane = MAP_UPSTREAM;
    other[1] = take(f, NULL);
    f->link[1].weight = 1;
    other[2] = take(f, NULL);
    f->link[1].input = 0;
    other[3] = take(f, NULL);
    f->options.header = 0;
    other[4] = take(f, NULL);
    f->node[2].width = 120;
    other[5] = take(f, NULL);
    for (int i = 0; i < 6; i++) {
        assert_ptr_not_equal(other[i], first);
        for (int k = 0; k < i; k++)
            assert_ptr_not_equal(other[i], other[k]);
    }
    for (int i = 0; i < 6; i++)
        map_shelf_put(other[i]);
    *f = same;
    map_shelf_put(first);
}

static void what_the_clock_cut_short_is_not_kept(void **state) {
    struct fixture *f = *state;
    const struct job late = {.deadline_ns = 1};
    f->node[0].height = 77;
    const struct map_layout *hurried = take(f, &late);
    assert_int_equal(hurried->status, MAP_STOPPED);
    const struct map_layout *whole = take(f, NULL);
    assert_int_equal(whole->status, MAP_COMPLETE);
    map_shelf_put(hurried);
    map_shelf_put(whole);
}

static void a_full_shelf_gives_up_what_was_asked_for_longest_ago(void **state) {
    struct fixture *f = *state;
    f->node[0].height = 1000;
    const struct map_layout *often = take(f, NULL);
    f->node[0].height = 1001;
    const struct map_layout *once = take(f, NULL);
    for (int i = 0; i < MAP_SHELF_PLACES; i++) {
        f->node[0].height = 2000 + i;
        map_shelf_put(take(f, NULL));
        f->node[0].height = 1000;
        map_shelf_put(take(f, NULL));
    }
    const struct map_layout *again = take(f, NULL);
    assert_ptr_equal(again, often);
    map_shelf_put(again);
    /* The other one is lent still, so that a new one cannot have its address. */
    f->node[0].height = 1001;
    again = take(f, NULL);
    assert_ptr_not_equal(again, once);
    map_shelf_put(again);
    map_shelf_put(once);
    map_shelf_put(often);
}

static void a_lent_layout_outlives_the_shelf(void **state) {
    struct fixture *f = *state;
    struct map_shelf *shelf;
    const struct map_layout *layout;
    const struct map_input in = {f->node, 3, f->link, 2};
    assert_ok(map_shelf_new(&shelf, &f->info), &f->info);
    assert_ok(map_shelf_get(shelf, &in, &f->options, NULL, &layout, &f->info), &f->info);
    map_shelf_free(shelf);
    assert_true(layout->boxes[2].x > layout->boxes[0].x);
    map_shelf_put(layout);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_input_gets_the_same_layout, setup, teardown),
        cmocka_unit_test_setup_teardown(whatever_differs_gets_a_layout_of_its_own, setup, teardown),
        cmocka_unit_test_setup_teardown(what_the_clock_cut_short_is_not_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(a_full_shelf_gives_up_what_was_asked_for_longest_ago, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_lent_layout_outlives_the_shelf, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
