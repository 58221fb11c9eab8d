/*
 * Open connections and their deadlines: see connections.h. One list and a look over all of it four
 * times a second: 4,096 connections cost some microseconds, and setting a deadline is one store.
 */
#include "http/connections.h"

#include <sys/socket.h>
#include <time.h>

#include "base/clock.h"
#include "base/mem.h"

enum { LOOK_EVERY_NS = 250 * 1000 * 1000, REQUEST_MEMORY_MAX = 64 << 20 };

static void shut_late(struct http_connections *all) {
    int64_t now = clock_monotonic_ns();
    for (struct http_connection *c = all->first; c != NULL; c = c->next) {
        if (now < atomic_load_explicit(&c->deadline_ns, memory_order_relaxed))
            continue;
        shutdown(c->fd, SHUT_RDWR);
        atomic_store_explicit(&c->deadline_ns, INT64_MAX, memory_order_relaxed);
    }
}

static void *watch(void *arg) {
    struct http_connections *all = arg;
    pthread_mutex_lock(&all->lock);
    while (!all->stopping) {
        struct timespec until;
        clock_gettime(CLOCK_MONOTONIC, &until);
        until.tv_nsec += LOOK_EVERY_NS;
        if (until.tv_nsec >= 1000000000) {
            until.tv_nsec -= 1000000000;
            until.tv_sec++;
        }
        pthread_cond_timedwait(&all->wake, &all->lock, &until);
        shut_late(all);
    }
    pthread_mutex_unlock(&all->lock);
    return NULL;
}

enum err http_connections_init(struct http_connections *all, struct errinfo *info) {
    pthread_condattr_t monotonic;
    *all = (struct http_connections){.first = NULL};
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&all->lock, NULL);
    pthread_cond_init(&all->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&all->thread, NULL, watch, all) == 0)
        return ERR_OK;
    pthread_cond_destroy(&all->wake);
    pthread_mutex_destroy(&all->lock);
    return err_set(info, ERR_IO, "no thread can be started to watch the connections");
}

void http_connections_release(struct http_connections *all) {
    pthread_mutex_lock(&all->lock);
    all->stopping = true;
    pthread_cond_signal(&all->wake);
    pthread_mutex_unlock(&all->lock);
    pthread_join(all->thread, NULL);
    pthread_cond_destroy(&all->wake);
    pthread_mutex_destroy(&all->lock);
}

struct http_connection *http_connection_new(struct http_connections *all, int fd,
                                            int64_t deadline_ns) {
    struct http_connection *c = mem_new(1, sizeof(*c));
    if (c == NULL)
        return NULL;
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
    arena_release(&c->arena);
    mem_free(c);
}
