/*
 * Answering: what every request of the API needs around its route. See api.h.
 *
 * Routes are kept by the server (http/http.h): a reply is drawn once for each state of the data,
 * gets a tag of its content and is sent from memory. They read all parameters, so that one that
 * nobody knows is refused instead of left out.
 */
#include "api/api.h"

#include <stdio.h>

#include "api/data.h"
#include "api/list.h"
#include "api/problem.h"
#include "api/query.h"
#include "api/session.h"
#include "base/log.h"
#include "base/mem.h"

enum { PATTERN_BYTES_MAX = 96 };

/* A route bound to its API, and its path as the server writes it. */
struct bound {
    const struct api *api;
    const struct api_route *route;
    char pattern[PATTERN_BYTES_MAX];
};

struct api {
    struct snapshots *snapshots;
    struct desk *desk;                 /* NULL = for reading only */
    const struct api_license *license; /* of the open data, or NULL */
    struct bound *bound;
    struct http_route *routes;
    size_t route_count;
};

/* ---- one request ---- */

/* The edition that is asked for: named, or that of the cursor; empty = the current one. */
static struct str edition_of(const struct api_call *call) {
    for (uint32_t i = 0; call->route->param[i] != NULL; i++)
        if (str_equal_c(str_of("edition"), call->route->param[i]->name) &&
            call->value[i].ptr != NULL)
            return call->value[i];
    return call->cursor_edition;
}

static enum err open_edition(const struct api *api, struct api_call *call, struct errinfo *info) {
    struct str edition = edition_of(call);
    if (!call->route->is_of_edition)
        return ERR_OK;
    enum err e = snapshots_get(api->snapshots, edition, &call->scope.snapshot, info);
    if (e == ERR_OK)
        call->scope.view = snapshot_view(call->scope.snapshot);
    if (e == ERR_NOT_FOUND) {
        err_hint(info, "/api/v1/editions lists the editions");
        api_call_problem(call, API_PROBLEM_NOT_FOUND, edition.len > 0 ? "edition" : NULL, e);
    }
    return e;
}

static enum err write_found(struct api_call *call, struct errinfo *info) {
    const void *row;
    struct json_out json;
    enum err e = call->route->find(call, &row, info);
    if (e != ERR_OK)
        return e;
    json_init(&json, &call->reply->body);
    api_write_row(&json, &call->scope, call->route->record, row, call->chosen);
    return ERR_OK;
}

static enum err draw(struct api_call *call, struct errinfo *info) {
    const struct api_route *route = call->route;
    /* A draw that has several says which. */
    call->reply->content_type =
        route->content_type != NULL ? route->content_type : "application/json";
    enum err e = route->find != NULL   ? write_found(call, info)
                 : route->list != NULL ? api_list_answer(call, info)
                                       : route->draw(call, info);
    if (e == ERR_OK)
        e = call->scope.failed;
    return e == ERR_OK ? buf_error(&call->reply->body, info) : e;
}

/* Who asks, and whether that one may. */
static enum err admit(struct api_call *call, struct errinfo *info) {
    if (call->route->right == RIGHT_PUBLIC)
        return ERR_OK;
    enum err e = api_identify(call, info);
    if (e == ERR_OK && !access_has(api_call_access(call), call->route->right))
        e = access_check(api_call_access(call), call->route->right, NULL, info);
    return e;
}

/* Whoever runs the server reads what the disk said, whoever asks what it means. */
static void tell_disk(const struct api_call *call, struct errinfo *info) {
    char words[2 * ERR_TEXT_MAX];
    err_format(info, words, sizeof(words));
    log_line(LOG_ERROR, "api", "%.*s: %s", STR_ARG(call->request->path), words);
    err_set(info, ERR_IO, "nothing was saved: the disk of the server is full or fails");
    err_hint(info, "Tell whoever runs the server, and try again");
}

static struct api_call begin(const struct bound *bound, const struct http_request *request,
                             struct http_reply *reply, struct errinfo *info) {
    reply->status = api_route_status(bound->route);
    return (struct api_call){
        .route = bound->route,
        .request = request,
        .reply = reply,
        .scope = {.arena = request->arena, .info = info},
        .license = bound->api->license,
        .desk = bound->api->desk,
    };
}

/* Gives back what the call has taken, and writes the problem where there was one. */
static enum err finish(const struct bound *bound, struct api_call *call, enum err e,
                       struct errinfo *info) {
    snapshots_put(bound->api->snapshots, call->scope.snapshot);
    desk_end(call->desk, call->reader);
    if (e == ERR_OK)
        return ERR_OK;
    if (call->problem == API_PROBLEM_NONE)
        call->problem = api_problem_of(e);
    if (call->problem == API_PROBLEM_INTERNAL) {
        call->reply->status = 500;
        return e; /* the server logs it and asks for an error page */
    }
    if (call->problem == API_PROBLEM_DISK)
        tell_disk(call, info);
    api_problem_write(call->reply, call->problem, info, call);
    return ERR_OK;
}

