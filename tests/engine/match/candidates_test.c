/* Candidates against a scan of all pairs, on markets made at random. */
#include "unit.h"

#include "base/mem.h"
#include "engine/match/candidates.h"
#include "markets.h"

enum { MARKETS = 600 };

static struct market made;

/* All that score, best first. */
static uint32_t scan(const struct match_market *m, struct match_finder *finder,
                     const double *weight, uint32_t firm, struct match_candidate *out) {
    uint32_t count = 0;
    for (uint32_t other = 0; other < m->firms; other++) {
        struct match_candidate c = {other, match_score_pair(finder, weight, firm, other).total};
        uint32_t at = count;
        if (c.score <= 0)
            continue;
        for (; at > 0 && match_candidate_before(c, out[at - 1], firm, m->firms); at--)
            out[at] = out[at - 1];
        out[at] = c;
        count++;
    }
    return count;
}

static void compare_market(const struct match_market *m, const double *weight, uint32_t most) {
    struct errinfo info = {0};
    struct match_index *index;
    struct match_finder *finder;
    struct match_candidate all[MARKET_FIRMS_MAX], found[MARKET_FIRMS_MAX];
    assert_ok(match_index_new(m, &index, &info), &info);
    assert_ok(match_finder_new(index, &finder, &info), &info);
    for (uint32_t f = 0; f < m->firms; f++) {
        uint32_t expected = scan(m, finder, weight, f, all);
        expected = expected < most ? expected : most;
        assert_int_equal(match_find(finder, weight, f, found, most), expected);
        for (uint32_t i = 0; i < expected; i++) {
            assert_int_equal(found[i].firm, all[i].firm);
            assert_true(found[i].score == all[i].score);
        }
    }
    match_finder_free(finder);
    match_index_free(index);
}

static void candidates_are_the_best_of_all_pairs(void **state) {
    (void)state;
    struct rng rng;
    rng_init(&rng, 20261125);
    for (int i = 0; i < MARKETS; i++) {
        double weight[MATCH_PARTS];
        market_weights(weight, &rng);
        market_make(&made, &rng);
        compare_market(&made.of, weight, 1 + rng_below(&rng, i % 2 == 0 ? 8 : MARKET_FIRMS_MAX));
    }
}

static void nobody_is_found_where_none_is_asked_for(void **state) {
    (void)state;
    struct rng rng;
    struct errinfo info = {0};
    struct match_index *index;
    struct match_finder *finder;
    const double weight[MATCH_PARTS] = {1};
    rng_init(&rng, 2);
    market_make(&made, &rng);
    assert_ok(match_index_new(&made.of, &index, &info), &info);
    assert_ok(match_finder_new(index, &finder, &info), &info);
    assert_int_equal(match_find(finder, weight, 0, NULL, 0), 0);
    match_finder_free(finder);
    match_index_free(index);
}

/* Ten suppliers of one node, ten customers: all score the same, and each supplier is first in as
 * many lists as any other. */
static void equals_share_the_first_places(void **state) {
    (void)state;
    enum { EACH = 10 };
    static const struct match_relation relation[] = {{0, MATCH_NEEDS, MATCH_SAME}};
    static const size_t relation_offset[] = {0, 1};
    size_t offers[2 * EACH + 1] = {0}, needs[2 * EACH + 1] = {0};
    uint32_t node[EACH] = {0}, first[2 * EACH] = {0};
    uint8_t basis[EACH] = {0};
    struct errinfo info = {0};
    struct match_index *index;
    struct match_finder *finder;
    const double weight[MATCH_PARTS] = {0.5, 0.5};
    for (uint32_t f = 0; f < 2 * EACH; f++) { /* suppliers are even, customers odd */
        offers[f + 1] = offers[f] + (f % 2 == 0);
        needs[f + 1] = needs[f] + f % 2;
    }
    struct match_market market = {
        .firms = 2 * EACH,
        .nodes = 1,
        .claims = {{offers, node, basis, NULL}, {needs, node, basis, NULL}},
        .relation_offset = relation_offset,
        .relation = relation};
    assert_ok(match_index_new(&market, &index, &info), &info);
    assert_ok(match_finder_new(index, &finder, &info), &info);
    for (uint32_t f = 0; f < 2 * EACH; f++) {
        struct match_candidate best;
        assert_int_equal(match_find(finder, weight, f, &best, 1), 1);
        first[best.firm]++;
    }
    for (uint32_t f = 0; f < 2 * EACH; f++)
        assert_int_equal(first[f], 1);
    match_finder_free(finder);
    match_index_free(index);
}

static void short_memory_is_told(void **state) {
    (void)state;
    struct rng rng;
    struct errinfo info = {0};
    struct match_index *index = NULL;
    struct match_finder *finder = NULL;
    long fails = 0;
    rng_init(&rng, 1);
    market_make(&made, &rng);
    for (enum err code = ERR_MEMORY; code != ERR_OK; fails++) {
        mem_fail_after(fails);
        code = match_index_new(&made.of, &index, &info);
        if (code == ERR_OK)
            code = match_finder_new(index, &finder, &info);
        mem_fail_after(-1);
        assert_true(code == ERR_OK || code == ERR_MEMORY);
        match_finder_free(finder);
        match_index_free(index);
        finder = NULL;
        index = NULL;
    }
    assert_true(fails > 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(candidates_are_the_best_of_all_pairs),
        cmocka_unit_test(nobody_is_found_where_none_is_asked_for),
        cmocka_unit_test(equals_share_the_first_places),
        cmocka_unit_test(short_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
