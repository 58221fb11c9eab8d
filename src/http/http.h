/*
 * A small HTTP/1.1 server for pages and data: a table of routes, a request, a reply.
 *
 * It knows nothing of what it serves. Every request is checked before a handler sees it: target
 * decoded once and strictly (http/path.h), headers audited (http/audit.h), sizes and time limited.
 * Every reply carries the security headers. A body is read whole, within the limits of its route,
 * before the handler is called; what is wrong with a request is said before its body is read. A
 * connection ends with the reply to a chunked body.
 *
 * Kept routes. What a route marked HTTP_KEPT answers may depend on nothing but the path, the query
 * parameters it names and the data, and the server holds it to that: its handler is called with the
 * path, those parameters, GET and no headers. So a reply is drawn once for each `generation` of the
 * data, compressed, given a tag of its content, and sent from memory until the data changes
 * (http/cache.h). HEAD, If-None-Match and Accept-Encoding are the server's work.
 *
 * Writing routes. What a route marked HTTP_WRITES does waits for the disk, so it runs on threads of
 * its own (`writers`) and holds up no reader. While the server stops, writes that were handed to
 * these threads are finished, also when that takes longer than `drain_ms`; others are refused with
 * 503 and Retry-After, and nothing of them was done.
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
    HTTP_REPLY_HEADERS_MAX = 10,
    HTTP_HEADERS_MAX = 100,
    HTTP_HEADER_SIZE_MAX = 16384, /* bytes of request line and headers; as nginx's 4 x 4 kB */
    HTTP_TARGET_SIZE_MAX = 8192,  /* RFC 9112, 3: at least 8,000 should be taken */
    HTTP_REPLY_SIZE_MAX = 64 << 20,
    HTTP_BODY_SIZE_MAX = 1 << 20, /* of a request, where its route says nothing else */
    HTTP_BODY_FREE = 64 << 10,    /* of a request that nobody is asked about, see `admit` */
    HTTP_ADDRESS_MAX = 80,
};

/* Handlers see the first six; the server answers the others itself. */
enum http_method {
    HTTP_GET,
    HTTP_HEAD,
    HTTP_POST,
    HTTP_PUT,
    HTTP_PATCH,
    HTTP_DELETE,
    HTTP_OPTIONS,
    HTTP_OTHER, /* a method of the standard that nothing here is done with */
};

/* What holds for a route. HTTP_OPEN and HTTP_EMBEDDABLE also open the replies of its errors; an
 * error page may set them for addresses that have no route. */
enum http_flags {
    HTTP_KEPT = 1,       /* see above; only replies with status 200 are kept */
    HTTP_OPEN = 2,       /* pages of other sites may read it (CORS) and show it as a picture */
    HTTP_EMBEDDABLE = 4, /* pages of other sites may frame it */
    HTTP_PRIVATE = 8,    /* what it answers depends on who asks: nobody between may keep it */
    HTTP_WRITES = 16,    /* see above; private, too; also for what reads for seconds */
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
    struct str body;         /* decoded from chunks; ptr NULL = none was sent */
    struct str content_type; /* "application/json": no parameters, small letters */
    struct str client;       /* address of who asks, "203.0.113.7"; "-" = unknown */
    struct str params[HTTP_ROUTE_PARAMS_MAX]; /* what stood for the route's ":names", in order */
    struct arena *arena;                      /* lives until the reply is sent */
};

/* The first value of a header or query parameter; `ptr` is NULL when there is none. */
struct str http_request_header(const struct http_request *request, const char *name);
struct str http_request_query(const struct http_request *request, const char *name);

/* The value of a cookie (RFC 6265, 4.2), without quotes; `ptr` is NULL when there is none. Of two
 * with one name it is the first, which browsers send for the longer path: a name that begins with
 * "__Host-" cannot come twice. */
struct str http_request_cookie(const struct http_request *request, const char *name);

/* Who made a browser send the request. */
enum http_origin {
    HTTP_ORIGIN_UNSAID, /* no browser, or a very old one */
    HTTP_ORIGIN_OURS,   /* a page of this server, or the user himself */
    HTTP_ORIGIN_OTHER,  /* a page of another site: a write that goes by a cookie is to be refused */
};

/* By Sec-Fetch-Site (Fetch Metadata), which no page can set, else by comparing Origin (RFC 6454, 7)
 * with Host. */
enum http_origin http_request_origin(const struct http_request *request);

/*
 * What a handler fills. It starts as 200 with an empty body. Names and values of headers, the
 * content type and the tag are borrowed until the reply is sent: literals or memory of the arena.
 */
