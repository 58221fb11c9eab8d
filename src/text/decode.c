/*
 * Bytes to UTF-8: see decode.h.
 *
 * UTF-8 is validated and copied; at most three bytes are kept back for a character that the next
 * block completes. Everything else goes through an ICU converter that stops at the first byte it
 * cannot read, a few thousand UTF-16 units at a time. Lines are counted in what came out, so that
 * they are right for UTF-16 as well.
 */
#include "text/decode.h"

#include <unicode/ucnv.h>

#include "base/mem.h"
#include "text/utf8.h"

enum { UNITS = 4096, BYTES_A_UNIT = 3 };

struct text_decoder {
    const struct text_encoding *encoding;
    UConverter *converter; /* NULL for UTF-8 */
    uint64_t offset;       /* bytes taken in */
    uint64_t line;         /* line breaks written */
    bool started;          /* the place of a byte order mark is behind us */
    UChar lead;            /* first half of a surrogate pair */
    uint32_t tail_len;
    char tail[UTF8_MAX_BYTES]; /* UTF-8 only: a character that is not complete */
    UChar units[UNITS];
    char bytes[UNITS * BYTES_A_UNIT];
};

enum err text_decoder_new(const struct text_encoding *encoding, struct text_decoder **out,
                          struct errinfo *info) {
    struct text_decoder *d = mem_new(1, sizeof(*d));
    if (d == NULL)
        return err_memory(info);
    d->encoding = encoding;
    if (encoding->converter != NULL) {
        UErrorCode status = U_ZERO_ERROR;
        d->converter = ucnv_open(encoding->converter, &status);
        ucnv_setToUCallBack(d->converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
        if (U_FAILURE(status)) {
            text_decoder_free(d);
            return err_set(info, ERR_INTERNAL, "the ICU library cannot read %s: %s", encoding->name,
                           u_errorName(status));
        }
    }
    *out = d;
    return ERR_OK;
}

void text_decoder_free(struct text_decoder *d) {
    if (d == NULL)
        return;
    if (d->converter != NULL)
        ucnv_close(d->converter);
    mem_free(d);
}

static void write_text(struct text_decoder *d, struct str s, struct buf *out) {
    if (!d->started && s.len > 0) {
        d->started = true;
        if (str_starts(s, STR("\xEF\xBB\xBF")))
            s = str_sub(s, 3, s.len);
    }
    uint64_t lines = 0;
    for (size_t i = 0; i < s.len; i++)
        lines += s.ptr[i] == '\n';
    d->line += lines;
    buf_add_str(out, s);
}

/* `bytes` are the ones that cannot be read; the last of them may be missing. */
static enum err refuse(const struct text_decoder *d, struct str bytes, uint64_t offset, bool cut,
                       struct errinfo *info) {
    char hex[3 * 8 + 1] = "";
    for (size_t i = 0; i < bytes.len && i < 8; i++)
        snprintf(hex + 3 * i, 4, " %02X", (unsigned char)bytes.ptr[i]);
    if (cut)
        (void)err_set(info, ERR_INPUT,
                      "the text ends in the middle of a character (bytes%s at %llu)", hex,
                      (unsigned long long)offset);
    else
        (void)err_set(info, ERR_INPUT, "the bytes%s at %llu are not %s", hex,
                      (unsigned long long)offset, d->encoding->name);
    err_hint(info, cut ? "The file is not complete: get it again"
                       : "Name another encoding, or save the file as UTF-8");
    err_at(info, NULL, (long)d->line + 1, 0);
    return ERR_INPUT;
}

/* Completes the kept beginning of a character from `block`, and takes what it used. */
static enum err finish_tail(struct text_decoder *d, struct str *block, struct buf *out,
                            struct errinfo *info) {
    while (d->tail_len > 0 && block->len > 0) {
        d->tail[d->tail_len] = block->ptr[0];
        struct str tail = {d->tail, d->tail_len + 1};
        bool cut;
        bool whole = utf8_valid_len(tail, &cut) == tail.len;
        if (!whole && !cut)
            return refuse(d, str_sub(tail, 0, d->tail_len), d->offset - d->tail_len, false, info);
        d->tail_len++;
        d->offset++;
        *block = str_sub(*block, 1, block->len);
        if (whole) {
            write_text(d, tail, out);
            d->tail_len = 0;
        }
    }
    return ERR_OK;
}

static enum err feed_utf8(struct text_decoder *d, struct str block, bool last, struct buf *out,
                          struct errinfo *info) {
    enum err err = finish_tail(d, &block, out, info);
    if (err != ERR_OK)
        return err;
    bool cut;
    size_t valid = utf8_valid_len(block, &cut);
    write_text(d, str_sub(block, 0, valid), out);
    struct str rest = str_sub(block, valid, block.len);
    if (rest.len > 0 && !cut) {
        struct str after = rest;
        utf8_next(&after);
        return refuse(d, str_sub(rest, 0, rest.len - after.len), d->offset + valid, false, info);
    }
    d->offset += block.len;
    if (rest.len > 0) {
        memcpy(d->tail, rest.ptr, rest.len);
        d->tail_len = (uint32_t)rest.len;
    }
    struct str tail = {d->tail, d->tail_len};
    if (last && tail.len > 0)
        return refuse(d, tail, d->offset - tail.len, true, info);
    return buf_error(out, info);
}

/* UTF-16 from the converter is well formed, but a pair may be split between two calls. */
static void write_units(struct text_decoder *d, size_t count, struct buf *out) {
    size_t len = 0;
    for (size_t i = 0; i < count; i++) {
        UChar u = d->units[i];
        if (u >= 0xD800 && u <= 0xDBFF) {
            d->lead = u;
            continue;
        }
        uint32_t c = u;
        if (u >= 0xDC00 && u <= 0xDFFF)
            c = 0x10000 + ((uint32_t)(d->lead - 0xD800) << 10) + (uint32_t)(u - 0xDC00);
        if (c < 0x80)
            d->bytes[len++] = (char)c;
        else
            len += utf8_put(d->bytes + len, c);
    }
    write_text(d, (struct str){d->bytes, len}, out);
}

static enum err refuse_converted(struct text_decoder *d, uint64_t at, UErrorCode status,
                                 struct errinfo *info) {
    char bytes[8];
    int8_t len = (int8_t)sizeof(bytes);
    UErrorCode ignored = U_ZERO_ERROR;
    ucnv_getInvalidChars(d->converter, bytes, &len, &ignored);
    size_t bad = U_SUCCESS(ignored) && len > 0 ? (size_t)len : 0;
    uint64_t offset = at > bad ? at - bad : 0;
    /* ICU may have looked one byte into the unit after a lone half of a pair. */
    if (str_starts(str_of(d->encoding->name), STR("UTF-16")))
        offset -= offset % 2;
    return refuse(d, (struct str){bytes, bad}, offset, status == U_TRUNCATED_CHAR_FOUND, info);
}

static enum err feed_converter(struct text_decoder *d, struct str block, bool last, struct buf *out,
                               struct errinfo *info) {
    const char *from = block.ptr, *end = block.ptr + block.len;
    UErrorCode status;
    do {
        status = U_ZERO_ERROR;
        UChar *to = d->units;
        ucnv_toUnicode(d->converter, &to, d->units + UNITS, &from, end, NULL, last, &status);
        write_units(d, (size_t)(to - d->units), out);
        if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR)
            return refuse_converted(d, d->offset + (uint64_t)(from - block.ptr), status, info);
        enum err err = buf_error(out, info);
        if (err != ERR_OK)
            return err;
    } while (status == U_BUFFER_OVERFLOW_ERROR);
    d->offset += block.len;
    return ERR_OK;
}

enum err text_decoder_feed(struct text_decoder *d, struct str block, bool last, struct buf *out,
                           struct errinfo *info) {
    if (block.ptr == NULL)
        block = STR("");
    if (d->converter != NULL)
        return feed_converter(d, block, last, out, info);
    return feed_utf8(d, block, last, out, info);
}
