/*
 * The server on libmicrohttpd: see http.h; replies are made in respond.c.
 *
 * The library accepts, reads heads and writes replies, with epoll on one or several threads. Its
 * callbacks come in this order for each request of a connection: note_target with the target as
 * sent (before the library decodes it in place), answer with the head alone, answer with each piece
 * of a body, answer with the whole request, note_end when the reply is out or the client gone. The
 * first answer checks: a refusal queued there ends the connection, so that nothing behind a
 * doubtful head is read. The last replies: only then is the connection kept for the next request.
 * Where the reply has to be drawn, or somebody be asked whether the body may be read, the
 * connection is suspended, and answer comes once more.
 */
#include <stdio.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/threads.h"
#include "http/admit.h"
#include "http/head.h"
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
    CACHE_BYTES = 64 << 20,
    BODIES_BYTES = 256 << 20,
    /* So many editors can wait for the disk at once, and one commit serves them all. */
    WRITERS = 32,
    /* A body that comes more slowly is cut off: 16 kB a second, which a crowded hall's network
     * still carries. */
    BODY_BYTES_PER_MS = 16,
    FLUSH_MS = 1000, /* for the replies of the last writes */
};

static int64_t deadline_after(int64_t ms) {
    return clock_monotonic_ns() + ms * 1000000;
}

static struct http_connection *connection_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *context =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return context != NULL ? context->socket_context : NULL;
}

static void note_peer(struct http_connection *c, struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *address =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    http_client_of_socket(&c->peer, address != NULL ? address->client_addr : NULL);
}

/* A connection begins, or is about to be closed. */
static void note_connection(void *cls, struct MHD_Connection *connection, void **context,
                            enum MHD_ConnectionNotificationCode code) {
    struct http_server *server = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *fd =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        if (fd != NULL)
            *context = http_connection_new(&server->connections, connection, fd->connect_fd,
                                           deadline_after(server->options.request_deadline_ms));
        if (*context != NULL)
            note_peer(*context, connection);
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
    c->target_at = target;
    c->began_ns = c->body_began_ns = clock_monotonic_ns();
    c->client = c->peer;
    c->stage = HTTP_STAGE_NONE;
    c->status = 0;
    c->access = 0;
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
        log_line(LOG_INFO, "http", "%s %u %.*s %.1f ms", c->client.text, c->status,
                 STR_ARG(c->target), (double)(clock_monotonic_ns() - c->began_ns) / 1e6);
    atomic_store_explicit(&c->deadline_ns, deadline_after(server->options.request_deadline_ms),
                          memory_order_relaxed);
    if (c->stage != HTTP_STAGE_NONE)
        atomic_fetch_sub(&server->running, 1);
    if (c->is_writing)
        atomic_fetch_sub(&server->writing, 1);
    c->stage = HTTP_STAGE_NONE;
    c->is_writing = false;
    http_body_release(&c->body);
    http_forget_reply(c);
    *state = NULL;
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

static bool is_covered(struct MHD_Connection *connection, const struct http_connection *c,
                       const char *method, const char *version, const struct header_list *list) {
    const union MHD_ConnectionInfo *size =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    const struct http_head head = {.size = size != NULL ? size->header_size : 0,
                                   .method = str_of(method),
                                   .target = {c->target_at, c->target.len},
                                   .version = str_of(version),
                                   .headers = list->at,
                                   .header_count = list->len};
    return http_head_is_covered(&head);
}

/* Also those of a head that is then refused, whose words are chosen by them. */
static unsigned collect_headers(struct MHD_Connection *connection, struct http_connection *c,
                                struct header_list *list) {
    int count = MHD_get_connection_values_n(connection, MHD_HEADER_KIND, NULL, NULL);
    if (count > HTTP_HEADERS_MAX)
        return 431;
    list->capacity = count > 0 ? (size_t)count : 0;
    list->at = arena_new(&c->arena, list->capacity + 1, sizeof(*list->at));
    if (list->at == NULL)
        return 500;
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, collect_header, list);
    c->request.headers = list->at;
    c->request.header_count = list->len;
    return 0;
}

