#include "expo_fixture.h"

#include "service/wish_lines.h"
#include "service/wishes.h"

static void assert_lines(const char *list, const char *expected) {
    struct str rest = str_of(list);
    struct wish_line line;
    char told[2000] = "";
    while (wish_lines_next(&rest, &line)) {
        size_t used = strlen(told);
        snprintf(told + used, sizeof(told) - used, "<%.*s|%.*s>", STR_ARG(line.name),
                 STR_ARG(line.tail));
    }
    assert_string_equal(told, expected);
}

static void lines_lose_their_numbers_and_bullets(void **state) {
    (void)state;
    assert_lines("1. Siemens AG\r\n2) BASF\n(3) Bosch\n（4）宁德时代\n5、比亚迪\n六、华为\n⑦ "
                 "Acme\n[8] Zeiss",
                 "<Siemens AG|><BASF|><Bosch|><宁德时代|><比亚迪|><华为|><Acme|><Zeiss|>");
    assert_lines("• BYD\n - CATL\n*\tTesla\n— 1. Volvo\n\xEF\xBB\xBF\xE3\x80\x80· 小米。",
                 "<BYD|><CATL|><Tesla|><Volvo|><小米|>");
    assert_lines("3M\n360 Security\n7-Eleven\n3.14 Works\n12345. Too long a number",
                 "<3M|><360 Security|><7-Eleven|><3.14 Works|><12345. Too long a number|>");
    assert_lines("\n \n---\n1.\n•\n***", "");
}

static void lines_are_split_from_what_stands_behind(void **state) {
    (void)state;
    assert_lines("Bosch (Germany)\nBosch（德国）\nBosch, Germany;\nBosch - DE\n4\tAcme\tDE\tHall 3",
                 "<Bosch|Germany><Bosch|德国><Bosch|Germany><Bosch|DE><Acme|DE\tHall 3>");
    assert_lines("(Germany)\n, Germany", "<(Germany)|><, Germany|>");
}

struct expo {
    int64_t participant, other, own;
    struct access member;
};

static struct expo make(struct expo_fixture *f) {
    static const char *const firms[][3] = {
        {"Contemporary Amperex Technology Co., Limited", "宁德时代新能源科技股份有限公司", "CN"},
        {"Siemens AG", "西门子股份公司", "DE"},
        {"Siemens Energy AG", "西门子能源股份公司", "DE"},
        {"Robert Bosch GmbH", "博世集团", "DE"},
        {"BASF SE", "巴斯夫", "DE"},
        {"Huawei Technologies Co., Ltd.", "华为技术有限公司", "CN"},
        {"Delta Electronics Inc.", "台达电子", "CN"},
        {"Delta Faucet Company", "", "US"},
        {"Fonterra Co-operative Group", "恒天然", "NZ"},
    };
    struct expo x;
    expo_begin(f);
    for (size_t i = 0; i < sizeof(firms) / sizeof(firms[0]); i++)
        expo_stand(f, expo_organisation(f, firms[i][0], firms[i][1], firms[i][2], ""));
    x.own = expo_organisation(f, "Ministry of Trade", "", "BR", "");
    x.participant = expo_participant(f, x.own, 0);
    x.other = expo_participant(f, expo_organisation(f, "Buyer House", "", "BR", ""), 0);
    x.member = expo_person(ROLE_EXHIBITOR_MEMBER, x.participant);
    expo_end(f, ERR_OK);
    return x;
}

static enum err find(struct expo_fixture *f, const struct expo *x, const char *list,
                     struct wishes *out) {
    return wishes_find(expo_reader(f), &x->member, x->participant, str_of(list), &f->arena, out,
                       &f->info);
}

static enum err add(struct expo_fixture *f, const struct expo *x, const char *list,
                    uint32_t *added) {
    struct wishes found;
    enum err code = find(f, x, list, &found);
    if (code != ERR_OK)
        return code;
    expo_begin(f);
    return expo_end(f, wishes_add(f->store, &x->member, x->participant, &found, added, &f->info));
}

static struct wishes read_wishes(struct expo_fixture *f, const struct expo *x) {
    struct wishes wishes;
    assert_ok(wishes_read(expo_reader(f), &x->member, x->participant, &f->arena, &wishes, &f->info),
              &f->info);
    return wishes;
}

