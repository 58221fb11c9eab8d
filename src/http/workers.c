/* Threads that do jobs: see workers.h. */
#include "http/workers.h"

#include "base/mem.h"

/* The job at the front; the caller holds the lock. */
static struct http_job *take(struct http_workers *workers) {
    struct http_job *job = workers->first;
    workers->first = job->next;
    if (workers->first == NULL)
        workers->last = NULL;
    return job;
}

static void *run(void *arg) {
    struct http_workers *workers = arg;
    pthread_mutex_lock(&workers->lock);
    for (;;) {
        while (workers->first == NULL && !workers->stopping)
            pthread_cond_wait(&workers->wake, &workers->lock);
        if (workers->first == NULL)
            break;
        struct http_job *job = take(workers);
        bool is_stopping = workers->stopping;
        pthread_mutex_unlock(&workers->lock);
        workers->work(workers->ctx, job, is_stopping);
        pthread_mutex_lock(&workers->lock);
    }
    pthread_mutex_unlock(&workers->lock);
    return NULL;
}

enum err http_workers_start(struct http_workers *workers, uint32_t count, http_work *work,
                            void *ctx, struct errinfo *info) {
    *workers = (struct http_workers){.work = work, .ctx = ctx};
    workers->threads = mem_new(count, sizeof(*workers->threads));
    if (workers->threads == NULL)
        return err_memory(info);
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->wake, NULL);
    while (workers->count < count &&
           pthread_create(&workers->threads[workers->count], NULL, run, workers) == 0)
        workers->count++;
    if (workers->count == count)
        return ERR_OK;
    http_workers_stop(workers);
    http_workers_release(workers);
    return err_set(info, ERR_IO, "the threads that draw replies cannot be started");
}

void http_workers_push(struct http_workers *workers, struct http_job *job) {
    pthread_mutex_lock(&workers->lock);
    bool is_stopping = workers->stopping;
    job->next = NULL;
    if (!is_stopping) {
        if (workers->last != NULL)
            workers->last->next = job;
        else
            workers->first = job;
        workers->last = job;
        pthread_cond_signal(&workers->wake);
    }
    pthread_mutex_unlock(&workers->lock);
    if (is_stopping)
        workers->work(workers->ctx, job, true);
}

void http_workers_stop(struct http_workers *workers) {
    pthread_mutex_lock(&workers->lock);
    workers->stopping = true;
    pthread_cond_broadcast(&workers->wake);
    pthread_mutex_unlock(&workers->lock);
    while (workers->count > 0)
        pthread_join(workers->threads[--workers->count], NULL);
}

void http_workers_release(struct http_workers *workers) {
    pthread_cond_destroy(&workers->wake);
    pthread_mutex_destroy(&workers->lock);
    mem_free(workers->threads);
}
