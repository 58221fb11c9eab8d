#include "partner_sample.h"

#include "service/partner_parts.h"
#include "service/partner_relations.h"
#include "service/partner_unit.h"

/* The kind of the relation between an offer and a claim, or MATCH_KINDS. */
static enum match_kind relation(const struct partner_sample *f, const char *give,
                                enum match_side side, const char *take) {
    const struct match_market *m = &f->market->match;
    uint32_t from = partner_node(f, give), to = partner_node(f, take);
    for (size_t r = m->relation_offset[from]; r < m->relation_offset[from + 1]; r++)
        if (m->relation[r].side == side && m->relation[r].node == to)
            return (enum match_kind)m->relation[r].kind;
    return MATCH_KINDS;
}

static bool has_claim(const struct partner_sample *f, const char *firm, enum match_side side,
                      const char *node, enum match_basis *basis) {
    const struct match_claims *claims = &f->market->match.claims[side];
    uint32_t of = partner_firm((struct partner_sample *)(uintptr_t)f, firm);
    for (size_t c = claims->offset[of]; c < claims->offset[of + 1]; c++)
        if (claims->node[c] == partner_node(f, node)) {
            *basis = (enum match_basis)claims->basis[c];
            return true;
        }
    return false;
}

static void relations_follow_links_groups_scenarios_and_services(void **state) {
    struct partner_sample *f = *state;
    partner_load(f, "2026");
    assert_int_equal(relation(f, "bat.pack", MATCH_NEEDS, "bat.pack"), MATCH_SAME);
    assert_int_equal(relation(f, "bat.pack", MATCH_OFFERS, "ev.car"), MATCH_ESSENTIAL);
    assert_int_equal(relation(f, "ev.car", MATCH_OFFERS, "bat.pack"), MATCH_KINDS);
    assert_int_equal(relation(f, "bat.lfp", MATCH_NEEDS, "bat.cathode"), MATCH_SUBSTITUTE);
    assert_int_equal(relation(f, "bat.lfp", MATCH_OFFERS, "bat.cell"), MATCH_ESSENTIAL);
    assert_int_equal(relation(f, "ss.courier", MATCH_OFFERS, "ag.dairy"), MATCH_SERVICE);
}

static void what_stands_in_for_something_in_few_of_its_uses_is_no_substitute(void **state) {
    struct partner_sample *f = *state;
    partner_load(f, "2026");
    /* A robot may run on a pack or on small batteries; a phone may not. */
    assert_int_equal(relation(f, "bat.pack", MATCH_NEEDS, "dig.battcell"), MATCH_KINDS);
}

static void a_relation_is_told_once_and_as_its_strongest(void **state) {
    struct partner_sample *f = *state;
    partner_load(f, "2026");
    const struct match_market *m = &f->market->match;
    for (uint32_t n = 0; n < m->nodes; n++)
        for (size_t r = m->relation_offset[n] + 1; r < m->relation_offset[n + 1]; r++) {
            const struct match_relation *a = &m->relation[r - 1], *b = &m->relation[r];
            assert_true(a->side < b->side || (a->side == b->side && a->node < b->node));
        }
    assert_ok(match_market_check(m, &f->info), &f->info);
}

static void a_bundle_is_a_group_and_newcomers_are_known(void **state) {
    struct partner_sample *f = *state;
    uint32_t groups = 0;
    partner_load(f, "2025");
    for (uint32_t i = 0; i < f->market->firms; i++) {
        const struct view_exhibitor *e = &f->view->exhibitor[f->market->firm[i].exhibitor];
        uint32_t group = f->market->match.firm[i].group;
        if (e->lead != VIEW_NONE) {
            assert_int_equal(group, f->market->match.firm[e->lead].group);
            groups++;
        }
        assert_int_equal(group != 0, e->lead != VIEW_NONE || e->partners > 0);
    }
    assert_true(groups > 0);
    assert_false(f->market->firm[partner_firm(f, "Nippon Express")].is_newcomer);
    partner_load(f, "2023");
    for (uint32_t i = 0; i < f->market->firms; i++)
        assert_true(f->market->firm[i].is_newcomer);
}

