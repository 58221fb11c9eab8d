/* Lists of candidates against lists made anew, on markets made at random. */
#include "unit.h"

#include "base/mem.h"
#include "engine/match/lists.h"
#include "markets.h"

enum { MARKETS = 300, CHANGES = 4 };

static struct market made;

static struct match_lists *lists_of(const double *weight, uint32_t most, uint32_t threads) {
    struct match_index *index;
    struct match_lists *lists;
    struct errinfo info;
    const struct job job = {.threads = threads};
    assert_ok(match_index_new(&made.of, &index, &info), &info);
    assert_ok(match_lists_new(index, weight, most, &job, &lists, &info), &info);
    match_index_free(index);
    return lists;
}

static bool list_is_same(const struct match_lists *x, const struct match_lists *y, uint32_t firm) {
    uint32_t x_count, y_count;
    const struct match_candidate *a = match_lists_of(x, firm, &x_count);
    const struct match_candidate *b = match_lists_of(y, firm, &y_count);
    bool is_same = x_count == y_count;
    for (uint32_t i = 0; i < x_count && is_same; i++)
        is_same = a[i].firm == b[i].firm && a[i].score == b[i].score;
    return is_same;
}

/* Gives the firm other claims of the same number, another country, other conditions and seeks. */
static void change(uint32_t firm, struct rng *rng) {
    struct market *m = &made;
    for (int side = 0; side < MATCH_SIDES; side++)
        for (size_t c = m->claim_offset[side][firm]; c < m->claim_offset[side][firm + 1]; c++) {
            bool is_first = c == m->claim_offset[side][firm];
            uint32_t low = is_first ? 0 : m->node[side][c - 1] + 1;
            uint32_t left = (uint32_t)(m->claim_offset[side][firm + 1] - c);
            m->node[side][c] = low + rng_below(rng, m->of.nodes - low - left + 1);
            m->basis[side][c] = (uint8_t)rng_below(rng, MATCH_BASES);
        }
    m->firm[firm].country = (uint16_t)rng_below(rng, MARKET_CODES);
    m->firm[firm].group = rng_below(rng, 3);
    for (size_t s = m->seek_offset[firm]; s < m->seek_offset[firm + 1]; s++)
        m->seek[s].node = rng_below(rng, m->of.nodes);
    for (size_t c = m->condition_offset[firm]; c < m->condition_offset[firm + 1]; c++)
        m->condition[c].demand = MATCH_NICE;
    for (size_t t = m->tie_offset[firm]; t < m->tie_offset[firm + 1]; t++)
        m->tie[t].wish = (float)rng_below(rng, 3) / 2;
}

static void change_once(struct match_lists *lists, const double *weight, uint32_t most,
                        struct rng *rng) {
    struct match_index *now;
    struct errinfo info;
    uint32_t changed[MARKET_FIRMS_MAX], count, at = 0, firm = rng_below(rng, made.of.firms);
    struct match_lists *before = lists_of(weight, most, 1);
    change(firm, rng);
    assert_ok(match_market_check(&made.of, &info), &info);
    struct match_lists *after = lists_of(weight, most, 1);
    assert_ok(match_index_new(&made.of, &now, &info), &info);
    assert_ok(match_lists_change(lists, now, firm, changed, &count, &info), &info);
    for (uint32_t f = 0; f < made.of.firms; f++) {
        assert_true(list_is_same(lists, after, f));
        bool is_told = at < count && changed[at] == f;
        assert_true(is_told == !list_is_same(before, after, f));
        at += is_told;
    }
    assert_int_equal(at, count);
    match_index_free(now);
    match_lists_free(before);
    match_lists_free(after);
}

static void one_change_gives_the_lists_of_the_new_market(void **state) {
    (void)state;
    struct rng rng;
    rng_init(&rng, 11);
    for (int i = 0; i < MARKETS; i++) {
        double weight[MATCH_PARTS];
        uint32_t most = i % 2 == 0 ? 1 + rng_below(&rng, 6) : MARKET_FIRMS_MAX;
        market_weights(weight, &rng);
        market_make(&made, &rng);
        struct match_lists *lists = lists_of(weight, most, 1);
        for (int k = 0; k < CHANGES; k++)
            change_once(lists, weight, most, &rng);
        match_lists_free(lists);
    }
}

/* One customer and suppliers that go over to what nobody needs, the best one first: lists that have
 * lost more than they keep are still those of the new market, and are told as changed. */
static void a_list_goes_on_when_its_best_drop_out(void **state) {
    (void)state;
    enum { FIRMS = 38, SHOWN = 3 }; /* so many that a search finds exactly what is kept */
    static const struct match_relation relation[] = {{0, MATCH_NEEDS, MATCH_SAME}};
    static const size_t relation_offset[] = {0, 1, 1};
    const double weight[MATCH_PARTS] = {0.5, 0.5};
    size_t offers[FIRMS + 1] = {0}, needs[FIRMS + 1] = {0};
    uint32_t node[FIRMS] = {0}, none[FIRMS] = {0}, changed[FIRMS], count;
    uint8_t basis[FIRMS] = {0};
    struct match_index *index;
    struct match_lists *lists, *anew;
    struct errinfo info;
    for (uint32_t f = 0; f < FIRMS; f++) {
        offers[f + 1] = offers[f] + (f > 0);
        needs[f + 1] = 1;
    }
    struct match_market market = {
        .firms = FIRMS,
        .nodes = 2,
        .claims = {{offers, node, basis, NULL}, {needs, none, basis, NULL}},
        .relation_offset = relation_offset,
        .relation = relation};
    assert_ok(match_index_new(&market, &index, &info), &info);
    assert_ok(match_lists_new(index, weight, SHOWN, NULL, &lists, &info), &info);
    match_index_free(index);
    for (uint32_t left = FIRMS - 1; left > 0; left--) {
        uint32_t first = match_lists_of(lists, 0, &count)->firm;
        assert_int_equal(count, left < SHOWN ? left : SHOWN);
        assert_int_equal(first, FIRMS - left);
        node[first - 1] = 1;
        assert_ok(match_index_new(&market, &index, &info), &info);
        assert_ok(match_lists_change(lists, index, first, changed, &count, &info), &info);
        assert_ok(match_lists_new(index, weight, SHOWN, NULL, &anew, &info), &info);
        assert_int_equal(count, 2);
        assert_int_equal(changed[0], 0);
        assert_int_equal(changed[1], first);
        for (uint32_t f = 0; f < FIRMS; f++)
            assert_true(list_is_same(lists, anew, f));
        match_lists_free(anew);
        match_index_free(index);
    }
    match_lists_free(lists);
}

