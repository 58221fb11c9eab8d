#include "unit.h"

#include "service/secret.h"

static int start(void **state) {
    struct errinfo info;
    return secret_start(&info) == ERR_OK && secret_start(&info) == ERR_OK ? 0 : -1;
}

static void no_two_secrets_are_alike(void **state) {
    enum { COUNT = 200 };
    struct secret secrets[COUNT];
    for (int i = 0; i < COUNT; i++) {
        secrets[i] = secret_new();
        assert_int_equal(strlen(secrets[i].text), SECRET_CHARS);
        for (const char *c = secrets[i].text; *c != '\0'; c++)
            assert_non_null(
                strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", *c));
        for (int j = 0; j < i; j++)
            assert_string_not_equal(secrets[i].text, secrets[j].text);
    }
}

/* RFC 7693 has BLAKE2b-512 only; the digest of 256 bits of "abc" is that of `b2sum -l 256`. */
static void a_digest_is_blake2b_256(void **state) {
    assert_string_equal(secret_digest_of(STR("abc")).text,
                        "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    assert_string_equal(secret_digest_of(STR("")).text,
                        "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
}

static void a_typed_secret_has_no_letters_that_look_alike(void **state) {
    char one[SECRET_TYPED_CHARS + 1], other[SECRET_TYPED_CHARS + 1];
    for (int round = 0; round < 50; round++) {
        secret_typed(one);
        assert_int_equal(strlen(one), SECRET_TYPED_CHARS);
        for (int i = 0; i < SECRET_TYPED_CHARS; i++)
            if (i % 6 == 5)
                assert_int_equal(one[i], '-');
            else
                assert_non_null(strchr("0123456789abcdefghjkmnpqrstvwxyz", one[i]));
    }
    secret_typed(other);
    assert_string_not_equal(one, other);
}

static void equality_is_of_all_bytes(void **state) {
    assert_true(secret_equal(STR("abc"), STR("abc")));
    assert_true(secret_equal(STR(""), STR("")));
    assert_false(secret_equal(STR("abc"), STR("abd")));
    assert_false(secret_equal(STR("abc"), STR("ab")));
    assert_false(secret_equal(STR(""), STR("a")));
}

static void wiping_leaves_zeros(void **state) {
    char bytes[] = "secret", zeros[sizeof(bytes)] = {0};
    secret_wipe(bytes, sizeof(bytes));
    assert_memory_equal(bytes, zeros, sizeof(bytes));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_two_secrets_are_alike),
        cmocka_unit_test(a_digest_is_blake2b_256),
        cmocka_unit_test(a_typed_secret_has_no_letters_that_look_alike),
        cmocka_unit_test(equality_is_of_all_bytes),
        cmocka_unit_test(wiping_leaves_zeros),
    };
    return cmocka_run_group_tests(tests, start, NULL);
}
