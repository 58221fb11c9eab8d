#include "small.h"

#include <math.h>

#include "base/mem.h"

enum { CN, DE, US };

static struct small s;

static void setup(uint32_t nodes) {
    memset(&s, 0, sizeof(s));
    s.graph.nodes = nodes;
    s.reg.countries = 3;
    s.reg.complete = true;
}

static uint32_t firm(uint32_t country) {
    return small_exhibitor(&s, country, CHAIN_SIZE_LARGE,
                           country == CN ? CHAIN_DOMESTIC : CHAIN_FOREIGN);
}

static void claims_are_counted_once_under_their_strongest_basis(void **state) {
    setup(2);
    uint32_t a = firm(CN), b = firm(DE);
    small_claim(&s.offers, a, 0, CHAIN_INFERRED);
    small_claim(&s.offers, a, 0, CHAIN_CONFIRMED);
    small_claim(&s.offers, a, 0, CHAIN_DECLARED);
    small_claim(&s.offers, b, 0, CHAIN_INFERRED);
    small_claim(&s.needs, b, 1, CHAIN_DECLARED);
    small_claim(&s.needs, b, 1, CHAIN_DECLARED);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(r->node[0].offers[CHAIN_INFERRED], 1);
    assert_int_equal(r->node[0].offers[CHAIN_DECLARED], 0);
    assert_int_equal(r->node[0].offers[CHAIN_CONFIRMED], 1);
    assert_int_equal(r->node[1].needs[CHAIN_DECLARED], 1);
    assert_int_equal(r->node[1].needs_open, 1);
    struct chain_row row = chain_row(&r->offers_by_node, 0);
    assert_int_equal(row.count, 2);
    assert_int_equal(row.at[0].of, a);
    assert_int_equal(row.at[0].basis, CHAIN_CONFIRMED);
    chain_report_free(r);
}

static void needs_follow_from_essential_inputs_and_stay_apart(void **state) {
    setup(4); /* 0, 1 essential, 2 optional -> 3 */
    small_link(&s, 0, 3, CHAIN_ESSENTIAL, 0);
    small_link(&s, 1, 3, CHAIN_ESSENTIAL, 0);
    small_link(&s, 2, 3, CHAIN_OPTIONAL, 0);
    uint32_t maker = firm(CN), supplier = firm(DE);
    small_offer(&s, maker, 3);
    small_offer(&s, supplier, 0);
    small_need(&s, maker, 1);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(r->node[0].needs[CHAIN_INFERRED], 1);
    assert_int_equal(r->node[0].needs_open, 0);
    assert_int_equal(r->node[1].needs[CHAIN_DECLARED], 1);
    assert_int_equal(r->node[1].needs[CHAIN_INFERRED], 0);
    assert_int_equal(r->node[1].needs_open, 1);
    assert_int_equal(chain_needs(&r->node[2]), 0);
    chain_report_free(r);
}

static void who_makes_the_input_itself_does_not_need_it(void **state) {
    setup(3); /* alternatives 0 and 1 -> 2 */
    small_link(&s, 0, 2, CHAIN_ESSENTIAL, 1);
    small_link(&s, 1, 2, CHAIN_ESSENTIAL, 1);
    uint32_t integrated = firm(CN);
    small_offer(&s, integrated, 2);
    small_offer(&s, integrated, 1);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(chain_needs(&r->node[0]), 0);
    assert_int_equal(chain_needs(&r->node[1]), 0);
    chain_report_free(r);
}

static void an_input_is_covered_by_any_of_its_alternatives(void **state) {
    setup(4); /* alternatives 0 and 1, and 3 alone -> 2 */
    uint32_t first = small_link(&s, 0, 2, CHAIN_ESSENTIAL, 7);
    uint32_t second = small_link(&s, 1, 2, CHAIN_ESSENTIAL, 7);
    uint32_t alone = small_link(&s, 3, 2, CHAIN_ESSENTIAL, 0);
    uint32_t maker = firm(CN), supplier = firm(DE);
    small_offer(&s, maker, 2);
    small_offer(&s, supplier, 1);
    struct chain_report *r = small_analyse(&s);
    assert_true(r->link[first].covered);
    assert_true(r->link[first].replaceable);
    assert_int_equal(r->link[first].live, CHAIN_NOT_LIVE);
    assert_true(r->link[second].covered);
    assert_false(r->link[second].replaceable);
    assert_int_equal(r->link[second].live, CHAIN_LIVE_DECLARED);
    assert_false(r->link[alone].covered);
    assert_int_equal(r->node[0].needs[CHAIN_INFERRED], 1);
    assert_int_equal(r->node[0].needs_open, 0);
    assert_int_equal(r->node[3].needs_open, 1);
    chain_report_free(r);
}

