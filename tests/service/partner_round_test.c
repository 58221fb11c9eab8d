#include "partner_sample.h"

#include "service/matches.h"
#include "service/partner_count.h"
#include "service/partner_keep.h"
#include "service/partner_settings.h"

static void caps_and_floors_hold_and_the_plan_is_within_its_bound(void **state) {
    struct partner_sample *f = *state;
    struct partner_settings settings = partner_settings_default();
    settings.suggestions_max = 6;
    settings.floor = 3;
    partner_load(f, "2026");
    partner_run(f, &settings, false);
    uint64_t given = 0, most = 0;
    for (uint32_t i = 0; i < f->market->firms; i++) {
        uint32_t count = partner_round_count(f->round, i);
        assert_true(count <= 6);
        given += count < f->round->floor[i] ? count : f->round->floor[i];
        most = count > most ? count : most;
    }
    assert_int_equal(most, 6);
    assert_int_equal(given, f->round->floor_given);
    assert_int_equal(f->round->floor_given, f->round->floor_bound);
    assert_true(f->round->total <= f->round->bound + 1e-9);
    assert_true(f->round->pairs > 50);
    assert_true(partner_are_paired(f, partner_firm(f, "Geely Holding"), partner_firm(f, "CATL")));
}

static void a_stable_plan_has_no_blocking_pair_and_says_its_cost(void **state) {
    struct partner_sample *f = *state;
    struct partner_settings settings = partner_settings_default();
    settings.suggestions_max = 3;
    settings.floor = 0;
    partner_load(f, "2026");
    partner_run(f, &settings, true);
    assert_int_equal(f->round->blocking, 0);
    assert_true(f->round->optimum >= f->round->total - 1e-9);
    double stable = f->round->total;
    partner_run(f, &settings, false);
    assert_true(f->round->total >= stable - 1e-9);
}

static void who_can_meet_nobody_or_has_withdrawn_is_left_out(void **state) {
    struct partner_sample *f = *state;
    struct partner_settings settings = partner_settings_default();
    partner_load(f, "2026");
    int64_t catl = partner_participant(f, "CATL"), tesla = partner_participant(f, "Tesla");
    partner_set(f, TABLE_PARTICIPANT, catl, PARTICIPANT_MEETINGS_MAX, store_int(0));
    partner_set(f, TABLE_PARTICIPANT, tesla, PARTICIPANT_STATE, store_text(STR("withdrawn")));
    int64_t geely = partner_participant(f, "Geely Holding");
    partner_set(f, TABLE_PARTICIPANT, geely, PARTICIPANT_MEETINGS_MAX, store_int(2));
    partner_load(f, "2026");
    partner_run(f, &settings, false);
    assert_int_equal(partner_round_count(f->round, partner_firm(f, "CATL")), 0);
    assert_int_equal(partner_round_count(f->round, partner_firm(f, "Tesla")), 0);
    assert_int_equal(partner_round_count(f->round, partner_firm(f, "Geely Holding")), 2);
}

static void following_one_change_gives_what_running_anew_gives(void **state) {
    struct partner_sample *f = *state;
    struct partner_settings settings = partner_settings_default();
    struct partner_market *market;
    struct partner_round *next;
    partner_load(f, "2026");
    partner_run(f, &settings, false);
    int64_t tesla = partner_participant(f, "Tesla");
    partner_set(f, TABLE_PARTICIPANT, tesla, PARTICIPANT_MEETINGS_MAX, store_int(3));
    PARTNER_INSERT(f, TABLE_SEEK, {SEEK_PARTICIPANT_ID, store_int(tesla)},
                   {SEEK_KIND, store_text(STR("supplier"))},
                   {SEEK_NODE_ID, store_int(f->view->node[partner_node(f, "chip.mems")].id)});
    assert_ok(partner_market_new(f->view, partner_reader(f), NULL, &market, &f->info), &f->info);
    uint32_t firm = partner_firm(f, "Tesla");
    assert_ok(partner_round_follow(f->round, market, firm, NULL, &next, &f->info), &f->info);
    assert_int_equal(partner_round_count(next, firm), 3);
    struct partner_round *again;
    assert_int_equal(partner_round_follow(f->round, market, firm, NULL, &again, &f->info),
                     ERR_INPUT); /* its candidates have gone over */
    assert_ok(partner_round_run(market, &settings, false, NULL, &again, &f->info), &f->info);
    assert_int_equal(next->edges, again->edges);
    assert_int_equal(next->floor_given, again->floor_given);
    assert_near(next->total, again->total, 0.005 * again->total);
    partner_round_free(again);
    partner_round_free(next);
    partner_market_free(market);
}

