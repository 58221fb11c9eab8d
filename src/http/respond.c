/*
 * How a checked request becomes a reply.
 *
 * A route is found; what it keeps is looked up; only what must be drawn is counted against the
 * client, in processor time of this thread, and refused when the client has caused too much. While
 * the server stops, replies end their connections, which kept ones cannot say, so they are drawn.
 */
#include <stdio.h>

#include "base/clock.h"
#include "base/log.h"
#include "http/response.h"
#include "http/route.h"
#include "http/server.h"

enum { RETRY_TEXT_MAX = 16 };

static void reply_init(struct http_reply *reply, unsigned access) {
    *reply = (struct http_reply){
        .status = 200, .content_type = "text/html; charset=utf-8", .access = access};
    buf_init(&reply->body, HTTP_REPLY_SIZE_MAX);
}

/* One line of plain text, for what no page is drawn for. */
static void draw_plain(struct http_reply *reply, const char *words) {
    reply->content_type = "text/plain; charset=utf-8";
    buf_printf(&reply->body, "%u: %s\n", reply->status, words);
}

/* Replaces what a handler left by an error page. */
static void draw_error(struct http_server *server, const struct http_request *request,
                       unsigned status, const struct errinfo *info, struct http_reply *reply) {
    unsigned access = reply->access;
    buf_release(&reply->body);
    reply_init(reply, access);
    reply->status = status;
    reply->cache = "no-store";
    if (server->options.error_page != NULL) {
        server->options.error_page(server->options.error_ctx, request, info, reply);
        if (buf_error(&reply->body, NULL) == ERR_OK)
            return;
        buf_clear(&reply->body);
    }
    draw_plain(reply, info->message);
}

unsigned http_status_of(enum err code) {
    switch (code) {
    case ERR_NOT_FOUND:
        return 404;
    case ERR_INPUT:
    case ERR_LIMIT:
        return 400;
    case ERR_DENIED:
        return 403;
    default:
        return 500;
    }
}

/* Lets the route's handler fill the reply, or draws the error page it asks for. `asked` is the
 * request as it came, `told` as the handler may see it. */
static void run_handler(struct http_server *server, const struct http_route *route,
                        const struct http_request *asked, const struct http_request *told,
                        struct http_reply *reply) {
    struct errinfo info;
    errinfo_init(&info);
    enum err e = route->handler(route->ctx, told, reply, &info);
    if (e == ERR_OK)
        e = buf_error(&reply->body, &info);
    if (e == ERR_OK)
        return;
    unsigned status = http_status_of(e);
    if (status == 500) {
        char words[1200];
        err_format(&info, words, sizeof(words));
        log_line(LOG_ERROR, "http", "%.*s: %s", STR_ARG(asked->path), words);
        err_set(&info, ERR_INTERNAL, "the page could not be drawn");
    }
    draw_error(server, asked, status, &info, reply);
}

/* A request on its way to its reply. */
struct exchange {
    struct http_server *server;
    struct MHD_Connection *connection;
    struct http_connection *c;
    const struct http_route *route;   /* NULL = no page has this address */
    const struct http_request *asked; /* as it came */
    struct http_request told;         /* as a kept route's handler may see it */
    struct http_drawing drawing;
    bool is_kept; /* the route's replies are, and the drawing is begun */
};

/* Hands a reply that is not kept to the library, which takes over its body. */
static enum MHD_Result send_reply(struct exchange *x, struct http_reply *reply, bool is_last) {
    struct http_form form = {.body = STR(""), .is_last = is_last};
    if (reply->fixed.ptr != NULL) {
        form.body = reply->fixed;
        buf_release(&reply->body);
    } else if (reply->body.ptr != NULL) {
        form.body = buf_str(&reply->body);
        form.is_given = true;
    }
    if (atomic_load_explicit(&x->server->stopping, memory_order_relaxed))
        form.is_last = true;
    struct MHD_Response *response = http_response_new(reply, &form);
    if (response == NULL)
        return MHD_NO;
    bool is_had =
        reply->status == 200 && reply->etag.len > 0 && http_request_has(x->asked, reply->etag);
    x->c->status = is_had ? 304 : reply->status;
    enum MHD_Result result = MHD_queue_response(x->connection, x->c->status, response);
    MHD_destroy_response(response);
    return result;
}

/* Sends the fitting form of a kept reply and gives it back. */
static enum MHD_Result send_kept(struct exchange *x, struct http_kept *kept) {
    struct MHD_Response *form = http_kept_form(kept, x->asked, &x->c->status);
    enum MHD_Result result = MHD_queue_response(x->connection, x->c->status, form);
    http_kept_put(kept);
    return result;
}

static enum MHD_Result send_error(struct exchange *x, unsigned status, enum err code,
                                  const char *words, const char *header, struct str value) {
    struct http_reply reply;
    struct errinfo info;
    errinfo_init(&info);
    err_set(&info, code, "%s", words);
    reply_init(&reply, x->route != NULL ? x->route->flags : 0);
    draw_error(x->server, x->asked, status, &info, &reply);
    if (header != NULL)
        http_reply_header(&reply, header, value);
    return send_reply(x, &reply, false);
}