static void a_group_of_an_optional_link_is_no_alternative(void **state) {
    setup(3);
    uint32_t essential = small_link(&s, 0, 2, CHAIN_ESSENTIAL, 1);
    small_link(&s, 1, 2, CHAIN_OPTIONAL, 1);
    small_offer(&s, firm(CN), 2);
    small_offer(&s, firm(CN), 1);
    struct chain_report *r = small_analyse(&s);
    assert_false(r->link[essential].covered);
    assert_int_equal(r->node[0].needs_open, 1);
    chain_report_free(r);
}

static void a_link_is_as_live_as_its_weaker_end(void **state) {
    setup(2);
    small_link(&s, 0, 1, CHAIN_OPTIONAL, 0);
    uint32_t a = firm(CN);
    small_claim(&s.offers, a, 0, CHAIN_CONFIRMED);
    small_claim(&s.offers, a, 1, CHAIN_INFERRED);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(r->link[0].live, CHAIN_LIVE_INFERRED);
    chain_report_free(r);
}

static void concentration_is_the_sum_of_squared_shares(void **state) {
    setup(1);
    uint32_t a = firm(CN), b = firm(CN), c = firm(DE), d = firm(CHAIN_NONE);
    s.weight[a] = 2;
    for (uint32_t e = a; e <= d; e++)
        small_offer(&s, e, 0);
    (void)b;
    (void)c;
    struct chain_report *r = small_analyse(&s);
    assert_true(fabs(r->node[0].hhi_firm - 7.0 / 25) < 1e-15);
    assert_true(fabs(r->node[0].hhi_country - 10.0 / 16) < 1e-15);
    assert_int_equal(r->node[0].countries, 2);
    assert_int_equal(r->node[0].country_unknown, 1);
    chain_report_free(r);
}

static void gaps_are_stated_only_in_a_complete_register(void **state) {
    setup(2);
    small_offer(&s, firm(CN), 0);
    struct chain_report *r = small_analyse(&s);
    const uint8_t *gap = r->node[0].gap;
    assert_int_equal(r->node[1].gap[CHAIN_GAP_NO_EXHIBITOR], CHAIN_GAP_STATED);
    assert_int_equal(r->node[1].gap[CHAIN_GAP_NO_SMALL_FIRM], CHAIN_GAP_ABSENT);
    assert_int_equal(gap[CHAIN_GAP_NO_EXHIBITOR], CHAIN_GAP_ABSENT);
    assert_int_equal(gap[CHAIN_GAP_ONE_SOURCE], CHAIN_GAP_STATED);
    assert_int_equal(gap[CHAIN_GAP_ONE_COUNTRY], CHAIN_GAP_STATED);
    assert_int_equal(gap[CHAIN_GAP_NO_SMALL_FIRM], CHAIN_GAP_STATED);
    assert_int_equal(gap[CHAIN_GAP_NO_FOREIGN], CHAIN_GAP_STATED);
    assert_int_equal(gap[CHAIN_GAP_NO_DOMESTIC], CHAIN_GAP_ABSENT);
    assert_int_equal(gap[CHAIN_GAP_ONLY_INFERRED], CHAIN_GAP_ABSENT);
    chain_report_free(r);
    s.reg.complete = false;
    r = small_analyse(&s);
    assert_int_equal(r->node[1].gap[CHAIN_GAP_NO_EXHIBITOR], CHAIN_GAP_NOT_IN_REGISTER);
    assert_int_equal(r->node[0].gap[CHAIN_GAP_NO_FOREIGN], CHAIN_GAP_NOT_IN_REGISTER);
    chain_report_free(r);
}

