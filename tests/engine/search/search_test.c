/* What a query finds and in which order, on a handful of documents written for it. */
#include "unit.h"

#include <stdio.h>

#include "base/mem.h"
#include "base/vec.h"
#include "engine/search/search.h"
#include "text/utf8.h"

enum { FIRM, NODE, SESSION, TEXTS_MAX = 8, TOP = 20 };

/* A document as `field:text|field:text`; fields are n(ame), a(lias), c(ode), d(escription). */
struct card {
    const char *texts;
    uint8_t kind, weight;
};

static const struct card CARDS[] = {
    {"n:Great Wall Motor|n:长城汽车|a:GWM|d:Cars, pickups and their batteries", FIRM, 0},
    {"n:Great Wall Wine|n:长城葡萄酒|d:Red wine", FIRM, 0},
    {"n:CATL|n:宁德时代|a:Contemporary Amperex Technology|a:宁德时代新能源科技股份有限公司", FIRM,
     1},
    {"n:BYD|n:比亚迪|d:Electric cars; 锂电池与汽车", FIRM, 0},
    {"n:Xiamen Tungsten|n:厦门钨业", FIRM, 0},
    {"n:Coca-Cola|n:可口可乐", FIRM, 0},
    {"n:Müller Ventile GmbH|n:穆勒阀门", FIRM, 0},
    {"n:Green Land|n:绿地集团", FIRM, 0},
    {"n:Xi'an Aero|n:西安航空", FIRM, 0},
    {"n:先导智能|n:Lead Intelligent", FIRM, 0},
    {"n:TCL科技集团", FIRM, 0},
    {"n:中國長城科技", FIRM, 0},
    {"n:Battery cells|n:锂离子电芯|a:lithium cells|a:锂电池|c:bat.cell|c:HS 8507.60|c:CPC 4642",
     NODE, 0},
    {"n:Battery packs|n:电池包|c:bat.pack|c:HS 8507.60.10", NODE, 0},
    {"n:Opening ceremony|n:开幕式|c:P001", SESSION, 0},
    {"n:Hubei-Hungary conference|n:湖北与匈牙利会议|c:P029", SESSION, 0},
};
enum { CARDS_LEN = sizeof(CARDS) / sizeof(CARDS[0]) };

static enum err add_card(struct search_index *index, const struct card *card,
                         struct errinfo *info) {
    struct search_text texts[TEXTS_MAX];
    struct search_document document = {texts, 0, card->kind, card->weight};
    struct str rest = str_of(card->texts), part;
    while (str_next(&rest, "|", &part)) {
        assert_true(document.count < TEXTS_MAX);
        enum search_field field = part.ptr[0] == 'n'   ? SEARCH_NAME
                                  : part.ptr[0] == 'a' ? SEARCH_ALIAS
                                  : part.ptr[0] == 'c' ? SEARCH_CODE
                                                       : SEARCH_DESCRIPTION;
        texts[document.count++] = (struct search_text){field, str_sub(part, 2, part.len)};
    }
    return search_index_add(index, &document, info);
}

static enum err build_cards(const struct card *cards, size_t count, struct search_index **out,
                            struct errinfo *info) {
    enum err err = search_index_new(out, info);
    for (size_t i = 0; i < count && err == ERR_OK; i++)
        err = add_card(*out, &cards[i], info);
    if (err == ERR_OK)
        err = search_index_build(*out, NULL, info);
    return err;
}

static struct search_index *index_of(const struct card *cards, size_t count) {
    struct errinfo info;
    struct search_index *index;
    assert_ok(build_cards(cards, count, &index, &info), &info);
    return index;
}

/* The documents found, as their numbers in order; a ~ in front of the first with a typo, a ? in
 * front of the first that lacks a term. */
