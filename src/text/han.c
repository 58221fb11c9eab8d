/*
 * Han characters: see han.h.
 *
 * Characters of the basic plane index two arrays directly; the rare ones beyond are searched. A bit
 * a character tells whether a phrase begins with it, so that the search for phrases is made for few
 * characters only; phrases stand in byte order, and those with the same beginning lie together.
 */
#include "text/han.h"

#include "text/han_tables.h"
#include "text/utf8.h"

enum { PHRASE_MAX_BYTES = 64 };

bool han_is(uint32_t c) {
    return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
           (c >= 0x20000 && c <= 0x323AF);
}

static uint16_t entry_of(uint32_t c) {
    if (c >= HAN_DIRECT_FIRST && c <= HAN_DIRECT_LAST)
        return han_direct[c - HAN_DIRECT_FIRST];
    size_t from = 0, to = han_others_len;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (han_others[middle].code_point < c)
            from = middle + 1;
        else
            to = middle;
    }
    return from < han_others_len && han_others[from].code_point == c ? han_others[from].entry : 0;
}

uint32_t han_simplify_char(uint32_t c) {
    if (c < HAN_DIRECT_FIRST)
        return c;
    if (c <= HAN_DIRECT_LAST && han_simple[c - HAN_DIRECT_FIRST] != c)
        return han_simple[c - HAN_DIRECT_FIRST];
    size_t from = 0, to = han_fars_len;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (han_fars[middle].from < c)
            from = middle + 1;
        else
            to = middle;
    }
    return from < han_fars_len && han_fars[from].from == c ? han_fars[from].to : c;
}

static struct han_reading reading_of(uint16_t code) {
    uint16_t plain = code & (HAN_LIST - 1);
    return (struct han_reading){han_syllables[plain / 8], plain % 8U, plain / 8U};
}

const char *han_syllable(uint32_t number) {
    return number < han_syllables_len ? han_syllables[number] : NULL;
}

size_t han_readings(uint32_t code_point, struct han_reading out[HAN_READINGS_MAX]) {
    uint16_t entry = entry_of(code_point);
    if (entry == 0)
        return 0;
    if ((entry & HAN_LIST) == 0) {
        out[0] = reading_of(entry);
        return 1;
    }
    size_t count = 0;
    for (const uint16_t *p = han_pool + (entry & (HAN_LIST - 1)); count < HAN_READINGS_MAX; p++) {
        out[count++] = reading_of(*p);
        if ((*p & HAN_LIST) != 0)
            break;
    }
    return count;
}

static uint16_t first_reading(uint32_t code_point) {
    uint16_t entry = entry_of(code_point);
    return (entry & HAN_LIST) != 0 ? han_pool[entry & (HAN_LIST - 1)] : entry;
}

static bool begins_phrase(uint32_t c) {
    if (c < HAN_DIRECT_FIRST || c > HAN_DIRECT_LAST)
        return false;
    uint32_t bit = c - HAN_DIRECT_FIRST;
    return (han_phrase_starts[bit / 8] >> bit % 8 & 1) != 0;
}

static struct str phrase_text(const struct han_phrase *p) {
    return (struct str){(const char *)han_phrase_texts + p->text, p->text_len};
}

/* The next characters of `text` in simplified form, as many as fit. */
static struct str simplified_head(struct str text, char out[PHRASE_MAX_BYTES]) {
    size_t len = 0;
    while (text.len > 0 && len + UTF8_MAX_BYTES <= PHRASE_MAX_BYTES) {
        uint32_t c = utf8_next(&text);
        if (!han_is(c))
            break;
        len += utf8_put(out + len, han_simplify_char(c));
    }
    return (struct str){out, len};
}

/* The longest phrase at the beginning of `text`, or NULL. */
static const struct han_phrase *find_phrase(struct str text) {
    char bytes[PHRASE_MAX_BYTES];
    struct str head = simplified_head(text, bytes);
    size_t from = 0, to = han_phrases_len;
    struct str first = {head.ptr, 3}; /* begins_phrase: a character of the basic plane */
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (str_compare(phrase_text(&han_phrases[middle]), first) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    const struct han_phrase *found = NULL;
    for (; from < han_phrases_len && str_starts(phrase_text(&han_phrases[from]), first); from++)
        if (str_starts(head, phrase_text(&han_phrases[from])) &&
            (found == NULL || han_phrases[from].text_len > found->text_len))
            found = &han_phrases[from];
    return found;
}

void han_reader_init(struct han_reader *r, struct str text) {
    *r = (struct han_reader){.rest = text};
}

bool han_reader_next(struct han_reader *r, uint32_t *code_point, struct han_reading *reading) {
    if (r->rest.len == 0)
        return false;
    struct str text = r->rest;
    uint32_t c = utf8_next(&r->rest);
    *code_point = c;
    if (r->phrase_left == 0 && begins_phrase(han_simplify_char(c))) {
        const struct han_phrase *phrase = find_phrase(text);
        if (phrase != NULL) {
            r->phrase_at = phrase->readings;
            r->phrase_left = phrase->readings_len;
        }
    }
    uint16_t code = c < HAN_DIRECT_FIRST && c != 0x3007 ? 0 : first_reading(c);
    if (r->phrase_left > 0) {
        code = han_phrase_readings[r->phrase_at++];
        r->phrase_left--;
    }
    *reading = code != 0 ? reading_of(code) : (struct han_reading){0};
    return true;
}

struct writer {
    struct buf *out;
    bool tones;
    enum { AT_START, AFTER_BLANK, AFTER_SYLLABLE, AFTER_OTHER } last;
};

static void write_syllable(struct writer *w, const struct han_reading *r) {
    if (w->last == AFTER_SYLLABLE || w->last == AFTER_OTHER)
        buf_add_char(w->out, ' ');
    buf_add_c(w->out, r->syllable);
    if (w->tones)
        buf_add_char(w->out, (char)('0' + r->tone));
    w->last = AFTER_SYLLABLE;
}

static void write_other(struct writer *w, struct str bytes) {
    bool blank = bytes.ptr[0] == ' ';
    if (w->last == AFTER_SYLLABLE && !blank)
        buf_add_char(w->out, ' ');
    buf_add_str(w->out, bytes);
    w->last = blank ? AFTER_BLANK : AFTER_OTHER;
}

static enum err pinyin(struct str text, bool tones, struct buf *out, struct errinfo *info) {
    struct writer w = {out, tones, AT_START};
    struct han_reader reader;
    struct han_reading reading;
    uint32_t c;
    han_reader_init(&reader, text);
    while (han_reader_next(&reader, &c, &reading)) {
        if (reading.syllable != NULL)
            write_syllable(&w, &reading);
        else
            write_other(&w, str_sub(text, 0, text.len - reader.rest.len));
        text = reader.rest;
    }
    return buf_error(out, info);
}

enum err han_pinyin(struct str text, struct buf *out, struct errinfo *info) {
    return pinyin(text, false, out, info);
}

enum err han_pinyin_tones(struct str text, struct buf *out, struct errinfo *info) {
    return pinyin(text, true, out, info);
}

enum err han_simplify(struct str text, struct buf *out, struct errinfo *info) {
    while (text.len > 0) {
        size_t ascii = utf8_ascii_len(text);
        buf_add(out, text.ptr, ascii);
        text = str_sub(text, ascii, text.len);
        if (text.len > 0)
            utf8_append(out, han_simplify_char(utf8_next(&text)));
    }
    return buf_error(out, info);
}
