#include "unit.h"

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
        {HTTP_GET, "/assets/:name", NULL, NULL},
        {HTTP_GET, "/:edition/:page", NULL, NULL},
    };
    struct str params[HTTP_ROUTE_PARAMS_MAX];
    assert_ptr_equal(http_route_find(routes, 2, STR("/assets/x"), params), &routes[0]);
    assert_ptr_equal(http_route_find(routes, 2, STR("/2024/gaps"), params), &routes[1]);
    assert_null(http_route_find(routes, 2, STR("/2024"), params));
}

static unsigned audit(const struct http_header *headers, size_t count, const char *version) {
    const char *why;
    return http_audit_head(STR("GET"), str_of(version), headers, count, &why);
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
        {413, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Content-Length", "5")}},
        {413, "HTTP/1.1", 2, {HEADER("Host", "a"), HEADER("Transfer-Encoding", "chunked")}},
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

static void a_tag_is_found_in_a_list(void **state) {
    static const struct {
        const char *list;
        bool fresh;
    } cases[] = {{"\"v1\"", true}, {"W/\"v1\"", true}, {"\"v0\" , W/\"v1\"", true},
                 {"*", true},      {"v1", false},      {"\"v10\"", false},
                 {"\"\"", false},  {"", false},        {"W/\"v0\"", false}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_header header = {STR("if-none-match"), str_of(cases[i].list)};
        struct http_request request = {.headers = &header, .header_count = 1};
        struct http_reply reply = {.status = 200};
        assert_int_equal(http_reply_is_fresh(&request, &reply, STR("v1")), cases[i].fresh);
        assert_int_equal(reply.status, cases[i].fresh ? 304 : 200);
    }
}

static void assets_are_sent_as_the_client_takes_them(void **state) {
    static const struct {
        const char *accept;
        bool gzip;
    } cases[] = {{"gzip", true},           {"br, GZIP;q=0.5", true}, {"gzip;q=0", false},
                 {"gzip; q=0.000", false}, {"identity", false},      {"", false}};
    const struct http_asset asset = {"/a.css", "text/css", "e1", STR("plain"), STR("zip")};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_header header = {STR("Accept-Encoding"), str_of(cases[i].accept)};
        struct http_request request = {.headers = &header, .header_count = 1};
        struct http_reply reply = {.status = 200};
        http_reply_asset(&request, &reply, &asset);
        assert_str(reply.fixed, cases[i].gzip ? "zip" : "plain");
        assert_true(reply.varies_by_encoding);
        assert_null(reply.cache);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_fit_whole_paths_only),
        cmocka_unit_test(the_first_row_that_fits_answers),
        cmocka_unit_test(heads_that_can_be_read_in_two_ways_are_refused),
        cmocka_unit_test(a_tag_is_found_in_a_list),
        cmocka_unit_test(assets_are_sent_as_the_client_takes_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
