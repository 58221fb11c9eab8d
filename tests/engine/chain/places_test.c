#include "small.h"

#include <math.h>

#include "base/mem.h"
#include "engine/chain/cut.h"

static struct small s;

static void setup(uint32_t nodes) {
    memset(&s, 0, sizeof(s));
    s.graph.nodes = nodes;
    s.reg.countries = 1;
    s.reg.complete = true;
}

static uint32_t firm(void) {
    return small_exhibitor(&s, 0, CHAIN_SIZE_LARGE, CHAIN_DOMESTIC);
}

/* Nodes 0 -> 1 -> ... -> last, all in chain 0, the last one final. */
static void setup_line(uint32_t nodes, const uint8_t *stage) {
    setup(nodes);
    for (uint32_t i = 0; i < nodes; i++)
        small_member(&s, 0, i, stage[i], CHAIN_CORE);
    for (uint32_t i = 0; i + 1 < nodes; i++)
        small_link(&s, i, i + 1, CHAIN_ESSENTIAL, 0);
    small_final(&s, 0, nodes - 1);
}

static const struct chain_place *place_of(const struct chain_report *r, uint32_t chain,
                                          uint32_t node) {
    for (uint32_t i = 0; i < r->chain[chain].places; i++)
        if (r->place[r->chain[chain].place_first + i].node == node)
            return &r->place[r->chain[chain].place_first + i];
    return NULL;
}

static void unknown_stages_are_cut_where_the_organisers_stages_fit(void **state) {
    setup_line(6, (const uint8_t[]){CHAIN_UPSTREAM, CHAIN_STAGE_UNKNOWN, CHAIN_MIDSTREAM,
                                    CHAIN_MIDSTREAM, CHAIN_STAGE_UNKNOWN, CHAIN_DOWNSTREAM});
    struct chain_report *r = small_analyse(&s);
    /* between levels 0 and 2, and 3 and 5: cuts at 1 and 4 */
    assert_true(fabs(r->chain[0].cut_midstream - 1) < 1e-9);
    assert_true(fabs(r->chain[0].cut_downstream - 4) < 1e-9);
    assert_int_equal(r->chain[0].cut_misfits, 0);
    assert_true(r->chain[0].incoherence < 1e-20);
    assert_false(r->place[0].stage_computed);
    assert_true(r->place[1].stage_computed);
    assert_true(r->place[4].stage_computed);
    assert_int_equal(r->place[5].stage, CHAIN_DOWNSTREAM);
    assert_int_equal(r->chain[0].nodes[CHAIN_STAGE_UNKNOWN], 0);
    chain_report_free(r);
}

static void stages_stay_unknown_without_any_of_the_organisers(void **state) {
    setup_line(3, (const uint8_t[]){3, 3, 3});
    struct chain_report *r = small_analyse(&s);
    assert_false(r->chain[0].cut_known);
    assert_int_equal(r->chain[0].nodes[CHAIN_STAGE_UNKNOWN], 3);
    assert_false(r->place[1].stage_computed);
    chain_report_free(r);
}

static void a_part_without_stages_is_not_cut_by_those_of_another(void **state) {
    setup_line(3, (const uint8_t[]){CHAIN_UPSTREAM, CHAIN_MIDSTREAM, CHAIN_DOWNSTREAM});
    s.graph.nodes = 5;
    small_member(&s, 0, 3, CHAIN_STAGE_UNKNOWN, CHAIN_CORE);
    small_member(&s, 0, 4, CHAIN_STAGE_UNKNOWN, CHAIN_CORE);
    small_link(&s, 3, 4, CHAIN_ESSENTIAL, 0);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(place_of(r, 0, 3)->stage, CHAIN_STAGE_UNKNOWN);
    assert_int_equal(place_of(r, 0, 4)->stage, CHAIN_STAGE_UNKNOWN);
    chain_report_free(r);
}

static void the_same_node_may_stand_elsewhere_in_another_chain(void **state) {
    setup_line(2, (const uint8_t[]){CHAIN_UPSTREAM, CHAIN_DOWNSTREAM});
    small_member(&s, 1, 1, CHAIN_MIDSTREAM, CHAIN_SHARED);
    struct chain_report *r = small_analyse(&s);
    struct chain_positions positions = chain_places_of(r, 1);
    assert_int_equal(positions.count, 2);
    assert_int_equal(r->place[positions.at[0]].stage, CHAIN_DOWNSTREAM);
    assert_int_equal(r->place[positions.at[1]].stage, CHAIN_MIDSTREAM);
    assert_int_equal(chain_of_place(r, positions.at[0]), 0);
    assert_int_equal(chain_of_place(r, positions.at[1]), 1);
    chain_report_free(r);
}