/* The market of the tests is smaller than one block of a thread. */
static struct match_market wide;

static void make_wide(uint32_t firms) {
    static size_t offset[MATCH_SIDES][1001];
    static uint32_t node[MATCH_SIDES][2000];
    static uint8_t basis[2000];
    static const size_t relation_offset[] = {0, 1, 2, 3, 4};
    static const struct match_relation relation[] = {{0, MATCH_NEEDS, MATCH_SAME},
                                                     {1, MATCH_NEEDS, MATCH_SAME},
                                                     {3, MATCH_OFFERS, MATCH_ESSENTIAL},
                                                     {3, MATCH_NEEDS, MATCH_SAME}};
    for (uint32_t f = 0; f < firms; f++)
        for (uint32_t side = 0; side < MATCH_SIDES; side++) {
            offset[side][f + 1] = 2 * ((size_t)f + 1);
            node[side][2 * f] = f * (side + 1) % 2;
            node[side][2 * f + 1] = 2 + f / (side + 3) % 2;
            basis[2 * f] = (uint8_t)(f % MATCH_BASES);
        }
    wide = (struct match_market){
        .firms = firms,
        .nodes = 4,
        .claims = {{offset[0], node[0], basis, NULL}, {offset[1], node[1], basis, NULL}},
        .relation_offset = relation_offset,
        .relation = relation};
}

static void threads_do_not_change_the_lists(void **state) {
    (void)state;
    const double weight[MATCH_PARTS] = {0.5, 0.4, [MATCH_RIVALRY] = 0.3};
    struct match_index *index;
    struct errinfo info;
    make_wide(1000);
    assert_ok(match_market_check(&wide, &info), &info);
    assert_ok(match_index_new(&wide, &index, &info), &info);
    struct match_lists *lists[3];
    for (uint32_t t = 0; t < 3; t++) {
        const struct job job = {.threads = 1 + 3 * t};
        assert_ok(match_lists_new(index, weight, 20, &job, &lists[t], &info), &info);
    }
    for (uint32_t f = 0; f < wide.firms; f++)
        for (uint32_t t = 1; t < 3; t++)
            assert_true(list_is_same(lists[0], lists[t], f));
    for (uint32_t t = 0; t < 3; t++)
        match_lists_free(lists[t]);
    match_index_free(index);
}

static void a_stopped_job_gives_no_lists(void **state) {
    (void)state;
    const double weight[MATCH_PARTS] = {1};
    struct match_index *index;
    struct match_lists *lists;
    struct errinfo info;
    struct job job = {.threads = 1};
    make_wide(1000);
    assert_ok(match_index_new(&wide, &index, &info), &info);
    job_cancel(&job);
    assert_int_equal(match_lists_new(index, weight, 20, &job, &lists, &info), ERR_STOPPED);
    assert_null(lists);
    match_index_free(index);
}

static void short_memory_leaves_the_lists_as_they_were(void **state) {
    (void)state;
    const double weight[MATCH_PARTS] = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5};
    struct rng rng;
    struct match_index *now;
    struct errinfo info;
    uint32_t changed[MARKET_FIRMS_MAX], count;
    rng_init(&rng, 3);
    market_make(&made, &rng);
    struct match_lists *lists = lists_of(weight, 5, 1), *before = lists_of(weight, 5, 1);
    change(0, &rng);
    assert_ok(match_index_new(&made.of, &now, &info), &info);
    long fails = 0;
    for (enum err code = ERR_MEMORY; code != ERR_OK; fails++) {
        for (uint32_t f = 0; f < made.of.firms; f++)
            assert_true(list_is_same(lists, before, f));
        mem_fail_after(fails);
        code = match_lists_change(lists, now, 0, changed, &count, &info);
        mem_fail_after(-1);
        assert_true(code == ERR_OK || code == ERR_MEMORY);
    }
    assert_true(fails > 8);
    match_lists_free(before);
    before = NULL;
    fails = 0;
    for (enum err code = ERR_MEMORY; code != ERR_OK; fails++) {
        mem_fail_after(fails);
        code = match_lists_new(now, weight, 5, NULL, &before, &info);
        mem_fail_after(-1);
        assert_true(code == ERR_OK || (code == ERR_MEMORY && before == NULL));
    }
    assert_true(fails > 8);
    match_lists_free(before);
    match_lists_free(lists);
    match_index_free(now);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_change_gives_the_lists_of_the_new_market),
        cmocka_unit_test(a_list_goes_on_when_its_best_drop_out),
        cmocka_unit_test(threads_do_not_change_the_lists),
        cmocka_unit_test(a_stopped_job_gives_no_lists),
        cmocka_unit_test(short_memory_leaves_the_lists_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
