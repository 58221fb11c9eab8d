/*
 * Names to words: see parse.h.
 *
 * The text is folded without accents first. Latin, Cyrillic and other words end at blanks and
 * punctuation, but initials with dots are one word ("S.p.A.", "A.P. Moller"). Han, kana and Hangul
 * are cut by the longest word of the table from the left; what is in no word is a brand. A single
 * character counts as a word only at the end ("湖北馆"), because inside it is mostly part of a
 * name.
 */
#include "engine/names/parse.h"

#include "text/fold.h"
#include "text/han.h"
#include "text/utf8.h"

enum { FOLDED_MAX = 1 << 20, DEPTH_MAX = 4 };

struct word {
    char text[NAMES_WORD_MAX];
    uint8_t len;
    uint8_t kind;
    uint8_t segment;
    bool han;
    uint16_t concept;
};

struct draft {
    struct word words[NAMES_TOKENS_MAX];
    size_t len;
    uint8_t parent[NAMES_SEGMENTS_MAX]; /* of a segment in brackets; itself when it is not */
    uint8_t segments;
    uint8_t stack[DEPTH_MAX];
    uint32_t depth; /* the present segment is stack[depth] */
};

void names_pool_init(struct names_pool *pool) {
    memset(pool, 0, sizeof(*pool));
    buf_init(&pool->text, UINT32_MAX - 1);
}

void names_pool_release(struct names_pool *pool) {
    buf_release(&pool->text);
    vec_free(&pool->tokens);
}

uint32_t names_hash(struct str text) {
    uint32_t h = (uint32_t)str_hash(text);
    return h != 0 ? h : 1;
}

/* Scripts that are written without blanks, or join trade and legal words to the name. */
static bool is_run_character(uint32_t c) {
    return han_is(c) || (c >= 0x3041 && c <= 0x30FA) || c == 0x30FC || (c >= 0xAC00 && c <= 0xD7A3);
}

static bool is_word_character(uint32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return c >= 0xC0 && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) &&
           !(c >= 0x3000 && c <= 0x303F) && !(c >= 0xFE10 && c <= 0xFE6F) && c < 0xFFF0 &&
           c != 0x30FB && !is_run_character(c);
}

static bool is_opening(uint32_t c) {
    return c == '(' || c == '[' || c == '{' || c == 0x3010 || c == 0x3014 || c == 0x300A ||
           c == 0x300C;
}

static bool is_closing(uint32_t c) {
    return c == ')' || c == ']' || c == '}' || c == 0x3011 || c == 0x3015 || c == 0x300B ||
           c == 0x300D;
}

static void open_segment(struct draft *d, bool in_brackets) {
    if (d->segments == NAMES_SEGMENTS_MAX || (in_brackets && d->depth + 1 == DEPTH_MAX))
        return;
    uint8_t segment = d->segments++;
    d->parent[segment] = in_brackets ? d->stack[d->depth] : segment;
    d->depth = in_brackets ? d->depth + 1 : 0;
    d->stack[d->depth] = segment;
}

static void add_word(struct draft *d, struct str text, const struct names_word *known, bool han) {
    if (text.len == 0 || d->len == NAMES_TOKENS_MAX)
        return;
    struct word *w = &d->words[d->len++];
    size_t len = text.len;
    while (len > NAMES_WORD_MAX ||
           (len < text.len && ((unsigned char)text.ptr[len] & 0xC0) == 0x80))
        len--;
    memcpy(w->text, text.ptr, len);
    w->len = (uint8_t)len;
    w->kind = known != NULL ? known->kind : NAMES_BRAND;
    w->concept = known != NULL ? known->concept : 0;
    w->segment = d->stack[d->depth];
    w->han = han;
}

static size_t character_len(struct str s) {
    struct str rest = s;
    utf8_next(&rest);
    return s.len - rest.len;
}

static uint32_t peek(struct str s) {
    return s.len > 0 ? utf8_next(&s) : 0;
}

static void add_run(struct draft *d, struct str run) {
    size_t chunk = 0, at = 0; /* the brand so far is [chunk, at) */
    while (at < run.len) {
        struct str rest = str_sub(run, at, run.len);
        const struct names_word *w = names_word_longest(rest);
        size_t one = character_len(rest);
        bool last_of_some = w != NULL && w->len == rest.len && at > 0 && at - chunk != one;
        if (w == NULL || (w->len <= one && !last_of_some)) {
            at += one;
            continue;
        }
        add_word(d, str_sub(run, chunk, at), NULL, true);
        add_word(d, str_sub(rest, 0, w->len), w, true);
        at += w->len;
        chunk = at;
    }
    add_word(d, str_sub(run, chunk, at), NULL, true);
}

