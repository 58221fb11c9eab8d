#include "unit.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/catalogue/classify.h"

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
    {TEXT("Sensors and instruments"), TEXT("传感器与仪器"),
     TEXT("sensor;pressure sensor;flow meter"), TEXT("压力传感器;流量计"), TEXT("9026"), TEXT(""),
     TEXT("component")},
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

static void classify_asks_instead_of_guessing(void **state) {
    struct classify_result r = ask(state, STR("batteries"));
    assert_int_not_equal(r.verdict, CLASSIFY_SURE);
    assert_true(r.hit_count >= 2);
    const char *const empty[] = {"", " ", "Welcome!", "2024", "，。、", "\xff\xfe"};
    for (size_t i = 0; i < sizeof(empty) / sizeof(*empty); i++)
        assert_int_equal(ask(state, str_of(empty[i])).verdict, CLASSIFY_NOTHING);
}

static void classify_lets_a_prior_move_unsure_hits_only(void **state) {
    struct fixture *f = *state;
    struct classify_result plain, moved;
    struct errinfo info;
    float prior[NODES];
    for (uint32_t i = 0; i < NODES; i++)
        prior[i] = 1;
    assert_ok(classify_text(f->c, f->scratch, STR("battery"), NULL, &plain, &info), &info);
    uint32_t second = plain.hits[1].node;
    prior[second] = 100;
    assert_ok(classify_text(f->c, f->scratch, STR("battery"), prior, &moved, &info), &info);
    assert_int_equal(moved.hits[0].node, second);
    assert_ok(classify_text(f->c, f->scratch, STR("tyres"), prior, &moved, &info), &info);
    assert_int_equal(moved.hits[0].node, TYRES);
    for (uint32_t i = 0; i < moved.hit_count; i++)
        assert_int_not_equal(moved.hits[i].node, second);
}

static void classify_refuses_a_text_over_the_limit(void **state) {
    struct fixture *f = *state;
    struct errinfo info;
    char *text = mem_new(CLASSIFY_TEXT_MAX + 1, 1);
    memset(text, 'a', CLASSIFY_TEXT_MAX + 1);
    struct classify_result r = {.hit_count = 77};
    assert_int_equal(
        classify_text(f->c, f->scratch, (struct str){text, CLASSIFY_TEXT_MAX + 1}, NULL, &r, &info),
        ERR_LIMIT);
    assert_int_equal(r.hit_count, 77);
    mem_free(text);
}

static void classify_works_on_a_catalogue_of_nothing(void **state) {
    struct classifier *c;
    struct classify_scratch *scratch;
    struct classify_result r;
    struct errinfo info;
    static const struct classify_node blank[2];
    for (uint32_t count = 0; count <= 2; count += 2) {
        assert_ok(classifier_new(count > 0 ? blank : NULL, count, NULL, 0, &c, &info), &info);
        assert_ok(classify_scratch_new(c, &scratch, &info), &info);
        assert_ok(classify_text(c, scratch, STR("battery 电池 HS 850760"), NULL, &r, &info), &info);
        assert_int_equal(r.verdict, CLASSIFY_NOTHING);
        classify_scratch_free(scratch);
        classifier_free(c);
    }
}

/* Whether two results are the same in every field that is set. */
static bool same(const struct classify_result *a, const struct classify_result *b) {
    if (a->verdict != b->verdict || a->hit_count != b->hit_count)
        return false;
    for (uint32_t i = 0; i < a->hit_count; i++)
        if (memcmp(&a->hits[i], &b->hits[i], sizeof(a->hits[i])) != 0)
            return false;
    return true;
}

static void assert_sound(const struct classify_result *r, size_t len) {
    for (uint32_t i = 0; i < r->hit_count; i++) {
        const struct classify_hit *h = &r->hits[i];
        assert_true(h->node < NODES);
        assert_true(h->score >= 0 && h->score <= 1);
        assert_int_equal(h->asserted, h->score >= CLASSIFY_SURE_FROM);
        assert_true(i == 0 || h->score <= r->hits[i - 1].score);
        assert_true(h->span_count >= 1 && h->span_count <= CLASSIFY_SPANS_MAX);
        for (uint32_t k = 0; k < h->span_count; k++) {
            assert_true(h->spans[k].from < h->spans[k].to && h->spans[k].to <= len);
            assert_true(k == 0 || h->spans[k].from > h->spans[k - 1].to);
        }
    }
}