static void found_as_text(const struct search_index *index, const char *query, struct buf *out) {
    struct search_result result;
    struct search_hit hits[TOP];
    struct errinfo info;
    uint32_t count;
    assert_ok(search_find(index, str_of(query), &result, &info), &info);
    assert_ok(search_top(&result, UINT32_MAX, 0, hits, TOP, &count, &info), &info);
    buf_clear(out);
    for (uint32_t i = 0; i < count; i++) {
        buf_add_c(out, i > 0 ? " " : "");
        if (hits[i].missing > 0 && (i == 0 || hits[i - 1].missing == 0))
            buf_add_char(out, '?');
        else if (hits[i].typos > 0 && (i == 0 || hits[i - 1].typos == 0))
            buf_add_char(out, '~');
        buf_add_u64(out, hits[i].document);
    }
    search_result_release(&result);
}

struct expected {
    const char *query, *found;
};

static void expect(const struct card *cards, size_t count, const struct expected *rows,
                   size_t rows_len) {
    struct search_index *index = index_of(cards, count);
    struct buf out;
    uint32_t wrong = 0;
    buf_init(&out, 1000);
    for (size_t i = 0; i < rows_len; i++) {
        found_as_text(index, rows[i].query, &out);
        if (str_equal_c(buf_str(&out), rows[i].found))
            continue;
        print_message("# \"%s\" found %.*s, expected %s\n", rows[i].query, STR_ARG(buf_str(&out)),
                      rows[i].found);
        wrong++;
    }
    assert_int_equal(wrong, 0);
    buf_release(&out);
    search_index_free(index);
}

#define EXPECT(rows) expect(CARDS, CARDS_LEN, rows, sizeof(rows) / sizeof((rows)[0]))

static void words_are_found_by_their_beginning(void **state) {
    static const struct expected ROWS[] = {
        {"great wall motor", "0"},
        {"GREAT wal", "1 0"},
        {"wall great", "1 0"},
        {"mot", "0"},
        {"otor", "~0"},
        {"motor great x", "?0 1 8 4"},
        {"muller", "6"},
        {"MÜLLER", "6"},
        {"ｍuller", "6"},
        {"coca-cola", "5"},
        {"coca cola", "5"},
        {"cocacola", "~5"},
        {"cola", "5"},
        {"", ""},
        {"  ,,;;  ", ""},
        {"xian aero", "8"},
        {"xi'an", "8"},
    };
    EXPECT(ROWS);
}

static void han_is_found_anywhere_in_either_script(void **state) {
    static const struct expected ROWS[] = {
        {"长城", "0 1 11"}, {"長城", "0 1 11"}, {"城汽", "0"},        {"长城 汽车", "0"},
        {"汽车", "0 3"},    {"TCL科技", "10"},  {"科技TCL", "10"},    {"tcl 集团", "10"},
        {"中国长城", "11"}, {"车汽", ""},       {"会议匈牙利", "15"}, {"电池", "13 12 3"},
        {"锂电", "12 3"},
    };
    EXPECT(ROWS);
}

static void pinyin_may_break_off_anywhere(void **state) {
    static const struct expected ROWS[] = {
        {"changcheng", "0 1 11"},
        {"changchengq", "0 ~1 11"},
        {"chang cheng qi che", "0"},
        {"chengqi", "0"},
        {"hangcheng", "~0 1 11"},
        {"zhangcheng", "~0 1 11"},
        {"xiamen", "4"},

        {"ningde", "2"},
        {"lvdi", "7"},
        {"ludi", "7"},
        {"xi'an hangkong", "8"},
        {"xianda", "9 ~8"},
        {"xian'dao", "9"},
        {"lidianchi", "12"}, /* not the description of 3 */
    };
    EXPECT(ROWS);
}

