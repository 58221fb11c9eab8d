#include "unit.h"

#include "base/rng.h"
#include "engine/map/weave.h"

enum { NODES = 8, LINKS = 12, ARENA_MAX = 64 << 20, CROSSING = 8 };

/* A small random drawing in one lane, with all that the engine needs to change it. */
struct drawing {
    struct map_node nodes[NODES];
    struct map_link links[LINKS];
    struct map_input in;
    struct map_options options;
    struct arena a;
    struct map_graph g;
    struct map_proper p;
    struct map_weave w;
    struct map_star star;
    struct rng rng;
    uint32_t *tree;
};

static void make_drawing(struct drawing *d, uint64_t seed) {
    struct errinfo info;
    bool stopped = true;
    rng_init(&d->rng, seed);
    d->in = (struct map_input){d->nodes, 3 + rng_below(&d->rng, NODES - 2), d->links,
                               2 + rng_below(&d->rng, LINKS - 1)};
    for (uint32_t v = 0; v < d->in.node_count; v++)
        d->nodes[v] = (struct map_node){MAP_UPSTREAM, 100, 20};
    for (uint32_t i = 0; i < d->in.link_count; i++)
        d->links[i] = (struct map_link){rng_below(&d->rng, d->in.node_count),
                                        rng_below(&d->rng, d->in.node_count), 1};
    arena_init(&d->a, ARENA_MAX);
    map_options_init(&d->options);
    assert_ok(map_build_graph(&d->in, &d->a, &d->g, &info), &info);
    assert_ok(map_assign_layers(&d->options, &d->a, &d->g, &info), &info);
    assert_ok(map_build_proper(&d->g, &d->a, &d->p, &info), &info);
    assert_ok(map_order(&d->a, NULL, &d->p, &stopped, &info), &info);
    assert_ok(map_weave_init(&d->g, &d->options, &d->p, &d->a, &d->w, &info), &info);
    assert_ok(map_star_init(&d->w, &d->options, &d->rng, &d->a, &d->star, &info), &info);
    d->star.cap = 1e9; /* no column is too tall: crossings and bends are the cost */
    d->tree = arena_new(&d->a, (size_t)d->w.room + 1, sizeof(*d->tree));
    assert_non_null(d->tree);
}

/* Crossings pair by pair. */
static uint64_t count_slowly(const struct map_weave *w) {
    uint64_t crossings = 0;
    for (uint32_t l = 0; l + 1 < w->columns; l++)
        for (uint32_t e = 0; e < w->g->edges; e++)
            for (uint32_t f = 0; f < e; f++) {
                const struct map_edge *a = &w->g->edge[e], *b = &w->g->edge[f];
                if (w->layer[a->left] > l || w->layer[a->right] <= l || w->layer[b->left] > l ||
                    w->layer[b->right] <= l)
                    continue;
                uint32_t a0 = w->pos[map_weave_vertex(w, e, l)],
                         a1 = w->pos[map_weave_vertex(w, e, l + 1)],
                         b0 = w->pos[map_weave_vertex(w, f, l)],
                         b1 = w->pos[map_weave_vertex(w, f, l + 1)];
                crossings += (a0 < b0 && a1 > b1) || (a0 > b0 && a1 < b1);
            }
    return crossings;
}

/* Bends of all edges, and whether every vertex stands where it says. */
static uint64_t count_bends(const struct map_weave *w) {
    uint64_t bends = 0, vertices = 0;
    for (uint32_t e = 0; e < w->g->edges; e++)
        bends += w->layer[w->g->edge[e].right] - w->layer[w->g->edge[e].left] - 1;
    for (uint32_t l = 0; l < w->columns; l++)
        for (uint32_t i = 0; i < w->count[l]; i++, vertices++)
            assert_int_equal(w->pos[map_weave_column(w, l)[i]], i);
    assert_int_equal(vertices, w->g->nodes + bends);
    return bends;
}

static uint64_t cost_of(const struct map_weave *w) {
    return CROSSING * count_slowly(w) + count_bends(w);
}

static void remove_vertex(struct map_weave *w, uint32_t column, uint32_t slot) {
    uint32_t *at = map_weave_column(w, column);
    w->pos[at[slot]] = MAP_NOWHERE;
    for (uint32_t i = slot; i + 1 < w->count[column]; i++) {
        at[i] = at[i + 1];
        w->pos[at[i]] = i;
    }
    w->count[column]--;
}

