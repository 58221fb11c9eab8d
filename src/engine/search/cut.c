/*
 * Texts cut in two: see cut.h.
 *
 * What is a letter outside ASCII is decided by blocks of Unicode (those of punctuation and symbols
 * are few), because only text/ knows ICU and a symbol taken for a letter does no harm.
 */
#include "engine/search/cut.h"

#include "text/fold.h"
#include "text/utf8.h"

enum {
    /* A text of SEARCH_TEXT_BYTES_MAX at most; folding makes it up to eleven times longer. */
    CUT_BYTES_MAX = 1 << 20,
    ITERATION_MARK = 0x3005, /* of Japanese: repeats the Han character before it */
};

void cut_init(struct cut *cut) {
    *cut = (struct cut){0};
    buf_init(&cut->words, CUT_BYTES_MAX);
    buf_init(&cut->folded, CUT_BYTES_MAX);
}

void cut_release(struct cut *cut) {
    buf_release(&cut->words);
    buf_release(&cut->folded);
    vec_free(&cut->word_starts);
    vec_free(&cut->tokens);
}

bool cut_is_han(uint32_t c) {
    return han_is(c) || c == ITERATION_MARK;
}

/* Dense numbers from 1, so that all Han of Unicode fits into TOKEN_CHARACTER. */
uint32_t cut_han_character(uint32_t c) {
    enum { BASIC = 1, EXTENSION_A = BASIC + 0x5200, LATER = EXTENSION_A + 0x19C0, FAR = LATER + 2 };
    if (c >= 0x20000)
        return c - 0x20000 + FAR;
    if (c >= 0x4E00)
        return c - 0x4E00 + BASIC;
    if (c >= 0x3400)
        return c - 0x3400 + EXTENSION_A;
    return LATER + (c == ITERATION_MARK);
}

static bool is_letter(uint32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return c >= 0xC0 && !cut_is_han(c) && c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c <= 0x2BFF) &&
           !(c >= 0x3000 && c <= 0x3030) && c != 0x30FB && !(c >= 0xFE10 && c <= 0xFE6F) &&
           !(c >= 0xFFF0 && c <= 0xFFFF);
}

/* Thai to Myanmar, Khmer, kana. */
static bool has_no_blanks(uint32_t c) {
    return (c >= 0xE00 && c <= 0xEFF) || (c >= 0x1000 && c <= 0x109F) ||
           (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3041 && c <= 0x30FF);
}

struct cutter {
    struct cut *cut;
    bool in_word, in_han;
    bool apostrophe; /* was the last character */
    bool ok;
};

static void add_han(struct cutter *k, uint32_t c, const struct han_reading *reading,
                    const struct syllables *syllables) {
    struct cut *cut = k->cut;
    uint32_t rank = reading->syllable == NULL ? SYLLABLE_NONE : syllables->rank[reading->number];
    uint32_t token =
        cut_han_character(c) | reading->tone << TOKEN_TONE_SHIFT | rank << TOKEN_RANK_SHIFT;
    if (!k->in_han && cut->tokens.len > 0)
        k->ok = k->ok && vec_push(&cut->tokens, HAN_BREAK);
    k->ok = k->ok && vec_push(&cut->tokens, token);
    k->in_han = true;
    k->in_word = false;
}

static void add_letter(struct cutter *k, uint32_t c) {
    struct cut *cut = k->cut;
    char bytes[UTF8_MAX_BYTES];
    if (!k->in_word && cut->words.len > 0)
        buf_add_char(&cut->words, ' ');
    if (!k->in_word || has_no_blanks(c))
        k->ok = k->ok && vec_push(&cut->word_starts, (uint32_t)cut->words.len);
    if (cut->words.len == 0)
        cut->words_first = cut->tokens.len == 0;
    buf_add(&cut->words, bytes, utf8_put(bytes, c));
    k->in_word = true;
    k->in_han = false;
}

static enum err begin(struct cut *cut, struct str text, struct errinfo *info) {
    buf_clear(&cut->words);
    buf_clear(&cut->folded);
    cut->word_starts.len = cut->tokens.len = 0;
    cut->words_first = false;
    return text_fold_plain(text, &cut->folded, info);
}

static enum err end(struct cutter *k, struct errinfo *info) {
    return k->ok ? buf_error(&k->cut->words, info) : err_memory(info);
}

enum err cut_text(struct cut *cut, const struct syllables *syllables, struct str text,
                  struct errinfo *info) {
    struct cutter k = {.cut = cut, .ok = true};
    struct han_reader reader;
    struct han_reading reading;
    uint32_t c;
    enum err err = begin(cut, text, info);
    if (err != ERR_OK)
        return err;
    han_reader_init(&reader, buf_str(&cut->folded));
    while (han_reader_next(&reader, &c, &reading)) {
        if (cut_is_han(c)) {
            add_han(&k, c, &reading, syllables);
        } else if (is_letter(c)) {
            add_letter(&k, c);
        } else {
            k.in_word = k.in_word && (c == '\'' || c == 0x2019);
            k.in_han = false;
        }
    }
    return end(&k, info);
}

enum err cut_code(struct cut *cut, struct str code, struct errinfo *info) {
    uint32_t before = ' ', c = ' '; /* the last letter or digit; the last character */
    enum err err = begin(cut, code, info);
    bool ok = true;
    if (err != ERR_OK)
        return err;
    cut->words_first = true;
    for (struct str rest = buf_str(&cut->folded); rest.len > 0 && ok;) {
        char bytes[UTF8_MAX_BYTES];
        bool after_mark = !is_letter(c);
        c = utf8_next(&rest);
        if (!is_letter(c))
            continue;
        bool digit = c >= '0' && c <= '9', digit_before = before >= '0' && before <= '9';
        if (before == ' ' || (after_mark && !(digit && digit_before)) || (digit && !digit_before))
            ok = vec_push(&cut->word_starts, (uint32_t)cut->words.len);
        buf_add(&cut->words, bytes, utf8_put(bytes, c));
        before = c;
    }
    return ok ? buf_error(&cut->words, info) : err_memory(info);
}

size_t cut_han_initials(const struct cut *cut, const struct syllables *syllables,
                        char out[INITIALS_MAX]) {
    size_t len = 0;
    for (size_t i = 0; i < cut->tokens.len && len < INITIALS_MAX; i++) {
        uint32_t rank = token_rank(cut->tokens.at[i]);
        if (rank >= SYLLABLE_FIRST)
            out[len++] = syllables->letters[rank][0];
    }
    return len;
}

size_t cut_word_initials(const struct cut *cut, char out[INITIALS_MAX]) {
    size_t len = 0;
    for (size_t i = 0; i < cut->word_starts.len && len < INITIALS_MAX; i++) {
        char letter = cut->words.ptr[cut->word_starts.at[i]];
        if (letter >= 'a' && letter <= 'z')
            out[len++] = letter;
    }
    return len < 3 ? 0 : len;
}
