/*
 * The audit of a request's head, before any handler sees it.
 *
 * A server that reads a head differently from the proxy in front of it can be made to serve one
 * person's request as another's (request smuggling). So what is ambiguous is refused: RFC 9112,
 * 3.2 (Host), 5.1 (names), 6.1 and 6.3 (length). What the HTTP library hides of a head is found by
 * http/head.h.
 */
#ifndef FAIRLEAD_HTTP_AUDIT_H
#define FAIRLEAD_HTTP_AUDIT_H

#include "http/http.h"

/* How the body of a request is delimited. */
struct http_framing {
    bool is_chunked;
    uint64_t length; /* Content-Length, UINT64_MAX for all that is larger; 0 when there is none */
};

/*
 * 0 when the request may be served, else the status to refuse it with; `why` then holds words.
 * `version` is "HTTP/1.1"; the headers are all of the request's, with the blanks at the ends of
 * their values: the library takes a coding "chunked " for none. `framing` is set on 0.
 */
unsigned http_audit_head(struct str method, struct str version, const struct http_header *headers,
                         size_t count, struct http_framing *framing, const char **why);

/* The same for the target as sent: no blanks, control characters or fragment, and in the absolute
 * form the host that the headers name (RFC 9112, 3.2). */
unsigned http_audit_target(const struct http_request *request, struct str target, const char **why);

#endif
