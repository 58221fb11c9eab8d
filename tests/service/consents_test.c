#include "desk_fixture.h"

#include "service/consents.h"

static enum err set(struct desk_fixture *f, const struct access *by, enum consent_purpose purpose,
                    bool given, int64_t now_ms) {
    enum err code = consents_set(desk_begin(f), by, purpose, given, now_ms, &f->info);
    desk_commit(f);
    return code;
}

static void expect(struct desk_fixture *f, int64_t account, int64_t contact, int64_t mail) {
    int64_t since_ms[CONSENT_PURPOSES];
    assert_ok(consents_read(desk_reader(f), account, since_ms, &f->info), &f->info);
    assert_int_equal(since_ms[CONSENT_CONTACT_TO_MUTUAL], contact);
    assert_int_equal(since_ms[CONSENT_MAIL_REMINDERS], mail);
    assert_int_equal(since_ms[CONSENT_NAME_ON_SITE], 0);
}

static void nothing_is_allowed_beforehand_and_each_purpose_stands_alone(void **state) {
    struct desk_fixture *f = *state;
    struct account lin = desk_read(f, desk_account(f, "lin@expo.example", ROLE_READER));
    struct account wu = desk_read(f, desk_account(f, "wu@expo.example", ROLE_READER));
    expect(f, lin.id, 0, 0);
    assert_int_equal(set(f, &lin.access, CONSENT_MAIL_REMINDERS, true, 10), ERR_OK);
    expect(f, lin.id, 0, 10);
    expect(f, wu.id, 0, 0);
}

static void what_was_taken_back_stays_on_record_and_can_be_given_again(void **state) {
    struct desk_fixture *f = *state;
    struct account lin = desk_read(f, desk_account(f, "lin@expo.example", ROLE_READER));
    assert_int_equal(set(f, &lin.access, CONSENT_CONTACT_TO_MUTUAL, true, 10), ERR_OK);
    assert_int_equal(set(f, &lin.access, CONSENT_CONTACT_TO_MUTUAL, true, 20), ERR_OK);
    expect(f, lin.id, 10, 0);
    assert_int_equal(desk_count(f, TABLE_CONSENT), 1);
    assert_int_equal(set(f, &lin.access, CONSENT_CONTACT_TO_MUTUAL, false, 30), ERR_OK);
    expect(f, lin.id, 0, 0);
    assert_int_equal(set(f, &lin.access, CONSENT_CONTACT_TO_MUTUAL, false, 35), ERR_OK);
    assert_int_equal(set(f, &lin.access, CONSENT_CONTACT_TO_MUTUAL, true, 40), ERR_OK);
    expect(f, lin.id, 40, 0);
    assert_int_equal(desk_count(f, TABLE_CONSENT), 2);
}

static void a_consent_is_the_persons_own(void **state) {
    struct desk_fixture *f = *state;
    const struct access nobody = {0};
    struct access token = desk_read(f, desk_account(f, "lin@expo.example", ROLE_READER)).access;
    token.token = ACCESS_TOKEN_WRITE;
    assert_int_equal(set(f, &f->local, CONSENT_NAME_ON_SITE, true, 10), ERR_DENIED);
    assert_int_equal(set(f, &nobody, CONSENT_NAME_ON_SITE, true, 10), ERR_DENIED);
    assert_int_equal(set(f, &token, CONSENT_NAME_ON_SITE, true, 10), ERR_DENIED);
    assert_int_equal(desk_count(f, TABLE_CONSENT), 0);
}

static void words_are_stable_and_found_again(void **state) {
    for (int purpose = 0; purpose < CONSENT_PURPOSES; purpose++) {
        struct str code = str_of(consent_purpose_code((enum consent_purpose)purpose));
        assert_int_equal(consent_purpose_of_code(code), purpose);
        assert_true(strlen(consent_purpose_words((enum consent_purpose)purpose, LANG_ZH)) > 0);
    }
    assert_int_equal(consent_purpose_of_code(STR("everything")), CONSENT_PURPOSES);
}

int main(void) {
#define IN_A_DATABASE(test) cmocka_unit_test_setup_teardown(test, desk_setup, desk_teardown)
    const struct CMUnitTest tests[] = {
        IN_A_DATABASE(nothing_is_allowed_beforehand_and_each_purpose_stands_alone),
        IN_A_DATABASE(what_was_taken_back_stays_on_record_and_can_be_given_again),
        IN_A_DATABASE(a_consent_is_the_persons_own),
        cmocka_unit_test(words_are_stable_and_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