static void a_cut_meets_as_many_stages_as_any_pair_of_cuts(void **state) {
    for (uint64_t seed = 1; seed <= 500; seed++) {
        struct rng rng;
        rng_init(&rng, seed);
        double level[12];
        uint8_t stage[12];
        uint32_t count = 1 + rng_below(&rng, 12), met = 0;
        for (uint32_t i = 0; i < count; i++) {
            level[i] = rng_below(&rng, 8);
            stage[i] = (uint8_t)rng_below(&rng, 3);
        }
        for (int low = 0; low <= 8; low++)
            for (int high = low; high <= 8; high++) {
                uint32_t hits = 0;
                for (uint32_t i = 0; i < count; i++)
                    hits += stage[i] == (level[i] >= high ? 2 : level[i] >= low ? 1 : 0);
                met = hits > met ? hits : met;
            }
        struct chain_cut cut;
        uint32_t misfits = 0;
        assert_true(chain_fit_cut(count, level, stage, &cut));
        for (uint32_t i = 0; i < count; i++)
            misfits += stage[i] != chain_cut_stage(&cut, level[i]);
        if (cut.misfits != count - met || misfits != cut.misfits)
            fail_msg("seed %d: %u misfits, said %u, best %u", (int)seed, misfits, cut.misfits,
                     count - met);
    }
}

static void of_equal_cuts_the_widest_margin_is_taken(void **state) {
    const double level[] = {0, 1, 5, 6};
    const uint8_t stage[] = {CHAIN_UPSTREAM, CHAIN_DOWNSTREAM, CHAIN_UPSTREAM, CHAIN_DOWNSTREAM};
    struct chain_cut cut;
    assert_true(chain_fit_cut(4, level, stage, &cut));
    /* one node must be missed: {0 | 1, 5, 6} and {0, 1, 5 | 6} meet three each by a margin of 1; a
     * midstream between meets no more */
    assert_int_equal(cut.misfits, 1);
    assert_true(cut.midstream == cut.downstream);
    const uint8_t wide[] = {CHAIN_UPSTREAM, 3, 3, CHAIN_DOWNSTREAM};
    assert_true(chain_fit_cut(4, level, wide, &cut));
    assert_true(cut.downstream == 3);
}

static void depth_and_finals_follow_essential_links_inside_the_chain(void **state) {
    /* 0 -> 1 -> 2 (final), 1 -> 3 (final), 4 -> 2 optional, 5 outside -> 2, 2 -> 1 makes a cycle */
    setup(6);
    for (uint32_t i = 0; i < 5; i++)
        small_member(&s, 0, i, CHAIN_UPSTREAM, CHAIN_CORE);
    small_link(&s, 0, 1, CHAIN_ESSENTIAL, 0);
    small_link(&s, 1, 2, CHAIN_ESSENTIAL, 0);
    small_link(&s, 1, 3, CHAIN_ESSENTIAL, 0);
    small_link(&s, 4, 2, CHAIN_OPTIONAL, 0);
    small_link(&s, 5, 2, CHAIN_ESSENTIAL, 0);
    small_link(&s, 3, 1, CHAIN_ESSENTIAL, 0);
    small_final(&s, 0, 2);
    small_final(&s, 0, 3);
    small_final(&s, 0, 3);
    small_final(&s, 0, 5);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(r->chain[0].finals, 2);
    assert_int_equal(r->place[0].depth, 2);
    assert_int_equal(r->place[0].finals, 2);
    assert_int_equal(r->place[0].finals_at_risk, 2);
    assert_int_equal(r->place[3].finals, 2);
    assert_int_equal(r->place[2].finals, 1);
    assert_int_equal(r->place[4].depth, CHAIN_NONE);
    assert_int_equal(r->place[4].finals, 0);
    assert_int_equal(r->chain[0].links[CHAIN_ESSENTIAL], 4);
    assert_int_equal(r->chain[0].links[CHAIN_OPTIONAL], 1);
    chain_report_free(r);
}

static void an_offered_alternative_takes_the_risk_away(void **state) {
    setup(3);
    for (uint32_t i = 0; i < 3; i++)
        small_member(&s, 0, i, CHAIN_UPSTREAM, CHAIN_CORE);
    small_link(&s, 0, 2, CHAIN_ESSENTIAL, 1);
    small_link(&s, 1, 2, CHAIN_ESSENTIAL, 1);
    small_final(&s, 0, 2);
    small_offer(&s, firm(), 1);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(r->place[0].finals, 1);
    assert_int_equal(r->place[0].finals_at_risk, 0);
    assert_int_equal(r->place[1].finals_at_risk, 1);
    chain_report_free(r);
}

