#include "unit.h"

#include <pthread.h>

#include "service/password.h"
#include "service/secret.h"

static int setup(void **state) {
    static struct password_desk *desk;
    struct errinfo info;
    assert_ok(secret_start(&info), &info);
    assert_ok(password_desk_new(&desk, &info), &info);
    *state = desk;
    return 0;
}

static int teardown(void **state) {
    password_desk_free(*state);
    return 0;
}

static bool right(struct password_desk *desk, const char *kept, const char *password) {
    bool answer = true;
    struct errinfo info;
    assert_ok(password_check(desk, str_of(kept), str_of(password), &answer, &info), &info);
    return answer;
}

static void a_kept_password_knows_itself_only(void **state) {
    char kept[PASSWORD_KEPT_MAX], again[PASSWORD_KEPT_MAX];
    struct errinfo info;
    assert_ok(password_keep(*state, STR("correct horse 电池 staple"), kept, &info), &info);
    assert_true(str_starts(str_of(kept), STR("$argon2id$v=19$m=65536,t=2,p=1$")));
    assert_true(right(*state, kept, "correct horse 电池 staple"));
    assert_false(right(*state, kept, "correct horse 电池 Staple"));
    assert_false(right(*state, kept, ""));
    /* Salted: the same password twice is not to be seen. */
    assert_ok(password_keep(*state, STR("correct horse 电池 staple"), again, &info), &info);
    assert_string_not_equal(kept, again);
}

static void nothing_kept_is_never_right(void **state) {
    assert_false(right(*state, "", ""));
    assert_false(right(*state, "", "anything at all"));
    assert_false(right(*state, "not an argon2id string", "not an argon2id string"));
}

static void assert_refused(const char *password, const char *why) {
    struct errinfo info;
    if (password_allowed(str_of(password), STR("lin.fang@expo.example"), &info) != ERR_INPUT)
        fail_msg("\"%s\" was allowed", password);
    if (strstr(info.message, why) == NULL)
        fail_msg("\"%s\": %s", password, info.message);
}

static void what_is_guessed_first_is_refused_with_the_reason(void **state) {
    static const char *const repeating[] = {
        "aaaaaaaaaaaa", "abababababab",  "abcdabcdabcd",   "123456789012",
        "210987654321", "abcdefghijklm", "abcdefghijkl99", "一一一一一一一一一一一一"};
    static const char *const known[] = {
        "Password12345",      "!!Fairlead2026!!", "administrator",    "P@ssw0rd12345",
        "qwertyuiopas",       "1qaz2wsx3edc",     "passwordpassword", "1357924680135",
        "WELCOME-2026-06-26", "Admin@20261126"};
    static const char *const own[] = {"lin.fang@expo.example", "Lin.Fang2026!", "xlin.fangx98712"};
    assert_refused("short", "fewer than 12 characters");
    assert_refused("一二三四五六七八九十一", "fewer than 12 characters");
    assert_refused("            ", "blanks alone");
    assert_refused("bad \xFF bytes are no text", "not readable text");
    for (size_t i = 0; i < sizeof(repeating) / sizeof(repeating[0]); i++)
        assert_refused(repeating[i], "repeats itself");
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        assert_refused(known[i], "among the first that are guessed");
    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
        assert_refused(own[i], "mail address");
}

static void length_is_what_makes_a_good_one(void **state) {
    static const char *const good[] = {
        "correct horse battery staple", "vier woerter ohne sinn", "tiger-lamp-quarry-eleven",
        "展会上的蓝色雨伞和七只猫",     "gT5#kq9!vLw2",           "7k3mq-x04bt-9hd2r-wz8vn"};
    struct errinfo info;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
        assert_ok(password_allowed(str_of(good[i]), STR("lin.fang@expo.example"), &info), &info);
    char longest[PASSWORD_BYTES_MAX + 1];
    for (int i = 0; i < PASSWORD_BYTES_MAX + 1; i++)
        longest[i] = (char)('a' + (i * i / 7) % 26);
    assert_ok(password_allowed((struct str){longest, PASSWORD_BYTES_MAX}, STR(""), &info), &info);
    assert_int_equal(
        password_allowed((struct str){longest, PASSWORD_BYTES_MAX + 1}, STR(""), &info), ERR_INPUT);
}

struct crowd {
    struct password_desk *desk;
    pthread_mutex_t lock;
    int checked, sent_away;
};

static void *sign_in(void *ctx) {
    struct crowd *crowd = ctx;
    struct errinfo info;
    bool answer;
    enum err code = password_check(crowd->desk, STR(""), STR("guess"), &answer, &info);
    pthread_mutex_lock(&crowd->lock);
    crowd->checked += code == ERR_OK;
    crowd->sent_away += code == ERR_LIMIT;
    pthread_mutex_unlock(&crowd->lock);
    return NULL;
}

/* However many come, each is either checked or sent away at once, and the desk stays of use. */
static void a_crowd_is_sent_away_instead_of_piling_up(void **state) {
    enum { CROWD = 60 };
    struct crowd crowd = {.desk = *state, .lock = PTHREAD_MUTEX_INITIALIZER};
    pthread_t threads[CROWD];
    for (int i = 0; i < CROWD; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, sign_in, &crowd), 0);
    for (int i = 0; i < CROWD; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(crowd.checked + crowd.sent_away, CROWD);
    assert_true(crowd.checked >= PASSWORD_AT_ONCE + PASSWORD_WAITING_MAX);
    assert_false(right(*state, "", "guess"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kept_password_knows_itself_only),
        cmocka_unit_test(nothing_kept_is_never_right),
        cmocka_unit_test(what_is_guessed_first_is_refused_with_the_reason),
        cmocka_unit_test(length_is_what_makes_a_good_one),
        cmocka_unit_test(a_crowd_is_sent_away_instead_of_piling_up),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
