/* The server over raw sockets: what a hostile or clumsy client may send, byte by byte. */
#include "unit.h"

#include <pthread.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"
#include "talk.h"

enum { DEADLINE_MS = 600 };

static enum err hello(void *ctx, const struct http_request *request, struct http_reply *reply,
                      struct errinfo *info) {
    struct str name = http_request_query(request, "name");
    reply->etag = STR("v1");
    buf_printf(&reply->body, "hello %.*s %.*s", STR_ARG(request->params[0]), STR_ARG(name));
    return ERR_OK;
}

static enum err broken(void *ctx, const struct http_request *request, struct http_reply *reply,
                       struct errinfo *info) {
    buf_add_c(&reply->body, "half a page");
    return err_set(info, ERR_STORE, "a secret of the house");
}

static enum err slow(void *ctx, const struct http_request *request, struct http_reply *reply,
                     struct errinfo *info) {
    const struct timespec pause = {.tv_nsec = 300 * 1000 * 1000};
    nanosleep(&pause, NULL);
    buf_add_c(&reply->body, "done");
    return ERR_OK;
}

static void error_page(void *ctx, const struct http_request *request, const struct errinfo *info,
                       struct http_reply *reply) {
    buf_printf(&reply->body, "<h1>%u %s</h1>", reply->status, info->message);
}

/* Has words of its own for what is below /hello. */
static void refusal(void *ctx, const struct http_request *request, const struct errinfo *info,
                    struct http_reply *reply) {
    if (!str_starts(request->path, STR("/hello/")))
        return;
    reply->content_type = "text/x-refusal";
    buf_printf(&reply->body, "no %u: %s", reply->status, info->message);
}

static const struct http_route routes[] = {
    {.pattern = "/hello/:who", .handler = hello},
    {.pattern = "/broken", .handler = broken},
    {.pattern = "/slow", .handler = slow},
};

static enum err start(const char *listen, uint32_t threads, struct http_server **server,
                      struct errinfo *info) {
    const struct http_options options = {.listen = listen,
                                         .routes = routes,
                                         .route_count = sizeof(routes) / sizeof(routes[0]),
                                         .error_page = error_page,
                                         .refusal = refusal,
                                         .threads = threads,
                                         .request_deadline_ms = DEADLINE_MS};
    return http_server_new(&options, server, info);
}

static int setup(void **state) {
    struct errinfo info;
    struct http_server *server = NULL;
    errinfo_init(&info);
    if (start("127.0.0.1:0", 1, &server, &info) != ERR_OK)
        return -1;
    *state = server;
    return 0;
}

static int teardown(void **state) {
    http_server_free(*state);
    return 0;
}

