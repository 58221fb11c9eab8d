/* Sheets about the event: what its columns take, what is refused and in which words. */
#include "sample_database.h"

/* One wrong cell: the field and a part of the words. */
struct refusal {
    const char *row, *message;
};

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

#define HEADER                                                                                     \
    "编号,届次,日期,结束日期,开始时间,结束时间,活动类型,"                    \
    "活动名称,场地,主办单位(英文),主办单位(中文),状态\n"

static void expect_refusals(struct sample_database *d, enum sheet_id sheet, const char *header,
                            const struct refusal *refusals, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char text[1024];
        struct import_outcome out;
        struct errinfo info;
        snprintf(text, sizeof(text), "%s%s\n", header, refusals[i].row);
        if (sample_database_import(d, sheet, text, &out, &info) != ERR_INPUT)
            fail_msg("taken: %s", refusals[i].row);
        assert_int_equal(out.parts[0].plan.findings.len, 1);
        const struct import_finding *f = &out.parts[0].plan.findings.at[0];
        if (str_find(f->message, str_of(refusals[i].message)) == SIZE_MAX)
            fail_msg("%s: \"%.*s\"", refusals[i].row, STR_ARG(f->message));
        assert_true(f->expected.len > 0);
        import_outcome_release(&out);
    }
}

static void import(struct sample_database *d, enum sheet_id sheet, const char *text,
                   enum import_class class_of, uint64_t count) {
    struct import_outcome out;
    struct errinfo info;
    enum err code = sample_database_import(d, sheet, text, &out, &info);
    for (size_t i = 0; code != ERR_OK && i < out.parts[0].plan.findings.len; i++)
        print_error("%.*s\n", STR_ARG(out.parts[0].plan.findings.at[i].message));
    assert_ok(code, &info);
    assert_int_equal(out.parts[0].plan.counts[class_of], count);
    assert_int_equal(out.parts[0].plan.records, count);
    import_outcome_release(&out);
}

static const struct view_programme_entry *find_entry(const struct view *view, const char *code) {
    uint32_t i = 0;
    while (i < view->programmes && !str_equal_c(view->programme[i].code, code))
        i++;
    assert_true(i < view->programmes);
    return &view->programme[i];
}

static void a_chinese_programme_is_read_and_unchanged_when_read_again(void **state) {
    static const char sheet[] =
        HEADER "N1,2024,2024年11月27日,,9：30,11:00,论坛,供应链金融论坛,W1馆二层,Hubei; Hungary,"
               "湖北、匈牙利,已确认\n"
               "N2,2024,,,,,对接会,尚未排期的对接会,,,,\n";
    import(*state, SHEET_PROGRAMME, sheet, IMPORT_NEW, 2);
    import(*state, SHEET_PROGRAMME, sheet, IMPORT_UNCHANGED, 2);
    struct view *view = sample_database_view(*state, "2024");
    const struct view_programme_entry *e = find_entry(view, "N1");
    assert_int_equal(e->title_en.len, 0);
    assert_str(e->title_zh, "供应链金融论坛");
    assert_str(e->start_time, "09:30");
    assert_str(e->kind, "forum");
    assert_str(e->state, "confirmed");
    assert_str(e->place_zh, "W1馆二层");
    assert_int_equal(e->hosts, 2);
    assert_str(view->host[e->host_first + 1].name_zh, "匈牙利");
    assert_int_equal(find_entry(view, "N2")->starts.len, 0);
    view_free(view);
}

static void a_blank_cell_keeps_the_hours(void **state) {
    import(*state, SHEET_PROGRAMME, HEADER "N3,2024,2024-11-27,,10:00,12:00,论坛,甲,,,,\n",
           IMPORT_NEW, 1);
    import(*state, SHEET_PROGRAMME, HEADER "N3,2024,,,,,论坛,乙,,,,已取消\n", IMPORT_CHANGED, 1);
    struct view *view = sample_database_view(*state, "2024");
    const struct view_programme_entry *e = find_entry(view, "N3");
    assert_str(e->title_zh, "乙");
    assert_str(e->end_time, "12:00");
    assert_str(e->state, "cancelled");
    view_free(view);
}

