/* Routes that write: bodies, methods, cookies, the threads of writers, the end of the server. */
#include "unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"
#include "gate.h"
#include "http/server.h"
#include "talk.h"

enum {
    DEADLINE_MS = 600,
    BODY_MAX = 100,
    BIG_MAX = 200000,
    BODIES_MAX = 300000,
    WRITERS = 4,
    CROWD = 12,
};

/* What the handlers did, and a gate before which some of them wait. */
struct desk {
    atomic_int begun, done;
    struct gate gate;
};

static struct desk desk = {.gate = GATE_INIT};

/* Tells what it was given. */
static enum err note(void *ctx, const struct http_request *request, struct http_reply *reply,
                     struct errinfo *info) {
    static const char *const names[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    atomic_fetch_add(&desk.done, 1);
    reply->content_type = "text/plain";
    buf_printf(&reply->body, "%s %zu [%.*s] of %.*s by %.*s", names[request->method],
               request->body.len, (int)(request->body.len > 50 ? 50 : request->body.len),
               request->body.ptr != NULL ? request->body.ptr : "", STR_ARG(request->content_type),
               STR_ARG(request->client));
    return ERR_OK;
}

static enum err page(void *ctx, const struct http_request *request, struct http_reply *reply,
                     struct errinfo *info) {
    buf_add_c(&reply->body, "a page");
    return ERR_OK;
}

/* Waits at the gate. */
static enum err gated(void *ctx, const struct http_request *request, struct http_reply *reply,
                      struct errinfo *info) {
    atomic_fetch_add(&desk.begun, 1);
    gate_pass(&desk.gate);
    atomic_fetch_add(&desk.done, 1);
    buf_printf(&reply->body, "written %.*s", STR_ARG(request->body));
    return ERR_OK;
}

static enum err sign_in(void *ctx, const struct http_request *request, struct http_reply *reply,
                        struct errinfo *info) {
    const struct http_cookie cookie = {.name = "__Host-s", .value = STR("abc"), .is_secure = true};
    reply->status = 201;
    http_reply_header(reply, "Location", STR("/note"));
    return http_reply_cookie(request, reply, &cookie, info);
}

static enum err nothing(void *ctx, const struct http_request *request, struct http_reply *reply,
                        struct errinfo *info) {
    reply->status = 204;
    return ERR_OK;
}

/* Fails in the way that its address names. */
static enum err broken(void *ctx, const struct http_request *request, struct http_reply *reply,
                       struct errinfo *info) {
    struct str how = request->params[0];
    buf_add_c(&reply->body, "half a reply");
    if (str_equal_c(how, "conflict"))
        return err_set(info, ERR_CONFLICT, "somebody else was faster");
    if (str_equal_c(how, "unsigned")) {
        reply->status = 401;
        http_reply_header(reply, "WWW-Authenticate", STR("Bearer"));
        return err_set(info, ERR_DENIED, "please sign in");
    }
    http_reply_header(reply, "X-Left", STR("over"));
    return err_set(info, ERR_IO, "the disk is full");
}

/* Lets in who says that he may. */
static enum err admit(void *ctx, const struct http_request *request, struct http_reply *reply,
                      struct errinfo *info) {
    atomic_fetch_add(&desk.begun, 1);
    assert_null(request->body.ptr);
    if (http_request_header(request, "X-May").ptr == NULL)
        return err_set(info, ERR_DENIED, "you may not");
    buf_add_c(&reply->body, "not sent");
    return ERR_OK;
}

static void error_page(void *ctx, const struct http_request *request, const struct errinfo *info,
                       struct http_reply *reply) {
    reply->access |= HTTP_OPEN;
    buf_printf(&reply->body, "<p>%s</p>", info->message);
}

static const struct http_route routes[] = {
    {.pattern = "/note", .handler = page, .flags = HTTP_KEPT},
    {.method = HTTP_POST,
     .pattern = "/note",
     .handler = note,
     .flags = HTTP_WRITES,
     .body_max = BODY_MAX,
     .takes = "application/json text/csv"},
    {.method = HTTP_PUT, .pattern = "/note", .handler = note, .flags = HTTP_WRITES},
    {.method = HTTP_PATCH, .pattern = "/note", .handler = note, .flags = HTTP_WRITES},
    {.method = HTTP_DELETE, .pattern = "/note", .handler = note, .flags = HTTP_WRITES},
    {.method = HTTP_POST,
     .pattern = "/big",
     .handler = note,
     .flags = HTTP_WRITES,
     .body_max = BIG_MAX},
    {.method = HTTP_POST, .pattern = "/gated", .handler = gated, .flags = HTTP_WRITES},
    {.method = HTTP_POST, .pattern = "/session", .handler = sign_in, .flags = HTTP_WRITES},
    {.method = HTTP_DELETE, .pattern = "/session", .handler = nothing, .flags = HTTP_WRITES},
    {.method = HTTP_POST, .pattern = "/fail/:how", .handler = broken, .flags = HTTP_WRITES},
    {.method = HTTP_POST,
     .pattern = "/guarded",
     .handler = note,
     .flags = HTTP_WRITES,
     .body_max = BIG_MAX,
     .admit = admit},
    {.pattern = "/mine", .handler = page, .flags = HTTP_PRIVATE},
};

static int setup(void **state) {
    const struct http_options options = {.listen = "127.0.0.1:0",
                                         .routes = routes,
                                         .route_count = sizeof(routes) / sizeof(routes[0]),
                                         .error_page = error_page,
                                         .threads = 2,
                                         .writers = WRITERS,
                                         .bodies_bytes = BODIES_MAX,
                                         .request_deadline_ms = DEADLINE_MS};
    struct http_server *server = NULL;
    atomic_store(&desk.begun, 0);
    atomic_store(&desk.done, 0);
    gate_set(&desk.gate, true);
    if (http_server_new(&options, &server, NULL) != ERR_OK)
        return -1;
    *state = server;
    return 0;
}

static int teardown(void **state) {
    gate_set(&desk.gate, true);
    http_server_free(*state);
    return 0;
}

/* Sends a request with a body and gives back the reply. */
static void post(void **state, const char *method, const char *target, const char *headers,
                 struct str body, struct buf *out) {
    struct buf lines;
    buf_init(&lines, REPLY_MAX);
    buf_printf(&lines,
               "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%sContent-Length: %zu\r\n\r\n",
               method, target, headers, body.len);
    buf_add_str(&lines, body);
    talk(*state, buf_str(&lines), out);
    buf_release(&lines);
}

static void expect_post(void **state, const char *target, const char *headers, const char *body,
                        const char *part) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    post(state, "POST", target, headers, str_of(body), &out);
    expect(&out, part);
    buf_release(&out);
}

