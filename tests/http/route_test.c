#include "unit.h"

#include "base/mem.h"
#include "http/audit.h"
#include "http/route.h"

static void patterns_fit_whole_paths_only(void **state) {
    static const struct {
        const char *pattern, *path, *first;
    } cases[] = {
        {"/", "/", ""},
        {"/:edition/", "/2024/", "2024"},
        {"/:edition/chains/:chain", "/2024/chains/clean-energy", "2024"},
        {"/:edition", "/2024/", NULL},
        {"/:edition/", "/2024", NULL},
        {"/:edition/", "//", NULL},
        {"/:edition/chains/:chain", "/2024/chains/", NULL},
        {"/:edition/chains/:chain", "/2024/chains/a/b", NULL},
        {"/assets/site.css", "/assets/site.cs", NULL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct str params[HTTP_ROUTE_PARAMS_MAX] = {{"", 0}};
        bool fits = http_route_fits(cases[i].pattern, str_of(cases[i].path), params);
        assert_int_equal(fits, cases[i].first != NULL);
        if (fits)
            assert_str(params[0], cases[i].first);
    }
}

static void the_first_row_that_fits_answers(void **state) {
    const struct http_route routes[] = {
        {.pattern = "/assets/:name"},
        {.pattern = "/:edition/:page"},
    };
    struct str params[HTTP_ROUTE_PARAMS_MAX];
    struct http_allowed allowed;
    assert_ptr_equal(http_route_find(routes, 2, HTTP_GET, STR("/assets/x"), params, &allowed),
                     &routes[0]);
    assert_ptr_equal(http_route_find(routes, 2, HTTP_HEAD, STR("/2024/gaps"), params, &allowed),
                     &routes[1]);
    assert_null(http_route_find(routes, 2, HTTP_GET, STR("/2024"), params, &allowed));
    assert_int_equal(allowed.methods, 0);
}

static unsigned audit(const struct http_header *headers, size_t count, const char *version) {
    const char *why;
    struct http_framing framing;
    return http_audit_head(STR("GET"), str_of(version), headers, count, &framing, &why);
}

#define HEADER(n, v)                                                                               \
    {                                                                                              \
        {n, sizeof(n) - 1}, {                                                                      \
            v, sizeof(v) - 1                                                                       \
        }                                                                                          \
    }

static void heads_that_can_be_read_in_two_ways_are_refused(void **state) {
    const struct {
        unsigned status;
        const char *version;
        size_t count;
        struct http_header headers[4];
    } cases[] = {
        {0, "HTTP/1.1", 1, {HEADER("Host", "a.example:80")}},
        {0, "HTTP/1.0", 0, {{{NULL, 0}, {NULL, 0}}}},
        {0, "HTTP/1.1", 2, {HEADER("host", "[::1]"), HEADER("Content-Length", "000")}},
        {400, "HTTP/1.1", 0, {{{NULL, 0}, {NULL, 0}}}},
        {400, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("HOST", "a")}},
        {400, "HTTP/1.1", 1, {HEADER("Host", "")}},
        {400, "HTTP/1.1", 1, {HEADER("Host", "a/b")}},
        {400, "HTTP/1.1", 1, {HEADER("Host", "user@a")}},
        {400,
         "HTTP/1.1",
         3,
         {HEADER("Host", "a"), HEADER("Content-Length", "0"), HEADER("content-length", "0")}},
        {400, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Content-Length", "-1")}},
        {400, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Content-Length", "+1")}},
        {400, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Content-Length", "0, 0")}},
        {400, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Content-Length", "")}},
        {0, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Content-Length", "5")}},
        {0, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Transfer-Encoding", "Chunked")}},
        {501, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Transfer-Encoding", "gzip, chunked")}},
        {501, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Transfer-Encoding", "")}},
        {501,
         "HTTP/1.1",
         3,
         {HEADER("Host", "a"), HEADER("Transfer-Encoding", "chunked"),
          HEADER("Transfer-Encoding", "chunked")}},
        {0, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Expect", "100-Continue")}},
        {417, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Expect", "a miracle")}},
        {400,
         "HTTP/1.1",
         3,
         {HEADER("Host", "a"), HEADER("Transfer-Encoding", "chunked"),
          HEADER("Content-Length", "5")}},
        {400, "HTTP/1.0", 2, {HEADER("Host", "a"), HEADER("Transfer-Encoding", "chunked")}},
        {400, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Bad Name", "x")}},
        {400, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("", "x")}},
        {400, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("X", "a\x01")}},
        {505, "HTTP/2.0", 1, {HEADER("Host", "a")}},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        unsigned status = audit(cases[i].headers, cases[i].count, cases[i].version);
        if (status != cases[i].status)
            fail_msg("case %zu: %u, expected %u", i, status, cases[i].status);
    }
}

static const struct http_param sent[] = {
    HEADER("page", "2"), HEADER("utm_source", "x"), HEADER("q", "b"),
    HEADER("q", "a"),    HEADER("pag", "3"),
};

static void kept_routes_are_told_what_they_read_and_nothing_else(void **state) {
    const struct http_route route = {.pattern = "/:edition", .reads = "q page"};
    const struct http_header header = {STR("Cookie"), STR("a=b")};
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct http_request told, request = {.method = HTTP_HEAD,
                                         .path = STR("/2024"),
                                         .query = sent,
                                         .query_count = 5,
                                         .headers = &header,
                                         .header_count = 1,
                                         .arena = &arena};
    struct str key;
    request.params[0] = STR("2024");
    assert_int_equal(http_route_canonical(&route, &request, &told, &key, NULL), ERR_OK);
    assert_int_equal(told.method, HTTP_GET);
    assert_int_equal(told.header_count, 0);
    assert_int_equal(told.query_count, 3);
    assert_str(told.query[0].value, "b");
    assert_str(told.query[1].value, "a");
    assert_str(told.query[2].value, "2");
    assert_str(told.params[0], "2024");
    arena_release(&arena);
}

static void a_kept_route_may_read_all_parameters(void **state) {
    const struct http_route route = {.pattern = "/", .reads = "*"};
    struct arena arena;
    struct str key, other;
    arena_init(&arena, 1 << 20);
    struct http_request told,
        request = {.path = STR("/"), .query = sent, .query_count = 5, .arena = &arena};
    assert_int_equal(http_route_canonical(&route, &request, &told, &key, NULL), ERR_OK);
    assert_int_equal(told.query_count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_true(str_equal(told.query[i].name, sent[i].name) &&
                    str_equal(told.query[i].value, sent[i].value));
    request.query_count = 4;
    assert_int_equal(http_route_canonical(&route, &request, &told, &other, NULL), ERR_OK);
    assert_false(str_equal(key, other));
    request.query_count = 0;
    assert_int_equal(http_route_canonical(&route, &request, &told, &other, NULL), ERR_OK);
    assert_int_equal(told.query_count, 0);
    arena_release(&arena);
}

static struct str key_of(struct arena *arena, struct str path, const struct http_param *query,
                         size_t count) {
    const struct http_route route = {.pattern = "/:edition", .reads = "q page"};
    struct http_request told,
        request = {.path = path, .query = query, .query_count = count, .arena = arena};
    struct str key;
    assert_int_equal(http_route_canonical(&route, &request, &told, &key, NULL), ERR_OK);
    return key;
}

static void a_key_names_one_reply(void **state) {
    const struct http_param a[] = {{STR("q"), STR("x")}, {STR("page"), STR("2")}};
    const struct http_param b[] = {
        {STR("page"), STR("2")}, {STR("zz"), STR("1")}, {STR("q"), STR("x")}};
    const struct http_param c[] = {{STR("q"), STR("xpage2")}};
    const struct http_param d[] = {{STR("q"), STR("")}, {STR("page"), STR("x2")}};
    struct arena arena;
    arena_init(&arena, 1 << 20);
    struct str same = key_of(&arena, STR("/2024"), a, 2);
    assert_true(str_equal(same, key_of(&arena, STR("/2024"), b, 3)));
    assert_false(str_equal(same, key_of(&arena, STR("/2023"), a, 2)));
    assert_false(str_equal(same, key_of(&arena, STR("/2024"), c, 1)));
    assert_false(str_equal(same, key_of(&arena, STR("/2024"), d, 2)));
    assert_false(str_equal(same, key_of(&arena, STR("/2024"), a, 1)));
    assert_false(str_equal(same, key_of(&arena, STR("/2024"), NULL, 0)));
    arena_release(&arena);
}

static void a_key_without_memory_is_an_error(void **state) {
    const struct http_route route = {.pattern = "/:edition", .reads = "q page"};
    struct errinfo info;
    struct str key;
    enum err e = ERR_MEMORY;
    for (long n = 0; e != ERR_OK; n++) {
        struct arena arena;
        arena_init(&arena, 1 << 20);
        struct http_request told,
            request = {.path = STR("/2024"), .query = sent, .query_count = 5, .arena = &arena};
        mem_fail_after(n);
        e = http_route_canonical(&route, &request, &told, &key, &info);
        mem_fail_after(-1);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
        assert_true(n < 100);
        arena_release(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_fit_whole_paths_only),
        cmocka_unit_test(the_first_row_that_fits_answers),
        cmocka_unit_test(heads_that_can_be_read_in_two_ways_are_refused),
        cmocka_unit_test(kept_routes_are_told_what_they_read_and_nothing_else),
        cmocka_unit_test(a_kept_route_may_read_all_parameters),
        cmocka_unit_test(a_key_names_one_reply),
        cmocka_unit_test(a_key_without_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
