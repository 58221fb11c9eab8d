#include "unit.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/rng.h"
#include "engine/names/names.h"
#include "engine/names/similar.h"
#include "text/fold.h"

static struct names_record record(const char *english, const char *chinese) {
    return (struct names_record){.name_en = str_of(english), .name_zh = str_of(chinese)};
}

static struct names_pair compare(struct names_record a, struct names_record b) {
    struct errinfo info;
    struct names_pair pair;
    assert_ok(names_compare(&a, &b, &pair, &info), &info);
    return pair;
}

struct case_of_pair {
    const char *a_en, *a_zh, *b_en, *b_zh;
};

static uint32_t failures(const struct case_of_pair *cases, size_t count, bool same) {
    uint32_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        const struct case_of_pair *c = &cases[i];
        struct names_pair p = compare(record(c->a_en, c->a_zh), record(c->b_en, c->b_zh));
        if ((p.score >= NAMES_SCORE_MIN) == same)
            continue;
        print_message("# %s %s / %s %s: %.2f\n", c->a_en, c->a_zh, c->b_en, c->b_zh,
                      (double)p.score);
        wrong++;
    }
    return wrong;
}

static void finds_the_same_firm_in_other_spellings(void **state) {
    static const struct case_of_pair SAME[] = {
        {"Nordwind Antriebe GmbH", "", "NORDWIND ANTRIEBE", ""},
        {"Müller Ventile AG", "", "Muller Ventile A.G.", ""},
        {"Societe Brelan S.A.", "", "Société Brélan", ""},
        {"Çelikoğlu Kablo A.Ş.", "", "Celikoglu Kablo Anonim Sirketi", ""},
        {"Công ty TNHH Phúc Lộc Sơn", "", "Phuc Loc Son Co., Ltd.", ""},
        {"Hoshikawa Seiki K.K.", "", "Hoshikawa Seiki Kabushiki Kaisha", ""},
        {"", "星河電機股份有限公司", "", "星河电机"},
        {"", "浙江远帆光电科技有限公司", "", "远帆光电"},
        {"Yuanfan", "", "", "远帆科技有限公司"},
        {"", "厦门澜海有限公司", "Lanhai (Xiamen) Co., Ltd.", ""},
        {"Verdant Oak Minerals (VOM)", "", "VOM Ltd", ""},
        {"Kestrel Dynamics (Shanghai) Co., Ltd.", "", "Kestrel Dynamics Inc.", ""},
        {"Bramblewick", "布兰", "Bramblewcik", "布兰有限公司"},
        {"한빛전자 주식회사", "", "한빛전자", ""},
        {"ホシカワ株式会社", "", "ホシカワ", ""},
        {"Quillon-Tek", "", "QuillonTek S.p.A.", ""},
        {"O'Dovan & Sons Ltd", "", "ODovan and Sons Limited", ""},
    };
    assert_int_equal(failures(SAME, sizeof(SAME) / sizeof(SAME[0]), true), 0);
}

static void keeps_sister_firms_and_strangers_apart(void **state) {
    static const struct case_of_pair OTHER[] = {
        {"Kestrel Logistics", "凯翔物流", "Kestrel", "凯翔集团"},
        {"Nordwind Turbine GmbH", "", "Nordwind Boiler GmbH", ""},
        {"Hunan Province Pavilion", "湖南馆", "Henan Province Pavilion", "河南馆"},
        {"Beijing Lanmu", "北京蓝木", "Beijing Hongmu", "北京红木"},
        {"Norway Stand", "挪威展位", "Sweden Stand", "瑞典展位"},
        {"Sino Petroleum", "中国石油", "Sino Petrochemical", "中国石化"},
        {"Ganlan Regional Cluster", "", "Baishu Regional Cluster", ""},
        {"Example Bearing Works", "", "Example Valve Works", ""},
        {"Veltra Electric", "维特电气", "Veltra Electric Machinery", "维特电机"},
        {"Morrow Foods (Kestrel) Ltd", "莫罗食品", "Kestrel", "凯翔"},
        {"ABX", "甲公司", "ABX", "乙集团"},
        {"", "", "", ""},
    };
    assert_int_equal(failures(OTHER, sizeof(OTHER) / sizeof(OTHER[0]), false), 0);
}

