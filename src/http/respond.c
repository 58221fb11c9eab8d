/*
 * How a checked request becomes a reply.
 *
 * What is kept is sent at once, on the library's thread. Everything else is drawn by a worker while
 * the connection is suspended, so that a drawing of a second keeps nobody waiting but those who
 * want it. Only what is drawn is counted against the client, in processor time of the worker, and
 * refused when the client has caused too much. While the server stops, replies end their
 * connections, which kept ones cannot say, so they are drawn.
 */
#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "http/admit.h"
#include "http/response.h"
#include "http/route.h"

enum {
    RETRY_TEXT_MAX = 16,
    /* Who is told to wait longer than this keeps asking although he was told before, and gets a
     * refusal's words: refusals must not become the work that they are to prevent. */
    PATIENCE_S = 5,
};

enum { PRIVATE = HTTP_PRIVATE | HTTP_WRITES };

static void reply_init(struct http_reply *reply, unsigned access) {
    *reply = (struct http_reply){.status = 200,
                                 .content_type = "text/html; charset=utf-8",
                                 .cache = (access & PRIVATE) != 0 ? "no-store" : NULL,
                                 .access = access};
    buf_init(&reply->body, HTTP_REPLY_SIZE_MAX);
}

/* One line of plain text, for what no page is drawn for. */
static void draw_plain(struct http_reply *reply, const char *words) {
    reply->content_type = "text/plain; charset=utf-8";
    buf_printf(&reply->body, "%u: %s\n", reply->status, words);
}

/* The same, unless somebody else has words for what was asked for. */
static void draw_refusal(const struct http_server *server, const struct http_connection *c,
                         struct http_reply *reply, const char *words) {
    struct errinfo info;
    struct http_request asked = c->request;
    struct str query;
    reply->cache = "no-store";
    if (server->options.refusal != NULL) {
        errinfo_init(&info);
        if (asked.path.ptr == NULL &&
            http_target_split(c->target, &asked.path, &query, NULL) != ERR_OK)
            asked.path = c->target;
        err_set(&info, ERR_INPUT, "%s", words);
        server->options.refusal(server->options.error_ctx, &asked, &info, reply);
        if (reply->body.len > 0 && buf_error(&reply->body, NULL) == ERR_OK)
            return;
        buf_clear(&reply->body);
    }
    draw_plain(reply, words);
}

/* Replaces what a handler left by an error page. */
static void draw_error(struct http_server *server, const struct http_request *request,
                       unsigned status, const struct errinfo *info, struct http_reply *reply) {
    unsigned access = reply->access;
    buf_release(&reply->body);
    if (reply->has_file)
        close(reply->file);
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
    case ERR_CONFLICT:
        return 409;
    case ERR_STOPPED:
        return 503;
    default:
        return 500;
    }
}

/* Draws the error page for what a handler has reported. */
static void draw_failure(struct http_server *server, const struct http_request *asked, enum err e,
                         struct errinfo *info, struct http_reply *reply) {
    struct http_reply chosen = *reply;
    bool is_chosen = reply->status >= 400;
    unsigned status = is_chosen ? reply->status : http_status_of(e);
    if (status == 500) {
        char words[1200];
        err_format(info, words, sizeof(words));
        log_line(LOG_ERROR, "http", "%.*s: %s", STR_ARG(asked->path), words);
        err_set(info, ERR_INTERNAL, "the server could not answer this");
    }
    draw_error(server, asked, status, info, reply);
    for (size_t i = 0; is_chosen && i < chosen.header_count; i++)
        http_reply_header(reply, chosen.headers[i].name.ptr, chosen.headers[i].value);
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
    if (e != ERR_OK)
        draw_failure(server, asked, e, &info, reply);
}

static bool is_stopping(struct http_server *server) {
    return atomic_load_explicit(&server->stopping, memory_order_relaxed);
}

/* Makes a reply that is not kept the connection's response, which takes over its body. */
static void set_reply(struct http_connection *c, struct http_reply *reply, bool is_last) {
    struct http_form form = {.body = STR(""), .is_last = is_last || c->is_last};
    bool reads = c->request.method == HTTP_GET || c->request.method == HTTP_HEAD;
    if ((c->access & PRIVATE) != 0)
        reply->access &= ~(unsigned)(HTTP_OPEN | HTTP_EMBEDDABLE);
    if (reply->status == 204)
        reply->content_type = NULL;
    if (reply->has_file || reply->fixed.ptr != NULL) {
        form.body = reply->fixed;
        buf_release(&reply->body);
    } else if (reply->body.ptr != NULL) {
        form.body = buf_str(&reply->body);
        form.is_given = true;
    }
    bool is_had = reads && reply->status == 200 && reply->etag.len > 0 &&
                  http_request_has(&c->request, reply->etag);
    c->status = is_had ? 304 : reply->status;
    c->response = http_response_new(reply, &form);
}

