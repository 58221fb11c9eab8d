#include "unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "check.h"
#include "graphs.h"

static struct graph graph;
static struct errinfo info;

static void assert_plan(const struct match_input *in, const struct match_plan *plan,
                        uint64_t seed) {
    const char *wrong = check_plan(in, plan);
    if (wrong != NULL)
        fail_msg("seed %lu: %s", (unsigned long)seed, wrong);
}

static const struct graph_kind small_kinds[] = {
    {6, 14, 3, 3, 0}, {8, 16, 4, 2, 5}, {7, 14, 0, 2, 0}, {6, 15, 0, 3, 4}, {9, 18, 0, 1, 3},
};

enum { SMALL_KINDS = sizeof(small_kinds) / sizeof(small_kinds[0]), SEEDS = 60 };

static void match_of_two_sides_is_the_best_of_all(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        for (int k = 0; k < 2; k++) {
            struct match_plan plan;
            graph_make(&graph, small_kinds[k], seed);
            assert_ok(match_solve(&graph.in, NULL, &plan, &info), &info);
            assert_plan(&graph.in, &plan, seed);
            assert_int_equal(plan.status, MATCH_OPTIMAL);
            assert_true(fabs(plan.weight - try_all_plans(&graph.in).weight) < 1e-6);
            match_plan_release(&plan);
        }
}

static void match_of_any_graph_is_between_best_and_bound(void **state) {
    (void)state;
    double given = 0, best_of_all = 0;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        for (int k = 2; k < SMALL_KINDS; k++) {
            struct match_plan plan;
            graph_make(&graph, small_kinds[k], seed);
            double best = try_all_plans(&graph.in).weight;
            assert_ok(match_solve(&graph.in, NULL, &plan, &info), &info);
            assert_plan(&graph.in, &plan, seed);
            assert_true(plan.bound >= best - 1e-6);
            assert_true(plan.weight <= best + 1e-6);
            if (plan.status == MATCH_OPTIMAL)
                assert_true(fabs(plan.weight - best) < 1e-6);
            given += plan.weight;
            best_of_all += best;
            match_plan_release(&plan);
        }
    /* Graphs of a handful of edges are where odd circles cost most. */
    if (given < 0.97 * best_of_all)
        fail_msg("all plans together weigh %g of %g", given, best_of_all);
}

static void match_of_large_graphs_has_hardly_a_gap(void **state) {
    (void)state;
    static const struct graph_kind kinds[] = {
        {400, 12000, 0, 12, 0}, {400, 12000, 0, 12, 20}, {400, 12000, 150, 12, 20}};
    for (uint64_t seed = 1; seed <= 5; seed++)
        for (size_t k = 0; k < sizeof(kinds) / sizeof(kinds[0]); k++) {
            struct match_plan plan;
            graph_make(&graph, kinds[k], seed);
            assert_ok(match_solve(&graph.in, NULL, &plan, &info), &info);
            assert_plan(&graph.in, &plan, seed);
            if (plan.weight < 0.999 * plan.bound)
                fail_msg("kind %zu seed %lu: %g of %g", k, (unsigned long)seed, plan.weight,
                         plan.bound);
            if (kinds[k].left > 0)
                assert_int_equal(plan.status, MATCH_OPTIMAL);
            match_plan_release(&plan);
        }
}

static void match_gives_the_most_of_floors_then_weight(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= SEEDS; seed++)
        for (int k = 0; k < SMALL_KINDS; k++) {
            struct match_plan plan;
            graph_make(&graph, small_kinds[k], seed);
            graph.in.floor = graph.floor;
            struct best_plan best = try_all_plans(&graph.in);
            assert_ok(match_solve(&graph.in, NULL, &plan, &info), &info);
            assert_plan(&graph.in, &plan, seed);
            assert_true(plan.floor_bound >= best.floor_given);
            if (small_kinds[k].left > 0) {
                assert_int_equal(plan.floor_given, best.floor_given);
                assert_int_equal(plan.floor_bound, best.floor_given);
                assert_true(fabs(plan.weight - best.floor_weight) < 1e-6);
            }
            match_plan_release(&plan);
        }
}

