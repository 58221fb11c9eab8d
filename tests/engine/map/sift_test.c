#include "unit.h"

#include "base/rng.h"
#include "engine/map/graph_private.h"

enum { NODES = 12, LINKS = 24, ARENA_MAX = 16 << 20 };

/* A random chain of one or two lanes, cut into segments, in the order of the nodes. */
static void make_proper(struct arena *a, uint64_t seed, struct map_proper *p) {
    struct map_node nodes[NODES];
    struct map_link links[LINKS];
    struct map_input in = {nodes, NODES, links, LINKS};
    struct map_options options;
    struct map_graph g;
    struct errinfo info;
    struct rng r;
    rng_init(&r, seed);
    for (uint32_t v = 0; v < NODES; v++)
        nodes[v] = (struct map_node){(enum map_lane)rng_below(&r, 2), 100, 20};
    for (uint32_t i = 0; i < LINKS; i++)
        links[i] = (struct map_link){rng_below(&r, NODES), rng_below(&r, NODES), 1};
    map_options_init(&options);
    assert_ok(map_build_graph(&in, a, &g, &info), &info);
    assert_ok(map_assign_layers(&options, a, &g, &info), &info);
    assert_ok(map_build_proper(&g, a, p, &info), &info);
}

static void exchange(struct map_proper *p, uint32_t layer, uint32_t place) {
    uint32_t *at = p->order + p->layer_start[layer];
    uint32_t v = at[place];
    at[place] = at[place + 1];
    at[place + 1] = v;
    p->pos[at[place]] = place;
    p->pos[v] = place + 1;
}

static void leaves_no_vertex_that_would_be_better_elsewhere(void **state) {
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct arena a;
        struct map_proper p;
        struct errinfo info;
        bool stopped = false;
        arena_init(&a, ARENA_MAX);
        make_proper(&a, seed, &p);
        uint64_t before = map_count_crossings(&p);
        assert_ok(map_sift(&a, NULL, &p, &stopped, &info), &info);
        uint64_t after = map_count_crossings(&p);
        assert_true(after <= before);
        for (uint32_t l = 0; l < p.layers; l++) {
            uint32_t count = p.layer_start[l + 1] - p.layer_start[l];
            for (uint32_t from = 0; from < count; from++) {
                for (uint32_t i = from; i + 1 < count; i++) {
                    exchange(&p, l, i);
                    assert_true(map_count_crossings(&p) >= after);
                }
                for (uint32_t i = count - 1; i-- > from;)
                    exchange(&p, l, i);
                for (uint32_t i = from; i-- > 0;) {
                    exchange(&p, l, i);
                    assert_true(map_count_crossings(&p) >= after);
                }
                for (uint32_t i = 0; i < from; i++)
                    exchange(&p, l, i);
            }
        }
        assert_int_equal(map_count_crossings(&p), after);
        arena_release(&a);
    }
}

static void leaves_the_order_when_stopped(void **state) {
    struct arena a;
    struct map_proper p;
    struct errinfo info;
    bool stopped = true;
    arena_init(&a, ARENA_MAX);
    make_proper(&a, 3, &p);
    uint64_t before = map_count_crossings(&p);
    assert_ok(map_sift(&a, NULL, &p, &stopped, &info), &info);
    assert_int_equal(map_count_crossings(&p), before);
    arena_release(&a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaves_no_vertex_that_would_be_better_elsewhere),
        cmocka_unit_test(leaves_the_order_when_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
