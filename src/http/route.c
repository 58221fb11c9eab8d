/*
 * The table of routes: see route.h. Tables have some dozens of rows and most rows differ in their
 * first bytes, so a plain scan costs well under a microsecond and keeps the order of the table.
 */
#include "http/route.h"

bool http_route_fits(const char *pattern, struct str path,
                     struct str params[HTTP_ROUTE_PARAMS_MAX]) {
    struct str wanted = str_of(pattern), want, have;
    size_t used = 0;
    while (str_next(&wanted, "/", &want)) {
        if (!str_next(&path, "/", &have))
            return false;
        if (want.len > 0 && want.ptr[0] == ':') {
            if (have.len == 0 || used == HTTP_ROUTE_PARAMS_MAX)
                return false;
            params[used++] = have;
        } else if (!str_equal(want, have)) {
            return false;
        }
    }
    return path.ptr == NULL;
}

const struct http_route *http_route_find(const struct http_route *routes, size_t count,
                                         struct str path,
                                         struct str params[HTTP_ROUTE_PARAMS_MAX]) {
    for (size_t i = 0; i < count; i++)
        if (http_route_fits(routes[i].pattern, path, params))
            return &routes[i];
    return NULL;
}
