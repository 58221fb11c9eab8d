#include "small.h"

#include "base/mem.h"
#include "engine/chain/chain_ask.h"

static struct small s;
static struct chain_candidate found[16];

static void setup(uint32_t nodes) {
    memset(&s, 0, sizeof(s));
    s.graph.nodes = nodes;
    s.reg.countries = 3;
    s.reg.complete = true;
}

static uint32_t firm(uint32_t country) {
    return small_exhibitor(&s, country, CHAIN_SIZE_LARGE,
                           country == 0 ? CHAIN_DOMESTIC : CHAIN_FOREIGN);
}

static size_t ask(const struct chain_report *r, uint32_t node, enum chain_gap_kind kind,
                  size_t max) {
    size_t count = 0;
    struct errinfo info = {0};
    assert_ok(chain_candidates(r, node, kind, found, max, &count, &info), &info);
    return count;
}

/* Node 2 is missing: 2 -> 4 with alternative 3; 1 -> 4; 0 -> 2. */
static void setup_gap(void) {
    setup(5);
    small_link(&s, 0, 2, CHAIN_ESSENTIAL, 0);
    small_link(&s, 1, 4, CHAIN_ESSENTIAL, 0);
    small_link(&s, 2, 4, CHAIN_ESSENTIAL, 1);
    small_link(&s, 3, 4, CHAIN_ESSENTIAL, 1);
}

static void candidates_come_by_the_strength_of_their_reason(void **state) {
    setup_gap();
    uint32_t input = firm(0), sibling = firm(0), alternative = firm(0), output = firm(1);
    uint32_t partner = firm(0), again = firm(0);
    small_offer(&s, input, 0);
    small_offer(&s, sibling, 1);
    small_offer(&s, alternative, 3);
    small_offer(&s, output, 4);
    s.lead[partner] = output;
    uint32_t gone = small_past(&s, 0, CHAIN_SIZE_LARGE, CHAIN_DOMESTIC, CHAIN_NONE);
    uint32_t back = small_past(&s, 0, CHAIN_SIZE_LARGE, CHAIN_DOMESTIC, again);
    small_past_offer(&s, gone, 2, 1);
    small_past_offer(&s, back, 2, 3);
    small_past_offer(&s, back, 2, 3);
    small_past_offer(&s, back, 2, 2);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(ask(r, 2, CHAIN_GAP_NO_EXHIBITOR, 16), 7);
    assert_int_equal(found[0].exhibitor, again);
    assert_int_equal(found[0].edition, 3);
    assert_int_equal(found[0].evidences, 2);
    assert_int_equal(found[1].exhibitor, CHAIN_NONE);
    assert_int_equal(found[1].organisation, gone);
    assert_int_equal(found[1].reason, CHAIN_REASON_OFFERED_EARLIER);
    assert_int_equal(found[2].exhibitor, partner);
    assert_int_equal(found[2].reason, CHAIN_REASON_LEADER_PARTNER);
    assert_int_equal(found[2].lead, output);
    assert_int_equal(found[3].exhibitor, alternative);
    assert_int_equal(found[3].evidence, 3);
    assert_int_equal(found[4].exhibitor, sibling);
    assert_int_equal(found[4].reason, CHAIN_REASON_SAME_OUTPUT);
    assert_int_equal(found[5].exhibitor, input);
    assert_int_equal(found[6].exhibitor, output);
    assert_int_equal(ask(r, 2, CHAIN_GAP_NO_EXHIBITOR, 3), 3);
    assert_int_equal(found[2].exhibitor, partner);
    assert_int_equal(ask(r, 2, CHAIN_GAP_NO_EXHIBITOR, 0), 0);
    chain_report_free(r);
}