static void says_the_reason_in_both_languages(void **state) {
    struct names_pair p = compare(record("", "中糧集團"), record("", "中粮集团"));
    assert_true((p.reasons & NAMES_SCRIPT) != 0);
    struct buf out;
    buf_init(&out, 1000);
    names_say_reasons(NAMES_SCRIPT | NAMES_SAME_OFFERS, false, &out);
    assert_str(buf_str(&out), "traditional and simplified script; same offers text");
    buf_clear(&out);
    names_say_reasons(NAMES_SCRIPT, true, &out);
    assert_str(buf_str(&out), "繁简体不同");
    buf_release(&out);
}

static void distance_counts_swaps_once(void **state) {
    assert_int_equal(names_distance(STR("goertek"), STR("geortek"), 2), 1);
    assert_int_equal(names_distance(STR("abc"), STR("abc"), 2), 0);
    assert_int_equal(names_distance(STR("abc"), STR("abcd"), 2), 1);
    assert_int_equal(names_distance(STR("abc"), STR("xyz"), 2), 3);
    assert_int_equal(names_distance(STR(""), STR("ab"), 2), 2);
}

struct found {
    struct names_pair at[64];
    size_t len;
};

static bool collect(void *ctx, const struct names_pair *pair) {
    struct found *f = ctx;
    if (f->len < 64)
        f->at[f->len++] = *pair;
    return true;
}

static struct names_index *index_of(const struct names_record *records, size_t count) {
    struct errinfo info;
    struct names_index *x = NULL;
    assert_ok(names_index_new(&x, &info), &info);
    for (size_t i = 0; i < count; i++)
        assert_ok(names_index_add(x, &records[i], &info), &info);
    assert_ok(names_index_build(x, NULL, &info), &info);
    return x;
}

static void index_finds_pairs_from_a_record_on(void **state) {
    struct errinfo info;
    struct names_record r[] = {
        record("Kestrel Dynamics", ""),
        record("Nordwind", "北风"),
        record("Kestrel Dynamics Inc.", ""),
        record("Nrodwind GmbH", "北风"),
        record("", ""),
    };
    struct names_index *x = index_of(r, 5);
    struct found f = {.len = 0};
    assert_ok(names_all_pairs(x, 0, NULL, collect, &f, &info), &info);
    assert_int_equal(f.len, 2);
    assert_int_equal(f.at[0].a, 0);
    assert_int_equal(f.at[0].b, 2);
    assert_int_equal(f.at[1].a, 1);
    assert_int_equal(f.at[1].b, 3);
    f.len = 0;
    assert_ok(names_all_pairs(x, 3, NULL, collect, &f, &info), &info);
    assert_int_equal(f.len, 1);
    struct names_pair hits[4];
    size_t count;
    struct names_record wanted = record("Kestrel Dynamics Ltd", "");
    assert_ok(names_find(x, &wanted, hits, 4, &count, &info), &info);
    assert_int_equal(count, 2);
    assert_int_equal(hits[0].a, 0);
    names_index_free(x);
}

static void an_index_of_nothing_finds_nothing(void **state) {
    struct errinfo info;
    struct names_index *x = index_of(NULL, 0);
    struct found f = {.len = 0};
    struct names_pair hit;
    size_t count;
    struct names_record wanted = record("Kestrel", "");
    assert_ok(names_all_pairs(x, 0, NULL, collect, &f, &info), &info);
    assert_ok(names_find(x, &wanted, &hit, 1, &count, &info), &info);
    assert_int_equal(f.len + count, 0);
    names_index_free(x);
}

static void stops_when_told(void **state) {
    struct errinfo info;
    struct job job = {0};
    struct names_record r[] = {record("A", ""), record("B", "")};
    struct names_index *x = index_of(r, 2);
    struct found f = {.len = 0};
    job_cancel(&job);
    assert_int_equal(names_all_pairs(x, 0, &job, collect, &f, &info), ERR_STOPPED);
    assert_int_equal(names_index_build(x, &job, &info), ERR_STOPPED);
    names_index_free(x);
}

static enum err whole_run(struct found *f, struct errinfo *info) {
    struct names_record r[] = {record("Kestrel Dynamics", "凯翔动力"),
                               record("Kestrl Dynamics", "")};
    struct names_index *x = NULL;
    enum err err = names_index_new(&x, info);
    for (size_t i = 0; i < 2 && err == ERR_OK; i++)
        err = names_index_add(x, &r[i], info);
    if (err == ERR_OK)
        err = names_index_build(x, NULL, info);
    if (err == ERR_OK)
        err = names_all_pairs(x, 0, NULL, collect, f, info);
    names_index_free(x);
    return err;
}

