/* Candidates against a scan of all pairs, on markets made at random. */
#include "unit.h"

#include <string.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/match/candidates.h"

enum { FIRMS_MAX = 60, NODES_MAX = 12, PER_FIRM = 4, PER_NODE = 6, MARKETS = 300 };

struct made {
    struct match_market market;
    size_t offset[MATCH_SIDES][FIRMS_MAX + 1], relation_offset[NODES_MAX + 1];
    uint32_t node[MATCH_SIDES][FIRMS_MAX * PER_FIRM];
    uint8_t basis[MATCH_SIDES][FIRMS_MAX * PER_FIRM];
    struct match_relation relation[NODES_MAX * PER_NODE];
};

static void make_claims(struct made *m, int side, struct rng *rng) {
    size_t count = 0;
    for (uint32_t f = 0; f < m->market.firms; f++) {
        uint32_t room = (uint32_t)rng_below(rng, PER_FIRM + 1);
        m->offset[side][f] = count;
        for (uint32_t n = 0; n < m->market.nodes && room > 0; n++)
            if (rng_below(rng, 4) == 0) {
                m->node[side][count] = n;
                m->basis[side][count++] = (uint8_t)rng_below(rng, MATCH_BASES);
                room--;
            }
    }
    m->offset[side][m->market.firms] = count;
    m->market.claims[side] =
        (struct match_claims){m->offset[side], m->node[side], m->basis[side], NULL};
}

static void make(struct made *m, struct rng *rng) {
    memset(m, 0, sizeof(*m));
    m->market.firms = 1 + (uint32_t)rng_below(rng, FIRMS_MAX);
    m->market.nodes = 1 + (uint32_t)rng_below(rng, NODES_MAX);
    make_claims(m, MATCH_OFFERS, rng);
    make_claims(m, MATCH_NEEDS, rng);
    size_t count = 0;
    for (uint32_t n = 0; n < m->market.nodes; n++) {
        m->relation_offset[n] = count;
        for (uint64_t left = rng_below(rng, PER_NODE); left > 0; left--)
            m->relation[count++] = (struct match_relation){
                (uint32_t)rng_below(rng, m->market.nodes), (uint8_t)rng_below(rng, MATCH_SIDES),
                (uint8_t)rng_below(rng, MATCH_KINDS)};
    }
    m->relation_offset[m->market.nodes] = count;
    m->market.relation_offset = m->relation_offset;
    m->market.relation = m->relation;
}

static int better_first(const void *a, const void *b) {
    const struct match_candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    return (x->firm > y->firm) - (x->firm < y->firm);
}

static uint32_t scan(const struct match_market *m, struct match_finder *finder,
                     const double *weight, uint32_t firm, struct match_candidate *out) {
    uint32_t count = 0;
    for (uint32_t other = 0; other < m->firms; other++) {
        double score = other != firm ? match_score_pair(finder, weight, firm, other).total : 0;
        if (score > 0)
            out[count++] = (struct match_candidate){other, score};
    }
    qsort(out, count, sizeof(*out), better_first);
    return count;
}

static void compare_market(const struct made *m, const double *weight, uint32_t most) {
    struct errinfo info = {0};
    struct match_index *index;
    struct match_finder *finder;
    struct match_candidate all[FIRMS_MAX], found[FIRMS_MAX];
    assert_ok(match_index_new(&m->market, &index, &info), &info);
    assert_ok(match_finder_new(index, &finder, &info), &info);
    for (uint32_t f = 0; f < m->market.firms; f++) {
        uint32_t expected = scan(&m->market, finder, weight, f, all);
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
    struct made made;
    rng_init(&rng, 20261125);
    for (int i = 0; i < MARKETS; i++) {
        double weight[MATCH_PARTS];
        for (int p = 0; p < MATCH_PARTS; p++)
            weight[p] = (double)rng_below(&rng, 11) / 10;
        make(&made, &rng);
        compare_market(&made, weight, 1 + (uint32_t)rng_below(&rng, 8));
    }
}

static void short_memory_is_told(void **state) {
    (void)state;
    struct rng rng;
    struct made made;
    struct errinfo info = {0};
    struct match_index *index = NULL;
    struct match_finder *finder = NULL;
    long fails = 0;
    rng_init(&rng, 1);
    make(&made, &rng);
    for (enum err code = ERR_MEMORY; code != ERR_OK; fails++) {
        mem_fail_after(fails);
        code = match_index_new(&made.market, &index, &info);
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
        cmocka_unit_test(short_memory_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