/* Collects the headers and tells 0, or the status to refuse the request with. */
static unsigned read_head(struct MHD_Connection *connection, struct http_connection *c,
                          const char *method, const char *version, struct http_framing *framing,
                          const char **why) {
    struct header_list list = {.at = NULL};
    size_t size = c->target.len + strlen(method);
    *why = "the request is too large";
    unsigned status = collect_headers(connection, c, &list);
    if (c->target.len > HTTP_TARGET_SIZE_MAX)
        return 414;
    if (status != 0)
        return status;
    for (size_t i = 0; i < list.len; i++)
        size += list.at[i].name.len + list.at[i].value.len + 4;
    if (size > HTTP_HEADER_SIZE_MAX)
        return 431;
    *why = "the request has a folded line, a NUL character or too many blanks";
    if (!is_covered(connection, c, method, version, &list))
        return 400;
    status = http_audit_head(str_of(method), str_of(version), list.at, list.len, framing, why);
    for (size_t i = 0; i < list.len; i++)
        list.at[i].value = str_trim(list.at[i].value);
    return status != 0 ? status : http_audit_target(&c->request, c->target, why);
}

/* Fills the request and tells 0, or the status to refuse it with. */
static unsigned read_request(struct MHD_Connection *connection, struct http_connection *c,
                             const char *method, const char *version, struct http_framing *framing,
                             const char **why, struct errinfo *info) {
    struct http_request *request = &c->request;
    struct str path, query;
    struct http_param *params;
    unsigned status = read_head(connection, c, method, version, framing, why);
    if (status != 0)
        return status;
    *why = info->message;
    enum err e = http_target_split(c->target, &path, &query, info);
    if (e == ERR_OK)
        e = http_path_decode(&c->arena, path, &request->path, info);
    if (e == ERR_OK)
        e = http_query_decode(&c->arena, query, &params, &request->query_count, info);
    if (e != ERR_OK)
        return http_status_of(e);
    request->query = params;
    return 0;
}

/* The methods of RFC 9110, 9.3 and RFC 5789; false for others, which are not implemented rather
 * than not allowed. */
static bool read_method(const char *name, enum http_method *method) {
    static const struct {
        const char *name;
        enum http_method method;
    } known[] = {{"GET", HTTP_GET},         {"HEAD", HTTP_HEAD},   {"POST", HTTP_POST},
                 {"PUT", HTTP_PUT},         {"PATCH", HTTP_PATCH}, {"DELETE", HTTP_DELETE},
                 {"OPTIONS", HTTP_OPTIONS}, {"TRACE", HTTP_OTHER}, {"CONNECT", HTTP_OTHER}};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (strcmp(name, known[i].name) == 0) {
            *method = known[i].method;
            return true;
        }
    }
    return false;
}

static void set_deadline(struct http_connection *c, int64_t at_ns) {
    atomic_store_explicit(&c->deadline_ns, at_ns, memory_order_relaxed);
}

static enum MHD_Result begin_body(struct http_server *server, struct http_connection *c) {
    c->stage = HTTP_STAGE_CHECKED;
    http_body_begin(&c->body, &server->bodies, http_admit_body_max(c));
    return MHD_YES;
}

/* First call for a request: checks its head, and decides on it whether a body is read. A refusal of
 * the head is queued at once, and the library then closes the connection without reading on. */
static enum MHD_Result check_request(struct http_server *server, struct MHD_Connection *connection,
                                     struct http_connection *c, const char *method,
                                     const char *version) {
    struct errinfo info;
    struct http_framing framing;
    const char *why = "";
    c->request = (struct http_request){.arena = &c->arena, .method = HTTP_OTHER};
    errinfo_init(&info);
    unsigned status = read_request(connection, c, method, version, &framing, &why, &info);
    if (status == 0 && !read_method(method, &c->request.method)) {
        status = 501;
        why = "this method is not known here";
    }
    if (status != 0)
        return http_refuse(server, c, status, why);
    if (http_client_is_proxy(&c->peer, server->options.proxy))
        http_client_behind(&c->client, &c->peer, &c->request);
    c->request.client = str_of(c->client.text);
    http_admit(server, c, &framing);
    if (!c->has_body)
        return MHD_YES;
    if (c->refusal.status == 0 && !c->is_asking)
        return begin_body(server, c);
    set_deadline(c, deadline_after(server->options.reply_deadline_ms));
    return http_respond_early(server, c);
}

