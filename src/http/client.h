/*
 * Who asks: the address of a client, also behind a proxy.
 *
 * A proxy connects in its clients' place and writes the address of each at the end of
 * X-Forwarded-For. Anybody can send that header, so it is believed only when the connection comes
 * from the proxy that the operator named, and only its last member, which that proxy wrote itself.
 * The header Forwarded (RFC 7239) is not read at all: a proxy that writes X-Forwarded-For lets
 * a client's own Forwarded pass.
 *
 * Thread rule: pure functions.
 */
#ifndef FAIRLEAD_HTTP_CLIENT_H
#define FAIRLEAD_HTTP_CLIENT_H

#include "http/http.h"

struct sockaddr;

enum { HTTP_CLIENT_TEXT_MAX = 46 }; /* INET6_ADDRSTRLEN */

struct http_client {
    /* One number a client: an IPv4 address, or the first 64 bits of an IPv6 address, because one
     * line is given that many addresses (RFC 6177). 0 = not known. */
    uint64_t id;
    char text[HTTP_CLIENT_TEXT_MAX]; /* "203.0.113.7", "2001:db8::1" (RFC 5952); "-" = not known */
};

/* The other end of a socket; NULL or another family than IP is a client not known. */
void http_client_of_socket(struct http_client *client, const struct sockaddr *address);

/*
 * Reads "203.0.113.7", "203.0.113.7:4711", "2001:db8::1" or "[2001:db8::1]:4711"; IPv4 inside IPv6
 * ("::ffff:203.0.113.7") is IPv4. False, with a client not known, for anything else.
 */
bool http_client_read(struct http_client *client, struct str text);

/* Whether the peer is the named proxy: its address, or "loopback" for any address of this machine's
 * loopback. NULL names none. */
bool http_client_is_proxy(const struct http_client *peer, const char *proxy);

/* The client of a request that the proxy has passed on; `peer` when the header says nothing. */
void http_client_behind(struct http_client *client, const struct http_client *peer,
                        const struct http_request *request);

#endif
