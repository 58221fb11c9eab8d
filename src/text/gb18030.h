/*
 * Whether bytes have the structure of GB18030: 1, 2 or 4 bytes a character.
 * Source: GB 18030-2005; the four-byte areas that have no Unicode character are refused, as are the
 * single bytes 0x80 and 0xFF.
 *
 * Thread rule: one thread at a time for each scan.
 */
#ifndef FAIRLEAD_TEXT_GB18030_H
#define FAIRLEAD_TEXT_GB18030_H

#include "base/str.h"

/* Private; zeroed is the start of a text. */
struct gb18030_scan {
    unsigned char pending[4]; /* bytes of a character that is not complete */
    uint32_t pending_len;
    bool broken;
    unsigned char before;  /* the byte before the present run of characters beyond ASCII */
    uint32_t run;          /* characters beyond ASCII in a row */
    uint64_t lone_letters; /* runs of one character that touch an ASCII letter */
    uint64_t runs;
};

/* Takes the next block and returns how much of it was read before the first bad byte. */
size_t gb18030_scan_feed(struct gb18030_scan *s, struct str block);

/* Whether the text was whole and well formed. */
bool gb18030_scan_ok(const struct gb18030_scan *s);

/*
 * Whether the text looks like an 8-bit Latin encoding that happens to be well formed: every run of
 * characters beyond ASCII is a single one and touches an ASCII letter ("M黮ler" for "Müller").
 * Chinese words are longer and stand between blanks or commas.
 */
bool gb18030_scan_looks_latin(const struct gb18030_scan *s);

#endif
