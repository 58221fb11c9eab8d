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
    bool written, typo;
    bool sure; /* a whole name, alias or code, or whole words of a name */
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

static bool is_sure(const struct plain *text, bool whole, bool words) {
    return text->field == SEARCH_NAME ? words : whole && text->field != SEARCH_DESCRIPTION;
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
            bool whole = i == 0 && rest.len == word->len && text->han_len == 0;
            bool ends = rest.len == word->len || rest.ptr[word->len] == ' ';
            m->sure = m->sure || is_sure(text, whole, ends);
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
    bool any_tone, right_tone;
    bool whole, ends; /* up to the end of the text, of a syllable */
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
            out->ends = out->ends || (agrees && i + 1 == len);
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
        m->sure = m->sure || is_sure(text, s.whole && i == 0 && text->words_len == 0, s.ends);
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
            bool whole = i == 0 && same == text->han_len && text->words_len == 0;
            m->sure = m->sure || is_sure(text, whole, true);
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

/* A query being answered: match[term][document]; the last term is the whole query as one. */
struct oracle {
    const struct search_document *documents;
    size_t count;
    struct query query;
    struct match *match[SEARCH_TERMS_MAX + 1];
};

static void match_term(struct oracle *o, uint32_t term) {
    const struct query_term *t = term < SEARCH_TERMS_MAX ? &o->query.terms[term] : &o->query.all;
    uint32_t places = 0;
    for (size_t d = 0; d < o->count; d++) {
        o->match[term][d] = match_document(&o->documents[d], t);
        places += o->match[term][d].places;
    }
    for (size_t d = 0; d < o->count && places >= SEARCH_COMMON; d++)
        o->match[term][d].typo = false;
}

/* Documents that have a term, with a typo or not. */
static uint32_t count_documents(const struct oracle *o, uint32_t term) {
    uint32_t count = 0;
    for (size_t d = 0; d < o->count; d++)
        count += o->match[term][d].written || o->match[term][d].typo;
    return count;
}

/* Fills `hits` with the documents that have all terms; returns how many. */
static uint32_t find_all(const struct oracle *o, bool typos, bool *sure, struct oracle_hit *hits) {
    uint32_t found = 0;
    *sure = false;
    for (size_t d = 0; d < o->count; d++) {
        const struct match *all = &o->match[SEARCH_TERMS_MAX][d];
        struct oracle_hit hit = {.found = true};
        bool all_sure = true;
        for (uint32_t k = 0; k < o->query.count; k++) {
            const struct match *m = &o->match[k][d];
            hit.found = hit.found && (m->written || (typos && m->typo));
            hit.typos = (uint8_t)(hit.typos + !m->written);
            all_sure = all_sure && m->sure;
        }
        if (all->written)
            hit = (struct oracle_hit){.found = true};
        *sure = *sure || all_sure || all->sure;
        found += hit.found;
        hits[d] = hit.found ? hit : (struct oracle_hit){0};
    }
    return found;
}

static bool stands(struct oracle *o, const uint32_t *han, uint32_t len) {
    static struct query_term part;
    part = (struct query_term){.han_len = len};
    memcpy(part.han, han, len * sizeof(*han));
    for (size_t d = 0; d < o->count; d++)
        if (match_document(&o->documents[d], &part).written)
            return true;
    return false;
}

/* A Han term in the longest parts that stand somewhere, from the left. */
static void split(struct oracle *o, uint32_t term) {
    struct query_term whole = o->query.terms[term];
    uint32_t to = term;
    for (uint32_t at = 0; at + 2 <= whole.han_len && o->query.count < SEARCH_TERMS_MAX;) {
        uint32_t len = whole.han_len - at;
        while (len >= 2 && !stands(o, whole.han + at, len))
            len--;
        if (len < 2) {
            at++;
            continue;
        }
        o->query.terms[to] = (struct query_term){.han_len = len};
        memcpy(o->query.terms[to].han, whole.han + at, len * sizeof(*whole.han));
        match_term(o, to);
        for (size_t d = 0; d < o->count; d++)
            o->match[to][d].typo = false;
        at += len;
        to = o->query.count;
        o->query.count++;
    }
    o->query.count -= to != term; /* the place kept for one more */
}

/* Fills `hits` with the documents that have a rare term. */
static void find_rare(struct oracle *o, struct oracle_hit *hits) {
    uint32_t fewest = UINT32_MAX, all = o->query.count;
    for (uint32_t k = 0; k < all; k++)
        if (o->query.terms[k].han_len >= 4 && count_documents(o, k) == 0)
            split(o, k);
    for (uint32_t k = 0; k < o->query.count; k++) {
        uint32_t n = count_documents(o, k);
        fewest = n > 0 && n < fewest ? n : fewest;
    }
    for (size_t d = 0; d < o->count; d++)
        for (uint32_t k = 0; k < o->query.count; k++) {
            const struct match *m = &o->match[k][d];
            uint32_t n = count_documents(o, k);
            bool has = m->written || m->typo;
            hits[d].found = hits[d].found || (has && (n <= fewest || n <= SEARCH_FEW));
            hits[d].missing = (uint8_t)(hits[d].missing + !has);
            hits[d].typos = (uint8_t)(hits[d].typos + (has && !m->written));
        }
}

bool oracle_find(const struct search_document *documents, size_t count, struct str query,
                 struct oracle_hit *hits) {
    static struct oracle o;
    struct syllables syllables;
    bool sure;
    o = (struct oracle){.documents = documents, .count = count};
    memset(hits, 0, count * sizeof(*hits));
    syllables_init(&syllables);
    if (query_parse(query, &syllables, &o.query, NULL) != ERR_OK)
        return false;
    for (uint32_t k = 0; k <= SEARCH_TERMS_MAX; k++)
        o.match[k] = calloc(count + 1, sizeof(*o.match[k]));
    for (uint32_t k = 0; k < o.query.count; k++)
        match_term(&o, k);
    match_term(&o, SEARCH_TERMS_MAX);
    uint32_t found = o.query.count > 0 ? find_all(&o, false, &sure, hits) : 0;
    if (o.query.count > 0 && found < SEARCH_FEW && !sure)
        found = find_all(&o, true, &sure, hits);
    if (o.query.count > 0 && found == 0)
        find_rare(&o, hits);
    for (uint32_t k = 0; k <= SEARCH_TERMS_MAX; k++)
        free(o.match[k]);
    return true;
}
