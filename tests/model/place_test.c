#include "unit.h"

#include "place_data.h"

static struct place_data data;

static const char *country_of(const char *text) {
    uint32_t index;
    struct errinfo info;
    enum err code = place_find_country(&data.table, str_of(text), &index, &info);
    if (code != ERR_OK)
        return "error";
    return index == PLACE_NONE ? "" : data.countries.at[index].code.ptr;
}

static const char *region_of(const char *text) {
    uint32_t index;
    struct errinfo info;
    enum err code = place_find_region(&data.table, str_of(text), &index, &info);
    if (code != ERR_OK)
        return "error";
    return index == PLACE_NONE ? "" : data.regions.at[index].code.ptr;
}

static void assert_country(const char *text, const char *code) {
    if (strncmp(country_of(text), code, code[0] != '\0' ? strlen(code) : 1) != 0)
        fail_msg("\"%s\" is %.5s, expected %s", text, country_of(text), code);
}

static void assert_region(const char *text, const char *code) {
    if (strncmp(region_of(text), code, code[0] != '\0' ? strlen(code) : 1) != 0)
        fail_msg("\"%s\" is %.5s, expected %s", text, region_of(text), code);
}

static void finds_countries_by_code_and_name_in_many_writings(void **state) {
    static const char *const cases[][2] = {
        {"cn", "CN"},
        {"CHN", "CN"},
        {"156", "CN"},
        {"P.R. China", "CN"},
        {"中国", "CN"},
        {"中國", "CN"},
        {"U.S.", "US"},
        {"U.S.A.", "US"},
        {"United States of America", "US"},
        {"ＵＳＡ", "US"},
        {"UK", "GB"},
        {"Congo (Kinshasa)", "CD"},
        {"刚果(金)", "CD"},
        {"刚果（布）", "CG"},
        {"DR Congo", "CD"},
        {"South Korea", "KR"},
        {"Turkey", "TR"},
        {"TÜRKIYE", "TR"},
        {"Ivory Coast", "CI"},
        {"cote d'ivoire", "CI"},
        {"Czech Republic", "CZ"},
        {"Deutschland", "DE"},
        {"中国香港", "HK"},
        {"Hong Kong, China", "HK"},
        {"澳门", "MO"},
        {"中国台湾", "TW"},
        {"  Viet Nam ", "VN"},
        {"德国 Germany", "DE"},
        {"Germany/德国", "DE"},
        {"中国(China)", "CN"},
        {"China 中国", "CN"},
        {"NA", "NA"},
        {"n/a", ""},
        {"—", ""},
        {"", ""},
        {"未知", ""},
        {"Atlantis", "error"},
        {"中国 Germany", "error"},
        {"Republic of China", "error"},
        {"()", "error"},
        {"\xff\xfe", "error"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_country(cases[i][0], cases[i][1]);
}

static void every_country_is_found_by_all_its_names(void **state) {
    assert_int_equal(data.countries.len, 249);
    for (uint32_t i = 0; i < data.countries.len; i++) {
        const struct country *c = &data.countries.at[i];
        struct str lists[] = {c->code, c->alpha3, c->m49, c->name_zh, c->other_names}, piece;
        uint32_t found;
        struct errinfo info;
        assert_ok(place_find_country(&data.table, c->name_en, &found, &info), &info);
        assert_int_equal(found, i);
        for (size_t k = 0; k < 5; k++)
            while (lists[k].len > 0 && str_next(&lists[k], ";", &piece)) {
                assert_ok(place_find_country(&data.table, piece, &found, &info), &info);
                assert_int_equal(found, i);
            }
    }
}

static void suggests_the_nearest_name(void **state) {
    uint32_t index;
    struct errinfo info;
    errinfo_init(&info);
    assert_int_equal(place_find_country(&data.table, STR("Germny"), &index, &info), ERR_INPUT);
    assert_non_null(strstr(info.hint, "Germany"));
    assert_int_equal(place_find_region(&data.table, STR("Zhejang"), &index, &info), ERR_INPUT);
    assert_non_null(strstr(info.hint, "Zhejiang"));
    assert_int_equal(place_find_country(&data.table, STR("Atlantis"), &index, &info), ERR_INPUT);
    assert_null(strstr(info.hint, "Did you mean"));
}

static void finds_regions_by_code_name_and_address(void **state) {
    static const char *const cases[][2] = {
        {"CN-ZJ", "CN-ZJ"},
        {"cn-zj", "CN-ZJ"},
        {"浙江省", "CN-ZJ"},
        {"浙江", "CN-ZJ"},
        {"Zhejiang Province", "CN-ZJ"},
        {"广东省深圳市", "CN-GD"},
        {"内蒙古", "CN-NM"},
        {"Inner Mongolia", "CN-NM"},
        {"Shaanxi", "CN-SN"},
        {"Shanxi", "CN-SX"},
        {"上海市 Shanghai", "CN-SH"},
        {"中国香港", "CN-HK"},
        {"Beijing City", "CN-BJ"},
        {"新疆", "CN-XJ"},
        {"", ""},
        {"Mordor", "error"},
        {"海", "error"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_region(cases[i][0], cases[i][1]);
    char code[7];
    assert_true(place_is_region_code(&data.table, STR("de-by"), code));
    assert_string_equal(code, "DE-BY");
    assert_false(place_is_region_code(&data.table, STR("ZZ-BY"), code));
    assert_false(place_is_region_code(&data.table, STR("DE-BYXX"), code));
    assert_true(place_has_regions(&data.table, STR("CN")));
    assert_false(place_has_regions(&data.table, STR("DE")));
}

static void hong_kong_agrees_with_its_region_and_not_with_another(void **state) {
    const struct place_table *t = &data.table;
    assert_true(place_agrees(t, STR("HK"), STR(""), STR("CN"), STR("CN-HK")));
    assert_true(place_agrees(t, STR("HK"), STR(""), STR("CN"), STR("")));
    assert_false(place_agrees(t, STR("HK"), STR(""), STR("CN"), STR("CN-GD")));
    assert_true(place_agrees(t, STR(""), STR(""), STR("CN"), STR("CN-GD")));
    assert_false(place_agrees(t, STR("FR"), STR(""), STR("NL"), STR("")));
}

static void foreign_is_told_by_the_rule(void **state) {
    struct foreign_rule rule = {1, STR("CN;CN-HK CN-MO CN-TW")};
    assert_int_equal(foreign_rule_apply(&rule, STR("CN"), STR("CN-GD")), ORIGIN_DOMESTIC);
    assert_int_equal(foreign_rule_apply(&rule, STR("CN"), STR("")), ORIGIN_DOMESTIC);
    assert_int_equal(foreign_rule_apply(&rule, STR("CN"), STR("CN-HK")), ORIGIN_FOREIGN);
    assert_int_equal(foreign_rule_apply(&rule, STR("HK"), STR("")), ORIGIN_FOREIGN);
    assert_int_equal(foreign_rule_apply(&rule, STR("DE"), STR("")), ORIGIN_FOREIGN);
    assert_int_equal(foreign_rule_apply(&rule, STR(""), STR("")), ORIGIN_UNKNOWN);
    assert_int_equal(foreign_rule_apply(&rule, STR(""), STR("CN-TW")), ORIGIN_FOREIGN);
    struct foreign_rule none = {2, STR("")};
    assert_int_equal(foreign_rule_apply(&none, STR("CN"), STR("")), ORIGIN_FOREIGN);
}

/* Value of "key" in a flat JSON object, as iso-codes writes them. */
static struct str json_value(struct str object, const char *key) {
    char quoted[64];
    int n = snprintf(quoted, sizeof(quoted), "\"%s\": \"", key);
    size_t at = str_find(object, (struct str){quoted, (size_t)n});
    if (at == SIZE_MAX)
        return STR("");
    struct str rest = str_sub(object, at + (size_t)n, object.len), value;
    return str_next(&rest, "\"", &value) ? value : STR("");
}

/* Oracle: Debian's iso-codes package. */
static void country_codes_equal_those_of_iso_codes(void **state) {
    char *text = read_whole("/usr/share/iso-codes/json/iso_3166-1.json");
    if (text == NULL)
        skip();
    struct str rest = str_of(text), object;
    size_t seen = 0;
    while (str_next(&rest, "}", &object)) {
        struct str alpha2 = json_value(object, "alpha_2");
        if (alpha2.len != 2)
            continue;
        seen++;
        uint32_t i = 0;
        while (i < data.countries.len && !str_equal(data.countries.at[i].code, alpha2))
            i++;
        if (i == data.countries.len)
            fail_msg("%.2s is missing", alpha2.ptr);
        assert_true(str_equal(data.countries.at[i].alpha3, json_value(object, "alpha_3")));
        assert_true(str_equal(data.countries.at[i].m49, json_value(object, "numeric")));
    }
    assert_int_equal(seen, data.countries.len);
    mem_free(text);
}

static void region_codes_equal_those_of_iso_codes(void **state) {
    char *text = read_whole("/usr/share/iso-codes/json/iso_3166-2.json");
    if (text == NULL)
        skip();
    struct str rest = str_of(text), object;
    size_t seen = 0;
    while (str_next(&rest, "}", &object)) {
        struct str code = json_value(object, "code");
        if (!str_starts(code, STR("CN-")))
            continue;
        seen++;
        size_t i = 0;
        while (i < data.regions.len && !str_equal(data.regions.at[i].code, code))
            i++;
        assert_true(i < data.regions.len);
    }
    assert_int_equal(seen, data.regions.len);
    assert_int_equal(seen, 34);
    mem_free(text);
}

static void survives_memory_failing_at_every_allocation(void **state) {
    struct errinfo info;
    for (long n = 0;; n++) {
        struct place_table t;
        uint32_t index;
        mem_fail_after(n);
        enum err code = place_table_init(&t, data.countries.at, 20, data.regions.at, 5, &info);
        if (code == ERR_OK) {
            code = place_find_country(&t, STR("Atlantis"), &index, &info);
            place_table_release(&t);
        }
        mem_fail_after(-1);
        if (code == ERR_INPUT)
            break;
        assert_int_equal(code, ERR_MEMORY);
    }
}

static int load(void **state) {
    place_data_load(&data);
    return 0;
}

static int release(void **state) {
    place_data_release(&data);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_countries_by_code_and_name_in_many_writings),
        cmocka_unit_test(every_country_is_found_by_all_its_names),
        cmocka_unit_test(suggests_the_nearest_name),
        cmocka_unit_test(finds_regions_by_code_name_and_address),
        cmocka_unit_test(hong_kong_agrees_with_its_region_and_not_with_another),
        cmocka_unit_test(foreign_is_told_by_the_rule),
        cmocka_unit_test(country_codes_equal_those_of_iso_codes),
        cmocka_unit_test(region_codes_equal_those_of_iso_codes),
        cmocka_unit_test(survives_memory_failing_at_every_allocation),
    };
    return cmocka_run_group_tests(tests, load, release);
}
