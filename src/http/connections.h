/*
 * The open connections and the clock that ends slow ones.
 *
 * The HTTP library's own timeout restarts with every byte, so a client that sends one byte a second
 * would hold its connection for ever. Here each connection has one deadline: the time by which the
 * request awaited must be whole, or the reply taken. A thread looks a few times a second and shuts
 * the sockets of those that are late; the library then sees the end of the stream and cleans up.
 *
 * Thread rule: any thread, except that a connection's own fields belong to the thread serving it:
 * the library's, or a worker while the stage is HTTP_STAGE_DRAWING. `deadline_ns` is atomic.
 */
#ifndef FAIRLEAD_HTTP_CONNECTIONS_H
#define FAIRLEAD_HTTP_CONNECTIONS_H

#include <pthread.h>
#include <stdatomic.h>

#include "http/body.h"
#include "http/cache.h"
#include "http/client.h"
#include "http/linger.h"
#include "http/ticker.h"
#include "http/workers.h"

struct MHD_Connection;
struct MHD_Response;

/* Why a request is not given to its handler; status 0 = it is. */
struct http_refusal {
    unsigned status;
    enum err code;
    const char *words;
    const char *header; /* that the reply must have, or NULL */
    struct str value;
};

enum http_stage {
    HTTP_STAGE_NONE,     /* no request, or its head is not whole */
    HTTP_STAGE_CHECKED,  /* the head is in order, or refused */
    HTTP_STAGE_DRAWING,  /* suspended: the request belongs to the workers */
    HTTP_STAGE_ADMITTED, /* resumed, for its body to be read */
    HTTP_STAGE_DRAWN,    /* resumed, with a response or without */
};

struct http_connection {
    struct http_job job;          /* first: a worker gets the connection by it */
    struct http_connection *next; /* private */
    struct http_connection *prev; /* private */
    struct MHD_Connection *mhd;
    int fd;
    _Atomic int64_t deadline_ns; /* clock_monotonic_ns value */
    struct http_client peer;     /* who holds the other end: the client, or a proxy */
    /* The request in work; requests of a connection come one after the other. */
    struct arena arena;
    struct str target;     /* as sent; ptr NULL = no memory for it */
    const char *target_at; /* where the library has it */
    struct http_request request;
    struct http_client client;
    enum http_stage stage;
    int64_t began_ns, body_began_ns;
    bool has_body; /* also when it is refused */
    struct http_body body;
    /* How it is answered. */
    const struct http_route *route;
    struct http_refusal refusal;
    unsigned access; /* of the reply: enum http_flags */
    bool is_preflight;
    bool is_asking;                /* whether its body may be read */
    bool is_last;                  /* the connection ends with it */
    bool is_early;                 /* answered before it was read */
    bool is_writing;               /* counted in the server's `writing` */
    bool is_kept;                  /* the reply comes from the cache or goes there */
    struct http_request told;      /* the request as the handler may see it */
    struct http_drawing drawing;   /* the reply it asks for */
    struct http_kept *kept;        /* a use of it, or */
    struct MHD_Response *response; /* a response of its own; NULL = none for want of memory */
    unsigned status;
};

struct http_connections {
    pthread_mutex_t lock;
    struct http_ticker ticker;
    struct http_linger linger;
    struct http_connection *first;
};

/* Starts the watching thread. */
enum err http_connections_init(struct http_connections *all, struct errinfo *info) ERR_CHECK;

/* Ends the thread; the list is empty by then. */
void http_connections_release(struct http_connections *all);

/* A connection on socket `fd` whose first request must be whole by `deadline_ns`; NULL when memory
 * is short. */
struct http_connection *http_connection_new(struct http_connections *all,
                                            struct MHD_Connection *mhd, int fd,
                                            int64_t deadline_ns);

/* To be called while the socket is still open: its number may not be reused before. The socket of
 * one that `is_early` lingers. */
void http_connection_free(struct http_connections *all, struct http_connection *c);

#endif
