/*
 * Open connections and their deadlines: see connections.h. One list and a look over all of it four
 * times a second: 4,096 connections cost some microseconds, and setting a deadline is one store.
 */
#include "http/connections.h"

#include <sys/socket.h>

#include "base/clock.h"
#include "base/mem.h"

enum { REQUEST_MEMORY_MAX = 64 << 20 };

static void shut_late(void *ctx) {
    struct http_connections *all = ctx;
    int64_t now = clock_monotonic_ns();
    pthread_mutex_lock(&all->lock);
    for (struct http_connection *c = all->first; c != NULL; c = c->next) {
        if (now < atomic_load_explicit(&c->deadline_ns, memory_order_relaxed))
            continue;
        shutdown(c->fd, SHUT_RDWR);
        atomic_store_explicit(&c->deadline_ns, INT64_MAX, memory_order_relaxed);
    }
    pthread_mutex_unlock(&all->lock);
    http_linger_read(&all->linger, now);
}

enum err http_connections_init(struct http_connections *all, struct errinfo *info) {
    all->first = NULL;
    pthread_mutex_init(&all->lock, NULL);
    http_linger_init(&all->linger);
    enum err e = http_ticker_start(&all->ticker, shut_late, all, info);
    if (e != ERR_OK) {
        http_linger_release(&all->linger);
        pthread_mutex_destroy(&all->lock);
    }
    return e;
}

void http_connections_release(struct http_connections *all) {
    http_ticker_stop(&all->ticker);
    http_linger_release(&all->linger);
    pthread_mutex_destroy(&all->lock);
}

struct http_connection *http_connection_new(struct http_connections *all,
                                            struct MHD_Connection *mhd, int fd,
                                            int64_t deadline_ns) {
    struct http_connection *c = mem_new(1, sizeof(*c));
    if (c == NULL)
        return NULL;
    c->mhd = mhd;
    c->fd = fd;
    atomic_init(&c->deadline_ns, deadline_ns);
    arena_init(&c->arena, REQUEST_MEMORY_MAX);
    pthread_mutex_lock(&all->lock);
    c->next = all->first;
    if (all->first != NULL)
        all->first->prev = c;
    all->first = c;
    pthread_mutex_unlock(&all->lock);
    return c;
}

void http_connection_free(struct http_connections *all, struct http_connection *c) {
    pthread_mutex_lock(&all->lock);
    if (c->prev != NULL)
        c->prev->next = c->next;
    else
        all->first = c->next;
    if (c->next != NULL)
        c->next->prev = c->prev;
    pthread_mutex_unlock(&all->lock);
    if (c->is_early)
        http_linger_add(&all->linger, c->fd, clock_monotonic_ns());
    arena_release(&c->arena);
    mem_free(c);
}
