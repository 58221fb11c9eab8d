/* Kept, open and embeddable routes and the limits of clients, over real connections. */
#include "unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/clock.h"
#include "gate.h"
#include "talk.h"

enum { WORK_MS = 1, COSTLY_MS = 100, CHEAP_MS = 2, CHANGE_MS_MAX = 1000 };

/* As src/http/respond.c has it. */
enum { PATIENCE_S = 5 };

/* What the handlers draw from. */
struct world {
    atomic_int version;
    atomic_int drawn;
    struct gate gate; /* before which some of them wait */
};

static struct world world = {.gate = GATE_INIT};

static int64_t generation(void *ctx) {
    return atomic_load(&((struct world *)ctx)->version);
}

/* A page that tells everything it is told. */
static enum err page(void *ctx, const struct http_request *request, struct http_reply *reply,
                     struct errinfo *info) {
    struct world *w = ctx;
    if (str_equal_c(request->params[0], "nobody"))
        return err_set(info, ERR_NOT_FOUND, "nobody is called that");
    atomic_fetch_add(&w->drawn, 1);
    buf_printf(&reply->body, "<h1>%.*s, version %d</h1>", STR_ARG(request->params[0]),
               atomic_load(&w->version));
    for (size_t i = 0; i < request->query_count; i++)
        buf_printf(&reply->body, "<p>%.*s=%.*s</p>", STR_ARG(request->query[i].name),
                   STR_ARG(request->query[i].value));
    for (size_t i = 0; i < request->header_count; i++)
        buf_printf(&reply->body, "<p>%.*s</p>", STR_ARG(request->headers[i].name));
    for (int i = 0; i < 200; i++)
        buf_add_c(&reply->body, "<p>Words that come again.</p>");
    return ERR_OK;
}

static enum err data(void *ctx, const struct http_request *request, struct http_reply *reply,
                     struct errinfo *info) {
    reply->content_type = "application/json";
    http_reply_header(reply, "X-Robots-Tag", STR("noindex"));
    buf_add_c(&reply->body, "{}");
    return http_reply_download(request, reply, STR("data.json"), info);
}

static enum err once(void *ctx, const struct http_request *request, struct http_reply *reply,
                     struct errinfo *info) {
    reply->once = true;
    return page(ctx, request, reply, info);
}

/* Waits at the gate. */
static enum err gated(void *ctx, const struct http_request *request, struct http_reply *reply,
                      struct errinfo *info) {
    struct world *w = ctx;
    atomic_fetch_add(&w->drawn, 1);
    gate_pass(&w->gate);
    if (str_equal_c(request->params[0], "nobody"))
        return err_set(info, ERR_NOT_FOUND, "nobody is called that");
    buf_add_c(&reply->body, "through the gate");
    return ERR_OK;
}

static int costly_ms = COSTLY_MS, cheap_ms = CHEAP_MS;

/* Uses the processor for a while. */
static enum err costly(void *ctx, const struct http_request *request, struct http_reply *reply,
                       struct errinfo *info) {
    int64_t until = clock_thread_ns() + *(const int *)ctx * INT64_C(1000000);
    while (clock_thread_ns() < until)
        continue;
    buf_add_c(&reply->body, "done");
    return ERR_OK;
}

/* Not kept: it looks at a header and says so to caches between. */
static enum err greeting(void *ctx, const struct http_request *request, struct http_reply *reply,
                         struct errinfo *info) {
    reply->vary = "Accept-Language";
    buf_printf(&reply->body, "%.*s", STR_ARG(http_request_header(request, "Accept-Language")));
    return ERR_OK;
}

static void error_page(void *ctx, const struct http_request *request, const struct errinfo *info,
                       struct http_reply *reply) {
    if (str_starts(request->path, STR("/api/"))) {
        reply->access |= HTTP_OPEN;
        reply->content_type = "application/problem+json";
    }
    buf_printf(&reply->body, "%u %s", reply->status, info->message);
}