static void candidates_are_of_the_kind_that_the_gap_lacks(void **state) {
    setup_gap();
    uint32_t now = firm(0), here = firm(0), abroad = firm(1);
    uint32_t unknown = small_exhibitor(&s, CHAIN_NONE, CHAIN_SIZE_SMALL, CHAIN_ORIGIN_UNKNOWN);
    small_offer(&s, now, 2);
    small_offer(&s, now, 0);
    small_offer(&s, here, 0);
    small_offer(&s, abroad, 0);
    small_offer(&s, unknown, 0);
    struct chain_report *r = small_analyse(&s);
    assert_int_equal(ask(r, 2, CHAIN_GAP_ONE_SOURCE, 16), 3); /* not who offers it now */
    assert_int_equal(ask(r, 2, CHAIN_GAP_NO_FOREIGN, 16), 1);
    assert_int_equal(found[0].exhibitor, abroad);
    assert_int_equal(ask(r, 2, CHAIN_GAP_ONE_COUNTRY, 16), 1);
    assert_int_equal(found[0].exhibitor, abroad);
    assert_int_equal(ask(r, 2, CHAIN_GAP_NO_SMALL_FIRM, 16), 1);
    assert_int_equal(found[0].exhibitor, unknown);
    chain_report_free(r);
}

static void candidates_keep_their_promises_on_random_editions(void **state) {
    for (uint64_t seed = 1; seed <= 100; seed++) {
        small_random(&s, seed);
        struct chain_report *r = small_analyse(&s);
        print_message("# seed %d\n", (int)seed);
        for (uint32_t node = 0; node < s.graph.nodes; node++) {
            size_t count = ask(r, node, CHAIN_GAP_NO_EXHIBITOR, 16);
            for (size_t i = 0; i < count; i++) {
                assert_true(i == 0 || found[i - 1].reason <= found[i].reason);
                for (size_t k = 0; k < s.offers.count && found[i].exhibitor != CHAIN_NONE; k++)
                    assert_false(s.offers.exhibitor[k] == found[i].exhibitor &&
                                 s.offers.node[k] == node);
                for (size_t k = 0; k < i; k++)
                    assert_false(found[k].exhibitor == found[i].exhibitor &&
                                 (found[i].exhibitor != CHAIN_NONE ||
                                  found[k].organisation == found[i].organisation));
                bool shown = found[i].reason == CHAIN_REASON_LEADER_PARTNER;
                for (size_t k = 0; k < s.offers.count; k++)
                    shown = shown || (s.offers.exhibitor[k] == found[i].exhibitor &&
                                      s.offers.node[k] == found[i].evidence);
                for (size_t k = 0; k < s.past_offers.count; k++)
                    shown = shown || (s.past_offers.exhibitor[k] == found[i].organisation &&
                                      s.past_offers.node[k] == node);
                assert_true(shown);
            }
        }
        chain_report_free(r);
    }
}

static struct chain_neighbours neighbours(const struct chain_report *r, uint32_t exhibitor,
                                          enum chain_direction direction, uint32_t chain) {
    struct chain_neighbours out;
    struct errinfo info = {0};
    assert_ok(chain_find_neighbours(r, exhibitor, direction, chain, &out, &info), &info);
    return out;
}

static void neighbours_stand_up_and_down_by_link_and_by_statement(void **state) {
    setup(3); /* 0 essential -> 1, 2 optional -> 1 */
    small_link(&s, 0, 1, CHAIN_ESSENTIAL, 0);
    small_link(&s, 2, 1, CHAIN_OPTIONAL, 0);
    uint32_t maker = firm(0), essential = firm(0), optional = firm(0), asked = firm(0);
    small_offer(&s, maker, 1);
    small_claim(&s.offers, essential, 0, CHAIN_INFERRED);
    small_offer(&s, optional, 2);
    small_offer(&s, asked, 2);
    small_need(&s, asked, 1);
    small_need(&s, maker, 2);
    struct chain_report *r = small_analyse(&s);
    struct chain_neighbours up = neighbours(r, maker, CHAIN_UP, CHAIN_NONE);
    assert_int_equal(up.count, 3);
    assert_int_equal(up.at[0].exhibitor, optional);
    assert_int_equal(up.at[0].said, 1);
    assert_int_equal(up.at[0].links[CHAIN_OPTIONAL], 1);
    assert_int_equal(up.at[0].used_in, CHAIN_NONE);
    assert_int_equal(up.at[2].exhibitor, essential);
    assert_int_equal(up.at[2].supplied, 0);
    assert_int_equal(up.at[2].used_in, 1);
    assert_int_equal(up.at[2].basis, CHAIN_INFERRED);
    chain_neighbours_release(&up);
    struct chain_neighbours down = neighbours(r, maker, CHAIN_DOWN, CHAIN_NONE);
    assert_int_equal(down.count, 1);
    assert_int_equal(down.at[0].exhibitor, asked);
    assert_int_equal(down.at[0].supplied, 1);
    chain_neighbours_release(&down);
    chain_report_free(r);
}

