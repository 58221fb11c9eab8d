/* Growing arrays: see vec.h. */
#include "base/vec.h"

bool vec_grow(void **at, size_t *capacity, size_t need, size_t size) {
    size_t grown = *capacity > 0 ? *capacity : 8;
    while (grown < need) {
        if (grown > (size_t)-1 / 2)
            return false;
        grown *= 2;
    }
    void *block = mem_resize(*at, grown, size);
    if (block == NULL)
        return false;
    *at = block;
    *capacity = grown;
    return true;
}