static const struct http_route routes[] = {
    {.pattern = "/page/:name", .handler = page, .ctx = &world, .flags = HTTP_KEPT, .reads = "q b"},
    {.pattern = "/once/:name", .handler = once, .ctx = &world, .flags = HTTP_KEPT},
    {.pattern = "/api/data", .handler = data, .flags = HTTP_KEPT | HTTP_OPEN},
    {.pattern = "/frame/:name", .handler = page, .ctx = &world, .flags = HTTP_EMBEDDABLE},
    {.pattern = "/costly/:name", .handler = costly, .ctx = &costly_ms, .flags = HTTP_KEPT},
    {.pattern = "/cheap/:name", .handler = costly, .ctx = &cheap_ms, .flags = HTTP_KEPT},
    {.pattern = "/greeting", .handler = greeting},
    {.pattern = "/gated/:name", .handler = gated, .ctx = &world, .flags = HTTP_KEPT},
};

static int setup(void **state) {
    const struct http_options options = {
        .listen = "127.0.0.1:0",
        .routes = routes,
        .route_count = sizeof(routes) / sizeof(routes[0]),
        .error_page = error_page,
        .generation = generation,
        .generation_ctx = &world,
        .threads = 2,
        .proxy = "loopback",
        .client_work_ms = WORK_MS,
    };
    struct http_server *server = NULL;
    if (http_server_new(&options, &server, NULL) != ERR_OK)
        return -1;
    atomic_store(&world.drawn, 0);
    *state = server;
    return 0;
}

static int teardown(void **state) {
    http_server_free(*state);
    return 0;
}

/* A reply to GET, with whole lines of headers. */
static struct buf get(void **state, const char *target, const char *headers) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    ask(*state, "GET", target, headers, &out);
    return out;
}

static void expect_get(void **state, const char *target, const char *headers, const char *part) {
    struct buf out = get(state, target, headers);
    expect(&out, part);
    buf_release(&out);
}

/* The value of a header of a reply. */
static struct str header_of(const struct buf *reply, const char *name) {
    struct str rest = buf_str(reply), line;
    while (str_next(&rest, "\n", &line)) {
        size_t colon = str_find(line, STR(": "));
        if (colon != SIZE_MAX && str_equal_nocase(str_sub(line, 0, colon), str_of(name)))
            return str_trim(str_sub(line, colon + 2, line.len));
    }
    fail_msg("no %s in:\n%.*s", name, STR_ARG(buf_str(reply)));
    return STR("");
}

static void a_page_is_drawn_once(void **state) {
    for (int i = 0; i < 5; i++)
        expect_get(state, "/page/a", "", "a, version 0");
    expect_get(state, "/page/a", "Accept-Encoding: gzip\r\n", "Content-Encoding: gzip");
    assert_int_equal(atomic_load(&world.drawn), 1);
    expect_get(state, "/page/b", "", "b, version 0");
    assert_int_equal(atomic_load(&world.drawn), 2);
}

static void only_what_a_route_reads_reaches_it(void **state) {
    expect_get(state, "/page/a?q=1&b=2", "", "<p>q=1</p><p>b=2</p><p>Words");
    expect_get(state, "/page/a?b=2&utm_source=x&q=1", "Cookie: a=b\r\n",
               "<p>q=1</p><p>b=2</p><p>Words");
    expect_get(state, "/page/%61?b=%32&q=1", "", "<p>q=1</p>");
    assert_int_equal(atomic_load(&world.drawn), 1);
    expect_get(state, "/page/a?q=2&b=2", "", "<p>q=2</p>");
    assert_int_equal(atomic_load(&world.drawn), 2);
}

static void what_is_not_worth_keeping_is_drawn_anew(void **state) {
    expect_get(state, "/once/a", "", "a, version 0");
    expect_get(state, "/once/a", "Accept-Encoding: gzip\r\n", "Content-Encoding: gzip");
    assert_int_equal(atomic_load(&world.drawn), 2);
}

static void an_error_is_not_kept(void **state) {
    struct buf out = get(state, "/page/nobody", "");
    expect(&out, "404 nobody is called that");
    expect(&out, "Cache-Control: no-store");
    expect_not(&out, "ETag");
    buf_release(&out);
}

