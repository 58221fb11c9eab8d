/*
 * The server on libmicrohttpd: see http.h.
 *
 * The library accepts, reads heads and writes replies, with epoll on one or several threads. Its
 * callbacks come in this order for each request of a connection: note_target with the target as
 * sent (before the library decodes it in place), answer with the head alone, answer again with the
 * whole request, note_end when the reply is out or the client gone. The first answer checks: a
 * refusal queued there ends the connection, so that nothing behind a doubtful head is read. The
 * second replies: only then is the connection kept for the next request.
 */
#include <microhttpd.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/threads.h"
#include "http/audit.h"
#include "http/connections.h"
#include "http/http.h"
#include "http/listen.h"
#include "http/route.h"

enum {
    CONNECTIONS_MAX = 4096,
    /* Of the library, for a connection: the head, its index, and the reply's head. A head over
     * HTTP_HEADER_SIZE_MAX must still fit, to be answered in our words. */
    CONNECTION_MEMORY = 48 * 1024,
    IDLE_TIMEOUT_S = 30,
    REQUEST_DEADLINE_MS = 10000,
    REPLY_DEADLINE_MS = 120000,
};

struct http_server {
    struct http_options options;
    char address[HTTP_ADDRESS_MAX];
    int listen_fd;
    struct MHD_Daemon *daemon;
    struct http_connections connections;
    atomic_uint running; /* requests between their head and their end */
    atomic_bool stopping;
};

static int64_t deadline_after(int64_t ms) {
    return clock_monotonic_ns() + ms * 1000000;
}

static struct http_connection *connection_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *context =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return context != NULL ? context->socket_context : NULL;
}

/* A connection begins, or is about to be closed. */
static void note_connection(void *cls, struct MHD_Connection *connection, void **context,
                            enum MHD_ConnectionNotificationCode code) {
    struct http_server *server = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *fd =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        if (fd != NULL)
            *context = http_connection_new(&server->connections, fd->connect_fd,
                                           deadline_after(server->options.request_deadline_ms));
    } else if (*context != NULL) {
        http_connection_free(&server->connections, *context);
        *context = NULL;
    }
}

/* Keeps the target as it was sent. What is returned is the request's state for the library. */
static void *note_target(void *cls, const char *target, struct MHD_Connection *connection) {
    struct http_connection *c = connection_of(connection);
    if (c == NULL)
        return NULL;
    arena_clear(&c->arena);
    c->target = arena_copy(&c->arena, str_of(target));
    c->began_ns = clock_monotonic_ns();
    c->status = 0;
    return c;
}

/* The target is decoded by us, from what note_target kept. */
static size_t leave_escaped(void *cls, struct MHD_Connection *connection, char *text) {
    return strlen(text);
}

static void note_end(void *cls, struct MHD_Connection *connection, void **state,
                     enum MHD_RequestTerminationCode code) {
    struct http_server *server = cls;
    struct http_connection *c = *state;
    if (c == NULL)
        return;
    if (server->options.access_log)
        log_line(LOG_INFO, "http", "%u %.*s %.1f ms", c->status, STR_ARG(c->target),
                 (double)(clock_monotonic_ns() - c->began_ns) / 1e6);
    atomic_store_explicit(&c->deadline_ns, deadline_after(server->options.request_deadline_ms),
                          memory_order_relaxed);
    if (c->is_running)
        atomic_fetch_sub(&server->running, 1);
    c->is_running = false;
    *state = NULL;
}

/* The security headers of every reply. Pages have no inline script or style, load nothing from
 * elsewhere and are not framed. */
static const struct {
    const char *name, *value;
} fixed_headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
     "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
};

static bool add_headers(struct MHD_Response *response, struct http_reply *reply, bool last) {
    bool ok = true;
    for (size_t i = 0; i < sizeof(fixed_headers) / sizeof(fixed_headers[0]); i++)
        ok &= MHD_add_response_header(response, fixed_headers[i].name, fixed_headers[i].value);
    ok &= MHD_add_response_header(response, "Cache-Control",
                                  reply->cache != NULL ? reply->cache : "no-cache");
    if (reply->content_type != NULL && reply->status != 304)
        ok &= MHD_add_response_header(response, "Content-Type", reply->content_type);
    if (reply->encoding != NULL)
        ok &= MHD_add_response_header(response, "Content-Encoding", reply->encoding);
    if (reply->varies_by_encoding)
        ok &= MHD_add_response_header(response, "Vary", "Accept-Encoding");
    if (reply->etag.len > 0) {
        char tag[128];
        snprintf(tag, sizeof(tag), "W/\"%.*s\"", STR_ARG(reply->etag));
        ok &= MHD_add_response_header(response, "ETag", tag);
    }
    for (size_t i = 0; i < reply->header_count; i++) {
        char value[1024];
        snprintf(value, sizeof(value), "%.*s", STR_ARG(reply->headers[i].value));
        ok &= MHD_add_response_header(response, reply->headers[i].name.ptr, value);
    }
    if (last)
        ok &= MHD_add_response_header(response, "Connection", "close");
    return ok;
}

