/*
 * A small HTTP/1.1 server for pages and data: a table of routes, a request, a reply.
 *
 * It knows nothing of what it serves. Every request is checked before a handler sees it: target
 * decoded once and strictly (http/path.h), headers audited (http/audit.h), sizes and time limited.
 * Every reply carries the security headers. Only GET and HEAD are taken; a request with a body is
 * refused.
 *
 * Life cycle: http_server_new starts to listen and serve at once; http_server_stop (any thread,
 * not a signal handler) ends it gracefully; http_server_free releases what is left.
 *
 * Thread rule: handlers run on the server's threads, several at once when `threads` > 1; they may
 * only read what the ctx of their route points to, or lock it themselves. A request and its arena
 * belong to one handler call. A handler should return within 10 ms: longer work is a job.
 */
#ifndef FAIRLEAD_HTTP_HTTP_H
#define FAIRLEAD_HTTP_HTTP_H

#include "base/arena.h"
#include "base/buf.h"
#include "http/path.h"

enum {
    HTTP_ROUTE_PARAMS_MAX = 4,
    HTTP_REPLY_HEADERS_MAX = 6,
    HTTP_HEADERS_MAX = 100,
    HTTP_HEADER_SIZE_MAX = 16384, /* bytes of request line and headers; as nginx's 4 x 4 kB */
    HTTP_TARGET_SIZE_MAX = 8192,  /* RFC 9112, 3: at least 8,000 should be taken */
    HTTP_REPLY_SIZE_MAX = 64 << 20,
    HTTP_ADDRESS_MAX = 80,
};

enum http_method { HTTP_GET, HTTP_HEAD };

struct http_header {
    struct str name;
    struct str value;
};

struct http_request {
    enum http_method method;
    struct str path; /* decoded, starts with "/" */
    const struct http_param *query;
    size_t query_count;
    const struct http_header *headers;
    size_t header_count;
    struct str params[HTTP_ROUTE_PARAMS_MAX]; /* what stood for the route's ":names", in order */
    struct arena *arena;                      /* lives until the reply is sent */
};

/* The first value of a header or query parameter; `ptr` is NULL when there is none. */
struct str http_request_header(const struct http_request *request, const char *name);
struct str http_request_query(const struct http_request *request, const char *name);

/*
 * What a handler fills. It starts as 200 with an empty body. Names and values of headers, the
 * content type and the tag are borrowed until the reply is sent: literals or memory of the arena.
 */
struct http_reply {
    unsigned status;
    const char *content_type;
    struct buf body;         /* taken over by the server */
    struct str fixed;        /* sent instead of `body` when its ptr is set; outlives the server */
    const char *encoding;    /* content encoding of the body, or NULL */
    const char *cache;       /* value of Cache-Control; NULL = "no-cache": asked again each time */
    struct str etag;         /* without quotes; empty = none. Sent as a weak tag */
    bool varies_by_encoding; /* says so to caches between */
    struct http_header headers[HTTP_REPLY_HEADERS_MAX];
    size_t header_count;
};

/* Adds a header; more than HTTP_REPLY_HEADERS_MAX are a bug of the caller and left out. */
void http_reply_header(struct http_reply *reply, const char *name, struct str value);

/* A redirect to a path of this server, already encoded; `status` is 301, 302, 303, 307 or 308. */
void http_reply_redirect(struct http_reply *reply, unsigned status, struct str path);

/*
 * Sets the tag of the reply and tells whether the client has it already (If-None-Match, RFC 9110,
 * 13.1.2). If so the status is 304 and there is nothing more to draw.
 */
bool http_reply_is_fresh(const struct http_request *request, struct http_reply *reply,
                         struct str etag);

/* A file built into the program, plain and gzipped. */
struct http_asset {
    const char *path; /* "/assets/site.css" */
    const char *content_type;
    const char *etag; /* of the content */
    struct str plain;
    struct str gzip; /* empty = none */
};

/* Answers with an asset, in the form the client takes (RFC 9110, 12.5.3), kept for a year when the
 * address names its content (`?v=etag`). */
void http_reply_asset(const struct http_request *request, struct http_reply *reply,
                      const struct http_asset *asset);

/*
 * Answers one request. On an error code the server drops what the reply holds and answers 404
 * (ERR_NOT_FOUND), 400 (ERR_INPUT, ERR_LIMIT), 403 (ERR_DENIED) or 500 with an error page; the
 * words of a 500 go to the log, not to the client.
 */
typedef enum err http_handler(void *ctx, const struct http_request *request,
                              struct http_reply *reply, struct errinfo *info);

/* One row of the table. `pattern` is "/", or segments, each literal or ":name", which stands for
 * one segment that is not empty: "/:edition/chains/:chain". The first row that fits answers. */
struct http_route {
    enum http_method method; /* HTTP_GET serves HEAD, too */
    const char *pattern;
    http_handler *handler;
    void *ctx;
};

/* Draws the page of a 400, 403, 404, 405 or 500; `info` holds the words. The status is set. */
typedef void http_error_page(void *ctx, const struct http_request *request,
                             const struct errinfo *info, struct http_reply *reply);

struct http_options {
    const char *listen;              /* "127.0.0.1:8080", "[::1]:0", "localhost:80"; 0 = any */
    const struct http_route *routes; /* outlive the server */
    size_t route_count;
    http_error_page *error_page; /* NULL = one line of plain text */
    void *error_ctx;
    uint32_t threads;            /* 0 = one a core */
    uint32_t connections_max;    /* 0 = 4,096 */
    uint32_t connections_per_ip; /* 0 = no limit, as behind a proxy */
    int64_t request_deadline_ms; /* 0 = 10,000: from the first byte awaited to a whole request */
    int64_t reply_deadline_ms;   /* 0 = 120,000: to take a reply */
    bool access_log;             /* one line a request in the log */
};

struct http_server;

/* Listens and serves. ERR_INPUT for an address that cannot be read, ERR_IO when it is taken. */
enum err http_server_new(const struct http_options *options, struct http_server **server,
                         struct errinfo *info) ERR_CHECK;

/* "http://127.0.0.1:8080" with the real port. */
struct str http_server_address(const struct http_server *server);

/*
 * Takes no new connections, lets running requests finish for up to `drain_ms`, then closes all.
 * Returns when no handler runs any more. Calling it twice does nothing more.
 */
void http_server_stop(struct http_server *server, int64_t drain_ms);

/* Stops at once when not stopped yet. NULL is allowed. */
void http_server_free(struct http_server *server);

#endif
