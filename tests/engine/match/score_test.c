/* A small market by hand: 0 cathode, 1 cell, 2 car, 3 a second cathode. */
#include "unit.h"

#include <math.h>

#include "engine/match/candidates.h"
#include "markets.h"

enum { CATHODE, CELL, CAR, OTHER_CATHODE, NODES };
enum { CATHODE_MAKER, CELL_MAKER, CAR_MAKER, RIVAL, NOBODY, FIRMS };
enum { MARKETS = 200 };

static const size_t offers_at[FIRMS + 1] = {0, 1, 2, 3, 4, 4};
static const uint32_t offers_node[] = {CATHODE, CELL, CAR, CELL};
static const uint8_t offers_basis[] = {MATCH_CONFIRMED, MATCH_CONFIRMED, MATCH_CONFIRMED,
                                       MATCH_INFERRED};
static const size_t needs_at[FIRMS + 1] = {0, 0, 1, 1, 1, 1};
static const uint32_t needs_node[] = {CATHODE};
static const uint8_t needs_basis[] = {MATCH_DECLARED};
static const size_t relation_at[NODES + 1] = {0, 2, 4, 5, 6};
static const struct match_relation relations[] = {
    {CATHODE, MATCH_NEEDS, MATCH_SAME}, {CELL, MATCH_OFFERS, MATCH_ESSENTIAL},
    {CELL, MATCH_NEEDS, MATCH_SAME},    {CAR, MATCH_OFFERS, MATCH_ESSENTIAL},
    {CAR, MATCH_NEEDS, MATCH_SAME},     {CATHODE, MATCH_NEEDS, MATCH_SUBSTITUTE}};
static const struct match_market market = {.firms = FIRMS,
                                           .nodes = NODES,
                                           .claims = {{offers_at, offers_node, offers_basis, NULL},
                                                      {needs_at, needs_node, needs_basis, NULL}},
                                           .relation_offset = relation_at,
                                           .relation = relations};
static const double weights[MATCH_PARTS] = {
    [MATCH_FIT_NEED] = 0.5, [MATCH_FIT_OFFER] = 0.5, [MATCH_RIVALRY] = 0.3};

static struct match_score pair(uint32_t first, uint32_t second) {
    struct match_index *index;
    struct match_finder *finder;
    struct errinfo info;
    assert_ok(match_index_new(&market, &index, &info), &info);
    assert_ok(match_finder_new(index, &finder, &info), &info);
    struct match_score score = match_score_pair(finder, weights, first, second);
    match_finder_free(finder);
    match_index_free(index);
    return score;
}

static void a_declared_need_outweighs_the_link(void **state) {
    (void)state;
    struct match_score s = pair(CELL_MAKER, CATHODE_MAKER);
    assert_int_equal(s.need.kind, MATCH_SAME);
    assert_int_equal(s.need.give, CATHODE);
    assert_true(s.part[MATCH_FIT_NEED] > 0.94 && s.part[MATCH_FIT_NEED] < 0.96);
    assert_true(s.part[MATCH_FIT_OFFER] == 0);
    assert_int_equal(s.offer.give, MATCH_NO_NODE);
}

static void a_need_that_follows_from_an_offer_is_met(void **state) {
    (void)state;
    struct match_score s = pair(CAR_MAKER, CELL_MAKER);
    assert_int_equal(s.need.kind, MATCH_ESSENTIAL);
    assert_int_equal(s.need.take, CAR);
    assert_true(s.part[MATCH_FIT_NEED] == 0.75);
}

static void an_inferred_offer_counts_less(void **state) {
    (void)state;
    double sure = pair(CAR_MAKER, CELL_MAKER).total;
    double guessed = pair(CAR_MAKER, RIVAL).total;
    assert_true(guessed > 0 && guessed < sure);
}

static void rivals_with_nothing_to_exchange_score_nothing(void **state) {
    (void)state;
    struct match_score s = pair(CELL_MAKER, RIVAL);
    assert_true(s.part[MATCH_RIVALRY] == 1);
    assert_true(s.total == 0);
}

static void a_firm_that_said_nothing_scores_nothing(void **state) {
    (void)state;
    for (uint32_t firm = 0; firm < NOBODY; firm++)
        assert_true(pair(NOBODY, firm).total == 0);
}

static void both_ends_see_the_same_total(void **state) {
    (void)state;
    for (uint32_t a = 0; a < FIRMS; a++)
        for (uint32_t b = 0; b < FIRMS; b++)
            assert_true(pair(a, b).total == pair(b, a).total);
}

static void scores_follow_their_definition(void **state) {
    (void)state;
    static struct market made;
    struct rng rng;
    rng_init(&rng, 5);
    for (int i = 0; i < MARKETS; i++) {
        double weight[MATCH_PARTS];
        struct match_index *index;
        struct match_finder *finder;
        struct errinfo info;
        market_weights(weight, &rng);
        market_make(&made, &rng);
        assert_ok(match_market_check(&made.of, &info), &info);
        assert_ok(match_index_new(&made.of, &index, &info), &info);
        assert_ok(match_finder_new(index, &finder, &info), &info);
        for (uint32_t a = 0; a < made.of.firms; a++)
            for (uint32_t b = 0; b < made.of.firms; b++) {
                double total, part[MATCH_PARTS];
                struct match_score score = match_score_pair(finder, weight, a, b);
                market_score(&made.of, weight, a, b, &total, part);
                for (int p = 0; p < MATCH_PARTS && a != b; p++)
                    if (fabs(score.part[p] - part[p]) > 1e-12)
                        fail_msg("market %d, %u and %u: %s is %.17g, by definition %.17g", i, a, b,
                                 match_part_code(p), score.part[p], part[p]);
                assert_true(fabs(score.total - total) < 1e-12);
            }
        match_finder_free(finder);
        match_index_free(index);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_declared_need_outweighs_the_link),
        cmocka_unit_test(a_need_that_follows_from_an_offer_is_met),
        cmocka_unit_test(an_inferred_offer_counts_less),
        cmocka_unit_test(rivals_with_nothing_to_exchange_score_nothing),
        cmocka_unit_test(a_firm_that_said_nothing_scores_nothing),
        cmocka_unit_test(both_ends_see_the_same_total),
        cmocka_unit_test(scores_follow_their_definition),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