static void a_client_that_has_a_page_gets_its_head_alone(void **state) {
    struct buf first = get(state, "/page/a", "Accept-Encoding: gzip\r\n");
    struct buf line;
    buf_init(&line, REPLY_MAX);
    buf_printf(&line, "If-None-Match: %.*s\r\n", STR_ARG(header_of(&first, "ETag")));
    buf_add_c(&line, "Accept-Encoding: gzip\r\n");
    struct buf second = get(state, "/page/a", line.ptr);
    expect(&second, "HTTP/1.1 304 ");
    assert_true(str_ends(buf_str(&second), STR("\r\n\r\n")));
    /* The headers of the 200, its length included (RFC 9110, 15.4.5 and 8.6). */
    static const char *const names[] = {"ETag", "Vary", "Cache-Control", "Content-Length"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        assert_true(str_equal(header_of(&first, names[i]), header_of(&second, names[i])));
    buf_release(&first);
    buf_release(&second);
    buf_release(&line);
}

static void head_tells_the_length_of_what_get_sends(void **state) {
    static const char *const accepts[] = {"", "Accept-Encoding: gzip\r\n"};
    for (size_t i = 0; i < 2; i++) {
        struct buf whole = get(state, "/page/a", accepts[i]), head;
        buf_init(&head, REPLY_MAX);
        ask(*state, "HEAD", "/page/a", accepts[i], &head);
        assert_true(
            str_equal(header_of(&whole, "Content-Length"), header_of(&head, "Content-Length")));
        assert_true(str_ends(buf_str(&head), STR("\r\n\r\n")));
        buf_release(&whole);
        buf_release(&head);
    }
    assert_int_equal(atomic_load(&world.drawn), 1);
}

static void a_change_shows_within_a_second(void **state) {
    const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
    struct buf out = get(state, "/page/a", "");
    struct buf line;
    buf_init(&line, REPLY_MAX);
    buf_printf(&line, "If-None-Match: %.*s\r\n", STR_ARG(header_of(&out, "ETag")));
    int version = atomic_fetch_add(&world.version, 1) + 1;
    int64_t changed_ns = clock_monotonic_ns(), took_ms;
    char words[32];
    snprintf(words, sizeof(words), "a, version %d", version);
    do {
        buf_release(&out);
        nanosleep(&pause, NULL);
        out = get(state, "/page/a", line.ptr);
        took_ms = (clock_monotonic_ns() - changed_ns) / 1000000;
    } while (str_find(buf_str(&out), str_of(words)) == SIZE_MAX && took_ms < 5000);
    assert_in_range(took_ms, 0, CHANGE_MS_MAX);
    buf_release(&out);
    buf_release(&line);
}

static void open_replies_may_be_read_by_other_sites(void **state) {
    struct buf out = get(state, "/api/data", "Origin: https://other.example\r\n");
    expect(&out, "Access-Control-Allow-Origin: *");
    expect(&out, "Cross-Origin-Resource-Policy: cross-origin");
    expect(&out, "Access-Control-Expose-Headers: Content-Disposition, ETag");
    expect(&out, "Content-Disposition: attachment; filename=\"data.json\"");
    expect(&out, "X-Robots-Tag: noindex");
    expect(&out, "frame-ancestors 'none'");
    buf_release(&out);
    out = get(state, "/api/nothing", "");
    expect(&out, "HTTP/1.1 404");
    expect(&out, "Access-Control-Allow-Origin: *");
    buf_release(&out);
    out = get(state, "/page/a", "Origin: https://other.example\r\n");
    expect_not(&out, "Access-Control");
    expect(&out, "Cross-Origin-Resource-Policy: same-origin");
    buf_release(&out);
}

static void browsers_may_ask_before_they_read(void **state) {
    const char *lines = "Origin: https://other.example\r\nAccess-Control-Request-Method: GET\r\n";
    struct buf out;
    buf_init(&out, REPLY_MAX);
    ask(*state, "OPTIONS", "/api/data", lines, &out);
    expect(&out, "HTTP/1.1 204");
    expect(&out, "Access-Control-Allow-Origin: *");
    expect(&out, "Access-Control-Allow-Methods: GET, HEAD");
    expect(&out, "Access-Control-Allow-Headers: Accept-Language, Content-Type, If-None-Match");
    assert_true(str_ends(buf_str(&out), STR("\r\n\r\n")));
    ask(*state, "OPTIONS", "/page/a", lines, &out);
    expect(&out, "HTTP/1.1 405");
    expect(&out, "Allow: GET, HEAD\r\n");
    expect_not(&out, "Access-Control");
    ask(*state, "POST", "/api/data", "", &out);
    expect(&out, "HTTP/1.1 405");
    expect(&out, "Allow: GET, HEAD, OPTIONS\r\n");
    buf_release(&out);
}

static void only_what_is_made_for_it_can_be_framed(void **state) {
    struct buf out = get(state, "/frame/a", "");
    expect(&out, "frame-ancestors *\r\n");
    expect(&out, "Cross-Origin-Resource-Policy: cross-origin");
    expect_not(&out, "Access-Control");
    buf_release(&out);
    expect_get(state, "/page/a", "", "frame-ancestors 'none'\r\n");
}

static void a_reply_says_what_it_depends_on(void **state) {
    expect_get(state, "/greeting", "Accept-Language: zh\r\n", "Vary: Accept-Language\r\n");
    expect_get(state, "/greeting", "Accept-Language: zh\r\n", "\r\n\r\nzh");
}

static void who_causes_too_much_work_waits(void **state) {
    const char *greedy = "X-Forwarded-For: 203.0.113.7\r\n";
    struct buf out;
    uint32_t wait_s = 0;
    buf_init(&out, REPLY_MAX);
    expect_get(state, "/page/a", greedy, "a, version");
    /* Twenty seconds' worth of WORK_MS do not pay for one of COSTLY_MS. */
    expect_get(state, "/costly/0", greedy, "done");
    ask(*state, "GET", "/costly/1", greedy, &out);
    expect(&out, "HTTP/1.1 429");
    assert_true(str_to_u32(header_of(&out, "Retry-After"), &wait_s));
    assert_in_range(wait_s, PATIENCE_S + 1, 21);
    /* So far in debt one line must do. */
    expect(&out, "\r\n\r\n429: your address has asked for too much");
    expect(&out, "Cache-Control: no-store");
    buf_release(&out);
    /* What is kept is free, and others are served. */
    expect_get(state, "/page/a", greedy, "a, version");
    expect_get(state, "/costly/0", greedy, "done");
    expect_get(state, "/page/b", greedy, " 429 ");
    expect_get(state, "/page/nobody", greedy, " 429 ");
    expect_get(state, "/page/b", "X-Forwarded-For: 203.0.113.7, 203.0.113.8\r\n", "b, version");
}

static void who_has_to_wait_a_little_gets_a_page(void **state) {
    const char *lines = "X-Forwarded-For: 203.0.113.9\r\n";
    char target[32];
    struct buf out;
    buf_init(&out, REPLY_MAX);
    /* Each a tenth of the burst: no debt is as long as anybody's patience. */
    for (int i = 0; i < 100; i++) {
        snprintf(target, sizeof(target), "/cheap/%d", i);
        ask(*state, "GET", target, lines, &out);
        if (str_find(buf_str(&out), STR(" 429 ")) != SIZE_MAX)
            break;
    }
    expect(&out, "HTTP/1.1 429");
    expect(&out, "\r\n\r\n429 your address");
    buf_release(&out);
}

enum { CROWD = 8 };

/* Sends a request and does not wait for its reply. */
static int call(void **state, const char *target) {
    char request[128];
    int fd = dial(*state);
    int len = snprintf(request, sizeof(request),
                       "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", target);
    assert_int_equal(send(fd, request, (size_t)len, MSG_NOSIGNAL), len);
    return fd;
}

static void expect_reply(int fd, const char *part) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    read_all(fd, &out);
    expect(&out, part);
    buf_release(&out);
    close(fd);
}

