/* Sheets of other organisers: other header words, encodings, separators and habits than the sample.
 */
#include "unit.h"

#include "import_fixture.h"
#include "service/import_leads.h"

static struct fixture world;

struct expected_finding {
    enum import_finding_kind kind;
    uint32_t record;
    const char *field; /* "" for whole rows */
};

struct expected_row {
    uint32_t record;
    const char *name_en, *name_zh, *country, *region;
    uint8_t size, type;
    uint64_t editions;
};

static void read_sheet(struct str bytes, uint32_t edition, struct import_plan *plan) {
    struct errinfo info;
    struct table *table;
    struct import_options options = {.sheet = SHEETS, .edition = edition};
    import_plan_init(plan);
    assert_ok(table_open_memory(bytes, "sheet", NULL, &table, &info), &info);
    assert_ok(import_plan_read(plan, table, &world.headers, &world.words, &options, NULL, &info),
              &info);
    assert_ok(import_find_leads(plan, NULL, &info), &info);
    import_plan_sort(plan);
    table_close(table);
}

static void check_findings(const struct import_plan *plan, const struct expected_finding *expected,
                           size_t count) {
    for (size_t i = 0; i < plan->findings.len; i++) {
        const struct import_finding *f = &plan->findings.at[i];
        const char *field = sheet_field_name(sheet_kind_of(SHEET_EXHIBITORS), f->field);
        if (i >= count || f->kind != expected[i].kind || f->record != expected[i].record ||
            strcmp(field, expected[i].field) != 0)
            fail_msg("unexpected: kind %d record %u %s \"%.*s\": %.*s", (int)f->kind, f->record,
                     field, STR_ARG(f->value), STR_ARG(f->message));
    }
    assert_int_equal(plan->findings.len, count);
}

static void check_rows(const struct import_plan *plan, const struct expected_row *expected,
                       size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct expected_row *e = &expected[i];
        size_t at = 0;
        while (at < plan->rows.len && plan->rows.at[at].record != e->record)
            at++;
        assert_true(at < plan->rows.len);
        const struct import_exhibitor *row = &plan->rows.at[at];
        assert_str(row->name_en, e->name_en);
        assert_str(row->name_zh, e->name_zh);
        assert_str(row->country != IMPORT_NONE ? world.countries.at[row->country].code : STR(""),
                   e->country);
        assert_string_equal(row->region, e->region);
        assert_int_equal(row->size, e->size);
        assert_int_equal(row->type, e->type);
        assert_true(row->editions == e->editions);
    }
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* A German organiser: semicolons, German words, remarks below, decimals from a spreadsheet. */
static void a_german_sheet_with_semicolons_is_read(void **state) {
    static const char sheet[] =
        "Messe-Export;;;;;;;;;\n"
        "Stand: 01.11.2026;;;;;;;;;\n"
        "Lfd. "
        "Nr.;Firmenname;Land;Bundesland;Unternehmensgröße;Ausstellertyp;Hauptaussteller;Bereich;"
        "Jahr;Produkte;Webseite\n"
        "1;Müller Pumpen GmbH & Co. KG;Deutschland;DE-BY;Mittel;Hauptaussteller;;Clean Energy;2024;"
        "\"Pumpen; Ventile\";www.mueller.example\n"
        "2;Schweizer Ventile AG;Schweiz;Zürich;klein;Mitaussteller;Müller Pumpen;clean "
        "energy;2024.0;Ventile;\n"
        "3;Österreich Kabel GmbH;Österreich;;Großunternehmen;Aussteller;;Smart Vehicle;2023 bis "
        "2025;Kabel;"
        "kein Netz\n"
        "4;Nordlicht;Dänemrak;;k.A.;Aussteller;;Healthy Life;2024;;\n"
        ";;;;;;;;;;\n"
        "5;;Frankreich;;;;;;2024;;\n"
        "6;Sum Ltd;Vereinigtes Königreich;;groß;Zusatz;;International;2024;Handel;\n"
        "Summe;6;;;;;;;;;\n"
        "Hinweis: Angaben ohne Gewähr;;;;;;;;;;\n";
    static const struct expected_finding findings[] = {
        {FINDING_WARNING, 2, "region"}, {FINDING_ERROR, 3, "website"},
        {FINDING_ERROR, 4, "country"},  {FINDING_SKIP, 5, ""},
        {FINDING_ERROR, 6, "name_en"},  {FINDING_ERROR, 7, "type"},
        {FINDING_SKIP, 8, ""},          {FINDING_SKIP, 9, ""},
    };
    static const struct expected_row rows[] = {
        {1, "Müller Pumpen GmbH & Co. KG", "", "DE", "DE-BY", SIZE_MEDIUM, EXHIBITOR_DIRECT, 2},
        {2, "Schweizer Ventile AG", "", "CH", "", SIZE_SMALL, EXHIBITOR_CO, 2},
        {3, "Österreich Kabel GmbH", "", "AT", "", SIZE_LARGE, EXHIBITOR_DIRECT, 7},
        {4, "Nordlicht", "", "", "", SIZE_UNKNOWN, EXHIBITOR_DIRECT, 2},
    };
    struct import_plan plan;
    read_sheet(str_of(sheet), IMPORT_NONE, &plan);
    assert_int_equal(plan.header_line, 3);
    check_findings(&plan, findings, COUNT(findings));
    check_rows(&plan, rows, COUNT(rows));
    assert_int_equal(plan.rows.at[1].lead, 0);
    assert_str(plan.rows.at[0].offers_text, "Pumpen; Ventile");
    import_plan_release(&plan);
}