/* Oracle: whether `from` reaches `to` over essential links inside chain 0, by trying all steps. */
static bool reaches(const struct chain_report *r, uint32_t from, uint32_t to, bool at_risk) {
    bool seen[SMALL_NODES] = {false}, grown = true;
    seen[from] = true;
    while (grown) {
        grown = false;
        for (uint32_t l = 0; l < s.graph.links; l++)
            if (s.link_kind[l] == CHAIN_ESSENTIAL && seen[s.link_input[l]] &&
                !seen[s.link_output[l]] && place_of(r, 0, s.link_output[l]) != NULL &&
                !(at_risk && r->link[l].replaceable)) {
                seen[s.link_output[l]] = true;
                grown = true;
            }
    }
    return seen[to];
}

static void random_chains_agree_with_the_definitions(void **state) {
    for (uint64_t seed = 1; seed <= 150; seed++) {
        small_random(&s, seed);
        struct chain_report *r = small_analyse(&s);
        print_message("# seed %d\n", (int)seed);
        for (uint32_t i = 0; s.input.chains > 0 && i < r->chain[0].places; i++) {
            uint32_t finals = 0, at_risk = 0;
            for (uint32_t k = 0; k < s.chain[0].finals; k++) {
                finals += reaches(r, r->place[i].node, s.chain[0].final[k], false);
                at_risk += reaches(r, r->place[i].node, s.chain[0].final[k], true);
            }
            assert_int_equal(r->place[i].finals, finals);
            assert_int_equal(r->place[i].finals_at_risk, at_risk);
            assert_int_equal(r->place[i].depth != CHAIN_NONE, finals > 0);
        }
        for (uint32_t c = 0; c < s.input.chains; c++) {
            uint32_t exhibitors = 0;
            for (uint32_t e = 0; e < s.reg.exhibitors; e++) {
                struct chain_row row = chain_row(&r->offers_by_exhibitor, e);
                bool inside = false;
                for (size_t k = 0; k < row.count; k++)
                    inside = inside || place_of(r, c, row.at[k].of) != NULL;
                exhibitors += inside;
            }
            assert_int_equal(r->chain[c].exhibitors, exhibitors);
        }
        chain_report_free(r);
    }
}

static void gaps_come_by_importance_and_are_those_of_the_nodes(void **state) {
    for (uint64_t seed = 1; seed <= 100; seed++) {
        small_random(&s, seed);
        struct chain_report *r = small_analyse(&s);
        for (uint32_t c = 0; c < s.input.chains; c++) {
            const struct chain_summary *chain = &r->chain[c];
            size_t want = 0;
            for (uint32_t i = 0; i < chain->places; i++)
                for (int kind = 0; kind < CHAIN_GAP_KINDS; kind++)
                    want += r->node[r->place[chain->place_first + i].node].gap[kind] >=
                            CHAIN_GAP_NOT_IN_REGISTER;
            assert_int_equal(chain->gaps, want);
            for (size_t i = 0; i < chain->gaps; i++) {
                const struct chain_gap *gap = &r->gap[chain->gap_first + i];
                assert_true(gap->importance > 0 && gap->importance <= 1);
                assert_int_equal(gap->chain, c);
                assert_int_equal(gap->state, r->node[gap->node].gap[gap->kind]);
                assert_int_equal(gap->state,
                                 s.reg.complete ? CHAIN_GAP_STATED : CHAIN_GAP_NOT_IN_REGISTER);
                assert_true(i == 0 || gap[-1].importance >= gap->importance);
            }
        }
        chain_report_free(r);
    }
}

static void the_gap_that_more_hangs_on_comes_first(void **state) {
    setup_line(3, (const uint8_t[]){CHAIN_UPSTREAM, CHAIN_MIDSTREAM, CHAIN_DOWNSTREAM});
    s.graph.nodes = 4;
    small_member(&s, 0, 3, CHAIN_UPSTREAM, CHAIN_CORE); /* nothing hangs on it */
    small_offer(&s, firm(), 2);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(r->gap[0].node, 1); /* the maker of 2 waits for it */
    assert_int_equal(r->gap[0].waiting, 1);
    assert_int_equal(r->gap[1].node, 0);
    assert_true(r->gap[0].importance == 1);
    chain_report_free(r);
}

static void services_around_a_chain_are_its_own_and_those_linked_to_it(void **state) {
    setup(5);
    small_member(&s, 0, 0, CHAIN_UPSTREAM, CHAIN_CORE);
    small_member(&s, 0, 1, CHAIN_UPSTREAM, CHAIN_SERVICE);
    s.is_service[1] = s.is_service[2] = s.is_service[3] = 1;
    small_link(&s, 2, 0, CHAIN_CAPITAL, 0);
    small_link(&s, 0, 2, CHAIN_OPTIONAL, 0);
    small_link(&s, 4, 0, CHAIN_ESSENTIAL, 0); /* no service */
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(r->chain[0].ecosystems, 2);
    assert_int_equal(r->ecosystem[0], 1);
    assert_int_equal(r->ecosystem[1], 2);
    chain_report_free(r);
}