static void an_unknown_fact_makes_a_gap_unknown_not_stated(void **state) {
    setup(1);
    small_offer(&s, small_exhibitor(&s, DE, CHAIN_SIZE_LARGE, CHAIN_FOREIGN), 0);
    small_offer(&s, small_exhibitor(&s, CHAIN_NONE, CHAIN_SIZE_UNKNOWN, CHAIN_ORIGIN_UNKNOWN), 0);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(r->node[0].gap[CHAIN_GAP_ONE_COUNTRY], CHAIN_GAP_UNKNOWN);
    assert_int_equal(r->node[0].gap[CHAIN_GAP_NO_SMALL_FIRM], CHAIN_GAP_UNKNOWN);
    assert_int_equal(r->node[0].gap[CHAIN_GAP_NO_DOMESTIC], CHAIN_GAP_UNKNOWN);
    assert_int_equal(r->node[0].gap[CHAIN_GAP_NO_FOREIGN], CHAIN_GAP_ABSENT);
    chain_report_free(r);
}

static void offers_that_nobody_stated_are_a_gap_of_their_own(void **state) {
    setup(1);
    small_claim(&s.offers, firm(CN), 0, CHAIN_INFERRED);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(r->node[0].gap[CHAIN_GAP_ONLY_INFERRED], CHAIN_GAP_STATED);
    assert_int_equal(r->node[0].gap[CHAIN_GAP_NO_EXHIBITOR], CHAIN_GAP_ABSENT);
    chain_report_free(r);
}

static void wrong_indices_are_refused_with_words(void **state) {
    struct errinfo info = {0};
    struct chain_report *r = NULL;
    setup(2);
    small_offer(&s, firm(CN), 2);
    assert_int_equal(chain_analyse(small_input(&s), NULL, &r, &info), ERR_INPUT);
    assert_non_null(strstr(info.message, "offer's node 0"));
    setup(2);
    small_link(&s, 0, 1, 3, 0);
    assert_int_equal(chain_analyse(small_input(&s), NULL, &r, &info), ERR_INPUT);
    setup(2);
    small_member(&s, 0, 1, CHAIN_UPSTREAM, CHAIN_CORE);
    small_member(&s, 0, 1, CHAIN_UPSTREAM, CHAIN_CORE);
    assert_int_equal(chain_analyse(small_input(&s), NULL, &r, &info), ERR_INPUT);
    setup(2);
    s.weight[firm(CN)] = NAN;
    assert_int_equal(chain_analyse(small_input(&s), NULL, &r, &info), ERR_INPUT);
    assert_null(r);
}

/* ---- a random edition against definitions worked out the slow way ---- */

static int offer_basis(uint32_t exhibitor, uint32_t node) { /* -1 = does not offer */
    int best = -1;
    for (size_t i = 0; i < s.offers.count; i++)
        if (s.offers.exhibitor[i] == exhibitor && s.offers.node[i] == node &&
            s.offers.basis[i] > best)
            best = s.offers.basis[i];
    return best;
}

static bool offered_by_other(uint32_t node, uint32_t exhibitor) {
    for (uint32_t e = 0; e < s.reg.exhibitors; e++)
        if (e != exhibitor && offer_basis(e, node) >= 0)
            return true;
    return false;
}

/* Whether `other` can stand in for `link` (or is it). */
static bool stands_in(uint32_t link, uint32_t other) {
    return link == other ||
           (s.link_output[link] == s.link_output[other] && s.link_group[link] != 0 &&
            s.link_group[link] == s.link_group[other] && s.link_kind[other] == CHAIN_ESSENTIAL);
}

