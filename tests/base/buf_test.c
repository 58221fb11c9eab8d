#include "unit.h"

#include "base/buf.h"
#include "base/mem.h"

static void remembers_the_first_failure(void **state) {
    struct buf b;
    struct errinfo info;
    buf_init(&b, 4);
    buf_add_c(&b, "abc");
    buf_add_c(&b, "de");
    buf_add_c(&b, "f");
    assert_str(buf_str(&b), "abc");
    assert_int_equal(buf_error(&b, &info), ERR_LIMIT);
    buf_clear(&b);
    buf_add_c(&b, "abcd");
    assert_int_equal(buf_error(&b, &info), ERR_OK);
    buf_release(&b);
}

static void reports_missing_memory(void **state) {
    struct buf b;
    struct errinfo info;
    buf_init(&b, 1000);
    mem_fail_after(0);
    buf_add_c(&b, "abc");
    mem_fail_after(-1);
    assert_int_equal(buf_error(&b, &info), ERR_MEMORY);
    buf_release(&b);
}

static void formats_numbers(void **state) {
    struct buf b;
    buf_init(&b, 1000);
    buf_add_i64(&b, INT64_MIN);
    buf_add_char(&b, ' ');
    buf_add_u64(&b, UINT64_MAX);
    buf_printf(&b, " %d%%", 42);
    assert_str(buf_str(&b), "-9223372036854775808 18446744073709551615 42%");
    buf_release(&b);
}

static void drops_what_was_consumed_at_the_front(void **state) {
    struct buf b;
    buf_init(&b, 8);
    buf_drop_front(&b, 3);
    buf_add_c(&b, "abcdefgh");
    buf_drop_front(&b, 0);
    buf_drop_front(&b, 6);
    assert_str(buf_str(&b), "gh");
    buf_add_c(&b, "ijklmn");
    assert_str(buf_str(&b), "ghijklmn");
    buf_drop_front(&b, 100);
    assert_str(buf_str(&b), "");
    assert_string_equal(b.ptr, "");
    buf_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(remembers_the_first_failure),
        cmocka_unit_test(reports_missing_memory),
        cmocka_unit_test(formats_numbers),
        cmocka_unit_test(drops_what_was_consumed_at_the_front),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
