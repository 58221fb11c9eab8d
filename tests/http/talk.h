/* A client of bytes: what is sent is sent as it stands, and all that comes back is kept. */
#ifndef FAIRLEAD_TESTS_HTTP_TALK_H
#define FAIRLEAD_TESTS_HTTP_TALK_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buf.h"
#include "http/http.h"

enum { REPLY_MAX = 1 << 20 };

static inline int dial(const struct http_server *server) {
    struct str url = http_server_address(server), digits;
    uint32_t port = 0;
    size_t colon = url.len;
    while (url.ptr[colon - 1] != ':')
        colon--;
    digits = str_sub(url, colon, url.len);
    assert_true(str_to_u32(digits, &port));
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    struct timeval patience = {.tv_sec = 5};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(fd >= 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
    return fd;
}

/* Everything the server sends until it closes; fails when it does not close within 5 s. */
static inline void read_all(int fd, struct buf *out) {
    char chunk[4096];
    ssize_t n;
    while ((n = recv(fd, chunk, sizeof(chunk), 0)) > 0)
        buf_add(out, chunk, (size_t)n);
    if (n < 0 && buf_str(out).len == 0)
        buf_add_c(out, "nothing");
}

/* Sends bytes on a new connection and gives back all that is answered until it is closed. */
static inline void talk(const struct http_server *server, struct str bytes, struct buf *out) {
    int fd = dial(server);
    buf_clear(out);
    assert_int_equal(send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL), (ssize_t)bytes.len);
    read_all(fd, out);
    close(fd);
}

static inline void expect(const struct buf *out, const char *part) {
    if (str_find(buf_str(out), str_of(part)) == SIZE_MAX)
        fail_msg("\"%s\" is not in:\n%.*s", part, STR_ARG(buf_str(out)));
}

/* Fails when the reply does hold `part`. */
static inline void expect_not(const struct buf *out, const char *part) {
    if (str_find(buf_str(out), str_of(part)) != SIZE_MAX)
        fail_msg("\"%s\" is in:\n%.*s", part, STR_ARG(buf_str(out)));
}

/* One request on a connection that ends with it; `headers` are whole lines. */
static inline void ask(const struct http_server *server, const char *method, const char *target,
                       const char *headers, struct buf *out) {
    struct buf request;
    buf_init(&request, REPLY_MAX);
    buf_printf(&request, "%s %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s\r\n", method, target,
               headers);
    talk(server, buf_str(&request), out);
    buf_release(&request);
}

#endif