/* -1 = no need; else basis, and whether it is open. */
static int need_basis(uint32_t exhibitor, uint32_t node, bool *open) {
    int best = -1;
    for (size_t i = 0; i < s.needs.count; i++)
        if (s.needs.exhibitor[i] == exhibitor && s.needs.node[i] == node && s.needs.basis[i] > best)
            best = s.needs.basis[i];
    *open = best >= 0 && !offered_by_other(node, exhibitor);
    if (best >= 0)
        return best;
    for (uint32_t l = 0; l < s.graph.links; l++) {
        if (s.link_input[l] != node || s.link_kind[l] != CHAIN_ESSENTIAL ||
            offer_basis(exhibitor, s.link_output[l]) < 0)
            continue;
        bool own = false, others = false;
        for (uint32_t k = 0; k < s.graph.links; k++)
            if (stands_in(l, k)) {
                own = own || offer_basis(exhibitor, s.link_input[k]) >= 0;
                others = others || offered_by_other(s.link_input[k], exhibitor);
            }
        if (!own) {
            best = CHAIN_INFERRED;
            *open = *open || !others;
        }
    }
    return best;
}

static void check_node(const struct chain_report *r, uint32_t node) {
    struct chain_node want = {0};
    double weight[4] = {0}, sum = 0, known = 0;
    for (uint32_t e = 0; e < s.reg.exhibitors; e++) {
        bool open = false;
        int basis = offer_basis(e, node), need = need_basis(e, node, &open);
        if (need >= 0) {
            want.needs[need]++;
            want.needs_open += open;
        }
        if (basis < 0)
            continue;
        want.offers[basis]++;
        want.small_medium += s.size[e] == CHAIN_SIZE_SMALL || s.size[e] == CHAIN_SIZE_MEDIUM;
        want.size_unknown += s.size[e] == CHAIN_SIZE_UNKNOWN;
        want.domestic += s.origin[e] == CHAIN_DOMESTIC;
        want.foreign += s.origin[e] == CHAIN_FOREIGN;
        want.country_unknown += s.country[e] == CHAIN_NONE;
        want.hhi_firm += s.weight[e] * s.weight[e];
        sum += s.weight[e];
        if (s.country[e] != CHAIN_NONE) {
            want.countries += weight[s.country[e]] == 0;
            weight[s.country[e]] += s.weight[e];
            known += s.weight[e];
        }
    }
    const struct chain_node *got = &r->node[node];
    assert_memory_equal(got->offers, want.offers, sizeof(want.offers));
    assert_memory_equal(got->needs, want.needs, sizeof(want.needs));
    assert_int_equal(got->needs_open, want.needs_open);
    assert_int_equal(got->small_medium, want.small_medium);
    assert_int_equal(got->size_unknown, want.size_unknown);
    assert_int_equal(got->domestic, want.domestic);
    assert_int_equal(got->foreign, want.foreign);
    assert_int_equal(got->countries, want.countries);
    assert_int_equal(got->country_unknown, want.country_unknown);
    if (sum > 0)
        assert_true(fabs(got->hhi_firm - want.hhi_firm / (sum * sum)) < 1e-12);
    double squares = weight[0] * weight[0] + weight[1] * weight[1] + weight[2] * weight[2];
    if (known > 0)
        assert_true(fabs(got->hhi_country - squares / (known * known)) < 1e-12);
    else
        assert_true(got->hhi_country == 0);
}

static void check_tables(const struct chain_report *r) {
    for (uint32_t e = 0; e < s.reg.exhibitors; e++) {
        size_t offers = 0, needs = 0;
        struct chain_row offer_row = chain_row(&r->offers_by_exhibitor, e);
        struct chain_row need_row = chain_row(&r->needs_by_exhibitor, e);
        for (uint32_t node = 0; node < s.graph.nodes; node++) {
            bool open = false;
            int basis = offer_basis(e, node), need = need_basis(e, node, &open);
            if (basis >= 0) {
                assert_true(offers < offer_row.count);
                assert_int_equal(offer_row.at[offers].of, node);
                assert_int_equal(offer_row.at[offers++].basis, basis);
            }
            if (need >= 0) {
                assert_true(needs < need_row.count);
                assert_int_equal(need_row.at[needs].of, node);
                assert_int_equal(need_row.at[needs].open, open);
                assert_int_equal(need_row.at[needs++].basis, need);
            }
        }
        assert_int_equal(offers, offer_row.count);
        assert_int_equal(needs, need_row.count);
    }
}

