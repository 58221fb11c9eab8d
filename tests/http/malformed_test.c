/*
 * Malformed HTTP over raw sockets: each request is refused or closed, its handler is not called,
 * and nothing that stands behind it is read as a second request.
 */
#include "unit.h"

#include <stdatomic.h>
#include <time.h>

#include "base/clock.h"
#include "talk.h"

enum { DEADLINE_MS = 500, FEW_BYTES = 40 };

/* Calls of the two handlers: of the addresses that the cases name, and of what is behind them. */
struct calls {
    atomic_int here, behind;
};

static struct calls calls;

static enum err count_here(void *ctx, const struct http_request *request, struct http_reply *reply,
                           struct errinfo *info) {
    atomic_fetch_add(&calls.here, 1);
    buf_printf(&reply->body, "here [%.*s]", (int)request->body.len,
               request->body.ptr != NULL ? request->body.ptr : "");
    return ERR_OK;
}

static enum err count_behind(void *ctx, const struct http_request *request,
                             struct http_reply *reply, struct errinfo *info) {
    atomic_fetch_add(&calls.behind, 1);
    buf_add_c(&reply->body, "behind");
    return ERR_OK;
}

static const struct http_route routes[] = {
    {.pattern = "/here", .handler = count_here},
    {.method = HTTP_POST, .pattern = "/here", .handler = count_here, .flags = HTTP_WRITES},
    {.pattern = "/behind", .handler = count_behind},
};

static int setup(void **state) {
    const struct http_options options = {.listen = "127.0.0.1:0",
                                         .routes = routes,
                                         .route_count = sizeof(routes) / sizeof(routes[0]),
                                         .threads = 2,
                                         .request_deadline_ms = DEADLINE_MS};
    struct http_server *server = NULL;
    if (http_server_new(&options, &server, NULL) != ERR_OK)
        return -1;
    atomic_store(&calls.here, 0);
    atomic_store(&calls.behind, 0);
    *state = server;
    return 0;
}

static int teardown(void **state) {
    http_server_free(*state);
    return 0;
}

/* A request; where it ends another one begins, which must not be answered. The server may close
 * without a reply where none is expected. */
struct bad {
    const char *name;
    struct str bytes;
    const char *status; /* NULL = closed, with or without words */
};

#define BYTES(s)                                                                                   \
    { s, sizeof(s) - 1 }
#define GET "GET /here HTTP/1.1\r\nHost: x\r\n"
#define POST "POST /here HTTP/1.1\r\nHost: x\r\n"
#define BEHIND "GET /behind HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

static void check_case(void **state, const struct bad *bad) {
    struct buf bytes, out;
    buf_init(&bytes, REPLY_MAX);
    buf_init(&out, REPLY_MAX);
    buf_add_str(&bytes, bad->bytes);
    buf_add_c(&bytes, BEHIND);
    talk(*state, buf_str(&bytes), &out);
    struct str all = buf_str(&out), line = all;
    size_t end = str_find(all, STR("\r\n"));
    if (end != SIZE_MAX)
        line = str_sub(all, 0, end);
    if (bad->status != NULL && str_find(line, str_of(bad->status)) == SIZE_MAX)
        fail_msg("%s: got \"%.*s\", expected %s", bad->name, STR_ARG(all), bad->status);
    if (str_find(all, STR(" 200 OK")) != SIZE_MAX || atomic_load(&calls.here) != 0 ||
        atomic_load(&calls.behind) != 0)
        fail_msg("%s: was answered: \"%.*s\"", bad->name, STR_ARG(all));
    buf_release(&bytes);
    buf_release(&out);
}

static void check_cases(void **state, const struct bad *cases, size_t count) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    for (size_t i = 0; i < count; i++)
        check_case(state, &cases[i]);
    ask(*state, "GET", "/behind", "", &out);
    expect(&out, "behind");
    assert_int_equal(atomic_load(&calls.behind), 1);
    buf_release(&out);
}

#define CHECK(state, cases) check_cases(state, cases, sizeof(cases) / sizeof((cases)[0]))

