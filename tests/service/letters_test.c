#include "unit.h"

#include "exchange/mail.h"
#include "service/letters.h"

static void every_letter_names_its_link_in_both_languages(void **state) {
    for (int kind = 0; kind < LETTERS; kind++)
        for (int lang = 0; lang < LANGS; lang++) {
            struct buf out;
            struct errinfo info;
            buf_init(&out, MAIL_BODY_MAX);
            letter_write((enum letter_kind)kind, (enum lang)lang, STR("Lin"),
                         STR("https://x.example/#l"), &out);
            assert_ok(buf_error(&out, &info), &info);
            assert_true(str_find(buf_str(&out), STR("\nhttps://x.example/#l\n")) != SIZE_MAX);
            assert_true(str_find(buf_str(&out), STR("{")) == SIZE_MAX);
            assert_true(letter_subject((enum letter_kind)kind, (enum lang)lang).len <=
                        MAIL_SUBJECT_MAX);
            buf_release(&out);
        }
}

static void a_letter_greets_with_and_without_a_name(void **state) {
    static const struct {
        enum lang lang;
        const char *name, *greeting;
    } cases[] = {{LANG_EN, "Lin Fang", "Hello Lin Fang,\n\n"},
                 {LANG_EN, "", "Hello,\n\n"},
                 {LANG_ZH, "林芳", "林芳，您好！\n\n"},
                 {LANG_ZH, "", "您好！\n\n"}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct buf out;
        buf_init(&out, MAIL_BODY_MAX);
        letter_write(LETTER_INVITE, cases[i].lang, str_of(cases[i].name), STR("x"), &out);
        assert_true(str_starts(buf_str(&out), str_of(cases[i].greeting)));
        buf_release(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_letter_names_its_link_in_both_languages),
        cmocka_unit_test(a_letter_greets_with_and_without_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
