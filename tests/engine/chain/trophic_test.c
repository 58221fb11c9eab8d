#include "unit.h"

#include <math.h>

#include "base/job.h"
#include "base/mem.h"
#include "base/rng.h"
#include "base/vec.h"
#include "engine/chain/trophic.h"

enum { NODES_MAX = 60, LINKS_MAX = 400 };

struct net {
    uint32_t nodes;
    size_t links;
    uint32_t supplier[LINKS_MAX];
    uint32_t customer[LINKS_MAX];
    double weight[LINKS_MAX];
};

static void add(struct net *net, uint32_t supplier, uint32_t customer, double weight) {
    net->supplier[net->links] = supplier;
    net->customer[net->links] = customer;
    net->weight[net->links++] = weight;
}

static struct trophic_result levels(const struct net *net, uint32_t threads, double *level) {
    struct trophic_network network = {net->nodes, net->links, net->supplier, net->customer,
                                      net->weight};
    struct trophic_result result;
    struct errinfo info = {0};
    struct job job = {.threads = threads};
    assert_ok(trophic_levels(&network, &job, level, NULL, &result, &info), &info);
    return result;
}

static void random_net(struct net *net, uint64_t seed) {
    struct rng rng;
    rng_init(&rng, seed);
    *net = (struct net){.nodes = 1 + rng_below(&rng, NODES_MAX)};
    size_t links = rng_below(&rng, LINKS_MAX);
    if (rng_below(&rng, 2) == 0)
        links = rng_below(&rng, 2 * net->nodes);
    for (size_t i = 0; i < links; i++)
        add(net, rng_below(&rng, net->nodes), rng_below(&rng, net->nodes),
            0.01 + 10 * rng_unit(&rng));
}

/* Oracle: the equation as a dense matrix, Gauss-Jordan elimination with full pivoting; a row left
 * without a pivot is a free constant, set to 0. */
static void dense_levels(const struct net *net, double *level) {
    static double m[NODES_MAX][NODES_MAX + 1];
    uint32_t n = net->nodes, label[NODES_MAX];
    bool used[NODES_MAX] = {false};
    memset(m, 0, sizeof(m));
    for (uint32_t i = 0; i < n; i++)
        label[i] = i;
    for (size_t l = 0; l < net->links; l++) {
        uint32_t a = net->supplier[l], b = net->customer[l];
        double w = net->weight[l];
        m[a][a] += w;
        m[b][b] += w;
        m[a][b] -= w;
        m[b][a] -= w;
        m[a][n] -= w;
        m[b][n] += w;
        for (uint32_t from = label[a], to = label[b], i = 0; i < n; i++)
            label[i] = label[i] == from ? to : label[i];
    }
    for (uint32_t column = 0; column < n; column++) {
        uint32_t pivot = n;
        for (uint32_t row = 0; row < n; row++)
            if (!used[row] && (pivot == n || fabs(m[row][column]) > fabs(m[pivot][column])))
                pivot = row;
        if (pivot == n || fabs(m[pivot][column]) < 1e-9)
            continue;
        used[pivot] = true;
        for (uint32_t row = 0; row < n; row++) {
            double factor = row != pivot ? m[row][column] / m[pivot][column] : 0;
            for (uint32_t k = 0; factor != 0 && k <= n; k++)
                m[row][k] -= factor * m[pivot][k];
        }
    }
    for (uint32_t column = 0; column < n; column++) {
        level[column] = 0;
        for (uint32_t row = 0; row < n; row++)
            if (used[row]) {
                uint32_t lead = 0;
                while (lead < n && fabs(m[row][lead]) < 1e-9)
                    lead++;
                if (lead == column)
                    level[column] = m[row][n] / m[row][column];
            }
    }
    for (uint32_t i = 0; i < n; i++) { /* smallest of each part to 0 */
        double lowest = INFINITY;
        bool first = true;
        for (uint32_t k = 0; k < n; k++)
            if (label[k] == label[i]) {
                lowest = fmin(lowest, level[k]);
                first = first && k >= i;
            }
        for (uint32_t k = 0; first && k < n; k++)
            if (label[k] == label[i])
                level[k] -= lowest;
    }
}

static void levels_agree_with_dense_elimination(void **state) {
    for (uint64_t seed = 1; seed <= 200; seed++) {
        struct net net;
        double got[NODES_MAX], want[NODES_MAX];
        random_net(&net, seed);
        struct trophic_result result = levels(&net, 1, got);
        dense_levels(&net, want);
        assert_true(result.residual < 1e-13);
        for (uint32_t i = 0; i < net.nodes; i++)
            if (fabs(got[i] - want[i]) > 1e-10)
                fail_msg("seed %d node %u: %.15f, expected %.15f", (int)seed, i, got[i], want[i]);
    }
}