static void a_length_that_is_not_one_number_is_refused(void **state) {
    static const struct bad cases[] = {
        {"with a coding",
         BYTES(POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "0\r\n\r\n"),
         " 400 "},
        {"after a coding",
         BYTES(POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n"
                    "0\r\n\r\n"),
         " 400 "},
        {"twice the same", BYTES(POST "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
         " 400 "},
        {"two, first shorter", BYTES(POST "Content-Length: 0\r\nContent-Length: 56\r\n\r\n"),
         " 400 "},
        {"two, first longer", BYTES(POST "Content-Length: 56\r\nContent-Length: 0\r\n\r\n"),
         " 400 "},
        {"with a plus", BYTES(POST "Content-Length: +5\r\n\r\nabcde"), " 400 "},
        {"negative", BYTES(POST "Content-Length: -1\r\n\r\n"), " 400 "},
        {"a list", BYTES(POST "Content-Length: 5, 5\r\n\r\nabcde"), " 400 "},
        {"a list without blank", BYTES(POST "Content-Length: 5,5\r\n\r\nabcde"), " 400 "},
        {"hexadecimal", BYTES(POST "Content-Length: 0x5\r\n\r\nabcde"), " 400 "},
        {"a fraction", BYTES(POST "Content-Length: 5.0\r\n\r\nabcde"), " 400 "},
        {"empty", BYTES(POST "Content-Length:\r\n\r\n"), " 400 "},
        {"two words", BYTES(POST "Content-Length: 5 5\r\n\r\nabcde"), " 400 "},
        {"behind a form feed",
         BYTES(POST "Content-Length: \x0C"
                    "5\r\n\r\nabcde"),
         " 400 "},
        {"2 to the 64", BYTES(POST "Content-Length: 18446744073709551616\r\n\r\n"), " 413 "},
        {"2 to the 64 and 5", BYTES(POST "Content-Length: 18446744073709551621\r\n\r\nabcde"),
         " 413 "},
        {"2 to the 63", BYTES(POST "Content-Length: 9223372036854775808\r\n\r\n"), " 413 "},
        {"of a GET", BYTES(GET "Content-Length: 56\r\n\r\n"), " 413 "},
    };
    CHECK(state, cases);
}

static void a_coding_that_is_not_chunked_is_refused(void **state) {
    static const struct bad cases[] = {
        {"unknown", BYTES(POST "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"), " 501 "},
        {"identity", BYTES(POST "Transfer-Encoding: identity\r\n\r\n"), " 501 "},
        {"two in one", BYTES(POST "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), " 501 "},
        {"chunked not last", BYTES(POST "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
         " 501 "},
        {"twice",
         BYTES(POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n"
                    "0\r\n\r\n"),
         " 501 "},
        {"a blank behind it", BYTES(POST "Transfer-Encoding: chunked \r\n\r\n0\r\n\r\n"), " 501 "},
        {"a vertical tab",
         BYTES(POST "Transfer-Encoding: \x0B"
                    "chunked\r\n\r\n0\r\n\r\n"),
         " 400 "},
        {"quoted", BYTES(POST "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"), " 501 "},
        {"empty", BYTES(POST "Transfer-Encoding:\r\n\r\n0\r\n\r\n"), " 501 "},
        {"in HTTP/1.0",
         BYTES("POST /here HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
               "0\r\n\r\n"),
         " 400 "},
        {"of a GET", BYTES(GET "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), " 413 "},
    };
    CHECK(state, cases);
}

#define CHUNKS POST "Transfer-Encoding: chunked\r\n\r\n"

static void a_broken_chunk_is_refused(void **state) {
    static const struct bad cases[] = {
        {"no digits", BYTES(CHUNKS "zz\r\nab\r\n0\r\n\r\n"), " 400 "},
        {"no size", BYTES(CHUNKS "\r\nab\r\n0\r\n\r\n"), " 400 "},
        {"only an extension", BYTES(CHUNKS ";a=b\r\nab\r\n0\r\n\r\n"), " 400 "},
        {"negative", BYTES(CHUNKS "-2\r\nab\r\n0\r\n\r\n"), " 400 "},
        {"a plus", BYTES(CHUNKS "+2\r\nab\r\n0\r\n\r\n"), " 400 "},
        {"0x", BYTES(CHUNKS "0x2\r\nab\r\n0\r\n\r\n"), " 400 "},
        {"a blank before", BYTES(CHUNKS " 2\r\nab\r\n0\r\n\r\n"), " 400 "},
        {"a blank behind", BYTES(CHUNKS "2 \r\nab\r\n0\r\n\r\n"), " 400 "},
        {"a NUL in the size", BYTES(CHUNKS "2\0\r\nab\r\n0\r\n\r\n"), " 400 "},
        {"huge", BYTES(CHUNKS "FFFFFFFFFFFFFFFFF\r\nab\r\n0\r\n\r\n"), " 413 "},
        {"no line end behind the data", BYTES(CHUNKS "2\r\nabc\r\n0\r\n\r\n"), " 400 "},
        {"too much data", BYTES(CHUNKS "2\r\nab0\r\n\r\n"), " 400 "},
        {"a bare CR behind the data", BYTES(CHUNKS "2\r\nab\r0\r\n\r\n"), " 400 "},
        {"a bare CR behind the size", BYTES(CHUNKS "2\rab\r\n0\r\n\r\n"), " 400 "},
        {"no last line", BYTES(CHUNKS "2\r\nab\r\n0\r\n"), " 400 "},
        {"a trailer without colon", BYTES(CHUNKS "2\r\nab\r\n0\r\nnonsense\r\n\r\n"), " 400 "},
    };
    CHECK(state, cases);
}

static void a_broken_header_is_refused(void **state) {
    static const struct bad cases[] = {
        {"folded", BYTES(GET "X: a\r\n b\r\n\r\n"), " 400 "},
        {"folded by a tab", BYTES(GET "X: a\r\n\tb\r\n\r\n"), " 400 "},
        {"folded before others", BYTES(GET "X: a\r\n b\r\nY: c\r\n\r\n"), " 400 "},
        {"folded twice", BYTES(GET "X: a\r\n b\r\n c\r\n\r\n"), " 400 "},
        {"folded to nothing", BYTES(GET "X: a\r\n \r\n\r\n"), " 400 "},
        {"folded at once", BYTES("GET /here HTTP/1.1\r\n Host: x\r\n\r\n"), " 400 "},
        {"a folded coding", BYTES(POST "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"), " 400 "},
        {"a folded length", BYTES(POST "Content-Length: 3\r\n \r\n\r\nabc"), " 400 "},
        {"a NUL in a value", BYTES(GET "X: a\0b\r\n\r\n"), " 400 "},
        {"a NUL in the last place", BYTES(GET "X: a\0\r\n\r\n"), " 400 "},
        {"a NUL before others", BYTES(GET "X: a\0b\r\nY: c\r\n\r\n"), " 400 "},
        {"a NUL first", BYTES(GET "X: \0\r\nY: c\r\n\r\n"), " 400 "},
        {"a NUL in a length",
         BYTES(POST "Content-Length: 3\0"
                    "4\r\n\r\nabc"),
         " 400 "},
        {"a NUL in a coding", BYTES(POST "Transfer-Encoding: chunked\0x\r\n\r\n0\r\n\r\n"),
         " 400 "},
        {"a NUL in a name", BYTES(GET "X\0Y: a\r\n\r\n"), " 400 "},
        {"a line that is a NUL", BYTES(GET "\0\r\nX: a\r\n\r\n"), NULL},
        {"a bare CR in a value", BYTES(GET "X: a\rb\r\n\r\n"), " 400 "},
        {"a bare CR for a line end", BYTES("GET /here HTTP/1.1\rHost: x\r\n\r\n"), NULL},
        {"bare LF", BYTES("GET /here HTTP/1.1\nHost: x\n\n"), " 400 "},
        {"bare LF for one line", BYTES("GET /here HTTP/1.1\r\nHost: x\nX: a\r\n\r\n"), " 400 "},
        {"bare LF at the end", BYTES(GET "X: a\r\n\n"), " 400 "},
        {"DEL in a value", BYTES(GET "X: a\x7F\r\n\r\n"), " 400 "},
        {"a blank before the colon", BYTES(GET "X : a\r\n\r\n"), " 400 "},
        {"a tab before the colon", BYTES(GET "X\t: a\r\n\r\n"), " 400 "},
        {"a length with a blank", BYTES(POST "Content-Length : 3\r\n\r\nabc"), " 400 "},
        {"a blank in a name", BYTES(GET "X Y: a\r\n\r\n"), " 400 "},
        {"no name", BYTES(GET ": a\r\n\r\n"), " 400 "},
        {"no colon", BYTES(GET "nonsense\r\n\r\n"), " 400 "},
        {"a name beyond ASCII", BYTES(GET "\xE9: a\r\n\r\n"), " 400 "},
        {"a name in brackets", BYTES(GET "X[0]: a\r\n\r\n"), " 400 "},
        {"an expectation", BYTES(POST "Expect: 200-ok\r\nContent-Length: 3\r\n\r\nabc"), " 417 "},
    };
    CHECK(state, cases);
}

static void a_host_that_is_not_one_host_is_refused(void **state) {
    static const struct bad cases[] = {
        {"none", BYTES("GET /here HTTP/1.1\r\n\r\n"), " 400 "},
        {"two", BYTES(GET "Host: y\r\n\r\n"), " 400 "},
        {"twice the same", BYTES(GET "host: x\r\n\r\n"), " 400 "},
        {"two in one", BYTES("GET /here HTTP/1.1\r\nHost: x, y\r\n\r\n"), " 400 "},
        {"empty", BYTES("GET /here HTTP/1.1\r\nHost:\r\n\r\n"), " 400 "},
        {"with a user", BYTES("GET /here HTTP/1.1\r\nHost: a@x\r\n\r\n"), " 400 "},
        {"with a path", BYTES("GET /here HTTP/1.1\r\nHost: x/y\r\n\r\n"), " 400 "},
        {"beyond ASCII", BYTES("GET /here HTTP/1.1\r\nHost: \xE9\r\n\r\n"), " 400 "},
        {"other than the address's", BYTES("GET http://y/here HTTP/1.1\r\nHost: x\r\n\r\n"),
         " 400 "},
        {"with a user in the address", BYTES("GET http://a@x/here HTTP/1.1\r\nHost: x\r\n\r\n"),
         " 400 "},
    };
    CHECK(state, cases);
}

static void a_broken_first_line_is_refused(void **state) {
    static const struct bad cases[] = {
        {"HTTP/0.9", BYTES("GET /here\r\n"), NULL},
        {"HTTP/0.9 by name", BYTES("GET /here HTTP/0.9\r\nHost: x\r\n\r\n"), " 505 "},
        {"HTTP/1.2", BYTES("GET /here HTTP/1.2\r\nHost: x\r\n\r\n"), " 505 "},
        {"HTTP/2.0", BYTES("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), " 505 "},
        {"HTTP/3", BYTES("GET /here HTTP/3\r\nHost: x\r\n\r\n"), NULL},
        {"HTTP/1.10", BYTES("GET /here HTTP/1.10\r\nHost: x\r\n\r\n"), NULL},
        {"small letters", BYTES("GET /here http/1.1\r\nHost: x\r\n\r\n"), NULL},
        {"another protocol", BYTES("GET /here ICY/1.1\r\nHost: x\r\n\r\n"), NULL},
        {"a small method", BYTES("get /here HTTP/1.1\r\nHost: x\r\n\r\n"), " 501 "},
        {"an unknown method", BYTES("BREW /here HTTP/1.1\r\nHost: x\r\n\r\n"), " 501 "},
        {"a method with brackets", BYTES("G[T /here HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"tabs", BYTES("GET\t/here\tHTTP/1.1\r\nHost: x\r\n\r\n"), NULL},
        {"a tab in the address", BYTES("GET /here\t HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"a tab in the query", BYTES("GET /here?a\tb HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"two blanks before", BYTES("GET  /here HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"two blanks behind", BYTES("GET /here  HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"a blank at the end", BYTES("GET /here HTTP/1.1 \r\nHost: x\r\n\r\n"), NULL},
        {"a blank in front", BYTES(" GET /here HTTP/1.1\r\nHost: x\r\n\r\n"), NULL},
        {"a blank in the address", BYTES("GET /here now HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"a NUL in the address", BYTES("GET /here\0 HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"a NUL behind it", BYTES("GET /here\0/x HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"a NUL in the method", BYTES("GET\0 /here HTTP/1.1\r\nHost: x\r\n\r\n"), NULL},
        {"a CR in the address", BYTES("GET /here\r HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"a fragment", BYTES("GET /here#x HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"an escaped NUL", BYTES("GET /here%00 HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"an escaped slash", BYTES("GET /%2Fhere HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"an escaped line end", BYTES("GET /here%0d%0a HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"a broken escape", BYTES("GET /here%zz HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"an overlong slash", BYTES("GET /%C0%AFhere HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"dots", BYTES("GET /x/../here HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"escaped dots", BYTES("GET /x/%2E%2e/here HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"a backslash", BYTES("GET /x\\..\\here HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"authority form", BYTES("GET x:80 HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"CONNECT", BYTES("CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"asterisk form", BYTES("GET * HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"another scheme", BYTES("GET ftp://x/here HTTP/1.1\r\nHost: x\r\n\r\n"), " 400 "},
        {"no address", BYTES("GET HTTP/1.1\r\nHost: x\r\n\r\n"), NULL},
        {"control characters", BYTES("\x01\x02\r\n\r\n"), NULL},
        {"TLS", BYTES("\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03\r\n\r\n"), NULL},
    };
    CHECK(state, cases);
}

static void a_head_too_large_is_refused(void **state) {
    struct buf bytes;
    buf_init(&bytes, REPLY_MAX);
    buf_add_c(&bytes, GET "X: ");
    for (int i = 0; i < 40000; i++)
        buf_add_char(&bytes, 'a');
    buf_add_c(&bytes, "\r\n\r\n");
    const struct bad one = {"40 kB in one", buf_str(&bytes), " 431 "};
    check_case(state, &one);
    for (int count = HTTP_HEADERS_MAX; count <= 10000; count *= 10) {
        buf_clear(&bytes);
        buf_add_c(&bytes, GET);
        for (int i = 0; i < count; i++)
            buf_printf(&bytes, "X%d: a\r\n", i);
        buf_add_c(&bytes, "\r\n");
        const struct bad many = {"many", buf_str(&bytes), count < 10000 ? " 431 " : NULL};
        check_case(state, &many);
    }
    buf_release(&bytes);
}

/* What RFC 9112 lets a server take, it takes. Behind a chunked body nothing is read. */
static void what_is_well_formed_is_answered(void **state) {
    static const struct bad cases[] = {
        {"empty lines in front", BYTES("\r\n\r\n" GET "\r\n"), "here []"},
        {"blanks around a value", BYTES("GET /here HTTP/1.1\r\nHost: \t x \t\r\n\r\n"), "here []"},
        {"no blank before a value", BYTES("GET /here HTTP/1.1\r\nHost:x\r\nX:\r\nY: \r\n\r\n"),
         "here []"},
        {"absolute form", BYTES("GET http://x/here HTTP/1.1\r\nHost: X\r\n\r\n"), "here []"},
        {"HTTP/1.0", BYTES("GET /here HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"), "here []"},
        {"a length of zeros", BYTES(GET "Content-Length: 000\r\n\r\n"), "here []"},
        {"a body", BYTES(POST "Content-Length: 0003\r\n\r\nabc"), "here [abc]"},
        {"no body", BYTES(POST "\r\n"), "here []"},
        {"chunks", BYTES(CHUNKS "2\r\nab\r\n001;x=y\r\nc\r\n0\r\n\r\n"), "here [abc]"},
        {"trailers", BYTES(CHUNKS "3\r\nabc\r\n0\r\nContent-Length: 9\r\nX: y\r\n\r\n"),
         "here [abc]"},
        {"a body that looks like a request",
         BYTES(POST "Content-Length: 16\r\n\r\nGET / HTTP/1.1\r\n"), "here [GET / HTTP/1.1\r\n]"},
        {"bytes of all kinds", BYTES(POST "Content-Length: 4\r\n\r\n\xFF\r\n\x01"),
         "here [\xFF\r\n\x01]"},
        {"a client that asks first",
         BYTES(POST "Expect: 100-Continue\r\nContent-Length: 3\r\n\r\nabc"), "here [abc]"},
    };
    struct buf bytes, out;
    buf_init(&bytes, REPLY_MAX);
    buf_init(&out, REPLY_MAX);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        buf_clear(&bytes);
        buf_add_str(&bytes, cases[i].bytes);
        buf_add_c(&bytes, BEHIND);
        talk(*state, buf_str(&bytes), &out);
        bool is_last = str_find(cases[i].bytes, STR("chunked")) != SIZE_MAX;
        if (str_find(buf_str(&out), str_of(cases[i].status)) == SIZE_MAX ||
            str_ends(buf_str(&out), STR("behind")) == is_last)
            fail_msg("%s: %.*s", cases[i].name, STR_ARG(buf_str(&out)));
    }
    buf_release(&bytes);
    buf_release(&out);
}

/* Sends bytes one by one and tells after how many milliseconds the server closed. */
static int64_t trickle(void **state, const char *begin, char byte) {
    const struct timespec pause = {.tv_nsec = 50 * 1000 * 1000};
    int fd = dial(*state);
    int64_t began = clock_monotonic_ns();
    char answer;
    assert_int_equal(send(fd, begin, strlen(begin), MSG_NOSIGNAL), (ssize_t)strlen(begin));
    for (int i = 0; i < FEW_BYTES; i++) {
        if (send(fd, &byte, 1, MSG_NOSIGNAL) != 1 ||
            recv(fd, &answer, 1, MSG_DONTWAIT | MSG_PEEK) == 0)
            break;
        nanosleep(&pause, NULL);
    }
    close(fd);
    return (clock_monotonic_ns() - began) / 1000000;
}

static void a_trickle_is_cut_off_wherever_it_is(void **state) {
    static const char *const begins[] = {
        "",
        GET "X: ",
        POST "Content-Length: 1000\r\n\r\n",
        CHUNKS "3e8\r\n",
        CHUNKS "1;",
        CHUNKS "1\r\na\r\n0\r\nX: ",
    };
    for (size_t i = 0; i < sizeof(begins) / sizeof(begins[0]); i++)
        assert_in_range(trickle(state, begins[i], 'a'), DEADLINE_MS - 50, DEADLINE_MS + 900);
    assert_int_equal(atomic_load(&calls.here), 0);
}

static void a_body_shorter_than_announced_is_not_given_to_its_handler(void **state) {
    struct buf out;
    buf_init(&out, REPLY_MAX);
    const struct str bytes = STR(POST "Content-Length: 4\r\n\r\nabc");
    int fd = dial(*state);
    assert_int_equal(send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL), (ssize_t)bytes.len);
    shutdown(fd, SHUT_WR);
    read_all(fd, &out);
    expect_not(&out, "200 OK");
    close(fd);
    talk(*state, bytes, &out);
    expect_not(&out, "200 OK");
    assert_int_equal(atomic_load(&calls.here), 0);
    buf_release(&out);
}

#define SERVED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        SERVED(a_length_that_is_not_one_number_is_refused),
        SERVED(a_coding_that_is_not_chunked_is_refused),
        SERVED(a_broken_chunk_is_refused),
        SERVED(a_broken_header_is_refused),
        SERVED(a_host_that_is_not_one_host_is_refused),
        SERVED(a_broken_first_line_is_refused),
        SERVED(a_head_too_large_is_refused),
        SERVED(what_is_well_formed_is_answered),
        SERVED(a_trickle_is_cut_off_wherever_it_is),
        SERVED(a_body_shorter_than_announced_is_not_given_to_its_handler),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
