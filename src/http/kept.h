/*
 * A reply kept in its forms, plain and gzipped.
 *
 * The forms are whole responses, ready to be queued on any number of connections at once, with the
 * reply's status or, for a client that has it, with 304. Text is kept gzipped, in a fourth of the
 * memory; its plain form is made when a client first wants it, and stays. Nothing else ever
 * changes. A kept reply counts its users: http_kept_new gives the caller one use, http_kept_put
 * gives one back, the last frees it. A connection that still sends a form needs no use of its own.
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
    HTTP_FORM_OVERHEAD = 1700, /* bytes of a response with its headers, as measured */
};

struct http_kept {
    _Atomic(struct MHD_Response *) plain; /* NULL = not made yet */
    struct MHD_Response *gzip;            /* NULL = none: too small, or no text */
    struct str packed;                    /* the body of `gzip`, of so many bytes: */
    size_t plain_bytes;
    unsigned status;
    char etag[HTTP_TAG_MAX];
    atomic_uint users; /* private */

    /* Of http/cache.c. */
    size_t size_bytes; /* all it takes in memory */
    struct str key;
    uint64_t hash;
    struct http_kept *next; /* with the same place in the table */
    struct http_kept *newer, *older;
    bool is_in_table, is_proved;
};

/*
 * Makes a reply ready to be kept under `key` (copied): compresses it and, where it has no tag,
 * tags it by its content. Takes over the reply's body. NULL when memory is short.
 */
struct http_kept *http_kept_new(struct http_reply *reply, struct str key);

/* The form for this client and its status: 304 when the client has it (RFC 9110, 13.1.2). NULL when
 * it is the plain one and not made yet. Borrowed as long as `kept` is. */
struct MHD_Response *http_kept_form(const struct http_kept *kept,
                                    const struct http_request *request, unsigned *status);

/* Makes the plain form of a gzipped reply. Gives the bytes that it takes in memory, 0 when another
 * thread was faster or memory is short. */
size_t http_kept_unpack(struct http_kept *kept);

/* One more user. */
void http_kept_use(struct http_kept *kept);

/* One user less. NULL is allowed. */
void http_kept_put(struct http_kept *kept);

#endif
