#include "unit.h"

#include "base/mem.h"
#include "http/http.h"

static struct str read_cookie(const char *first, const char *second, const char *name) {
    const struct http_header headers[] = {{STR("cookie"), str_of(first)},
                                          {STR("Cookie"), str_of(second)}};
    const struct http_request request = {.headers = headers, .header_count = 2};
    return http_request_cookie(&request, name);
}

static void a_cookie_is_found_by_its_whole_name(void **state) {
    static const struct {
        const char *first, *second, *value;
    } cases[] = {
        {"s=abc", "", "abc"},
        {"a=1; s=abc; b=2", "", "abc"},
        {"a=1;s=abc", "", "abc"},
        {"a=1", "s=abc", "abc"},
        {"s=\"abc\"", "", "abc"},
        {"s=a=b=", "", "a=b="},
        {"s=", "", ""},
        {"s=first; s=second", "", "first"},
        {"xs=1; s =2; S=3; s", "", NULL},
        {"s=a b", "", NULL},
        {"s=\"", "", NULL},
        {"", "", NULL},
        {";;=;", "=s", NULL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct str value = read_cookie(cases[i].first, cases[i].second, "s");
        if (cases[i].value == NULL)
            assert_null(value.ptr);
        else
            assert_str(value, cases[i].value);
    }
}

static void a_cookie_is_set_for_this_site_alone(void **state) {
    static const struct {
        struct http_cookie cookie;
        const char *line;
    } cases[] = {
        {{.name = "s", .value = {"abc", 3}}, "s=abc; Path=/; HttpOnly; SameSite=Lax"},
        {{.name = "s", .value = {"abc", 3}, .age_s = 60, .is_secure = true},
         "s=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure"},
        {{.name = "s", .value = {"", 0}}, "s=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"},
    };
    struct arena arena;
    arena_init(&arena, 1 << 20);
    const struct http_request request = {.arena = &arena};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_reply reply = {.status = 200};
        assert_int_equal(http_reply_cookie(&request, &reply, &cases[i].cookie, NULL), ERR_OK);
        assert_int_equal(reply.header_count, 1);
        assert_str(reply.headers[0].name, "Set-Cookie");
        assert_str(reply.headers[0].value, cases[i].line);
    }
    arena_release(&arena);
}

static void a_value_cannot_break_out_of_its_line(void **state) {
    static const char *const wrong[] = {"a;b", "a b",  "a\r\nX: y", "a\"b",
                                        "a,b", "a\\b", "\x7F",      "链"};
    struct arena arena;
    arena_init(&arena, 1 << 20);
    const struct http_request request = {.arena = &arena};
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        struct http_reply reply = {.status = 200};
        const struct http_cookie cookie = {.name = "s", .value = str_of(wrong[i])};
        assert_int_equal(http_reply_cookie(&request, &reply, &cookie, NULL), ERR_INTERNAL);
        assert_int_equal(reply.header_count, 0);
    }
    arena_release(&arena);
}

static void a_cookie_without_memory_is_an_error(void **state) {
    const struct http_cookie cookie = {.name = "s", .value = STR("abc")};
    enum err e = ERR_MEMORY;
    for (long n = 0; e != ERR_OK; n++) {
        struct http_reply reply = {.status = 200};
        struct arena arena;
        arena_init(&arena, 1 << 20);
        const struct http_request request = {.arena = &arena};
        mem_fail_after(n);
        e = http_reply_cookie(&request, &reply, &cookie, NULL);
        mem_fail_after(-1);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
        assert_true(n < 100);
        arena_release(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cookie_is_found_by_its_whole_name),
        cmocka_unit_test(a_cookie_is_set_for_this_site_alone),
        cmocka_unit_test(a_value_cannot_break_out_of_its_line),
        cmocka_unit_test(a_cookie_without_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
