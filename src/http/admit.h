/*
 * Who answers a request, and whether its body is read at all: decided on its head alone.
 *
 * Thread rule: the thread that serves the connection.
 */
#ifndef FAIRLEAD_HTTP_ADMIT_H
#define FAIRLEAD_HTTP_ADMIT_H

#include "http/audit.h"
#include "http/server.h"

/*
 * Finds the route of a checked request. Sets c->route and c->is_preflight, or c->refusal: 404, 405
 * with Allow, 413, 415 with Accept, 429 to who is in debt and sends a body, 503 to writes while the
 * server stops. A refused body must not be read, nor one that c->is_asking for before the route has
 * admitted it.
 */
void http_admit(struct http_server *server, struct http_connection *c,
                const struct http_framing *framing);

/* Bytes of body that the route takes with this method; 0 = none at all. */
size_t http_admit_body_max(const struct http_connection *c);

/* Refuses what does not fit or came too late, once the body is there. */
void http_admit_whole(struct http_server *server, struct http_connection *c);

/* Whether the request is one for the threads of writers. */
bool http_is_write(const struct http_connection *c);

#endif
