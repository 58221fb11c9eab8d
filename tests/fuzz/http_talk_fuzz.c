/*
 * Conversations with a real server over a socket: requests one behind the other, whole, broken and
 * mixed up. An own, strict reading of the same bytes says which requests they hold; whatever the
 * server gives to a handler must be among them, in their order, with the same body. So nothing is
 * ever smuggled: no part of a body, of a head or of what follows a refusal is taken for a request.
 *
 * The input is a list of steps: a byte chooses a fragment of HTTP, or sends the next byte as it is.
 * Addresses are numbered, so that no two requests look alike.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "http/http.h"

enum {
    TALK_MAX = 20000,
    STEPS_MAX = 300,
    SEEN_MAX = 400,
    BODY_MAX = 64,
    NAME_MAX = 16,
    WAIT_MS = 20
};

/* A request as a handler or the strict reading sees it. A name that is not plain fits any other. */
struct seen {
    char method;
    char name[NAME_MAX];
    uint64_t body;
};

struct list {
    struct seen at[SEEN_MAX];
    size_t len;
};

static struct list served;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void add(struct list *list, char method, struct str name, struct str body) {
    if (list->len == SEEN_MAX)
        return;
    struct seen *s = &list->at[list->len++];
    bool plain = name.len > 0 && name.len < NAME_MAX;
    for (size_t i = 0; plain && i < name.len; i++)
        plain = (name.ptr[i] >= '0' && name.ptr[i] <= '9') || name.ptr[i] == 't';
    snprintf(s->name, NAME_MAX, "%.*s", plain ? (int)name.len : 1, plain ? name.ptr : "*");
    s->method = method;
    s->body = str_hash(body.ptr != NULL ? body : STR(""));
}

/* The server ------------------------------------------------------------------------------------
 */

static enum err note(void *ctx, const struct http_request *request, struct http_reply *reply,
                     struct errinfo *info) {
    pthread_mutex_lock(&lock);
    add(&served, request->method == HTTP_POST ? 'P' : 'G', request->params[0], request->body);
    pthread_mutex_unlock(&lock);
    buf_add_c(&reply->body, "noted");
    return ERR_OK;
}

static enum err keep(void *ctx, const struct http_request *request, struct http_reply *reply,
                     struct errinfo *info) {
    buf_add_c(&reply->body, "kept");
    return ERR_OK;
}

/* Asked before a body in chunks is read, which takes the connection out of the server's hands. */
static enum err admit(void *ctx, const struct http_request *request, struct http_reply *reply,
                      struct errinfo *info) {
    return http_request_header(request, "X").ptr == NULL ? ERR_OK : ERR_DENIED;
}

static const struct http_route routes[] = {
    {.pattern = "/kept", .handler = keep, .flags = HTTP_KEPT},
    {.pattern = "/:name", .handler = note},
    {.method = HTTP_POST,
     .pattern = "/:name",
     .handler = note,
     .flags = HTTP_WRITES,
     .body_max = BODY_MAX,
     .admit = admit},
};

static struct sockaddr_in start(void) {
    const struct http_options options = {.listen = "127.0.0.1:0",
                                         .routes = routes,
                                         .route_count = sizeof(routes) / sizeof(routes[0]),
                                         .threads = 1,
                                         .writers = 1};
    struct http_server *server;
    uint32_t port = 0;
    if (http_server_new(&options, &server, NULL) != ERR_OK)
        abort();
    struct str url = http_server_address(server);
    (void)str_to_u32(str_sub(url, strlen("http://127.0.0.1:"), url.len), &port);
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr = {htonl(INADDR_LOOPBACK)}};
}

/* The talk --------------------------------------------------------------------------------------
 */

static const struct str fragments[] = {
    {"\r\n", 2},
    {"\n", 1},
    {"\r", 1},
    {"\0", 1},
    {" ", 1},
    {"\t", 1},
    {"Host: x\r\n", 9},
    {"Content-Length: ", 16},
    {"Transfer-Encoding: chunked\r\n", 28},
    {"Expect: 100-continue\r\n", 22},
    {"Connection: keep-alive\r\n", 24},
    {"X: ", 3},
    {" HTTP/1.1\r\n", 11},
    {" HTTP/1.0\r\n", 11},
    {"GET ", 4},
    {"POST ", 5},
    {"0\r\n\r\n", 5},
    {"3\r\nabc\r\n", 8},
    {"5;x=y\r\n", 7},
    {"Trailer: x\r\n", 12},
    {"GET /kept HTTP/1.1\r\nHost: x\r\n\r\n", 32},
    {"chunked", 7},
};

