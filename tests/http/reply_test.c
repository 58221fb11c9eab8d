#include "unit.h"

#include "base/mem.h"
#include "http/http.h"

static void a_tag_is_found_in_a_list(void **state) {
    static const struct {
        const char *list;
        bool has;
    } cases[] = {{"\"v1\"", true}, {"W/\"v1\"", true}, {"\"v0\" , W/\"v1\"", true},
                 {"*", true},      {"v1", false},      {"\"v10\"", false},
                 {"\"\"", false},  {"", false},        {"W/\"v0\"", false}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_header header = {STR("if-none-match"), str_of(cases[i].list)};
        struct http_request request = {.headers = &header, .header_count = 1};
        assert_int_equal(http_request_has(&request, STR("v1")), cases[i].has);
    }
}

static void an_asset_named_by_its_content_is_kept_by_browsers(void **state) {
    const struct http_asset asset = {"/a.css", "text/css", "e1", STR("content")};
    static const struct {
        const char *v;
        bool is_named;
    } cases[] = {{"e1", true}, {"e2", false}, {"", false}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct http_param param = {STR("v"), str_of(cases[i].v)};
        const struct http_request request = {.query = &param, .query_count = 1};
        struct http_reply reply = {.status = 200};
        http_reply_asset(&request, &reply, &asset);
        assert_str(reply.fixed, "content");
        assert_str(reply.etag, "e1");
        assert_int_equal(reply.cache != NULL, cases[i].is_named);
        /* Other addresses are as many as anybody writes: they are not kept. */
        assert_int_equal(reply.once, !cases[i].is_named);
    }
}

static void files_are_named_for_every_client(void **state) {
    static const struct {
        const char *name, *header;
    } cases[] = {
        {"exhibitors.csv",
         "attachment; filename=\"exhibitors.csv\"; filename*=UTF-8''exhibitors.csv"},
        {"\xE5\xB1\x95\xE5\x95\x86.csv",
         "attachment; filename=\"__.csv\"; filename*=UTF-8''%E5%B1%95%E5%95%86.csv"},
        {"a \"b\"\\..%2F/\r\n.csv", "attachment; filename=\"a _b__.._2F___.csv\"; "
                                    "filename*=UTF-8''a%20%22b%22%5C..%252F%2F%0D%0A.csv"},
    };
    struct arena arena;
    arena_init(&arena, 1 << 16);
    const struct http_request request = {.arena = &arena};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct http_reply reply = {.status = 200};
        assert_int_equal(http_reply_download(&request, &reply, str_of(cases[i].name), NULL),
                         ERR_OK);
        assert_int_equal(reply.header_count, 1);
        assert_str(reply.headers[0].name, "Content-Disposition");
        assert_str(reply.headers[0].value, cases[i].header);
    }
    arena_release(&arena);
}

static void a_download_without_memory_is_an_error(void **state) {
    enum err e = ERR_MEMORY;
    for (long n = 0; e != ERR_OK; n++) {
        struct arena arena;
        struct http_reply reply = {.status = 200};
        arena_init(&arena, 1 << 16);
        const struct http_request request = {.arena = &arena};
        mem_fail_after(n);
        e = http_reply_download(&request, &reply, STR("exhibitors.csv"), NULL);
        mem_fail_after(-1);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
        assert_int_equal(reply.header_count, e == ERR_OK);
        assert_true(n < 100);
        arena_release(&arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tag_is_found_in_a_list),
        cmocka_unit_test(an_asset_named_by_its_content_is_kept_by_browsers),
        cmocka_unit_test(files_are_named_for_every_client),
        cmocka_unit_test(a_download_without_memory_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
