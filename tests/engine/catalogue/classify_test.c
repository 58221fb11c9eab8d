#include "unit.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/catalogue/classify.h"
#include "engine/catalogue/labelled.h"

/* STR as an initialiser of constants */
#define TEXT(literal)                                                                              \
    { literal, sizeof(literal) - 1 }

static const struct classify_node nodes[] = {
    {TEXT("Battery separators"), TEXT("锂电池隔膜"), TEXT("separator film;wet-process separator"),
     TEXT("湿法隔膜"), TEXT("392010 850790"), TEXT(""), TEXT("component")},
    {TEXT("Battery packs"), TEXT("电池包"), TEXT("battery pack;traction battery"), TEXT("动力电池"),
     TEXT("850760"), TEXT(""), TEXT("component")},
    {TEXT("Battery management systems"), TEXT("电池管理系统"), TEXT("BMS;battery control board"),
     TEXT("电池保护板"), TEXT("903289"), TEXT(""), TEXT("component")},
    {TEXT("Industrial robots"), TEXT("工业机器人"), TEXT("six-axis robot;welding robot"),
     TEXT("六轴机器人"), TEXT("847950"), TEXT(""), TEXT("equipment")},
    {TEXT("Sensors and instruments"), TEXT("传感器与仪器"), TEXT("pressure sensor;flow meter"),
     TEXT("压力传感器;流量计"), TEXT("9026"), TEXT(""), TEXT("component")},
    {TEXT("Hospital software"), TEXT("医院软件"), TEXT("HIS;PACS"), TEXT("医院信息系统"), TEXT(""),
     TEXT("83143"), TEXT("service")},
    {TEXT("Ocean freight"), TEXT("海运"), TEXT("liner shipping"), TEXT("班轮运输"), TEXT(""),
     TEXT("65211 65213"), TEXT("service")},
    {TEXT("Tyres"), TEXT("轮胎"), TEXT("truck tyre"), TEXT("子午线轮胎"), TEXT("4011"), TEXT(""),
     TEXT("component")},
    {TEXT("Aluminium wheels"), TEXT("铝轮毂"), TEXT("alloy wheel"), TEXT("锻造轮毂"),
     TEXT("870870"), TEXT(""), TEXT("component")},
};
enum {
    SEPARATORS,
    PACKS,
    BMS,
    ROBOTS,
    SENSORS,
    HOSPITAL,
    OCEAN,
    TYRES,
    WHEELS,
    NODES = sizeof(nodes) / sizeof(*nodes)
};

static const struct classify_lexeme lexicon[] = {
    {CLASSIFY_FILLER, TEXT("solutions"), TEXT("")},
    {CLASSIFY_FILLER, TEXT("展台"), TEXT("")},
    {CLASSIFY_SAME, TEXT("lorry"), TEXT("truck")},
    {CLASSIFY_KIND, TEXT("machines"), TEXT("equipment")},
    {CLASSIFY_SEEKS, TEXT("looking for"), TEXT("")},
    {CLASSIFY_WORD, TEXT("his"), TEXT("")},
};
enum { LEXEMES = sizeof(lexicon) / sizeof(*lexicon) };

struct fixture {
    struct classifier *c;
    struct classify_scratch *scratch;
};

static int set_up(void **state) {
    static struct fixture f;
    struct errinfo info;
    assert_ok(classifier_new(nodes, NODES, lexicon, LEXEMES, &f.c, &info), &info);
    assert_ok(classify_scratch_new(f.c, &f.scratch, &info), &info);
    *state = &f;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *f = *state;
    classify_scratch_free(f->scratch);
    classifier_free(f->c);
    return 0;
}

static struct classify_result ask(void **state, struct str text) {
    struct fixture *f = *state;
    struct classify_result r;
    struct errinfo info;
    assert_ok(classify_text(f->c, f->scratch, text, NULL, &r, &info), &info);
    return r;
}