static void set_error(struct http_server *server, struct http_connection *c,
                      const struct http_refusal *refusal) {
    struct http_reply reply;
    struct errinfo info;
    errinfo_init(&info);
    err_set(&info, refusal->code, "%s", refusal->words);
    reply_init(&reply, c->access);
    draw_error(server, &c->request, refusal->status, &info, &reply);
    if (refusal->header != NULL && refusal->value.ptr != NULL)
        http_reply_header(&reply, refusal->header, refusal->value);
    set_reply(c, &reply, is_stopping(server));
}

/* Answers a browser that asks whether a script of another site may read (Fetch, 3.3.2). */
static void set_preflight(struct http_server *server, struct http_connection *c) {
    struct http_reply reply;
    reply_init(&reply, c->access);
    reply.status = 204;
    http_reply_header(&reply, "Allow", STR("GET, HEAD, OPTIONS"));
    http_reply_header(&reply, "Access-Control-Allow-Methods", STR("GET, HEAD"));
    http_reply_header(&reply, "Access-Control-Allow-Headers",
                      STR("Accept-Language, Content-Type, If-None-Match, X-Requested-With"));
    http_reply_header(&reply, "Access-Control-Max-Age", STR("86400"));
    set_reply(c, &reply, is_stopping(server));
}

/* Drawing, on a worker's thread ---------------------------------------------------------------- */

/* Hands the connection back to the library, its reply in the form that it will be sent in. */
static void resume(struct http_server *server, struct http_connection *c) {
    unsigned unused;
    if (c->kept != NULL && http_kept_form(c->kept, &c->request, &unused) == NULL)
        http_cache_grow(server->cache, c->kept, http_kept_unpack(c->kept));
    http_body_release(&c->body);
    c->stage = c->is_early || !c->is_asking ? HTTP_STAGE_DRAWN : HTTP_STAGE_ADMITTED;
    c->is_asking = false;
    MHD_resume_connection(c->mhd);
}

static struct http_connection *connection_of_drawing(struct http_drawing *drawing) {
    return (struct http_connection *)((char *)drawing - offsetof(struct http_connection, drawing));
}

/* Ends a drawing that was begun in the cache, and answers those who waited for it. */
static void end_drawing(struct http_server *server, struct http_connection *c,
                        struct http_kept *kept) {
    struct http_drawing *follower = http_cache_done(server->cache, &c->drawing, kept);
    while (follower != NULL) {
        struct http_connection *waiting = connection_of_drawing(follower);
        follower = follower->next;
        if (kept != NULL) {
            http_kept_use(kept);
            waiting->kept = kept;
            resume(server, waiting);
        } else {
            http_workers_push(&server->workers, &waiting->job);
        }
    }
}

/* Draws a kept route's reply and ends its drawing. */
static void draw_kept(struct http_server *server, struct http_connection *c) {
    struct http_reply reply;
    struct http_kept *kept = NULL;
    reply_init(&reply, c->route->flags);
    run_handler(server, c->route, &c->request, &c->told, &reply);
    bool is_worth = reply.status == 200;
    if (is_worth)
        kept = http_kept_new(&reply, c->drawing.key);
    end_drawing(server, c, reply.once ? NULL : kept);
    if (is_worth)
        c->kept = kept;
    else
        set_reply(c, &reply, is_stopping(server));
}

/* Asks the route whether the body may be read; what it says instead becomes the reply. */
static void ask(struct http_server *server, struct http_connection *c) {
    struct http_reply reply;
    struct errinfo info;
    errinfo_init(&info);
    reply_init(&reply, c->access);
    enum err e = c->route->admit(c->route->ctx, &c->request, &reply, &info);
    if (e != ERR_OK)
        draw_failure(server, &c->request, e, &info, &reply);
    c->is_early = reply.status >= 400;
    if (c->is_early)
        set_reply(c, &reply, true);
    else
        buf_release(&reply.body);
}

static void draw(struct http_server *server, struct http_connection *c) {
    struct http_reply reply;
    if (c->refusal.status != 0) {
        set_error(server, c, &c->refusal);
    } else if (c->is_preflight) {
        set_preflight(server, c);
    } else if (c->is_asking) {
        ask(server, c);
    } else if (c->is_kept) {
        draw_kept(server, c);
    } else {
        reply_init(&reply, c->access);
        run_handler(server, c->route, &c->request, &c->told, &reply);
        set_reply(c, &reply, is_stopping(server));
    }
}