#define JSON "Content-Type: application/json; charset=utf-8\r\n"

static void each_method_reaches_its_row(void **state) {
    static const char *const methods[] = {"POST", "PUT", "PATCH", "DELETE"};
    struct buf out;
    char part[32];
    buf_init(&out, REPLY_MAX);
    for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
        post(state, methods[i], "/note", "", STR(""), &out);
        snprintf(part, sizeof(part), "\r\n\r\n%s 0 []", methods[i]);
        expect(&out, part);
        expect(&out, "Cache-Control: no-store\r\n");
        expect_not(&out, "Access-Control");
    }
    ask(*state, "GET", "/note", "", &out);
    expect(&out, "\r\n\r\na page");
    buf_release(&out);
}

static void a_method_that_an_address_does_not_have_is_told_which_it_has(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    post(state, "TRACE", "/note", "", STR(""), &out);
    expect(&out, "HTTP/1.1 405 ");
    expect(&out, "Allow: GET, HEAD, POST, PUT, PATCH, DELETE\r\n");
    post(state, "PUT", "/session", "", STR(""), &out);
    expect(&out, "Allow: POST, DELETE\r\n");
    post(state, "POST", "/nowhere", "", STR(""), &out);
    expect(&out, "HTTP/1.1 404 ");
    buf_release(&out);
}

static void a_body_comes_whole_however_it_is_sent(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    expect_post(state, "/note", JSON, "{\"a\": 1}",
                "POST 8 [{\"a\": 1}] of application/json by 127.0.0.1");
    talk(*state,
         STR("POST /note HTTP/1.1\r\nHost: x\r\nContent-Type: TEXT/CSV\r\nConnection: close\r\n"
             "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;ext=1\r\nde\r\n0\r\nTrailer: "
             "x\r\n\r\n"),
         &out);
    expect(&out, "POST 5 [abcde] of text/csv");
    buf_release(&out);
}

static void a_large_body_is_taken_to_its_last_byte(void **state) {
    struct buf body, out;
    char part[32];
    buf_init(&body, REPLY_MAX);
    buf_init(&out, REPLY_MAX);
    while (body.len < BIG_MAX)
        buf_add_char(&body, 'x');
    post(state, "POST", "/big", "", buf_str(&body), &out);
    snprintf(part, sizeof(part), "POST %d [xxx", BIG_MAX);
    expect(&out, part);
    buf_release(&body);
    buf_release(&out);
}