static void a_long_drawing_holds_up_no_kept_reply(void **state) {
    int fds[CROWD];
    gate_set(&world.gate, false);
    expect_get(state, "/page/a", "", "a, version");
    for (int i = 0; i < CROWD; i++) {
        char target[32];
        snprintf(target, sizeof(target), "/gated/%d", i);
        fds[i] = call(state, target);
    }
    wait_for(&world.drawn, 3); /* the page, and both workers are busy */
    for (int i = 0; i < 20; i++)
        expect_get(state, "/page/a", "", "a, version");
    gate_set(&world.gate, true);
    for (int i = 0; i < CROWD; i++)
        expect_reply(fds[i], "through the gate");
}

static void a_crowd_that_wants_one_page_has_it_drawn_once(void **state) {
    int fds[CROWD];
    gate_set(&world.gate, false);
    for (int i = 0; i < CROWD; i++)
        fds[i] = call(state, "/gated/a");
    wait_for(&world.drawn, 1);
    gate_set(&world.gate, true);
    for (int i = 0; i < CROWD; i++)
        expect_reply(fds[i], "through the gate");
    assert_int_equal(atomic_load(&world.drawn), 1);
}

static void a_crowd_that_wants_what_is_not_there_is_told_so(void **state) {
    int fds[CROWD];
    gate_set(&world.gate, false);
    for (int i = 0; i < CROWD; i++)
        fds[i] = call(state, "/gated/nobody");
    wait_for(&world.drawn, 1);
    gate_set(&world.gate, true);
    for (int i = 0; i < CROWD; i++)
        expect_reply(fds[i], "404 nobody is called that");
}