static void tones_must_agree_where_given(void **state) {
    static const struct expected ROWS[] = {
        {"chang2cheng2", "0 1 11"},
        {"cháng chéng", "0 1 11"},
        {"chang2 cheng", "0 1 11"},
        {"chang3cheng2", ""},
        {"chàng chéng", "?0 1 11"},
        {"chángchéng", "0 1 11"},
        {"chang2chen", "0 1 11"},
        {"chang2chen2", ""},
        {"lǜ dì", "7"},
        {"lü4di4", "7"},
        {"xī ān", "8"},
    };
    EXPECT(ROWS);
}

static void initials_are_those_of_a_name(void **state) {
    static const struct expected ROWS[] = {
        {"byd", "3"}, {"ccqc", "0"}, {"ndsd", "2"},  {"gwm", "0"},
        {"cat", "2"}, {"ccqcx", ""}, {"cckj", "11"}, /* behind 中国 */
    };
    EXPECT(ROWS);
}

static void codes_do_without_their_marks(void **state) {
    static const struct expected ROWS[] = {
        {"8507.60", "12 13"},  {"850760", "12 13"}, {"8507 60", "12 13"}, {"HS 8507.60", "12 13"},
        {"hs850760", "12 13"}, {"85076010", "13"},  {"8507.61", ""},      {"bat.cell", "12"},
        {"batcell", "12"},     {"bat cell", "12"},  {"BAT.", "12 13 0"},  {"P029", "15"},
        {"029", "15"},         {"p0", "14 15"},     {"cpc 4642", "12"},
    };
    EXPECT(ROWS);
}

static void one_typo_a_term_is_forgiven(void **state) {
    static const struct expected ROWS[] = {
        {"graet", "~1 0"},         {"grat wal motr", "~0"},
        {"gret", "~1 0 7"},        {"reat", "~1 0"},
        {"greatt", "~1 0"},        {"teh", ""},
        {"tungstne", "~4"},        {"tongsten", "~4"},
        {"chnagcheng", "~0 1 11"}, {"changchneg", "~0 1 11"},
        {"changcehng", "~0 1 11"}, {"changchenqiche", "~0"},
        {"长诚汽车", "~0"},        {"宁德世代", "~2"},
        {"长城气车", "~0"},        {"长汽车", "~0 3"},
        {"长城的汽车", "~0"},      {"城长汽车", "~0"},
        {"常诚", "~0 1 11"},       {"p028", ""},
        {"ventil gmhb", "~6"},
    };
    EXPECT(ROWS);
}

static void names_come_before_aliases_codes_and_descriptions(void **state) {
    static const struct card cards[] = {
        {"n:Other|d:solar plant", FIRM, 0},
        {"n:Other|c:solar.1", FIRM, 0},
        {"n:Other|a:solar park", FIRM, 0},
        {"n:New solar", FIRM, 0},
        {"n:Solar park", FIRM, 0},
        {"n:Solar", FIRM, 0},
        {"n:Solarium", FIRM, 0},
        {"n:Other|a:solar", FIRM, 0},
        {"n:Solar", FIRM, 9},
        {"n:Big solar park", FIRM, 3},
    };
    static const struct expected ROWS[] = {{"solar", "8 5 7 4 9 3 6 2 1 0"},
                                           {"solar park", "4 2 9"}};
    expect(cards, 10, ROWS, 2);
}

static void rare_words_are_enough_when_none_has_all(void **state) {
    static const struct expected ROWS[] = {
        {"Great Wall Motor Co., Ltd.", "?0 1 5 15 2"},
        {"CATL zzzz", "?2"},
        {"zzzz yyyy CATL", "?2"},
        {"宁德时代新能源电池有限公司", "?2 13 12 3"},
        {"长城新能源汽车", "?0 1 11 2 3"},
        {"宁德时代 长城汽车", "?2 0"},
    };
    EXPECT(ROWS);
}

