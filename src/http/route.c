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
                                         struct str path,
                                         struct str params[HTTP_ROUTE_PARAMS_MAX]) {
    for (size_t i = 0; i < count; i++)
        if (http_route_fits(routes[i].pattern, path, params))
            return &routes[i];
    return NULL;
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
    return ERR_OK;
}
