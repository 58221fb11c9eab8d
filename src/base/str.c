/* Strings: see str.h. */
#include "base/str.h"

#include <math.h>
#include <stdlib.h>

static char fold_ascii(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

int str_compare(struct str a, struct str b) {
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common > 0 ? memcmp(a.ptr, b.ptr, common) : 0;
    if (order != 0)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

bool str_equal_nocase(struct str a, struct str b) {
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (fold_ascii(a.ptr[i]) != fold_ascii(b.ptr[i]))
            return false;
    return true;
}

bool str_starts(struct str s, struct str prefix) {
    return s.len >= prefix.len && str_equal(str_sub(s, 0, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix) {
    return s.len >= suffix.len && str_equal(str_sub(s, s.len - suffix.len, s.len), suffix);
}

size_t str_find(struct str s, struct str part) {
    if (part.len == 0)
        return 0;
    if (part.len > s.len)
        return SIZE_MAX;
    const char *at = memmem(s.ptr, s.len, part.ptr, part.len);
    return at != NULL ? (size_t)(at - s.ptr) : SIZE_MAX;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str str_trim(struct str s) {
    size_t from = 0, to = s.len;
    while (from < to && is_blank(s.ptr[from]))
        from++;
    while (to > from && is_blank(s.ptr[to - 1]))
        to--;
    return str_sub(s, from, to);
}

/* Where the next separator stands, or the end. Most texts are cut at one character only. */
static size_t find_separator(struct str s, const char *separators) {
    size_t i = 0;
    if (separators[0] != '\0' && separators[1] == '\0') {
        const char *found = s.len > 0 ? memchr(s.ptr, separators[0], s.len) : NULL;
        return found != NULL ? (size_t)(found - s.ptr) : s.len;
    }
    while (i < s.len && (s.ptr[i] == '\0' || strchr(separators, s.ptr[i]) == NULL))
        i++;
    return i;
}

bool str_next(struct str *rest, const char *separators, struct str *piece) {
    if (rest->ptr == NULL)
        return false;
    size_t i = find_separator(*rest, separators);
    *piece = str_sub(*rest, 0, i);
    if (i < rest->len)
        *rest = str_sub(*rest, i + 1, rest->len);
    else
        *rest = (struct str){NULL, 0};
    return true;
}

bool str_to_i64(struct str s, int64_t *out) {
    size_t i = 0;
    bool negative = s.len > 0 && s.ptr[0] == '-';
    if (negative || (s.len > 0 && s.ptr[0] == '+'))
        i = 1;
    if (i == s.len)
        return false;
    int64_t value = 0;
    for (; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        int digit = s.ptr[i] - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, negative ? -digit : digit, &value))
            return false;
    }
    *out = value;
    return true;
}

bool str_to_u32(struct str s, uint32_t *out) {
    int64_t value;
    if (!str_to_i64(s, &value) || value < 0 || value > (int64_t)UINT32_MAX)
        return false;
    *out = (uint32_t)value;
    return true;
}

bool str_to_double(struct str s, double *out) {
    enum { NUMBER_MAX = 64 };
    if (s.len == 0 || s.len >= NUMBER_MAX)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] == '\0' || strchr("0123456789+-.eE", s.ptr[i]) == NULL)
            return false;
    char copy[NUMBER_MAX];
    memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    char *end;
    /* The program never calls setlocale, so strtod reads the C locale's point. */
    double value = strtod(copy, &end);
    if (*end != '\0' || !isfinite(value))
        return false;
    *out = value;
    return true;
}

uint64_t str_hash(struct str s) {
    return str_hash_seeded(s, 0);
}

uint64_t str_hash_seeded(struct str s, uint64_t seed) {
    uint64_t h = 0xcbf29ce484222325ULL ^ seed;
    for (size_t i = 0; i < s.len; i++)
        h = (h ^ (unsigned char)s.ptr[i]) * 0x100000001b3ULL;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93ULL;
    return h ^ (h >> 32);
}