/* Whether a single letter, and no more, stands at the beginning. */
static bool is_single_letter(struct str s) {
    if (s.len == 0 || !is_word_character(peek(s)))
        return false;
    utf8_next(&s);
    return !is_word_character(peek(s));
}

/* Takes a word; `piece` counts the letters since the last dot. */
static void take_word(struct draft *d, struct str *rest) {
    char bytes[NAMES_WORD_MAX];
    size_t len = 0, piece = 0;
    while (rest->len > 0) {
        uint32_t c = peek(*rest);
        struct str after = str_sub(*rest, character_len(*rest), rest->len);
        if (is_word_character(c)) {
            size_t size = rest->len - after.len;
            if (len + size <= sizeof(bytes)) {
                memcpy(bytes + len, rest->ptr, size);
                len += size;
            }
            piece++;
        } else if (c == '\'' || c == 0x2019 || c == '`' || c == 0x2BC) {
            if (!is_word_character(peek(after)))
                break;
        } else if ((c == '.' || c == '/') && piece == 1 && is_single_letter(after)) {
            piece = 0;
        } else if (c == '&' && piece <= 2 && is_single_letter(after)) {
            piece = 0;
        } else {
            break;
        }
        *rest = after;
    }
    struct str text = {bytes, len};
    add_word(d, text, names_word_find(text), false);
}

static void cut(struct draft *d, struct str s) {
    open_segment(d, false);
    bool blank_before = true;
    while (s.len > 0) {
        uint32_t c = peek(s);
        if (is_word_character(c)) {
            take_word(d, &s);
            blank_before = false;
            continue;
        }
        if (is_run_character(c)) {
            struct str rest = s;
            while (rest.len > 0 && is_run_character(peek(rest)))
                utf8_next(&rest);
            add_run(d, str_sub(s, 0, s.len - rest.len));
            s = rest;
            blank_before = false;
            continue;
        }
        utf8_next(&s);
        if (is_opening(c))
            open_segment(d, true);
        else if (is_closing(c) && d->depth > 0)
            d->depth--;
        else if (c == ';' || c == '|' || (c == '/' && blank_before))
            open_segment(d, false);
        blank_before = c == ' ';
    }
    d->depth = 0;
}

static bool segment_has(const struct draft *d, uint8_t segment, bool (*test)(const struct word *)) {
    for (size_t i = 0; i < d->len; i++)
        if (d->words[i].segment == segment && test(&d->words[i]))
            return true;
    return false;
}

static bool tells_something(const struct word *w) {
    return w->kind == NAMES_BRAND || w->kind == NAMES_TRADE;
}

static bool is_han(const struct word *w) {
    return w->han;
}

static bool is_brand(const struct word *w) {
    return w->kind == NAMES_BRAND;
}

static bool is_not_legal(const struct word *w) {
    return w->kind != NAMES_LEGAL;
}

/* Whether the only word of `segment` can be read off the initials of its parent, in order. */
static bool is_acronym_of_parent(const struct draft *d, uint8_t segment) {
    const struct word *acronym = NULL;
    for (size_t i = 0; i < d->len; i++) {
        if (d->words[i].segment != segment)
            continue;
        if (acronym != NULL)
            return false;
        acronym = &d->words[i];
    }
    if (acronym == NULL || acronym->len < 2)
        return false;
    size_t at = 0;
    for (size_t i = 0; i < d->len && at < acronym->len; i++)
        if (d->words[i].segment == d->parent[segment] && d->words[i].text[0] == acronym->text[at])
            at++;
    return at == acronym->len;
}

/* Words in brackets that are no name of their own belong to the name before them. */
static void join_brackets(struct draft *d) {
    for (uint8_t s = d->segments; s-- > 0;) {
        if (d->parent[s] == s || segment_has(d, s, tells_something))
            continue;
        for (size_t i = 0; i < d->len; i++)
            if (d->words[i].segment == s)
                d->words[i].segment = d->parent[s];
    }
}

static uint32_t word_hash(const struct word *w) {
    if (w->concept != 0) {
        return (uint32_t)w->concept * 0x9E3779B1U | 1U;
    }
    return names_hash((struct str){w->text, w->len});
}