static void a_body_announced_too_large_is_refused_before_it_is_sent(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    talk(*state,
         STR("POST /note HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\nContent-Length: "
             "101\r\n\r\n"),
         &out);
    expect(&out, "HTTP/1.1 413 ");
    expect(&out, "the body is larger than this address takes");
    expect(&out, "Connection: close\r\n");
    buf_release(&out);
    assert_int_equal(atomic_load(&desk.done), 0);
}

/* A closed socket would be reset by what a client goes on sending, and outside Linux a reset takes
 * away the reply that was not read yet. */
static void a_client_may_go_on_sending_what_is_refused(void **state) {
    const struct str head = STR("POST /note HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
                                "Content-Length: 99999999\r\n\r\n");
    const struct timespec pause = {.tv_nsec = 5 * 1000 * 1000};
    struct buf out;
    buf_init(&out, REPLY_MAX);
    int fd = dial(*state);
    assert_int_equal(send(fd, head.ptr, head.len, MSG_NOSIGNAL), (ssize_t)head.len);
    read_all(fd, &out);
    expect(&out, "HTTP/1.1 413 ");
    for (int i = 0; i < 10; i++) {
        assert_int_equal(send(fd, "x", 1, MSG_NOSIGNAL), 1);
        nanosleep(&pause, NULL);
    }
    close(fd);
    buf_release(&out);
}