/* Hands the reply to the library, which takes over its body. */
static enum MHD_Result send_reply(struct http_server *server, struct MHD_Connection *connection,
                                  struct http_connection *c, struct http_reply *reply, bool last) {
    struct MHD_Response *response;
    enum MHD_Result result = MHD_NO;
    if (reply->body.ptr != NULL && reply->fixed.ptr == NULL) {
        response = MHD_create_response_from_buffer_with_free_callback(reply->body.len,
                                                                      reply->body.ptr, mem_free);
        if (response == NULL)
            buf_release(&reply->body);
    } else {
        struct str fixed = reply->fixed.ptr != NULL ? reply->fixed : STR("");
        buf_release(&reply->body);
        response = MHD_create_response_from_buffer(fixed.len, (void *)(uintptr_t)fixed.ptr,
                                                   MHD_RESPMEM_PERSISTENT);
    }
    if (response == NULL)
        return MHD_NO;
    last = last || atomic_load_explicit(&server->stopping, memory_order_relaxed);
    c->status = reply->status;
    if (add_headers(response, reply, last))
        result = MHD_queue_response(connection, reply->status, response);
    MHD_destroy_response(response);
    return result;
}

static void reply_init(struct http_reply *reply) {
    *reply = (struct http_reply){.status = 200, .content_type = "text/html; charset=utf-8"};
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
    struct errinfo unused;
    buf_release(&reply->body);
    reply_init(reply);
    reply->status = status;
    reply->cache = "no-store";
    if (server->options.error_page != NULL) {
        server->options.error_page(server->options.error_ctx, request, info, reply);
        if (buf_error(&reply->body, &unused) == ERR_OK)
            return;
        buf_clear(&reply->body);
    }
    draw_plain(reply, info->message);
}

static unsigned status_of(enum err code) {
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

/* Answers a checked request from the table of routes. */
static void run_handler(struct http_server *server, struct http_request *request, bool known_method,
                        struct http_reply *reply) {
    struct errinfo info;
    errinfo_init(&info);
    const struct http_route *route = http_route_find(
        server->options.routes, server->options.route_count, request->path, request->params);
    if (route == NULL) {
        err_set(&info, ERR_NOT_FOUND, "there is no page at this address");
        draw_error(server, request, 404, &info, reply);
        return;
    }
    if (!known_method) {
        err_set(&info, ERR_INPUT, "this address answers GET and HEAD only");
        draw_error(server, request, 405, &info, reply);
        http_reply_header(reply, "Allow", STR("GET, HEAD"));
        return;
    }
    enum err e = route->handler(route->ctx, request, reply, &info);
    if (e == ERR_OK)
        e = buf_error(&reply->body, &info);
    if (e == ERR_OK)
        return;
    unsigned status = status_of(e);
    if (status == 500) {
        char words[1200];
        err_format(&info, words, sizeof(words));
        log_line(LOG_ERROR, "http", "%.*s: %s", STR_ARG(request->path), words);
        err_set(&info, ERR_INTERNAL, "the page could not be drawn");
    }
    draw_error(server, request, status, &info, reply);
}

struct header_list {
    struct http_header *at;
    size_t len, capacity;
};

static enum MHD_Result collect_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                      size_t name_len, const char *value, size_t value_len) {
    struct header_list *list = cls;
    if (list->len == list->capacity)
        return MHD_NO;
    list->at[list->len++] =
        (struct http_header){{name, name_len}, {value != NULL ? value : "", value_len}};
    return MHD_YES;
}

/* Fills the request and tells 0, or the status to refuse it with. */
static unsigned read_request(struct MHD_Connection *connection, struct http_connection *c,
                             const char *method, const char *version, const char **why,
                             struct errinfo *info) {
    struct http_request *request = &c->request;
    struct header_list list = {.capacity = HTTP_HEADERS_MAX};
    size_t size = c->target.len + strlen(method);
    struct str path, query;
    struct http_param *params;
    *why = "the request is too large";
    if (c->target.len > HTTP_TARGET_SIZE_MAX)
        return 414;
    int count = MHD_get_connection_values_n(connection, MHD_HEADER_KIND, NULL, NULL);
    if (count > HTTP_HEADERS_MAX)
        return 431;
    list.at = arena_new(&c->arena, HTTP_HEADERS_MAX, sizeof(*list.at));
    if (list.at == NULL)
        return 500;
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, collect_header, &list);
    for (size_t i = 0; i < list.len; i++)
        size += list.at[i].name.len + list.at[i].value.len + 4;
    if (size > HTTP_HEADER_SIZE_MAX)
        return 431;
    unsigned status = http_audit_head(str_of(method), str_of(version), list.at, list.len, why);
    if (status != 0)
        return status;
    request->headers = list.at;
    request->header_count = list.len;
    *why = info->message;
    enum err e = http_target_split(c->target, &path, &query, info);
    if (e == ERR_OK)
        e = http_path_decode(&c->arena, path, &request->path, info);
    if (e == ERR_OK)
        e = http_query_decode(&c->arena, query, &params, &request->query_count, info);
    if (e != ERR_OK)
        return status_of(e);
    request->query = params;
    return 0;
}

