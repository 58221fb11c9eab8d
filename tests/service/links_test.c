#include "desk_fixture.h"

#include "service/links.h"

enum { NOW = 1000000 };

static struct secret make(struct desk_fixture *f, int64_t account, enum link_purpose purpose) {
    struct secret secret;
    desk_begin(f);
    assert_ok(links_make(f->database.store, account, purpose, NOW, &secret, &f->info), &f->info);
    desk_commit(f);
    return secret;
}

static enum err look(struct desk_fixture *f, struct secret secret, int64_t now) {
    struct link_target target;
    return links_look(desk_reader(f), str_of(secret.text), now, &target, &f->info);
}

static enum err redeem(struct desk_fixture *f, struct secret secret, int64_t now,
                       struct link_target *target) {
    desk_begin(f);
    enum err code = links_redeem(f->database.store, str_of(secret.text), now, target, &f->info);
    desk_commit(f);
    return code;
}

static void a_link_lets_in_once(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_READER);
    struct secret secret = make(f, id, LINK_SIGN_IN);
    struct link_target target;
    /* Looking at it, as mail programs do, does not use it up. */
    assert_int_equal(look(f, secret, NOW), ERR_OK);
    assert_int_equal(look(f, secret, NOW), ERR_OK);
    assert_int_equal(redeem(f, secret, NOW + 1, &target), ERR_OK);
    assert_int_equal(target.account_id, id);
    assert_int_equal(target.purpose, LINK_SIGN_IN);
    assert_int_equal(redeem(f, secret, NOW + 2, &target), ERR_DENIED);
    assert_int_equal(look(f, secret, NOW + 2), ERR_DENIED);
}

static void a_link_ends_with_its_time(void **state) {
    struct desk_fixture *f = *state;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_READER);
    struct secret in = make(f, id, LINK_SIGN_IN), choose = make(f, id, LINK_SET_PASSWORD);
    assert_int_equal(look(f, in, NOW + LINK_SIGN_IN_MS - 1), ERR_OK);
    assert_int_equal(look(f, in, NOW + LINK_SIGN_IN_MS), ERR_DENIED);
    assert_int_equal(look(f, choose, NOW + LINK_PASSWORD_MS - 1), ERR_OK);
    assert_int_equal(look(f, choose, NOW + LINK_PASSWORD_MS), ERR_DENIED);
}

static void a_new_link_voids_the_one_before_it(void **state) {
    struct desk_fixture *f = *state;
    int64_t lin = desk_account(f, "lin@expo.example", ROLE_READER);
    int64_t wu = desk_account(f, "wu@expo.example", ROLE_READER);
    struct secret first = make(f, lin, LINK_SIGN_IN), of_wu = make(f, wu, LINK_SIGN_IN),
                  password = make(f, lin, LINK_SET_PASSWORD), second = make(f, lin, LINK_SIGN_IN);
    assert_int_equal(look(f, first, NOW), ERR_DENIED);
    assert_int_equal(look(f, second, NOW), ERR_OK);
    assert_int_equal(look(f, of_wu, NOW), ERR_OK);
    assert_int_equal(look(f, password, NOW), ERR_OK);
    desk_begin(f);
    assert_ok(links_end(f->database.store, lin, &f->info), &f->info);
    desk_commit(f);
    assert_int_equal(look(f, second, NOW), ERR_DENIED);
    assert_int_equal(look(f, password, NOW), ERR_DENIED);
    assert_int_equal(look(f, of_wu, NOW), ERR_OK);
}

static void a_guess_opens_nothing(void **state) {
    struct desk_fixture *f = *state;
    struct link_target target;
    make(f, desk_account(f, "lin@expo.example", ROLE_READER), LINK_SIGN_IN);
    const struct str guesses[] = {STR(""), STR("%"),
                                  STR("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")};
    for (int i = 0; i < 3; i++)
        assert_int_equal(links_look(desk_reader(f), guesses[i], NOW, &target, &f->info),
                         ERR_DENIED);
}

static void what_is_over_is_swept(void **state) {
    struct desk_fixture *f = *state;
    uint64_t deleted = 0;
    int64_t id = desk_account(f, "lin@expo.example", ROLE_READER);
    make(f, id, LINK_SIGN_IN);
    make(f, id, LINK_SET_PASSWORD);
    desk_begin(f);
    assert_ok(links_sweep(f->database.store, NOW + LINK_SIGN_IN_MS + 1, &deleted, &f->info),
              &f->info);
    desk_commit(f);
    assert_int_equal(deleted, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_link_lets_in_once),
        TEST(a_link_ends_with_its_time),
        TEST(a_new_link_voids_the_one_before_it),
        TEST(a_guess_opens_nothing),
        TEST(what_is_over_is_swept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
