/*
 * The table of routes: which row answers a path.
 */
#ifndef FAIRLEAD_HTTP_ROUTE_H
#define FAIRLEAD_HTTP_ROUTE_H

#include "http/http.h"

/* Whether `path` fits `pattern`; the segments that stand for ":names" go to `params`. O(len). */
bool http_route_fits(const char *pattern, struct str path,
                     struct str params[HTTP_ROUTE_PARAMS_MAX]);

/* The first row that answers `path`, with `params` filled, or NULL. O(rows). */
const struct http_route *http_route_find(const struct http_route *routes, size_t count,
                                         struct str path, struct str params[HTTP_ROUTE_PARAMS_MAX]);

/*
 * Makes a request to a kept route canonical: only the parameters that the route reads, in the order
 * in which it names them, GET, no headers. `key` becomes the bytes that name its reply. Both are
 * memory of the request's arena. ERR_MEMORY.
 */
enum err http_route_canonical(const struct http_route *route, const struct http_request *request,
                              struct http_request *canonical, struct str *key,
                              struct errinfo *info) ERR_CHECK;

#endif
