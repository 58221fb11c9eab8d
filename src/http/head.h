/*
 * Whether the HTTP library has read the whole head, byte for byte.
 *
 * The library reads more into a head than RFC 9112 allows: it joins a folded line to the *name*
 * of its header, takes a value to end at a NUL, ends lines at a bare LF, and passes over blanks in
 * the request line. A proxy in front may read such a head differently (request smuggling), so it is
 * refused. What the library hands out are pieces of its read buffer, in which it has put a zero
 * over each separator; so the pieces are laid over the buffer, and where they do not cover it but
 * for one zero for a separator and two for the end of a line, something was joined, cut off or
 * passed over.
 *
 * This asks nothing of the library but that the pieces lie where the bytes were read. Should a
 * later version copy them, every request is refused, and the tests say so.
 *
 * What it cannot tell are a NUL at the end of a line, and a last line that is a lone colon, where
 * they make up for a CR that is missing there. The proxy in front passes neither on
 * (tests/http/nginx_test.py).
 *
 * Thread rule: pure. O(headers).
 */
#ifndef FAIRLEAD_HTTP_HEAD_H
#define FAIRLEAD_HTTP_HEAD_H

#include "http/http.h"

struct http_head {
    size_t size; /* from the first byte of the method to the end of the empty line */
    struct str method, target, version;
    const struct http_header *headers; /* values with the blanks at their ends */
    size_t header_count;
};

/* The pieces hold no NUL, and the method begins the buffer. */
bool http_head_is_covered(const struct http_head *head);

#endif
