#include "unit.h"

#include <stdio.h>

#include "base/arena.h"
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_every_promise_on_random_chains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
