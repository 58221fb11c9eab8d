/*
 * UTF-8: see utf8.h.
 *
 * One decoder serves all: read_sequence looks at one character that does not begin with ASCII and
 * says how many bytes belong together, and whether they are whole, broken or cut. ASCII is skipped
 * in words of 8 bytes, because names, codes and separators are mostly ASCII.
 */
#include "text/utf8.h"

/* High bit of every byte: set nowhere in ASCII. */
static const uint64_t HIGH_BITS = 0x8080808080808080ULL;

struct sequence {
    uint32_t code_point;
    uint32_t len; /* bytes that belong together, at least 1 */
    enum { WHOLE, BROKEN, CUT } state;
};

static bool is_continuation(unsigned char c) {
    return (c & 0xC0) == 0x80;
}

/* The range of the second byte excludes overlong forms, surrogates and what is above U+10FFFF. */
static bool second_byte_fits(unsigned char first, unsigned char second) {
    switch (first) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return is_continuation(second);
    }
}

/* One character of `len` > 0 bytes at `p`, of which the first is not ASCII. */
static struct sequence read_sequence(const unsigned char *p, size_t len) {
    unsigned char first = p[0];
    uint32_t need = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (need == 0)
        return (struct sequence){UTF8_REPLACEMENT, 1, BROKEN};
    uint32_t code_point = first & (0x7FU >> need);
    for (uint32_t i = 1; i < need; i++) {
        if (i == len)
            return (struct sequence){UTF8_REPLACEMENT, i, CUT};
        bool fits = i == 1 ? second_byte_fits(first, p[1]) : is_continuation(p[i]);
        if (!fits)
            return (struct sequence){UTF8_REPLACEMENT, i, BROKEN};
        code_point = code_point << 6 | (p[i] & 0x3FU);
    }
    return (struct sequence){code_point, need, WHOLE};
}

size_t utf8_ascii_len(struct str s) {
    size_t i = 0;
    for (uint64_t word; i + sizeof(word) <= s.len; i += sizeof(word)) {
        memcpy(&word, s.ptr + i, sizeof(word));
        if ((word & HIGH_BITS) != 0)
            break;
    }
    while (i < s.len && (unsigned char)s.ptr[i] < 0x80)
        i++;
    return i;
}

size_t utf8_valid_len(struct str s, bool *cut) {
    if (cut != NULL)
        *cut = false;
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t i = 0;
    while (i < s.len) {
        if (p[i] < 0x80) {
            i += utf8_ascii_len(str_sub(s, i, s.len));
            continue;
        }
        /* Chinese, Japanese and Korean text: three bytes without a special second byte. */
        if (p[i] > 0xE0 && p[i] < 0xED && s.len - i >= 3 && is_continuation(p[i + 1]) &&
            is_continuation(p[i + 2])) {
            i += 3;
            continue;
        }
        struct sequence q = read_sequence(p + i, s.len - i);
        if (q.state != WHOLE) {
            if (cut != NULL)
                *cut = q.state == CUT;
            return i;
        }
        i += q.len;
    }
    return i;
}

bool utf8_valid(struct str s) {
    return utf8_valid_len(s, NULL) == s.len;
}

uint32_t utf8_next(struct str *rest) {
    unsigned char first = (unsigned char)rest->ptr[0];
    if (first < 0x80) {
        *rest = str_sub(*rest, 1, rest->len);
        return first;
    }
    struct sequence q = read_sequence((const unsigned char *)rest->ptr, rest->len);
    *rest = str_sub(*rest, q.len, rest->len);
    return q.code_point;
}

size_t utf8_put(char out[UTF8_MAX_BYTES], uint32_t code_point) {
    if (code_point > UTF8_LAST_CODE_POINT || (code_point >= 0xD800 && code_point <= 0xDFFF))
        code_point = UTF8_REPLACEMENT;
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

void utf8_append(struct buf *out, uint32_t code_point) {
    char bytes[UTF8_MAX_BYTES];
    buf_add(out, bytes, utf8_put(bytes, code_point));
}

size_t utf8_count(struct str s) {
    size_t count = 0;
    while (s.len > 0) {
        size_t ascii = utf8_ascii_len(s);
        count += ascii;
        s = str_sub(s, ascii, s.len);
        if (s.len == 0)
            break;
        utf8_next(&s);
        count++;
    }
    return count;
}
