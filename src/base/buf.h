/*
 * Growing byte buffers with a stated maximum.
 *
 * A buffer remembers its first failure (out of memory, or over its maximum): later appends do
 * nothing, and buf_error tells at the end. So writers of pages and files append without checking
 * each step and check once. The content is always followed by a zero byte that does not count.
 *
 * Life cycle: buf_init, appends, buf_error, use `ptr` and `len`, buf_release. buf_clear empties it
 * and forgets the failure but keeps the memory.
 */
#ifndef FAIRLEAD_BASE_BUF_H
#define FAIRLEAD_BASE_BUF_H

#include "base/err.h"
#include "base/str.h"

struct buf {
    char *ptr;       /* read-only for users; NULL until the first byte */
    size_t len;      /* read-only for users */
    size_t capacity; /* private */
    size_t max;      /* private: no more bytes than this */
    enum err failed; /* private: see buf_error */
};

void buf_init(struct buf *b, size_t max_bytes);
void buf_release(struct buf *b);
void buf_clear(struct buf *b);

/* Appends; see above for failures. buf_add_u64 and buf_add_i64 write decimal digits. */
void buf_add(struct buf *b, const char *bytes, size_t len);
void buf_add_str(struct buf *b, struct str s);
void buf_add_c(struct buf *b, const char *text);
void buf_add_char(struct buf *b, char c);
void buf_add_u64(struct buf *b, uint64_t value);
void buf_add_i64(struct buf *b, int64_t value);
void buf_printf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Takes the first `len` bytes away (at most all of them) and moves the rest to the front. */
void buf_drop_front(struct buf *b, size_t len);

/* The content so far, borrowed until the next append. */
struct str buf_str(const struct buf *b);

/* ERR_OK, or why an append was refused (ERR_MEMORY, ERR_LIMIT), with words. */
enum err buf_error(const struct buf *b, struct errinfo *info) ERR_CHECK;

#endif