static void answers_with_security_headers(void **state) {
    static const char *const parts[] = {"HTTP/1.1 200",
                                        "Content-Security-Policy: default-src 'none'",
                                        "X-Content-Type-Options: nosniff",
                                        "Referrer-Policy: same-origin",
                                        "Cross-Origin-Opener-Policy: same-origin",
                                        "ETag: W/\"v1\"",
                                        "Content-Length: 15",
                                        "\r\n\r\nhello 链 a b&c"};
    struct buf out;
    buf_init(&out, REPLY_MAX);
    talk(*state,
         STR("GET /hello/%E9%93%BE?name=a+b%26c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
         &out);
    for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
        expect(&out, parts[i]);
    buf_release(&out);
}

static void head_has_the_length_and_no_body(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    talk(*state, STR("HEAD /hello/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), &out);
    expect(&out, "Content-Length: 8");
    assert_true(str_ends(buf_str(&out), STR("\r\n\r\n")));
    buf_release(&out);
}

static void what_the_client_has_is_not_sent_again(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    talk(*state,
         STR("GET /hello/x HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"v1\"\r\nConnection: "
             "close\r\n\r\n"),
         &out);
    expect(&out, "HTTP/1.1 304");
    expect(&out, "ETag: W/\"v1\"");
    assert_true(str_ends(buf_str(&out), STR("\r\n\r\n")));
    buf_release(&out);
}

static void a_failing_handler_shows_no_secrets(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    talk(*state, STR("GET /broken HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), &out);
    expect(&out, "HTTP/1.1 500");
    assert_true(str_find(buf_str(&out), STR("secret")) == SIZE_MAX);
    assert_true(str_find(buf_str(&out), STR("half a page")) == SIZE_MAX);
    buf_release(&out);
}

static void hostile_requests_are_refused(void **state) {
    static const struct {
        const char *name, *bytes, *status;
    } cases[] = {
        {"unknown path", "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n", " 404 "},
        {"post", "POST /hello/x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", " 405 "},
        {"trace", "TRACE /hello/x HTTP/1.1\r\nHost: x\r\n\r\n", " 405 "},
        {"unknown method", "BREW /hello/x HTTP/1.1\r\nHost: x\r\n\r\n", " 501 "},
        {"no host", "GET /hello/x HTTP/1.1\r\n\r\n", " 400 "},
        {"two hosts", "GET /hello/x HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", " 400 "},
        {"length and coding",
         "GET /hello/x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: "
         "chunked\r\n\r\n0\r\n\r\n",
         " 400 "},
        {"two lengths",
         "GET /hello/x HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
         " 400 "},
        {"two different lengths",
         "GET /hello/x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 0\r\n\r\nabcd",
         " 400 "},
        {"negative length", "GET /hello/x HTTP/1.1\r\nHost: x\r\nContent-Length: -4\r\n\r\n",
         " 400 "},
        {"huge length",
         "GET /hello/x HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
         " 413 "},
        {"body", "GET /hello/x HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nabcd", " 413 "},
        {"bad chunk",
         "GET /hello/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", " 413 "},
        {"coding with a trick",
         "GET /hello/x HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n", " 501 "},
        {"name with a blank", "GET /hello/x HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n", " 400 "},
        {"blank before colon", "GET /hello/x HTTP/1.1\r\nHost: x\r\nContent-Length : 4\r\n\r\nabcd",
         " 400 "},
        {"no colon", "GET /hello/x HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n", " 400 "},
        {"path tricks", "GET /hello/..%2fx HTTP/1.1\r\nHost: x\r\n\r\n", " 400 "},
        {"dots", "GET /hello/../broken HTTP/1.1\r\nHost: x\r\n\r\n", " 400 "},
        {"old version", "GET /hello/x HTTP/0.9\r\nHost: x\r\n\r\n", " 505 "},
        {"new version", "GET /hello/x HTTP/2.0\r\nHost: x\r\n\r\n", " 505 "},
    };
    struct buf out;
    buf_init(&out, REPLY_MAX);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        talk(*state, str_of(cases[i].bytes), &out);
        struct str line = buf_str(&out);
        size_t end = str_find(line, STR("\r\n"));
        if (end == SIZE_MAX || str_find(str_sub(line, 0, end), str_of(cases[i].status)) == SIZE_MAX)
            fail_msg("%s: got %.*s", cases[i].name, STR_ARG(line));
        /* Nothing that follows a refused head is read as a second request. (Counting status lines
         * would not do: libmicrohttpd 0.9.75 writes the head of its own refusals twice.) */
        if (str_find(line, STR("200 OK")) != SIZE_MAX)
            fail_msg("%s: answered, too: %.*s", cases[i].name, STR_ARG(line));
    }
    buf_release(&out);
}

static void a_refused_body_is_not_read_as_a_request(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    talk(*state,
         STR("GET /hello/x HTTP/1.1\r\nHost: x\r\nContent-Length: 44\r\n\r\n"
             "GET /hello/smuggled HTTP/1.1\r\nHost: x\r\n\r\n\r\n"),
         &out);
    expect(&out, " 413 ");
    assert_true(str_find(buf_str(&out), STR("smuggled")) == SIZE_MAX);
    buf_release(&out);
}

static void a_refusal_may_have_words_of_its_own(void **state) {
    static const struct {
        const char *bytes, *expected;
    } cases[] = {
        {"BREW /hello/x HTTP/1.1\r\nHost: x\r\n\r\n", "no 501: this method is not known here"},
        {"GET /hello/%zz?q=1 HTTP/1.1\r\nHost: x\r\n\r\n", "no 400: "},
        {"GET http://x/hello/..%2fx HTTP/1.1\r\nHost: x\r\n\r\n", "text/x-refusal"},
        {"GET hello HTTP/1.1\r\nHost: x\r\n\r\n", "\r\n\r\n400: "},
        {"BREW /other HTTP/1.1\r\nHost: x\r\n\r\n", "\r\n\r\n501: this method is not known here\n"},
    };
    struct buf out;
    buf_init(&out, REPLY_MAX);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        talk(*state, str_of(cases[i].bytes), &out);
        expect(&out, cases[i].expected);
        expect(&out, "Cache-Control: no-store");
    }
    buf_release(&out);
}

static void large_heads_are_refused(void **state) {
    struct buf bytes, out;
    buf_init(&bytes, REPLY_MAX);
    buf_init(&out, REPLY_MAX);
    buf_add_c(&bytes, "GET /hello/");
    for (int i = 0; i < HTTP_TARGET_SIZE_MAX; i++)
        buf_add_char(&bytes, 'a');
    buf_add_c(&bytes, " HTTP/1.1\r\nHost: x\r\n\r\n");
    talk(*state, buf_str(&bytes), &out);
    expect(&out, " 414 ");
    for (int size = HTTP_HEADER_SIZE_MAX; size <= 200000; size += 61000) {
        buf_clear(&bytes);
        buf_add_c(&bytes, "GET /hello/x HTTP/1.1\r\nHost: x\r\nX: ");
        for (int i = 0; i < size; i++)
            buf_add_char(&bytes, 'a');
        buf_add_c(&bytes, "\r\n\r\n");
        int fd = dial(*state);
        buf_clear(&out);
        /* The server may close before it has all: a failing send is no failure. */
        ssize_t sent = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
        assert_true(sent != 0);
        read_all(fd, &out);
        close(fd);
        if (str_find(buf_str(&out), STR(" 431 ")) == SIZE_MAX &&
            str_find(buf_str(&out), STR(" 413 ")) == SIZE_MAX && size < 20000)
            fail_msg("%d bytes of header: %.*s", size, STR_ARG(buf_str(&out)));
        assert_true(str_find(buf_str(&out), STR("200 OK")) == SIZE_MAX);
    }
    buf_release(&bytes);
    buf_release(&out);
}

static void a_trickling_client_is_cut_off(void **state) {
    static const char head[] =
        "GET /hello/x HTTP/1.1\r\nHost: x\r\nX-Slow: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const struct timespec pause = {.tv_nsec = 50 * 1000 * 1000};
    int fd = dial(*state);
    int64_t began = clock_monotonic_ns();
    char byte;
    for (size_t i = 0; i < sizeof(head) - 1; i++) {
        if (send(fd, &head[i], 1, MSG_NOSIGNAL) != 1 ||
            recv(fd, &byte, 1, MSG_DONTWAIT | MSG_PEEK) == 0)
            break;
        nanosleep(&pause, NULL);
    }
    int64_t took_ms = (clock_monotonic_ns() - began) / 1000000;
    close(fd);
    assert_in_range(took_ms, DEADLINE_MS - 50, DEADLINE_MS + 900);
}

static void an_idle_connection_is_cut_off(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    int fd = dial(*state);
    const struct str ask = STR("GET /hello/x HTTP/1.1\r\nHost: x\r\n\r\n");
    assert_int_equal(send(fd, ask.ptr, ask.len, MSG_NOSIGNAL), (ssize_t)ask.len);
    read_all(fd, &out);
    expect(&out, "200 OK");
    close(fd);
    buf_release(&out);
}

static void one_connection_serves_many_requests(void **state) {
    const struct str ask = STR("GET /hello/x HTTP/1.1\r\nHost: x\r\n\r\n");
    struct buf bytes, out;
    size_t answers = 0, at;
    buf_init(&bytes, REPLY_MAX);
    buf_init(&out, REPLY_MAX);
    for (int i = 0; i < 50; i++)
        buf_add_str(&bytes, ask);
    buf_add_c(&bytes, "GET /hello/last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    talk(*state, buf_str(&bytes), &out);
    for (struct str rest = buf_str(&out); (at = str_find(rest, STR("200 OK"))) != SIZE_MAX;
         rest = str_sub(rest, at + 1, rest.len))
        answers++;
    assert_int_equal(answers, 51);
    expect(&out, "hello last");
    buf_release(&bytes);
    buf_release(&out);
}

static void *stop_soon(void *server) {
    const struct timespec pause = {.tv_nsec = 100 * 1000 * 1000};
    nanosleep(&pause, NULL);
    http_server_stop(server, 5000);
    return NULL;
}

static void stopping_lets_a_running_request_finish(void **state) {
    struct errinfo info;
    struct http_server *server;
    pthread_t thread;
    struct buf out;
    buf_init(&out, REPLY_MAX);
    assert_ok(start("127.0.0.1:0", 2, &server, &info), &info);
    assert_int_equal(pthread_create(&thread, NULL, stop_soon, server), 0);
    talk(server, STR("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"), &out);
    expect(&out, "done");
    pthread_join(thread, NULL);
    http_server_free(server);
    buf_release(&out);
}

static void addresses_are_read_and_reported(void **state) {
    static const char *const wrong[] = {
        "",       "8080",  "127.0.0.1",   "127.0.0.1:", "127.0.0.1:65536",
        "::1:80", "[::1]", "127.0.0.1:8o"};
    struct errinfo info;
    struct http_server *server, *second;
    errinfo_init(&info);
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
        assert_int_equal(start(wrong[i], 1, &server, &info), ERR_INPUT);
    assert_ok(start("127.0.0.1:0", 1, &server, &info), &info);
    struct str url = http_server_address(server);
    assert_true(str_starts(url, STR("http://127.0.0.1:")));
    assert_false(str_ends(url, STR(":0")));
    assert_int_equal(start(url.ptr + strlen("http://"), 1, &second, &info), ERR_IO);
    assert_non_null(strstr(info.hint, "another program"));
    http_server_free(server);
}

static void a_server_without_memory_does_not_start(void **state) {
    const struct http_options options = {.listen = "127.0.0.1:0", .client_work_ms = 1};
    struct http_server *server = NULL;
    struct errinfo info;
    enum err e = ERR_MEMORY;
    for (long n = 0; e != ERR_OK; n++) {
        mem_fail_after(n);
        e = http_server_new(&options, &server, &info);
        mem_fail_after(-1);
        assert_true(e == ERR_OK || e == ERR_MEMORY);
        assert_true(n < 100);
    }
    http_server_free(server);
}

static void a_proxy_is_named_by_its_address(void **state) {
    struct http_options options = {.listen = "127.0.0.1:0", .proxy = "nginx"};
    struct http_server *server;
    struct errinfo info;
    assert_int_equal(http_server_new(&options, &server, &info), ERR_INPUT);
    assert_non_null(strstr(info.hint, "loopback"));
    options.proxy = "2001:db8::1";
    assert_ok(http_server_new(&options, &server, &info), &info);
    http_server_free(server);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_with_security_headers),
        cmocka_unit_test(head_has_the_length_and_no_body),
        cmocka_unit_test(what_the_client_has_is_not_sent_again),
        cmocka_unit_test(a_failing_handler_shows_no_secrets),
        cmocka_unit_test(hostile_requests_are_refused),
        cmocka_unit_test(a_refused_body_is_not_read_as_a_request),
        cmocka_unit_test(a_refusal_may_have_words_of_its_own),
        cmocka_unit_test(large_heads_are_refused),
        cmocka_unit_test(a_trickling_client_is_cut_off),
        cmocka_unit_test(an_idle_connection_is_cut_off),
        cmocka_unit_test(one_connection_serves_many_requests),
        cmocka_unit_test(stopping_lets_a_running_request_finish),
        cmocka_unit_test(addresses_are_read_and_reported),
        cmocka_unit_test(a_server_without_memory_does_not_start),
        cmocka_unit_test(a_proxy_is_named_by_its_address),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
