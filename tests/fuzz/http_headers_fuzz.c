/*
 * Whatever stands in the headers that choose a reply: a language is one of ours or none, and one
 * that is refused by name is never chosen; an address that is read is written so that it reads back
 * as the same client; a proxy's header gives an address or the proxy's own; a cookie is read as it
 * was set.
 */
#include <arpa/inet.h>

#include "http/accept.h"
#include "http/client.h"

enum { LINES_MAX = 4, TAGS = 3 };

static const char *const tags[TAGS] = {"en", "zh", "zh-Hant"};

/* The input's lines as headers of one name. */
static struct http_request request_of(struct str input, struct str name,
                                      struct http_header headers[LINES_MAX]) {
    struct http_request request = {.headers = headers};
    struct str line;
    while (request.header_count < LINES_MAX && str_next(&input, "\n", &line))
        headers[request.header_count++] = (struct http_header){name, line};
    return request;
}

static void check_language(struct str input) {
    struct http_header headers[LINES_MAX + 1];
    struct http_request request = request_of(input, STR("Accept-Language"), headers);
    size_t found = http_accept_language(&request, tags, TAGS);
    if (found >= TAGS && found != SIZE_MAX)
        __builtin_trap();
    if (found == SIZE_MAX)
        return;
    const char *refusals[TAGS] = {"en;q=0", "zh;q=0", "zh-Hant;q=0"};
    headers[request.header_count++] =
        (struct http_header){STR("accept-language"), str_of(refusals[found])};
    if (http_accept_language(&request, tags, TAGS) == found)
        __builtin_trap();
}

static void check_coding(struct str input) {
    struct http_header headers[LINES_MAX + 1];
    struct http_request request = request_of(input, STR("Accept-Encoding"), headers);
    (void)http_accepts_gzip(&request);
    headers[request.header_count++] = (struct http_header){STR("accept-encoding"), STR("gzip;q=0")};
    if (http_accepts_gzip(&request))
        __builtin_trap();
}

static void check_client(struct str input) {
    struct http_client peer, client, again;
    struct http_header headers[LINES_MAX];
    struct http_request request = request_of(input, STR("X-Forwarded-For"), headers);
    if (!http_client_read(&peer, STR("127.0.0.1")))
        __builtin_trap();
    http_client_behind(&client, &peer, &request);
    if (client.id == 0)
        __builtin_trap();
    if (http_client_read(&client, input) != (client.id != 0))
        __builtin_trap();
    if (client.id != 0 && (!http_client_read(&again, str_of(client.text)) || again.id != client.id))
        __builtin_trap();
}

static void check_tags(struct str input) {
    struct http_header headers[LINES_MAX + 1];
    struct http_request request = request_of(input, STR("If-None-Match"), headers);
    (void)http_request_has(&request, STR("v1"));
    headers[request.header_count++] = (struct http_header){STR("if-none-match"), STR("W/\"v1\"")};
    if (!http_request_has(&request, STR("v1")))
        __builtin_trap();
}

/* What is found may stand in a cookie, and a cookie that is set reads back. */
static void check_cookie(struct str input) {
    struct http_header headers[LINES_MAX];
    struct http_request request = request_of(input, STR("Cookie"), headers);
    struct http_reply reply = {.status = 200};
    struct arena arena;
    arena_init(&arena, 1 << 20);
    request.arena = &arena;
    struct http_cookie cookie = {.name = "s", .value = http_request_cookie(&request, "s")};
    if (cookie.value.ptr != NULL &&
        http_reply_cookie(&request, &reply, &cookie, NULL) == ERR_INTERNAL)
        __builtin_trap();
    cookie.value = input;
    reply.header_count = 0;
    if (http_reply_cookie(&request, &reply, &cookie, NULL) == ERR_OK) {
        headers[0] = (struct http_header){STR("cookie"), reply.headers[0].value};
        request.header_count = 1;
        if (!str_equal(http_request_cookie(&request, "s"), input))
            __builtin_trap();
    }
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct str input = {(const char *)data, size};
    if (size == 0 || size > HTTP_HEADER_SIZE_MAX)
        return 0;
    check_language(input);
    check_coding(input);
    check_client(input);
    check_tags(input);
    check_cookie(input);
    return 0;
}