static void groups_count_every_firm_once(void **state) {
    struct partner_sample *f = *state;
    struct partner_settings settings = partner_settings_default();
    struct partner_group *group;
    uint32_t count, firms[PARTNER_GROUPINGS] = {0}, suggestions[PARTNER_GROUPINGS] = {0};
    partner_load(f, "2026");
    partner_run(f, &settings, false);
    assert_ok(partner_count_groups(f->round, &f->arena, &group, &count, &f->info), &f->info);
    for (uint32_t g = 0; g < count; g++) {
        firms[group[g].by] += group[g].firms;
        suggestions[group[g].by] += group[g].suggestions;
        assert_true(group[g].without <= group[g].firms && group[g].enough <= group[g].firms);
        assert_true(group[g].name_en.len > 0 && group[g].name_zh.len > 0);
    }
    for (int by = 0; by < PARTNER_GROUPINGS; by++) {
        assert_int_equal(firms[by], f->market->firms);
        assert_int_equal(suggestions[by], 2 * f->round->pairs);
    }
}

static void firms_with_few_are_told_with_the_reason(void **state) {
    struct partner_sample *f = *state;
    struct partner_settings settings = partner_settings_default();
    struct partner_few *few;
    uint32_t count, silent = 0;
    partner_load(f, "2026");
    partner_run(f, &settings, false);
    assert_ok(partner_count_few(f->round, &f->arena, &few, &count, &f->info), &f->info);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(few[i].suggestions, partner_round_count(f->round, few[i].firm));
        assert_true(few[i].suggestions < PARTNER_ENOUGH);
        silent += few[i].lack == PARTNER_LACK_NOTHING_SAID;
        if (few[i].lack == PARTNER_LACK_NOBODY || few[i].lack == PARTNER_LACK_NOTHING_SAID)
            assert_int_equal(few[i].suggestions, 0);
    }
    assert_true(silent > 0);
}

static void a_gap_is_closed_for_whom_a_suggested_partner_supplies_it(void **state) {
    struct partner_sample *f = *state;
    struct partner_settings settings = partner_settings_default();
    struct partner_gap *gap;
    uint32_t count, closed = 0;
    partner_load(f, "2026");
    partner_run(f, &settings, false);
    assert_ok(partner_count_gaps(f->round, &f->arena, &gap, &count, &f->info), &f->info);
    for (uint32_t g = 0; g < count; g++) {
        assert_true(gap[g].closed <= gap[g].waiting);
        assert_true(g == 0 || gap[g].closed <= gap[g - 1].closed);
        closed += gap[g].closed > 0;
    }
    assert_true(closed > 0 && closed < count);
}

static void a_comparison_tells_what_comes_stays_and_goes(void **state) {
    struct partner_sample *f = *state;
    const struct partner_kept before[] = {{.first_id = 1, .second_id = 2},
                                          {.first_id = 1, .second_id = 3},
                                          {.first_id = 5, .second_id = 6, .state = PAIR_MUTUAL}};
    const struct partner_kept now[] = {{.first_id = 1, .second_id = 3},
                                       {.first_id = 2, .second_id = 3},
                                       {.first_id = 3, .second_id = 4}};
    struct partner_comparison c;
    assert_ok(partner_compare(before, 3, now, 3, &f->arena, &c, &f->info), &f->info);
    assert_int_equal(c.kept, 2);
    assert_int_equal(c.gone, 1);
    assert_int_equal(c.appeared, 2);
    assert_int_equal(c.changes, 4);
    assert_int_equal(c.change[0].organisation_id, 2); /* one comes, one goes */
    assert_int_equal(c.change[1].organisation_id, 3);
    assert_int_equal(c.change[1].appeared, 2);
    assert_int_equal(c.change[1].kept, 1);
}

static int64_t keep(struct partner_sample *f, struct str name) {
    int64_t id = 0;
    partner_begin(f);
    assert_ok(partner_keep(f->database.store, &f->local, f->round, name, 5, &id, &f->info),
              &f->info);
    partner_commit(f);
    return id;
}

