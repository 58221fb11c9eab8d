/*
 * Growing arrays of one type.
 *
 *     VEC(uint32_t) ids = {0};
 *     if (!vec_push(&ids, 7)) return err_memory(info);
 *     for (size_t i = 0; i < ids.len; i++) use(ids.at[i]);
 *     vec_free(&ids);
 *
 * Push is O(1) amortised. A failed push leaves the array as it was.
 */
#ifndef FAIRLEAD_BASE_VEC_H
#define FAIRLEAD_BASE_VEC_H

#include <stdbool.h>
#include <stddef.h>

#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *at;                                                                                  \
        size_t len;                                                                                \
        size_t capacity;                                                                           \
    }

/* Private: makes room for `need` elements of `size` bytes in the array behind `at` and `capacity`.
 */
bool vec_grow(void **at, size_t *capacity, size_t need, size_t size)
    __attribute__((warn_unused_result));

/* Room for `count` elements in all; true on success. */
#define vec_reserve(v, count)                                                                      \
    ((count) <= (v)->capacity ||                                                                   \
     vec_grow((void **)&(v)->at, &(v)->capacity, (count), sizeof(*(v)->at)))

/* Appends a value; true on success. */
#define vec_push(v, ...)                                                                           \
    (vec_reserve((v), (v)->len + 1) ? ((v)->at[(v)->len++] = (__VA_ARGS__), true) : false)

#define vec_free(v)                                                                                \
    do {                                                                                           \
        mem_free((v)->at);                                                                         \
        (v)->at = NULL;                                                                            \
        (v)->len = 0;                                                                              \
        (v)->capacity = 0;                                                                         \
    } while (0)

#include "base/mem.h"

#endif
