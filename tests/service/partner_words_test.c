#include "partner_sample.h"

#include "service/partner_words.h"

struct said {
    struct partner_reason reason[MATCH_PARTS];
    uint32_t count;
};

static struct said say(struct partner_sample *f, const struct partner_parts *parts,
                       enum partner_voice voice) {
    struct said said;
    assert_ok(
        partner_words(f->view, parts, voice, NULL, &f->arena, said.reason, &said.count, &f->info),
        &f->info);
    return said;
}

static struct partner_parts between(struct partner_sample *f, const char *first,
                                    const char *second) {
    return (struct partner_parts){
        .first_id = partner_named(f, first),
        .second_id = partner_named(f, second),
        .need = {.give = VIEW_NONE},
        .offer = {.give = VIEW_NONE},
        .resilience = {.node = VIEW_NONE},
        .volume = {.node = VIEW_NONE},
        .wish = {.seek_node = VIEW_NONE, .node = VIEW_NONE},
    };
}

static void a_fit_names_who_gives_what_for_what_and_how_sure_it_is(void **state) {
    struct partner_sample *f = *state;
    partner_load(f, "2026");
    struct partner_parts p = between(f, "Tesla", "CATL");
    p.part[MATCH_FIT_NEED] = 0.7;
    p.need = (struct partner_fit){.give = partner_node(f, "bat.pack"),
                                  .take = partner_node(f, "ev.car"),
                                  .side = MATCH_OFFERS,
                                  .kind = MATCH_ESSENTIAL,
                                  .give_basis = MATCH_DECLARED,
                                  .take_basis = MATCH_INFERRED,
                                  .things = 3};
    struct said said = say(f, &p, PARTNER_TO_FIRST);
    assert_int_equal(said.count, 1);
    assert_str(said.reason[0].words_en,
               "Offers battery packs, an essential input for your passenger cars (electric and "
               "hybrid) (inferred); 2 more of its offers fit, too");
    assert_non_null(strstr(said.reason[0].words_zh.ptr, "对方提供"));
    assert_non_null(strstr(said.reason[0].words_zh.ptr, "贵方"));
    partner_parts_turn(&p);
    said = say(f, &p, PARTNER_TO_FIRST);
    assert_int_equal(said.reason[0].part, MATCH_FIT_OFFER);
    assert_non_null(strstr(said.reason[0].words_en.ptr, "You offer battery packs"));
    assert_non_null(strstr(said.reason[0].words_en.ptr, "for its passenger cars"));
    said = say(f, &p, PARTNER_OF_BOTH);
    assert_non_null(strstr(said.reason[0].words_en.ptr, "CATL offers battery packs"));
    assert_non_null(strstr(said.reason[0].words_en.ptr, "for Tesla's passenger cars"));
}

static void the_weightiest_reason_comes_first_and_rivalry_last(void **state) {
    struct partner_sample *f = *state;
    partner_load(f, "2026");
    struct partner_parts p = between(f, "Tesla", "CATL");
    p.part[MATCH_LANGUAGES] = 1;
    p.part[MATCH_RIVALRY] = 0.9;
    p.part[MATCH_FIT_NEED] = 1;
    p.part[MATCH_RESILIENCE] = 1;
    p.same = 2;
    p.same_of = 3;
    memcpy(p.languages, "zh en", 6);
    p.need = (struct partner_fit){.give = partner_node(f, "bat.pack"),
                                  .take = partner_node(f, "bat.pack"),
                                  .side = MATCH_NEEDS,
                                  .give_basis = MATCH_CONFIRMED,
                                  .take_basis = MATCH_DECLARED,
                                  .things = 1};
    p.resilience.node = partner_node(f, "bat.pack");
    p.resilience.supplier_id = p.second_id;
    p.resilience.others = 1;
    struct said said = say(f, &p, PARTNER_TO_FIRST);
    assert_int_equal(said.count, 4);
    assert_str(said.reason[0].words_en, "Offers battery packs (confirmed), which you need");
    assert_str(said.reason[1].words_en,
               "Would be a second source of battery packs; only one other firm here offers that");
    assert_str(said.reason[2].words_en, "Both speak Chinese, English");
    assert_str(said.reason[2].words_zh, "双方均使用中文、英语");
    assert_int_equal(said.reason[3].part, MATCH_RIVALRY);
}