static const char *const scraps[] = {
    "battery", "pack",      "电池",        "隔膜",        "用",   "的",       "面向",
    "、",      "，",        ",",           ";",           " ",    "\n",       "-",
    "/",       "for",       "of",          "and",         "与",   "HS ",      "8507.60",
    "850760",  "CPC 65211", "sensor",      "robots",      "轮胎", "\xe7\x94", "\xff",
    "Ｂ",      "ﬁ",         "e\xcc\x81",   "looking for", "BMS",  "his",      "(",
    ")",       "machines",  "wet-process", "xylophone",   "G1",   "锂",       "aluminium",
    "tyres",   "3.0",       "'s",          "。",
};

static void classify_is_sound_and_repeats_on_any_text(void **state) {
    struct fixture *f = *state;
    struct rng rng;
    uint64_t seed = 20241126;
    rng_init(&rng, seed);
    char text[512];
    for (int round = 0; round < 20000; round++) {
        size_t len = 0;
        uint32_t parts = rng_below(&rng, 14);
        for (uint32_t k = 0; k < parts; k++) {
            const char *s = scraps[rng_below(&rng, sizeof(scraps) / sizeof(*scraps))];
            size_t n = strlen(s);
            memcpy(text + len, s, n);
            len += n;
            if (rng_below(&rng, 2) == 0)
                text[len++] = (char)(rng_below(&rng, 4) > 0 ? ' ' : rng_below(&rng, 256));
        }
        struct classify_result a = {0}, b = {0};
        struct errinfo info;
        struct str s = {text, len};
        assert_ok(classify_text(f->c, f->scratch, s, NULL, &a, &info), &info);
        assert_ok(classify_text(f->c, f->scratch, s, NULL, &b, &info), &info);
        if (!same(&a, &b))
            fail_msg("seed %llu round %d: two results", (unsigned long long)seed, round);
        assert_sound(&a, len);
    }
}

static void classify_keeps_sure_hits_when_a_sentence_is_added(void **state) {
    const char *const texts[] = {"Battery packs", "锂电池隔膜", "BMS for e-bus",
                                 "工业机器人用传感器", "tyres of trucks"};
    const char *const more[] = {"We are glad to see you. ", "欢迎光临我们的公司。", "IN THE HALL. ",
                                "Looking for partners; "};
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
        for (size_t k = 0; k < sizeof(more) / sizeof(*more); k++) {
            char text[256];
            struct classify_result plain = ask(state, str_of(texts[i]));
            snprintf(text, sizeof(text), "%s%s. %s", more[k], texts[i], more[k]);
            struct classify_result longer = ask(state, str_of(text));
            assert_int_equal(longer.hits[0].node, plain.hits[0].node);
            assert_true(longer.hits[0].asserted);
        }
}

static void classify_reads_long_texts(void **state) {
    static const char *const units[] = {
        "battery for packs of the 电池用", "a", "、", "电", "8", "battery-", "面向电池、"};
    enum { LONG = 100000 };
    char *text = mem_new(LONG, 1);
    for (size_t u = 0; u < sizeof(units) / sizeof(*units); u++) {
        size_t n = strlen(units[u]);
        for (size_t i = 0; i < LONG; i++)
            text[i] = units[u][i % n];
        struct classify_result r = ask(state, (struct str){text, LONG});
        assert_sound(&r, LONG);
    }
    mem_free(text);
}

static enum err build_and_ask(struct errinfo *info) {
    struct classifier *c = NULL;
    struct classify_scratch *scratch = NULL;
    struct classify_result r;
    enum err e = classifier_new(nodes, NODES, lexicon, LEXEMES, &c, info);
    if (e == ERR_OK)
        e = classify_scratch_new(c, &scratch, info);
    if (e == ERR_OK)
        e = classify_text(c, scratch, STR("é battery packs, tyres, 电池用传感器"), NULL, &r, info);
    classify_scratch_free(scratch);
    classifier_free(c);
    return e;
}

static void classify_survives_every_failing_allocation(void **state) {
    struct errinfo info;
    enum { ALLOCATIONS_MAX = 100000 };
    long fail_at = 0;
    enum err e = ERR_MEMORY;
    for (; e != ERR_OK && fail_at < ALLOCATIONS_MAX; fail_at++) {
        mem_fail_after(fail_at);
        e = build_and_ask(&info);
        mem_fail_after(-1);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
    }
    assert_int_equal(e, ERR_OK);
    assert_true(fail_at > 50);
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
        cmocka_unit_test(classify_asks_instead_of_guessing),
        cmocka_unit_test(classify_lets_a_prior_move_unsure_hits_only),
        cmocka_unit_test(classify_refuses_a_text_over_the_limit),
        cmocka_unit_test(classify_works_on_a_catalogue_of_nothing),
        cmocka_unit_test(classify_is_sound_and_repeats_on_any_text),
        cmocka_unit_test(classify_keeps_sure_hits_when_a_sentence_is_added),
        cmocka_unit_test(classify_reads_long_texts),
        cmocka_unit_test(classify_survives_every_failing_allocation),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