static void check_links(const struct chain_report *r) {
    for (uint32_t l = 0; l < s.graph.links; l++) {
        int at_input = -1, at_output = -1;
        bool covered = false, replaceable = false;
        for (uint32_t e = 0; e < s.reg.exhibitors; e++) {
            int input = offer_basis(e, s.link_input[l]), output = offer_basis(e, s.link_output[l]);
            at_input = input > at_input ? input : at_input;
            at_output = output > at_output ? output : at_output;
            for (uint32_t k = 0; k < s.graph.links; k++)
                if (k == l || (stands_in(l, k) && s.link_kind[l] == CHAIN_ESSENTIAL)) {
                    bool offered = offer_basis(e, s.link_input[k]) >= 0;
                    covered = covered || offered;
                    replaceable = replaceable || (offered && s.link_input[k] != s.link_input[l]);
                }
        }
        assert_int_equal(r->link[l].live, 1 + (at_input < at_output ? at_input : at_output));
        assert_int_equal(r->link[l].covered, covered);
        assert_int_equal(r->link[l].replaceable, replaceable);
    }
}

static void random_editions_agree_with_the_definitions(void **state) {
    for (uint64_t seed = 1; seed <= 300; seed++) {
        small_random(&s, seed);
        struct job job = {.threads = (uint32_t)(seed % 3)};
        struct chain_report *r = NULL;
        struct errinfo info = {0};
        print_message("# seed %d\n", (int)seed);
        assert_ok(chain_analyse(small_input(&s), &job, &r, &info), &info);
        for (uint32_t node = 0; node < s.graph.nodes; node++)
            check_node(r, node);
        check_tables(r);
        check_links(r);
        chain_report_free(r);
    }
}

static void an_edition_of_nothing_gives_an_empty_report(void **state) {
    setup(0);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(r->offers_by_exhibitor.rows, 0);
    chain_report_free(r);
}

static void memory_short_at_any_allocation_gives_an_error_and_no_leak(void **state) {
    small_random(&s, 5);
    struct job job = {.threads = 2};
    for (long allowed = 0;; allowed++) {
        struct chain_report *r = NULL;
        struct errinfo info = {0};
        mem_fail_after(allowed);
        enum err err = chain_analyse(small_input(&s), &job, &r, &info);
        mem_fail_after(-1);
        if (err == ERR_OK) {
            assert_true(allowed > 10);
            chain_report_free(r);
            return;
        }
        assert_int_equal(err, ERR_MEMORY);
        assert_null(r);
    }
}

static void a_cancelled_analysis_stops(void **state) {
    small_random(&s, 6);
    while (s.reg.exhibitors == 0)
        firm(CN);
    struct job job = {0};
    struct chain_report *r = NULL;
    struct errinfo info = {0};
    job_cancel(&job);
    assert_int_equal(chain_analyse(small_input(&s), &job, &r, &info), ERR_STOPPED);
    assert_null(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_are_counted_once_under_their_strongest_basis),
        cmocka_unit_test(needs_follow_from_essential_inputs_and_stay_apart),
        cmocka_unit_test(who_makes_the_input_itself_does_not_need_it),
        cmocka_unit_test(an_input_is_covered_by_any_of_its_alternatives),
        cmocka_unit_test(a_group_of_an_optional_link_is_no_alternative),
        cmocka_unit_test(a_link_is_as_live_as_its_weaker_end),
        cmocka_unit_test(concentration_is_the_sum_of_squared_shares),
        cmocka_unit_test(gaps_are_stated_only_in_a_complete_register),
        cmocka_unit_test(an_unknown_fact_makes_a_gap_unknown_not_stated),
        cmocka_unit_test(offers_that_nobody_stated_are_a_gap_of_their_own),
        cmocka_unit_test(wrong_indices_are_refused_with_words),
        cmocka_unit_test(random_editions_agree_with_the_definitions),
        cmocka_unit_test(an_edition_of_nothing_gives_an_empty_report),
        cmocka_unit_test(memory_short_at_any_allocation_gives_an_error_and_no_leak),
        cmocka_unit_test(a_cancelled_analysis_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
