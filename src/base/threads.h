/*
 * Threads: run one function over a range on several cores.
 *
 * The result must not depend on the number of threads: workers write to disjoint places, and what
 * is summed is summed by the caller in a fixed order.
 */
#ifndef FAIRLEAD_BASE_THREADS_H
#define FAIRLEAD_BASE_THREADS_H

#include <stddef.h>
#include <stdint.h>

/* Handles items [from, to); `worker` is 0 .. threads-1. */
typedef void threads_body(void *ctx, size_t from, size_t to, uint32_t worker);

/*
 * Calls `body` for blocks of at most `block` items of [0, count) on up to `threads` threads, the
 * calling one included, and returns when all are done. Falls back to fewer threads when none can be
 * started.
 */
void threads_for(uint32_t threads, size_t count, size_t block, threads_body *body, void *ctx);

/* Cores this process may use, at least 1. */
uint32_t threads_available(void);

#endif