/* The methods of RFC 9110, 9.3 and RFC 5789; others are not implemented rather than not allowed. */
static bool is_standard_method(const char *method) {
    static const char *const names[] = {"POST",    "PUT",   "DELETE", "CONNECT",
                                        "OPTIONS", "TRACE", "PATCH"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (strcmp(method, names[i]) == 0)
            return true;
    return false;
}

/* First call for a request: checks its head. A refusal is queued at once, and the library then
 * closes the connection without reading on. */
static enum MHD_Result check_request(struct http_server *server, struct MHD_Connection *connection,
                                     struct http_connection *c, const char *method,
                                     const char *version) {
    struct http_reply reply;
    struct errinfo info;
    const char *why = "";
    c->request = (struct http_request){.arena = &c->arena};
    c->is_method_known = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    c->request.method = strcmp(method, "HEAD") == 0 ? HTTP_HEAD : HTTP_GET;
    errinfo_init(&info);
    unsigned status = read_request(connection, c, method, version, &why, &info);
    if (status == 0 && !c->is_method_known && !is_standard_method(method)) {
        status = 501;
        why = "this method is not known here";
    }
    if (status == 0)
        return MHD_YES;
    reply_init(&reply);
    reply.status = status;
    reply.cache = "no-store";
    draw_plain(&reply, why);
    return send_reply(server, connection, c, &reply, true);
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state) {
    struct http_server *server = cls;
    struct http_connection *c = *state;
    struct http_reply reply;
    if (c == NULL || c->target.ptr == NULL)
        return MHD_NO;
    if (!c->is_running) {
        c->is_running = true;
        atomic_fetch_add(&server->running, 1);
        return check_request(server, connection, c, method, version);
    }
    atomic_store_explicit(&c->deadline_ns, deadline_after(server->options.reply_deadline_ms),
                          memory_order_relaxed);
    reply_init(&reply);
    run_handler(server, &c->request, c->is_method_known, &reply);
    return send_reply(server, connection, c, &reply, false);
}

static struct MHD_Daemon *start_daemon(struct http_server *server) {
    const struct http_options *o = &server->options;
    unsigned per_thread = o->threads > 1 ? o->threads : 0;
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL, answer, server,
        MHD_OPTION_LISTEN_SOCKET, server->listen_fd, MHD_OPTION_URI_LOG_CALLBACK, note_target,
        server, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, server, MHD_OPTION_NOTIFY_CONNECTION,
        note_connection, server, MHD_OPTION_NOTIFY_COMPLETED, note_end, server,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY, MHD_OPTION_CONNECTION_LIMIT,
        o->connections_max, MHD_OPTION_PER_IP_CONNECTION_LIMIT, o->connections_per_ip,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_TIMEOUT_S, MHD_OPTION_THREAD_POOL_SIZE,
        per_thread, MHD_OPTION_END);
}

static void set_defaults(struct http_options *o) {
    if (o->threads == 0)
        o->threads = threads_available();
    if (o->connections_max == 0)
        o->connections_max = CONNECTIONS_MAX;
    if (o->request_deadline_ms == 0)
        o->request_deadline_ms = REQUEST_DEADLINE_MS;
    if (o->reply_deadline_ms == 0)
        o->reply_deadline_ms = REPLY_DEADLINE_MS;
}

enum err http_server_new(const struct http_options *options, struct http_server **server,
                         struct errinfo *info) {
    bool watching = false;
    enum err e = ERR_OK;
    struct http_server *s = mem_new(1, sizeof(*s));
    if (s == NULL)
        return err_memory(info);
    s->options = *options;
    s->listen_fd = -1;
    set_defaults(&s->options);
    e = http_listen(options->listen, &s->listen_fd, s->address, info);
    if (e != ERR_OK)
        goto done;
    e = http_connections_init(&s->connections, info);
    if (e != ERR_OK)
        goto done;
    watching = true;
    s->daemon = start_daemon(s);
    if (s->daemon == NULL)
        e = err_set(info, ERR_IO, "the HTTP server does not start on %s", s->address);

done:
    if (e != ERR_OK) {
        if (watching)
            http_connections_release(&s->connections);
        if (s->listen_fd >= 0)
            close(s->listen_fd);
        mem_free(s);
        return e;
    }
    *server = s;
    return ERR_OK;
}

struct str http_server_address(const struct http_server *server) {
    return str_of(server->address);
}

void http_server_stop(struct http_server *server, int64_t drain_ms) {
    const struct timespec pause = {.tv_nsec = 5 * 1000 * 1000};
    int64_t until = deadline_after(drain_ms);
    if (atomic_exchange(&server->stopping, true))
        return;
    MHD_quiesce_daemon(server->daemon);
    while (atomic_load(&server->running) > 0 && clock_monotonic_ns() < until)
        nanosleep(&pause, NULL);
    MHD_stop_daemon(server->daemon);
    close(server->listen_fd);
}

void http_server_free(struct http_server *server) {
    if (server == NULL)
        return;
    http_server_stop(server, 0);
    http_connections_release(&server->connections);
    mem_free(server);
}
