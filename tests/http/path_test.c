#include "unit.h"

#include "base/buf.h"
#include "base/mem.h"

#include "http/path.h"

static enum err decode(struct arena *arena, struct str raw, struct str *path) {
    struct errinfo info;
    errinfo_init(&info);
    return http_path_decode(arena, raw, path, &info);
}

static void decodes_percent_sequences_to_utf8(void **state) {
    struct arena arena;
    struct str path;
    arena_init(&arena, 10000);
    assert_int_equal(decode(&arena, STR("/2024/%E9%93%be+x/"), &path), ERR_OK);
    assert_str(path, "/2024/链+x/");
    assert_int_equal(decode(&arena, STR("/"), &path), ERR_OK);
    assert_str(path, "/");
    arena_release(&arena);
}

static void refuses_what_can_be_read_in_two_ways(void **state) {
    static const char *const wrong[] = {
        "",        "x",         "/%",      "/%4",        "/%4g",          "/%00",    "/..",
        "/a/../b", "/a/%2e%2E", "/./a",    "/a/%2e",     "/a%2fb",        "/a%2Fb",  "/a\\b",
        "/a%5cb",  "/a%0d%0aX", "/%C0%AF", "/%ED%A0%80", "/%F5%80%80%80", "/%E9%93", "/\xFF",
    };
    struct arena arena;
    struct str path;
    arena_init(&arena, 10000);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        if (decode(&arena, str_of(wrong[i]), &path) != ERR_INPUT)
            fail_msg("\"%s\" was taken", wrong[i]);
    arena_release(&arena);
}

static void splits_origin_and_absolute_form(void **state) {
    static const char *const cases[][3] = {
        {"/a?b=c?d", "/a", "b=c?d"},       {"/", "/", ""},
        {"http://host:80/x?y", "/x", "y"}, {"HTTPS://host", "/", ""},
        {"http://host?q", "/", "q"},
    };
    static const char *const wrong[] = {"", "*", "host:80", "?a", "ftp://host/"};
    struct errinfo info;
    struct str path, query;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_ok(http_target_split(str_of(cases[i][0]), &path, &query, &info), &info);
        assert_str(path, cases[i][1]);
        assert_str(query, cases[i][2]);
    }
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(http_target_split(str_of(wrong[i]), &path, &query, &info), ERR_INPUT);
}

static void reads_query_parameters_in_order(void **state) {
    struct arena arena;
    struct errinfo info;
    struct http_param *params;
    size_t count;
    arena_init(&arena, 100000);
    assert_ok(
        http_query_decode(&arena, STR("q=a+b%2B&&flag&n=&%E9%93%BE=%26=x"), &params, &count, &info),
        &info);
    assert_int_equal(count, 4);
    assert_str(params[0].name, "q");
    assert_str(params[0].value, "a b+");
    assert_str(params[1].name, "flag");
    assert_str(params[1].value, "");
    assert_str(params[2].name, "n");
    assert_str(params[3].name, "链");
    assert_str(params[3].value, "&=x");
    arena_release(&arena);
}

static void refuses_too_many_or_broken_parameters(void **state) {
    struct arena arena;
    struct errinfo info;
    struct http_param *params;
    size_t count;
    struct buf many;
    arena_init(&arena, 1000000);
    buf_init(&many, 10000);
    for (int i = 0; i <= HTTP_QUERY_PARAMS_MAX; i++)
        buf_add_c(&many, "a=1&");
    assert_int_equal(http_query_decode(&arena, buf_str(&many), &params, &count, &info), ERR_LIMIT);
    assert_int_equal(http_query_decode(&arena, STR("a=%zz"), &params, &count, &info), ERR_INPUT);
    assert_int_equal(http_query_decode(&arena, STR("a=%00"), &params, &count, &info), ERR_INPUT);
    assert_int_equal(http_query_decode(&arena, STR("%FF=1"), &params, &count, &info), ERR_INPUT);
    buf_release(&many);
    arena_release(&arena);
}

static void says_so_when_memory_is_short(void **state) {
    struct arena arena;
    struct errinfo info;
    struct str path;
    arena_init(&arena, 10000);
    mem_fail_after(0);
    enum err e = http_path_decode(&arena, STR("/a"), &path, &info);
    mem_fail_after(-1);
    assert_int_equal(e, ERR_MEMORY);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decodes_percent_sequences_to_utf8),
        cmocka_unit_test(refuses_what_can_be_read_in_two_ways),
        cmocka_unit_test(splits_origin_and_absolute_form),
        cmocka_unit_test(reads_query_parameters_in_order),
        cmocka_unit_test(refuses_too_many_or_broken_parameters),
        cmocka_unit_test(says_so_when_memory_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
