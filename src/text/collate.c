/*
 * Collation: see collate.h. English keys are ICU's.
 *
 * A Chinese key is a row of pieces, one for each Han character and one for each run of others:
 *
 *     class, reading, tone, character      a Han character that is read in Mandarin
 *     class, key of ICU, END               a run of others, by what it begins with
 *
 * Pieces of different classes differ in their first byte, so that a text compares piece by piece.
 * No byte is zero, and END is smaller than any byte within a key of ICU.
 */
#include "text/collate.h"

#include <unicode/uchar.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include "base/mem.h"
#include "text/han.h"
#include "text/utf8.h"

enum {
    UNITS_ON_STACK = 256,
    KEY_ON_STACK = 1024,
    TEXT_MAX_BYTES = 16 << 20, /* far below where 32-bit lengths of ICU end */
    HEADINGS = 27,             /* the letters and what comes after */
    HEADING_KEY_BYTES = 32,
};

/* First bytes of the pieces of a Chinese key, in their order. */
enum { CLASS_SIGN = 2, CLASS_HAN, CLASS_LETTER, CLASS_UNREAD };
enum { END = 1, UMLAUT = ' ', TONES = 2 };

/* Where in the English order a heading of an index begins. */
struct heading {
    char letter;
    uint8_t len;
    char key[HEADING_KEY_BYTES];
};

struct text_collator {
    enum text_order order;
    UCollator *icu;
    struct heading heading[HEADINGS]; /* in order; English only */
    uint32_t headings;
};

/* ---- keys of ICU ---- */

static enum err add_key(const UCollator *icu, const UChar *units, int32_t count, struct buf *out,
                        struct errinfo *info) {
    uint8_t on_stack[KEY_ON_STACK];
    /* The length includes a final zero, which would sort nothing. */
    int32_t len = ucol_getSortKey(icu, units, count, on_stack, KEY_ON_STACK);
    if (len <= KEY_ON_STACK) {
        if (len <= 0)
            return err_memory(info);
        buf_add(out, (const char *)on_stack, (size_t)len - 1);
        return buf_error(out, info);
    }
    uint8_t *key = mem_new((size_t)len, 1);
    if (key == NULL)
        return err_memory(info);
    ucol_getSortKey(icu, units, count, key, len);
    buf_add(out, (const char *)key, (size_t)len - 1);
    mem_free(key);
    return buf_error(out, info);
}

static enum err add_icu_key(const struct text_collator *c, struct str s, struct buf *out,
                            struct errinfo *info) {
    UChar on_stack[UNITS_ON_STACK], *units = on_stack;
    /* No character takes more UTF-16 units than UTF-8 bytes. */
    if (s.len > UNITS_ON_STACK) {
        units = mem_new(s.len, sizeof(UChar));
        if (units == NULL)
            return err_memory(info);
    }
    int32_t count = 0;
    UErrorCode status = U_ZERO_ERROR;
    u_strFromUTF8WithSub(units, (int32_t)(s.len > UNITS_ON_STACK ? s.len : UNITS_ON_STACK), &count,
                         s.ptr, (int32_t)s.len, UTF8_REPLACEMENT, NULL, &status);
    enum err err = U_SUCCESS(status) ? add_key(c->icu, units, count, out, info) : err_memory(info);
    if (units != on_stack)
        mem_free(units);
    return err;
}

/* ---- Chinese keys ---- */

/* The reading as bytes that order as syllables do: "lu", "lü", "luan". The tone ends it. */
static void add_han(uint32_t code_point, const struct han_reading *reading, struct buf *out) {
    buf_add_char(out, reading->syllable != NULL ? CLASS_HAN : CLASS_UNREAD);
    if (reading->syllable != NULL) {
        struct str rest = str_of(reading->syllable);
        while (rest.len > 0) {
            uint32_t letter = utf8_next(&rest);
            buf_add_char(out, letter < 0x80 ? (char)letter : 'u');
            if (letter >= 0x80)
                buf_add_char(out, UMLAUT);
        }
        buf_add_char(out, (char)(TONES + reading->tone));
    }
    for (int shift = 14; shift >= 0; shift -= 7)
        buf_add_char(out, (char)(((code_point >> shift) & 0x7F) + 0x80));
}

