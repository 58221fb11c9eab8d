/*
 * The body of a request while it comes in.
 *
 * It is kept whole in memory, within the limit of its route and within one limit for all bodies at
 * once, which is counted as bytes come, not as they are announced: who announces 64 MiB and sends
 * nothing takes nothing from the others. A body that outgrows its limits is read on and thrown
 * away, for as long again as its route allows, so that the client can be told; then no more is
 * taken.
 *
 * Life cycle: http_body_begin, http_body_add for each piece, http_body_release, also of one never
 * begun. Thread rule: one thread at a time; the pool is shared by all.
 */
#ifndef FAIRLEAD_HTTP_BODY_H
#define FAIRLEAD_HTTP_BODY_H

#include <stdatomic.h>

#include "base/buf.h"

/* How many bytes all bodies may take at once. */
struct http_body_pool {
    size_t bytes_max;
    atomic_size_t used; /* private */
};

struct http_body {
    struct http_body_pool *pool; /* all private */
    struct buf bytes;
    size_t max;
    size_t counted; /* in the pool */
    size_t thrown_away;
    bool is_short; /* the pool is full, or memory is short */
};

/* What has become of it. */
enum http_body_state {
    HTTP_BODY_TAKEN,
    HTTP_BODY_TOO_LARGE,
    HTTP_BODY_NO_ROOM, /* other bodies take too much at present */
};

void http_body_begin(struct http_body *body, struct http_body_pool *pool, size_t max);

/* Takes a piece; false when nothing more is to be read at all. */
bool http_body_add(struct http_body *body, const char *bytes, size_t len);

enum http_body_state http_body_state(const struct http_body *body);

/* The bytes so far, borrowed; ptr is not NULL. */
struct str http_body_str(const struct http_body *body);

void http_body_release(struct http_body *body);

#endif