static bool has(const struct small_claims *claims, uint32_t exhibitor, uint32_t node) {
    for (size_t i = 0; i < claims->count; i++)
        if (claims->exhibitor[i] == exhibitor && claims->node[i] == node)
            return true;
    return false;
}

static bool says_needs(uint32_t exhibitor, uint32_t node) {
    for (size_t i = 0; i < s.needs.count; i++)
        if (s.needs.exhibitor[i] == exhibitor && s.needs.node[i] == node &&
            s.needs.basis[i] != CHAIN_INFERRED)
            return true;
    return false;
}

static bool in_chain(uint32_t chain, uint32_t node) {
    for (uint32_t i = 0; chain != CHAIN_NONE && i < s.chain[chain].members; i++)
        if (s.chain[chain].node[i] == node)
            return true;
    return chain == CHAIN_NONE;
}

/* Oracle: suppliers of `e`; customers are the same question from the other side. */
static void check_pair(uint32_t e, uint32_t other, uint32_t chain,
                       const struct chain_neighbours *up, bool supplier_is_other) {
    uint32_t want[CHAIN_LINK_KINDS] = {0}, said = 0;
    uint32_t supplier = supplier_is_other ? other : e, customer = supplier_is_other ? e : other;
    for (uint32_t l = 0; l < s.graph.links; l++)
        want[s.link_kind[l]] +=
            in_chain(chain, s.link_input[l]) && in_chain(chain, s.link_output[l]) &&
            has(&s.offers, supplier, s.link_input[l]) && has(&s.offers, customer, s.link_output[l]);
    for (uint32_t node = 0; node < s.graph.nodes; node++)
        said +=
            in_chain(chain, node) && has(&s.offers, supplier, node) && says_needs(customer, node);
    const struct chain_neighbour *entry = NULL;
    for (size_t i = 0; i < up->count; i++)
        if (up->at[i].exhibitor == other)
            entry = &up->at[i];
    if (entry == NULL || e == other) {
        assert_null(entry);
        assert_true(e == other || want[0] + want[1] + want[2] + said == 0);
        return;
    }
    assert_int_equal(entry->said, said);
    assert_memory_equal(entry->links, want, sizeof(want));
}

static void random_neighbours_agree_with_the_definition(void **state) {
    for (uint64_t seed = 1; seed <= 60; seed++) {
        small_random(&s, seed);
        struct chain_report *r = small_analyse(&s);
        print_message("# seed %d\n", (int)seed);
        uint32_t chain = s.input.chains > 0 && seed % 2 == 0 ? 0 : CHAIN_NONE;
        for (uint32_t e = 0; e < s.reg.exhibitors; e++) {
            struct chain_neighbours up = neighbours(r, e, CHAIN_UP, chain);
            struct chain_neighbours down = neighbours(r, e, CHAIN_DOWN, chain);
            for (uint32_t other = 0; other < s.reg.exhibitors; other++) {
                check_pair(e, other, chain, &up, true);
                check_pair(e, other, chain, &down, false);
            }
            chain_neighbours_release(&up);
            chain_neighbours_release(&down);
        }
        chain_report_free(r);
    }
}

