/*
 * Folding: see fold.h.
 *
 * Most text is ASCII and Han, and ICU costs some hundred nanoseconds a call. So the text is walked
 * once and cut at normalisation boundaries: a character whose folded form is known without tables
 * ("simple": ASCII, unified Han, full-width ASCII) is written at once, and only stretches of other
 * characters go to ICU, together with the simple character before them, which could compose with
 * what follows (a letter and its accent). No simple character composes with what stands before it,
 * so a stretch ends safely in front of the next simple one; the tests compare with ICU on the whole
 * text.
 */
#include "text/fold.h"

#include <unicode/unorm2.h>

#include "base/mem.h"
#include "text/han.h"
#include "text/utf8.h"

enum {
    CHUNK_BYTES = 256,
    UNITS_ON_STACK = 256,
    /* ICU counts in 32 bits, and folding makes a character up to 18 times longer (UAX 15). */
    CHARACTERS_MAX = 100000000,
};

struct folder {
    const UNormalizer2 *nfkc_cf;
    const UNormalizer2 *nfd; /* NULL unless accents are dropped */
    struct buf *out;
    size_t len;
    bool any;   /* something was written: a blank may follow */
    bool blank; /* a blank is due before the next character */
    char chunk[CHUNK_BYTES];
};

static void flush(struct folder *f) {
    buf_add(f->out, f->chunk, f->len);
    f->len = 0;
}

