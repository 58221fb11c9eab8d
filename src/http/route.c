/*
 * The table of routes: see route.h. Tables have some dozens of rows and most differ in their first
 * bytes, so a plain scan costs half a microsecond and keeps the order of the table.
 */
#include "http/route.h"

bool http_route_fits(const char *pattern, struct str path,
                     struct str params[HTTP_ROUTE_PARAMS_MAX]) {
    size_t at = 0, used = 0;
    for (const char *want = pattern; *want != '\0';) {
        if (*want == ':' && want > pattern && want[-1] == '/') {
            size_t from = at;
            while (at < path.len && path.ptr[at] != '/')
                at++;
            if (at == from || used == HTTP_ROUTE_PARAMS_MAX)
                return false;
            params[used++] = str_sub(path, from, at);
            want += strcspn(want, "/");
        } else {
            if (at == path.len || path.ptr[at] != *want)
                return false;
            at++;
            want++;
        }
    }
    return at == path.len;
}

const struct http_route *http_route_find(const struct http_route *routes, size_t count,
                                         enum http_method method, struct str path,
                                         struct str params[HTTP_ROUTE_PARAMS_MAX],
                                         struct http_allowed *allowed) {
    if (method == HTTP_HEAD)
        method = HTTP_GET;
    *allowed = (struct http_allowed){.methods = 0};
    for (size_t i = 0; i < count; i++) {
        if (!http_route_fits(routes[i].pattern, path, params))
            continue;
        if (routes[i].method == method)
            return &routes[i];
        if (allowed->methods == 0)
            allowed->flags = routes[i].flags;
        allowed->methods |= 1U << routes[i].method;
    }
    return NULL;
}

void http_route_allow(unsigned methods, bool has_options, struct buf *value) {
    static const struct {
        enum http_method method;
        const char *name;
    } names[] = {{HTTP_GET, "GET, HEAD"}, {HTTP_POST, "POST"},     {HTTP_PUT, "PUT"},
                 {HTTP_PATCH, "PATCH"},   {HTTP_DELETE, "DELETE"}, {HTTP_OPTIONS, "OPTIONS"}};
    if (has_options)
        methods |= 1U << HTTP_OPTIONS;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if ((methods & 1U << names[i].method) != 0)
            buf_printf(value, "%s%s", value->len > 0 ? ", " : "", names[i].name);
}

enum err http_route_check(const struct http_route *route, struct errinfo *info) {
    const char *why = NULL;
    if (route->method == HTTP_HEAD || route->method > HTTP_DELETE)
        why = "has a method that the server answers itself";
    else if ((route->flags & (HTTP_KEPT | HTTP_OPEN)) == 0)
        return ERR_OK;
    else if (route->method != HTTP_GET)
        why = "is kept or open and is not a GET";
    else if ((route->flags & (HTTP_WRITES | HTTP_PRIVATE)) != 0)
        why = "is kept or open and private";
    if (why == NULL)
        return ERR_OK;
    return err_set(info, ERR_INTERNAL, "the route %s %s", route->pattern, why);
}

/* The parameters that are read, with those of one name in the order in which they were sent; all of
 * them as sent for "*". */
static struct http_param *choose_params(const struct http_request *request, const char *reads,
                                        size_t *count) {
    struct str names = str_of(reads), name;
    struct http_param *chosen =
        arena_new(request->arena, request->query_count + 1, sizeof(*chosen));
    *count = 0;
    if (chosen != NULL && request->query_count > 0 && str_equal_c(names, "*")) {
        memcpy(chosen, request->query, request->query_count * sizeof(*chosen));
        *count = request->query_count;
        return chosen;
    }
    while (chosen != NULL && *count < request->query_count && str_next(&names, " ", &name))
        for (size_t i = 0; i < request->query_count && *count < request->query_count; i++)
            if (str_equal(request->query[i].name, name))
                chosen[(*count)++] = request->query[i];
    return chosen;
}

static char *append(char *at, struct str text) {
    if (text.len > 0)
        memcpy(at, text.ptr, text.len);
    at[text.len] = '\0';
    return at + text.len + 1;
}

enum err http_route_canonical(const struct http_route *route, const struct http_request *request,
                              struct http_request *canonical, struct str *key,
                              struct errinfo *info) {
    struct http_param *params = choose_params(request, route->reads, &canonical->query_count);
    size_t len = request->path.len + 1, count = canonical->query_count;
    if (params == NULL)
        return err_memory(info);
    for (size_t i = 0; i < count; i++)
        len += params[i].name.len + params[i].value.len + 2;
    /* No path, name or value holds a NUL, so the pieces cannot run into one another. */
    char *bytes = arena_new(request->arena, len, 1), *at = bytes;
    if (bytes == NULL)
        return err_memory(info);
    at = append(at, request->path);
    for (size_t i = 0; i < count; i++)
        at = append(append(at, params[i].name), params[i].value);
    *key = (struct str){bytes, len};
    *canonical = *request;
    canonical->method = HTTP_GET;
    canonical->query = params;
    canonical->query_count = count;
    canonical->headers = NULL;
    canonical->header_count = 0;
    canonical->client = STR("-");
    return ERR_OK;
}
