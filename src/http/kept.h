/*
 * A reply kept in its forms, plain and gzipped.
 *
 * The forms are whole responses, ready to be queued on any number of connections at once, with the
 * reply's status or, for a client that has it, with 304. Once made it never changes. It counts its
 * users: http_kept_new gives the caller one use, http_kept_put gives one back, the last frees it. A
 * connection that still sends a form needs no use of its own.
 *
 * Thread rule: any thread.
 */
#ifndef FAIRLEAD_HTTP_KEPT_H
#define FAIRLEAD_HTTP_KEPT_H

#include <stdatomic.h>

#include "http/http.h"

struct MHD_Response;

enum {
    HTTP_TAG_MAX = 64,
    HTTP_KEPT_OVERHEAD = 3400, /* bytes of two responses with their headers, as measured */
};

struct http_kept {
    struct MHD_Response *plain;
    struct MHD_Response *gzip; /* NULL = none: too small, or no text */
    unsigned status;
    char etag[HTTP_TAG_MAX];
    size_t size_bytes; /* all it takes in memory */
    atomic_uint users; /* private */

    /* Of http/cache.c. */
    struct str key;
    uint64_t hash;
    struct http_kept *next; /* with the same place in the table */
    struct http_kept *newer, *older;
    bool is_proved;
};

/*
 * Makes a reply ready to be kept under `key` (copied): compresses it and, where it has no tag,
 * tags it by its content. Takes over the reply's body. NULL when memory is short.
 */
struct http_kept *http_kept_new(struct http_reply *reply, struct str key);

/* The form for this client and its status: 304 when the client has it (RFC 9110, 13.1.2). Borrowed
 * as long as `kept` is. */
struct MHD_Response *http_kept_form(const struct http_kept *kept,
                                    const struct http_request *request, unsigned *status);

/* One more user. */
void http_kept_use(struct http_kept *kept);

/* One user less. NULL is allowed. */
void http_kept_put(struct http_kept *kept);

#endif
