/* A naive search: see oracle.h. */
#include "oracle.h"

#include <stdlib.h>

#include "engine/search/query.h"
#include "text/fold.h"
#include "text/utf8.h"

enum { LETTERS_MAX = 8192, HAN_MAX = 1024, FAR = 9 };

/* A text: its words as one string with one blank between them, and its Han with syllables. */
struct plain {
    enum search_field field;
    char words[LETTERS_MAX];
    bool starts[LETTERS_MAX];
    size_t words_len;
    uint32_t han[HAN_MAX]; /* 0 = something else stands between */
    struct han_reading readings[HAN_MAX];
    size_t han_len;
    bool words_first;
};

/* How a term stands in a text or document. */
struct match {
    bool written, typo, whole;
    uint32_t places;
};

static bool is_word_character(uint32_t c) {
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return !(c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c <= 0x2BFF) ||
             (c >= 0x3000 && c <= 0x3030) || c == 0x30FB || (c >= 0xFE10 && c <= 0xFE6F) ||
             (c >= 0xFFF0 && c <= 0xFFFF) || han_is(c) || c == 0x3005);
}

static bool begins_anywhere(uint32_t c) {
    return (c >= 0xE00 && c <= 0xEFF) || (c >= 0x1000 && c <= 0x109F) ||
           (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3041 && c <= 0x30FF);
}

static void read_code(struct str folded, struct plain *out) {
    bool mark = true, digit_before = false;
    out->words_first = true;
    while (folded.len > 0) {
        uint32_t c = utf8_next(&folded);
        if (!is_word_character(c)) {
            mark = true;
            continue;
        }
        bool digit = c >= '0' && c <= '9', first = out->words_len == 0;
        out->starts[out->words_len] =
            first || (mark && !(digit && digit_before)) || (digit && !digit_before);
        out->words_len += utf8_put(out->words + out->words_len, c);
        mark = false;
        digit_before = digit;
    }
}

static void read_plain(struct str folded, struct plain *out) {
    struct han_reader reader;
    struct han_reading reading;
    uint32_t c, before = ' ';
    bool in_word = false;
    han_reader_init(&reader, folded);
    while (han_reader_next(&reader, &c, &reading)) {
        bool han = han_is(c) || c == 0x3005, word = is_word_character(c);
        if (out->words_len == 0 && out->han_len == 0)
            out->words_first = word;
        if (han) {
            if (out->han_len > 0 && !(han_is(before) || before == 0x3005))
                out->han[out->han_len++] = 0;
            out->han[out->han_len] = c;
            out->readings[out->han_len++] = reading;
        } else if (word) {
            if (!in_word && out->words_len > 0)
                out->words[out->words_len++] = ' ';
            out->starts[out->words_len] = !in_word || begins_anywhere(c);
            out->words_len += utf8_put(out->words + out->words_len, c);
        }
        in_word = word || (in_word && (c == '\'' || c == 0x2019));
        before = c;
    }
}

static void read_text(const struct search_text *text, struct plain *out) {
    struct buf folded;
    buf_init(&folded, LETTERS_MAX);
    memset(out, 0, sizeof(*out));
    out->field = text->field;
    if (text_fold_plain(text->text, &folded, NULL) != ERR_OK)
        abort();
    if (text->field == SEARCH_CODE)
        read_code(buf_str(&folded), out);
    else
        read_plain(buf_str(&folded), out);
    buf_release(&folded);
}

/* Edits between `needle` and the nearest beginning of `text`, swaps of neighbours included (optimal
 * string alignment); anything above 1 may be any number above 1. */
static uint32_t prefix_distance(const uint32_t *needle, size_t n, const uint32_t *text,
                                size_t len) {
    uint32_t rows[3][256], best = FAR;
    if (len > n + 1)
        len = n + 1;
    for (size_t i = 0; i <= n; i++)
        rows[0][i] = (uint32_t)i;
    best = rows[0][n];
    for (size_t j = 1; j <= len; j++) {
        uint32_t *row = rows[j % 3], *last = rows[(j - 1) % 3], *older = rows[(j + 1) % 3];
        row[0] = (uint32_t)j;
        for (size_t i = 1; i <= n; i++) {
            uint32_t d = last[i - 1] + (needle[i - 1] != text[j - 1]);
            d = last[i] + 1 < d ? last[i] + 1 : d;
            d = row[i - 1] + 1 < d ? row[i - 1] + 1 : d;
            if (i > 1 && j > 1 && needle[i - 1] == text[j - 2] && needle[i - 2] == text[j - 1] &&
                older[i - 2] + 1 < d)
                d = older[i - 2] + 1;
            row[i] = d;
        }
        best = row[n] < best ? row[n] : best;
    }
    return best;
}

static size_t spread(struct str s, uint32_t *out) {
    size_t len = 0;
    while (s.len > 0)
        out[len++] = utf8_next(&s);
    return len;
}

