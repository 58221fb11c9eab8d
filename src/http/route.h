/*
 * The table of routes: which row answers a path.
 */
#ifndef FAIRLEAD_HTTP_ROUTE_H
#define FAIRLEAD_HTTP_ROUTE_H

#include "http/http.h"

/* Whether `path` fits `pattern`; the segments that stand for ":names" go to `params`. O(len). */
bool http_route_fits(const char *pattern, struct str path,
                     struct str params[HTTP_ROUTE_PARAMS_MAX]);

/* What the table has for a path, whatever the method. */
struct http_allowed {
    unsigned methods; /* a bit 1 << method for each row that fits */
    unsigned flags;   /* of the first row that fits; 0 when there is none */
};

/* The first row that fits `path` and the method, HEAD by a row for GET, with `params` filled, or
 * NULL. `allowed` is filled when it is NULL. O(rows). */
const struct http_route *http_route_find(const struct http_route *routes, size_t count,
                                         enum http_method method, struct str path,
                                         struct str params[HTTP_ROUTE_PARAMS_MAX],
                                         struct http_allowed *allowed);

/* The methods as the value of Allow: "GET, HEAD, POST"; with "OPTIONS" when `has_options`. */
void http_route_allow(unsigned methods, bool has_options, struct buf *value);

/* ERR_INTERNAL, in words, for a row that contradicts itself: kept or open, and not a public GET. */
enum err http_route_check(const struct http_route *route, struct errinfo *info) ERR_CHECK;

/*
 * Makes a request to a kept route canonical: only the parameters that the route reads, in the order
 * in which it names them, GET, no headers. `key` becomes the bytes that name its reply. Both are
 * memory of the request's arena. ERR_MEMORY.
 */
enum err http_route_canonical(const struct http_route *route, const struct http_request *request,
                              struct http_request *canonical, struct str *key,
                              struct errinfo *info) ERR_CHECK;

#endif
