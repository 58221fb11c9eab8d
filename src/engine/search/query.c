/*
 * Parsing what a person typed: see query.h.
 *
 * The text is folded with its accents, because they may be tones, and cut into runs: Han, or
 * anything else up to a blank or a mark that separates. A run of letters is then folded without
 * accents and cut by the same code as the texts of documents.
 */
#include "engine/search/query.h"

#include "text/fold.h"
#include "text/utf8.h"

enum { FOLDED_MAX = SEARCH_QUERY_BYTES_MAX * 11 + 1 }; /* NFKC: up to 11 times longer in UTF-8 */

/* A letter of pinyin with its tone mark: vowels in the order a e i o u ü, four tones each; then
 * breves, which people type for the third tone, and ü itself. */
static char pinyin_letter(uint32_t c, uint8_t *tone) {
    static const struct {
        uint16_t code_point;
        char letter;
        uint8_t tone;
    } marked[] = {
        {0x101, 'a', 1}, {0xE1, 'a', 2},  {0x1CE, 'a', 3}, {0xE0, 'a', 4},  {0x113, 'e', 1},
        {0xE9, 'e', 2},  {0x11B, 'e', 3}, {0xE8, 'e', 4},  {0x12B, 'i', 1}, {0xED, 'i', 2},
        {0x1D0, 'i', 3}, {0xEC, 'i', 4},  {0x14D, 'o', 1}, {0xF3, 'o', 2},  {0x1D2, 'o', 3},
        {0xF2, 'o', 4},  {0x16B, 'u', 1}, {0xFA, 'u', 2},  {0x1D4, 'u', 3}, {0xF9, 'u', 4},
        {0x1D6, 'u', 1}, {0x1D8, 'u', 2}, {0x1DA, 'u', 3}, {0x1DC, 'u', 4}, {0x103, 'a', 3},
        {0x115, 'e', 3}, {0x12D, 'i', 3}, {0x14F, 'o', 3}, {0x16D, 'u', 3}, {0xFC, 'u', 0},
    };
    *tone = 0;
    if (c >= 'a' && c <= 'z')
        return c == 'v' ? 'u' : (char)c; /* keyboards write lv for lü */
    for (size_t i = 0; i < sizeof(marked) / sizeof(marked[0]); i++)
        if (marked[i].code_point == c) {
            *tone = marked[i].tone;
            return marked[i].letter;
        }
    return '\0';
}

/* Marks that join: what they connect is one term. */
static bool joins(uint32_t c) {
    switch (c) {
    case '\'':
    case '-':
    case '.':
    case '&':
    case '+':
    case '/':
    case '_':
    case ':':
    case 0xB7:   /* middle dot */
    case 0x2010: /* hyphens */
    case 0x2011:
    case 0x2019: /* the apostrophe that word processors set */
        return true;
    default:
        return false;
    }
}

static bool separates(uint32_t c) {
    return !joins(c) && (c <= 0x2F || (c >= 0x3A && c <= 0x40) || (c >= 0x5B && c <= 0x60) ||
                         (c >= 0x7B && c <= 0xBF) || (c >= 0x2000 && c <= 0x206F) ||
                         (c >= 0x3000 && c <= 0x303F && c != 0x3005 && c != 0x3007));
}

static void word_set(struct query_word *word, struct str text) {
    if (text.len > sizeof(word->at))
        text.len = utf8_valid_len(str_sub(text, 0, sizeof(word->at)), NULL);
    memcpy(word->at, text.ptr, text.len);
    word->len = (uint32_t)text.len;
}

static void word_add(struct query_word *word, const struct query_word *more) {
    char both[2 * SEARCH_WORD_COMPARED];
    memcpy(both, word->at, word->len);
    memcpy(both + word->len, more->at, more->len);
    word_set(word, (struct str){both, word->len + more->len});
}

/* The words without the blanks between them; empty when there are none. */
static void word_join(const struct query_word *words, struct query_word *joined) {
    joined->len = 0;
    for (uint32_t i = 0; i < words->len; i++)
        if (words->at[i] != ' ')
            joined->at[joined->len++] = words->at[i];
    if (joined->len == words->len)
        joined->len = 0;
}

uint32_t query_word_letters(const struct query_word *word) {
    for (uint32_t i = 0; i < word->len; i++)
        if (word->at[i] >= '0' && word->at[i] <= '9')
            return 0;
    return (uint32_t)utf8_count((struct str){word->at, word->len});
}

static const struct query_word *joined_of(const struct query_term *term) {
    return term->joined.len > 0 ? &term->joined : &term->words;
}

static void pinyin_parse(struct str run, struct query_pinyin *out) {
    bool digit = true; /* was the last character; at the front there is no syllable for a tone */
    *out = (struct query_pinyin){.plain = true};
    while (run.len > 0 && out->len < SEARCH_WORD_COMPARED) {
        uint32_t c = utf8_next(&run), last = out->len - 1;
        uint8_t tone;
        char letter = pinyin_letter(c, &tone);
        if (letter != '\0') {
            out->tone[out->len] = tone;
            out->at[out->len++] = letter;
            out->plain = out->plain && tone == 0;
            digit = false;
        } else if (c >= '1' && c <= '5' && !digit) {
            out->tone[last] = (uint8_t)(c - '0');
            out->end[last] = digit = true;
            out->plain = false;
        } else if (joins(c)) {
            if (out->len > 0)
                out->end[last] = digit = true;
            out->plain = false;
        } else {
            out->len = 0;
            return;
        }
    }
}

