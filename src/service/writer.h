/*
 * The writer: the one thread of a serving program that writes, and many that ask it to.
 *
 * A database has one writer at a time, and a write is acknowledged only when the disk has it. If
 * each editor waited for a commit of their own, twenty would wait twenty times the disk. So what is
 * asked for while the disk is busy is written as one group with one wait: each job is a batch of
 * its own (its own entry in the log, its own undo) and is told its own outcome.
 *
 * Invariants: jobs run one at a time, in the order in which they were asked for. A job that fails
 * leaves nothing and takes no other of its group along; when the common commit fails (disk full,
 * disk error), every job of the group is told so and none of it is there. After a failure the
 * writer goes on: the next job is tried anew, so it works again as soon as there is space.
 *
 * Thread rule: writer_run from any thread; the rest from the one that made the writer.
 */
#ifndef FAIRLEAD_SERVICE_WRITER_H
#define FAIRLEAD_SERVICE_WRITER_H

#include "store/store.h"

struct writer;

/* Opens the database as store_open does, and starts the thread. Readers of the same file are the
 * callers' own. */
enum err writer_new(const char *path, struct writer **out, struct errinfo *info) ERR_CHECK;

/* Finishes what waits and ends the thread. Jobs asked for from now on are refused with ERR_STOPPED;
 * so threads that still ask can be ended after it. */
void writer_stop(struct writer *writer);
/* Stops, closes the database and frees; no thread may ask any more. */
void writer_free(struct writer *writer);

/*
 * What a job does: writes through `store`, on the writer's thread. Any code but ERR_OK takes back
 * what it wrote. It holds up all other writers, so it checks and computes beforehand on a reader
 * (upload_apply_beside is the example). It must not wait for another job.
 */
typedef enum err writer_fn(void *ctx, struct store *store, struct errinfo *info);

/*
 * Runs `fn` inside a batch of its own and returns when the disk has it, with the batch's number;
 * or with an error, and then nothing of it is written. A job that changes no record of the log
 * leaves no batch (*batch_id is 0 then).
 *
 * With a NULL batch, `fn` begins and commits its batches itself (merge_organisations and undo_batch
 * do); each that it committed stands, and `batch_id` is not set.
 */
enum err writer_run(struct writer *writer, const struct store_batch *batch, writer_fn *fn,
                    void *ctx, int64_t *batch_id, struct errinfo *info) ERR_CHECK;

/* Since the start: how many jobs were kept and how many commits that took. */
struct writer_stats {
    uint64_t jobs, commits;
};
struct writer_stats writer_stats(struct writer *writer);

#endif
