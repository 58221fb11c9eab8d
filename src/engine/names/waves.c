/* Waves: see waves.h. */
#include "engine/names/waves.h"

#include "base/mem.h"
#include "base/threads.h"

enum { BLOCK_RECORDS = 256, WAVE_BLOCKS = 64 };

struct part {
    struct names_block block;
    enum err err;
    struct errinfo info;
};

struct wave {
    const struct names_waves *waves;
    uint32_t from; /* first record */
    struct part parts[WAVE_BLOCKS];
};

static void work_on_block(void *ctx, size_t from, size_t to, uint32_t worker) {
    struct wave *wave = ctx;
    for (size_t i = from; i < to;) {
        struct part *part = &wave->parts[i / BLOCK_RECORDS];
        size_t end = (i / BLOCK_RECORDS + 1) * BLOCK_RECORDS;
        for (end = end < to ? end : to; i < end; i++)
            if (part->err == ERR_OK)
                part->err = wave->waves->work(wave->waves->work_ctx, wave->from + (uint32_t)i,
                                              &part->block, &part->info);
    }
}

/* Hands the results on in order; `more` turns false when the caller has enough. */
static enum err take_parts(struct wave *wave, bool *more, struct errinfo *info) {
    for (size_t i = 0; i < WAVE_BLOCKS && *more; i++) {
        struct part *part = &wave->parts[i];
        if (part->err != ERR_OK) {
            if (info != NULL)
                *info = part->info;
            return part->err;
        }
        *more = wave->waves->take(wave->waves->take_ctx, &part->block);
        part->block.postings.len = 0;
        part->block.pairs.len = 0;
    }
    return ERR_OK;
}

enum err names_waves_run(const struct names_waves *waves, uint32_t from, uint32_t to,
                         const struct job *job, struct errinfo *info) {
    struct wave *wave = mem_new(1, sizeof(*wave));
    if (wave == NULL)
        return err_memory(info);
    enum err err = ERR_OK;
    bool more = true;
    wave->waves = waves;
    while (from < to && more && err == ERR_OK) {
        uint32_t count = to - from;
        if (count > BLOCK_RECORDS * WAVE_BLOCKS)
            count = BLOCK_RECORDS * WAVE_BLOCKS;
        if (job_should_stop(job)) {
            err = err_set(info, ERR_STOPPED, "the search for duplicates was stopped");
            break;
        }
        job_report(job, waves->what, from, to);
        wave->from = from;
        threads_for(job_threads(job), count, BLOCK_RECORDS, work_on_block, wave);
        err = take_parts(wave, &more, info);
        from += count;
    }
    for (size_t i = 0; i < WAVE_BLOCKS; i++) {
        vec_free(&wave->parts[i].block.postings);
        vec_free(&wave->parts[i].block.pairs);
    }
    mem_free(wave);
    return err;
}
