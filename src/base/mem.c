/* Memory: see mem.h. */
#include "base/mem.h"

#include <malloc.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

/* The one mutable global of the program, touched by tests alone: allocations left before failure.
 */
static atomic_long allocations_left = -1;

static int must_fail(void) {
    long left = atomic_load_explicit(&allocations_left, memory_order_relaxed);
    if (left < 0)
        return 0;
    if (left == 0)
        return 1;
    atomic_fetch_sub_explicit(&allocations_left, 1, memory_order_relaxed);
    return 0;
}

void *mem_new(size_t count, size_t size) {
    if (must_fail())
        return NULL;
    return calloc(count > 0 ? count : 1, size > 0 ? size : 1);
}

void *mem_resize(void *block, size_t count, size_t size) {
    size_t bytes;
    if (must_fail() || __builtin_mul_overflow(count, size, &bytes))
        return NULL;
    return realloc(block, bytes > 0 ? bytes : 1);
}

void mem_free(void *block) {
    free(block);
}

void mem_fail_after(long count) {
    atomic_store(&allocations_left, count);
}

void mem_trim(void) {
    malloc_trim(0);
}
