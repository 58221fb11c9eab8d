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
};

struct text_collator {
    UCollator *icu;
};

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
    *out = c;
    return ERR_OK;
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