static void match_word(const struct plain *text, const struct query_word *word, bool guess,
                       struct match *m) {
    static uint32_t letters[LETTERS_MAX], needle[SEARCH_WORD_COMPARED];
    uint32_t typo_letters = query_word_letters(word);
    size_t n = spread((struct str){word->at, word->len}, needle);
    for (size_t i = 0; i < text->words_len && word->len > 0; i++) {
        if (!text->starts[i])
            continue;
        struct str rest = {text->words + i, text->words_len - i};
        if (str_starts(rest, (struct str){word->at, word->len})) {
            m->written = true;
            m->places++;
            m->whole = m->whole || (i == 0 && rest.len == word->len && text->han_len == 0 &&
                                    text->field != SEARCH_DESCRIPTION);
        } else if (guess && typo_letters >= SEARCH_TYPO_LETTERS && text->field != SEARCH_CODE) {
            size_t len = spread(rest, letters);
            m->typo = m->typo || prefix_distance(needle, n, letters, len) == 1;
        }
    }
}

/* "lü" as "lu". */
static size_t letters_of(const char *syllable, char out[HAN_SYLLABLE_MAX]) {
    size_t len = 0;
    for (; *syllable != '\0'; syllable++)
        if ((unsigned char)*syllable < 0x80)
            out[len++] = *syllable;
        else if ((unsigned char)*syllable == 0xC3)
            out[len++] = 'u';
    return len;
}

struct sounded {
    bool any_tone, right_tone, whole;
};

/* Tries to read letters `pos`.. as the syllables from `at` on; `right` tells that the tones so far
 * agree. */
static void read_pinyin(const struct plain *text, const struct query_pinyin *p, size_t at,
                        size_t pos, bool right, struct sounded *out) {
    char letters[HAN_SYLLABLE_MAX];
    if (at >= text->han_len || text->han[at] == 0 || text->readings[at].syllable == NULL)
        return;
    size_t len = letters_of(text->readings[at].syllable, letters);
    uint8_t tone = 0;
    for (size_t i = 0; i < len; i++, pos++) {
        if (p->at[pos] != letters[i])
            return;
        if (p->tone[pos] != 0 && tone != 0 && p->tone[pos] != tone)
            return;
        tone = p->tone[pos] != 0 ? p->tone[pos] : tone;
        if (p->end[pos] && i + 1 < len)
            return;
        bool last = pos + 1 == p->len;
        bool agrees = right && (tone == 0 || tone == text->readings[at].tone);
        if (last) {
            out->any_tone = true;
            out->right_tone = out->right_tone || agrees;
            out->whole = out->whole || (agrees && i + 1 == len && at + 1 == text->han_len);
            return;
        }
    }
    read_pinyin(text, p, at + 1, pos, right && (tone == 0 || tone == text->readings[at].tone), out);
}

static void match_pinyin(const struct plain *text, const struct query_pinyin *p, struct match *m) {
    static uint32_t letters[LETTERS_MAX], needle[SEARCH_WORD_COMPARED];
    if (p->len < 2 || text->field == SEARCH_DESCRIPTION || text->field == SEARCH_CODE)
        return;
    size_t n = spread((struct str){p->at, p->len}, needle);
    for (size_t i = 0; i < text->han_len; i++) {
        struct sounded s = {0};
        size_t len = 0;
        read_pinyin(text, p, i, 0, true, &s);
        m->places += s.any_tone;
        m->written = m->written || s.right_tone;
        m->whole = m->whole || (s.whole && i == 0 && text->words_len == 0);
        for (size_t k = i; k < text->han_len && text->readings[k].syllable != NULL; k++) {
            char syllable[HAN_SYLLABLE_MAX];
            len += spread((struct str){syllable, letters_of(text->readings[k].syllable, syllable)},
                          letters + len);
        }
        if (!s.right_tone && p->plain && p->len >= SEARCH_TYPO_LETTERS)
            m->typo = m->typo || prefix_distance(needle, n, letters, len) == 1;
    }
}

static bool sounds_like(uint32_t character, const struct plain *text, size_t at) {
    struct han_reading readings[HAN_READINGS_MAX];
    char a[HAN_SYLLABLE_MAX], b[HAN_SYLLABLE_MAX];
    size_t count = han_readings(character, readings);
    if (text->readings[at].syllable == NULL)
        return count == 0;
    size_t len = letters_of(text->readings[at].syllable, a);
    for (size_t i = 0; i < count; i++)
        if (letters_of(readings[i].syllable, b) == len && memcmp(a, b, len) == 0)
            return true;
    return false;
}

