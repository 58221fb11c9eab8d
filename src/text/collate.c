/* Collation: see collate.h. A thin layer over ICU's sort keys, without an allocation for names. */
#include "text/collate.h"

#include <unicode/ucol.h>
#include <unicode/ustring.h>

#include "base/mem.h"
#include "text/utf8.h"

enum {
    UNITS_ON_STACK = 256,
    KEY_ON_STACK = 1024,
    TEXT_MAX_BYTES = 16 << 20, /* far below where 32-bit lengths of ICU end */
    HEADINGS = 27,             /* the letters and what comes after */
    HEADING_KEY_BYTES = 32,
};

/* Where in the order a heading of an index begins. */
struct heading {
    char letter;
    uint8_t len;
    char key[HEADING_KEY_BYTES];
};

struct text_collator {
    UCollator *icu;
    struct heading heading[HEADINGS]; /* in order */
    uint32_t headings;
};

static enum err add_heading(struct text_collator *c, char letter, struct str first,
                            struct errinfo *info) {
    struct heading *h = &c->heading[c->headings++];
    struct buf key;
    buf_init(&key, HEADING_KEY_BYTES);
    enum err e = text_sort_key(c, first, &key, info);
    if (e == ERR_OK) {
        h->letter = letter;
        h->len = (uint8_t)key.len;
        memcpy(h->key, key.ptr, key.len);
    }
    buf_release(&key);
    return e;
}

/*
 * The letters begin where they sort themselves. For pinyin, CLDR puts the noncharacter U+FDD0 and
 * the letter in front of its first Han character (UTS 35, part 5, 3.11 "Collation indexes"); no
 * syllable begins with I, U or V. What comes after is the next script: Greek, or Latin.
 */
static enum err add_headings(struct text_collator *c, enum text_order order, struct errinfo *info) {
    const char *letters =
        order == TEXT_ORDER_CHINESE ? "ABCDEFGHJKLMNOPQRSTWXYZ" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (const char *at = letters; *at != '\0'; at++) {
        const char pinyin[] = {'\xEF', '\xB7', '\x90', *at}, latin[] = {(char)(*at | 0x20)};
        struct str first = order == TEXT_ORDER_CHINESE ? (struct str){pinyin, sizeof(pinyin)}
                                                       : (struct str){latin, sizeof(latin)};
        enum err e = add_heading(c, *at, first, info);
        if (e != ERR_OK)
            return e;
    }
    return add_heading(c, TEXT_INDEX_AFTER, order == TEXT_ORDER_CHINESE ? STR("a") : STR("α"),
                       info);
}

char text_index_letter(const struct text_collator *c, struct str key) {
    char letter = TEXT_INDEX_BEFORE;
    for (uint32_t i = 0; i < c->headings; i++) {
        const struct heading *h = &c->heading[i];
        if (str_compare(key, (struct str){h->key, h->len}) < 0)
            break;
        letter = h->letter;
    }
    return letter;
}

enum err text_collator_new(enum text_order order, struct text_collator **out,
                           struct errinfo *info) {
    struct text_collator *c = mem_new(1, sizeof(*c));
    if (c == NULL)
        return err_memory(info);
    UErrorCode status = U_ZERO_ERROR;
    c->icu = ucol_open(order == TEXT_ORDER_CHINESE ? "zh@collation=pinyin" : "en", &status);
    ucol_setAttribute(c->icu, UCOL_NUMERIC_COLLATION, UCOL_ON, &status);
    if (U_FAILURE(status)) {
        text_collator_free(c);
        return err_set(info, ERR_INTERNAL, "the ICU library has no collation data: %s",
                       u_errorName(status));
    }
    enum err e = add_headings(c, order, info);
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

enum err text_sort_key(const struct text_collator *c, struct str s, struct buf *out,
                       struct errinfo *info) {
    if (s.len > TEXT_MAX_BYTES)
        return err_set(info, ERR_LIMIT, "text of %zu bytes is too long to be sorted", s.len);
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