/* A Chinese organiser: title lines, one name column, cities after provinces, two lines in one cell.
 */
static void a_chinese_sheet_with_title_lines_is_read(void **state) {
    static const char sheet[] =
        "2025年参展企业汇总表,,,,,,,,\n"
        "制表单位：组委会,,,,,,,,\n"
        "序号,单位名称(必填),国别/"
        "地区,所在省市,企业规模,参展类型,所属展区,主营产品,统一社会信用代码,链主企业\n"
        "1,\"华东轴承有限公司\nEast China "
        "Bearing\",中国,江苏省苏州市,中型企业,独立参展,先进制造,轴承,91350100M000100Y43,\n"
        "2,香港远洋物流,中国香港,,小型,随展商,供应链服务,海运,,华东轴承\n"
        "3,台北光电股份有限公司,中国台湾,台湾省,大型,随展,数智科技,光学镜头,,华东轴承有限公司\n"
        "4,江南电机,中国,江东省,小微企业,参展商,先进制造,电机,,\n"
        "5,巴黎示例公司,法国,广东省,大型,参展商,健康生活,面霜,,\n"
        "6,北方机床,中国,辽宁,特大型企业,直接参展,先进制造链,机床,,西方机床\n"
        "小计,,,,,,,,,\n"
        "序号,单位名称(必填),国别/"
        "地区,所在省市,企业规模,参展类型,所属展区,主营产品,统一社会信用代码,链主企业\n"
        "7,中原面粉,中国,河南,n/a,参展商,绿色农业,面粉,,\n"
        "注：以上数据截至6月,,,,,,,,,\n";
    static const struct expected_finding findings[] = {
        {FINDING_ERROR, 4, "region"},
        {FINDING_ERROR, 5, "region"},
        {FINDING_ERROR, 6, "lead_exhibitor"},
        {FINDING_WARNING, 6, "lead_exhibitor"},
        {FINDING_SKIP, 7, ""},
        {FINDING_SKIP, 8, ""},
        {FINDING_SKIP, 10, ""},
    };
    static const struct expected_row rows[] = {
        {1, "East China Bearing", "华东轴承有限公司", "CN", "CN-JS", SIZE_MEDIUM, EXHIBITOR_DIRECT,
         4},
        {2, "", "香港远洋物流", "HK", "", SIZE_SMALL, EXHIBITOR_CO, 4},
        {3, "", "台北光电股份有限公司", "TW", "CN-TW", SIZE_LARGE, EXHIBITOR_CO, 4},
        {9, "", "中原面粉", "CN", "CN-HA", SIZE_UNKNOWN, EXHIBITOR_DIRECT, 4},
    };
    struct import_plan plan;
    read_sheet(str_of(sheet), 2, &plan);
    assert_int_equal(plan.header_line, 3);
    check_findings(&plan, findings, COUNT(findings));
    check_rows(&plan, rows, COUNT(rows));
    assert_str(plan.rows.at[0].offers_text_zh, "轴承");
    assert_str(plan.rows.at[0].registration, "91350100M000100Y43");
    assert_int_equal(plan.rows.at[1].lead, 0);
    assert_int_equal(plan.rows.at[2].lead, 0);
    import_plan_release(&plan);
}

/* The same bytes as a program under Windows in China saves them: GB18030, tabs, CRLF. */
static void a_sheet_in_gb18030_with_tabs_is_read(void **state) {
    /* 企业名称 国家 届次 / 华为 中国 第二届、第四届 / Siemens 德国 2nd + 3rd */
    static const char sheet[] =
        "\xC6\xF3\xD2\xB5\xC3\xFB\xB3\xC6\t\xB9\xFA\xBC\xD2\t\xBD\xEC\xB4\xCE\r\n"
        "\xBB\xAA\xCE\xAA\t\xD6\xD0\xB9\xFA\t\xB5\xDA\xB6\xFE\xBD\xEC\xA1\xA2\xB5\xDA\xCB\xC4\xBD"
        "\xEC\r\n"
        "Siemens\t\xB5\xC2\xB9\xFA\t2nd + 3rd\r\n";
    static const struct expected_row rows[] = {
        {1, "", "华为", "CN", "", SIZE_UNKNOWN, EXHIBITOR_UNKNOWN, 2 | 8},
        {2, "Siemens", "", "DE", "", SIZE_UNKNOWN, EXHIBITOR_UNKNOWN, 2 | 4},
    };
    struct import_plan plan;
    read_sheet((struct str){sheet, sizeof(sheet) - 1}, IMPORT_NONE, &plan);
    check_findings(&plan, NULL, 0);
    check_rows(&plan, rows, COUNT(rows));
    import_plan_release(&plan);
}

