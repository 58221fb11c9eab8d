/*
 * Threads that do jobs in the order in which they came.
 *
 * A job is a struct of the caller with a `struct http_job` inside, in at most one queue at a time.
 *
 * Life cycle: http_workers_start, pushes, http_workers_stop. Thread rule: pushes from any thread,
 * also from a job.
 */
#ifndef FAIRLEAD_HTTP_WORKERS_H
#define FAIRLEAD_HTTP_WORKERS_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

struct http_job {
    struct http_job *next; /* private */
};

/* Does a job, on a worker's thread. With `is_stopping` it is only to be given up. */
typedef void http_work(void *ctx, struct http_job *job, bool is_stopping);

struct http_workers {
    pthread_mutex_t lock; /* all private */
    pthread_cond_t wake;
    pthread_t *threads;
    uint32_t count;
    bool stopping;
    struct http_job *first, *last;
    http_work *work;
    void *ctx;
};

/* ERR_MEMORY, or ERR_IO when not all threads can be started; nothing is left then. */
enum err http_workers_start(struct http_workers *workers, uint32_t count, http_work *work,
                            void *ctx, struct errinfo *info) ERR_CHECK;

/* Adds a job. After http_workers_stop it is given up at once, on the caller's thread. */
void http_workers_push(struct http_workers *workers, struct http_job *job);

/* Lets running jobs finish and gives up the others; no job runs any more when it returns. */
void http_workers_stop(struct http_workers *workers);

/* After the stop, when nobody pushes any more. */
void http_workers_release(struct http_workers *workers);

#endif