static void a_draft_is_kept_released_and_closed(void **state) {
    struct partner_sample *f = *state;
    struct partner_settings settings = partner_settings_default();
    struct partner_round_row row, *rows;
    struct partner_kept *draft, *released, *now;
    struct match_release out;
    uint32_t drafted, count;
    uint64_t expired;
    partner_load(f, "2026");
    partner_run(f, &settings, false);
    int64_t id = keep(f, STR("spring"));
    assert_ok(partner_keep_rounds(partner_reader(f), &f->local, view_this_edition(f->view)->id,
                                  &f->arena, &rows, &count, &f->info),
              &f->info);
    assert_int_equal(count, 1);
    assert_int_equal(rows[0].number, 1);
    assert_str(rows[0].name, "spring");
    assert_int_equal(rows[0].pairs, f->round->pairs);
    assert_near(rows[0].weight[MATCH_FIT_NEED], settings.weight[MATCH_FIT_NEED], 1e-9);
    assert_ok(partner_keep_pairs(partner_reader(f), &f->local, &rows[0], true, &f->arena, &draft,
                                 &drafted, &f->info),
              &f->info);
    assert_int_equal(drafted, f->round->pairs);
    assert_true(draft[0].parts.len > 0 && draft[0].score > 0);
    assert_ok(partner_keep_pairs_of(f->round, &f->arena, &now, &count, &f->info), &f->info);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(now[i].first_id, draft[i].first_id);
        assert_int_equal(now[i].second_id, draft[i].second_id);
        assert_int_equal(now[i].score, draft[i].score);
    }
    partner_begin(f);
    assert_ok(matches_release(f->database.store, &f->local, id, 7, &out, &f->info), &f->info);
    partner_commit(f);
    assert_int_equal(out.suggested, drafted);
    assert_ok(partner_keep_round(partner_reader(f), &f->local, id, &f->arena, &row, &f->info),
              &f->info);
    assert_int_equal(row.state, ROUND_RELEASED);
    assert_ok(partner_keep_pairs(partner_reader(f), &f->local, &row, false, &f->arena, &released,
                                 &count, &f->info),
              &f->info);
    assert_int_equal(count, drafted);
    assert_int_equal(released[3].first_id, draft[3].first_id);
    /* What waits is not suggested again, and takes its place in the cap. */
    partner_load(f, "2026");
    partner_run(f, &settings, false);
    for (uint32_t i = 0; i < f->round->pairs; i++) {
        int64_t a = partner_organisation(f->market, f->round->pair[i].first)->id;
        int64_t b = partner_organisation(f->market, f->round->pair[i].second)->id;
        for (uint32_t d = 0; d < drafted; d++)
            assert_false((draft[d].first_id == a && draft[d].second_id == b) ||
                         (draft[d].first_id == b && draft[d].second_id == a));
    }
    partner_begin(f);
    assert_int_equal(partner_keep_delete(f->database.store, &f->local, id, &f->info), ERR_CONFLICT);
    assert_ok(matches_close(f->database.store, &f->local, id, 9, &expired, &f->info), &f->info);
    partner_commit(f);
    assert_int_equal(expired, drafted);
}

static void a_draft_can_be_deleted_and_others_may_not(void **state) {
    struct partner_sample *f = *state;
    struct partner_settings settings = partner_settings_default();
    const struct access nobody = {0};
    struct partner_round_row row;
    int64_t other;
    partner_load(f, "2026");
    partner_run(f, &settings, false);
    int64_t id = keep(f, STR(""));
    partner_begin(f);
    assert_int_equal(partner_keep_delete(f->database.store, &nobody, id, &f->info), ERR_DENIED);
    assert_int_equal(
        partner_keep(f->database.store, &nobody, f->round, STR(""), 5, &other, &f->info),
        ERR_DENIED);
    assert_ok(partner_keep_delete(f->database.store, &f->local, id, &f->info), &f->info);
    partner_commit(f);
    assert_int_equal(
        partner_keep_round(partner_reader(f), &f->local, id, &f->arena, &row, &f->info),
        ERR_NOT_FOUND);
}

static void settings_are_kept_and_refused_by_name(void **state) {
    struct partner_sample *f = *state;
    struct partner_settings settings = partner_settings_default(), read;
    partner_load(f, "2026");
    int64_t edition = view_this_edition(f->view)->id;
    settings.weight[MATCH_RIVALRY] = 0.75;
    settings.floor = 2;
    for (int twice = 0; twice < 2; twice++) {
        partner_begin(f);
        assert_ok(
            partner_settings_write(f->database.store, &f->local, edition, &settings, &f->info),
            &f->info);
        partner_commit(f);
    }
    assert_ok(partner_settings_read(partner_reader(f), edition, &read, &f->info), &f->info);
    assert_near(read.weight[MATCH_RIVALRY], 0.75, 1e-9);
    assert_int_equal(read.floor, 2);
    settings.weight[MATCH_RESILIENCE] = 1.5;
    assert_int_equal(partner_settings_check(&settings, &f->info), ERR_INPUT);
    assert_non_null(strstr(f->info.message, "resilience"));
    settings = partner_settings_default();
    settings.floor = settings.suggestions_max + 1;
    assert_int_equal(partner_settings_check(&settings, &f->info), ERR_INPUT);
    assert_non_null(strstr(f->info.message, "floor"));
}

int main(void) {
#define IN_A_SAMPLE(test) cmocka_unit_test_setup_teardown(test, partner_setup, partner_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_SAMPLE(caps_and_floors_hold_and_the_plan_is_within_its_bound),
        IN_A_SAMPLE(a_stable_plan_has_no_blocking_pair_and_says_its_cost),
        IN_A_SAMPLE(who_can_meet_nobody_or_has_withdrawn_is_left_out),
        IN_A_SAMPLE(following_one_change_gives_what_running_anew_gives),
        IN_A_SAMPLE(groups_count_every_firm_once),
        IN_A_SAMPLE(firms_with_few_are_told_with_the_reason),
        IN_A_SAMPLE(a_gap_is_closed_for_whom_a_suggested_partner_supplies_it),
        IN_A_SAMPLE(a_comparison_tells_what_comes_stays_and_goes),
        IN_A_SAMPLE(a_draft_is_kept_released_and_closed),
        IN_A_SAMPLE(a_draft_can_be_deleted_and_others_may_not),
        IN_A_SAMPLE(settings_are_kept_and_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
