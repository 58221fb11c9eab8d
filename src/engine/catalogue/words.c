/*
 * Text to words: see words.h.
 *
 * One pass over the code points. ASCII and Han, which are nearly all of the input, are folded here;
 * every other code point goes through text_fold_plain alone, so the way back to the original
 * bytes stays exact without an offset map. Folding a code point alone differs from folding the
 * text only where a base letter and a combining mark would compose, and the plain fold drops marks
 * anyway.
 */
#include "engine/catalogue/words.h"

#include "engine/catalogue/stem.h"
#include "text/fold.h"
#include "text/han.h"
#include "text/utf8.h"

enum {
    FOLD_BYTES_MAX = 256, /* of one code point; the longest is U+FDFA with 33 */
};

void words_init(struct words *w) {
    *w = (struct words){0};
    buf_init(&w->folding, FOLD_BYTES_MAX);
}

void words_release(struct words *w) {
    vec_free(&w->list);
    vec_free(&w->bytes);
    buf_release(&w->folding);
}

/* The word being read. */
struct reader {
    struct words *out;
    struct str text;
    uint32_t from; /* of the open word */
    uint32_t at;
    uint32_t letters, capitals, last_small; /* last_small: the last letter was a small s */
    uint8_t gap;
    uint8_t form;
    bool open;
    bool last_han; /* the word before was Han */
};

static bool is_han(uint32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x3041 && c <= 0x30FF) || c == 0x3005;
}

static void widen(struct reader *r, uint8_t gap) {
    if (gap > r->gap)
        r->gap = gap;
}

static bool emit(struct reader *r, uint32_t to, uint32_t len) {
    struct word word = {r->from, to, r->at, len, r->gap, r->form};
    r->last_han = (r->form & WORD_HAN) != 0;
    r->gap = GAP_NONE;
    r->form = 0;
    return vec_push(&r->out->list, word);
}

/* Ends the open word of an alphabet: form, stem, and the English "and", which is a gap. */
static bool close_word(struct reader *r, uint32_t to) {
    if (!r->open)
        return true;
    r->open = false;
    struct words *w = r->out;
    uint32_t len = (uint32_t)w->bytes.len - r->at;
    char *bytes = w->bytes.at + r->at;
    if ((len == 3 && memcmp(bytes, "and", 3) == 0) || (len == 2 && memcmp(bytes, "or", 2) == 0)) {
        w->bytes.len = r->at;
        widen(r, GAP_SOFT);
        r->form = 0;
        return true;
    }
    bool caps_plural = r->last_small && r->capitals >= 2 && r->capitals + 1 == r->letters;
    if (r->capitals > 0 && (r->capitals == r->letters || caps_plural) && r->capitals >= 2)
        r->form |= WORD_CAPS;
    uint32_t stem = len;
    if (caps_plural)
        stem = len - 1;
    else if (!(r->form & WORD_CAPS) || len > 5)
        stem = (uint32_t)stem_word(bytes, len);
    if (stem < len)
        r->form |= WORD_PLURAL;
    w->bytes.len = r->at + stem;
    return emit(r, to, stem);
}

static bool add_letter(struct reader *r, uint32_t from, const char *bytes, size_t len) {
    if (!r->open) {
        r->open = true;
        r->from = from;
        r->at = (uint32_t)r->out->bytes.len;
        r->letters = r->capitals = r->last_small = 0;
        if (r->last_han && r->gap == GAP_HYPHEN)
            r->gap = GAP_NONE;
    }
    for (size_t i = 0; i < len; i++)
        if (!vec_push(&r->out->bytes, bytes[i]))
            return false;
    return true;
}

static bool add_ascii(struct reader *r, uint32_t at, char c) {
    bool capital = c >= 'A' && c <= 'Z';
    char low = capital ? (char)(c + ('a' - 'A')) : c;
    bool first = !r->open;
    if (!add_letter(r, at, &low, 1))
        return false;
    if (c >= '0' && c <= '9') {
        r->form |= WORD_DIGIT;
        return true;
    }
    r->letters++;
    r->capitals += capital;
    r->last_small = c == 's';
    if (first && capital)
        r->form |= WORD_CAPITAL;
    return true;
}

static bool add_han(struct reader *r, uint32_t from, uint32_t to, uint32_t c, bool blank_before) {
    if (!close_word(r, from))
        return false;
    c = han_simplify_char(c);
    if (c == 0x548C || c == 0x4E0E || c == 0x53CA) { /* 和, 与, 及 */
        widen(r, GAP_SOFT);
        return true;
    }
    if (blank_before && r->last_han)
        widen(r, GAP_SOFT);
    if (r->gap == GAP_HYPHEN)
        r->gap = GAP_NONE;
    char bytes[UTF8_MAX_BYTES];
    size_t len = utf8_put(bytes, c);
    r->from = from;
    r->at = (uint32_t)r->out->bytes.len;
    r->form = WORD_HAN;
    for (size_t i = 0; i < len; i++)
        if (!vec_push(&r->out->bytes, bytes[i]))
            return false;
    return emit(r, to, (uint32_t)len);
}

/* The gap an ASCII mark makes; `joins` tells that letters or digits stand on both sides. */
static uint8_t ascii_gap(char c, bool joins) {
    switch (c) {
    case ',':
    case ';':
    case '|':
    case '\n':
    case '\r':
    case '!':
    case '?':
        return GAP_HARD;
    case '.':
    case ':':
        return joins ? GAP_HYPHEN : GAP_HARD;
    case '-':
        return joins ? GAP_HYPHEN : GAP_HARD;
    case '/':
    case '&':
    case '+':
    case '(':
    case ')':
    case '[':
    case ']':
        return GAP_SOFT;
    default:
        return GAP_NONE;
    }
}

static bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           ((unsigned char)c & 0x80) != 0;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* A mark between words; "3.0T" and "1,000" stay one word, "maker's" loses its ending. */
static bool ascii_mark(struct reader *r, size_t *i) {
    const char *p = r->text.ptr;
    size_t len = r->text.len, at = *i;
    bool left = at > 0 && is_alnum(p[at - 1]), right = at + 1 < len && is_alnum(p[at + 1]);
    if ((p[at] == '.' || p[at] == ',') && left && right && is_digit(p[at - 1]) &&
        is_digit(p[at + 1]))
        return r->open ? add_letter(r, (uint32_t)at, ".", 1) : true;
    if (!close_word(r, (uint32_t)at))
        return false;
    if (p[at] == '\'' && left && right && (p[at + 1] == 's' || p[at + 1] == 'S') &&
        (at + 2 == len || !is_alnum(p[at + 2]))) {
        *i = at + 1;
        return true;
    }
    widen(r, ascii_gap(p[at], left && right));
    return true;
}

/* The gap of a mark beyond ASCII: CJK and full-width punctuation, dashes, bullets. */
static uint8_t wide_gap(uint32_t c) {
    switch (c) {
    case 0x3001: /* 、 */
        return GAP_LIST;
    case 0x3002: /* 。 */
    case 0xFF0C: /* ， */
    case 0xFF1B: /* ； */
    case 0xFF1A: /* ： */
    case 0xFF01: /* ！ */
    case 0xFF1F: /* ？ */
    case 0xFF0E: /* ． */
    case 0x2013:
    case 0x2014:
    case 0x2022:
    case 0x25CF:
    case 0x2028:
    case 0x2029:
        return GAP_HARD;
    default:
        return GAP_SOFT;
    }
}

static bool is_wide_mark(uint32_t c) {
    return (c >= 0x2010 && c <= 0x206F) || (c >= 0x3000 && c <= 0x3004) ||
           (c >= 0x3006 && c <= 0x3040) || (c >= 0xFF01 && c <= 0xFF0F) ||
           (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) ||
           (c >= 0xFF5B && c <= 0xFF65) || (c >= 0x25A0 && c <= 0x27BF) || c == 0xB7 || c == 0xA0;
}

static enum err add_other(struct reader *r, uint32_t from, uint32_t to, struct errinfo *info) {
    struct buf *folded = &r->out->folding;
    buf_clear(folded);
    enum err e = text_fold_plain(str_sub(r->text, from, to), folded, info);
    if (e != ERR_OK)
        return e;
    bool ok = true;
    if (folded->len == 1 && is_alnum(folded->ptr[0])) {
        ok = add_ascii(r, from, folded->ptr[0]);
        /* Full-width letters were capitals or not before folding. */
        struct str one = str_sub(r->text, from, to);
        uint32_t c = utf8_next(&one);
        if (ok && c >= 0xFF21 && c <= 0xFF3A)
            r->capitals++;
    } else if (folded->len > 0 && is_alnum(folded->ptr[0])) {
        ok = add_letter(r, from, folded->ptr, folded->len);
        r->letters++;
    } else if (folded->len > 0) {
        ok = close_word(r, from);
        widen(r, GAP_SOFT);
    }
    return ok ? ERR_OK : err_memory(info);
}

static enum err read_all(struct reader *r, struct errinfo *info) {
    bool blank = false;
    for (size_t i = 0; i < r->text.len;) {
        char c = r->text.ptr[i];
        if (((unsigned char)c & 0x80) == 0) {
            bool ok = true;
            blank = c == ' ' || c == '\t';
            if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c))
                ok = add_ascii(r, (uint32_t)i, c);
            else if (blank)
                ok = close_word(r, (uint32_t)i);
            else
                ok = ascii_mark(r, &i);
            if (!ok)
                return err_memory(info);
            i++;
            continue;
        }
        struct str rest = str_sub(r->text, i, r->text.len);
        uint32_t code = utf8_next(&rest);
        size_t next = r->text.len - rest.len;
        bool ok = true;
        if (is_han(code)) {
            ok = add_han(r, (uint32_t)i, (uint32_t)next, code, blank);
        } else if (is_wide_mark(code)) {
            ok = close_word(r, (uint32_t)i);
            widen(r, wide_gap(code));
        } else {
            enum err e = add_other(r, (uint32_t)i, (uint32_t)next, info);
            if (e != ERR_OK)
                return e;
        }
        if (!ok)
            return err_memory(info);
        blank = code == 0x3000;
        i = next;
    }
    return close_word(r, (uint32_t)r->text.len) ? ERR_OK : err_memory(info);
}

enum err words_read(struct words *w, struct str text, struct errinfo *info) {
    w->list.len = 0;
    w->bytes.len = 0;
    if (text.len > WORDS_TEXT_MAX) {
        (void)err_set(info, ERR_LIMIT, "the text has %zu bytes", text.len);
        err_hint(info, "at most %d are read at once", WORDS_TEXT_MAX);
        return ERR_LIMIT;
    }
    struct reader r = {.out = w, .text = text, .gap = GAP_HARD};
    enum err e = read_all(&r, info);
    if (e != ERR_OK) {
        w->list.len = 0;
        w->bytes.len = 0;
    }
    return e;
}