/* Whether one who sends a large body may write at all, before it is read. */
static enum err admit_body(void *ctx, const struct http_request *request, struct http_reply *reply,
                           struct errinfo *info) {
    const struct bound *bound = ctx;
    struct api_call call = begin(bound, request, reply, info);
    return finish(bound, &call, admit(&call, info), info);
}

static enum err answer(void *ctx, const struct http_request *request, struct http_reply *reply,
                       struct errinfo *info) {
    const struct bound *bound = ctx;
    struct api_call call = begin(bound, request, reply, info);
    enum err e = admit(&call, info);
    if (e == ERR_OK)
        e = api_query_read(&call, info);
    if (e == ERR_OK)
        e = open_edition(bound->api, &call, info);
    if (e == ERR_OK)
        e = draw(&call, info);
    return finish(bound, &call, e, info);
}

/* ---- errors that no route met ---- */

bool api_owns(struct str path) {
    return str_equal_c(path, "/api") || str_starts(path, STR("/api/"));
}

void api_error_page(void *ctx, const struct http_request *request, const struct errinfo *info,
                    struct http_reply *reply) {
    struct errinfo words = *info;
    enum api_problem_kind kind = api_problem_of_status(reply->status);
    if (kind == API_PROBLEM_NOT_FOUND)
        err_hint(&words, "/api/v1 lists the addresses of the API");
    reply->access |= HTTP_OPEN;
    api_problem_write(reply, kind, &words, NULL);
}

void api_refusal(void *ctx, const struct http_request *request, const struct errinfo *info,
                 struct http_reply *reply) {
    reply->access |= HTTP_OPEN;
    api_problem_write(
        reply, reply->status == 400 ? API_PROBLEM_MALFORMED : api_problem_of_status(reply->status),
        info, NULL);
}

/* ---- life ---- */

/* "/api/v1/chains/{code}" as the server writes it: "/api/v1/chains/:code". */
static void make_pattern(const char *path, char pattern[PATTERN_BYTES_MAX]) {
    size_t len = 0;
    for (; *path != '\0' && len + 1 < PATTERN_BYTES_MAX; path++)
        if (*path != '}')
            pattern[len++] = *path == '{' ? ':' : *path;
    pattern[len] = '\0';
}

static enum err set_license(struct api *api, const char *name, struct errinfo *info) {
    char known[ERR_TEXT_MAX] = "";
    if (name == NULL)
        return ERR_OK;
    api->license = api_license_find(str_of(name));
    if (api->license != NULL)
        return ERR_OK;
    for (const struct api_license *l = api_licenses; l->name != NULL; l++) {
        size_t used = strlen(known);
        snprintf(known + used, sizeof(known) - used, "%s%s", used > 0 ? ", " : "", l->name);
    }
    err_set(info, ERR_INPUT, "\"%.100s\" is no licence that is known here", name);
    err_hint(info, "Known are %s", known);
    return ERR_INPUT;
}

/* Adds a row to the server's table. What is public is kept; all else depends on who asks. */
static void bind(struct api *api, const struct api_route *route) {
    struct bound *bound = &api->bound[api->route_count];
    struct http_route *row = &api->routes[api->route_count++];
    bound->api = api;
    bound->route = route;
    make_pattern(route->path, bound->pattern);
    *row = (struct http_route){
        .method = route->method, .pattern = bound->pattern, .handler = answer, .ctx = bound};
    /* The desk reads on the threads of the writing routes, too: a copy of the database, its check
     * or the preview of an import takes seconds, for which no visitor's page may wait. */
    row->flags = api_route_is_kept(route) ? HTTP_KEPT | HTTP_OPEN : HTTP_WRITES;
    if (api_route_is_kept(route))
        row->reads = "*";
    row->takes = route->body != NULL ? "application/json" : route->body_type;
    row->body_max = route->body_max;
    row->admit = admit_body;
}

enum err api_new(const struct api_options *options, struct api **out, struct errinfo *info) {
    struct api *api = mem_new(1, sizeof(*api));
    if (api == NULL)
        return err_memory(info);
    api->snapshots = options->snapshots;
    api->desk = options->desk;
    api->bound = mem_new(api_routes_count, sizeof(*api->bound));
    api->routes = mem_new(api_routes_count, sizeof(*api->routes));
    enum err e = api->bound != NULL && api->routes != NULL
                     ? set_license(api, options->license, info)
                     : err_memory(info);
    if (e != ERR_OK) {
        api_free(api);
        return e;
    }
    for (uint32_t i = 0; i < api_routes_count; i++)
        if (api_route_is_kept(&api_routes[i]) || api->desk != NULL)
            bind(api, &api_routes[i]);
    *out = api;
    return ERR_OK;
}

void api_free(struct api *api) {
    if (api == NULL)
        return;
    mem_free(api->bound);
    mem_free(api->routes);
    mem_free(api);
}

const struct http_route *api_http_routes(const struct api *api, size_t *count) {
    *count = api->route_count;
    return api->routes;
}
