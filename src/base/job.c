/* Jobs: see job.h. */
#include "base/job.h"

#include <stddef.h>

#include "base/clock.h"

void job_cancel(struct job *job) {
    atomic_store(&job->cancelled, true);
}

bool job_should_stop(const struct job *job) {
    if (job == NULL)
        return false;
    if (atomic_load_explicit(&job->cancelled, memory_order_relaxed))
        return true;
    return job->deadline_ns != 0 && clock_monotonic_ns() >= job->deadline_ns;
}

double job_spent(const struct job *job, int64_t since_ns) {
    if (job == NULL || job->deadline_ns == 0)
        return 0;
    int64_t over_ns = clock_monotonic_ns() - since_ns, all_ns = job->deadline_ns - since_ns;
    return over_ns >= all_ns ? 1 : (double)over_ns / (double)all_ns;
}

void job_report(const struct job *job, const char *what, uint64_t done, uint64_t total) {
    if (job != NULL && job->progress != NULL)
        job->progress(job->progress_ctx, what, done, total);
}
