/*
 * A small HTTP/1.1 server for pages and data: a table of routes, a request, a reply.
 *
 * It knows nothing of what it serves. Every request is checked before a handler sees it: target
 * decoded once and strictly (http/path.h), headers audited (http/audit.h), sizes and time limited.
 * Every reply carries the security headers. Only GET and HEAD are taken; a request with a body is
 * refused.
 *
 * Kept routes. What a route marked HTTP_KEPT answers may depend on nothing but the path, the query
 * parameters it names and the data, and the server holds it to that: its handler is called with the
 * path, those parameters, GET and no headers. So a reply is drawn once for each `generation` of the
 * data, compressed, given a tag of its content, and sent from memory until the data changes
 * (http/cache.h). HEAD, If-None-Match and Accept-Encoding are the server's work.
 *
 * Life cycle: http_server_new starts to listen and serve at once; http_server_stop (any thread,
 * not a signal handler) ends it gracefully; http_server_free releases what is left.
 *
 * Thread rule: handlers run on worker threads, several at once when `threads` > 1; they may only
 * read what the ctx of their route points to, or lock it themselves. A request and its arena belong
 * to one handler call. Kept replies are sent without the workers; a handler that takes long holds
 * up only what must be drawn after it.
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

/* What holds for a route. The last two also open the replies of its errors; an error page may set
 * them for addresses that have no route. */
enum http_flags {
    HTTP_KEPT = 1,      /* see above; only replies with status 200 are kept */
    HTTP_OPEN = 2,      /* pages of other sites may read it (CORS) and show it as a picture */
    HTTP_EMBEDDABLE = 4 /* pages of other sites may frame it */
};

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
    struct buf body;   /* taken over by the server */
    struct str fixed;  /* sent instead of `body` when its ptr is set; outlives the server */
    const char *cache; /* value of Cache-Control; NULL = "no-cache": asked again each time */
    const char *vary;  /* headers that the reply depends on, "Accept-Language"; or NULL */
    struct str etag;   /* without quotes; empty = none, or of the content when kept */
    unsigned access;   /* HTTP_OPEN, HTTP_EMBEDDABLE; at first those of the route */
    bool once;         /* of a kept route: not worth keeping */
    struct http_header headers[HTTP_REPLY_HEADERS_MAX];
    size_t header_count;
};

/* Adds a header, for example X-Robots-Tag; the value is not empty. More than
 * HTTP_REPLY_HEADERS_MAX are a bug of the caller and left out. */
void http_reply_header(struct http_reply *reply, const char *name, struct str value);

/* The reply is a file to be saved under `name`, which may hold any character (RFC 6266, RFC 8187).
 * ERR_MEMORY. */
enum err http_reply_download(const struct http_request *request, struct http_reply *reply,
                             struct str name, struct errinfo *info) ERR_CHECK;

/* A redirect to a path of this server, already encoded; `status` is 301, 302, 303, 307 or 308. */
void http_reply_redirect(struct http_reply *reply, unsigned status, struct str path);

/* Whether the client has what `etag` stands for (If-None-Match, RFC 9110, 13.1.2). */
bool http_request_has(const struct http_request *request, struct str etag);

/* A file built into the program. */
struct http_asset {
    const char *path; /* "/assets/site.css" */
    const char *content_type;
    const char *etag; /* of the content */
    struct str content;
};

/* Answers with an asset on a kept route that reads "v". Where the address names the content
 * (`?v=etag`) browsers may have it for a year. */
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
    unsigned flags; /* enum http_flags */
    /* Of a kept route: names of its query parameters, "q page"; NULL = none, "*" = all, for a
     * handler that refuses those it does not know. */
    const char *reads;
};

/* Draws the page of a 400, 403, 404, 405, 429 or 500; `info` holds the words. The status is set. */
typedef void http_error_page(void *ctx, const struct http_request *request,
                             const struct errinfo *info, struct http_reply *reply);

/*
 * Words a refusal that comes before any route: of a head that is not in order (400, 413, 414, 431,
 * 501, 505), or of a client that keeps asking for too much (429). `path` is decoded, or as it came
 * when it could not be; the status is set. A reply left without a body gets one line of plain text.
 * It is called on the thread that sends, so it must be as cheap as that line. What the HTTP library
 * refuses itself, because it is no HTTP, does not come here.
 */
typedef void http_refusal(void *ctx, struct str path, const struct errinfo *info,
                          struct http_reply *reply);

/*
 * A number that is another one after what the handlers of kept routes draw from has changed; they
 * then draw from that state or a newer one. Asked four times a second on a thread of its own.
 */
typedef int64_t http_generation(void *ctx);

struct http_options {
    const char *listen;              /* "127.0.0.1:8080", "[::1]:0", "localhost:80"; 0 = any */
    const struct http_route *routes; /* outlive the server */
    size_t route_count;
    http_error_page *error_page; /* NULL = one line of plain text */
    http_refusal *refusal;       /* NULL = one line of plain text */
    void *error_ctx;             /* of both */
    http_generation *generation; /* NULL = nothing ever changes */
    void *generation_ctx;
    size_t cache_bytes;          /* 0 = 64 MiB for kept replies */
    uint32_t threads;            /* 0 = one a core; as many send, and as many draw */
    uint32_t connections_max;    /* 0 = 4,096 */
    uint32_t connections_per_ip; /* 0 = no limit, as behind a proxy */
    const char *proxy;       /* whose X-Forwarded-For is believed (http/client.h); NULL = none */
    uint32_t client_work_ms; /* of drawing a second that a client may cause; 0 = no limit */
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