static void hours_that_cannot_be_are_refused(void **state) {
    static const struct refusal refusals[] = {
        {"R1,2024,2024-11-27,,25:00,,论坛,甲,,,,", "not a time of the day"},
        {"R1,2024,,,09:00,,论坛,甲,,,,", "a time without a day"},
        {"R1,2024,2024-11-27,,,10:00,论坛,甲,,,,", "an end without a beginning"},
        {"R1,2024,2024-11-27,,10:00,09:00,论坛,甲,,,,", "ends before it starts"},
        {"R1,2024,2024-11-27,,10:00,10:00,论坛,甲,,,,", "ends before it starts"},
        {"R1,2024,2024-11-27,2024-11-26,,,论坛,甲,,,,", "last day is before"},
        {"R1,2024,2024-11-27,,,,论坛,,,,,", "both titles are empty"},
        {"R1,2024,2024-11-27,,,,论坛,甲,,Hubei; Hungary,湖北,", "different length"},
        {"R1,2024,2024-11-27,,,,舞会,甲,,,,", "unknown kind of event"},
        {"R1,2024,2024-11-27,,,,论坛,甲,,,,也许", "unknown state"},
    };
    expect_refusals(*state, SHEET_PROGRAMME, HEADER, refusals, COUNT(refusals));
    /* After midnight is fine when the last day is said. */
    import(*state, SHEET_PROGRAMME,
           HEADER "R2,2024,2024-11-27,2024-11-28,22:00,01:00,论坛,甲,,,,\n", IMPORT_NEW, 1);
}

/* What is in the store counts, too: the row alone would be right. */
static void a_row_is_judged_with_what_is_there(void **state) {
    static const struct refusal refusals[] = {
        {"R3,2024,,,11:00,,论坛,甲,,,,", "ends before it starts"}};
    import(*state, SHEET_PROGRAMME, HEADER "R3,2024,2024-11-27,,09:00,10:00,论坛,甲,,,,\n",
           IMPORT_NEW, 1);
    expect_refusals(*state, SHEET_PROGRAMME, HEADER, refusals, COUNT(refusals));
}

static void editions_take_time_zones_and_addresses(void **state) {
    static const char header[] = "edition,name_en,starts,ends,时区,官网,举办城市\n";
    static const struct refusal refusals[] = {
        {"2027,5th,2027-06-01,2027-06-05,北京时间,,北京", "no time zone"},
        {"2027,5th,2027-06-01,2027-06-05,Asia/Atlantis,,北京", "no time zone"},
        {"2027,5th,2027-06-01,2027-06-05,Asia/Shanghai,见公众号,北京", "no address"},
        {"2027,5th,2027-06-05,2027-06-01,,,北京", "last day is before"},
    };
    expect_refusals(*state, SHEET_EDITIONS, header, refusals, COUNT(refusals));
    import(*state, SHEET_EDITIONS,
           "edition,name_en,starts,ends,时区,官网,举办城市\n"
           "2027,5th,2027-06-01,2027-06-05,Asia/Shanghai,https://expo.example,北京\n",
           IMPORT_NEW, 1);
    struct view *view = sample_database_view(*state, "2027");
    assert_str(view_this_edition(view)->city_zh, "北京");
    assert_str(view_this_edition(view)->website, "https://expo.example");
    view_free(view);
}

