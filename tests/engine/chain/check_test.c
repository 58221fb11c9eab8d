#include "small.h"

#include "base/mem.h"
#include "engine/chain/chain_check.h"

static struct small s;

static struct chain_findings check(void) {
    struct chain_findings out = {0};
    struct errinfo info = {0};
    small_input(&s);
    assert_ok(chain_check(&s.graph, s.input.chains, s.slices, NULL, &out, &info), &info);
    return out;
}

/* A catalogue without faults: 0 -> 1 -> 2, all in chain 0, 2 final. */
static void setup(void) {
    memset(&s, 0, sizeof(s));
    s.graph.nodes = 3;
    for (uint8_t i = 0; i < 3; i++)
        small_member(&s, 0, i, i, CHAIN_CORE);
    small_link(&s, 0, 1, CHAIN_ESSENTIAL, 0);
    small_link(&s, 1, 2, CHAIN_ESSENTIAL, 0);
    small_final(&s, 0, 2);
}

static void expect_one(enum chain_finding_kind kind, uint32_t chain, uint32_t node, uint32_t link) {
    struct chain_findings f = check();
    assert_int_equal(f.count, 1);
    assert_int_equal(f.at[0].kind, kind);
    assert_int_equal(f.at[0].chain, chain);
    assert_int_equal(f.at[0].node, node);
    assert_int_equal(f.at[0].link, link);
    chain_findings_release(&f);
}

static void a_sound_catalogue_has_no_findings(void **state) {
    setup();
    struct chain_findings f = check();
    assert_int_equal(f.count, 0);
    chain_findings_release(&f);
}

static void loops_repeats_and_lone_groups_are_found(void **state) {
    setup();
    uint32_t loop = small_link(&s, 1, 1, CHAIN_OPTIONAL, 0);
    expect_one(CHAIN_FOUND_SELF_LOOP, CHAIN_NONE, 1, loop);
    setup();
    uint32_t repeat = small_link(&s, 0, 1, CHAIN_CAPITAL, 0);
    struct chain_findings f = check();
    assert_int_equal(f.count, 1);
    assert_int_equal(f.at[0].kind, CHAIN_FOUND_DUPLICATE_LINK);
    assert_int_equal(f.at[0].link, repeat);
    assert_int_equal(f.at[0].other, 0);
    chain_findings_release(&f);
    setup();
    s.link_group[1] = 4;
    expect_one(CHAIN_FOUND_GROUP_OF_ONE, CHAIN_NONE, 2, 1);
    setup();
    uint32_t optional = small_link(&s, 0, 2, CHAIN_OPTIONAL, 1);
    expect_one(CHAIN_FOUND_ALTERNATIVE_NOT_ESSENTIAL, CHAIN_NONE, 2, optional);
}

static void orphans_and_unknown_stages_are_found(void **state) {
    setup();
    s.graph.nodes = 4;
    struct chain_findings f = check();
    assert_int_equal(f.count, 2);
    assert_int_equal(f.at[0].kind, CHAIN_FOUND_NODE_IN_NO_CHAIN);
    assert_int_equal(f.at[1].kind, CHAIN_FOUND_NODE_WITHOUT_LINK);
    assert_int_equal(f.at[1].node, 3);
    chain_findings_release(&f);
    setup();
    s.chain[0].stage[1] = CHAIN_STAGE_UNKNOWN;
    expect_one(CHAIN_FOUND_UNKNOWN_STAGE, 0, 1, CHAIN_NONE);
}

static void finals_that_are_not_fed_or_not_there_are_found(void **state) {
    setup();
    s.link_kind[0] = CHAIN_OPTIONAL;
    expect_one(CHAIN_FOUND_FINAL_NOT_FED, 0, 2, CHAIN_NONE);
    s.is_service[2] = 1; /* a service needs no upstream */
    struct chain_findings f = check();
    assert_int_equal(f.count, 0);
    chain_findings_release(&f);
    setup();
    s.graph.nodes = 4;
    small_link(&s, 2, 3, CHAIN_OPTIONAL, 0);
    small_member(&s, 1, 3, CHAIN_DOWNSTREAM, CHAIN_CORE);
    small_final(&s, 0, 3);
    expect_one(CHAIN_FOUND_FINAL_NOT_IN_CHAIN, 0, 3, CHAIN_NONE);
}

static void essential_links_against_the_stages_are_found(void **state) {
    setup();
    s.chain[0].stage[1] = CHAIN_UPSTREAM;
    s.chain[0].stage[0] = CHAIN_MIDSTREAM;
    expect_one(CHAIN_FOUND_AGAINST_STAGES, 0, 1, 0);
}