/* Tells the client that it has caused too much work. */
static void refuse_for_now(struct http_server *server, struct http_connection *c, uint32_t wait_s) {
    static const char words[] = "your address has asked for too much in a short time";
    char text[RETRY_TEXT_MAX];
    struct http_reply reply;
    if (c->is_kept)
        end_drawing(server, c, NULL);
    snprintf(text, sizeof(text), "%u", wait_s);
    if (wait_s <= PATIENCE_S) {
        set_error(server, c,
                  &(struct http_refusal){429, ERR_LIMIT, words, "Retry-After", str_of(text)});
        return;
    }
    reply_init(&reply, c->access);
    reply.status = 429;
    draw_refusal(server, c, &reply, words);
    http_reply_header(&reply, "Retry-After", str_of(text));
    set_reply(c, &reply, is_stopping(server));
}

/* Draws, or tells the client to wait; both at its cost. */
static void draw_within_budget(struct http_server *server, struct http_connection *c) {
    if (server->budget == NULL) {
        draw(server, c);
        return;
    }
    int64_t now_ns = clock_monotonic_ns(), began_ns = clock_thread_ns();
    uint32_t wait_s = http_budget_wait_s(server->budget, c->client.id, now_ns);
    if (wait_s > 0)
        refuse_for_now(server, c, wait_s);
    else
        draw(server, c);
    http_budget_pay(server->budget, c->client.id, clock_thread_ns() - began_ns, now_ns);
}

void http_draw(void *ctx, struct http_job *job, bool is_given_up) {
    struct http_server *server = ctx;
    struct http_connection *c = (struct http_connection *)job;
    if (is_given_up && http_is_write(c)) {
        http_refuse_write(c);
        set_error(server, c, &c->refusal);
    } else if (!is_given_up && c->kept == NULL) {
        enum http_cache_answer answer = HTTP_CACHE_DRAW;
        if (c->is_kept)
            answer = http_cache_begin(server->cache, &c->drawing, &c->kept);
        if (answer == HTTP_CACHE_FOLLOW)
            return;
        if (answer == HTTP_CACHE_DRAW)
            draw_within_budget(server, c);
    }
    resume(server, c);
}

/* Sending, on the library's thread ------------------------------------------------------------- */

void http_forget_reply(struct http_connection *c) {
    http_kept_put(c->kept);
    if (c->response != NULL)
        MHD_destroy_response(c->response);
    c->kept = NULL;
    c->response = NULL;
}

static enum MHD_Result deliver(struct http_connection *c) {
    struct MHD_Response *response = c->response;
    if (c->kept != NULL)
        response = http_kept_form(c->kept, &c->request, &c->status);
    enum MHD_Result result =
        response != NULL ? MHD_queue_response(c->mhd, c->status, response) : MHD_NO;
    http_forget_reply(c);
    return result;
}

/* Finds what is kept; false when memory is short. */
static bool look_up(struct http_server *server, struct http_connection *c) {
    c->told = c->request;
    c->is_kept = c->refusal.status == 0 && c->route != NULL && (c->route->flags & HTTP_KEPT) != 0;
    if (!c->is_kept)
        return true;
    if (http_route_canonical(c->route, &c->request, &c->told, &c->drawing.key, NULL) != ERR_OK)
        return false;
    c->is_kept = !is_stopping(server);
    if (c->is_kept)
        c->kept = http_cache_find(server->cache, &c->drawing);
    return true;
}

/* Gives the connection to the threads that do what it asks for. */
static enum MHD_Result hand_over(struct http_server *server, struct http_connection *c) {
    c->stage = HTTP_STAGE_DRAWING;
    c->is_writing = !c->is_asking && http_is_write(c);
    if (c->is_writing)
        atomic_fetch_add(&server->writing, 1);
    MHD_suspend_connection(c->mhd);
    http_workers_push(c->is_writing ? &server->writers : &server->workers, &c->job);
    return MHD_YES;
}

enum MHD_Result http_respond_early(struct http_server *server, struct http_connection *c) {
    c->told = c->request;
    c->is_kept = false;
    c->is_early = true;
    return hand_over(server, c);
}

enum MHD_Result http_respond(struct http_server *server, struct http_connection *c) {
    unsigned unused;
    if (c->stage == HTTP_STAGE_DRAWN)
        return deliver(c);
    http_admit_whole(server, c);
    if (!look_up(server, c))
        return MHD_NO;
    if (c->kept != NULL && http_kept_form(c->kept, &c->request, &unused) != NULL)
        return deliver(c);
    return hand_over(server, c);
}

enum MHD_Result http_refuse(struct http_server *server, struct http_connection *c, unsigned status,
                            const char *why) {
    struct http_reply reply;
    c->is_early = true;
    reply_init(&reply, 0);
    reply.status = status;
    draw_refusal(server, c, &reply, why);
    set_reply(c, &reply, true);
    return deliver(c);
}