static void alternatives_come_product_by_product(void **state) {
    setup(7); /* 0, 1 and 2 for 5; 0 and 3 for 6; 4 for 6 in a group of its own */
    small_link(&s, 0, 6, CHAIN_ESSENTIAL, 1);
    small_link(&s, 3, 6, CHAIN_ESSENTIAL, 1);
    small_link(&s, 4, 6, CHAIN_ESSENTIAL, 2);
    small_link(&s, 2, 5, CHAIN_ESSENTIAL, 1);
    small_link(&s, 0, 5, CHAIN_ESSENTIAL, 1);
    small_link(&s, 1, 5, CHAIN_ESSENTIAL, 1);
    struct chain_report *r = small_analyse(&s);
    static const uint32_t expected[][2] = {{3, 6}, {2, 5}, {1, 5}};
    struct chain_alternative at = {.node = 0};
    for (size_t i = 0; i < 3; i++) {
        assert_true(chain_next_alternative(r->input.graph, 0, &at));
        assert_int_equal(at.node, expected[i][0]);
        assert_int_equal(at.product, expected[i][1]);
    }
    assert_false(chain_next_alternative(r->input.graph, 0, &at));
    at = (struct chain_alternative){.node = 0};
    assert_false(chain_next_alternative(r->input.graph, 4, &at));
    struct chain_graph bare = *r->input.graph;
    bare.alternative_group = NULL;
    at = (struct chain_alternative){.node = 0};
    assert_false(chain_next_alternative(&bare, 0, &at));
    chain_report_free(r);
}

static void a_bill_tells_who_provides_each_part_and_what_is_missing(void **state) {
    setup(6); /* 0 and 1 are alternatives for 2 */
    small_link(&s, 0, 2, CHAIN_ESSENTIAL, 1);
    small_link(&s, 1, 2, CHAIN_ESSENTIAL, 1);
    uint32_t a = firm(0);
    small_offer(&s, a, 1);
    small_offer(&s, a, 2);
    small_claim(&s.offers, a, 3, CHAIN_INFERRED);
    struct chain_report *r = small_analyse(&s);
    const uint32_t node[] = {4, 2, 0, 3, 5}, parent[] = {CHAIN_NONE, 0, 1, 0, 3};
    struct chain_part part[5];
    struct errinfo info = {0};
    assert_ok(chain_read_bill(r, 5, node, parent, part, &info), &info);
    assert_int_equal(part[0].state, CHAIN_PART_MISSING);
    assert_int_equal(part[0].parts, 5);
    assert_int_equal(part[0].missing, 2);
    assert_int_equal(part[1].state, CHAIN_PART_OFFERED);
    assert_int_equal(part[1].parts, 2);
    assert_int_equal(part[1].missing, 0);
    assert_int_equal(part[2].state, CHAIN_PART_ALTERNATIVE);
    assert_int_equal(part[2].alternative, 1);
    assert_int_equal(part[3].state, CHAIN_PART_OFFERED_INFERRED);
    assert_int_equal(part[3].missing, 1);
    chain_report_free(r);
    s.reg.complete = false;
    r = small_analyse(&s);
    assert_ok(chain_read_bill(r, 5, node, parent, part, &info), &info);
    assert_int_equal(part[4].state, CHAIN_PART_NOT_IN_REGISTER);
    const uint32_t circle[] = {1, 0, CHAIN_NONE, 2, 2}, wild[] = {9, 0, 0, 0, 0};
    assert_int_equal(chain_read_bill(r, 5, node, circle, part, &info), ERR_INPUT);
    assert_int_equal(chain_read_bill(r, 5, node, wild, part, &info), ERR_INPUT);
    chain_report_free(r);
}