struct http_reply {
    unsigned status;
    const char *content_type;
    struct buf body;  /* taken over by the server */
    struct str fixed; /* sent instead of `body` when its ptr is set; outlives the server */
    bool has_file;    /* sent instead of both: */
    int file;         /* an open file, closed by the server; not of kept routes */
    int64_t file_bytes;
    const char *cache; /* value of Cache-Control; NULL = "no-cache": asked again each time, or
                        * "no-store" where the route is private */
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

/* Sends an open file in place of a body, however large it is. The server closes it, also when the
 * handler fails. At most once a reply. */
void http_reply_file(struct http_reply *reply, int file, int64_t bytes);

/* The reply is a file to be saved under `name`, which may hold any character (RFC 6266, RFC 8187).
 * ERR_MEMORY. */
enum err http_reply_download(const struct http_request *request, struct http_reply *reply,
                             struct str name, struct errinfo *info) ERR_CHECK;

/* A cookie for this site, for "/" and what lies below, not shown to scripts, and sent when a link
 * of another site leads here but not with its forms (HttpOnly, SameSite=Lax). */
struct http_cookie {
    const char *name;
    struct str value; /* empty = takes the cookie away */
    int64_t age_s;    /* how long the browser keeps it; 0 = until it is closed */
    bool is_secure;   /* sent over https alone; to be set where visitors come by it */
};

/* Adds Set-Cookie. ERR_MEMORY; ERR_INTERNAL for a value that no cookie may have (RFC 6265, 4.1.1).
 */
enum err http_reply_cookie(const struct http_request *request, struct http_reply *reply,
                           const struct http_cookie *cookie, struct errinfo *info) ERR_CHECK;

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
 * (ERR_NOT_FOUND), 400 (ERR_INPUT, ERR_LIMIT), 403 (ERR_DENIED), 409 (ERR_CONFLICT), 503
 * (ERR_STOPPED) or 500 with an error page; the words of a 500 go to the log, not to the client. A
 * handler may choose another status: where it has set one of 400 or more, that status and the
 * headers of the reply stay, and the words are the client's.
 */
typedef enum err http_handler(void *ctx, const struct http_request *request,
                              struct http_reply *reply, struct errinfo *info);

/*
 * One row of the table. `pattern` is "/", or segments, each literal or ":name", which stands for
 * one segment that is not empty: "/:edition/chains/:chain". The first row that fits path and method
 * answers. Where rows fit the path alone the answer is 405, and Allow names the methods of all of
 * them. Only a GET may be kept or open.
 */
struct http_route {
    enum http_method
        method; /* HTTP_GET serves HEAD, too; not HTTP_HEAD, HTTP_OPTIONS, HTTP_OTHER */
    const char *pattern;
    http_handler *handler;
    void *ctx;
    unsigned flags; /* enum http_flags */
    /* Of a kept route: names of its query parameters, "q page"; NULL = none, "*" = all, for a
     * handler that refuses those it does not know. */
    const char *reads;
    /* Of a POST, PUT or PATCH: bytes of its body at the most; 0 = HTTP_BODY_SIZE_MAX. A larger one
     * is refused with 413, and so is any body of other methods. */
    size_t body_max;
    /* Media types of the body, "application/json text/csv"; NULL = any. Others get 415. */
    const char *takes;
    /* Asked with the head alone, before a body over HTTP_BODY_FREE or in chunks is read: where it
     * fails or sets a status of 400 or more, that is the reply, and nobody who may not write can
     * fill the memory for bodies. NULL = every body is read. */
    http_handler *admit;
};

/* Draws the page of an error, for example of 404, 405, 413 or 500; `info` holds the words. The
 * status is set. */
typedef void http_error_page(void *ctx, const struct http_request *request,
                             const struct errinfo *info, struct http_reply *reply);

/*
 * Words a refusal that comes before any route: of a head that is not in order (400, 414, 431,
 * 501, 505), or of a client that keeps asking for too much (429). `request` is what could be read
 * of it: its path is decoded, or as it came when it could not be; headers may be missing, and those
 * of a head that is not in order are fit for nothing but the choice of words. The status is set. A
 * reply left without a body gets one line of plain text. It is called on the thread that sends, so
 * it must take microseconds and wait for nothing: no data, no lock. What the HTTP library refuses
 * itself, because it is no HTTP, does not come here.
 */
typedef void http_refusal(void *ctx, const struct http_request *request, const struct errinfo *info,
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
    size_t bodies_bytes;         /* 0 = 256 MiB for all bodies at once; beyond, 503 */
    uint32_t threads;            /* 0 = one a core; as many send, and as many draw */
    uint32_t writers;            /* 0 = 32 threads for routes that write, if there are any */
    uint32_t connections_max;    /* 0 = 4,096 */
    uint32_t connections_per_ip; /* 0 = no limit, as behind a proxy */
    const char *proxy;       /* whose X-Forwarded-For is believed (http/client.h); NULL = none */
    uint32_t client_work_ms; /* of drawing a second that a client may cause; 0 = no limit */
    /* 0 = 10,000: from the first byte awaited to a whole request, and 1 s more for each 64 kB of
     * its body that have come */
    int64_t request_deadline_ms;
    int64_t reply_deadline_ms; /* 0 = 120,000: to take a reply */
    bool access_log;           /* one line a request in the log */
};

struct http_server;

/* Listens and serves. ERR_INPUT for an address that cannot be read, ERR_IO when it is taken,
 * ERR_INTERNAL for a route that contradicts itself. */
enum err http_server_new(const struct http_options *options, struct http_server **server,
                         struct errinfo *info) ERR_CHECK;

/* "http://127.0.0.1:8080" with the real port. */
struct str http_server_address(const struct http_server *server);

/*
 * Takes no new connections, lets running requests finish for up to `drain_ms`, then closes all.
 * Returns when no handler runs any more; writes under way are finished and their replies sent.
 * Calling it twice does nothing more.
 */
void http_server_stop(struct http_server *server, int64_t drain_ms);

/* Stops at once when not stopped yet. NULL is allowed. */
void http_server_free(struct http_server *server);

#endif