static void a_visitor_without_a_stand_needs_what_it_looks_for(void **state) {
    struct partner_sample *f = *state;
    enum match_basis basis;
    partner_load(f, "2026");
    int64_t buyer = partner_visitor(f, "Grid of Y");
    int64_t pack = f->view->node[partner_node(f, "bat.pack")].id;
    int64_t car = f->view->node[partner_node(f, "ev.car")].id;
    PARTNER_INSERT(f, TABLE_SEEK, {SEEK_PARTICIPANT_ID, store_int(buyer)},
                   {SEEK_KIND, store_text(STR("supplier"))}, {SEEK_NODE_ID, store_int(pack)},
                   {SEEK_QUANTITY, store_int(2)}, {SEEK_UNIT, store_text(STR("GWh"))});
    PARTNER_INSERT(f, TABLE_SEEK, {SEEK_PARTICIPANT_ID, store_int(buyer)},
                   {SEEK_KIND, store_text(STR("customer"))}, {SEEK_NODE_ID, store_int(car)});
    partner_load(f, "2026");
    assert_int_equal(f->market->firms, f->view->exhibitors + 1);
    assert_int_equal(f->market->firm[f->view->exhibitors].participant_id, buyer);
    assert_int_equal(f->market->firm[f->view->exhibitors].exhibitor, VIEW_NONE);
    assert_true(has_claim(f, "Grid of Y", MATCH_NEEDS, "bat.pack", &basis));
    assert_int_equal(basis, MATCH_DECLARED);
    assert_true(has_claim(f, "Grid of Y", MATCH_OFFERS, "ev.car", &basis));
    const struct match_claims *needs = &f->market->match.claims[MATCH_NEEDS];
    assert_near(needs->quantity[needs->offset[f->view->exhibitors]], 2e6, 1e-6);
}

static void units_of_one_dimension_are_comparable(void **state) {
    assert_int_equal(partner_unit_of(STR(" 万吨")).dimension, PARTNER_MASS);
    assert_near(partner_unit_of(STR("万吨")).factor, 1e7, 0);
    assert_near(partner_unit_of(STR("GWh")).factor, 1e6, 0);
    assert_int_equal(partner_unit_of(STR("pallets of 40 boxes")).dimension, PARTNER_NO_DIMENSION);
}

static void conditions_certificates_and_languages_become_codes(void **state) {
    struct partner_sample *f = *state;
    partner_load(f, "2026");
    int64_t tesla = partner_participant(f, "Tesla"), catl = partner_participant(f, "CATL");
    partner_set(f, TABLE_PARTICIPANT, catl, PARTICIPANT_CERTIFICATES,
                store_text(STR("ISO 9001:2015; IATF-16949; iso9001")));
    partner_set(f, TABLE_PARTICIPANT, catl, PARTICIPANT_LANGUAGES, store_text(STR("zh en")));
    partner_set(f, TABLE_PARTICIPANT, tesla, PARTICIPANT_LANGUAGES, store_text(STR("en")));
    PARTNER_INSERT(f, TABLE_CONDITION, {CONDITION_PARTICIPANT_ID, store_int(tesla)},
                   {CONDITION_STRENGTH, store_text(STR("must"))},
                   {CONDITION_KIND, store_text(STR("certificate"))},
                   {CONDITION_VALUE, store_text(STR("iso 9001"))});
    PARTNER_INSERT(f, TABLE_CONDITION, {CONDITION_PARTICIPANT_ID, store_int(tesla)},
                   {CONDITION_STRENGTH, store_text(STR("never"))},
                   {CONDITION_KIND, store_text(STR("country"))},
                   {CONDITION_VALUE, store_text(STR("XX"))});
    partner_load(f, "2026");
    const struct match_market *m = &f->market->match;
    uint32_t t = partner_firm(f, "Tesla"), c = partner_firm(f, "CATL");
    assert_int_equal(m->certificate_offset[c + 1] - m->certificate_offset[c], 2);
    assert_int_equal(m->condition_offset[t + 1] - m->condition_offset[t], 2);
    const struct match_condition *must = &m->condition[m->condition_offset[t]];
    assert_int_equal(must->demand, MATCH_MUST);
    assert_int_equal(must->code, m->certificate[m->certificate_offset[c]]);
    assert_int_equal(must[1].code, UINT32_MAX); /* nobody's */
    assert_true((m->firm[t].languages & m->firm[c].languages) != 0);
    assert_true(m->firm[t].languages != m->firm[c].languages);
}