static void the_shortest_circle_of_each_part_is_told_in_link_order(void **state) {
    setup();
    s.graph.nodes = 8;
    for (uint32_t i = 3; i < 8; i++)
        small_member(&s, 0, i, CHAIN_MIDSTREAM, CHAIN_CORE);
    s.chain[0].stage[0] = CHAIN_MIDSTREAM;
    s.chain[0].stage[2] = CHAIN_MIDSTREAM;
    s.chain[0].finals = 0;
    small_link(&s, 2, 0, CHAIN_ESSENTIAL, 0); /* 0 1 2: three */
    small_link(&s, 7, 3, CHAIN_ESSENTIAL, 0); /* 3 4 5 6 7 with a short cut 5 -> 4 */
    for (uint32_t i = 3; i < 7; i++)
        small_link(&s, i, i + 1, CHAIN_ESSENTIAL, 0);
    small_link(&s, 5, 4, CHAIN_ESSENTIAL, 0);
    struct chain_findings f = check();
    assert_int_equal(f.count, 2);
    assert_int_equal(f.at[0].path_count, 3);
    assert_int_equal(f.path[f.at[0].path_first + 1], 1);
    assert_int_equal(f.path[f.at[0].path_first + 2], 2);
    assert_int_equal(f.at[1].path_count, 2);
    assert_int_equal(f.path[f.at[1].path_first], 4);
    assert_int_equal(f.path[f.at[1].path_first + 1], 5);
    chain_findings_release(&f);
}

/* Oracle: shortest circle through each pair of nodes by Floyd and Warshall. */
static void random_circles_are_shortest_ones(void **state) {
    for (uint64_t seed = 1; seed <= 200; seed++) {
        static uint32_t way[SMALL_NODES][SMALL_NODES];
        small_random(&s, seed);
        uint32_t n = s.graph.nodes, parts = 0, cycles = 0;
        for (uint32_t i = 0; i < n; i++)
            for (uint32_t k = 0; k < n; k++)
                way[i][k] = 10000;
        for (uint32_t l = 0; l < s.graph.links; l++)
            if (s.link_kind[l] == CHAIN_ESSENTIAL && s.link_input[l] != s.link_output[l])
                way[s.link_input[l]][s.link_output[l]] = 1;
        for (uint32_t m = 0; m < n; m++)
            for (uint32_t i = 0; i < n; i++)
                for (uint32_t k = 0; k < n; k++)
                    if (way[i][m] + way[m][k] < way[i][k])
                        way[i][k] = way[i][m] + way[m][k];
        for (uint32_t i = 0; i < n; i++) {
            bool first = way[i][i] < 10000;
            for (uint32_t k = 0; k < i; k++)
                first = first && way[i][k] + way[k][i] >= 10000;
            parts += first;
        }
        struct chain_findings f = check();
        for (size_t i = 0; i < f.count; i++) {
            if (f.at[i].kind != CHAIN_FOUND_CYCLE)
                continue;
            cycles++;
            const uint32_t *path = f.path + f.at[i].path_first;
            uint32_t shortest = 10000;
            for (uint32_t k = 0; k < n; k++)
                if (k == path[0] || way[path[0]][k] + way[k][path[0]] < 10000)
                    shortest = way[k][k] < shortest ? way[k][k] : shortest;
            if (f.at[i].path_count != shortest)
                fail_msg("seed %d: %u, expected %u", (int)seed, f.at[i].path_count, shortest);
            for (uint32_t k = 0; k < f.at[i].path_count; k++)
                assert_int_equal(way[path[k]][path[(k + 1) % f.at[i].path_count]], 1);
        }
        assert_int_equal(cycles, parts);
        chain_findings_release(&f);
    }
}

static void memory_short_at_any_allocation_is_an_error(void **state) {
    small_random(&s, 4);
    small_input(&s);
    for (long allowed = 0;; allowed++) {
        struct chain_findings out = {0};
        struct errinfo info = {0};
        mem_fail_after(allowed);
        enum err err = chain_check(&s.graph, s.input.chains, s.slices, NULL, &out, &info);
        mem_fail_after(-1);
        chain_findings_release(&out);
        if (err == ERR_OK) {
            assert_true(allowed > 10);
            return;
        }
        assert_int_equal(err, ERR_MEMORY);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_catalogue_has_no_findings),
        cmocka_unit_test(loops_repeats_and_lone_groups_are_found),
        cmocka_unit_test(orphans_and_unknown_stages_are_found),
        cmocka_unit_test(finals_that_are_not_fed_or_not_there_are_found),
        cmocka_unit_test(essential_links_against_the_stages_are_found),
        cmocka_unit_test(the_shortest_circle_of_each_part_is_told_in_link_order),
        cmocka_unit_test(random_circles_are_shortest_ones),
        cmocka_unit_test(memory_short_at_any_allocation_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
