/*
 * Sockets that are read on for a moment after their last reply.
 *
 * A server that closes a socket with unread bytes in it makes the system reset the connection, and
 * a client that is still sending may lose the reply that says why (RFC 9112, 9.6). So the socket of
 * a request that was answered before its body was read is kept, its sending side shut, and what
 * comes is thrown away until the client closes, too, or a short time is over.
 *
 * Thread rule: any thread.
 */
#ifndef FAIRLEAD_HTTP_LINGER_H
#define FAIRLEAD_HTTP_LINGER_H

#include <pthread.h>
#include <stdint.h>

enum { HTTP_LINGER_MAX = 64, HTTP_LINGER_MS = 2000 };

struct http_linger {
    pthread_mutex_t lock; /* all private */
    int count;
    struct {
        int fd;
        int64_t until_ns;
    } at[HTTP_LINGER_MAX];
};

void http_linger_init(struct http_linger *linger);

/* Closes all. */
void http_linger_release(struct http_linger *linger);

/* Takes a copy of a socket that is about to be closed. Where there are too many, or no copy can be
 * had, the connection ends at once. */
void http_linger_add(struct http_linger *linger, int fd, int64_t now_ns);

/* Throws away what has come, and closes what is over; to be called a few times a second. */
void http_linger_read(struct http_linger *linger, int64_t now_ns);

#endif