/* A piece of the body: the time for the rest of it grows with what has come. */
static enum MHD_Result take_body(struct http_server *server, struct http_connection *c,
                                 const char *bytes, size_t *len) {
    if (!http_body_add(&c->body, bytes, *len))
        return MHD_NO;
    *len = 0;
    int64_t earned_ms = (int64_t)(http_body_str(&c->body).len / BODY_BYTES_PER_MS);
    set_deadline(c, c->body_began_ns + (server->options.request_deadline_ms + earned_ms) * 1000000);
    return MHD_YES;
}

static enum MHD_Result answer(void *cls, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **state) {
    struct http_server *server = cls;
    struct http_connection *c = *state;
    if (c == NULL || c->target.ptr == NULL)
        return MHD_NO;
    if (c->stage == HTTP_STAGE_NONE) {
        c->stage = HTTP_STAGE_CHECKED;
        atomic_fetch_add(&server->running, 1);
        return check_request(server, connection, c, method, version);
    }
    if (c->stage == HTTP_STAGE_ADMITTED) {
        c->body_began_ns = clock_monotonic_ns();
        set_deadline(c, deadline_after(server->options.request_deadline_ms));
        return begin_body(server, c);
    }
    if (*upload_size > 0)
        return take_body(server, c, upload, upload_size);
    set_deadline(c, deadline_after(server->options.reply_deadline_ms));
    return http_respond(server, c);
}

static struct MHD_Daemon *start_daemon(struct http_server *server) {
    const struct http_options *o = &server->options;
    unsigned per_thread = o->threads > 1 ? o->threads : 0;
    return MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
        answer, server, MHD_OPTION_LISTEN_SOCKET, server->listen_fd, MHD_OPTION_URI_LOG_CALLBACK,
        note_target, server, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, server,
        MHD_OPTION_NOTIFY_CONNECTION, note_connection, server, MHD_OPTION_NOTIFY_COMPLETED,
        note_end, server, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_CONNECTION_LIMIT, o->connections_max, MHD_OPTION_PER_IP_CONNECTION_LIMIT,
        o->connections_per_ip, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_TIMEOUT_S,
        MHD_OPTION_THREAD_POOL_SIZE, per_thread, MHD_OPTION_END);
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
    if (o->cache_bytes == 0)
        o->cache_bytes = CACHE_BYTES;
    if (o->bodies_bytes == 0)
        o->bodies_bytes = BODIES_BYTES;
    if (o->writers == 0)
        o->writers = WRITERS;
}

static void ask_generation(void *ctx) {
    struct http_server *server = ctx;
    int64_t now = server->options.generation(server->options.generation_ctx);
    if (now != server->generation)
        http_cache_turn(server->cache);
    server->generation = now;
}