/* The end of a term is an end of a syllable where another term follows. */
static void pinyin_add(struct query_pinyin *all, const struct query_pinyin *more) {
    if (all->len > 0)
        all->end[all->len - 1] = true;
    for (uint32_t i = 0; i < more->len && all->len < SEARCH_WORD_COMPARED; i++) {
        all->at[all->len] = more->at[i];
        all->tone[all->len] = more->tone[i];
        all->end[all->len++] = more->end[i];
    }
}

static enum err add_words_term(struct query *q, struct str run, struct cut *cut,
                               const struct syllables *syllables, struct errinfo *info) {
    enum err err = cut_text(cut, syllables, run, info);
    if (err != ERR_OK || cut->words.len == 0)
        return err;
    struct query_term *term = &q->terms[q->count++];
    word_set(&term->words, buf_str(&cut->words));
    word_join(&term->words, &term->joined);
    pinyin_parse(run, &term->pinyin);
    return ERR_OK;
}

static void add_han_term(struct query *q, struct str run) {
    struct query_term *term = &q->terms[q->count++];
    while (run.len > 0 && term->han_len < QUERY_HAN_MAX)
        term->han[term->han_len++] = han_simplify_char(utf8_next(&run));
}

/* Length of the run at the front of `text`, which does not begin with a mark that separates. */
static size_t run_len(struct str text, bool *han) {
    struct str rest = text, next = text;
    *han = cut_is_han(utf8_next(&next));
    while (next.len > 0) {
        rest = next;
        uint32_t c = utf8_next(&next);
        if (separates(c) || cut_is_han(c) != *han || (*han && joins(c)))
            return text.len - rest.len;
    }
    return text.len;
}

static bool same_term(const struct query_term *a, const struct query_term *b) {
    return a->words.len == b->words.len && memcmp(a->words.at, b->words.at, a->words.len) == 0 &&
           a->han_len == b->han_len && memcmp(a->han, b->han, a->han_len * sizeof(*a->han)) == 0 &&
           a->pinyin.len == b->pinyin.len &&
           memcmp(a->pinyin.tone, b->pinyin.tone, a->pinyin.len) == 0;
}

/* Drops the last term when an earlier one asks for the same. */
static void drop_repeated(struct query *q) {
    for (uint32_t i = 0; i + 1 < q->count; i++)
        if (same_term(&q->terms[i], &q->terms[q->count - 1])) {
            q->terms[--q->count] = (struct query_term){0};
            return;
        }
}

/* The whole query written as one: in each writing that all terms have. */
static void write_all(struct query *q) {
    struct query_term *all = &q->all;
    bool words = true, pinyin = true, han = true;
    if (q->count < 2)
        return;
    for (uint32_t i = 0; i < q->count; i++) {
        const struct query_term *term = &q->terms[i];
        words = words && term->words.len > 0;
        pinyin = pinyin && term->pinyin.len > 0;
        han = han && term->han_len > 0;
    }
    for (uint32_t i = 0; i < q->count; i++) {
        const struct query_term *term = &q->terms[i];
        if (words && i > 0)
            word_add(&all->words, &(struct query_word){1, " "});
        if (words) {
            word_add(&all->words, &term->words);
            word_add(&all->joined, joined_of(term));
        }
        if (pinyin)
            pinyin_add(&all->pinyin, &term->pinyin);
        for (uint32_t h = 0; han && h < term->han_len && all->han_len < QUERY_HAN_MAX; h++)
            all->han[all->han_len++] = term->han[h];
    }
}

static enum err parse_folded(struct str text, const struct syllables *syllables, struct query *out,
                             struct errinfo *info) {
    struct cut cut;
    enum err err = ERR_OK;
    cut_init(&cut);
    while (text.len > 0 && err == ERR_OK) {
        struct str next = text;
        bool han;
        if (separates(utf8_next(&next))) {
            text = next;
            continue;
        }
        struct str run = str_sub(text, 0, run_len(text, &han));
        text = str_sub(text, run.len, text.len);
        if (out->count == SEARCH_TERMS_MAX) {
            err = err_set(info, ERR_LIMIT, "a search takes at most %d words", SEARCH_TERMS_MAX);
            err_hint(info, "leave out words such as Co., Ltd.");
        } else if (han) {
            add_han_term(out, run);
        } else {
            err = add_words_term(out, run, &cut, syllables, info);
        }
        drop_repeated(out);
    }
    cut_release(&cut);
    return err;
}

enum err query_parse(struct str text, const struct syllables *syllables, struct query *out,
                     struct errinfo *info) {
    struct buf folded;
    *out = (struct query){0};
    text = str_trim(text);
    if (text.len > SEARCH_QUERY_BYTES_MAX) {
        enum err err = err_set(info, ERR_LIMIT,
                               "this search is too long: it has %zu bytes, and at most %d are read",
                               text.len, SEARCH_QUERY_BYTES_MAX);
        err_hint(info, "a part of a name is enough");
        return err;
    }
    buf_init(&folded, FOLDED_MAX);
    enum err err = text_fold(text, &folded, info);
    if (err == ERR_OK)
        err = parse_folded(buf_str(&folded), syllables, out, info);
    if (err == ERR_OK)
        write_all(out);
    buf_release(&folded);
    return err;
}
