/*
 * Strings: borrowed pieces of text as pointer and length.
 *
 * A `struct str` never owns its bytes and is not terminated. It is passed by value. Text is UTF-8
 * unless a function says otherwise; functions here look at bytes and ASCII only (see text/ for
 * more).
 */
#ifndef FAIRLEAD_BASE_STR_H
#define FAIRLEAD_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *ptr;
    size_t len;
};

/* A str of a string literal. */
#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})

/* printf: "%.*s", STR_ARG(s) */
#define STR_ARG(s) (int)(s).len, (s).ptr

static inline struct str str_of(const char *text) {
    return (struct str){text != NULL ? text : "", text != NULL ? strlen(text) : 0};
}

static inline struct str str_sub(struct str s, size_t from, size_t to) {
    return (struct str){s.ptr + from, to - from};
}

static inline bool str_equal(struct str a, struct str b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool str_equal_c(struct str a, const char *b) {
    return str_equal(a, str_of(b));
}

/* Byte order, shorter first: <0, 0, >0. */
int str_compare(struct str a, struct str b);

/* Equal when ASCII letters are folded. */
bool str_equal_nocase(struct str a, struct str b);

/* Byte for byte; the empty text starts and ends everything. */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* Byte position of `part` in `s`, or SIZE_MAX. O(len). */
size_t str_find(struct str s, struct str part);

/* Without blanks, tabs, carriage returns and line feeds at both ends. */
struct str str_trim(struct str s);

/*
 * Takes the next piece up to one of the ASCII `separators` from `rest`; false when nothing is left.
 * Empty pieces are returned. `rest` moves on.
 */
bool str_next(struct str *rest, const char *separators, struct str *piece);

/* Strict decimal readers: the whole of `s`, no blanks, no overflow; false leaves `out` alone. */
bool str_to_i64(struct str s, int64_t *out);
bool str_to_u32(struct str s, uint32_t *out);
/* Decimal number with optional fraction and exponent, "." as the point whatever the locale. */
bool str_to_double(struct str s, double *out);

/* FNV-1a with a final mix; for hash tables, not for secrets. A table whose keys strangers choose
 * is seeded with a number they do not know. */
uint64_t str_hash(struct str s);
uint64_t str_hash_seeded(struct str s, uint64_t seed);

#endif
