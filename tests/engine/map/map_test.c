#include "unit.h"

#include <stdio.h>

#include "base/arena.h"
#include "base/mem.h"
#include "base/rng.h"
#include "check.h"

enum { NODES = 60, LINKS = 200, ARENA_MAX = 64 << 20 };

struct sample {
    struct map_node nodes[NODES];
    struct map_link links[LINKS];
    struct map_input in;
};

/* A random chain: half of the links run forward by index, the others anyhow. */
static void make_sample(struct sample *s, uint64_t seed) {
    struct rng r;
    rng_init(&r, seed);
    s->in = (struct map_input){s->nodes, 1 + rng_below(&r, NODES), s->links, rng_below(&r, LINKS)};
    uint32_t lanes = 1 + rng_below(&r, MAP_LANES);
    for (uint32_t v = 0; v < s->in.node_count; v++)
        s->nodes[v] = (struct map_node){(enum map_lane)rng_below(&r, lanes),
                                        50 + rng_below(&r, 100), 10 + rng_below(&r, 30)};
    for (uint32_t i = 0; i < s->in.link_count; i++) {
        uint32_t a = rng_below(&r, s->in.node_count), b = rng_below(&r, s->in.node_count);
        bool turn = a > b && rng_below(&r, 2) == 0;
        s->links[i] = (struct map_link){turn ? b : a, turn ? a : b, 1 + rng_below(&r, 4)};
    }
}

static void keeps_every_promise_on_random_chains(void **state) {
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct sample s;
        struct arena a;
        struct map_layout out;
        struct errinfo info;
        make_sample(&s, seed);
        arena_init(&a, ARENA_MAX);
        assert_ok(map_lay_out(&s.in, NULL, &a, NULL, &out, &info), &info);
        const char *wrong = check_layout(&s.in, &out);
        if (wrong != NULL)
            fail_msg("seed %lu: %s", (unsigned long)seed, wrong);
        uint64_t drawn = check_count_crossings(&s.in, &out);
        if (drawn != out.crossings)
            fail_msg("seed %lu: %lu crossings drawn, %lu reported", (unsigned long)seed,
                     (unsigned long)drawn, (unsigned long)out.crossings);
        arena_release(&a);
    }
}

static void is_the_same_for_links_in_any_order(void **state) {
    for (uint64_t seed = 1; seed <= 10; seed++) {
        struct sample s, turned;
        struct arena a;
        struct map_layout one, two;
        struct errinfo info;
        make_sample(&s, seed);
        make_sample(&turned, seed);
        uint32_t count = s.in.link_count;
        for (uint32_t i = 0; i < count; i++)
            turned.links[i] = s.links[count - 1 - i];
        arena_init(&a, ARENA_MAX);
        assert_ok(map_lay_out(&s.in, NULL, &a, NULL, &one, &info), &info);
        assert_ok(map_lay_out(&turned.in, NULL, &a, NULL, &two, &info), &info);
        assert_int_equal(one.crossings, two.crossings);
        assert_int_equal(one.point_count, two.point_count);
        for (uint32_t v = 0; v < s.in.node_count; v++)
            assert_true(one.boxes[v].x == two.boxes[v].x && one.boxes[v].y == two.boxes[v].y);
        for (uint32_t i = 0; i < one.point_count; i++)
            assert_true(one.points[i].x == two.points[i].x && one.points[i].y == two.points[i].y);
        arena_release(&a);
    }
}

static void draws_nothing_one_node_and_self_loops(void **state) {
    struct map_node node = {MAP_DOWNSTREAM, 100, 20};
    struct map_link links[] = {{0, 0, 1}, {0, 0, 4}};
    struct map_input in = {&node, 1, links, 2}, empty = {0};
    struct arena a;
    struct map_layout out;
    struct errinfo info;
    arena_init(&a, ARENA_MAX);
    assert_ok(map_lay_out(&empty, NULL, &a, NULL, &out, &info), &info);
    assert_int_equal(out.columns, 0);
    assert_null(check_layout(&empty, &out));
    assert_ok(map_lay_out(&in, NULL, &a, NULL, &out, &info), &info);
    assert_int_equal(out.self_loops, 2);
    assert_null(check_layout(&in, &out));
    arena_release(&a);
}

static void says_what_is_wrong_with_a_link(void **state) {
    struct map_node node = {MAP_UPSTREAM, 100, 20};
    struct map_link link = {0, 1, 1};
    struct map_input in = {&node, 1, &link, 1};
    struct arena a;
    struct map_layout out;
    struct errinfo info;
    arena_init(&a, ARENA_MAX);
    assert_int_equal(map_lay_out(&in, NULL, &a, NULL, &out, &info), ERR_INPUT);
    assert_non_null(strstr(info.message, "link 0"));
    assert_null(out.boxes);
    arena_release(&a);
}

static void is_whole_when_cancelled_at_once(void **state) {
    struct sample s;
    struct arena a;
    struct map_layout out;
    struct errinfo info;
    struct job job = {0};
    job_cancel(&job);
    make_sample(&s, 7);
    arena_init(&a, ARENA_MAX);
    assert_ok(map_lay_out(&s.in, NULL, &a, &job, &out, &info), &info);
    assert_int_equal(out.status, MAP_STOPPED);
    assert_null(check_layout(&s.in, &out));
    assert_int_equal(check_count_crossings(&s.in, &out), out.crossings);
    arena_release(&a);
}

static void fails_cleanly_at_every_allocation(void **state) {
    struct sample s;
    enum err code = ERR_MEMORY;
    make_sample(&s, 5);
    long n = 0;
    for (; code == ERR_MEMORY && n < 10000; n++) {
        struct arena a;
        struct map_layout out;
        arena_init(&a, ARENA_MAX);
        mem_fail_after(n);
        code = map_lay_out(&s.in, NULL, &a, NULL, &out, NULL);
        mem_fail_after(-1);
        if (code != ERR_OK)
            assert_null(out.boxes);
        arena_release(&a);
    }
    assert_int_equal(code, ERR_OK);
    assert_true(n > 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_every_promise_on_random_chains),
        cmocka_unit_test(is_the_same_for_links_in_any_order),
        cmocka_unit_test(draws_nothing_one_node_and_self_loops),
        cmocka_unit_test(says_what_is_wrong_with_a_link),
        cmocka_unit_test(is_whole_when_cancelled_at_once),
        cmocka_unit_test(fails_cleanly_at_every_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