static void match_begun_from_its_plan_is_as_good(void **state) {
    (void)state;
    static double price[GRAPH_VERTICES_MAX];
    static uint8_t chosen[GRAPH_EDGES_MAX];
    struct match_plan before, after;
    graph_make(&graph, (struct graph_kind){300, 9000, 120, 8, 50}, 3);
    assert_ok(match_solve(&graph.in, NULL, &before, &info), &info);
    memcpy(price, before.price, graph.in.vertex_count * sizeof(*price));
    memcpy(chosen, before.chosen, graph.in.edge_count);
    graph.capacity[7] += 3;
    graph.in.start_price = price;
    graph.in.start_chosen = chosen;
    assert_ok(match_solve(&graph.in, NULL, &after, &info), &info);
    assert_plan(&graph.in, &after, 3);
    assert_int_equal(after.status, MATCH_OPTIMAL);
    uint32_t changed = 0;
    for (uint32_t e = 0; e < graph.in.edge_count; e++)
        changed += after.chosen[e] != chosen[e];
    assert_true(changed > 0 && changed < 40);
    match_plan_release(&before);
    match_plan_release(&after);
}

static void match_is_the_same_twice(void **state) {
    (void)state;
    struct match_plan a, b;
    graph_make(&graph, (struct graph_kind){400, 15000, 0, 9, 7}, 11);
    assert_ok(match_solve(&graph.in, NULL, &a, &info), &info);
    assert_ok(match_solve(&graph.in, NULL, &b, &info), &info);
    assert_memory_equal(a.chosen, b.chosen, graph.in.edge_count);
    match_plan_release(&a);
    match_plan_release(&b);
}

static void match_that_is_stopped_is_still_a_plan(void **state) {
    (void)state;
    struct job job = {0};
    struct match_plan plan, best;
    graph_make(&graph, (struct graph_kind){400, 15000, 0, 9, 0}, 5);
    assert_ok(match_solve(&graph.in, NULL, &best, &info), &info);
    job_cancel(&job);
    assert_ok(match_solve(&graph.in, &job, &plan, &info), &info);
    assert_plan(&graph.in, &plan, 5);
    assert_true(plan.stopped);
    assert_true(plan.weight > 0.5 * best.weight);
    match_plan_release(&best);
    match_plan_release(&plan);
}

static void stable_leaves_no_blocking_pair(void **state) {
    (void)state;
    static uint32_t rank_u[GRAPH_EDGES_MAX], rank_v[GRAPH_EDGES_MAX];
    for (uint64_t seed = 1; seed <= 30; seed++)
        for (int two_values = 0; two_values <= 1; two_values++) {
            struct match_plan plan, best;
            struct match_report report;
            struct rng rng;
            uint32_t left = two_values != 0 || seed % 2 == 0 ? 60 : 0;
            graph_make(&graph, (struct graph_kind){150, 3000, left, 6, 9}, seed);
            rng_init(&rng, seed);
            for (uint32_t e = 0; e < graph.in.edge_count; e++) {
                rank_u[e] = rng_below(&rng, 8);
                rank_v[e] = rng_below(&rng, 8);
            }
            const uint32_t *ru = two_values != 0 ? rank_u : NULL,
                           *rv = two_values != 0 ? rank_v : NULL;
            assert_ok(match_stable(&graph.in, ru, rv, &plan, &info), &info);
            assert_plan(&graph.in, &plan, seed);
            assert_true(match_judge(&graph.in, plan.chosen, ru, rv, &report));
            assert_int_equal(report.blocking, 0);
            assert_ok(match_solve(&graph.in, NULL, &best, &info), &info);
            assert_true(plan.weight <= best.bound);
            if (two_values == 0) /* the promise of the shared weight */
                assert_true(2 * plan.weight >= best.weight);
            match_plan_release(&plan);
            match_plan_release(&best);
        }
}

static void judge_counts_what_both_would_rather_have(void **state) {
    (void)state;
    /* 0 - 1 weighs 3, 0 - 2 and 1 - 3 weigh 2 each: together the two are more, but 0 and 1 would
     * rather have each other. */
    uint32_t capacity[] = {1, 1, 1, 1}, u[] = {0, 0, 1}, v[] = {1, 2, 3};
    double weight[] = {3, 2, 2};
    struct match_input in = {
        .vertex_count = 4, .capacity = capacity, .edge_count = 3, .u = u, .v = v, .weight = weight};
    struct match_plan plan;
    struct match_report report;
    assert_ok(match_solve(&in, NULL, &plan, &info), &info);
    assert_true(plan.weight == 4 && plan.bound == 4);
    assert_true(match_judge(&in, plan.chosen, NULL, NULL, &report));
    assert_int_equal(report.blocking, 1);
    assert_true(report.regret == 1 && report.regret_vertex <= 1);
    match_plan_release(&plan);
}

