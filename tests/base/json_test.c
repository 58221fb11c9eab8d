#include "unit.h"

#include <math.h>

#include "base/json.h"

static void writes_nested_values(void **state) {
    struct buf b;
    struct json_out j;
    buf_init(&b, 1000);
    json_init(&j, &b);
    json_open(&j);
    json_key_text(&j, "a", STR("x\"\\\n\x01"));
    json_key(&j, "list");
    json_open_list(&j);
    json_i64(&j, -1);
    json_bool(&j, true);
    json_none(&j);
    json_double(&j, 0.1);
    json_double(&j, NAN);
    json_open(&j);
    json_close(&j);
    json_close_list(&j);
    json_key_i64(&j, "n", 2);
    json_close(&j);
    assert_str(buf_str(&b),
               "{\"a\":\"x\\\"\\\\\\n\\u0001\",\"list\":[-1,true,null,0.1,null,{}],\"n\":2}");
    buf_release(&b);
}

static void replaces_bytes_that_are_not_utf8(void **state) {
    struct buf b;
    struct json_out j;
    buf_init(&b, 1000);
    json_init(&j, &b);
    json_text(&j, STR("\xE9\x93\xBE|\xC0\xAF|\xED\xA0\x80|\xF0\x9F\x98"));
    assert_str(buf_str(&b),
               "\"\xE9\x93\xBE|\xEF\xBF\xBD\xEF\xBF\xBD|\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF"
               "\xBD|\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
    buf_release(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_nested_values),
        cmocka_unit_test(replaces_bytes_that_are_not_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