static void assert_first(void **state, const char *text, uint32_t node) {
    struct classify_result r = ask(state, str_of(text));
    if (r.hit_count == 0 || r.hits[0].node != node || !r.hits[0].asserted)
        fail_msg("\"%s\": got node %d, score %.2f, expected %u", text,
                 r.hit_count > 0 ? (int)r.hits[0].node : -1,
                 r.hit_count > 0 ? (double)r.hits[0].score : 0.0, node);
    assert_int_equal(r.verdict, CLASSIFY_SURE);
}

static void classify_finds_names_and_synonyms_in_both_languages(void **state) {
    assert_first(state, "Wet-process separators", SEPARATORS);
    assert_first(state, "我们生产锂电池隔膜", SEPARATORS);
    assert_first(state, "动力电池", PACKS);
    assert_first(state, "BMS for e-bus", BMS);
    assert_first(state, "FLOW METERS", SENSORS);
    assert_first(state, "ＢＭＳ", BMS);
}

static void classify_folds_spelling_and_plural(void **state) {
    assert_first(state, "aluminum wheel", WHEELS);
    assert_first(state, "truck tires", TYRES);
    assert_first(state, "wetprocess separator", SEPARATORS);
    assert_first(state, "presure sensors", SENSORS);
}

static void classify_takes_the_head_not_what_describes_it(void **state) {
    assert_first(state, "sensors for industrial robots", SENSORS);
    assert_first(state, "工业机器人用传感器", SENSORS);
    assert_first(state, "面向工业机器人的压力传感器", SENSORS);
    struct classify_result r = ask(state, STR("sensors for industrial robots"));
    for (uint32_t i = 0; i < r.hit_count; i++)
        assert_true(r.hits[i].node != ROBOTS || !r.hits[i].asserted);
}

static void classify_uses_the_lexicon(void **state) {
    assert_first(state, "lorry tyres", TYRES);
    assert_int_equal(ask(state, STR("solutions 展台")).verdict, CLASSIFY_NOTHING);
    assert_int_not_equal(ask(state, STR("looking for battery packs")).verdict, CLASSIFY_SURE);
}

static void classify_minds_case_of_abbreviations(void **state) {
    assert_first(state, "HIS and PACS", HOSPITAL);
    assert_int_equal(ask(state, STR("his team")).verdict, CLASSIFY_NOTHING);
}

static void classify_asserts_several_products(void **state) {
    struct classify_result r = ask(state, STR("Battery packs, six-axis robots; 轮胎、海运"));
    uint32_t asserted = 0;
    for (uint32_t i = 0; i < r.hit_count; i++)
        asserted += r.hits[i].asserted;
    assert_int_equal(asserted, 4);
}

static void classify_takes_codes_as_hints_only(void **state) {
    const char *const texts[] = {"HS 8507.60", "850760", "8507.60.00", "海关编码 8507600090"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct classify_result r = ask(state, str_of(texts[i]));
        assert_true(r.hit_count > 0);
        assert_int_equal(r.hits[0].node, PACKS);
        assert_false(r.hits[0].asserted);
    }
    assert_int_equal(ask(state, STR("CPC 65211")).hits[0].node, OCEAN);
    assert_int_equal(ask(state, STR("since 2024")).verdict, CLASSIFY_NOTHING);
}

static void classify_shows_the_words_that_decided(void **state) {
    struct str text = STR("Leading maker: Battery  Packs (IP67)");
    struct classify_result r = ask(state, text);
    assert_int_equal(r.hits[0].node, PACKS);
    assert_int_equal(r.hits[0].span_count, 1);
    assert_str(str_sub(text, r.hits[0].spans[0].from, r.hits[0].spans[0].to), "Battery  Packs");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classify_finds_names_and_synonyms_in_both_languages),
        cmocka_unit_test(classify_folds_spelling_and_plural),
        cmocka_unit_test(classify_takes_the_head_not_what_describes_it),
        cmocka_unit_test(classify_uses_the_lexicon),
        cmocka_unit_test(classify_minds_case_of_abbreviations),
        cmocka_unit_test(classify_asserts_several_products),
        cmocka_unit_test(classify_takes_codes_as_hints_only),
        cmocka_unit_test(classify_shows_the_words_that_decided),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
