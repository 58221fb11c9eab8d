/* What is wrong with a market is told, each in its words. */
#include "unit.h"

#include <math.h>
#include <string.h>

#include "engine/match/score.h"
#include "markets.h"

static struct market made;

/* A market of two firms and two nodes in which everything is said. */
static void make(void) {
    struct market *m = &made;
    memset(m, 0, sizeof(*m));
    m->of = (struct match_market){.firms = 2,
                                  .nodes = 2,
                                  .relation_offset = m->relation_offset,
                                  .relation = m->relation,
                                  .firm = m->firm,
                                  .seek_offset = m->seek_offset,
                                  .seek = m->seek,
                                  .condition_offset = m->condition_offset,
                                  .condition = m->condition,
                                  .certificate_offset = m->certificate_offset,
                                  .certificate = m->certificate,
                                  .tie_offset = m->tie_offset,
                                  .tie = m->tie};
    for (int side = 0; side < MATCH_SIDES; side++) {
        m->of.claims[side] = (struct match_claims){m->claim_offset[side], m->node[side],
                                                   m->basis[side], m->quantity[side]};
        m->claim_offset[side][1] = m->claim_offset[side][2] = 2;
        m->node[side][1] = 1;
    }
    m->relation_offset[1] = m->relation_offset[2] = 1;
    m->seek_offset[1] = m->seek_offset[2] = 1;
    m->condition_offset[1] = m->condition_offset[2] = 1;
    m->certificate_offset[1] = m->certificate_offset[2] = 2;
    m->certificate[1] = 1;
    m->tie_offset[1] = 1;
    m->tie_offset[2] = 2;
    m->tie[0] = (struct match_tie){.firm = 1, .wish = 0.5F, .continuity = 1};
    m->tie[1] = (struct match_tie){.firm = 0, .continuity = 1};
}

static void assert_told(const char *words) {
    struct errinfo info = {0};
    assert_int_equal(match_market_check(&made.of, &info), ERR_INPUT);
    if (strstr(info.message, words) == NULL)
        fail_msg("'%s' does not say '%s'", info.message, words);
    make();
}

static void a_right_market_passes(void **state) {
    (void)state;
    struct errinfo info = {0};
    make();
    assert_ok(match_market_check(&made.of, &info), &info);
    made.of.firms = made.of.nodes = 0;
    memset(made.claim_offset, 0, sizeof(made.claim_offset));
    assert_ok(match_market_check(&made.of, &info), &info);
}

static void wrong_claims_are_told(void **state) {
    (void)state;
    make();
    made.claim_offset[MATCH_NEEDS][0] = 1;
    assert_told("needs: offsets begin with 1");
    made.claim_offset[MATCH_OFFERS][2] = 1;
    assert_told("offers: row 1 ends before it begins");
    made.of.claims[MATCH_OFFERS].offset = NULL;
    assert_told("offers: there are no offsets");
    made.of.claims[MATCH_NEEDS].basis = NULL;
    assert_told("needs: there is no basis");
    made.node[MATCH_OFFERS][1] = 2;
    assert_told("offers: firm 0 names node 2, there are 2");
    made.node[MATCH_NEEDS][1] = 0;
    assert_told("needs: nodes of firm 0 do not ascend at node 0");
    made.basis[MATCH_NEEDS][0] = MATCH_BASES;
    assert_told("needs: firm 0, node 0: 3 is no basis");
    made.quantity[MATCH_OFFERS][1] = (double)NAN;
    assert_told("offers: firm 0, node 1: nan is no quantity");
    made.quantity[MATCH_OFFERS][1] = -1;
    assert_told("offers: firm 0, node 1: -1 is no quantity");
}

static void wrong_relations_and_seeks_are_told(void **state) {
    (void)state;
    make();
    made.of.relation_offset = NULL;
    assert_told("relations: there are no offsets");
    made.of.relation = NULL;
    assert_told("relations: there are offsets and no rows");
    made.relation[0].node = 2;
    assert_told("relations: node 0 leads to node 2, there are 2");
    made.relation[0].kind = MATCH_KINDS;
    assert_told("relations: node 0: unknown side 0 or kind 7");
    made.seek[0].kind = MATCH_SEEK_KINDS;
    assert_told("seeks: firm 0: 8 is no kind");
    made.seek[0].node = 2;
    assert_told("seeks: firm 0 names node 2, there are 2");
}

static void wrong_conditions_are_told(void **state) {
    (void)state;
    make();
    made.condition[0].demand = MATCH_DEMANDS;
    assert_told("conditions: firm 0: unknown demand 3 or attribute 0");
    made.condition[0] = (struct match_condition){64, MATCH_MUST, MATCH_BY_LANGUAGE};
    assert_told("conditions: firm 0: language 64, there are 64");
    made.condition[0] = (struct match_condition){2, MATCH_MUST, MATCH_BY_FIRM};
    assert_told("conditions: firm 0 names firm 2, there are 2");
    made.certificate[1] = 0;
    assert_told("certificates: those of firm 0 do not ascend");
}

static void wrong_ties_are_told(void **state) {
    (void)state;
    make();
    made.tie[0].firm = 0;
    assert_told("ties: firm 0 names firm 0, there are 2");
    made.tie[0].wish = NAN;
    assert_told("ties: firms 0 and 1: wish nan and continuity 1 must be from 0 to 1");
    made.tie[1].continuity = 2;
    assert_told("ties: firms 1 and 0: wish 0 and continuity 2 must be from 0 to 1");
    made.tie[1].continuity = 0.5F;
    assert_told("ties: what firm 0 has with firm 1 does not stand in both rows");
    made.tie_offset[2] = 1;
    assert_told("ties: what firm 0 has with firm 1 does not stand in both rows");
}

static void weights_are_between_0_and_1(void **state) {
    (void)state;
    struct errinfo info = {0};
    double weight[MATCH_PARTS];
    for (int p = 0; p < MATCH_PARTS; p++)
        weight[p] = match_default_weight(p);
    assert_ok(match_weights_check(weight, &info), &info);
    weight[MATCH_RIVALRY] = 1.5;
    assert_int_equal(match_weights_check(weight, &info), ERR_INPUT);
    assert_string_equal(info.message, "the weight of rivalry is 1.5 and must be from 0 to 1");
    weight[MATCH_WISHES] = (double)NAN;
    assert_int_equal(match_weights_check(weight, &info), ERR_INPUT);
    assert_string_equal(info.message, "the weight of wishes is nan and must be from 0 to 1");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_market_passes),
        cmocka_unit_test(wrong_claims_are_told),
        cmocka_unit_test(wrong_relations_and_seeks_are_told),
        cmocka_unit_test(wrong_conditions_are_told),
        cmocka_unit_test(wrong_ties_are_told),
        cmocka_unit_test(weights_are_between_0_and_1),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
