/*
 * Private to engine/names: work on records one by one, on several threads, with results in order.
 *
 * A wave is some blocks of records next to each other; threads fill the blocks' results, then the
 * caller's thread takes them in the order of the records. So the results do not depend on the
 * number of threads, and only one wave of them is in memory.
 */
#ifndef FAIRLEAD_ENGINE_NAMES_WAVES_H
#define FAIRLEAD_ENGINE_NAMES_WAVES_H

#include "base/job.h"
#include "base/vec.h"
#include "engine/names/names.h"

/* What one block of records gives. */
struct names_block {
    VEC(uint64_t)
    postings;
    VEC(struct names_pair)
    pairs;
};

/* Works on one record; called on any thread, in order within a block. */
typedef enum err names_work_fn(const void *ctx, uint32_t record, struct names_block *block,
                               struct errinfo *info);
/* Takes a block on the caller's thread; false = enough. */
typedef bool names_take_fn(void *ctx, const struct names_block *block);

struct names_waves {
    names_work_fn *work;
    const void *work_ctx;
    names_take_fn *take;
    void *take_ctx;
    const char *what; /* for job_report */
};

/* Works on the records [from, to). ERR_MEMORY, ERR_STOPPED, or what `work` returns. */
enum err names_waves_run(const struct names_waves *waves, uint32_t from, uint32_t to,
                         const struct job *job, struct errinfo *info) ERR_CHECK;

#endif