/* Node and exhibitor i become the i-th from the end; a part without connection is added. */
static void new_numbers_permute_the_report_and_change_nothing(void **state) {
    static struct small other;
    for (uint64_t seed = 1; seed <= 60; seed++) {
        small_random(&s, seed);
        other = s;
        uint32_t n = s.graph.nodes + 2, e = s.reg.exhibitors;
        other.graph.nodes = n;
        for (uint32_t i = 0; i < s.graph.links; i++) {
            other.link_input[i] = n - 1 - s.link_input[i];
            other.link_output[i] = n - 1 - s.link_output[i];
        }
        small_link(&other, 0, 1, CHAIN_ESSENTIAL, 0);
        memset(other.is_service, 0, sizeof(other.is_service));
        for (uint32_t i = 0; i < s.graph.nodes; i++)
            other.is_service[n - 1 - i] = s.is_service[i];
        for (uint32_t c = 0; c < s.input.chains; c++) {
            for (uint32_t i = 0; i < s.chain[c].members; i++)
                other.chain[c].node[i] = n - 1 - s.chain[c].node[i];
            for (uint32_t i = 0; i < s.chain[c].finals; i++)
                other.chain[c].final[i] = n - 1 - s.chain[c].final[i];
        }
        for (uint32_t i = 0; i < e; i++) {
            other.country[e - 1 - i] = s.country[i];
            other.size[e - 1 - i] = s.size[i];
            other.origin[e - 1 - i] = s.origin[i];
            other.weight[e - 1 - i] = s.weight[i];
        }
        for (size_t i = 0; i < s.offers.count; i++) {
            other.offers.exhibitor[i] = e - 1 - s.offers.exhibitor[i];
            other.offers.node[i] = n - 1 - s.offers.node[i];
        }
        for (size_t i = 0; i < s.needs.count; i++) {
            other.needs.exhibitor[i] = e - 1 - s.needs.exhibitor[i];
            other.needs.node[i] = n - 1 - s.needs.node[i];
        }
        other.past_offers.count = 0;
        struct chain_report *a = small_analyse(&s), *b = small_analyse(&other);
        for (uint32_t i = 0; i < s.graph.nodes; i++) {
            const struct chain_node *left = &a->node[i], *right = &b->node[n - 1 - i];
            assert_memory_equal(left->offers, right->offers, sizeof(left->offers));
            assert_memory_equal(left->needs, right->needs, sizeof(left->needs));
            assert_memory_equal(left->gap, right->gap, sizeof(left->gap));
            assert_int_equal(left->needs_open, right->needs_open);
            assert_true(fabs(left->hhi_country - right->hhi_country) < 1e-12);
        }
        for (uint32_t c = 0; c < s.input.chains; c++) {
            assert_int_equal(a->chain[c].exhibitors, b->chain[c].exhibitors);
            assert_int_equal(a->chain[c].cut_misfits, b->chain[c].cut_misfits);
            assert_true(fabs(a->chain[c].incoherence - b->chain[c].incoherence) < 1e-9);
            for (uint32_t i = 0; i < a->chain[c].places; i++) {
                const struct chain_place *left = &a->place[a->chain[c].place_first + i];
                const struct chain_place *right = &b->place[b->chain[c].place_first + i];
                assert_int_equal(left->depth, right->depth);
                assert_int_equal(left->finals_at_risk, right->finals_at_risk);
                assert_true(fabs(left->level - right->level) < 1e-9);
            }
        }
        chain_report_free(a);
        chain_report_free(b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_stages_are_cut_where_the_organisers_stages_fit),
        cmocka_unit_test(stages_stay_unknown_without_any_of_the_organisers),
        cmocka_unit_test(a_part_without_stages_is_not_cut_by_those_of_another),
        cmocka_unit_test(the_same_node_may_stand_elsewhere_in_another_chain),
        cmocka_unit_test(a_cut_meets_as_many_stages_as_any_pair_of_cuts),
        cmocka_unit_test(of_equal_cuts_the_widest_margin_is_taken),
        cmocka_unit_test(depth_and_finals_follow_essential_links_inside_the_chain),
        cmocka_unit_test(an_offered_alternative_takes_the_risk_away),
        cmocka_unit_test(random_chains_agree_with_the_definitions),
        cmocka_unit_test(gaps_come_by_importance_and_are_those_of_the_nodes),
        cmocka_unit_test(the_gap_that_more_hangs_on_comes_first),
        cmocka_unit_test(services_around_a_chain_are_its_own_and_those_linked_to_it),
        cmocka_unit_test(new_numbers_permute_the_report_and_change_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