static void texts_of_pavilions_keep_their_lines(void **state) {
    static const char sheet[] = "届次,展团,栏目,text_en,text_zh\n"
                                "2024,匈牙利,文化,\"\r\nMusic.\r\n\r\n- violin \r\n- piano\r\n\","
                                "\"音乐\n\n\n\"\n";
    static const struct refusal refusals[] = {
        {"2024,匈牙利,文化,,", "there is no text"},
        {"2024,Atlantis,文化,a,", "not in the database"},
        {"2024,匈牙利,美食,a,", "unknown section"},
    };
    import(*state, SHEET_PAVILION_TEXTS, sheet, IMPORT_NEW, 1);
    import(*state, SHEET_PAVILION_TEXTS, sheet, IMPORT_UNCHANGED, 1);
    struct view *view = sample_database_view(*state, "2024");
    const struct view_pavilion *hungary = &view->pavilion[0];
    assert_int_equal(hungary->texts, 2);
    assert_str(view->text[hungary->text_first + 1].text_en, "Music.\n\n- violin\n- piano");
    assert_str(view->text[hungary->text_first + 1].text_zh, "音乐");
    view_free(view);
    expect_refusals(*state, SHEET_PAVILION_TEXTS, "届次,展团,栏目,text_en,text_zh\n", refusals + 1,
                    COUNT(refusals) - 1);
    expect_refusals(*state, SHEET_PAVILION_TEXTS, "edition,pavilion,section,text_en,text_zh\n",
                    &(struct refusal){"2024,Hubei,brand,,", "there is no text"}, 1);
}

static void exhibitors_become_members_of_a_pavilion(void **state) {
    static const char sheet[] = "公司名称,届次,所属展团\n光谷示例,2024,湖北\n";
    static const struct refusal refusals[] = {{"云梦示例,2024,江南", "no pavilion of that name"},
                                              {"云梦示例,2023,湖北", "no pavilion of that name"}};
    import(*state, SHEET_EXHIBITORS, sheet, IMPORT_NEW, 1);
    import(*state, SHEET_EXHIBITORS, sheet, IMPORT_UNCHANGED, 1);
    struct view *view = sample_database_view(*state, "2024");
    assert_str(view->pavilion[1].name_zh, "湖北");
    assert_int_equal(view->pavilion[1].members, 2);
    view_free(view);
    expect_refusals(*state, SHEET_EXHIBITORS, "公司名称,届次,所属展团\n", refusals,
                    COUNT(refusals));
}

static void an_exhibit_gets_its_second_name_later(void **state) {
    static const char header[] = "edition,pavilion,name_en,name_zh,node,debut,proof\n";
    static const struct refusal refusals[] = {
        {"2024,Hubei,,,dig.pc,,", "both names are empty"},
        {"2024,Hubei,Lamp,灯,dig.pc,,https://a.example", "a proof without a claim"}};
    char text[400];
    snprintf(text, sizeof(text), "%s2024,Hubei,,光量子计算机,dig.pc,world,由展团声明\n", header);
    import(*state, SHEET_EXHIBITS, text, IMPORT_NEW, 1);
    snprintf(text, sizeof(text), "%s2024,Hubei,Photonic computer,光量子计算机,dig.pc,,\n", header);
    import(*state, SHEET_EXHIBITS, text, IMPORT_CHANGED, 1);
    import(*state, SHEET_EXHIBITS, text, IMPORT_UNCHANGED, 1);
    snprintf(text, sizeof(text), "%s2024,Hubei,,光量子计算机,dig.pc,,\n", header);
    import(*state, SHEET_EXHIBITS, text, IMPORT_UNCHANGED, 1);
    snprintf(text, sizeof(text), "%s2024,Hubei,Another computer,光量子计算机,dig.pc,,\n", header);
    import(*state, SHEET_EXHIBITS, text, IMPORT_NEW, 1);
    expect_refusals(*state, SHEET_EXHIBITS, header, refusals, COUNT(refusals));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chinese_programme_is_read_and_unchanged_when_read_again),
        cmocka_unit_test(a_blank_cell_keeps_the_hours),
        cmocka_unit_test(hours_that_cannot_be_are_refused),
        cmocka_unit_test(a_row_is_judged_with_what_is_there),
        cmocka_unit_test(editions_take_time_zones_and_addresses),
        cmocka_unit_test(texts_of_pavilions_keep_their_lines),
        cmocka_unit_test(exhibitors_become_members_of_a_pavilion),
        cmocka_unit_test(an_exhibit_gets_its_second_name_later),
    };
    return cmocka_run_group_tests(tests, sample_database_setup, sample_database_teardown);
}
