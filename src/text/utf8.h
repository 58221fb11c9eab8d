/*
 * UTF-8, strictly: no overlong forms, no surrogates, nothing above U+10FFFF.
 * Source: RFC 3629; the Unicode Standard 15.0, table 3-7 and section 3.9 ("U+FFFD substitution of
 * maximal subparts").
 *
 * Thread rule: any thread. Nothing here allocates but utf8_append, through its buffer.
 */
#ifndef FAIRLEAD_TEXT_UTF8_H
#define FAIRLEAD_TEXT_UTF8_H

#include "base/buf.h"

enum { UTF8_REPLACEMENT = 0xFFFD, UTF8_MAX_BYTES = 4, UTF8_LAST_CODE_POINT = 0x10FFFF };

/* Whether the whole of `s` is UTF-8. O(len), 8 bytes a step on ASCII. */
bool utf8_valid(struct str s);

/*
 * Length of the longest beginning of `s` that is whole, valid UTF-8. `cut` (may be NULL) tells
 * whether what follows is only the first bytes of a character, cut off by the end of `s`, so that
 * more bytes could still complete it.
 */
size_t utf8_valid_len(struct str s, bool *cut);

/*
 * Takes one code point from the front of `rest`, which must not be empty. Bad bytes give U+FFFD,
 * one for each maximal beginning of a character, and at least one byte is always taken.
 */
uint32_t utf8_next(struct str *rest);

/* Appends a code point; what is none (surrogates, too large) becomes U+FFFD. */
void utf8_append(struct buf *out, uint32_t code_point);

/* Writes a code point to `out` and returns its bytes, 1 to 4; for loops that own their memory. */
size_t utf8_put(char out[UTF8_MAX_BYTES], uint32_t code_point);

/* Number of code points, counting as utf8_next does. */
size_t utf8_count(struct str s);

/* Length of the ASCII bytes at the front of `s`. 8 bytes a step. */
size_t utf8_ascii_len(struct str s);

#endif