/* Answers a browser that asks whether a script of another site may read (Fetch, 3.3.2). */
static enum MHD_Result send_preflight(struct exchange *x) {
    struct http_reply reply;
    reply_init(&reply, x->route->flags);
    reply.status = 204;
    reply.content_type = NULL;
    http_reply_header(&reply, "Allow", STR("GET, HEAD, OPTIONS"));
    http_reply_header(&reply, "Access-Control-Allow-Methods", STR("GET, HEAD"));
    http_reply_header(&reply, "Access-Control-Allow-Headers",
                      STR("Accept-Language, Content-Type, If-None-Match, X-Requested-With"));
    http_reply_header(&reply, "Access-Control-Max-Age", STR("86400"));
    return send_reply(x, &reply, false);
}

/* Draws a kept route's reply, sends it and ends the drawing. */
static enum MHD_Result draw_kept(struct exchange *x) {
    struct http_reply reply;
    struct http_kept *kept = NULL;
    reply_init(&reply, x->route->flags);
    run_handler(x->server, x->route, x->asked, &x->told, &reply);
    bool is_worth = reply.status == 200;
    if (is_worth)
        kept = http_kept_new(&reply, x->drawing.key);
    http_cache_done(x->server->cache, &x->drawing, reply.once ? NULL : kept);
    if (!is_worth)
        return send_reply(x, &reply, false);
    return kept != NULL ? send_kept(x, kept) : MHD_NO;
}

/* Everything that has to be drawn for this request alone. */
static enum MHD_Result draw(struct exchange *x) {
    struct http_reply reply;
    bool is_open = x->route != NULL && (x->route->flags & HTTP_OPEN) != 0;
    if (x->route == NULL)
        return send_error(x, 404, ERR_NOT_FOUND, "there is no page at this address", NULL, STR(""));
    if (x->c->verb == HTTP_VERB_OPTIONS && is_open)
        return send_preflight(x);
    if (x->c->verb != HTTP_VERB_READ)
        return send_error(x, 405, ERR_INPUT, "this address answers GET and HEAD only", "Allow",
                          is_open ? STR("GET, HEAD, OPTIONS") : STR("GET, HEAD"));
    if (x->is_kept)
        return draw_kept(x);
    reply_init(&reply, x->route->flags);
    run_handler(x->server, x->route, x->asked, x->asked, &reply);
    return send_reply(x, &reply, false);
}

/* The client has caused too much work; what was begun for it is ended. */
static enum MHD_Result send_later(struct exchange *x, uint32_t wait_s) {
    char text[RETRY_TEXT_MAX];
    if (x->is_kept)
        http_cache_done(x->server->cache, &x->drawing, NULL);
    snprintf(text, sizeof(text), "%u", wait_s);
    return send_error(x, 429, ERR_LIMIT, "your address has asked for too much in a short time",
                      "Retry-After", str_of(text));
}

/* Looks a kept reply up. ERR_OK with `*kept` NULL: its drawing is begun. */
static enum err look_up(struct exchange *x, struct http_kept **kept) {
    enum err e = http_route_canonical(x->route, x->asked, &x->told, &x->drawing.key, NULL);
    if (e != ERR_OK)
        return e;
    *kept = http_cache_get(x->server->cache, &x->drawing);
    x->is_kept = *kept == NULL;
    return ERR_OK;
}

enum MHD_Result http_respond(struct http_server *server, struct MHD_Connection *connection,
                             struct http_connection *c) {
    struct exchange x = {.server = server, .connection = connection, .c = c, .asked = &c->request};
    struct http_kept *kept = NULL;
    uint32_t wait_s = 0;
    x.route = http_route_find(server->options.routes, server->options.route_count, c->request.path,
                              c->request.params);
    if (x.route != NULL && (x.route->flags & HTTP_KEPT) != 0 && c->verb == HTTP_VERB_READ &&
        !atomic_load_explicit(&server->stopping, memory_order_relaxed)) {
        if (look_up(&x, &kept) != ERR_OK)
            return MHD_NO;
        if (kept != NULL)
            return send_kept(&x, kept);
    }
    if (server->budget == NULL)
        return draw(&x);
    wait_s = http_budget_wait_s(server->budget, c->client.id, c->began_ns);
    if (wait_s > 0)
        return send_later(&x, wait_s);
    int64_t began_ns = clock_thread_ns();
    enum MHD_Result result = draw(&x);
    http_budget_pay(server->budget, c->client.id, clock_thread_ns() - began_ns, c->began_ns);
    return result;
}

enum MHD_Result http_refuse(struct http_server *server, struct MHD_Connection *connection,
                            struct http_connection *c, unsigned status, const char *why) {
    struct exchange x = {.server = server, .connection = connection, .c = c, .asked = &c->request};
    struct http_reply reply;
    reply_init(&reply, 0);
    reply.status = status;
    reply.cache = "no-store";
    draw_plain(&reply, why);
    return send_reply(&x, &reply, true);
}
