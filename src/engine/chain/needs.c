/*
 * Needs that follow: who offers an output needs its essential inputs.
 *
 * For each exhibitor, each node it offers, each run of essential inputs that stand in for each
 * other: if it offers one of the run itself, it supplies itself and nothing follows; otherwise it
 * needs each input of the run, and the need is open when nobody offers any of the run. A need that
 * the exhibitor states itself stays as stated, and is open when nobody else offers that very node.
 * A need that follows from several outputs is open when it is open for one of them.
 *
 * Exhibitors are handled in blocks by any thread; each block keeps its claims, and blocks are put
 * together in order, so the result does not depend on the threads. Marks per node are stamped with
 * the exhibitor, so nothing is cleared between exhibitors. O(claims + claims that follow), where an
 * exhibitor's links into the nodes it offers are all looked at.
 */
#include "engine/chain/coverage.h"

#include <stdatomic.h>
#include <string.h>

#include "base/mem.h"
#include "base/threads.h"
#include "base/vec.h"
#include "engine/chain/index.h"
#include "engine/chain/table.h"

enum { EXHIBITORS_AT_ONCE = 2048 };

struct block {
    VEC(struct chain_claim)
    claims;
};

/* What a thread remembers of nodes; a stamp is the exhibitor at hand plus one. */
struct marks {
    uint32_t *offered; /* [nodes] stamp: it offers the node */
    uint32_t *needed;  /* [nodes] stamp: it needs the node ... */
    uint32_t *slot;    /* [nodes] ... and the claim is this one of its row */
};

struct needs_work {
    struct chain_report *report;
    const struct chain_table *stated;
    const struct job *job;
    struct block *blocks;
    struct marks *marks; /* [threads] */
    size_t *row_count;   /* [exhibitors] */
    atomic_int failed;   /* enum err */
};

static bool state_needs(const struct needs_work *work, const struct marks *marks,
                        struct block *block, uint32_t exhibitor) {
    uint32_t stamp = exhibitor + 1, slot = 0;
    struct chain_row needs = chain_row(work->stated, exhibitor);
    for (size_t i = 0; i < needs.count; i++) {
        uint32_t node = needs.at[i].of;
        uint32_t others = chain_offers(&work->report->node[node]);
        others -= marks->offered[node] == stamp ? 1 : 0;
        marks->needed[node] = stamp;
        marks->slot[node] = slot++;
        if (!vec_push(&block->claims, chain_claim_of(node, needs.at[i].basis, others == 0)))
            return false;
    }
    return true;
}

/* The needs that follow from offering `output`; `row` is where the exhibitor's claims begin. */
static bool follow_output(const struct needs_work *work, const struct marks *marks,
                          struct block *block, size_t row, uint32_t stamp, uint32_t output) {
    const struct chain_graph *graph = work->report->input.graph;
    struct chain_span in = chain_links_in(work->report->index, output);
    size_t stated = chain_row(work->stated, stamp - 1).count;
    for (size_t from = 0, to; from < in.count && graph->kind[in.at[from]] == CHAIN_ESSENTIAL;
         from = to) {
        to = chain_run_end(graph, in, from);
        bool own = false;
        for (size_t i = from; i < to; i++)
            own = own || marks->offered[graph->input[in.at[i]]] == stamp;
        for (size_t i = from; i < to && !own; i++) {
            uint32_t node = graph->input[in.at[i]];
            bool open = !work->report->link[in.at[i]].covered;
            if (marks->needed[node] != stamp) {
                marks->needed[node] = stamp;
                marks->slot[node] = (uint32_t)(block->claims.len - row);
                if (!vec_push(&block->claims, chain_claim_of(node, CHAIN_INFERRED, open)))
                    return false;
            } else if (open && marks->slot[node] >= stated) {
                block->claims.at[row + marks->slot[node]].open = 1;
            }
        }
    }
    return true;
}

static bool follow_exhibitor(const struct needs_work *work, const struct marks *marks,
                             struct block *block, uint32_t exhibitor) {
    struct chain_row offers = chain_row(&work->report->offers_by_exhibitor, exhibitor);
    size_t row = block->claims.len;
    for (size_t i = 0; i < offers.count; i++)
        marks->offered[offers.at[i].of] = exhibitor + 1;
    if (!state_needs(work, marks, block, exhibitor))
        return false;
    for (size_t i = 0; i < offers.count; i++)
        if (!follow_output(work, marks, block, row, exhibitor + 1, offers.at[i].of))
            return false;
    work->row_count[exhibitor] = block->claims.len - row;
    return true;
}