static void match_tells_what_is_wrong_with_its_input(void **state) {
    (void)state;
    uint32_t capacity[] = {1, 1, 1}, floor[] = {0, 2, 0}, u[] = {0, 1, 0}, v[] = {1, 2, 2};
    double weight[] = {1, 1, 1};
    struct match_plan plan;
    struct match_input in = {
        .vertex_count = 3, .capacity = capacity, .edge_count = 3, .u = u, .v = v, .weight = weight};
    weight[2] = NAN;
    assert_int_equal(match_solve(&in, NULL, &plan, &info), ERR_INPUT);
    assert_non_null(strstr(info.message, "edge 2"));
    weight[2] = 1;
    v[1] = 1;
    assert_int_equal(match_solve(&in, NULL, &plan, &info), ERR_INPUT);
    assert_non_null(strstr(info.message, "with itself"));
    u[1] = 1;
    v[1] = 0;
    assert_int_equal(match_solve(&in, NULL, &plan, &info), ERR_INPUT);
    assert_non_null(strstr(info.message, "occurs twice"));
    v[1] = 1000000000;
    assert_int_equal(match_solve(&in, NULL, &plan, &info), ERR_INPUT);
    v[1] = 2;
    in.floor = floor;
    assert_int_equal(match_solve(&in, NULL, &plan, &info), ERR_INPUT);
    assert_non_null(strstr(info.message, "floor"));
    in.floor = NULL;
    uint32_t ranks[] = {1, 1, 1};
    assert_int_equal(match_stable(&in, ranks, ranks, &plan, &info), ERR_INPUT);
    assert_non_null(strstr(info.message, "both sides"));
}

static void match_of_nothing_is_nothing(void **state) {
    (void)state;
    struct match_plan plan;
    struct match_input in = {0};
    assert_ok(match_solve(&in, NULL, &plan, &info), &info);
    assert_int_equal(plan.status, MATCH_OPTIMAL);
    assert_int_equal(plan.pairs, 0);
    match_plan_release(&plan);
    graph_make(&graph, (struct graph_kind){20, 100, 0, 0, 0}, 1); /* nobody has a place */
    assert_ok(match_solve(&graph.in, NULL, &plan, &info), &info);
    assert_int_equal(plan.pairs, 0);
    assert_true(plan.bound == 0);
    match_plan_release(&plan);
}

static void match_survives_every_failing_allocation(void **state) {
    (void)state;
    enum err err = ERR_MEMORY;
    graph_make(&graph, (struct graph_kind){60, 400, 0, 4, 0}, 2);
    long failed = 0;
    for (; err == ERR_MEMORY && failed < 1000; failed++) {
        struct match_plan plan;
        mem_fail_after(failed);
        err = match_solve(&graph.in, NULL, &plan, &info);
        mem_fail_after(-1);
        if (err == ERR_OK)
            match_plan_release(&plan);
    }
    assert_int_equal(err, ERR_OK);
    assert_true(failed > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(match_of_two_sides_is_the_best_of_all),
        cmocka_unit_test(match_of_any_graph_is_between_best_and_bound),
        cmocka_unit_test(match_of_large_graphs_has_hardly_a_gap),
        cmocka_unit_test(match_gives_the_most_of_floors_then_weight),
        cmocka_unit_test(match_begun_from_its_plan_is_as_good),
        cmocka_unit_test(match_is_the_same_twice),
        cmocka_unit_test(match_that_is_stopped_is_still_a_plan),
        cmocka_unit_test(stable_leaves_no_blocking_pair),
        cmocka_unit_test(judge_counts_what_both_would_rather_have),
        cmocka_unit_test(match_tells_what_is_wrong_with_its_input),
        cmocka_unit_test(match_of_nothing_is_nothing),
        cmocka_unit_test(match_survives_every_failing_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