/* A run of other characters: digits, signs and blanks before letters. */
static enum err add_run(const struct text_collator *c, struct str run, struct buf *out,
                        struct errinfo *info) {
    struct str rest = run;
    if (run.len == 0)
        return ERR_OK;
    buf_add_char(out, u_isalpha((UChar32)utf8_next(&rest)) ? CLASS_LETTER : CLASS_SIGN);
    enum err e = add_icu_key(c, run, out, info);
    buf_add_char(out, END);
    return e;
}

static enum err add_chinese_key(const struct text_collator *c, struct str s, struct buf *out,
                                struct errinfo *info) {
    struct han_reader reader;
    struct han_reading reading;
    uint32_t code_point;
    const char *run = s.ptr, *at = s.ptr;
    enum err e = ERR_OK;
    han_reader_init(&reader, s);
    while (e == ERR_OK && han_reader_next(&reader, &code_point, &reading)) {
        if (han_is(code_point)) {
            e = add_run(c, (struct str){run, (size_t)(at - run)}, out, info);
            add_han(code_point, &reading, out);
            run = reader.rest.ptr;
        }
        at = reader.rest.ptr;
    }
    if (e == ERR_OK)
        e = add_run(c, (struct str){run, (size_t)(at - run)}, out, info);
    return e == ERR_OK ? buf_error(out, info) : e;
}

enum err text_sort_key(const struct text_collator *c, struct str s, struct buf *out,
                       struct errinfo *info) {
    if (s.len > TEXT_MAX_BYTES)
        return err_set(info, ERR_LIMIT, "text of %zu bytes is too long to be sorted", s.len);
    return c->order == TEXT_ORDER_CHINESE ? add_chinese_key(c, s, out, info)
                                          : add_icu_key(c, s, out, info);
}

/* ---- headings ---- */

static enum err add_heading(struct text_collator *c, char letter, struct str first,
                            struct errinfo *info) {
    struct heading *h = &c->heading[c->headings++];
    struct buf key;
    buf_init(&key, HEADING_KEY_BYTES);
    enum err e = add_icu_key(c, first, &key, info);
    if (e == ERR_OK) {
        h->letter = letter;
        h->len = (uint8_t)key.len;
        memcpy(h->key, key.ptr, key.len);
    }
    buf_release(&key);
    return e;
}

/* The letters begin where they sort themselves; what comes after Latin begins with Greek. */
static enum err add_headings(struct text_collator *c, struct errinfo *info) {
    enum err e = ERR_OK;
    for (char letter = 'A'; letter <= 'Z' && e == ERR_OK; letter++) {
        const char first[] = {(char)(letter | 0x20)};
        e = add_heading(c, letter, (struct str){first, 1}, info);
    }
    return e == ERR_OK ? add_heading(c, TEXT_INDEX_AFTER, STR("α"), info) : e;
}

static char chinese_letter(struct str key) {
    if (key.len == 0 || key.ptr[0] == CLASS_SIGN)
        return TEXT_INDEX_BEFORE;
    return key.ptr[0] == CLASS_HAN ? (char)(key.ptr[1] & ~0x20) : TEXT_INDEX_AFTER;
}

char text_index_letter(const struct text_collator *c, struct str key) {
    char letter = TEXT_INDEX_BEFORE;
    if (c->order == TEXT_ORDER_CHINESE)
        return chinese_letter(key);
    for (uint32_t i = 0; i < c->headings; i++) {
        const struct heading *h = &c->heading[i];
        if (str_compare(key, (struct str){h->key, h->len}) < 0)
            break;
        letter = h->letter;
    }
    return letter;
}

/* ---- life ---- */

enum err text_collator_new(enum text_order order, struct text_collator **out,
                           struct errinfo *info) {
    struct text_collator *c = mem_new(1, sizeof(*c));
    if (c == NULL)
        return err_memory(info);
    UErrorCode status = U_ZERO_ERROR;
    c->order = order;
    c->icu = ucol_open("en", &status);
    ucol_setAttribute(c->icu, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
    if (U_FAILURE(status)) {
        text_collator_free(c);
        return err_set(info, ERR_INTERNAL, "the ICU library has no collation data: %s",
                       u_errorName(status));
    }
    enum err e = order == TEXT_ORDER_ENGLISH ? add_headings(c, info) : ERR_OK;
    if (e == ERR_OK)
        *out = c;
    else
        text_collator_free(c);
    return e;
}

void text_collator_free(struct text_collator *c) {
    if (c == NULL)
        return;
    if (c->icu != NULL)
        ucol_close(c->icu);
    mem_free(c);
}