/* A pair of two participants in a state, declined by the first for a reason. */
static void add_pair(struct partner_sample *f, int64_t first, int64_t second, const char *state,
                     const char *reason, const char *parts) {
    bool is_over = strcmp(state, "declined") == 0, stands = strcmp(state, "mutual") == 0;
    PARTNER_INSERT(
        f, TABLE_MATCH_PAIR, {MATCH_PAIR_EDITION_ID, store_int(view_this_edition(f->view)->id)},
        {MATCH_PAIR_FIRST_ID, store_int(first)}, {MATCH_PAIR_SECOND_ID, store_int(second)},
        {MATCH_PAIR_ORIGIN, store_text(STR("requested"))},
        {MATCH_PAIR_PARTS, store_text(str_of(parts))},
        {MATCH_PAIR_STATE, store_text(str_of(state))},
        {MATCH_PAIR_FIRST_ANSWER, store_text(str_of(is_over  ? "declined"
                                                    : stands ? "accepted"
                                                             : "none"))},
        {MATCH_PAIR_FIRST_REASON, store_text(str_of(reason))},
        {MATCH_PAIR_SECOND_ANSWER, store_text(str_of(stands ? "accepted" : "none"))},
        {MATCH_PAIR_CREATED_MS, store_int(1)},
        {MATCH_PAIR_CLOSED_MS, is_over ? store_int(2) : store_null()});
}

static const struct match_tie *tie_of(const struct partner_sample *f, uint32_t a, uint32_t b) {
    const struct match_market *m = &f->market->match;
    for (size_t t = m->tie_offset[a]; t < m->tie_offset[a + 1]; t++)
        if (m->tie[t].firm == b)
            return &m->tie[t];
    return NULL;
}

static void
what_was_declined_or_stands_is_barred_and_what_ended_earlier_is_continuity(void **state) {
    struct partner_sample *f = *state;
    partner_load(f, "2023");
    int64_t shanshan = partner_participant(f, "Ningbo Shanshan");
    int64_t catl_before = partner_participant(f, "CATL");
    add_pair(f, shanshan, catl_before, "mutual", "", "{}");
    partner_load(f, "2026");
    int64_t tesla = partner_participant(f, "Tesla"), catl = partner_participant(f, "CATL");
    int64_t geely = partner_participant(f, "Geely Holding");
    add_pair(f, tesla, catl, "declined", "conditions", "{}");
    add_pair(f, catl, geely, "suggested", "", "{}");
    PARTNER_INSERT(f, TABLE_WISH, {WISH_PARTICIPANT_ID, store_int(tesla)},
                   {WISH_TEXT, store_text(STR("吉利"))},
                   {WISH_ORGANISATION_ID, store_int(partner_named(f, "Geely Holding"))},
                   {WISH_CONFIDENCE, store_int(800)}, {WISH_STATE, store_text(STR("matched"))});
    partner_load(f, "2026");
    uint32_t t = partner_firm(f, "Tesla"), c = partner_firm(f, "CATL");
    uint32_t g = partner_firm(f, "Geely Holding");
    assert_int_equal(tie_of(f, t, c)->bar, PARTNER_BAR_DECLINED);
    assert_int_equal(tie_of(f, c, g)->bar, PARTNER_BAR_LIVE);
    assert_int_equal(f->market->firm[c].live, 1);
    assert_int_equal(f->market->firm[t].live, 0);
    assert_near((double)tie_of(f, t, g)->wish, 0.8, 1e-6);
    assert_near((double)tie_of(f, g, t)->wish, 0, 0);
    partner_load(f, "2023");
    assert_int_equal(tie_of(f, partner_firm(f, "CATL"), partner_firm(f, "Ningbo Shanshan"))->bar,
                     PARTNER_BAR_LIVE);
}

