/* A gate before which handlers wait until a test opens it. */
#ifndef FAIRLEAD_TESTS_HTTP_GATE_H
#define FAIRLEAD_TESTS_HTTP_GATE_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <time.h>

struct gate {
    pthread_mutex_t lock;
    pthread_cond_t opened;
    bool is_open;
};

#define GATE_INIT                                                                                  \
    { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, true }

static inline void gate_set(struct gate *gate, bool is_open) {
    pthread_mutex_lock(&gate->lock);
    gate->is_open = is_open;
    pthread_cond_broadcast(&gate->opened);
    pthread_mutex_unlock(&gate->lock);
}

/* Waits until it is open. */
static inline void gate_pass(struct gate *gate) {
    pthread_mutex_lock(&gate->lock);
    while (!gate->is_open)
        pthread_cond_wait(&gate->opened, &gate->lock);
    pthread_mutex_unlock(&gate->lock);
}

/* A thread that opens a gate while the test waits for something else. */
static inline void *gate_open_soon(void *gate) {
    const struct timespec pause = {.tv_nsec = 100 * 1000 * 1000};
    nanosleep(&pause, NULL);
    gate_set(gate, true);
    return NULL;
}

static inline void wait_for(const atomic_int *count, int until) {
    const struct timespec pause = {.tv_nsec = 1000 * 1000};
    while (atomic_load(count) < until)
        nanosleep(&pause, NULL);
}

#endif
