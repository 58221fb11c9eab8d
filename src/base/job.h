/*
 * Jobs: how long work is told to stop, tells how far it is, and gets its seed and threads.
 *
 * Engines and importers take a `struct job *` and ask job_should_stop now and then (every few
 * thousand steps); whoever started the work decides the answer. A zeroed job never stops, reports
 * nothing, has seed 0 and one thread.
 *
 * Thread rule: job_cancel from any thread; the rest from the thread that runs the work, except
 * job_should_stop, which worker threads may ask too.
 */
#ifndef FAIRLEAD_BASE_JOB_H
#define FAIRLEAD_BASE_JOB_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct job {
    atomic_bool cancelled;
    int64_t deadline_ns; /* clock_monotonic_ns value; 0 = none */
    uint64_t seed;
    uint32_t threads; /* 0 counts as 1 */
    /* Called with work done and work in all (0 = unknown) in units that `what` names; may be NULL.
     */
    void (*progress)(void *ctx, const char *what, uint64_t done, uint64_t total);
    void *progress_ctx;
};

void job_cancel(struct job *job);

/* Whether to stop now: cancelled, or past the deadline. Cheap enough for every thousandth step. */
bool job_should_stop(const struct job *job);

/* How much of the time from `since_ns` (clock_monotonic_ns) to the deadline is over, 0 to 1; 0
 * without a deadline. For searches that cool down as time runs out. */
double job_spent(const struct job *job, int64_t since_ns);

/* Hands progress on to whoever started the work; nothing happens without a receiver. */
void job_report(const struct job *job, const char *what, uint64_t done, uint64_t total);

static inline uint32_t job_threads(const struct job *job) {
    return job != NULL && job->threads > 0 ? job->threads : 1;
}

#endif
