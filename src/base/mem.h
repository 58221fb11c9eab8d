/*
 * Memory: the three calls through which the program gets heap memory.
 *
 * They are malloc, realloc and free with checked products, and malloc_trim, plus one seam: tests
 * can make the n-th allocation fail (mem_fail_after), which is how every error path for "out of
 * memory" is walked. Library code never calls malloc itself.
 *
 * Thread rule: any thread. The failure counter is atomic and off unless a test turns it on.
 */
#ifndef FAIRLEAD_BASE_MEM_H
#define FAIRLEAD_BASE_MEM_H

#include <stddef.h>

/* `count * size` bytes, zeroed; NULL when memory is short or the product overflows. Free with
 * mem_free. */
void *mem_new(size_t count, size_t size) __attribute__((malloc, warn_unused_result));

/* Resizes to `count * size` bytes; the new part is not initialised. NULL leaves the old block
 * whole. */
void *mem_resize(void *block, size_t count, size_t size) __attribute__((warn_unused_result));

void mem_free(void *block);

/* Gives freed memory back to the system, which the allocator would keep for later: after something
 * large that comes again seldom. Some milliseconds for hundreds of MiB. */
void mem_trim(void);

/* For tests: the allocation after `count` further ones fails, and all later ones; -1 turns it off.
 */
void mem_fail_after(long count);

#endif