/* An English sheet: one edition for all, both kinds of products, an unknown column, a wide row. */
static void an_english_sheet_without_editions_takes_the_given_one(void **state) {
    static const char sheet[] = "Exhibitor,Country of origin,State/Province,Firm "
                                "size,Hall/Area,Products/Services,Booth,Legal entity "
                                "identifier,Type of participation\n"
                                "Acme Corp.,United States,US-CA,Large,Digital Technology,\"Chips, "
                                "boards\",A1,5493001KJTIIGC8Y1R12,Exhibitor\n"
                                "Beta Ltd,UK,,SME,Green Agriculture Zone,Seeds,A2,,Exhibitor\n"
                                "Gamma,NA,,small,Smart City,Sensors,A3,123,Exhibitor\n"
                                "Delta,Japan,JP-13,small,,Lenses, mirrors,A4,,Exhibitor\n"
                                "Total,,,,,,,,\n"
                                "TOTAL Energies,France,,large,Clean Energy,Fuels,A5,,Exhibitor\n";
    static const struct expected_finding findings[] = {
        {FINDING_ERROR, 2, "size"}, {FINDING_ERROR, 3, "area"}, {FINDING_ERROR, 3, "lei"},
        {FINDING_ERROR, 4, "lei"},  {FINDING_ERROR, 4, ""},     {FINDING_SKIP, 5, ""},
    };
    static const struct expected_row rows[] = {
        {1, "Acme Corp.", "", "US", "US-CA", SIZE_LARGE, EXHIBITOR_DIRECT, 1},
        {6, "TOTAL Energies", "", "FR", "", SIZE_LARGE, EXHIBITOR_DIRECT, 1},
    };
    struct import_plan plan;
    read_sheet(str_of(sheet), 0, &plan);
    check_findings(&plan, findings, COUNT(findings));
    check_rows(&plan, rows, COUNT(rows));
    assert_int_equal(plan.map.columns[6].how, HEADER_UNKNOWN);
    import_plan_release(&plan);
}

static void a_sheet_without_any_edition_is_refused_with_words(void **state) {
    struct errinfo info;
    struct table *table;
    struct import_plan plan;
    struct import_options options = {.sheet = SHEETS, .edition = IMPORT_NONE};
    errinfo_init(&info);
    import_plan_init(&plan);
    assert_ok(table_open_memory(STR("Company,Country\nA,CN\n"), "s", NULL, &table, &info), &info);
    assert_int_equal(
        import_plan_read(&plan, table, &world.headers, &world.words, &options, NULL, &info),
        ERR_INPUT);
    assert_non_null(strstr(info.hint, "--edition"));
    table_close(table);
    import_plan_release(&plan);
}

static void a_mapping_by_hand_wins(void **state) {
    struct errinfo info;
    struct table *table;
    struct import_plan plan;
    struct header_override by_hand[] = {{STR("Wer"), STR("name_en"), false},
                                        {STR("Company"), STR("note"), false}};
    struct import_options options = {
        .sheet = SHEET_EXHIBITORS, .overrides = by_hand, .override_count = 2, .edition = 0};
    import_plan_init(&plan);
    assert_ok(table_open_memory(STR("Wer,Company\nA,remark\n"), "s", NULL, &table, &info), &info);
    assert_ok(import_plan_read(&plan, table, &world.headers, &world.words, &options, NULL, &info),
              &info);
    assert_str(plan.rows.at[0].name_en, "A");
    assert_str(plan.rows.at[0].note, "remark");
    table_close(table);
    import_plan_release(&plan);
}

static int load(void **state) {
    fixture_init(&world);
    return 0;
}

static int release(void **state) {
    fixture_release(&world);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_german_sheet_with_semicolons_is_read),
        cmocka_unit_test(a_chinese_sheet_with_title_lines_is_read),
        cmocka_unit_test(a_sheet_in_gb18030_with_tabs_is_read),
        cmocka_unit_test(an_english_sheet_without_editions_takes_the_given_one),
        cmocka_unit_test(a_sheet_without_any_edition_is_refused_with_words),
        cmocka_unit_test(a_mapping_by_hand_wins),
    };
    return cmocka_run_group_tests(tests, load, release);
}