static void counts_and_pages_agree(void **state) {
    struct search_index *index = index_of(CARDS, CARDS_LEN);
    struct search_result result;
    struct search_hit all[TOP], page[3];
    struct errinfo info;
    uint32_t count, seen = 0;
    assert_ok(search_find(index, STR("c"), &result, &info), &info);
    assert_ok(search_top(&result, UINT32_MAX, 0, all, TOP, &count, &info), &info);
    assert_true(count > 4);
    assert_int_equal(result.total, count);
    assert_int_equal(result.counts[FIRM] + result.counts[NODE] + result.counts[SESSION], count);
    for (uint32_t from = 0, got = 3; got > 0; from += got) {
        assert_ok(search_top(&result, UINT32_MAX, from, page, 3, &got, &info), &info);
        for (uint32_t i = 0; i < got; i++)
            assert_int_equal(page[i].document, all[seen++].document);
    }
    assert_int_equal(seen, count);
    assert_ok(search_top(&result, 1U << NODE, 0, page, 3, &count, &info), &info);
    assert_int_equal(count, result.counts[NODE]);
    for (uint32_t i = 0; i < count; i++)
        assert_int_equal(page[i].kind, NODE);
    search_result_release(&result);
    search_index_free(index);
}

static void says_what_is_too_long(void **state) {
    struct search_index *index = index_of(CARDS, CARDS_LEN);
    struct search_result result;
    struct errinfo info;
    char text[SEARCH_QUERY_BYTES_MAX + 2];
    memset(text, 'a', sizeof(text));
    struct str query = {text, SEARCH_QUERY_BYTES_MAX + 1};
    assert_int_equal(search_find(index, query, &result, &info), ERR_LIMIT);
    assert_non_null(strstr(info.message, "200"));
    search_result_release(&result);
    query.len--;
    assert_ok(search_find(index, query, &result, &info), &info);
    search_result_release(&result);
    assert_int_equal(search_find(index, STR("a b c d e f g h i j k l m n o p q"), &result, &info),
                     ERR_LIMIT);
    assert_non_null(strstr(info.message, "16"));
    search_result_release(&result);
    assert_ok(search_find(index, STR("a a a a a a a a a a a a a a a a a a"), &result, &info),
              &info);
    search_result_release(&result);
    search_index_free(index);
}

static void an_index_of_nothing_finds_nothing(void **state) {
    static const struct expected ROWS[] = {{"a", ""}, {"长城", ""}, {"great wall", ""}};
    static const struct card empty[] = {{"n:", FIRM, 0}};
    expect(NULL, 0, ROWS, 3);
    expect(empty, 1, ROWS, 3);
}

static enum err whole_run(uint32_t *total, struct errinfo *info) {
    struct search_index *index = NULL;
    struct search_result result = {0};
    struct search_hit hits[TOP];
    uint32_t count;
    enum err err = build_cards(CARDS, CARDS_LEN, &index, info);
    if (err == ERR_OK)
        err = search_find(index, STR("graet wall 长诚"), &result, info);
    if (err == ERR_OK)
        err = search_top(&result, UINT32_MAX, 0, hits, TOP, &count, info);
    *total = result.total;
    search_result_release(&result);
    search_index_free(index);
    return err;
}

/* Too broad for a list of the best, not for a filter. */
static void names_are_found_completely_however_broad_the_query(void **state) {
    enum { FIRMS = 300, LONG = 4000 };
    static char text[LONG + 1];
    struct search_index *index;
    struct search_result result;
    struct errinfo info;
    uint64_t bits[FIRMS / 64 + 1] = {0};
    for (size_t i = 0; i < LONG; i += 2)
        memcpy(text + i, i % 5 == 0 ? "c " : "b ", 2);
    assert_ok(search_index_new(&index, &info), &info);
    for (int i = 0; i < FIRMS; i++) {
        const struct search_text texts[] = {
            {SEARCH_NAME, i % 3 == 0 ? STR("a or b") : STR("a or c")},
            {SEARCH_DESCRIPTION, str_of(text)}};
        const struct search_document document = {texts, 2, 0, 0};
        assert_ok(search_index_add(index, &document, &info), &info);
    }
    assert_ok(search_index_build(index, NULL, &info), &info);
    assert_ok(search_find(index, STR("b"), &result, &info), &info);
    assert_true(result.partial);
    search_result_release(&result);
    assert_ok(search_named(index, STR("b"), bits, &info), &info);
    for (int i = 0; i < FIRMS; i++)
        assert_int_equal(bits[i / 64] >> i % 64 & 1, i % 3 == 0);
    search_index_free(index);
}