static void a_chunked_body_that_grows_too_large_is_refused(void **state) {
    struct buf bytes, out;
    buf_init(&bytes, REPLY_MAX);
    buf_init(&out, REPLY_MAX);
    /* Up to twice its limit it is read and the client is told; beyond, nothing more is taken. */
    for (int size = 101; size <= 300; size += 99) {
        buf_clear(&bytes);
        buf_printf(&bytes, "POST /note HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
                           "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < size; i++)
            buf_add_c(&bytes, "1\r\nx\r\n");
        buf_add_c(&bytes, "0\r\n\r\n");
        talk(*state, buf_str(&bytes), &out);
        if (size <= 200)
            expect(&out, "HTTP/1.1 413 ");
        else
            expect_not(&out, "HTTP/1.1");
    }
    assert_int_equal(atomic_load(&desk.done), 0);
    buf_release(&bytes);
    buf_release(&out);
}

static void a_client_may_ask_before_it_sends_a_body(void **state) {
    const struct str head =
        STR("POST /note HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
            "Expect: 100-continue\r\nConnection: close\r\nContent-Length: 3\r\n\r\n");
    char line[64] = "";
    struct buf out;
    buf_init(&out, REPLY_MAX);
    int fd = dial(*state);
    assert_int_equal(send(fd, head.ptr, head.len, MSG_NOSIGNAL), (ssize_t)head.len);
    assert_true(recv(fd, line, sizeof(line) - 1, 0) > 0);
    assert_string_equal(line, "HTTP/1.1 100 Continue\r\n\r\n");
    assert_int_equal(send(fd, "abc", 3, MSG_NOSIGNAL), 3);
    read_all(fd, &out);
    expect(&out, "POST 3 [abc]");
    close(fd);
    talk(*state,
         STR("POST /note HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: "
             "300\r\n\r\n"),
         &out);
    assert_true(str_starts(buf_str(&out), STR("HTTP/1.1 413 ")));
    buf_release(&out);
}

static void a_media_type_that_is_not_taken_is_refused(void **state) {
    expect_post(state, "/note", "Content-Type: text/plain\r\n", "abc", "HTTP/1.1 415 ");
    expect_post(state, "/note", "", "abc", "Accept: application/json, text/csv\r\n");
    expect_post(state, "/big", "", "abc", "POST 3 [abc] of  by");
    assert_int_equal(atomic_load(&desk.done), 1);
}

static void statuses_and_cookies_are_the_handler_s(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    post(state, "POST", "/session", "", STR(""), &out);
    expect(&out, "HTTP/1.1 201 ");
    expect(&out, "Location: /note\r\n");
    expect(&out, "Set-Cookie: __Host-s=abc; Path=/; HttpOnly; SameSite=Lax; Secure\r\n");
    post(state, "DELETE", "/session", "", STR(""), &out);
    expect(&out, "HTTP/1.1 204 ");
    expect_not(&out, "\r\nContent-Type");
    assert_true(str_ends(buf_str(&out), STR("\r\n\r\n")));
    ask(*state, "GET", "/mine", "", &out);
    expect(&out, "Cache-Control: no-store\r\n");
    buf_release(&out);
}

static void failures_keep_the_status_that_was_chosen(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    post(state, "POST", "/fail/conflict", "", STR(""), &out);
    expect(&out, "HTTP/1.1 409 ");
    expect(&out, "<p>somebody else was faster</p>");
    expect_not(&out, "half a reply");
    post(state, "POST", "/fail/unsigned", "", STR(""), &out);
    expect(&out, "HTTP/1.1 401 ");
    expect(&out, "WWW-Authenticate: Bearer\r\n");
    expect(&out, "<p>please sign in</p>");
    expect_not(&out, "Access-Control");
    post(state, "POST", "/fail/disk", "", STR(""), &out);
    expect(&out, "HTTP/1.1 500 ");
    expect_not(&out, "disk");
    expect_not(&out, "X-Left");
    buf_release(&out);
}

/* Sends a write and does not wait for its reply. */
static int call(void **state, int number) {
    char request[128];
    int fd = dial(*state);
    int len = snprintf(request, sizeof(request),
                       "POST /gated HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n%03d", number);
    assert_int_equal(send(fd, request, (size_t)len, MSG_NOSIGNAL), len);
    return fd;
}

static void writes_that_wait_hold_up_no_reader(void **state) {
    int fds[CROWD];
    struct buf out;
    buf_init(&out, REPLY_MAX);
    gate_set(&desk.gate, false);
    for (int i = 0; i < CROWD; i++)
        fds[i] = call(state, i);
    wait_for(&desk.begun, WRITERS);
    for (int i = 0; i < CROWD; i++) {
        ask(*state, "GET", "/mine", "", &out);
        expect(&out, "a page");
    }
    gate_set(&desk.gate, true);
    for (int i = 0; i < CROWD; i++) {
        char part[32], reply[1024] = "";
        snprintf(part, sizeof(part), "written %03d", i);
        assert_true(recv(fds[i], reply, sizeof(reply) - 1, 0) > 0);
        assert_non_null(strstr(reply, part));
        close(fds[i]);
    }
    buf_release(&out);
}

/* Without any time to drain: what is being written is finished and told, what is not is refused. */
static void stopping_finishes_writes_and_refuses_others(void **state) {
    int fds[CROWD], written = 0, refused = 0;
    const struct timespec pause = {.tv_nsec = 1000 * 1000};
    pthread_t thread;
    struct buf out;
    buf_init(&out, REPLY_MAX);
    gate_set(&desk.gate, false);
    for (int i = 0; i < CROWD; i++)
        fds[i] = call(state, i);
    struct http_server *server = *state;
    while (atomic_load(&server->writing) < CROWD || atomic_load(&desk.begun) < WRITERS)
        nanosleep(&pause, NULL);
    assert_int_equal(pthread_create(&thread, NULL, gate_open_soon, &desk.gate), 0);
    http_server_stop(server, 0);
    pthread_join(thread, NULL);
    for (int i = 0; i < CROWD; i++) {
        buf_clear(&out);
        read_all(fds[i], &out);
        written += str_find(buf_str(&out), STR("written ")) != SIZE_MAX;
        if (str_starts(buf_str(&out), STR("HTTP/1.1 503 "))) {
            expect(&out, "Retry-After: ");
            expect(&out, "nothing was changed");
            refused++;
        }
        close(fds[i]);
    }
    assert_int_equal(written, atomic_load(&desk.done));
    assert_int_equal(written, WRITERS);
    assert_int_equal(refused, CROWD - WRITERS);
    buf_release(&out);
}

#define LARGE "Content-Length: 70000\r\n"

static void a_large_body_is_read_from_who_may_write_alone(void **state) {
    const struct str may =
        STR("POST /guarded HTTP/1.1\r\nHost: x\r\nX-May: 1\r\nExpect: 100-continue"
            "\r\nConnection: close\r\n" LARGE "\r\n");
    char line[64] = "";
    struct buf body, out;
    buf_init(&body, REPLY_MAX);
    buf_init(&out, REPLY_MAX);
    talk(*state, STR("POST /guarded HTTP/1.1\r\nHost: x\r\n" LARGE "\r\nGET /mine HTTP/1.1\r\n"),
         &out);
    expect(&out, "HTTP/1.1 403 ");
    expect(&out, "<p>you may not</p>");
    talk(*state,
         STR("POST /guarded HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"), &out);
    expect(&out, "HTTP/1.1 403 ");
    assert_int_equal(atomic_load(&desk.done), 0);
    int fd = dial(*state);
    assert_int_equal(send(fd, may.ptr, may.len, MSG_NOSIGNAL), (ssize_t)may.len);
    assert_true(recv(fd, line, sizeof(line) - 1, 0) > 0);
    assert_string_equal(line, "HTTP/1.1 100 Continue\r\n\r\n");
    while (body.len < 70000)
        buf_add_char(&body, 'x');
    assert_int_equal(send(fd, body.ptr, body.len, MSG_NOSIGNAL), (ssize_t)body.len);
    buf_clear(&out);
    read_all(fd, &out);
    expect(&out, "POST 70000 [xxx");
    close(fd);
    assert_int_equal(atomic_load(&desk.begun), 3);
    /* A small body costs less than to ask, and its handler asks anyway. */
    expect_post(state, "/guarded", "", "abc", "POST 3 [abc]");
    assert_int_equal(atomic_load(&desk.begun), 3);
    buf_release(&body);
    buf_release(&out);
}

static void bodies_have_one_limit_for_all(void **state) {
    struct buf bytes, body, out;
    buf_init(&bytes, REPLY_MAX);
    buf_init(&body, REPLY_MAX);
    buf_init(&out, REPLY_MAX);
    while (body.len < BIG_MAX)
        buf_add_char(&body, 'x');
    /* One that is being written still has its body. */
    gate_set(&desk.gate, false);
    buf_printf(&bytes, "POST /gated HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    buf_printf(&bytes, "Content-Length: %d\r\n\r\n", BIG_MAX);
    buf_add_str(&bytes, buf_str(&body));
    int fd = dial(*state);
    assert_int_equal(send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL), (ssize_t)bytes.len);
    wait_for(&desk.begun, 1);
    post(state, "POST", "/big", "", buf_str(&body), &out);
    expect(&out, "HTTP/1.1 503 ");
    expect(&out, "others are sending too much at present");
    gate_set(&desk.gate, true);
    buf_clear(&out);
    read_all(fd, &out);
    expect(&out, "written xxx");
    close(fd);
    /* What it took is given back. */
    post(state, "POST", "/big", "", buf_str(&body), &out);
    expect(&out, "HTTP/1.1 200 ");
    buf_release(&bytes);
    buf_release(&body);
    buf_release(&out);
}

static void a_route_that_contradicts_itself_is_not_served(void **state) {
    static const struct http_route wrong[] = {
        {.method = HTTP_POST, .pattern = "/", .handler = note, .flags = HTTP_KEPT},
        {.method = HTTP_DELETE, .pattern = "/", .handler = note, .flags = HTTP_OPEN},
        {.pattern = "/", .handler = note, .flags = HTTP_OPEN | HTTP_PRIVATE},
        {.pattern = "/", .handler = note, .flags = HTTP_KEPT | HTTP_WRITES},
        {.method = HTTP_OPTIONS, .pattern = "/", .handler = note},
    };
    struct errinfo info;
    struct http_server *server;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
        const struct http_options options = {
            .listen = "127.0.0.1:0", .routes = &wrong[i], .route_count = 1};
        assert_int_equal(http_server_new(&options, &server, &info), ERR_INTERNAL);
        assert_non_null(strstr(info.message, "the route /"));
    }
}

