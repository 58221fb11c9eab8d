/* Calendars: what is written, read back by libical's own parser. tests/site has another reader. */
#include "exchange/calendar.h"

#include <libical/ical.h>

#include "unit.h"

static struct calendar_event forum(void) {
    return (struct calendar_event){
        .uid = STR("P1.2024@expo.example"),
        .starts = STR("2024-11-27"),
        .start_time = STR("09:30"),
        .end_time = STR("11:00"),
        .timezone = STR("Asia/Shanghai"),
        .title = STR("Forum; chains, \"new\" and old"),
        .description = STR("First line\nSecond, line\\"),
        .place = STR("会议厅 E201"),
        .url = STR("https://expo.example/en/2024/programme/P1?x=1,2"),
        .category = STR("Forum"),
        .status = CALENDAR_CONFIRMED,
        .sequence = 3,
        .changed_ms = 1732600000000, /* 2024-11-26T05:46:40Z */
    };
}

/* Writes a calendar and parses it; the component is the caller's. */
static icalcomponent *written(const struct calendar_head *head, const struct calendar_event *events,
                              size_t count, struct buf *out) {
    struct errinfo info;
    buf_init(out, 1 << 20);
    assert_ok(calendar_write(head, events, count, out, &info), &info);
    icalcomponent *calendar = icalparser_parse_string(out->ptr);
    assert_non_null(calendar);
    assert_int_equal(icalcomponent_count_errors(calendar), 0);
    assert_int_equal(icalrestriction_check(calendar), 1);
    return calendar;
}

static void expect_line(const struct buf *out, const char *line) {
    if (strstr(out->ptr, line) == NULL)
        fail_msg("no \"%s\" in:\n%s", line, out->ptr);
}

static void an_event_of_hours_is_written_in_utc(void **state) {
    struct buf out;
    struct calendar_event event_in = forum();
    icalcomponent *calendar = written(&(struct calendar_head){.name = STR("")}, &event_in, 1, &out);
    icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    assert_string_equal(icalcomponent_get_summary(event), "Forum; chains, \"new\" and old");
    assert_string_equal(icalcomponent_get_description(event), "First line\nSecond, line\\");
    assert_string_equal(icalcomponent_get_location(event), "会议厅 E201");
    assert_string_equal(icalcomponent_get_uid(event), "P1.2024@expo.example");
    assert_int_equal(icalcomponent_get_sequence(event), 3);
    expect_line(&out, "\r\nDTSTART:20241127T013000Z\r\n");
    expect_line(&out, "\r\nDTEND:20241127T030000Z\r\n");
    expect_line(&out, "\r\nDTSTAMP:20241126T054640Z\r\n");
    expect_line(&out, "\r\nLAST-MODIFIED:20241126T054640Z\r\n");
    expect_line(&out, "\r\nSTATUS:CONFIRMED\r\n");
    icalcomponent_free(calendar);
    buf_release(&out);
}

static void an_event_without_hours_lasts_whole_days(void **state) {
    struct calendar_event event = {.uid = STR("u"), .starts = STR("2024-11-30"), .title = STR("t")};
    struct buf out;
    icalcomponent *calendar = written(&(struct calendar_head){.name = STR("")}, &event, 1, &out);
    expect_line(&out, "\r\nDTSTART;VALUE=DATE:20241130\r\n");
    expect_line(&out, "\r\nDTEND;VALUE=DATE:20241201\r\n");
    icalcomponent_free(calendar);
    buf_release(&out);
    event.ends = STR("2024-12-31");
    calendar = written(&(struct calendar_head){.name = STR("")}, &event, 1, &out);
    expect_line(&out, "\r\nDTEND;VALUE=DATE:20250101\r\n");
    icalcomponent_free(calendar);
    buf_release(&out);
}

static void hours_of_an_unknown_zone_stay_local_and_an_open_end_stays_open(void **state) {
    struct calendar_event event = forum();
    struct buf out;
    event.timezone = STR("Nowhere/Atlantis");
    event.end_time = STR("");
    icalcomponent *calendar = written(&(struct calendar_head){.name = STR("")}, &event, 1, &out);
    expect_line(&out, "\r\nDTSTART:20241127T093000\r\n");
    assert_null(strstr(out.ptr, "DTEND"));
    icalcomponent_free(calendar);
    buf_release(&out);
}