static void a_decline_teaches_about_what_was_only_inferred(void **state) {
    struct partner_sample *f = *state;
    enum match_basis basis;
    char parts[400];
    partner_load(f, "2026");
    int64_t tesla = partner_participant(f, "Tesla"), catl = partner_participant(f, "CATL");
    int64_t exhibitor = f->view->exhibitor[f->market->firm[partner_firm(f, "Tesla")].exhibitor].id;
    PARTNER_INSERT(f, TABLE_STATEMENT, {STATEMENT_EXHIBITOR_ID, store_int(exhibitor)},
                   {STATEMENT_NODE_ID, store_int(f->view->node[partner_node(f, "bat.cell")].id)},
                   {STATEMENT_SIDE, store_text(STR("need"))},
                   {STATEMENT_BASIS, store_text(STR("inferred"))});
    partner_load(f, "2026");
    assert_true(has_claim(f, "Tesla", MATCH_NEEDS, "bat.cell", &basis));
    snprintf(parts, sizeof(parts),
             "{\"first\":%lld,\"second\":%lld,\"score\":0.5,\"parts\":{\"fit-offer\":0.9},"
             "\"offer\":{\"give\":\"bat.cell\",\"take\":\"bat.cell\",\"side\":\"need\",\"kind\":"
             "\"same\",\"give_basis\":\"declared\",\"take_basis\":\"inferred\",\"things\":1}}",
             (long long)partner_named(f, "CATL"), (long long)partner_named(f, "Tesla"));
    add_pair(f, tesla, catl, "declined", "not-needed", parts);
    partner_load(f, "2026");
    assert_false(has_claim(f, "Tesla", MATCH_NEEDS, "bat.cell", &basis));
    assert_int_equal(f->market->taught, 1);
    assert_true(has_claim(f, "CATL", MATCH_OFFERS, "bat.cell", &basis));
}

static void parts_are_read_as_they_were_written(void **state) {
    struct partner_sample *f = *state;
    struct partner_parts parts, again;
    struct match_finder *finder;
    struct json_out json;
    struct buf out;
    double weight[MATCH_PARTS];
    partner_load(f, "2025");
    for (int p = 0; p < MATCH_PARTS; p++)
        weight[p] = match_default_weight((enum match_part)p);
    assert_ok(match_finder_new(f->market->index, &finder, &f->info), &f->info);
    uint32_t a = partner_firm(f, "COFCO"), b = partner_firm(f, "Cargill");
    struct match_score score = match_score_pair(finder, weight, a, b);
    partner_parts_of(f->market, &score, a, b, &parts);
    buf_init(&out, 1 << 16);
    json_init(&json, &out);
    partner_parts_write(f->view, &parts, &json);
    assert_ok(partner_parts_read(f->view, buf_str(&out), &f->arena, &again, &f->info), &f->info);
    assert_int_equal(again.first_id, parts.first_id);
    assert_int_equal(again.need.give, parts.need.give);
    assert_int_equal(again.need.take, parts.need.take);
    assert_int_equal(again.need.kind, parts.need.kind);
    assert_int_equal(again.offer.things, parts.offer.things);
    assert_near(again.part[MATCH_FIT_NEED], parts.part[MATCH_FIT_NEED], 1e-12);
    partner_parts_turn(&again);
    assert_int_equal(again.first_id, parts.second_id);
    assert_int_equal(again.offer.give, parts.need.give);
    assert_int_equal(partner_parts_read(f->view, STR("{\"first\""), &f->arena, &again, &f->info),
                     ERR_INPUT);
    buf_release(&out);
    match_finder_free(finder);
}

int main(void) {
#define IN_A_SAMPLE(test) cmocka_unit_test_setup_teardown(test, partner_setup, partner_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_SAMPLE(relations_follow_links_groups_scenarios_and_services),
        IN_A_SAMPLE(what_stands_in_for_something_in_few_of_its_uses_is_no_substitute),
        IN_A_SAMPLE(a_relation_is_told_once_and_as_its_strongest),
        IN_A_SAMPLE(a_bundle_is_a_group_and_newcomers_are_known),
        IN_A_SAMPLE(a_visitor_without_a_stand_needs_what_it_looks_for),
        cmocka_unit_test(units_of_one_dimension_are_comparable),
        IN_A_SAMPLE(conditions_certificates_and_languages_become_codes),
        IN_A_SAMPLE(what_was_declined_or_stands_is_barred_and_what_ended_earlier_is_continuity),
        IN_A_SAMPLE(a_decline_teaches_about_what_was_only_inferred),
        IN_A_SAMPLE(parts_are_read_as_they_were_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
