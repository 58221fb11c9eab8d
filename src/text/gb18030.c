/* GB18030's structure: see gb18030.h. A byte at a time beyond ASCII, words of 8 bytes on ASCII. */
#include "text/gb18030.h"

#include "text/utf8.h"

static bool is_letter(unsigned char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_lead(unsigned char c) {
    return c >= 0x81 && c <= 0xFE;
}

static bool is_digit_byte(unsigned char c) {
    return c >= 0x30 && c <= 0x39;
}

/* The code points up to U+FFFF end at 84 31 A4 39; those above run from 90 30 81 30 to E3 32 9A 35.
 */
static bool is_assigned(const unsigned char p[4]) {
    uint32_t code = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    return code <= 0x8431A439 || (code >= 0x90308130 && code <= 0xE3329A35);
}

/* Whether `pending` can begin a character; `whole` tells that it is one. */
static bool check(const struct gb18030_scan *s, bool *whole) {
    const unsigned char *p = s->pending;
    *whole = false;
    switch (s->pending_len) {
    case 1:
        return is_lead(p[0]);
    case 2:
        *whole = p[1] >= 0x40 && p[1] <= 0xFE && p[1] != 0x7F;
        return *whole || is_digit_byte(p[1]);
    case 3:
        return is_lead(p[2]);
    default:
        *whole = is_digit_byte(p[3]) && is_assigned(p);
        return *whole;
    }
}

static void end_run(struct gb18030_scan *s, unsigned char after) {
    if (s->run == 0)
        return;
    s->runs++;
    if (s->run == 1 && (is_letter(s->before) || is_letter(after)))
        s->lone_letters++;
    s->run = 0;
}

size_t gb18030_scan_feed(struct gb18030_scan *s, struct str block) {
    size_t i = 0;
    while (i < block.len && !s->broken) {
        unsigned char c = (unsigned char)block.ptr[i];
        if (s->pending_len == 0 && c < 0x80) {
            end_run(s, c);
            i += utf8_ascii_len(str_sub(block, i, block.len));
            s->before = (unsigned char)block.ptr[i - 1];
            continue;
        }
        s->pending[s->pending_len++] = c;
        bool whole;
        s->broken = !check(s, &whole);
        if (s->broken)
            break;
        if (whole) {
            s->run++;
            s->pending_len = 0;
        }
        i++;
    }
    return i;
}

bool gb18030_scan_ok(const struct gb18030_scan *s) {
    return !s->broken && s->pending_len == 0;
}

bool gb18030_scan_looks_latin(const struct gb18030_scan *s) {
    struct gb18030_scan whole = *s;
    end_run(&whole, 0);
    return whole.runs > 0 && whole.lone_letters == whole.runs;
}
