#include "desk_fixture.h"

#include "service/throttle.h"

enum { NOW = 100000000 };

static int64_t wait_of(struct desk_fixture *f, const struct throttle_key *key, int64_t now) {
    int64_t wait = -1;
    assert_ok(throttle_wait(desk_reader(f), key, now, &wait, &f->info), &f->info);
    return wait;
}

static void note(struct desk_fixture *f, const struct throttle_key *key, int64_t now) {
    desk_begin(f);
    assert_ok(throttle_note(f->database.store, key, now, &f->info), &f->info);
    desk_commit(f);
}

static void waits_double_up_to_a_most_and_end(void **state) {
    struct desk_fixture *f = *state;
    struct throttle_key key = throttle_key_of(THROTTLE_ACCOUNT, STR("lin@expo.example"));
    static const int64_t expected_s[] = {0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60};
    for (size_t i = 0; i < sizeof(expected_s) / sizeof(expected_s[0]); i++) {
        assert_int_equal(wait_of(f, &key, NOW), expected_s[i] * 1000);
        note(f, &key, NOW);
    }
    for (int i = 0; i < 70; i++)
        note(f, &key, NOW);
    /* However many: after a minute the right password counts. */
    assert_int_equal(wait_of(f, &key, NOW), 60000);
    assert_int_equal(wait_of(f, &key, NOW + 59000), 1000);
    assert_int_equal(wait_of(f, &key, NOW + 60000), 0);
}

static void a_day_without_failure_forgets_them(void **state) {
    struct desk_fixture *f = *state;
    struct throttle_key key = throttle_key_of(THROTTLE_ACCOUNT, STR("lin@expo.example"));
    int64_t day = INT64_C(24) * 3600 * 1000;
    for (int i = 0; i < 10; i++)
        note(f, &key, NOW);
    note(f, &key, NOW + day);
    assert_int_equal(wait_of(f, &key, NOW + day), 0);
    for (int i = 0; i < 10; i++)
        note(f, &key, NOW + day);
    assert_true(wait_of(f, &key, NOW + day) > 0);
    desk_begin(f);
    assert_ok(throttle_forget(f->database.store, &key, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(wait_of(f, &key, NOW + day), 0);
}

static void a_clock_set_back_keeps_nobody_out(void **state) {
    struct desk_fixture *f = *state;
    struct throttle_key key = throttle_key_of(THROTTLE_ACCOUNT, STR("lin@expo.example"));
    for (int i = 0; i < 30; i++)
        note(f, &key, NOW);
    assert_int_equal(wait_of(f, &key, NOW - 50000000), 60000);
}

static bool same(enum throttle_kind a_kind, const char *a, enum throttle_kind b_kind,
                 const char *b) {
    struct throttle_key first = throttle_key_of(a_kind, str_of(a));
    struct throttle_key second = throttle_key_of(b_kind, str_of(b));
    return strcmp(first.digest.text, second.digest.text) == 0;
}

static void keys_tell_apart_what_is_different(void **state) {
    assert_true(same(THROTTLE_ACCOUNT, "Lin@Expo.example", THROTTLE_ACCOUNT, "lin@expo.example"));
    assert_false(same(THROTTLE_ACCOUNT, "lin@expo.example", THROTTLE_MAIL, "lin@expo.example"));
    assert_false(same(THROTTLE_ADDRESS, "192.0.2.7", THROTTLE_ADDRESS, "192.0.2.8"));
    /* One customer has a /64 of IPv6 and could change its address for every try. */
    assert_true(
        same(THROTTLE_ADDRESS, "2001:db8:1:2::1", THROTTLE_ADDRESS, "2001:db8:1:2:ffff::9"));
    assert_false(same(THROTTLE_ADDRESS, "2001:db8:1:2::1", THROTTLE_ADDRESS, "2001:db8:1:3::1"));
    assert_false(same(THROTTLE_ADDRESS, "::ffff:192.0.2.7", THROTTLE_ADDRESS, "::ffff:192.0.2.8"));
}

static enum err no_address(void *ctx, int64_t id, const struct store_value *v,
                           struct errinfo *info) {
    assert_int_equal(v[LOGIN_FAILURE_KEY].text.len, SECRET_DIGEST_CHARS);
    return ERR_OK;
}

static void old_notes_are_swept_and_name_nobody(void **state) {
    struct desk_fixture *f = *state;
    struct throttle_key first = throttle_key_of(THROTTLE_ADDRESS, STR("192.0.2.7"));
    struct throttle_key second = throttle_key_of(THROTTLE_ACCOUNT, STR("a@b.example"));
    uint64_t deleted = 0;
    note(f, &first, NOW);
    note(f, &second, NOW + 5);
    assert_ok(store_scan(desk_reader(f), TABLE_LOGIN_FAILURE, no_address, NULL, &f->info),
              &f->info);
    desk_begin(f);
    assert_ok(throttle_sweep(f->database.store, NOW + 5, &deleted, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(deleted, 1);
    assert_int_equal(desk_count(f, TABLE_LOGIN_FAILURE), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(waits_double_up_to_a_most_and_end),   TEST(a_day_without_failure_forgets_them),
        TEST(a_clock_set_back_keeps_nobody_out),   TEST(keys_tell_apart_what_is_different),
        TEST(old_notes_are_swept_and_name_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
