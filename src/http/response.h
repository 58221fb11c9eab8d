/*
 * Replies as the HTTP library sends them: a body with all its headers, built once.
 *
 * Queued with status 304 a response is sent without its body, and with the length the body has, as
 * RFC 9110, 8.6 asks; an empty body would tell the length 0.
 *
 * A response counts its users: it may be queued on any number of connections at once, and
 * MHD_destroy_response gives back the caller's own use. Thread rule: any thread.
 */
#ifndef FAIRLEAD_HTTP_RESPONSE_H
#define FAIRLEAD_HTTP_RESPONSE_H

#include <microhttpd.h>

#include "http/http.h"

/* One form of a reply. */
struct http_form {
    struct str body; /* sent in place of the reply's own */
    bool is_given;   /* the response frees the body, which came from base/mem.h; also on failure */
    bool is_gzip;
    bool has_others; /* the reply has forms in other content codings */
    bool is_last;    /* the connection ends with it */
};

/* The response with the reply's headers and status in the given form; NULL when memory is short. */
struct MHD_Response *http_response_new(const struct http_reply *reply,
                                       const struct http_form *form);

/* The plain form of a gzipped response: its headers around `body`, which it takes over as with
 * `is_given`. NULL when memory is short. */
struct MHD_Response *http_response_plain(struct MHD_Response *gzip, struct str body);

#endif
