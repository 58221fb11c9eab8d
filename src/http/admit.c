/* Who answers a request: see admit.h. */
#include "http/admit.h"

#include <stdio.h>

#include "base/clock.h"
#include "http/route.h"

enum { WAIT_TEXT_MAX = 16 };

/* How long clients should wait for a server that stops: a restart takes a second or two. */
#define RESTART_S "5"

static void refuse(struct http_connection *c, unsigned status, enum err code, const char *words) {
    c->refusal = (struct http_refusal){.status = status, .code = code, .words = words};
}

static void refuse_with(struct http_connection *c, unsigned status, enum err code,
                        const char *words, const char *header, struct str value) {
    refuse(c, status, code, words);
    c->refusal.header = header;
    c->refusal.value = value;
}

bool http_is_write(const struct http_connection *c) {
    return c->refusal.status == 0 && c->route != NULL && (c->route->flags & HTTP_WRITES) != 0;
}

size_t http_admit_body_max(const struct http_connection *c) {
    enum http_method method = c->request.method;
    if (c->route == NULL || (method != HTTP_POST && method != HTTP_PUT && method != HTTP_PATCH))
        return 0;
    return c->route->body_max > 0 ? c->route->body_max : HTTP_BODY_SIZE_MAX;
}

/* No row fits: 404, or 405 with what there is. */
static void refuse_address(struct http_connection *c, const struct http_allowed *allowed) {
    struct buf value;
    bool is_open = (allowed->flags & HTTP_OPEN) != 0;
    c->access = allowed->flags & (HTTP_OPEN | HTTP_EMBEDDABLE);
    if (allowed->methods == 0) {
        refuse(c, 404, ERR_NOT_FOUND, "there is no page at this address");
        return;
    }
    if (is_open && c->request.method == HTTP_OPTIONS) {
        c->is_preflight = true;
        return;
    }
    buf_init(&value, HTTP_HEADER_SIZE_MAX);
    http_route_allow(allowed->methods, is_open, &value);
    struct str allow = arena_copy(&c->arena, buf_str(&value));
    buf_release(&value);
    bool reads_only = allowed->methods == 1U << HTTP_GET;
    refuse_with(c, 405, ERR_INPUT,
                reads_only ? "this address answers GET and HEAD only"
                           : "this address does not answer this method",
                "Allow", allow);
}

/* The media type without its parameters, in small letters. */
static struct str media_type(struct http_connection *c) {
    struct str value = http_request_header(&c->request, "Content-Type"), type = STR("");
    if (value.ptr != NULL)
        (void)str_next(&value, ";", &type);
    type = str_trim(type);
    char *small = arena_new(&c->arena, type.len + 1, 1);
    if (small == NULL)
        return STR("");
    for (size_t i = 0; i < type.len; i++)
        small[i] =
            (char)(type.ptr[i] >= 'A' && type.ptr[i] <= 'Z' ? type.ptr[i] + 32 : type.ptr[i]);
    return (struct str){small, type.len};
}

static bool takes_type(const struct http_route *route, struct str type) {
    struct str list = str_of(route->takes), one;
    if (route->takes == NULL)
        return true;
    while (str_next(&list, " ", &one))
        if (str_equal(one, type))
            return true;
    return false;
}

/* "application/json text/csv" as the list that Accept is (RFC 9110, 15.5.16). */
static struct str accept_list(struct http_connection *c) {
    struct str names = str_of(c->route->takes), name;
    struct buf list;
    buf_init(&list, HTTP_HEADER_SIZE_MAX);
    while (str_next(&names, " ", &name))
        buf_printf(&list, "%s%.*s", list.len > 0 ? ", " : "", STR_ARG(name));
    struct str copy = arena_copy(&c->arena, buf_str(&list));
    buf_release(&list);
    return copy;
}

/* Looks at what the head says of a body. */
static void admit_body(struct http_server *server, struct http_connection *c,
                       const struct http_framing *framing) {
    size_t max = http_admit_body_max(c);
    c->request.content_type = media_type(c);
    if (max == 0)
        refuse(c, 413, ERR_LIMIT, "this address takes no body with this method");
    else if (framing->length > max)
        refuse(c, 413, ERR_LIMIT, "the body is larger than this address takes");
    else if (!takes_type(c->route, c->request.content_type))
        refuse_with(c, 415, ERR_INPUT, "this address does not take a body of this media type",
                    "Accept", accept_list(c));
    if (c->refusal.status != 0 || server->budget == NULL)
        return;
    uint32_t wait_s = http_budget_wait_s(server->budget, c->client.id, clock_monotonic_ns());
    if (wait_s > 0) {
        char text[WAIT_TEXT_MAX];
        snprintf(text, sizeof(text), "%u", wait_s);
        refuse_with(c, 429, ERR_LIMIT, "your address has asked for too much in a short time",
                    "Retry-After", arena_copy(&c->arena, str_of(text)));
    }
}

static void refuse_while_stopping(struct http_server *server, struct http_connection *c) {
    if (http_is_write(c) && atomic_load_explicit(&server->stopping, memory_order_relaxed))
        http_refuse_write(c);
}

void http_refuse_write(struct http_connection *c) {
    refuse_with(c, 503, ERR_STOPPED,
                "the server is being restarted; nothing was changed, please try again",
                "Retry-After", STR(RESTART_S));
}

void http_admit(struct http_server *server, struct http_connection *c,
                const struct http_framing *framing) {
    struct http_allowed allowed;
    c->refusal.status = 0;
    c->is_preflight = false;
    c->route = http_route_find(server->options.routes, server->options.route_count,
                               c->request.method, c->request.path, c->request.params, &allowed);
    c->access = c->route != NULL ? c->route->flags : 0;
    if (c->route == NULL)
        refuse_address(c, &allowed);
    c->has_body = framing->is_chunked || framing->length > 0;
    /* What the library takes for the end of the trailers cannot be checked as the head is, so that
     * nothing behind a chunked body is read as a request. */
    c->is_last = framing->is_chunked;
    if (c->has_body && c->refusal.status == 0)
        admit_body(server, c, framing);
    refuse_while_stopping(server, c);
    c->is_asking = c->has_body && c->refusal.status == 0 && c->route->admit != NULL &&
                   (framing->is_chunked || framing->length > HTTP_BODY_FREE);
}

void http_admit_whole(struct http_server *server, struct http_connection *c) {
    if (c->has_body) {
        switch (http_body_state(&c->body)) {
        case HTTP_BODY_TAKEN:
            c->request.body = http_body_str(&c->body);
            break;
        case HTTP_BODY_TOO_LARGE:
            refuse(c, 413, ERR_LIMIT, "the body is larger than this address takes");
            break;
        case HTTP_BODY_NO_ROOM:
            refuse_with(c, 503, ERR_LIMIT, "others are sending too much at present", "Retry-After",
                        STR(RESTART_S));
            break;
        }
    }
    refuse_while_stopping(server, c);
}