/* Blanks are the characters of White_Space and the controls (Unicode 15.0, PropList.txt). */
static bool is_blank(uint32_t c) {
    return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

static void emit(struct folder *f, uint32_t c) {
    if (is_blank(c)) {
        f->blank = f->any;
        return;
    }
    if (f->len + 1 + UTF8_MAX_BYTES > CHUNK_BYTES)
        flush(f);
    if (f->blank)
        f->chunk[f->len++] = ' ';
    f->blank = false;
    f->any = true;
    if (c < 0x80)
        f->chunk[f->len++] = (char)c;
    else
        f->len += utf8_put(f->chunk + f->len, han_simplify_char(c));
}

/* One code point of well-formed UTF-16. (ICU's macros do not compile under -Wsign-conversion.) */
static uint32_t next_unit(const UChar *units, int32_t *i) {
    uint32_t c = units[(*i)++];
    if (c >= 0xD800 && c <= 0xDBFF)
        c = 0x10000 + ((c - 0xD800) << 10) + (units[(*i)++] - 0xDC00U);
    return c;
}

static int32_t put_units(UChar *units, uint32_t c) {
    if (c < 0x10000) {
        units[0] = (UChar)c;
        return 1;
    }
    units[0] = (UChar)(0xD800 + ((c - 0x10000) >> 10));
    units[1] = (UChar)(0xDC00 + (c & 0x3FF));
    return 2;
}

/* Letters that Unicode does not take apart, as people write them without the special key. */
static const char *plain_letter(uint32_t c) {
    switch (c) {
    case 0xE6:
        return "ae";
    case 0xF0:
    case 0x111:
        return "d";
    case 0xF8:
        return "o";
    case 0xFE:
        return "th";
    case 0x127:
        return "h";
    case 0x131:
        return "i";
    case 0x142:
        return "l";
    case 0x153:
        return "oe";
    case 0x167:
        return "t";
    default:
        return NULL;
    }
}

static bool is_accent(uint32_t c) {
    return c >= 0x300 && c <= 0x36F;
}

/* A code point that has no accent on it any more. */
static void emit_letter(struct folder *f, uint32_t c) {
    const char *letters = plain_letter(c);
    if (letters == NULL && !is_accent(c))
        emit(f, c);
    for (; letters != NULL && *letters != '\0'; letters++)
        emit(f, (uint32_t)*letters);
}

/* Latin and Greek alone: marks of other scripts make other letters (Japanese, Cyrillic). */
static void emit_plain(struct folder *f, uint32_t c) {
    UChar parts[32];
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = -1;
    if ((c >= 0xC0 && c < 0x400) || (c >= 0x1E00 && c < 0x2000))
        len = unorm2_getDecomposition(f->nfd, (UChar32)c, parts, 32, &status);
    if (len <= 0 || U_FAILURE(status)) {
        emit_letter(f, c);
        return;
    }
    for (int32_t i = 0; i < len;)
        emit_letter(f, next_unit(parts, &i));
}

/* The folded form of a character that needs no table, and its bytes at the front of `s`; 0 bytes:
 * ICU must say. */
static size_t simple(struct str s, uint32_t *folded) {
    unsigned char first = (unsigned char)s.ptr[0];
    if (first < 0x80) {
        *folded = first >= 'A' && first <= 'Z' ? first + 0x20U : first;
        return 1;
    }
    if (first < 0xE3 || first > 0xEF)
        return 0;
    struct str rest = s;
    uint32_t c = utf8_next(&rest);
    if ((c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF)) {
        *folded = c;
    } else if (c >= 0xFF01 && c <= 0xFF5E) {
        c = c - 0xFF01 + '!';
        *folded = c >= 'A' && c <= 'Z' ? c + 0x20U : c;
    } else if (c == 0x3000) {
        *folded = ' ';
    } else {
        return 0;
    }
    return s.len - rest.len;
}

static void emit_units(struct folder *f, const UChar *units, int32_t len) {
    for (int32_t i = 0; i < len;) {
        uint32_t c = next_unit(units, &i);
        if (f->nfd != NULL)
            emit_plain(f, c);
        else
            emit(f, c);
    }
}

/* Folds `count` UTF-16 units through ICU. `room` serves as output when it is large enough. */
static enum err fold_units(struct folder *f, const UChar *units, int32_t count, UChar *room,
                           int32_t room_len, struct errinfo *info) {
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = unorm2_normalize(f->nfkc_cf, units, count, room, room_len, &status);
    UChar *larger = NULL;
    if (status == U_BUFFER_OVERFLOW_ERROR) {
        larger = mem_new((size_t)len, sizeof(UChar));
        if (larger == NULL)
            return err_memory(info);
        status = U_ZERO_ERROR;
        len = unorm2_normalize(f->nfkc_cf, units, count, larger, len, &status);
    }
    if (U_SUCCESS(status))
        emit_units(f, larger != NULL ? larger : room, len);
    mem_free(larger);
    if (U_FAILURE(status))
        return err_memory(info); /* the only failure that is left for valid arguments */
    return ERR_OK;
}

/* A stretch that needs ICU. */
static enum err fold_stretch(struct folder *f, struct str s, struct errinfo *info) {
    UChar on_stack[UNITS_ON_STACK], room[UNITS_ON_STACK];
    UChar *units = on_stack;
    if (s.len > CHARACTERS_MAX)
        return err_set(info, ERR_LIMIT, "text of %zu bytes without a break is too long to compare",
                       s.len);
    /* No character takes more UTF-16 units than UTF-8 bytes. */
    if (s.len > UNITS_ON_STACK) {
        units = mem_new(s.len, sizeof(UChar));
        if (units == NULL)
            return err_memory(info);
    }
    int32_t count = 0;
    while (s.len > 0)
        count += put_units(units + count, utf8_next(&s));
    enum err err = fold_units(f, units, count, room, UNITS_ON_STACK, info);
    if (units != on_stack)
        mem_free(units);
    return err;
}

static enum err fold_all(struct folder *f, struct str in, struct errinfo *info) {
    while (in.len > 0) {
        uint32_t folded, next_folded;
        size_t len = simple(in, &folded);
        struct str rest = str_sub(in, len, in.len);
        if (len > 0 && (rest.len == 0 || simple(rest, &next_folded) > 0)) {
            emit(f, folded);
            in = rest;
            continue;
        }
        while (rest.len > 0 && simple(rest, &next_folded) == 0)
            utf8_next(&rest);
        enum err err = fold_stretch(f, str_sub(in, 0, in.len - rest.len), info);
        if (err != ERR_OK)
            return err;
        in = rest;
    }
    flush(f);
    return buf_error(f->out, info);
}

static void fold_ascii(struct folder *f, struct str in) {
    for (size_t i = 0; i < in.len; i++) {
        unsigned char c = (unsigned char)in.ptr[i];
        emit(f, c >= 'A' && c <= 'Z' ? c + 0x20U : c);
    }
    flush(f);
}

static enum err fold(struct str in, bool plain, struct buf *out, struct errinfo *info) {
    struct folder f;
    f.out = out;
    f.len = 0;
    f.any = false;
    f.blank = false;
    if (utf8_ascii_len(in) == in.len) {
        fold_ascii(&f, in);
        return buf_error(out, info);
    }
    UErrorCode status = U_ZERO_ERROR;
    f.nfkc_cf = unorm2_getNFKCCasefoldInstance(&status);
    f.nfd = plain ? unorm2_getNFDInstance(&status) : NULL;
    if (U_FAILURE(status))
        return err_set(info, ERR_INTERNAL, "the ICU library has no normalisation data: %s",
                       u_errorName(status));
    return fold_all(&f, in, info);
}

enum err text_fold(struct str in, struct buf *out, struct errinfo *info) {
    return fold(in, false, out, info);
}

enum err text_fold_plain(struct str in, struct buf *out, struct errinfo *info) {
    return fold(in, true, out, info);
}