static void names_in_any_spelling_are_found(void **state) {
    struct expo_fixture *f = *state;
    struct expo x = make(f);
    static const char *const sure[] = {"1. siemens ag (Germany)",
                                       "Siemens",
                                       "西门子",
                                       "BASF",
                                       "巴斯夫（德国）",
                                       "ROBERT BOSCH GMBH, DE",
                                       "華為技術有限公司",
                                       "Huawei Technologies",
                                       "Fonterra Co-operative Group Limited",
                                       "西门子股份公司 Siemens AG",
                                       "巴斯夫（BASF）",
                                       "7\tDelta Electronics\tChina\tHall 3"};
    for (size_t i = 0; i < sizeof(sure) / sizeof(sure[0]); i++) {
        struct wishes found;
        assert_ok(find(f, &x, sure[i], &found), &f->info);
        if (!str_equal_c(found.at[0].state, "matched"))
            fail_msg("%s is open; %u candidates, the first %.*s with %lld", sure[i],
                     found.at[0].candidates, STR_ARG(found.at[0].candidate[0].name_en),
                     (long long)found.at[0].candidate[0].confidence);
        assert_int_equal(found.at[0].candidates, 0);
    }
}

/* A wrong match is worse than an open one. */
static void what_is_not_sure_stays_open_with_candidates(void **state) {
    struct expo_fixture *f = *state;
    struct expo x = make(f);
    static const struct {
        const char *line;
        const char *first; /* candidate; NULL = none */
    } open[] = {{"Delta", "Delta"},
                {"Robert Bosch GmbH (United States)", "Robert Bosch GmbH"},
                {"Huawai Technolgies", "Huawei Technologies Co., Ltd."},
                {"西门子中国", "Siemens"},
                {"Nobody & Sons", NULL},
                {"Ministry of Trade", NULL}};
    for (size_t i = 0; i < sizeof(open) / sizeof(open[0]); i++) {
        struct wishes found;
        assert_ok(find(f, &x, open[i].line, &found), &f->info);
        const struct wish *wish = &found.at[0];
        if (!str_equal_c(wish->state, "open") || wish->meant.organisation_id != 0)
            fail_msg("%s is %.*s, %.*s", open[i].line, STR_ARG(wish->state),
                     STR_ARG(wish->meant.name_en));
        if ((wish->candidates > 0) != (open[i].first != NULL) ||
            (wish->candidates > 0 &&
             !str_starts(wish->candidate[0].name_en, str_of(open[i].first))))
            fail_msg("%s: the first of %u is %.*s", open[i].line, wish->candidates,
                     STR_ARG(wish->candidate[0].name_en));
        for (uint32_t c = 1; c < wish->candidates; c++)
            assert_true(wish->candidate[c - 1].confidence >= wish->candidate[c].confidence);
    }
}

static void a_list_is_kept_once(void **state) {
    struct expo_fixture *f = *state;
    struct expo x = make(f);
    uint32_t added;
    assert_ok(add(f, &x, "1. BASF\n2. Delta\n3. basf\n4. Nobody & Sons", &added), &f->info);
    assert_int_equal(added, 3);
    assert_ok(add(f, &x, "• BASF\n• Siemens", &added), &f->info);
    assert_int_equal(added, 1);
    struct wishes wishes = read_wishes(f, &x);
    assert_int_equal(wishes.count, 4);
    assert_true(str_equal_c(wishes.at[0].text, "BASF"));
    assert_true(str_equal_c(wishes.at[0].state, "matched"));
    assert_true(str_equal_c(wishes.at[0].meant.name_en, "BASF SE"));
    assert_true(wishes.at[0].meant.confidence > 900 &&
                wishes.at[0].meant.confidence < WISH_CERTAIN);
    assert_true(str_equal_c(wishes.at[1].state, "open") && wishes.at[1].candidates >= 2);
    assert_int_equal(wishes.at[2].candidates, 0);
}

static enum err decide(struct expo_fixture *f, const struct access *by, const struct expo *x,
                       int64_t id, int64_t organisation, bool refused) {
    expo_begin(f);
    return expo_end(f,
                    wish_decide(f->store, by, x->participant, id, organisation, refused, &f->info));
}