enum { FRAGMENTS = sizeof(fragments) / sizeof(fragments[0]) };

/* Steps above the fragments: whole requests. */
static void add_request(struct buf *talk, int kind, int number) {
    switch (kind) {
    case 0:
        buf_printf(talk, "/t%d", number);
        break;
    case 1:
        buf_printf(talk, "GET /t%d HTTP/1.1\r\nHost: x\r\n\r\n", number);
        break;
    case 2:
        buf_printf(talk, "POST /t%d HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabcde", number);
        break;
    case 3:
        buf_printf(talk,
                   "POST /t%d HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "3\r\nabc\r\n0\r\n\r\n",
                   number);
        break;
    case 4:
        buf_printf(talk, "POST /t%d HTTP/1.1\r\nHost: x\r\n", number);
        break;
    case 5:
        buf_printf(talk, "GET /t%d HTTP/1.1\r\nHost: x\r\n", number);
        break;
    case 6:
        buf_printf(talk, "%d\r\n", number % 70);
        break;
    default:
        buf_printf(talk, "%x\r\n", (unsigned)number % 70);
    }
}

enum { REQUESTS = 8 };

static void write_talk(struct str input, struct buf *talk) {
    int steps = 0;
    for (size_t i = 0; i < input.len && steps < STEPS_MAX; i++, steps++) {
        unsigned char step = (unsigned char)input.ptr[i];
        if (step < FRAGMENTS)
            buf_add_str(talk, fragments[step]);
        else if (step < FRAGMENTS + REQUESTS)
            add_request(talk, step - FRAGMENTS, steps);
        else if (i + 1 < input.len)
            buf_add_char(talk, input.ptr[++i]);
    }
    buf_add_c(talk, "GET /t999 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
}

/* The strict reading ----------------------------------------------------------------------------
 */

/* The next line without its end; false when there is none. NULs at the end are as good as a CR, as
 * is a lone colon for the end of a head: src/http/head.h tells why. */
static bool take_line(struct str *rest, struct str *line) {
    size_t end = str_find(*rest, STR("\n"));
    if (end == SIZE_MAX)
        return false;
    *line = str_sub(*rest, 0, end);
    *rest = str_sub(*rest, end + 1, rest->len);
    if (line->len > 0 && line->ptr[line->len - 1] == '\r')
        line->len--;
    while (line->len > 0 && line->ptr[line->len - 1] == '\0')
        line->len--;
    return true;
}

/* The line in front of a request; the library passes over empty ones, and those that begin with
 * a NUL. */
static bool take_first_line(struct str *rest, struct str *line) {
    do {
        if (!take_line(rest, line))
            return false;
    } while (line->len == 0 || line->ptr[0] == '\0');
    return true;
}

static bool has_control(struct str s) {
    for (size_t i = 0; i < s.len; i++)
        if (((unsigned char)s.ptr[i] < 0x20 && s.ptr[i] != '\t') || s.ptr[i] == 0x7F)
            return true;
    return false;
}

struct framing {
    unsigned hosts, lengths, codings;
    uint32_t length;
};

static bool read_header(struct str line, struct framing *framing) {
    size_t colon = str_find(line, STR(":"));
    if (colon == SIZE_MAX || colon == 0 || has_control(line))
        return false;
    struct str name = str_sub(line, 0, colon), value = str_sub(line, colon + 1, line.len);
    if (str_find(name, STR(" ")) != SIZE_MAX || str_find(name, STR("\t")) != SIZE_MAX)
        return false;
    while (value.len > 0 && (value.ptr[0] == ' ' || value.ptr[0] == '\t'))
        value = str_sub(value, 1, value.len);
    if (str_equal_nocase(name, STR("Host")))
        framing->hosts++;
    if (str_equal_nocase(name, STR("Content-Length"))) {
        framing->lengths++;
        return str_to_u32(value, &framing->length);
    }
    if (str_equal_nocase(name, STR("Transfer-Encoding"))) {
        framing->codings++;
        return str_equal_nocase(value, STR("chunked"));
    }
    return true;
}

static bool read_headers(struct str *rest, struct framing *framing) {
    struct str line;
    for (;;) {
        if (!take_line(rest, &line))
            return false;
        if (line.len == 0 || str_equal_c(line, ":"))
            break;
        if (!read_header(line, framing))
            return false;
    }
    return framing->hosts <= 1 && framing->lengths + framing->codings <= 1;
}

static int digit_of(char c) {
    const char *digits = "0123456789abcdef", *found = strchr(digits, c | 0x20);
    return c == '\0' || c == '\x10' || found == NULL ? -1 : (int)(found - digits);
}

/* The body of chunks; what follows is not read, because the connection ends. */
static bool read_chunks(struct str rest, struct buf *body) {
    struct str line;
    for (;;) {
        size_t size = 0, i = 0;
        if (!take_line(&rest, &line))
            return false;
        for (; i < line.len && line.ptr[i] != ';'; i++) {
            int digit = digit_of(line.ptr[i]);
            if (digit < 0 || size > TALK_MAX)
                return false;
            size = size * 16 + (size_t)digit;
        }
        if (i == 0)
            return false;
        if (size == 0)
            return true;
        if (size > rest.len)
            return false;
        buf_add_str(body, str_sub(rest, 0, size));
        rest = str_sub(rest, size, rest.len);
        if (!take_line(&rest, &line) || line.len > 0)
            return false;
    }
}

/* One request; false when nothing behind it may be served. */
static bool read_one(struct str *rest, struct list *read) {
    struct str line, method = STR(""), target = STR("");
    struct framing framing = {.hosts = 0};
    struct buf chunks;
    if (!take_first_line(rest, &line) || !str_next(&line, " ", &method) ||
        !str_next(&line, " ", &target) || has_control(target))
        return false;
    if ((!str_equal_c(line, "HTTP/1.1") && !str_equal_c(line, "HTTP/1.0")) ||
        !read_headers(rest, &framing) || framing.length > rest->len)
        return false;
    char letter = str_equal_c(method, "POST") ? 'P' : 'G';
    struct str name = target.len > 0 ? str_sub(target, 1, target.len) : target;
    if (framing.codings == 0) {
        add(read, letter, name, str_sub(*rest, 0, framing.length));
        *rest = str_sub(*rest, framing.length, rest->len);
        return true;
    }
    buf_init(&chunks, TALK_MAX);
    if (read_chunks(*rest, &chunks))
        add(read, letter, name, buf_str(&chunks));
    buf_release(&chunks);
    return false;
}

/* -----------------------------------------------------------------------------------------------
 */

/* Sends everything and waits until the server has closed; one that waits for more is told that
 * there is none. */
static void exchange(const struct sockaddr_in *to, struct str talk) {
    const struct linger reset = {.l_onoff = 1};
    char piece[4096];
    ssize_t n;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || connect(fd, (const struct sockaddr *)to, sizeof(*to)) != 0)
        abort();
    (void)!send(fd, talk.ptr, talk.len, MSG_NOSIGNAL);
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    for (bool is_shut = false;;) {
        if (poll(&ready, 1, is_shut ? -1 : WAIT_MS) == 0) {
            shutdown(fd, SHUT_WR);
            is_shut = true;
        } else {
            n = recv(fd, piece, sizeof(piece), 0);
            if (n <= 0)
                break;
        }
    }
    /* No state is left behind, so that the ports last for hours. */
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
    close(fd);
}

static bool same(const struct seen *a, const struct seen *b) {
    return a->method == b->method && a->body == b->body &&
           (strcmp(a->name, b->name) == 0 || a->name[0] == '*' || b->name[0] == '*');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct sockaddr_in to;
    static struct list read;
    struct str input = {(const char *)data, size};
    struct buf talk;
    if (to.sin_port == 0)
        to = start();
    buf_init(&talk, TALK_MAX);
    write_talk(input, &talk);
    struct str rest = buf_str(&talk);
    read.len = 0;
    served.len = 0;
    while (read_one(&rest, &read))
        continue;
    exchange(&to, buf_str(&talk));
    pthread_mutex_lock(&lock);
    for (size_t i = 0, at = 0; i < served.len; i++, at++) {
        while (at < read.len && !same(&served.at[i], &read.at[at]))
            at++;
        if (at == read.len)
            __builtin_trap();
    }
    pthread_mutex_unlock(&lock);
    buf_release(&talk);
    return 0;
}
