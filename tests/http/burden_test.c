/* Writing under a burden: crowds, clients that go, a full disk, debts. Nothing stays behind. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <time.h>

#include "base/clock.h"
#include "gate.h"
#include "http/server.h"
#include "talk.h"

enum {
    READERS = 500,
    READS_EACH = 20,
    /* libmicrohttpd 0.9.75 sleeps on when exactly 128 connections of a thread have something to say
     * and all others are silent. */
    AT_ONCE = 100,
    EDITORS = 20,
    WRITES_EACH = 20,
    BEHIND_MAX = 5, /* writes that one editor may be behind the fastest */
    CROWD = 40,
    WORK_MS = 1,
    COSTLY_MS = 100,
    PATIENCE_MS = 5000,
};

/* The gate before which writes wait, how many have come to it, and how many have passed. */
struct desk {
    struct gate gate;
    atomic_int begun, done;
};

static struct desk desk = {.gate = GATE_INIT};

static void pause_a_little(void) {
    const struct timespec pause = {.tv_nsec = 1000 * 1000};
    nanosleep(&pause, NULL);
}

static enum err page(void *ctx, const struct http_request *request, struct http_reply *reply,
                     struct errinfo *info) {
    buf_add_c(&reply->body, "a page");
    return ERR_OK;
}

static enum err edit(void *ctx, const struct http_request *request, struct http_reply *reply,
                     struct errinfo *info) {
    atomic_fetch_add(&desk.begun, 1);
    gate_pass(&desk.gate);
    atomic_fetch_add(&desk.done, 1);
    buf_add_c(&reply->body, "written");
    return ERR_OK;
}

/* Takes as long as a disk does. */
static enum err edit_slowly(void *ctx, const struct http_request *request, struct http_reply *reply,
                            struct errinfo *info) {
    pause_a_little();
    return edit(ctx, request, reply, info);
}

/* Writes to a disk without room. */
static enum err fill(void *ctx, const struct http_request *request, struct http_reply *reply,
                     struct errinfo *info) {
    int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
    enum err e = ERR_OK;
    if (fd < 0 || write(fd, request->body.ptr, request->body.len) < 0)
        e = err_errno(info, "write", "the database");
    if (fd >= 0)
        close(fd);
    return e;
}

/* Uses the processor for a while. */
static enum err costly(void *ctx, const struct http_request *request, struct http_reply *reply,
                       struct errinfo *info) {
    int64_t until = clock_thread_ns() + COSTLY_MS * INT64_C(1000000);
    while (clock_thread_ns() < until)
        continue;
    buf_add_c(&reply->body, "done");
    return ERR_OK;
}

static const struct http_route routes[] = {
    {.pattern = "/page", .handler = page, .flags = HTTP_KEPT},
    {.pattern = "/mine", .handler = page, .flags = HTTP_PRIVATE},
    {.method = HTTP_POST, .pattern = "/edit", .handler = edit, .flags = HTTP_WRITES},
    {.method = HTTP_POST, .pattern = "/slow", .handler = edit_slowly, .flags = HTTP_WRITES},
    {.method = HTTP_POST, .pattern = "/fill", .handler = fill, .flags = HTTP_WRITES},
    {.method = HTTP_POST, .pattern = "/costly", .handler = costly, .flags = HTTP_WRITES},
};

static int start(void **state, uint32_t threads, uint32_t writers, uint32_t client_work_ms) {
    const struct http_options options = {.listen = "127.0.0.1:0",
                                         .routes = routes,
                                         .route_count = sizeof(routes) / sizeof(routes[0]),
                                         .threads = threads,
                                         .writers = writers,
                                         .client_work_ms = client_work_ms,
                                         .request_deadline_ms = 60000};
    struct http_server *server = NULL;
    atomic_store(&desk.begun, 0);
    atomic_store(&desk.done, 0);
    gate_set(&desk.gate, true);
    if (http_server_new(&options, &server, NULL) != ERR_OK)
        return -1;
    *state = server;
    return 0;
}