static bool emit_word(const struct word *w, uint8_t segment, uint8_t flags,
                      struct names_pool *pool) {
    struct names_token t = {.hash = word_hash(w),
                            .text = (uint32_t)pool->text.len,
                            .len = w->len,
                            .kind = w->kind & 15U,
                            .segment = segment,
                            .flags = flags};
    buf_add(&pool->text, w->text, w->len);
    return vec_push(&pool->tokens, t);
}

/* Writes the segments of one name; `next_segment` counts through the record. */
static bool emit(const struct draft *d, struct names_pool *pool, uint8_t *next_segment) {
    for (uint8_t s = 0; s < d->segments && *next_segment < NAMES_SEGMENTS_MAX; s++) {
        bool any = false, han = segment_has(d, s, is_han);
        bool has_brand = segment_has(d, s, is_brand), has_words = segment_has(d, s, is_not_legal);
        bool weak = d->parent[s] != s && segment_has(d, d->parent[s], is_han) == han &&
                    !is_acronym_of_parent(d, s);
        for (size_t i = 0; i < d->len; i++) {
            const struct word *w = &d->words[i];
            if (w->segment != s || (has_words && w->kind == NAMES_LEGAL))
                continue;
            uint8_t flags = (uint8_t)((!has_brand || w->kind == NAMES_BRAND ? NAMES_CORE : 0) |
                                      (han ? NAMES_HAN : 0) | (weak ? NAMES_WEAK : 0));
            if (!emit_word(w, *next_segment, flags, pool))
                return false;
            any = true;
        }
        *next_segment = (uint8_t)(*next_segment + any);
    }
    return true;
}

static enum err parse_name(struct str name, struct names_pool *pool, struct buf *folded,
                           uint8_t *next_segment, struct errinfo *info) {
    struct draft d;
    buf_clear(folded);
    enum err err = text_fold_plain(name, folded, info);
    if (err != ERR_OK)
        return err;
    d.len = 0;
    d.segments = 0;
    d.depth = 0;
    cut(&d, buf_str(folded));
    join_brackets(&d);
    if (!emit(&d, pool, next_segment))
        return err_memory(info);
    return buf_error(&pool->text, info);
}

/* Folds a text and hashes it; 0 when it is empty. */
static enum err hash_folded(struct str text, struct buf *folded, uint32_t *out,
                            struct errinfo *info) {
    buf_clear(folded);
    enum err err = text_fold(text, folded, info);
    if (err == ERR_OK)
        *out = folded->len > 0 ? names_hash(buf_str(folded)) : 0;
    return err;
}

static enum err parse_into(const struct names_record *r, struct names_pool *pool,
                           struct buf *folded, struct names_entry *e, struct errinfo *info) {
    uint8_t segment = 0;
    enum err err = parse_name(r->name_en, pool, folded, &segment, info);
    if (err == ERR_OK)
        err = parse_name(r->name_zh, pool, folded, &segment, info);
    for (size_t i = 0; i < r->others_len && err == ERR_OK; i++)
        err = parse_name(r->others[i], pool, folded, &segment, info);
    if (err == ERR_OK)
        err = hash_folded(r->name_en, folded, &e->english, info);
    if (err == ERR_OK)
        err = hash_folded(r->name_zh, folded, &e->chinese, info);
    if (err == ERR_OK)
        err = hash_folded(r->country, folded, &e->country, info);
    if (err == ERR_OK)
        err = hash_folded(r->parent, folded, &e->parent, info);
    if (err == ERR_OK)
        err = hash_folded(r->offers, folded, &e->offers, info);
    struct str raw = str_trim(r->name_zh);
    e->chinese_raw = raw.len > 0 ? names_hash(raw) : 0;
    return err;
}

enum err names_parse(const struct names_record *record, struct names_pool *pool,
                     struct names_entry *out, struct errinfo *info) {
    struct buf folded;
    buf_init(&folded, FOLDED_MAX);
    size_t tokens = pool->tokens.len;
    struct names_entry e = {.first = (uint32_t)tokens};
    enum err err = parse_into(record, pool, &folded, &e, info);
    buf_release(&folded);
    if (err != ERR_OK) {
        pool->tokens.len = tokens; /* text without tokens does no harm */
        return err;
    }
    e.count = (uint32_t)(pool->tokens.len - tokens);
    *out = e;
    return ERR_OK;
}
