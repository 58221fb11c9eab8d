/* Sockets that are read on for a moment: see linger.h. */
#include "http/linger.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    PIECE_BYTES = 64 * 1024,
    PIECES_MAX = 64, /* at once, so that a fast client does not hold up the thread */
};

void http_linger_init(struct http_linger *linger) {
    linger->count = 0;
    pthread_mutex_init(&linger->lock, NULL);
}

void http_linger_release(struct http_linger *linger) {
    while (linger->count > 0)
        close(linger->at[--linger->count].fd);
    pthread_mutex_destroy(&linger->lock);
}

void http_linger_add(struct http_linger *linger, int fd, int64_t now_ns) {
    pthread_mutex_lock(&linger->lock);
    int copy = linger->count < HTTP_LINGER_MAX ? fcntl(fd, F_DUPFD_CLOEXEC, 0) : -1;
    if (copy >= 0) {
        linger->at[linger->count].fd = copy;
        linger->at[linger->count].until_ns = now_ns + HTTP_LINGER_MS * INT64_C(1000000);
        linger->count++;
    }
    pthread_mutex_unlock(&linger->lock);
}

/* Reads what is there; false when the other side has closed. */
static bool read_on(int fd, char *piece) {
    for (int i = 0; i < PIECES_MAX; i++) {
        ssize_t n = recv(fd, piece, PIECE_BYTES, MSG_DONTWAIT);
        if (n < 0)
            return errno == EAGAIN || errno == EINTR;
        if (n == 0)
            return false;
    }
    return true;
}

void http_linger_read(struct http_linger *linger, int64_t now_ns) {
    char piece[PIECE_BYTES];
    pthread_mutex_lock(&linger->lock);
    for (int i = 0; i < linger->count;) {
        if (now_ns < linger->at[i].until_ns && read_on(linger->at[i].fd, piece)) {
            i++;
        } else {
            close(linger->at[i].fd);
            linger->at[i] = linger->at[--linger->count];
        }
    }
    pthread_mutex_unlock(&linger->lock);
}
