/*
 * The writer: a queue, a thread, and group commit. See writer.h.
 *
 * The thread takes jobs as long as there are any and the group is young, then commits. While the
 * disk works, the next group gathers in the queue. Nobody waits for company: a job that comes alone
 * is committed alone. A group is closed after GROUP_MS, so that a long job (an import) does not
 * keep those before it waiting for one more.
 *
 * Each job carries a semaphore of its own, so that the end of a group wakes each waiting thread
 * once and none for nothing.
 */
#include "service/writer.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>

#include "base/clock.h"
#include "base/mem.h"
#include "service/checkpointer.h"

enum { GROUP_JOBS_MAX = 256, GROUP_MS = 20 };
/* Pages of the log of writes: each 16 MiB of it are carried into the file beside the work; at 64
 * MiB, after edits without a pause, the writer waits for the rest of it, so that the log begins
 * anew. */
enum { LOG_PAGES_BESIDE = 4000, LOG_PAGES_MAX = 16000 };

/* One call of writer_run, on its caller's stack. */
struct job_entry {
    const struct store_batch *batch;
    writer_fn *fn;
    void *ctx;
    struct errinfo *info;
    int64_t batch_id;
    enum err code;
    sem_t done;
    struct job_entry *next;
};

struct writer {
    struct store *store; /* the thread's */
    struct checkpointer *checkpointer;
    uint32_t carried; /* the thread's: pages of the log when the checkpointer was asked last */
    pthread_t thread;
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t asked;
    struct job_entry *first, **last;
    bool stopping;
    struct writer_stats stats;
};

/* The next job; waits for one when `wait`. NULL: none, or none will come any more. */
static struct job_entry *take_job(struct writer *writer, bool wait) {
    pthread_mutex_lock(&writer->mutex);
    while (wait && writer->first == NULL && !writer->stopping)
        pthread_cond_wait(&writer->asked, &writer->mutex);
    struct job_entry *job = writer->first;
    if (job != NULL) {
        writer->first = job->next;
        if (writer->first == NULL)
            writer->last = &writer->first;
        job->next = NULL;
    }
    pthread_mutex_unlock(&writer->mutex);
    return job;
}

/* Runs one job in a savepoint of the open group. */
static enum err run_job(struct store *store, struct job_entry *job) {
    enum err code = ERR_OK;
    if (job->batch != NULL)
        code = store_begin(store, job->batch, &job->batch_id, job->info);
    if (code == ERR_OK)
        code = job->fn(job->ctx, store, job->info);
    if (code == ERR_OK && job->batch != NULL) {
        if (store_changes(store) == 0)
            job->batch_id = 0;
        code = store_commit(store, job->info);
    }
    store_rollback(store);
    return code;
}

/* Tells the callers of a group how it ended. */
static void tell(struct job_entry *group, enum err code, const struct errinfo *info) {
    while (group != NULL) {
        struct job_entry *job = group;
        group = job->next; /* the job is gone once its caller is woken */
        if (job->code == ERR_OK && code != ERR_OK) {
            job->code = code;
            if (job->info != NULL)
                *job->info = *info;
        }
        sem_post(&job->done);
    }
}

/* Runs jobs from `job` on as one group and commits it. */
static void run_group(struct writer *writer, struct job_entry *job) {
    struct errinfo info;
    struct job_entry *group = job, *tail = job;
    uint64_t kept = 0;
    int64_t end_ns = clock_monotonic_ns() + GROUP_MS * INT64_C(1000000);
    enum err code = store_group_begin(writer->store, &info);
    for (uint32_t jobs = 1;; jobs++) {
        if (code == ERR_OK) {
            job->code = run_job(writer->store, job);
            /* What begins its batches itself may have kept some before it failed. */
            kept += job->code == ERR_OK || job->batch == NULL;
        }
        if (jobs == GROUP_JOBS_MAX || clock_monotonic_ns() >= end_ns)
            break;
        job = take_job(writer, false);
        if (job == NULL)
            break;
        tail = tail->next = job;
    }
    if (code == ERR_OK && kept > 0)
        code = store_group_commit(writer->store, &info);
    else
        store_group_rollback(writer->store);
    if (code == ERR_OK && kept > 0) {
        pthread_mutex_lock(&writer->mutex);
        writer->stats.jobs += kept;
        writer->stats.commits++;
        pthread_mutex_unlock(&writer->mutex);
    }
    tell(group, code, &info);
}