static void follow_block(void *ctx, size_t from, size_t to, uint32_t worker) {
    struct needs_work *work = ctx;
    struct block *block = &work->blocks[from / EXHIBITORS_AT_ONCE];
    if (job_should_stop(work->job))
        atomic_store(&work->failed, ERR_STOPPED);
    for (size_t i = from; i < to && atomic_load(&work->failed) == ERR_OK; i++)
        if (!follow_exhibitor(work, &work->marks[worker], block, (uint32_t)i))
            atomic_store(&work->failed, ERR_MEMORY);
}

/* All blocks' claims as one table, rows not sorted. */
static bool join_blocks(const struct needs_work *work, uint32_t exhibitors, size_t blocks,
                        struct chain_table *out) {
    size_t claims = 0;
    for (size_t b = 0; b < blocks; b++)
        claims += work->blocks[b].claims.len;
    out->rows = exhibitors;
    out->offset = mem_new((size_t)exhibitors + 2, sizeof(*out->offset));
    out->claim = mem_new(claims, sizeof(*out->claim));
    if (out->offset == NULL || out->claim == NULL)
        return false;
    for (uint32_t i = 0; i < exhibitors; i++)
        out->offset[i + 1] = out->offset[i] + work->row_count[i];
    size_t at = 0;
    for (size_t b = 0; b < blocks; b++) {
        if (work->blocks[b].claims.len > 0)
            memcpy(out->claim + at, work->blocks[b].claims.at,
                   work->blocks[b].claims.len * sizeof(*out->claim));
        at += work->blocks[b].claims.len;
        vec_free(&work->blocks[b].claims);
    }
    return true;
}

static bool marks_new(struct marks **marks, uint32_t threads, uint32_t nodes) {
    *marks = mem_new(threads, sizeof(**marks));
    for (uint32_t t = 0; *marks != NULL && t < threads; t++) {
        struct marks *own = &(*marks)[t];
        *own = (struct marks){
            .offered = mem_new(nodes, sizeof(uint32_t)),
            .needed = mem_new(nodes, sizeof(uint32_t)),
            .slot = mem_new(nodes, sizeof(uint32_t)),
        };
        if (own->offered == NULL || own->needed == NULL || own->slot == NULL)
            return false;
    }
    return *marks != NULL;
}

static void marks_free(struct marks *marks, uint32_t threads) {
    for (uint32_t t = 0; marks != NULL && t < threads; t++) {
        mem_free(marks[t].offered);
        mem_free(marks[t].needed);
        mem_free(marks[t].slot);
    }
    mem_free(marks);
}

enum err chain_follow_needs(struct chain_report *report, const struct chain_table *stated,
                            const struct job *job, struct errinfo *info) {
    uint32_t exhibitors = report->input.reg->exhibitors, threads = job_threads(job);
    size_t blocks = ((size_t)exhibitors + EXHIBITORS_AT_ONCE - 1) / EXHIBITORS_AT_ONCE;
    struct chain_table joined = {0};
    enum err err = ERR_OK;
    struct needs_work work = {
        .report = report,
        .stated = stated,
        .job = job,
        .blocks = mem_new(blocks, sizeof(struct block)),
        .row_count = mem_new(exhibitors, sizeof(size_t)),
    };
    bool room = marks_new(&work.marks, threads, report->input.graph->nodes);
    if (!room || work.blocks == NULL || work.row_count == NULL) {
        err = err_memory(info);
        goto done;
    }
    threads_for(threads, exhibitors, EXHIBITORS_AT_ONCE, follow_block, &work);
    if (atomic_load(&work.failed) == ERR_STOPPED)
        err = err_set(info, ERR_STOPPED, "stopped while working out what exhibitors need");
    else if (atomic_load(&work.failed) != ERR_OK ||
             !join_blocks(&work, exhibitors, blocks, &joined) ||
             !chain_table_turn(&joined, report->input.graph->nodes, &report->needs_by_node))
        err = err_memory(info);
    if (err == ERR_OK) {
        chain_table_release(&joined);
        if (!chain_table_turn(&report->needs_by_node, exhibitors, &report->needs_by_exhibitor))
            err = err_memory(info);
    }
done:
    for (size_t b = 0; work.blocks != NULL && b < blocks; b++)
        vec_free(&work.blocks[b].claims);
    mem_free(work.blocks);
    mem_free(work.row_count);
    marks_free(work.marks, threads);
    chain_table_release(&joined);
    return err;
}
