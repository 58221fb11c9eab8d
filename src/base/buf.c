/* Growing byte buffers: see buf.h. Capacity doubles, so n appends cost O(total bytes). */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"

enum { FIRST_CAPACITY = 256 };

void buf_init(struct buf *b, size_t max_bytes) {
    *b = (struct buf){.max = max_bytes};
}

void buf_release(struct buf *b) {
    mem_free(b->ptr);
    *b = (struct buf){.max = b->max};
}

void buf_clear(struct buf *b) {
    b->len = 0;
    b->failed = ERR_OK;
    if (b->ptr != NULL)
        b->ptr[0] = '\0';
}

/* Makes room for `extra` more bytes and the final zero. */
static bool reserve(struct buf *b, size_t extra) {
    if (b->failed != ERR_OK)
        return false;
    if (extra > b->max || b->len > b->max - extra) {
        b->failed = ERR_LIMIT;
        return false;
    }
    size_t need = b->len + extra + 1;
    if (need <= b->capacity)
        return true;
    size_t capacity = b->capacity > 0 ? b->capacity : FIRST_CAPACITY;
    while (capacity < need)
        capacity = capacity > SIZE_MAX / 2 ? need : capacity * 2;
    char *grown = mem_resize(b->ptr, capacity, 1);
    if (grown == NULL) {
        b->failed = ERR_MEMORY;
        return false;
    }
    b->ptr = grown;
    b->capacity = capacity;
    return true;
}

void buf_add(struct buf *b, const char *bytes, size_t len) {
    if (!reserve(b, len))
        return;
    if (len > 0)
        memcpy(b->ptr + b->len, bytes, len);
    b->len += len;
    b->ptr[b->len] = '\0';
}

void buf_add_str(struct buf *b, struct str s) {
    buf_add(b, s.ptr, s.len);
}

void buf_add_c(struct buf *b, const char *text) {
    buf_add(b, text, strlen(text));
}

void buf_add_char(struct buf *b, char c) {
    buf_add(b, &c, 1);
}

void buf_add_u64(struct buf *b, uint64_t value) {
    char digits[20];
    size_t at = sizeof(digits);
    do {
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
    } while (value > 0);
    buf_add(b, digits + at, sizeof(digits) - at);
}

void buf_add_i64(struct buf *b, int64_t value) {
    if (value < 0) {
        buf_add_char(b, '-');
        buf_add_u64(b, (uint64_t)0 - (uint64_t)value);
    } else {
        buf_add_u64(b, (uint64_t)value);
    }
}

void buf_printf(struct buf *b, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    if (need >= 0 && reserve(b, (size_t)need)) {
        vsnprintf(b->ptr + b->len, (size_t)need + 1, format, again);
        b->len += (size_t)need;
    }
    va_end(again);
    va_end(args);
}

void buf_drop_front(struct buf *b, size_t len) {
    if (len > b->len)
        len = b->len;
    if (len == 0)
        return;
    b->len -= len;
    memmove(b->ptr, b->ptr + len, b->len + 1);
}

struct str buf_str(const struct buf *b) {
    return (struct str){b->ptr != NULL ? b->ptr : "", b->len};
}

enum err buf_error(const struct buf *b, struct errinfo *info) {
    if (b->failed == ERR_MEMORY)
        return err_memory(info);
    if (b->failed == ERR_LIMIT)
        return err_set(info, ERR_LIMIT, "the text would be longer than %zu bytes", b->max);
    return ERR_OK;
}