static void match_han(const struct plain *text, const struct query_term *term, struct match *m) {
    for (size_t i = 0; i < text->han_len && term->han_len > 0; i++) {
        size_t same = 0, alike = 0, run = i;
        while (run < text->han_len && text->han[run] != 0)
            run++;
        while (same < term->han_len && i + same < run && text->han[i + same] == term->han[same])
            same++;
        while (alike < term->han_len && i + alike < run &&
               sounds_like(term->han[alike], text, i + alike))
            alike++;
        if (same == term->han_len) {
            m->written = true;
            m->whole = m->whole || (i == 0 && same == text->han_len && text->words_len == 0 &&
                                    text->field != SEARCH_DESCRIPTION);
        }
        m->places += alike == term->han_len;
        if (run > i && term->han_len >= 2 && alike == term->han_len)
            m->typo = true;
        if (run > i && term->han_len >= SEARCH_TYPO_HAN)
            m->typo =
                m->typo || prefix_distance(term->han, term->han_len, text->han + i, run - i) <= 1;
    }
}

/* The initials of a name or alias, from where a match may begin. */
static void match_initials(const struct plain *text, const struct query_term *term,
                           struct match *m) {
    char han[HAN_MAX], words[LETTERS_MAX];
    size_t han_len = 0, words_len = 0;
    if (text->field == SEARCH_DESCRIPTION || text->field == SEARCH_CODE)
        return;
    for (size_t i = 0; i < text->han_len && han_len < INITIALS_MAX; i++)
        if (text->han[i] != 0 && text->readings[i].syllable != NULL)
            han[han_len++] = text->readings[i].syllable[0];
    for (size_t i = 0; i < text->words_len && words_len < INITIALS_MAX; i++)
        if (text->starts[i] && text->words[i] >= 'a' && text->words[i] <= 'z')
            words[words_len++] = text->words[i];
    for (int w = 0; w < 2; w++) {
        const struct query_word *word = w == 0 ? &term->words : &term->joined;
        struct str needle = {word->at, word->len};
        if (needle.len == 0)
            continue;
        for (size_t i = 0; i < INITIALS_HAN_STARTS && i + 1 < han_len; i++)
            if (str_starts((struct str){han + i, han_len - i}, needle)) {
                m->places++;
                m->written = m->written || needle.len >= 2;
            }
        if (words_len >= 3 && str_starts((struct str){words, words_len}, needle)) {
            m->places++;
            m->written = m->written || needle.len >= 2;
        }
    }
}

static struct match match_document(const struct search_document *document,
                                   const struct query_term *term) {
    static struct plain text;
    struct match m = {0};
    for (size_t i = 0; i < document->count; i++) {
        read_text(&document->texts[i], &text);
        match_word(&text, &term->words, true, &m);
        match_word(&text, &term->joined, false, &m);
        match_pinyin(&text, &term->pinyin, &m);
        match_han(&text, term, &m);
        match_initials(&text, term, &m);
    }
    return m;
}

/* Terms of a document: written, typos, and whether all are whole. */
struct tally {
    uint32_t written, either;
    bool whole, all;
};

bool oracle_find(const struct search_document *documents, size_t count, struct str query,
                 struct oracle_hit *hits) {
    static struct query parsed;
    struct syllables syllables;
    uint32_t written = 0, found = 0, most = 0;
    bool whole = false, guess[SEARCH_TERMS_MAX];
    memset(hits, 0, count * sizeof(*hits));
    syllables_init(&syllables);
    if (query_parse(query, &syllables, &parsed, NULL) != ERR_OK)
        return false;
    if (parsed.count == 0)
        return true;
    struct match *m = calloc(count * (parsed.count + 1) + 1, sizeof(*m));
    struct tally *t = calloc(count + 1, sizeof(*t));
    for (uint32_t k = 0; k <= parsed.count; k++) {
        const struct query_term *term = k < parsed.count ? &parsed.terms[k] : &parsed.all;
        uint32_t places = 0;
        for (size_t d = 0; d < count; d++) {
            m[k * count + d] = match_document(&documents[d], term);
            places += m[k * count + d].places;
        }
        if (k < parsed.count)
            guess[k] = places < SEARCH_COMMON;
    }
    for (size_t d = 0; d < count; d++) {
        t[d].whole = true;
        for (uint32_t k = 0; k < parsed.count; k++) {
            t[d].written += m[k * count + d].written;
            t[d].either += m[k * count + d].written || (m[k * count + d].typo && guess[k]);
            t[d].whole = t[d].whole && m[k * count + d].whole;
        }
        t[d].all = m[parsed.count * count + d].written;
        written += t[d].written == parsed.count || t[d].all;
        whole = whole || t[d].whole || m[parsed.count * count + d].whole;
    }
    bool typos = written < SEARCH_FEW && !whole;
    for (size_t d = 0; d < count; d++) {
        uint32_t has = typos ? t[d].either : t[d].written;
        hits[d].found = has == parsed.count || t[d].all;
        hits[d].typos = t[d].all ? 0 : (uint8_t)(has - t[d].written);
        found += hits[d].found;
        most = has > most ? has : most;
    }
    for (size_t d = 0; d < count && found == 0; d++) {
        hits[d].found = most > 0 && t[d].either == most && 2 * most >= parsed.count;
        hits[d].missing = (uint8_t)(parsed.count - most);
    }
    free(m);
    free(t);
    return true;
}