/* The least cost over all places of the bends of the edges of `v` from the k-th on. */
static uint64_t least_with_bends(struct map_weave *w, const uint32_t (*bends)[2], uint32_t count) {
    if (count == 0)
        return cost_of(w);
    uint64_t least = UINT64_MAX;
    uint32_t column = bends[0][1];
    for (uint32_t slot = 0; slot <= w->count[column]; slot++) {
        map_weave_put(w, column, slot, bends[0][0]);
        uint64_t cost = least_with_bends(w, bends + 1, count - 1);
        least = cost < least ? cost : least;
        remove_vertex(w, column, slot);
    }
    return least;
}

/* The bends that the star of `v` needs with v where it is. */
static uint32_t list_bends(const struct map_weave *w, uint32_t v, uint32_t (*bends)[2],
                           uint32_t max) {
    uint32_t count = 0;
    for (uint32_t e = 0; e < w->g->edges; e++) {
        const struct map_edge *edge = &w->g->edge[e];
        if (edge->left != v && edge->right != v)
            continue;
        for (uint32_t l = w->layer[edge->left] + 1; l < w->layer[edge->right]; l++) {
            if (count == max)
                return UINT32_MAX;
            bends[count][0] = map_weave_bend(w, e, l);
            bends[count++][1] = l;
        }
    }
    return count;
}

/* The least cost of all drawings in which only the star of `v`, which is out, is placed; 0 when
 * they are too many to try. */
static uint64_t least_by_trying(struct drawing *d, uint32_t v) {
    enum { BENDS = 4 };
    struct map_weave *w = &d->w;
    uint32_t bends[BENDS][2], home = w->layer[v];
    uint64_t least = UINT64_MAX;
    for (uint32_t l = 0; l < w->columns; l++) {
        bool fits = w->boxes[home] > 1 || l == home;
        for (uint32_t e = 0; e < d->g.edges; e++)
            fits = fits && !(d->g.edge[e].left == v && w->layer[d->g.edge[e].right] <= l) &&
                   !(d->g.edge[e].right == v && w->layer[d->g.edge[e].left] >= l);
        if (!fits)
            continue;
        w->layer[v] = l;
        uint32_t count = list_bends(w, v, bends, BENDS);
        for (uint32_t slot = 0; count <= BENDS && slot <= w->count[l]; slot++) {
            map_weave_put(w, l, slot, v);
            uint64_t cost = least_with_bends(w, (const uint32_t(*)[2])bends, count);
            least = cost < least ? cost : least;
            remove_vertex(w, l, slot);
        }
        w->layer[v] = home;
        if (count > BENDS)
            return 0;
    }
    return least;
}

static void puts_a_star_as_cheaply_as_trying_all_does(void **state) {
    uint32_t tried = 0;
    for (uint64_t seed = 1; seed <= 500; seed++) {
        struct drawing d;
        make_drawing(&d, seed);
        for (uint32_t v = 0; v < d.g.nodes; v++) {
            map_weave_take_out(&d.w, v);
            uint64_t least = least_by_trying(&d, v);
            map_star_put(&d.star, v, 0);
            if (least > 0 && cost_of(&d.w) != least)
                fail_msg("seed %lu, node %u: cost %lu, could be %lu", (unsigned long)seed, v,
                         (unsigned long)cost_of(&d.w), (unsigned long)least);
            tried += least > 0;
        }
        arena_release(&d.a);
    }
    assert_true(tried > 500);
}

static void counts_crossings_as_comparing_all_pairs_does(void **state) {
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct drawing d;
        make_drawing(&d, seed);
        for (int i = 0; i < 20; i++) {
            uint32_t v = rng_below(&d.rng, d.g.nodes);
            map_weave_take_out(&d.w, v);
            map_star_put(&d.star, v, 4096);
            assert_int_equal(map_weave_count(&d.w, d.tree), count_slowly(&d.w));
        }
        arena_release(&d.a);
    }
}

static void writes_back_what_it_was_made_of(void **state) {
    for (uint64_t seed = 1; seed <= 50; seed++) {
        struct drawing d;
        struct map_proper again;
        struct errinfo info;
        make_drawing(&d, seed);
        assert_ok(map_weave_write(&d.w, &d.a, &d.g, &again, &info), &info);
        assert_int_equal(again.vertices, d.p.vertices);
        for (uint32_t i = 0; i < again.vertices; i++)
            assert_int_equal(again.order[i], d.p.order[i]);
        arena_release(&d.a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(puts_a_star_as_cheaply_as_trying_all_does),
        cmocka_unit_test(counts_crossings_as_comparing_all_pairs_does),
        cmocka_unit_test(writes_back_what_it_was_made_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
