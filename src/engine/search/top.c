/* The best of a result: see search_top. A heap keeps the best keys seen so far, the worst on top.
 */
#include <stdlib.h>

#include "base/mem.h"
#include "engine/search/grade.h"

static void sink(uint64_t *heap, uint32_t count, uint32_t at) {
    for (uint32_t child; (child = 2 * at + 1) < count; at = child) {
        if (child + 1 < count && heap[child + 1] > heap[child])
            child++;
        if (heap[at] >= heap[child])
            return;
        uint64_t kept = heap[at];
        heap[at] = heap[child];
        heap[child] = kept;
    }
}

static int by_value(const void *a, const void *b) {
    const uint64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* Puts the `size` smallest keys of the kinds into `heap`, in order; returns how many there are. */
static uint32_t smallest(const struct search_result *result, uint32_t kinds, uint64_t *heap,
                         uint32_t size) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < result->total; i++) {
        struct search_hit hit;
        uint64_t key = result->keys[i];
        if (count == size && key >= heap[0])
            continue;
        grade_read_key(key, &hit);
        if ((kinds >> result->kinds[hit.document] & 1) == 0)
            continue;
        if (count < size) {
            heap[count++] = key;
            for (uint32_t at = count / 2; count == size && at > 0; at--)
                sink(heap, count, at - 1);
        } else {
            heap[0] = key;
            sink(heap, count, 0);
        }
    }
    qsort(heap, count, sizeof(*heap), by_value);
    return count;
}

enum err search_top(const struct search_result *result, uint32_t kinds, uint32_t from,
                    struct search_hit *hits, uint32_t max, uint32_t *count, struct errinfo *info) {
    uint32_t size = 0, found = 0;
    *count = 0;
    for (uint32_t k = 0; k < SEARCH_KINDS_MAX; k++)
        found += (kinds >> k & 1) != 0 ? result->counts[k] : 0;
    if (from >= found || max == 0)
        return ERR_OK;
    size = found - from < max ? found : from + max;
    uint64_t *heap = mem_new(size, sizeof(*heap));
    if (heap == NULL)
        return err_memory(info);
    size = smallest(result, kinds, heap, size);
    for (uint32_t i = from; i < size; i++) {
        struct search_hit *hit = &hits[(*count)++];
        grade_read_key(heap[i], hit);
        hit->kind = result->kinds[hit->document];
    }
    mem_free(heap);
    return ERR_OK;
}

void search_result_release(struct search_result *result) {
    mem_free(result->keys);
    *result = (struct search_result){0};
}