static void a_joint_stand_is_a_small_chain_of_its_own(void **state) {
    setup(5); /* 0, 1 -> 2; 3 -> 2 optional; 4 elsewhere */
    uint32_t used = small_link(&s, 0, 2, CHAIN_ESSENTIAL, 0);
    small_link(&s, 1, 2, CHAIN_ESSENTIAL, 0);
    uint32_t optional = small_link(&s, 3, 2, CHAIN_OPTIONAL, 0);
    uint32_t leader = firm(0), partner = firm(0), second = firm(0), stranger = firm(0);
    s.lead[partner] = s.lead[second] = leader;
    small_offer(&s, leader, 2);
    small_offer(&s, partner, 0);
    small_offer(&s, second, 0);
    small_offer(&s, second, 3);
    small_offer(&s, stranger, 1);
    struct chain_report *r = small_analyse(&s);
    struct chain_stand stand;
    struct errinfo info = {0};
    assert_ok(chain_find_stand(r, leader, &stand, &info), &info);
    assert_int_equal(stand.partners, 2);
    assert_int_equal(stand.nodes, 4);
    assert_int_equal(stand.node[0].partners, 2);
    assert_int_equal(stand.node[1].need, 1 + CHAIN_INFERRED);
    assert_int_equal(stand.node[1].partners, 0);
    assert_true(stand.node[2].by_leader);
    assert_int_equal(stand.needs, 2);
    assert_int_equal(stand.needs_met, 1);
    assert_int_equal(stand.links, 2);
    assert_int_equal(stand.link[0], used);
    assert_int_equal(stand.link[1], optional);
    chain_stand_release(&stand);
    chain_report_free(r);
}

static void what_does_not_exist_is_not_found(void **state) {
    setup(1);
    struct chain_report *r = small_analyse(&s);
    struct chain_neighbours up;
    struct chain_stand stand;
    struct errinfo info = {0};
    size_t count;
    assert_int_equal(chain_find_neighbours(r, 0, CHAIN_UP, CHAIN_NONE, &up, &info), ERR_NOT_FOUND);
    assert_int_equal(chain_find_stand(r, 0, &stand, &info), ERR_NOT_FOUND);
    assert_int_equal(chain_candidates(r, 1, CHAIN_GAP_NO_EXHIBITOR, found, 1, &count, &info),
                     ERR_NOT_FOUND);
    chain_report_free(r);
}

static enum err ask_everything(const struct chain_report *r) {
    struct chain_neighbours up = {0};
    struct chain_stand stand = {0};
    struct chain_part part[2];
    struct errinfo info = {0};
    size_t count;
    const uint32_t node[] = {0, 1}, parent[] = {CHAIN_NONE, 0};
    enum err err = chain_candidates(r, 2, CHAIN_GAP_NO_EXHIBITOR, found, 16, &count, &info);
    if (err == ERR_OK)
        err = chain_read_bill(r, 2, node, parent, part, &info);
    if (err == ERR_OK)
        err = chain_find_neighbours(r, 3, CHAIN_UP, CHAIN_NONE, &up, &info);
    if (err == ERR_OK)
        err = chain_find_stand(r, 3, &stand, &info);
    chain_neighbours_release(&up);
    chain_stand_release(&stand);
    return err;
}

static void memory_short_at_any_allocation_is_an_error(void **state) {
    setup_gap();
    for (uint32_t i = 0; i < 5; i++)
        small_offer(&s, firm(0), i < 2 ? i : i == 2 ? 3 : 4);
    s.lead[4] = 3;
    struct chain_report *r = small_analyse(&s);
    for (long allowed = 0;; allowed++) {
        mem_fail_after(allowed);
        enum err err = ask_everything(r);
        mem_fail_after(-1);
        if (err == ERR_OK) {
            assert_true(allowed > 10);
            break;
        }
        assert_int_equal(err, ERR_MEMORY);
    }
    chain_report_free(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(candidates_come_by_the_strength_of_their_reason),
        cmocka_unit_test(candidates_are_of_the_kind_that_the_gap_lacks),
        cmocka_unit_test(candidates_keep_their_promises_on_random_editions),
        cmocka_unit_test(neighbours_stand_up_and_down_by_link_and_by_statement),
        cmocka_unit_test(random_neighbours_agree_with_the_definition),
        cmocka_unit_test(alternatives_come_product_by_product),
        cmocka_unit_test(a_bill_tells_who_provides_each_part_and_what_is_missing),
        cmocka_unit_test(a_joint_stand_is_a_small_chain_of_its_own),
        cmocka_unit_test(what_does_not_exist_is_not_found),
        cmocka_unit_test(memory_short_at_any_allocation_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