static void summer_time_is_the_zones(void **state) {
    struct calendar_event event = forum();
    struct buf out;
    event.timezone = STR("Europe/Budapest");
    event.starts = STR("2024-07-01");
    icalcomponent *calendar = written(&(struct calendar_head){.name = STR("")}, &event, 1, &out);
    expect_line(&out, "\r\nDTSTART:20240701T073000Z\r\n");
    icalcomponent_free(calendar);
    buf_release(&out);
}

static void a_feed_has_a_name_and_leaves_out_what_has_no_day(void **state) {
    struct calendar_event events[] = {forum(), {.uid = STR("u2"), .title = STR("not yet dated")}};
    struct calendar_head head = {.name = STR("第二届链博会日程"),
                                 .url = STR("https://expo.example/zh/2024/programme"),
                                 .timezone = STR("Asia/Shanghai")};
    struct buf out;
    icalcomponent *calendar = written(&head, events, 2, &out);
    assert_int_equal(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 1);
    expect_line(&out, "\r\nX-WR-CALNAME:第二届链博会日程\r\n");
    expect_line(&out, "\r\nX-WR-TIMEZONE:Asia/Shanghai\r\n");
    icalcomponent_free(calendar);
    buf_release(&out);
    calendar = written(&head, NULL, 0, &out);
    assert_int_equal(icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 0);
    icalcomponent_free(calendar);
    buf_release(&out);
}

/* RFC 5545, 3.1: 75 octets a line, and no character torn. */
static void long_lines_are_folded_between_characters(void **state) {
    struct calendar_event event = forum();
    struct buf out, title;
    buf_init(&title, 4096);
    for (int i = 0; i < 100; i++)
        buf_add_c(&title, i % 3 == 0 ? "链a" : "供应");
    event.title = buf_str(&title);
    icalcomponent *calendar = written(&(struct calendar_head){.name = STR("")}, &event, 1, &out);
    icalcomponent *parsed = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    assert_string_equal(icalcomponent_get_summary(parsed), title.ptr);
    struct str rest = buf_str(&out), line;
    while (str_next(&rest, "\n", &line)) {
        assert_true(line.len <= 76); /* with its CR */
        assert_true(line.len == 0 || ((unsigned char)line.ptr[0] & 0xC0) != 0x80);
    }
    icalcomponent_free(calendar);
    buf_release(&out);
    buf_release(&title);
}

static void control_characters_are_left_out(void **state) {
    struct calendar_event event = forum();
    struct buf out;
    event.title = STR("a\x01\r\x7f"
                      "b\tc\nBEGIN:VALARM");
    icalcomponent *calendar = written(&(struct calendar_head){.name = STR("")}, &event, 1, &out);
    expect_line(&out, "\r\nSUMMARY:ab c\\nBEGIN:VALARM\r\n");
    icalcomponent_free(calendar);
    buf_release(&out);
}

static void zones_are_those_of_the_system(void **state) {
    assert_true(calendar_has_zone(STR("Asia/Shanghai")));
    assert_true(calendar_has_zone(STR("UTC")));
    assert_false(calendar_has_zone(STR("Asia/Atlantis")));
    assert_false(calendar_has_zone(STR("")));
    assert_false(calendar_has_zone(STR("../../etc/passwd")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_of_hours_is_written_in_utc),
        cmocka_unit_test(an_event_without_hours_lasts_whole_days),
        cmocka_unit_test(hours_of_an_unknown_zone_stay_local_and_an_open_end_stays_open),
        cmocka_unit_test(summer_time_is_the_zones),
        cmocka_unit_test(a_feed_has_a_name_and_leaves_out_what_has_no_day),
        cmocka_unit_test(long_lines_are_folded_between_characters),
        cmocka_unit_test(control_characters_are_left_out),
        cmocka_unit_test(zones_are_those_of_the_system),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