static int setup(void **state) {
    return start(state, 2, 0, 0);
}

static int setup_single(void **state) {
    return start(state, 1, 1, 0);
}

static int setup_with_budget(void **state) {
    return start(state, 2, 0, WORK_MS);
}

static int teardown(void **state) {
    gate_set(&desk.gate, true);
    http_server_free(*state);
    return 0;
}

/* Everything that requests have taken is given back: slots, counts and memory of bodies. */
static void expect_nothing_left(struct http_server *server) {
    int64_t until = clock_monotonic_ns() + PATIENCE_MS * INT64_C(1000000);
    while ((atomic_load(&server->running) > 0 || atomic_load(&server->writing) > 0 ||
            atomic_load(&server->bodies.used) > 0) &&
           clock_monotonic_ns() < until)
        pause_a_little();
    assert_int_equal(atomic_load(&server->running), 0);
    assert_int_equal(atomic_load(&server->writing), 0);
    assert_int_equal(atomic_load(&server->bodies.used), 0);
}

static void send_all(int fd, struct str bytes) {
    assert_int_equal(send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL), (ssize_t)bytes.len);
}

static const char write_bytes[] = "POST /edit HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
static const char read_bytes[] = "GET /page HTTP/1.1\r\nHost: x\r\n\r\n";
static const char own_bytes[] = "GET /mine HTTP/1.1\r\nHost: x\r\n\r\n";

/* Reads a reply, which comes in one piece, and fails when it does not hold `part`. */
static void expect_reply(int fd, const char *part) {
    char reply[2048] = "";
    ssize_t n = recv(fd, reply, sizeof(reply) - 1, 0);
    if (n <= 0)
        fail_msg("%s instead of \"%s\"", n == 0 ? "the end" : strerror(errno), part);
    if (strstr(reply, part) == NULL)
        fail_msg("\"%s\" is not in:\n%s", part, reply);
}