static void perfect_layers_have_incoherence_0(void **state) {
    struct net net = {.nodes = 30};
    for (uint32_t i = 0; i < 25; i++)
        for (uint32_t k = 0; k < 5; k++)
            add(&net, i, i / 5 * 5 + 5 + k, 1 + (i * 7 + k) % 4);
    double level[NODES_MAX];
    struct trophic_result result = levels(&net, 1, level);
    assert_true(result.incoherence < 1e-25);
    for (uint32_t i = 0; i < 30; i++)
        assert_true(fabs(level[i] - i / 5) < 1e-12);
}

static void a_cycle_has_incoherence_1(void **state) {
    struct net net = {.nodes = 3};
    add(&net, 0, 1, 2);
    add(&net, 1, 2, 2);
    add(&net, 2, 0, 2);
    double level[NODES_MAX];
    assert_true(levels(&net, 1, level).incoherence == 1);
    assert_true(level[0] == 0 && level[1] == 0 && level[2] == 0);
}

static void a_loop_counts_1_in_incoherence_and_nothing_in_levels(void **state) {
    struct net net = {.nodes = 3};
    add(&net, 0, 1, 3);
    add(&net, 1, 1, 1);
    double level[NODES_MAX];
    struct trophic_result result = levels(&net, 1, level);
    assert_true(fabs(result.incoherence - 0.25) < 1e-15);
    assert_true(fabs(level[1] - 1) < 1e-15);
    assert_true(level[2] == 0); /* a node without links */
    assert_int_equal(result.parts, 2);
}

static void new_numbers_and_new_parts_change_nothing(void **state) {
    for (uint64_t seed = 1; seed <= 50; seed++) {
        struct net net, other;
        double first[NODES_MAX], second[NODES_MAX];
        random_net(&net, seed);
        if (net.nodes > NODES_MAX - 3 || net.links > LINKS_MAX - 3)
            continue;
        levels(&net, 1, first);
        other = (struct net){.nodes = net.nodes + 3};
        for (size_t i = 0; i < net.links; i++) /* node i becomes the i-th from the end */
            add(&other, other.nodes - 1 - net.supplier[i], other.nodes - 1 - net.customer[i],
                net.weight[i]);
        add(&other, 0, 1, 5);
        add(&other, 1, 2, 7);
        levels(&other, 2, second);
        for (uint32_t i = 0; i < net.nodes; i++)
            assert_true(fabs(first[i] - second[other.nodes - 1 - i]) < 1e-11);
    }
}

/*
 * Networks whose every link goes one layer on: levels are the layers whatever the weights, so the
 * answer can be judged without another solver.
 */
struct layered {
    VEC(uint32_t)
    supplier;
    VEC(uint32_t)
    customer;
    VEC(double)
    weight;
    VEC(double)
    layer;
};

static void layered_link(struct layered *net, struct rng *rng, uint32_t supplier,
                         uint32_t customer) {
    assert_true(vec_push(&net->supplier, supplier) && vec_push(&net->customer, customer) &&
                vec_push(&net->weight, 0.01 + 10 * rng_unit(rng)));
}

static void layered_release(struct layered *net) {
    vec_free(&net->supplier);
    vec_free(&net->customer);
    vec_free(&net->weight);
    vec_free(&net->layer);
}

static enum err layered_levels(const struct layered *net, double *level,
                               struct trophic_result *result, struct errinfo *info) {
    struct trophic_network network = {(uint32_t)net->layer.len, net->weight.len, net->supplier.at,
                                      net->customer.at, net->weight.at};
    return trophic_levels(&network, NULL, level, NULL, result, info);
}

static void assert_layers(struct layered *net) {
    struct trophic_result result;
    struct errinfo info = {0};
    double *level = mem_new(net->layer.len, sizeof(*level));
    assert_non_null(level);
    assert_ok(layered_levels(net, level, &result, &info), &info);
    for (size_t i = 0; i < net->layer.len; i++)
        if (fabs(level[i] - net->layer.at[i]) > 1e-9 * (1 + net->layer.at[i]))
            fail_msg("node %d: %.12f, expected %g", (int)i, level[i], net->layer.at[i]);
    assert_true(result.incoherence < 1e-15);
    mem_free(level);
    layered_release(net);
}

static void make_line(struct layered *net, struct rng *rng, uint32_t length) {
    for (uint32_t i = 0; i < length; i++) {
        assert_true(vec_push(&net->layer, i));
        if (i > 0)
            layered_link(net, rng, i - 1, i);
    }
}

static void a_long_thin_chain_is_solved(void **state) {
    struct layered net = {0};
    struct rng rng;
    rng_init(&rng, 1);
    make_line(&net, &rng, 100000);
    assert_layers(&net);
}

static void a_wide_grid_is_solved(void **state) {
    enum { SIDE = 150 };
    struct layered net = {0};
    struct rng rng;
    rng_init(&rng, 2);
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        assert_true(vec_push(&net.layer, i / SIDE + i % SIDE));
        if (i % SIDE > 0)
            layered_link(&net, &rng, i - 1, i);
        if (i >= SIDE)
            layered_link(&net, &rng, i - SIDE, i);
    }
    assert_layers(&net);
}