static void says_when_memory_is_short(void **state) {
    struct errinfo info;
    uint32_t total = 0;
    bool succeeded = false;
    for (long n = 0; n < 2000 && !succeeded; n++) {
        mem_fail_after(n);
        enum err err = whole_run(&total, &info);
        mem_fail_after(-1);
        succeeded = err == ERR_OK;
        assert_true(succeeded || err == ERR_MEMORY);
    }
    assert_true(succeeded);
    assert_int_equal(total, 2);
}

static void stops_when_told(void **state) {
    struct search_index *index;
    struct errinfo info;
    struct job job = {0};
    job_cancel(&job);
    assert_ok(search_index_new(&index, &info), &info);
    for (size_t i = 0; i < CARDS_LEN; i++)
        assert_ok(add_card(index, &CARDS[i], &info), &info);
    assert_int_equal(search_index_build(index, &job, &info), ERR_STOPPED);
    search_index_free(index);
}

/* Texts of every length and shape that could upset the sorting or the walks. */
static void strange_texts_are_no_danger(void **state) {
    struct card cards[8] = {{"n:\xff\xfe broken \xe4", FIRM, 0},
                            {"n:a a a a a a a a a", FIRM, 0},
                            {"n:々〇𠀀𪚥", FIRM, 0},
                            {"n:ガス株式会社|a:ไทยแลนด์", FIRM, 0},
                            {"c:...|c:京ICP备12号", FIRM, 0},
                            {"n:🚗 car ™", FIRM, 0}};
    static const struct expected ROWS[] = {
        {"broken", "0"}, {"𪚥", "2"},  {"〇", "2"},  {"スガ", ""},     {"会社", "3"},
        {"แลนด์", "3"},   {"icp", "4"}, {"car", "5"}, {"a a a a", "1"}, {"\xff\xfe", ""}};
    static char text[3][3 * SEARCH_TEXT_BYTES_MAX];
    snprintf(text[0], 10, "n:");
    snprintf(text[1], 10, "d:");
    for (size_t i = 2; i + 3 < sizeof(text[0]); i += 3) {
        memcpy(text[0] + i, "长", 3);
        memcpy(text[1] + i, i % 2 == 0 ? "xyz" : "xy ", 3);
    }
    cards[6].texts = text[0];
    cards[7].texts = text[1];
    expect(cards, 8, ROWS, sizeof(ROWS) / sizeof(ROWS[0]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_found_by_their_beginning),
        cmocka_unit_test(han_is_found_anywhere_in_either_script),
        cmocka_unit_test(pinyin_may_break_off_anywhere),
        cmocka_unit_test(tones_must_agree_where_given),
        cmocka_unit_test(initials_are_those_of_a_name),
        cmocka_unit_test(codes_do_without_their_marks),
        cmocka_unit_test(one_typo_a_term_is_forgiven),
        cmocka_unit_test(names_come_before_aliases_codes_and_descriptions),
        cmocka_unit_test(rare_words_are_enough_when_none_has_all),
        cmocka_unit_test(counts_and_pages_agree),
        cmocka_unit_test(says_what_is_too_long),
        cmocka_unit_test(an_index_of_nothing_finds_nothing),
        cmocka_unit_test(names_are_found_completely_however_broad_the_query),
        cmocka_unit_test(says_when_memory_is_short),
        cmocka_unit_test(stops_when_told),
        cmocka_unit_test(strange_texts_are_no_danger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