/* Server and clients are one process, with two sockets a connection. */
static void allow_many_files(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max < 4096 ? limit.rlim_max : 4096;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* Twenty writes wait, and five hundred connections read all the while: ten thousand replies. */
static void editors_who_wait_hold_up_no_reader(void **state) {
    static int readers[READERS];
    int editors[EDITORS];
    allow_many_files();
    gate_set(&desk.gate, false);
    for (int i = 0; i < READERS; i++)
        readers[i] = dial(*state);
    for (int i = 0; i < EDITORS; i++) {
        editors[i] = dial(*state);
        send_all(editors[i], str_of(write_bytes));
    }
    wait_for(&desk.begun, EDITORS);
    for (int from = 0; from < READERS * READS_EACH; from += AT_ONCE) {
        const int *some = &readers[from % READERS];
        for (int i = 0; i < AT_ONCE; i++)
            send_all(some[i], str_of(i % 10 == 0 ? own_bytes : read_bytes));
        for (int i = 0; i < AT_ONCE; i++)
            expect_reply(some[i], "a page");
    }
    assert_int_equal(atomic_load(&desk.done), 0);
    gate_set(&desk.gate, true);
    for (int i = 0; i < EDITORS; i++) {
        expect_reply(editors[i], "written");
        close(editors[i]);
    }
    for (int i = 0; i < READERS; i++)
        close(readers[i]);
    expect_nothing_left(*state);
}

/* One thread writes for twenty editors, each of whom asks again at once, and one thread reads what
 * they ask: with more, the system's turns would be measured. */
static void editors_take_turns(void **state) {
    const struct str ask_to_write = STR("POST /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    struct pollfd editors[EDITORS];
    int written[EDITORS] = {0}, most = 0;
    gate_set(&desk.gate, false);
    for (int i = 0; i < EDITORS; i++) {
        editors[i] = (struct pollfd){.fd = dial(*state), .events = POLLIN};
        send_all(editors[i].fd, ask_to_write);
    }
    gate_set(&desk.gate, true);
    while (most < WRITES_EACH) {
        assert_true(poll(editors, EDITORS, PATIENCE_MS) > 0);
        for (int i = 0; i < EDITORS && most < WRITES_EACH; i++) {
            if (editors[i].revents == 0)
                continue;
            expect_reply(editors[i].fd, "written");
            most = ++written[i] > most ? written[i] : most;
            send_all(editors[i].fd, ask_to_write);
        }
    }
    for (int i = 0; i < EDITORS; i++) {
        assert_in_range(written[i], WRITES_EACH - BEHIND_MAX, WRITES_EACH);
        close(editors[i].fd);
    }
    expect_nothing_left(*state);
}

/* Closes so that the server sees a reset, as when a phone leaves the network. */
static void vanish(int fd) {
    const struct linger reset = {.l_onoff = 1};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
    close(fd);
}

static void what_is_begun_is_done_though_its_client_is_gone(void **state) {
    int fds[CROWD];
    gate_set(&desk.gate, false);
    for (int i = 0; i < CROWD; i++) {
        fds[i] = dial(*state);
        send_all(fds[i], str_of(write_bytes));
    }
    struct http_server *server = *state;
    while (atomic_load(&server->writing) < CROWD)
        pause_a_little();
    for (int i = 0; i < CROWD; i++)
        vanish(fds[i]);
    gate_set(&desk.gate, true);
    expect_nothing_left(server);
    assert_int_equal(atomic_load(&desk.done), CROWD);
}

static void a_body_that_stays_away_takes_no_writer(void **state) {
    const struct str half = STR("POST /edit HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf");
    struct http_server *server = *state;
    int fds[CROWD];
    struct buf out;
    buf_init(&out, REPLY_MAX);
    for (int i = 0; i < CROWD; i++) {
        fds[i] = dial(server);
        send_all(fds[i], half);
    }
    while (atomic_load(&server->bodies.used) < CROWD * strlen("half"))
        pause_a_little();
    ask(server, "POST", "/edit", "Content-Length: 0\r\n", &out);
    expect(&out, "written");
    assert_int_equal(atomic_load(&desk.begun), 1);
    for (int i = 0; i < CROWD; i++)
        vanish(fds[i]);
    expect_nothing_left(server);
    assert_int_equal(atomic_load(&desk.begun), 1);
    buf_release(&out);
}

static void a_full_disk_is_an_error_and_takes_nothing(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    int fd = dial(*state);
    for (int i = 0; i < CROWD; i++) {
        send_all(fd, STR("POST /fill HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"));
        expect_reply(fd, "HTTP/1.1 500 ");
    }
    send_all(fd, str_of(write_bytes));
    expect_reply(fd, "written");
    close(fd);
    expect_nothing_left(*state);
    buf_release(&out);
}

/* Who is in debt is told so before his body is read, and others are served. */
static void writing_is_paid_for(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    ask(*state, "POST", "/costly", "Content-Length: 0\r\n", &out);
    expect(&out, "done");
    talk(*state,
         STR("POST /edit HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n"),
         &out);
    assert_true(str_starts(buf_str(&out), STR("HTTP/1.1 429 ")));
    expect(&out, "Retry-After: ");
    ask(*state, "POST", "/edit", "Content-Length: 0\r\n", &out);
    expect(&out, "HTTP/1.1 429 ");
    assert_int_equal(atomic_load(&desk.begun), 0);
    expect_nothing_left(*state);
    buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(editors_who_wait_hold_up_no_reader, setup, teardown),
        cmocka_unit_test_setup_teardown(editors_take_turns, setup_single, teardown),
        cmocka_unit_test_setup_teardown(what_is_begun_is_done_though_its_client_is_gone, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_body_that_stays_away_takes_no_writer, setup, teardown),
        cmocka_unit_test_setup_teardown(a_full_disk_is_an_error_and_takes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(writing_is_paid_for, setup_with_budget, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
