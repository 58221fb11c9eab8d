/*
 * The server's inside, shared by server.c (the library's callbacks), admit.c (who
 * answers) and respond.c (replies).
 */
#ifndef FAIRLEAD_HTTP_SERVER_H
#define FAIRLEAD_HTTP_SERVER_H

#include <microhttpd.h>

#include "http/budget.h"
#include "http/cache.h"
#include "http/connections.h"

struct http_server {
    struct http_options options;
    char address[HTTP_ADDRESS_MAX];
    int listen_fd;
    struct MHD_Daemon *daemon;
    struct http_connections connections;
    struct http_cache *cache;
    struct http_budget *budget; /* NULL = no limit */
    struct http_workers workers;
    bool has_writers;
    struct http_workers writers; /* run when has_writers is set */
    struct http_body_pool bodies;
    struct http_ticker asking; /* asks for the generation; runs when options.generation is set */
    int64_t generation;        /* of the thread that asks */
    atomic_uint running;       /* requests between their head and their end */
    atomic_uint writing;       /* those of them that were handed to the writers */
    atomic_bool stopping;
};

/* The status for a handler's error. */
unsigned http_status_of(enum err code);

/*
 * Answers a whole, checked request from memory, or suspends its connection and gives it to the
 * workers: then it is called again when the reply is drawn. MHD_NO closes the connection.
 */
enum MHD_Result http_respond(struct http_server *server, struct http_connection *c);

/* Draws the reply of a suspended connection and resumes it; `ctx` is the server. */
http_work http_draw;

/* Answers a request without its body, which must not be read, or asks whether it may be: the stage
 * is HTTP_STAGE_ADMITTED then. Else as http_respond. */
enum MHD_Result http_respond_early(struct http_server *server, struct http_connection *c);

/* Refuses a write that the server, stopping, does not begin any more. */
void http_refuse_write(struct http_connection *c);

/* Gives back what was made to answer a request. */
void http_forget_reply(struct http_connection *c);

/* Refuses a request with one line of plain text; the connection ends with it. */
enum MHD_Result http_refuse(struct http_server *server, struct http_connection *c, unsigned status,
                            const char *why);

#endif
