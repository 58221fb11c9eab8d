#include "unit.h"

#include "model/identifier.h"

static void lei_is_checked_by_its_digits(void **state) {
    char out[LEI_CHARS + 1];
    struct errinfo info;
    /* The example of GLEIF, "The structure of an LEI", and one with a digit changed. */
    assert_ok(identifier_lei(STR("5493 00TRUWO2CD2G5692"), out, &info), &info);
    assert_string_equal(out, "549300TRUWO2CD2G5692");
    assert_int_equal(identifier_lei(STR("549300TRUWO2CD2G5693"), out, &info), ERR_INPUT);
    assert_int_equal(identifier_lei(STR("549300TRUWO2CD2G569"), out, &info), ERR_INPUT);
    assert_int_equal(identifier_lei(STR(""), out, &info), ERR_INPUT);
}

static void credit_code_is_checked_by_its_last_character(void **state) {
    char out[CREDIT_CODE_CHARS + 1];
    struct errinfo info;
    /* Computed by hand from the weights of GB 32100-2015 for a made-up registration. */
    assert_ok(identifier_credit_code(STR("91350100m000100y43"), out, &info), &info);
    assert_string_equal(out, "91350100M000100Y43");
    assert_int_equal(identifier_credit_code(STR("91350100M000100Y44"), out, &info), ERR_INPUT);
    assert_int_equal(identifier_credit_code(STR("91350100I000100Y43"), out, &info), ERR_INPUT);
}

static void websites_are_addresses_that_may_become_links(void **state) {
    assert_true(identifier_is_website(STR("https://example.org/a?b=c#d")));
    assert_true(identifier_is_website(STR("www.example.org")));
    assert_true(identifier_is_website(STR("http://example.org:8080/")));
    assert_true(identifier_is_website(STR("www.例子.中国")));
    assert_false(identifier_is_website(STR("javascript:alert(1).x")));
    assert_false(identifier_is_website(STR("ftp://example.org")));
    assert_false(identifier_is_website(STR("example")));
    assert_false(identifier_is_website(STR("example.org/\"x")));
    assert_false(identifier_is_website(STR("see example.org")));
    assert_false(identifier_is_website(STR("")));
}

static void days_are_read_in_the_usual_forms(void **state) {
    static const char *const good[] = {"2024-11-26", "2024/11/26", "2024.11.26", "20241126",
                                       "2024年11月26日"};
    static const char *const bad[] = {"2024-02-30", "2023-02-29", "26.11.2024",  "2024-13-01",
                                      "2024",       "",           "2024-11-26x", "1700-01-01"};
    char out[DATE_CHARS + 1];
    struct errinfo info;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_ok(identifier_date(str_of(good[i]), out, &info), &info);
        assert_string_equal(out, "2024-11-26");
    }
    assert_ok(identifier_date(STR("2024-2-29"), out, &info), &info);
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(identifier_date(str_of(bad[i]), out, &info), ERR_INPUT);
}

static void times_are_read_in_the_usual_forms(void **state) {
    static const char *const good[][2] = {
        {"09:30", "09:30"},    {"9:30", "09:30"},      {" 9.30 ", "09:30"},
        {"9：30", "09:30"},    {"09:30:00", "09:30"},  {"9:30 am", "09:30"},
        {"2:30 PM", "14:30"},  {"12:30 am", "00:30"},  {"12:30pm", "12:30"},
        {"上午9:30", "09:30"}, {"下午2:30", "14:30"},  {"下午14:30", "14:30"},
        {"9点05", "09:05"},    {"中午12:00", "12:00"}, {"晚上7:30", "19:30"},
        {"00:00", "00:00"},    {"23:59", "23:59"}};
    static const char *const bad[] = {"24:00", "9",     "9:3",         "09:30:15", "9:60",     "",
                                      "-1:00", "9:30x", "09:30-12:00", "13:00 am", "晚上12:00"};
    char out[TIME_CHARS + 1];
    struct errinfo info;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_ok(identifier_time(str_of(good[i][0]), out, &info), &info);
        assert_string_equal(out, good[i][1]);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_int_equal(identifier_time(str_of(bad[i]), out, &info), ERR_INPUT);
}

static void time_zones_have_the_form_of_iana_names(void **state) {
    static const char *const good[] = {"Asia/Shanghai", "UTC", "America/Argentina/Salta",
                                       "Etc/GMT+8", "America/Port-au-Prince"};
    static const char *const bad[] = {
        "", "+08:00", "Asia/", "Asia//Tokyo", "../etc/passwd", "Asia/Shanghai ", "北京", "/Asia"};
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        assert_true(identifier_is_timezone(str_of(good[i])));
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_false(identifier_is_timezone(str_of(bad[i])));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lei_is_checked_by_its_digits),
        cmocka_unit_test(credit_code_is_checked_by_its_last_character),
        cmocka_unit_test(websites_are_addresses_that_may_become_links),
        cmocka_unit_test(days_are_read_in_the_usual_forms),
        cmocka_unit_test(times_are_read_in_the_usual_forms),
        cmocka_unit_test(time_zones_have_the_form_of_iana_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