static void a_client_that_goes_while_its_page_is_drawn_is_let_go(void **state) {
    gate_set(&world.gate, false);
    for (int i = 0; i < CROWD; i++)
        close(call(state, i % 2 == 0 ? "/gated/a" : "/gated/b"));
    wait_for(&world.drawn, 1);
    gate_set(&world.gate, true);
    expect_get(state, "/gated/a", "", "through the gate");
    expect_get(state, "/page/a", "", "a, version");
}

static void stopping_gives_up_what_is_not_begun(void **state) {
    int fds[CROWD];
    pthread_t thread;
    gate_set(&world.gate, false);
    for (int i = 0; i < CROWD; i++) {
        char target[32];
        snprintf(target, sizeof(target), "/gated/%d", i);
        fds[i] = call(state, target);
    }
    wait_for(&world.drawn, 2);
    assert_int_equal(pthread_create(&thread, NULL, gate_open_soon, &world.gate), 0);
    http_server_stop(*state, 0);
    pthread_join(thread, NULL);
    assert_int_equal(atomic_load(&world.drawn), 2);
    for (int i = 0; i < CROWD; i++)
        close(fds[i]);
}

static void *stop_soon(void *server) {
    const struct timespec pause = {.tv_nsec = 100 * 1000 * 1000};
    nanosleep(&pause, NULL);
    http_server_stop(server, 5000);
    return NULL;
}

/* A kept reply on a connection left open, asked for until the server ends. */
static void stopping_ends_connections_that_read_kept_replies(void **state) {
    const struct str request = STR("GET /page/a HTTP/1.1\r\nHost: x\r\n\r\n");
    pthread_t thread;
    char chunk[8192];
    int fd = dial(*state);
    assert_int_equal(pthread_create(&thread, NULL, stop_soon, *state), 0);
    while (send(fd, request.ptr, request.len, MSG_NOSIGNAL) == (ssize_t)request.len &&
           recv(fd, chunk, sizeof(chunk), 0) > 0)
        continue;
    close(fd);
    pthread_join(thread, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_page_is_drawn_once, setup, teardown),
        cmocka_unit_test_setup_teardown(only_what_a_route_reads_reaches_it, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_not_worth_keeping_is_drawn_anew, setup, teardown),
        cmocka_unit_test_setup_teardown(an_error_is_not_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(a_client_that_has_a_page_gets_its_head_alone, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(head_tells_the_length_of_what_get_sends, setup, teardown),
        cmocka_unit_test_setup_teardown(a_change_shows_within_a_second, setup, teardown),
        cmocka_unit_test_setup_teardown(open_replies_may_be_read_by_other_sites, setup, teardown),
        cmocka_unit_test_setup_teardown(browsers_may_ask_before_they_read, setup, teardown),
        cmocka_unit_test_setup_teardown(only_what_is_made_for_it_can_be_framed, setup, teardown),
        cmocka_unit_test_setup_teardown(a_reply_says_what_it_depends_on, setup, teardown),
        cmocka_unit_test_setup_teardown(who_causes_too_much_work_waits, setup, teardown),
        cmocka_unit_test_setup_teardown(who_has_to_wait_a_little_gets_a_page, setup, teardown),
        cmocka_unit_test_setup_teardown(stopping_ends_connections_that_read_kept_replies, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_long_drawing_holds_up_no_kept_reply, setup, teardown),
        cmocka_unit_test_setup_teardown(a_crowd_that_wants_one_page_has_it_drawn_once, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_crowd_that_wants_what_is_not_there_is_told_so, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_client_that_goes_while_its_page_is_drawn_is_let_go, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(stopping_gives_up_what_is_not_begun, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
