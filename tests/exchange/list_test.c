/* Lists on their way out: the same rows as CSV and JSON, and what cannot be written. */
#include "exchange/list.h"

#include "unit.h"

static void fill(struct list *list) {
    list_init(list);
    list_column(list, "name", LIST_TEXT);
    list_column(list, "count", LIST_NUMBER);
    list_column(list, "share", LIST_NUMBER);
    list_text(list, STR("Bolts, \"hot\" forged"));
    list_int(list, -12);
    list_double(list, 0.5, 2);
    list_text(list, STR(""));
    list_text(list, STR(""));
    list_double(list, 2.0 / 3, 3);
}

static void check(enum list_format format, const char *expected) {
    struct list list;
    struct buf out;
    struct errinfo info;
    fill(&list);
    buf_init(&out, 4096);
    assert_ok(list_write(&list, format, &out, &info), &info);
    assert_str(buf_str(&out), expected);
    buf_release(&out);
    list_release(&list);
}

static void csv_quotes_what_needs_quotes(void **state) {
    check(LIST_CSV, "name,count,share\r\n\"Bolts, \"\"hot\"\" forged\",-12,0.5\r\n,,0.667\r\n");
}

static void json_keeps_numbers_and_gives_null_for_empty_cells(void **state) {
    struct list list;
    struct buf out;
    struct errinfo info;
    fill(&list);
    buf_init(&out, 4096);
    assert_ok(list_write(&list, LIST_JSON, &out, &info), &info);
    struct str json = buf_str(&out);
    assert_int_not_equal(str_find(json, STR("\"name\":\"Bolts, \\\"hot\\\" forged\"")), SIZE_MAX);
    assert_int_not_equal(str_find(json, STR("\"count\":-12")), SIZE_MAX);
    assert_int_not_equal(str_find(json, STR("\"name\":null,\"count\":null")), SIZE_MAX);
    assert_true(str_starts(json, STR("[")));
    buf_release(&out);
    list_release(&list);
}

static void a_text_that_a_spreadsheet_would_run_is_guarded(void **state) {
    struct list list;
    struct buf out;
    struct errinfo info;
    list_init(&list);
    list_column(&list, "name", LIST_TEXT);
    list_text(&list, STR("=HYPERLINK(\"x\")"));
    buf_init(&out, 4096);
    assert_ok(list_write(&list, LIST_CSV, &out, &info), &info);
    assert_int_equal(str_find(buf_str(&out), STR("\n=")), SIZE_MAX);
    assert_int_equal(str_find(buf_str(&out), STR("\n\"=")), SIZE_MAX);
    buf_release(&out);
    list_release(&list);
}

static void missing_memory_is_told_when_the_list_is_written(void **state) {
    struct list list;
    struct buf out;
    buf_init(&out, 4096);
    mem_fail_after(1);
    fill(&list);
    mem_fail_after(-1);
    assert_true(list.failed);
    assert_int_equal(list_write(&list, LIST_CSV, &out, NULL), ERR_MEMORY);
    buf_release(&out);
    list_release(&list);
}

static void a_text_longer_than_the_buffer_is_a_limit(void **state) {
    struct list list;
    struct buf out;
    fill(&list);
    buf_init(&out, 8);
    assert_int_equal(list_write(&list, LIST_JSON, &out, NULL), ERR_LIMIT);
    buf_release(&out);
    list_release(&list);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_quotes_what_needs_quotes),
        cmocka_unit_test(json_keeps_numbers_and_gives_null_for_empty_cells),
        cmocka_unit_test(a_text_that_a_spreadsheet_would_run_is_guarded),
        cmocka_unit_test(missing_memory_is_told_when_the_list_is_written),
        cmocka_unit_test(a_text_longer_than_the_buffer_is_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