static void wishes_volumes_and_continuity_have_words_in_both_languages(void **state) {
    struct partner_sample *f = *state;
    partner_load(f, "2026");
    struct partner_parts p = between(f, "Tesla", "CATL");
    p.part[MATCH_WISHES] = 1;
    p.part[MATCH_VOLUME] = 0.4;
    p.part[MATCH_CONTINUITY] = 0.8;
    p.wish.kind = MATCH_WISH_NAMED;
    p.wish.of_id = p.second_id;
    p.volume.node = partner_node(f, "bat.pack");
    p.volume.supplier_id = p.second_id;
    p.volume.supply = 40;
    p.volume.demand = 100;
    struct said said = say(f, &p, PARTNER_TO_FIRST);
    assert_int_equal(said.count, 3);
    for (uint32_t i = 0; i < said.count; i++) {
        if (said.reason[i].part == MATCH_WISHES)
            assert_str(said.reason[i].words_en, "Names you as a partner to meet");
        if (said.reason[i].part == MATCH_VOLUME)
            assert_str(said.reason[i].words_en,
                       "Delivers 40 % of the battery packs that you take a year");
        if (said.reason[i].part == MATCH_CONTINUITY)
            assert_str(said.reason[i].words_zh, "双方已签合作备忘录");
    }
    p.wish = (typeof(p.wish)){.kind = MATCH_WISH_SEEK,
                              .of_id = p.first_id,
                              .seek = MATCH_SEEK_DEVELOPMENT,
                              .seek_node = partner_node(f, "bat.cell"),
                              .node = VIEW_NONE};
    p.part[MATCH_VOLUME] = p.part[MATCH_CONTINUITY] = 0;
    said = say(f, &p, PARTNER_TO_FIRST);
    assert_non_null(strstr(said.reason[0].words_en.ptr, "You look for a partner for joint"));
    assert_non_null(strstr(said.reason[0].words_zh.ptr, "贵方正在寻找"));
}

static void every_pair_of_a_round_has_a_reason_to_meet(void **state) {
    struct partner_sample *f = *state;
    struct partner_settings settings = partner_settings_default();
    struct match_finder *finder;
    static const char *const editions[] = {"2023", "2024", "2025", "2026"};
    for (int e = 0; e < 4; e++) {
        partner_load(f, editions[e]);
        partner_run(f, &settings, false);
        assert_ok(match_finder_new(f->market->index, &finder, &f->info), &f->info);
        for (uint32_t i = 0; i < f->round->pairs; i++) {
            const struct partner_pair *pair = &f->round->pair[i];
            struct partner_parts parts;
            struct match_score score;
            (void)partner_round_score(finder, &settings, pair->first, pair->second, &score);
            partner_parts_of(f->market, &score, pair->first, pair->second, &parts);
            struct said said = say(f, &parts, PARTNER_TO_FIRST);
            assert_true(said.count > 0);
            for (uint32_t r = 0; r < said.count; r++) {
                assert_int_equal(str_find(said.reason[r].words_en, STR("?")), SIZE_MAX);
                assert_int_equal(str_find(said.reason[r].words_zh, STR("?")), SIZE_MAX);
            }
        }
        match_finder_free(finder);
    }
}

int main(void) {
#define IN_A_SAMPLE(test) cmocka_unit_test_setup_teardown(test, partner_setup, partner_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_SAMPLE(a_fit_names_who_gives_what_for_what_and_how_sure_it_is),
        IN_A_SAMPLE(the_weightiest_reason_comes_first_and_rivalry_last),
        IN_A_SAMPLE(wishes_volumes_and_continuity_have_words_in_both_languages),
        IN_A_SAMPLE(every_pair_of_a_round_has_a_reason_to_meet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