static void writers_without_memory_do_not_start(void **state) {
    const struct http_options options = {.listen = "127.0.0.1:0",
                                         .routes = routes,
                                         .route_count = sizeof(routes) / sizeof(routes[0])};
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

#define SERVED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        SERVED(each_method_reaches_its_row),
        SERVED(a_method_that_an_address_does_not_have_is_told_which_it_has),
        SERVED(a_body_comes_whole_however_it_is_sent),
        SERVED(a_large_body_is_taken_to_its_last_byte),
        SERVED(a_body_announced_too_large_is_refused_before_it_is_sent),
        SERVED(a_client_may_go_on_sending_what_is_refused),
        SERVED(a_chunked_body_that_grows_too_large_is_refused),
        SERVED(a_client_may_ask_before_it_sends_a_body),
        SERVED(a_media_type_that_is_not_taken_is_refused),
        SERVED(statuses_and_cookies_are_the_handler_s),
        SERVED(failures_keep_the_status_that_was_chosen),
        SERVED(writes_that_wait_hold_up_no_reader),
        SERVED(stopping_finishes_writes_and_refuses_others),
        SERVED(a_large_body_is_read_from_who_may_write_alone),
        SERVED(bodies_have_one_limit_for_all),
        cmocka_unit_test(a_route_that_contradicts_itself_is_not_served),
        cmocka_unit_test(writers_without_memory_do_not_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