static void a_person_decides(void **state) {
    struct expo_fixture *f = *state;
    struct expo x = make(f);
    uint32_t added;
    assert_ok(add(f, &x, "Delta\nBASF\nNobody & Sons", &added), &f->info);
    struct wishes wishes = read_wishes(f, &x);
    int64_t delta = wishes.at[0].candidate[0].organisation_id;
    assert_ok(decide(f, &x.member, &x, wishes.at[0].id, delta, false), &f->info);
    assert_ok(decide(f, &x.member, &x, wishes.at[2].id, 0, true), &f->info);
    assert_int_equal(decide(f, &x.member, &x, wishes.at[1].id, x.own, false), ERR_INPUT);
    assert_int_equal(decide(f, &x.member, &x, wishes.at[1].id, 987654, false), ERR_INPUT);
    assert_int_equal(decide(f, &x.member, &x, 987654, delta, false), ERR_NOT_FOUND);
    wishes = read_wishes(f, &x);
    assert_int_equal(wishes.at[0].meant.organisation_id, delta);
    assert_int_equal(wishes.at[0].meant.confidence, WISH_CERTAIN);
    assert_true(str_equal_c(wishes.at[2].state, "refused"));
    assert_ok(decide(f, &x.member, &x, wishes.at[2].id, 0, false), &f->info);
    assert_true(str_equal_c(read_wishes(f, &x).at[2].state, "open"));
    expo_begin(f);
    assert_ok(
        expo_end(f, wish_delete(f->store, &x.member, x.participant, wishes.at[1].id, &f->info)),
        &f->info);
    assert_int_equal(read_wishes(f, &x).count, 2);
}

static void who_joins_later_is_a_candidate_then(void **state) {
    struct expo_fixture *f = *state;
    struct expo x = make(f);
    uint32_t added;
    assert_ok(add(f, &x, "Volta Cells", &added), &f->info);
    assert_int_equal(read_wishes(f, &x).at[0].candidates, 0);
    expo_begin(f);
    int64_t late = expo_organisation(f, "Volta Cells Ltd", "", "GB", "");
    expo_stand(f, late);
    expo_end(f, ERR_OK);
    struct wishes wishes = read_wishes(f, &x);
    assert_true(str_equal_c(wishes.at[0].state, "open"));
    assert_int_equal(wishes.at[0].candidates, 1);
    assert_int_equal(wishes.at[0].candidate[0].organisation_id, late);
}

static void wishes_are_the_participants_own(void **state) {
    struct expo_fixture *f = *state;
    struct expo x = make(f);
    struct wishes found;
    uint32_t added;
    assert_ok(add(f, &x, "BASF", &added), &f->info);
    int64_t id = read_wishes(f, &x).at[0].id;
    struct expo theirs = x;
    theirs.participant = x.other;
    const struct access other = expo_person(ROLE_EXHIBITOR_MANAGER, x.other),
                        reader = expo_person(ROLE_READER, 0), nobody = {0};
    const struct access *refused[] = {&other, &reader, &nobody};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(
            wishes_read(expo_reader(f), refused[i], x.participant, &f->arena, &found, &f->info),
            ERR_DENIED);
        assert_int_equal(wishes_find(expo_reader(f), refused[i], x.participant, STR("BASF"),
                                     &f->arena, &found, &f->info),
                         ERR_DENIED);
        assert_int_equal(decide(f, refused[i], &x, id, 0, true), ERR_DENIED);
        expo_begin(f);
        assert_int_equal(
            expo_end(f, wish_delete(f->store, refused[i], x.participant, id, &f->info)),
            ERR_DENIED);
    }
    /* By the own participant's address, another's wish is not there. */
    assert_int_equal(decide(f, &other, &theirs, id, 0, true), ERR_NOT_FOUND);
}

static void lists_that_cannot_be_are_refused(void **state) {
    struct expo_fixture *f = *state;
    struct expo x = make(f);
    static char list[8 * (WISHES_MAX + 2)], line[WISH_BYTES_MAX + 2];
    struct wishes found;
    uint32_t added;
    assert_int_equal(find(f, &x, "\n---\n", &found), ERR_INPUT);
    memset(line, 'x', WISH_BYTES_MAX + 1);
    assert_int_equal(find(f, &x, line, &found), ERR_INPUT);
    assert_non_null(strstr(f->info.message, "name 1"));
    for (int i = 0; i <= WISHES_MAX; i++)
        snprintf(list + strlen(list), 9, "f%d\n", i);
    assert_int_equal(find(f, &x, list, &found), ERR_LIMIT);
    *strrchr(list, 'f') = '\0';
    assert_ok(add(f, &x, list, &added), &f->info);
    assert_int_equal(added, WISHES_MAX);
    assert_int_equal(add(f, &x, "BASF", &added), ERR_LIMIT);
}

int main(void) {
#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, expo_setup, expo_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_lose_their_numbers_and_bullets),
        cmocka_unit_test(lines_are_split_from_what_stands_behind),
        IN_A_DATABASE(names_in_any_spelling_are_found),
        IN_A_DATABASE(what_is_not_sure_stays_open_with_candidates),
        IN_A_DATABASE(a_list_is_kept_once),
        IN_A_DATABASE(a_person_decides),
        IN_A_DATABASE(who_joins_later_is_a_candidate_then),
        IN_A_DATABASE(wishes_are_the_participants_own),
        IN_A_DATABASE(lists_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
