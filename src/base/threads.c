/* Threads: see threads.h. Blocks are handed out by an atomic counter. */
#include "base/threads.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { THREADS_MAX = 64 };

struct shared {
    atomic_size_t next;
    size_t count;
    size_t block;
    threads_body *body;
    void *ctx;
};

struct worker {
    struct shared *shared;
    pthread_t thread;
    uint32_t index;
};

static void *run(void *arg) {
    const struct worker *worker = arg;
    struct shared *shared = worker->shared;
    for (;;) {
        size_t from = atomic_fetch_add(&shared->next, shared->block);
        if (from >= shared->count)
            return NULL;
        size_t left = shared->count - from;
        size_t to = from + (left < shared->block ? left : shared->block);
        shared->body(shared->ctx, from, to, worker->index);
    }
}

void threads_for(uint32_t threads, size_t count, size_t block, threads_body *body, void *ctx) {
    struct shared shared = {
        .count = count, .block = block > 0 ? block : 1, .body = body, .ctx = ctx};
    struct worker workers[THREADS_MAX];
    uint32_t started = 0;
    if (threads > THREADS_MAX)
        threads = THREADS_MAX;
    for (uint32_t i = 1; i < threads && shared.block * i < count; i++) {
        workers[started] = (struct worker){.shared = &shared, .index = i};
        if (pthread_create(&workers[started].thread, NULL, run, &workers[started]) != 0)
            break;
        started++;
    }
    struct worker self = {.shared = &shared, .index = 0};
    run(&self);
    for (uint32_t i = 0; i < started; i++)
        pthread_join(workers[i].thread, NULL);
}

uint32_t threads_available(void) {
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof(set), &set) != 0)
        return 1;
    int count = CPU_COUNT(&set);
    return count > 0 ? (uint32_t)count : 1;
}
