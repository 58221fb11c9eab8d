/*
 * Arenas: memory that is freed all at once, for a request, a job or a loaded edition.
 *
 * arena_init, any number of allocations, arena_release. Blocks grow in chunks; a single allocation
 * may be of any size up to the maximum of the arena. Nothing is freed one by one; arena_clear frees
 * all but the first chunk.
 *
 * Thread rule: one thread at a time. Allocation: O(1) amortised, aligned to 16 bytes, zeroed.
 */
#ifndef FAIRLEAD_BASE_ARENA_H
#define FAIRLEAD_BASE_ARENA_H

#include "base/err.h"
#include "base/str.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *chunk; /* private: newest first */
    size_t used_bytes;         /* read-only: sum of all allocations */
    size_t max_bytes;          /* private */
};

void arena_init(struct arena *a, size_t max_bytes);
void arena_release(struct arena *a);
void arena_clear(struct arena *a);

/* `count * size` zeroed bytes, or NULL when memory or the arena's maximum is exceeded. */
void *arena_new(struct arena *a, size_t count, size_t size) __attribute__((warn_unused_result));

/* A terminated copy; `ptr` is NULL on failure. */
struct str arena_copy(struct arena *a, struct str s) __attribute__((warn_unused_result));

/* printf into the arena; `ptr` is NULL on failure. */
struct str arena_printf(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3), warn_unused_result));

#endif
