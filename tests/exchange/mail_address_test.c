#include "unit.h"

#include "exchange/mail_address.h"

static void assert_reads(const char *text, const char *expected) {
    struct mail_address address;
    struct errinfo info;
    assert_ok(mail_address_read(str_of(text), &address, &info), &info);
    assert_string_equal(address.text, expected);
}

static void assert_refuses(struct str text) {
    struct mail_address address;
    struct errinfo info;
    if (mail_address_read(text, &address, &info) != ERR_INPUT)
        fail_msg("\"%.*s\" was read as %s", STR_ARG(text), address.text);
    assert_string_equal(address.text, "");
    assert_true(info.hint[0] != '\0');
}

static void an_address_is_kept_in_small_letters(void **state) {
    assert_reads("lin.fang@expo.example", "lin.fang@expo.example");
    assert_reads("  Lin.Fang@Expo.Example\n", "lin.fang@expo.example");
    assert_reads("a+b_c=d%e!@x-1.example", "a+b_c=d%e!@x-1.example");
    assert_reads("root@localhost", "root@localhost");
}

static void what_could_break_out_of_a_head_is_refused(void **state) {
    assert_refuses(STR("a@b.example\r\nBcc: c@d.example"));
    assert_refuses(STR("a@b.example\nc@d.example"));
    assert_refuses(STR("a@b.example\0x"));
    assert_refuses(STR("a\0b@c.example"));
    assert_refuses(STR("<a@b.example>"));
    assert_refuses(STR("a@b.example> RCPT TO:<c@d.example"));
    assert_refuses(STR("a@b.example,c@d.example"));
    assert_refuses(STR("\"a b\"@c.example"));
    assert_refuses(STR("a@b.example (comment)"));
}

static void what_is_no_address_is_refused(void **state) {
    static const char *const wrong[] = {
        "",        "a",      "@b.example", "a@",          "a@b",        "a@@b.c",
        "a@b@c.d", ".a@b.c", "a.@b.c",     "a..b@c.d",    "a@.c",       "a@b.",
        "a@-b.c",  "a@b-.c", "a@b_c.d",    "a@[1.2.3.4]", "林@expo.cn", "lin@展会.cn"};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_refuses(str_of(wrong[i]));
    char longest[MAIL_ADDRESS_MAX + 8];
    memset(longest, 'a', sizeof(longest));
    memcpy(longest + 60, "@b.", 3);
    assert_refuses((struct str){longest, sizeof(longest)});
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_is_kept_in_small_letters),
        cmocka_unit_test(what_could_break_out_of_a_head_is_refused),
        cmocka_unit_test(what_is_no_address_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
