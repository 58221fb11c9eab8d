#include "unit.h"

#include "base/mem.h"
#include "exchange/mail.h"
#include "text/utf8.h"

static struct mail plain_mail(void) {
    struct mail mail = {.subject = STR("Your sign-in link"),
                        .body = STR("Hello,\n\nhttps://expo.example/desk/link#abc\n"),
                        .message_id = STR("abc-123"),
                        .date_ms = INT64_C(1732613405000)};
    struct errinfo info;
    assert_ok(mail_address_read(STR("desk@expo.example"), &mail.from, &info), &info);
    assert_ok(mail_address_read(STR("lin@firm.example"), &mail.to, &info), &info);
    return mail;
}

static void a_plain_message_is_written_as_it_is(void **state) {
    struct mail mail = plain_mail();
    struct errinfo info;
    struct buf out;
    buf_init(&out, MAIL_MESSAGE_MAX);
    assert_ok(mail_write(&mail, &out, &info), &info);
    assert_str(buf_str(&out), "Date: Tue, 26 Nov 2024 09:30:05 +0000\r\n"
                              "From: <desk@expo.example>\r\n"
                              "To: <lin@firm.example>\r\n"
                              "Subject: Your sign-in link\r\n"
                              "Message-ID: <abc-123@expo.example>\r\n"
                              "MIME-Version: 1.0\r\n"
                              "Content-Type: text/plain; charset=us-ascii\r\n"
                              "Content-Transfer-Encoding: 7bit\r\n"
                              "Auto-Submitted: auto-generated\r\n\r\n"
                              "Hello,\r\n\r\nhttps://expo.example/desk/link#abc\r\n");
    buf_release(&out);
}

/* The encoded words are those of Python's email.header.Header(text, "utf-8").encode(). */
static void chinese_is_encoded(void **state) {
    struct mail mail = plain_mail();
    struct errinfo info;
    struct buf out;
    mail.from_name = STR("链博会");
    mail.subject = STR("您的登录链接");
    mail.body = STR("您好");
    buf_init(&out, MAIL_MESSAGE_MAX);
    assert_ok(mail_write(&mail, &out, &info), &info);
    struct str text = buf_str(&out);
    assert_true(str_find(text, STR("\r\nSubject: =?UTF-8?B?5oKo55qE55m75b2V6ZO+5o6l?=\r\n")) !=
                SIZE_MAX);
    assert_true(
        str_find(text, STR("\r\nFrom: =?UTF-8?B?6ZO+5Y2a5Lya?=\r\n <desk@expo.example>\r\n")) !=
        SIZE_MAX);
    assert_true(str_find(text, STR("charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n")) !=
                SIZE_MAX);
    assert_true(str_ends(text, STR("\r\n\r\n5oKo5aW9DQo=\r\n")));
    buf_release(&out);
}

static void base64_ends_as_it_should(void **state) {
    static const struct {
        const char *subject, *encoded;
    } cases[] = {
        {"é", "=?UTF-8?B?w6k=?="}, {"éa", "=?UTF-8?B?w6lh?="}, {"éab", "=?UTF-8?B?w6lhYg==?="}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct mail mail = plain_mail();
        struct errinfo info;
        struct buf out;
        mail.subject = str_of(cases[i].subject);
        buf_init(&out, MAIL_MESSAGE_MAX);
        assert_ok(mail_write(&mail, &out, &info), &info);
        assert_true(str_find(buf_str(&out), str_of(cases[i].encoded)) != SIZE_MAX);
        buf_release(&out);
    }
}