static enum err make_parts(struct http_server *s, struct errinfo *info) {
    uint64_t seed = 0;
    struct http_client named;
    const char *proxy = s->options.proxy;
    if (proxy != NULL && strcmp(proxy, "loopback") != 0 &&
        !http_client_read(&named, str_of(proxy))) {
        err_set(info, ERR_INPUT, "\"%s\" is not the address of a proxy", proxy);
        err_hint(info, "write an IP address, or loopback for a proxy on this machine");
        return ERR_INPUT;
    }
    for (size_t i = 0; i < s->options.route_count; i++) {
        if (http_route_check(&s->options.routes[i], info) != ERR_OK)
            return ERR_INTERNAL;
        s->has_writers = s->has_writers || (s->options.routes[i].flags & HTTP_WRITES) != 0;
    }
    s->bodies.bytes_max = s->options.bodies_bytes;
    if (getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
        return err_errno(info, "read", "random bytes");
    enum err e = http_cache_new(s->options.cache_bytes, seed, &s->cache, info);
    if (e == ERR_OK && s->options.client_work_ms > 0)
        e = http_budget_new(s->options.client_work_ms * INT64_C(1000000), &s->budget, info);
    return e;
}

static void stop_writers(struct http_server *s) {
    if (!s->has_writers)
        return;
    http_workers_stop(&s->writers);
    http_workers_release(&s->writers);
}

/* Starts the threads; what was started is ended again on failure. */
static enum err start(struct http_server *s, struct errinfo *info) {
    enum err e = http_connections_init(&s->connections, info);
    if (e != ERR_OK)
        return e;
    e = http_workers_start(&s->workers, s->options.threads, http_draw, s, info);
    if (e != ERR_OK)
        goto no_workers;
    if (s->has_writers)
        e = http_workers_start(&s->writers, s->options.writers, http_draw, s, info);
    if (e != ERR_OK)
        goto no_writers;
    if (s->options.generation != NULL) {
        s->generation = s->options.generation(s->options.generation_ctx);
        e = http_ticker_start(&s->asking, ask_generation, s, info);
        if (e != ERR_OK)
            goto no_ticker;
    }
    s->daemon = start_daemon(s);
    if (s->daemon != NULL)
        return ERR_OK;
    e = err_set(info, ERR_IO, "the HTTP server does not start on %s", s->address);
    if (s->options.generation != NULL)
        http_ticker_stop(&s->asking);
no_ticker:
    stop_writers(s);
no_writers:
    http_workers_stop(&s->workers);
    http_workers_release(&s->workers);
no_workers:
    http_connections_release(&s->connections);
    return e;
}

static void release_parts(struct http_server *s) {
    http_cache_free(s->cache);
    http_budget_free(s->budget);
    mem_free(s);
}

enum err http_server_new(const struct http_options *options, struct http_server **server,
                         struct errinfo *info) {
    struct http_server *s = mem_new(1, sizeof(*s));
    if (s == NULL)
        return err_memory(info);
    s->options = *options;
    s->listen_fd = -1;
    set_defaults(&s->options);
    enum err e = make_parts(s, info);
    if (e == ERR_OK)
        e = http_listen(options->listen, &s->listen_fd, s->address, info);
    if (e == ERR_OK)
        e = start(s, info);
    if (e != ERR_OK) {
        if (s->listen_fd >= 0)
            close(s->listen_fd);
        release_parts(s);
        return e;
    }
    *server = s;
    return ERR_OK;
}

struct str http_server_address(const struct http_server *server) {
    return str_of(server->address);
}

/* Waits until a count of requests is down to none. */
static void wait_for(const atomic_uint *count, int64_t until_ns) {
    const struct timespec pause = {.tv_nsec = 5 * 1000 * 1000};
    while (atomic_load(count) > 0 && clock_monotonic_ns() < until_ns)
        nanosleep(&pause, NULL);
}

void http_server_stop(struct http_server *server, int64_t drain_ms) {
    int64_t until = deadline_after(drain_ms);
    if (atomic_exchange(&server->stopping, true))
        return;
    MHD_quiesce_daemon(server->daemon);
    wait_for(&server->running, until);
    /* First the workers, because the library ends no suspended connection; what they still had to
     * draw is given up. Who wrote is told what became of it. */
    if (server->has_writers)
        http_workers_stop(&server->writers);
    http_workers_stop(&server->workers);
    wait_for(&server->writing, deadline_after(FLUSH_MS));
    MHD_stop_daemon(server->daemon);
    close(server->listen_fd);
}

void http_server_free(struct http_server *server) {
    if (server == NULL)
        return;
    http_server_stop(server, 0);
    if (server->has_writers)
        http_workers_release(&server->writers);
    http_workers_release(&server->workers);
    http_connections_release(&server->connections);
    if (server->options.generation != NULL)
        http_ticker_stop(&server->asking);
    release_parts(server);
}
