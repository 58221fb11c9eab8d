/* Arenas: see arena.h. A linked list of chunks, each twice the last up to CHUNK_MAX. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"

enum { CHUNK_MIN = 4096, CHUNK_MAX = 4 << 20, ALIGNMENT = 16 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t size; /* bytes of payload */
    size_t used;
    /* Keeps the payload aligned on 16 bytes. */
    size_t padding;
    unsigned char payload[];
};

void arena_init(struct arena *a, size_t max_bytes) {
    *a = (struct arena){.max_bytes = max_bytes};
}

void arena_release(struct arena *a) {
    while (a->chunk != NULL) {
        struct arena_chunk *next = a->chunk->next;
        mem_free(a->chunk);
        a->chunk = next;
    }
    a->used_bytes = 0;
}

void arena_clear(struct arena *a) {
    while (a->chunk != NULL && a->chunk->next != NULL) {
        struct arena_chunk *next = a->chunk->next;
        mem_free(a->chunk);
        a->chunk = next;
    }
    if (a->chunk != NULL) {
        memset(a->chunk->payload, 0, a->chunk->used);
        a->chunk->used = 0;
    }
    a->used_bytes = 0;
}

static bool add_chunk(struct arena *a, size_t need) {
    size_t size = a->chunk != NULL ? a->chunk->size * 2 : CHUNK_MIN;
    if (size > CHUNK_MAX)
        size = CHUNK_MAX;
    if (size < need)
        size = need;
    struct arena_chunk *chunk = mem_new(1, sizeof(*chunk) + size);
    if (chunk == NULL)
        return false;
    chunk->size = size;
    chunk->next = a->chunk;
    a->chunk = chunk;
    return true;
}

void *arena_new(struct arena *a, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - 2 * ALIGNMENT)
        return NULL;
    bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (bytes == 0)
        bytes = ALIGNMENT;
    if (bytes > a->max_bytes || a->used_bytes > a->max_bytes - bytes)
        return NULL;
    if (a->chunk == NULL || a->chunk->size - a->chunk->used < bytes)
        if (!add_chunk(a, bytes))
            return NULL;
    void *block = a->chunk->payload + a->chunk->used;
    a->chunk->used += bytes;
    a->used_bytes += bytes;
    return block;
}

struct str arena_copy(struct arena *a, struct str s) {
    char *copy = s.len < SIZE_MAX ? arena_new(a, s.len + 1, 1) : NULL;
    if (copy == NULL)
        return (struct str){NULL, 0};
    if (s.len > 0)
        memcpy(copy, s.ptr, s.len);
    return (struct str){copy, s.len};
}

struct str arena_printf(struct arena *a, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    char *text = need >= 0 ? arena_new(a, (size_t)need + 1, 1) : NULL;
    if (text != NULL)
        vsnprintf(text, (size_t)need + 1, format, again);
    va_end(again);
    va_end(args);
    return (struct str){text, text != NULL ? (size_t)need : 0};
}
