/*
 * Request targets: decoded and checked once, before anything else looks at them.
 *
 * A path is decoded strictly (RFC 3986, 2.1) and refused when it holds a broken percent sequence,
 * a control character, an encoded slash, a backslash, a segment "." or "..", or bytes that are not
 * UTF-8. So a decoded path can be cut at "/" and its segments compared as they are.
 */
#ifndef FAIRLEAD_HTTP_PATH_H
#define FAIRLEAD_HTTP_PATH_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

enum { HTTP_QUERY_PARAMS_MAX = 100 };

struct http_param {
    struct str name;
    struct str value;
};

/*
 * Cuts a request target into raw path and raw query (without "?"). Takes the origin form
 * "/path?query" and the absolute form "http://host/path?query" (RFC 9112, 3.2); anything else is
 * ERR_INPUT. The pieces are borrowed from `target`.
 */
enum err http_target_split(struct str target, struct str *path, struct str *query,
                           struct errinfo *info) ERR_CHECK;

/* The host with port of the absolute form; `ptr` is NULL for any other form. */
struct str http_target_host(struct str target);

/* The decoded path in memory of `arena`; it starts with "/". ERR_INPUT when refused. O(len). */
enum err http_path_decode(struct arena *arena, struct str raw, struct str *path,
                          struct errinfo *info) ERR_CHECK;

/*
 * The parameters of a query in their order, "+" read as a blank (WHATWG URL, 5.1), in memory of
 * `arena`. A name without "=" has an empty value. ERR_INPUT when a piece is broken, holds a NUL or
 * is not UTF-8; ERR_LIMIT over HTTP_QUERY_PARAMS_MAX.
 */
enum err http_query_decode(struct arena *arena, struct str raw, struct http_param **params,
                           size_t *count, struct errinfo *info) ERR_CHECK;

#endif