static void says_when_memory_is_short(void **state) {
    struct errinfo info;
    struct found f = {.len = 0};
    bool succeeded = false;
    for (long n = 0; n < 200 && !succeeded; n++) {
        mem_fail_after(n);
        enum err err = whole_run(&f, &info);
        mem_fail_after(-1);
        succeeded = err == ERR_OK;
        assert_true(succeeded || err == ERR_MEMORY);
    }
    assert_true(succeeded);
    assert_int_equal(f.len, 1);
}

static void words_of_the_table_are_folded(void **state) {
    struct errinfo info;
    struct buf out;
    buf_init(&out, 1000);
    for (size_t i = 0; i < names_words_len; i++) {
        struct str word = {names_words[i].text, names_words[i].len};
        buf_clear(&out);
        assert_ok(text_fold_plain(word, &out, &info), &info);
        assert_str(buf_str(&out), names_words[i].text);
        assert_ptr_equal(names_word_find(word), &names_words[i]);
    }
    buf_release(&out);
}

static void random_bytes_are_no_danger(void **state) {
    struct rng rng;
    rng_init(&rng, 11);
    static const char PIECES[] = "ab. /&()[];'\xE4\xB8\xAD\xE5\x9B\xBD\xEC\xA3\xBC\xE3\x82\xAC\xFF";
    for (int round = 0; round < 20000; round++) {
        char bytes[2][48];
        struct str s[2];
        for (size_t i = 0; i < 2; i++) {
            s[i] = (struct str){bytes[i], rng_below(&rng, sizeof(bytes[i]) + 1)};
            for (size_t k = 0; k < s[i].len; k++)
                bytes[i][k] = PIECES[rng_below(&rng, sizeof(PIECES))];
        }
        struct names_record a = {.name_en = s[0], .name_zh = s[1]};
        struct names_record b = {.name_en = s[1], .name_zh = s[0]};
        struct names_pair p = compare(a, b);
        assert_true(p.score >= 0 && p.score <= 1);
    }
}

static void a_name_loses_its_legal_form_and_no_more(void **state) {
    static const char *const cases[][2] = {
        {"Acme Co., Ltd.", "acme"},
        {"Acme Group Holdings, Inc.", "acme"},
        {"Acme S.p.A.", "acme"},
        {"Acme A/S", "acme"},
        {"Acme Sp. z o.o.", "acme"},
        {"Acme GmbH & Co. KG", "acme"},
        {"Acme Public Joint Stock Company", "acme"},
        {"Acme Logistics B.V.", "acme logistics"},
        {"Acme S", "acme s"},
        {"Group", "group"},
        {"宁德时代新能源科技股份有限公司", "宁德时代新能源科技"},
        {"华润集团有限公司", "华润"},
        {"長榮集團股份有限公司", "长荣"},
        {"トヨタ自動車株式会社", "トヨタ自动车"},
        {"集团公司", "集团"},
        {"", ""},
    };
    struct buf folded;
    struct errinfo info;
    buf_init(&folded, 1000);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char core[200];
        buf_clear(&folded);
        assert_ok(text_fold_plain(str_of(cases[i][0]), &folded, &info), &info);
        snprintf(core, sizeof(core), "%.*s", STR_ARG(names_without_form(buf_str(&folded))));
        assert_string_equal(core, cases[i][1]);
    }
    buf_release(&folded);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_loses_its_legal_form_and_no_more),
        cmocka_unit_test(finds_the_same_firm_in_other_spellings),
        cmocka_unit_test(keeps_sister_firms_and_strangers_apart),
        cmocka_unit_test(says_the_reason_in_both_languages),
        cmocka_unit_test(distance_counts_swaps_once),
        cmocka_unit_test(index_finds_pairs_from_a_record_on),
        cmocka_unit_test(an_index_of_nothing_finds_nothing),
        cmocka_unit_test(stops_when_told),
        cmocka_unit_test(says_when_memory_is_short),
        cmocka_unit_test(words_of_the_table_are_folded),
        cmocka_unit_test(random_bytes_are_no_danger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