/* A hub with many short arms, long arms, and loose nodes: groups of all sizes when coarsening. */
static void a_hub_with_long_arms_is_solved(void **state) {
    struct layered net = {0};
    struct rng rng;
    rng_init(&rng, 3);
    assert_true(vec_push(&net.layer, 0));
    for (uint32_t arm = 0; arm < 3000; arm++) {
        uint32_t last = 0, length = arm < 10 ? 2000 : 1;
        for (uint32_t i = 1; i <= length; i++) {
            uint32_t node = (uint32_t)net.layer.len;
            assert_true(vec_push(&net.layer, i));
            layered_link(&net, &rng, last, node);
            last = node;
        }
    }
    for (uint32_t i = 0; i < 500; i++)
        assert_true(vec_push(&net.layer, 0));
    assert_layers(&net);
}

static void memory_short_in_a_long_chain_is_an_error(void **state) {
    struct layered net = {0};
    struct rng rng;
    rng_init(&rng, 4);
    make_line(&net, &rng, 2000);
    static double level[2000];
    for (long allowed = 0;; allowed++) {
        struct trophic_result result;
        struct errinfo info = {0};
        mem_fail_after(allowed);
        enum err err = layered_levels(&net, level, &result, &info);
        mem_fail_after(-1);
        if (err == ERR_OK) {
            assert_true(allowed > 30);
            break;
        }
        assert_int_equal(err, ERR_MEMORY);
    }
    layered_release(&net);
}

static void levels_are_the_same_for_any_number_of_threads(void **state) {
    enum { NODES = 30000, LINKS = 90000 };
    uint32_t *supplier = mem_new(LINKS, sizeof(*supplier));
    uint32_t *customer = mem_new(LINKS, sizeof(*customer));
    double *one = mem_new(NODES, sizeof(*one)), *three = mem_new(NODES, sizeof(*three));
    struct rng rng;
    rng_init(&rng, 1);
    for (uint32_t i = 0; i < LINKS; i++) {
        supplier[i] = rng_below(&rng, NODES);
        customer[i] = rng_below(&rng, NODES);
    }
    struct trophic_network network = {NODES, LINKS, supplier, customer, NULL};
    struct trophic_result result;
    struct errinfo info = {0};
    struct job job = {.threads = 3};
    assert_ok(trophic_levels(&network, NULL, one, NULL, &result, &info), &info);
    assert_ok(trophic_levels(&network, &job, three, NULL, &result, &info), &info);
    assert_memory_equal(one, three, NODES * sizeof(*one));
    mem_free(supplier);
    mem_free(customer);
    mem_free(one);
    mem_free(three);
}

static void wrong_links_are_refused(void **state) {
    double level[NODES_MAX];
    struct trophic_result result;
    struct errinfo info = {0};
    uint32_t supplier = 0, customer = 2;
    double weight = 1;
    struct trophic_network network = {2, 1, &supplier, &customer, &weight};
    assert_int_equal(trophic_levels(&network, NULL, level, NULL, &result, &info), ERR_INPUT);
    customer = 1;
    weight = -1;
    assert_int_equal(trophic_levels(&network, NULL, level, NULL, &result, &info), ERR_INPUT);
    weight = NAN;
    assert_int_equal(trophic_levels(&network, NULL, level, NULL, &result, &info), ERR_INPUT);
    network = (struct trophic_network){0};
    assert_ok(trophic_levels(&network, NULL, level, NULL, &result, &info), &info);
    assert_true(result.incoherence == 0);
}

static void memory_short_at_any_allocation_is_an_error(void **state) {
    struct net net;
    double level[NODES_MAX];
    random_net(&net, 3);
    struct trophic_network network = {net.nodes, net.links, net.supplier, net.customer, net.weight};
    for (long allowed = 0;; allowed++) {
        struct trophic_result result;
        struct errinfo info = {0};
        mem_fail_after(allowed);
        enum err err = trophic_levels(&network, NULL, level, NULL, &result, &info);
        mem_fail_after(-1);
        if (err == ERR_OK) {
            assert_true(allowed > 5);
            return;
        }
        assert_int_equal(err, ERR_MEMORY);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(levels_agree_with_dense_elimination),
        cmocka_unit_test(perfect_layers_have_incoherence_0),
        cmocka_unit_test(a_cycle_has_incoherence_1),
        cmocka_unit_test(a_loop_counts_1_in_incoherence_and_nothing_in_levels),
        cmocka_unit_test(new_numbers_and_new_parts_change_nothing),
        cmocka_unit_test(a_long_thin_chain_is_solved),
        cmocka_unit_test(a_wide_grid_is_solved),
        cmocka_unit_test(a_hub_with_long_arms_is_solved),
        cmocka_unit_test(memory_short_in_a_long_chain_is_an_error),
        cmocka_unit_test(levels_are_the_same_for_any_number_of_threads),
        cmocka_unit_test(wrong_links_are_refused),
        cmocka_unit_test(memory_short_at_any_allocation_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