/* What would be a head of its own: each line must be one of those that belong there. */
static void no_text_breaks_out_of_its_line(void **state) {
    static const char *const heads[] = {
        "Date: ",          "From: ",         "To: ",           "Subject: ",
        "Message-ID: ",    "MIME-Version: ", "Content-Type: ", "Content-Transfer-Encoding: ",
        "Auto-Submitted: "};
    static const char evil[] =
        "x\r\nBcc: all@firm.example\r\n\r\nbody\n.\r\nRCPT TO:<y@z.example>\r";
    struct mail mail = plain_mail();
    struct errinfo info;
    struct buf out;
    mail.subject = mail.from_name = str_of(evil);
    buf_init(&out, MAIL_MESSAGE_MAX);
    assert_ok(mail_write(&mail, &out, &info), &info);
    struct str text = buf_str(&out);
    size_t end = str_find(text, STR("\r\n\r\n")), lines = 0;
    struct str rest = str_sub(text, 0, end);
    while (rest.len > 0) {
        size_t stop = str_find(rest, STR("\r\n"));
        struct str line = str_sub(rest, 0, stop == SIZE_MAX ? rest.len : stop);
        bool known = line.ptr[0] == ' ';
        for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
            known = known || str_starts(line, str_of(heads[i]));
        if (!known)
            fail_msg("a line of its own: %.*s", STR_ARG(line));
        assert_true(line.len <= 76);
        lines++;
        rest = str_sub(rest, stop == SIZE_MAX ? rest.len : stop + 2, rest.len);
    }
    assert_true(lines > 9);
    buf_release(&out);
}

static void an_address_that_was_not_read_is_refused(void **state) {
    struct mail mail = plain_mail();
    struct errinfo info;
    struct buf out;
    buf_init(&out, MAIL_MESSAGE_MAX);
    snprintf(mail.to.text, sizeof(mail.to.text), "lin@firm.example>\r\nBcc: <x@y.example");
    assert_int_equal(mail_write(&mail, &out, &info), ERR_INPUT);
    mail = plain_mail();
    mail.message_id = STR("../../x");
    assert_int_equal(mail_write(&mail, &out, &info), ERR_INPUT);
    mail = plain_mail();
    mail.body = STR("bad \xFF");
    assert_int_equal(mail_write(&mail, &out, &info), ERR_INPUT);
    buf_release(&out);
}

static void a_long_text_keeps_its_lines_short_and_its_characters_whole(void **state) {
    struct mail mail = plain_mail();
    struct errinfo info;
    struct buf out, body;
    buf_init(&body, MAIL_BODY_MAX);
    for (int i = 0; i < 1000; i++)
        buf_add_c(&body, "供需对接");
    mail.body = buf_str(&body);
    mail.subject = str_sub(mail.body, 0, 492);
    buf_init(&out, MAIL_MESSAGE_MAX);
    assert_ok(mail_write(&mail, &out, &info), &info);
    struct str rest = buf_str(&out);
    while (rest.len > 0) {
        size_t stop = str_find(rest, STR("\r\n"));
        assert_true(stop <= 76);
        rest = str_sub(rest, stop + 2, rest.len);
    }
    mail.subject = str_sub(mail.body, 0, MAIL_SUBJECT_MAX + 4);
    assert_int_equal(mail_write(&mail, &out, &info), ERR_INPUT);
    buf_release(&out);
    buf_release(&body);
}

static void short_memory_is_reported(void **state) {
    struct mail mail = plain_mail();
    struct errinfo info;
    enum err code = ERR_MEMORY;
    mail.body = STR("您好");
    for (long n = 0; code != ERR_OK; n++) {
        struct buf out;
        buf_init(&out, MAIL_MESSAGE_MAX);
        mem_fail_after(n);
        code = mail_write(&mail, &out, &info);
        mem_fail_after(-1);
        assert_true(code == ERR_OK || code == ERR_MEMORY);
        buf_release(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_message_is_written_as_it_is),
        cmocka_unit_test(chinese_is_encoded),
        cmocka_unit_test(base64_ends_as_it_should),
        cmocka_unit_test(no_text_breaks_out_of_its_line),
        cmocka_unit_test(an_address_that_was_not_read_is_refused),
        cmocka_unit_test(a_long_text_keeps_its_lines_short_and_its_characters_whole),
        cmocka_unit_test(short_memory_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