/* Keeps the log of writes short. */
static void care_for_log(struct writer *writer) {
    uint32_t pages = store_log_pages(writer->store);
    if (pages < writer->carried)
        writer->carried = 0; /* it began anew */
    if (pages >= LOG_PAGES_MAX) {
        (void)!store_checkpoint(store_reader_of(writer->store), NULL);
    } else if (pages >= writer->carried + LOG_PAGES_BESIDE) {
        writer->carried = pages;
        checkpointer_ask(writer->checkpointer);
    }
}

static void *run(void *arg) {
    struct writer *writer = arg;
    struct job_entry *job;
    while ((job = take_job(writer, true)) != NULL) {
        run_group(writer, job);
        care_for_log(writer);
    }
    return NULL;
}

enum err writer_new(const char *path, struct writer **out, struct errinfo *info) {
    struct writer *writer = mem_new(1, sizeof(*writer));
    if (writer == NULL)
        return err_memory(info);
    enum err code = store_open(path, &writer->store, info);
    if (code == ERR_OK)
        code = checkpointer_new(path, &writer->checkpointer, info);
    if (code != ERR_OK)
        goto failed;
    store_leave_checkpoints(writer->store);
    pthread_mutex_init(&writer->mutex, NULL);
    pthread_cond_init(&writer->asked, NULL);
    writer->last = &writer->first;
    errno = pthread_create(&writer->thread, NULL, run, writer);
    if (errno != 0) {
        code = err_errno(info, "start", "the writing thread");
        pthread_mutex_destroy(&writer->mutex);
        pthread_cond_destroy(&writer->asked);
        goto failed;
    }
    *out = writer;
    return ERR_OK;
failed:
    checkpointer_free(writer->checkpointer);
    store_close(writer->store);
    mem_free(writer);
    return code;
}

void writer_stop(struct writer *writer) {
    pthread_mutex_lock(&writer->mutex);
    bool running = !writer->stopping;
    writer->stopping = true;
    pthread_cond_signal(&writer->asked);
    pthread_mutex_unlock(&writer->mutex);
    if (running)
        pthread_join(writer->thread, NULL);
}

void writer_free(struct writer *writer) {
    if (writer == NULL)
        return;
    writer_stop(writer);
    checkpointer_free(writer->checkpointer);
    pthread_mutex_destroy(&writer->mutex);
    pthread_cond_destroy(&writer->asked);
    store_close(writer->store);
    mem_free(writer);
}

enum err writer_run(struct writer *writer, const struct store_batch *batch, writer_fn *fn,
                    void *ctx, int64_t *batch_id, struct errinfo *info) {
    struct job_entry job = {.batch = batch, .fn = fn, .ctx = ctx, .info = info};
    sem_init(&job.done, 0, 0);
    pthread_mutex_lock(&writer->mutex);
    bool refused = writer->stopping;
    if (!refused) {
        *writer->last = &job;
        writer->last = &job.next;
        pthread_cond_signal(&writer->asked);
    }
    pthread_mutex_unlock(&writer->mutex);
    while (!refused && sem_wait(&job.done) != 0)
        continue; /* a signal came in between */
    sem_destroy(&job.done);
    if (refused)
        return err_set(info, ERR_STOPPED, "the program is stopping: nothing was changed");
    if (batch != NULL && batch_id != NULL)
        *batch_id = job.code == ERR_OK ? job.batch_id : 0;
    return job.code;
}

struct writer_stats writer_stats(struct writer *writer) {
    pthread_mutex_lock(&writer->mutex);
    struct writer_stats stats = writer->stats;
    pthread_mutex_unlock(&writer->mutex);
    return stats;
}
