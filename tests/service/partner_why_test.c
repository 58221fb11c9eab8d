#include "partner_sample.h"

#include "service/partner_why.h"

static struct partner_why ask(struct partner_sample *f, const char *first, const char *second) {
    struct partner_why why;
    assert_ok(
        partner_why_find(f->round, partner_firm(f, first), partner_firm(f, second), &why, &f->info),
        &f->info);
    return why;
}

/* All its sentences in English, one a line. */
static const char *words(struct partner_sample *f, const struct partner_why *why,
                         enum partner_voice voice) {
    struct partner_sentence sentence[PARTNER_SENTENCES_MAX];
    uint32_t count;
    struct str all = STR("");
    assert_ok(partner_why_words(f->round, why, voice, &f->arena, sentence, &count, &f->info),
              &f->info);
    assert_true(count > 0);
    for (uint32_t i = 0; i < count; i++) {
        assert_true(sentence[i].zh.len > 0);
        all = arena_printf(&f->arena, "%.*s%.*s\n", STR_ARG(all), STR_ARG(sentence[i].en));
    }
    return all.ptr;
}

static void run(struct partner_sample *f, uint32_t most) {
    struct partner_settings settings = partner_settings_default();
    settings.suggestions_max = most;
    settings.floor = 0;
    partner_load(f, "2026");
    partner_run(f, &settings, false);
}

static void a_suggested_pair_tells_where_each_stands_for_the_other(void **state) {
    struct partner_sample *f = *state;
    run(f, 10);
    struct partner_why why = ask(f, "Geely Holding", "CATL");
    assert_int_equal(why.verdict, PARTNER_SUGGESTED);
    assert_true(why.total > 0 && why.side[0].rank > 0 && why.side[1].rank > 0);
    assert_non_null(strstr(words(f, &why, PARTNER_OF_BOTH), "whom Geely Holding could meet"));
    const char *mine = words(f, &why, PARTNER_TO_FIRST);
    assert_null(strstr(mine, "could meet")); /* who asks shows the two numbers */
    double sum = 0;
    for (int p = 0; p < MATCH_PARTS; p++)
        sum += (p == MATCH_RIVALRY ? -1 : 1) * f->round->settings.weight[p] * why.score.part[p];
    assert_near(sum, why.total, 1e-9);
}

static void stronger_pairs_and_the_price_of_places_are_told(void **state) {
    struct partner_sample *f = *state;
    run(f, 1);
    struct partner_why why = ask(f, "CATL", "Leapmotor");
    if (why.verdict == PARTNER_SUGGESTED) /* equal ones: one of them has the place */
        why = ask(f, "CATL", "Dongfeng Motor");
    assert_int_equal(why.verdict, PARTNER_STRONGER);
    assert_int_equal(why.side[0].count, 1);
    const char *said = words(f, &why, PARTNER_OF_BOTH);
    assert_non_null(strstr(said, "The list of CATL is full with 1; its last pair scores"));
    assert_non_null(strstr(said, "to the whole round"));
    assert_null(strstr(words(f, &why, PARTNER_TO_FIRST), "to the whole round"));
}

static void without_pairs_it_is_said_that_a_round_decides(void **state) {
    struct partner_sample *f = *state;
    struct partner_settings settings = partner_settings_default();
    partner_load(f, "2026");
    assert_ok(partner_round_of_pairs(f->market, &settings, NULL, 0, &f->round, &f->info), &f->info);
    struct partner_why why = ask(f, "Geely Holding", "CATL");
    assert_int_equal(why.verdict, PARTNER_QUESTION);
    assert_non_null(strstr(words(f, &why, PARTNER_TO_FIRST), "the next round decides"));
    why = ask(f, "Tesla", "Corning");
    assert_int_equal(why.verdict, PARTNER_NOTHING);
}

static void nothing_to_exchange_is_said_so(void **state) {
    struct partner_sample *f = *state;
    run(f, 10);
    struct partner_why why = ask(f, "Tesla", "Corning");
    assert_int_equal(why.verdict, PARTNER_NOTHING);
    why = ask(f, "Tesla", "Tesla");
    assert_int_equal(why.verdict, PARTNER_ITSELF);
}

static void a_condition_is_named_to_organisers_and_to_its_owner_alone(void **state) {
    struct partner_sample *f = *state;
    partner_load(f, "2026");
    int64_t tesla = partner_participant(f, "Tesla");
    PARTNER_INSERT(f, TABLE_CONDITION, {CONDITION_PARTICIPANT_ID, store_int(tesla)},
                   {CONDITION_STRENGTH, store_text(STR("never"))},
                   {CONDITION_KIND, store_text(STR("country"))},
                   {CONDITION_VALUE, store_text(STR("CN"))});
    run(f, 10);
    struct partner_why why = ask(f, "Tesla", "CATL");
    assert_int_equal(why.verdict, PARTNER_CONDITION);
    assert_non_null(strstr(words(f, &why, PARTNER_OF_BOTH), "Tesla refuses"));
    assert_non_null(strstr(words(f, &why, PARTNER_TO_FIRST), "You refuse"));
    assert_non_null(strstr(words(f, &why, PARTNER_TO_FIRST), "China"));
    why = ask(f, "CATL", "Tesla");
    assert_null(strstr(words(f, &why, PARTNER_TO_FIRST), "China"));
    assert_non_null(strstr(words(f, &why, PARTNER_OF_BOTH), "China"));
}

static void a_firm_without_places_and_one_that_withdrew_are_told_apart(void **state) {
    struct partner_sample *f = *state;
    partner_load(f, "2026");
    int64_t tesla = partner_participant(f, "Tesla"), catl = partner_participant(f, "CATL");
    partner_set(f, TABLE_PARTICIPANT, tesla, PARTICIPANT_STATE, store_text(STR("withdrawn")));
    partner_set(f, TABLE_PARTICIPANT, catl, PARTICIPANT_MEETINGS_MAX, store_int(0));
    run(f, 10);
    struct partner_why why = ask(f, "CATL", "Tesla");
    assert_int_equal(why.verdict, PARTNER_NO_PLACE);
    assert_non_null(strstr(words(f, &why, PARTNER_OF_BOTH), "Tesla takes no part"));
    assert_non_null(strstr(words(f, &why, PARTNER_OF_BOTH), "CATL can take no more meetings"));
}

int main(void) {
#define IN_A_SAMPLE(test) cmocka_unit_test_setup_teardown(test, partner_setup, partner_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_SAMPLE(a_suggested_pair_tells_where_each_stands_for_the_other),
        IN_A_SAMPLE(stronger_pairs_and_the_price_of_places_are_told),
        IN_A_SAMPLE(without_pairs_it_is_said_that_a_round_decides),
        IN_A_SAMPLE(nothing_to_exchange_is_said_so),
        IN_A_SAMPLE(a_condition_is_named_to_organisers_and_to_its_owner_alone),
        IN_A_SAMPLE(a_firm_without_places_and_one_that_withdrew_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
