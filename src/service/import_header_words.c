/*
 * What a header can mean: see import_header.h.
 *
 * Every known word is a mask of fields. A header of several parts means the intersection of its
 * known parts, so "供给节点 offers" is the nodes, although "offers" alone could be the text.
 * Unknown parts are passed over when another one is known; a header with no known part is searched
 * for the longest known word inside it, which must make up more than half of it ("登记注册国家"
 * contains 注册国家).
 */
#include "service/import_header_words.h"

#include "base/mem.h"
#include "exchange/csv_read.h"
#include "model/spelling.h"
#include "text/fold.h"
#include "text/utf8.h"

enum {
    WORDS_BYTES_MAX = 16 * 1024 * 1024,
    KEY_BYTES_MAX = 16 * SPELLING_BYTES_MAX,
};

static uint32_t lookup(const struct header_words *w, enum sheet_id sheet, struct str key) {
    uint32_t at = key.len > 0 ? str_map_get(&w->by_key[sheet], key) : MAP_NONE;
    return at != MAP_NONE ? w->masks.at[at] : 0;
}

/* Words --------------------------------------------------------------------------------------- */

static enum err add_word(struct header_words *w, enum sheet_id sheet, struct str word,
                         uint32_t mask, struct errinfo *info) {
    struct buf key;
    buf_init(&key, KEY_BYTES_MAX);
    enum err code = spelling_key(word, &key, info);
    /* "#" has no key but is a usual header of row numbers. */
    if (code == ERR_OK && key.len == 0)
        buf_add_str(&key, str_trim(word));
    uint32_t at = str_map_get(&w->by_key[sheet], buf_str(&key));
    if (code == ERR_OK && key.len > 0 && at != MAP_NONE) {
        w->masks.at[at] |= mask;
    } else if (code == ERR_OK && key.len > 0) {
        struct str copy = arena_copy(&w->arena, buf_str(&key));
        if (copy.ptr == NULL || !vec_push(&w->masks, mask) ||
            !str_map_put(&w->by_key[sheet], copy, (uint32_t)w->masks.len - 1))
            code = err_memory(info);
    }
    buf_release(&key);
    return code;
}

static uint32_t mask_of_fields(enum sheet_id sheet, struct str fields) {
    uint32_t mask = 0;
    struct str name;
    while (str_next(&fields, " ", &name)) {
        uint32_t field = sheet_field_by_name(sheet_kind_of(sheet), name);
        if (field == FIELD_IGNORE)
            mask |= HEADER_IGNORE_BIT;
        else if (field != FIELD_NONE)
            mask |= UINT32_C(1) << field;
    }
    return mask;
}

static enum err add_line(struct header_words *w, const struct table_row *row,
                         struct errinfo *info) {
    enum sheet_id only = row->count == 3 ? sheet_by_name(row->cells[0]) : SHEETS;
    bool everywhere = row->count == 3 && str_equal_c(row->cells[0], "*");
    bool any = false;
    enum err code = ERR_OK;
    for (enum sheet_id sheet = 0; sheet < SHEETS && code == ERR_OK; sheet++) {
        if (sheet != only && !everywhere)
            continue;
        uint32_t mask = mask_of_fields(sheet, row->cells[1]);
        struct str rest = row->cells[2], word;
        any |= mask != 0;
        while (code == ERR_OK && mask != 0 && str_next(&rest, ";", &word))
            code = add_word(w, sheet, word, mask, info);
    }
    if (code == ERR_OK && !any) {
        code = err_set(info, ERR_INPUT, "the table of header words names no sheet and field");
        err_at(info, "headers.csv", row->line, 0);
    }
    return code;
}

/* The names of our own files are words, too. */
static enum err add_own_names(struct header_words *w, struct errinfo *info) {
    enum err code = ERR_OK;
    for (enum sheet_id sheet = 0; sheet < SHEETS; sheet++) {
        const struct sheet_kind *kind = sheet_kind_of(sheet);
        for (uint32_t i = 0; i < kind->count && code == ERR_OK; i++)
            if (sheet != SHEET_EXHIBITORS)
                code = add_word(w, sheet, str_of(kind->fields[i].name), UINT32_C(1) << i, info);
    }
    return code;
}

enum err header_words_init(struct header_words *w, struct str csv, struct errinfo *info) {
    struct csv_reader reader;
    struct table_row row;
    bool end = false;
    *w = (struct header_words){0};
    arena_init(&w->arena, WORDS_BYTES_MAX);
    csv_reader_init(&reader, csv_source_text(&csv), ',', NULL);
    enum err code = add_own_names(w, info);
    while (code == ERR_OK && !end) {
        code = csv_next(&reader, &row, &end, info);
        if (code == ERR_OK && !end && row.record > 0)
            code = add_line(w, &row, info);
    }
    csv_reader_release(&reader);
    if (code != ERR_OK)
        header_words_release(w);
    return code;
}

void header_words_release(struct header_words *w) {
    for (enum sheet_id sheet = 0; sheet < SHEETS; sheet++)
        str_map_release(&w->by_key[sheet]);
    vec_free(&w->masks);
    arena_release(&w->arena);
}

/* Parts of a header --------------------------------------------------------------------------- */

enum part_kind { PART_OTHER, PART_HAN, PART_WALL, PART_NEUTRAL };

static enum part_kind kind_of(uint32_t c) {
    if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF))
        return PART_HAN;
    if (c == ' ' || c == '/' || c == '&')
        return PART_NEUTRAL;
    return c < 0x80 && strchr("()[]{}|\\:;,*", (int)c) != NULL ? PART_WALL : PART_OTHER;
}

/* The next stretch of one writing from folded text. */
static struct str next_part(struct str *rest, enum part_kind *kind) {
    struct str part = {rest->ptr, 0};
    bool first = true;
    while (rest->len > 0) {
        struct str ahead = *rest;
        enum part_kind here = kind_of(utf8_next(&ahead));
        if (!first && here != *kind && here != PART_NEUTRAL && *kind != PART_NEUTRAL)
            break;
        if (here != PART_NEUTRAL || first)
            *kind = here;
        first = false;
        *rest = ahead;
    }
    part.len = (size_t)(rest->ptr - part.ptr);
    return part;
}

struct language_word {
    const char *word;
    enum field_language language; /* LANGUAGE_NONE: a word that says nothing */
};

/* Takes out the words for a language and those that say nothing ("required") of an ASCII part. */
static void without_language(struct str part, struct buf *out, enum field_language *language) {
    static const struct language_word words[] = {
        {"english", LANGUAGE_EN},     {"en", LANGUAGE_EN},
        {"eng", LANGUAGE_EN},         {"englisch", LANGUAGE_EN},
        {"anglais", LANGUAGE_EN},     {"chinese", LANGUAGE_ZH},
        {"zh", LANGUAGE_ZH},          {"cn", LANGUAGE_ZH},
        {"chinesisch", LANGUAGE_ZH},  {"chinois", LANGUAGE_ZH},
        {"required", LANGUAGE_NONE},  {"optional", LANGUAGE_NONE},
        {"mandatory", LANGUAGE_NONE}, {"pflichtfeld", LANGUAGE_NONE},
        {"in", LANGUAGE_NONE},
    };
    enum { WORDS = sizeof(words) / sizeof(words[0]) };
    struct str rest = part, token;
    while (str_next(&rest, " _-.", &token)) {
        size_t i = 0;
        while (i < WORDS && !str_equal_c(token, words[i].word))
            i++;
        if (i == WORDS)
            buf_add_str(out, token);
        else if (words[i].language != LANGUAGE_NONE)
            *language = words[i].language;
    }
}

static void without_language_han(struct str part, struct buf *out, enum field_language *language) {
    static const struct language_word words[] = {
        {"中文", LANGUAGE_ZH},   {"汉语", LANGUAGE_ZH},   {"英文", LANGUAGE_EN},
        {"英语", LANGUAGE_EN},   {"外文", LANGUAGE_EN},   {"必填", LANGUAGE_NONE},
        {"选填", LANGUAGE_NONE}, {"如有", LANGUAGE_NONE},
    };
    if (str_equal_c(part, "中") || str_equal_c(part, "英")) {
        *language = str_equal_c(part, "中") ? LANGUAGE_ZH : LANGUAGE_EN;
        return;
    }
    while (part.len > 0) {
        size_t i = 0, count = sizeof(words) / sizeof(words[0]);
        while (i < count && !str_starts(part, str_of(words[i].word)))
            i++;
        size_t step = i < count ? strlen(words[i].word) : 3;
        if (i < count && words[i].language != LANGUAGE_NONE)
            *language = words[i].language;
        if (i == count)
            buf_add(out, part.ptr, step < part.len ? step : part.len);
        part = str_sub(part, step < part.len ? step : part.len, part.len);
    }
}

static uint32_t fields_of_language(enum sheet_id sheet, enum field_language language) {
    const struct sheet_kind *kind = sheet_kind_of(sheet);
    uint32_t mask = 0;
    for (uint32_t i = 0; i < kind->count; i++)
        if (kind->fields[i].language == language)
            mask |= UINT32_C(1) << i;
    return mask;
}

/* The longest known word inside `key`, when it makes up more than half of it. */
static uint32_t word_inside(const struct header_words *w, enum sheet_id sheet, struct str key) {
    for (size_t len = key.len; len * 2 > key.len && len >= 4; len--)
        for (size_t from = 0; from + len <= key.len; from++) {
            uint32_t mask = lookup(w, sheet, str_sub(key, from, from + len));
            if (mask != 0)
                return mask;
        }
    return 0;
}

struct parts {
    const struct header_words *words;
    enum sheet_id sheet;
    struct header_meaning *out;
    struct buf text, key;
    uint32_t mask;
    bool known, contradicts;
};

static enum err add_part(struct parts *p, struct str part, enum part_kind kind,
                         struct errinfo *info) {
    buf_clear(&p->text);
    buf_clear(&p->key);
    if (kind == PART_HAN)
        without_language_han(part, &p->text, &p->out->language);
    else if (kind == PART_OTHER)
        without_language(part, &p->text, &p->out->language);
    enum err code = buf_error(&p->text, info);
    if (code == ERR_OK)
        code = spelling_key(buf_str(&p->text), &p->key, info);
    uint32_t found = code == ERR_OK ? lookup(p->words, p->sheet, buf_str(&p->key)) : 0;
    struct str rest = part, piece;
    if (code == ERR_OK && found == 0 && str_find(part, STR("/")) != SIZE_MAX) {
        while (code == ERR_OK && str_next(&rest, "/", &piece))
            code = add_part(p, str_trim(piece), kind, info);
    } else if (found != 0) {
        p->contradicts |= (p->mask & found) == 0;
        p->mask &= found;
        p->known = true;
    }
    return code;
}

/* The meaning of all parts of a folded header together. A part with a slash is tried whole first:
 * "Country/Region" is one thing, "Company / Exhibitor" two words for one. */
static enum err meaning_of_parts(const struct header_words *w, enum sheet_id sheet,
                                 struct str folded, struct header_meaning *out,
                                 struct errinfo *info) {
    struct parts p = {.words = w, .sheet = sheet, .out = out, .mask = UINT32_MAX};
    struct str rest = folded;
    enum err code = ERR_OK;
    buf_init(&p.text, KEY_BYTES_MAX);
    buf_init(&p.key, KEY_BYTES_MAX);
    while (rest.len > 0 && code == ERR_OK) {
        enum part_kind kind = PART_OTHER;
        struct str part = str_trim(next_part(&rest, &kind));
        code = add_part(&p, part, kind, info);
    }
    if (code == ERR_OK && p.known) {
        out->mask = p.contradicts ? 0 : p.mask;
        out->how = p.contradicts ? HEADER_AMBIGUOUS : HEADER_PARTS;
    }
    buf_release(&p.text);
    buf_release(&p.key);
    return code;
}

enum err header_meaning_of(const struct header_words *w, enum sheet_id sheet, struct str header,
                           struct header_meaning *out, struct errinfo *info) {
    struct buf folded, key;
    *out = (struct header_meaning){0, HEADER_UNKNOWN, LANGUAGE_NONE};
    header = str_trim(header);
    if (header.len == 0) {
        out->how = HEADER_EMPTY;
        return ERR_OK;
    }
    if (header.len > SPELLING_BYTES_MAX)
        return ERR_OK;
    buf_init(&folded, KEY_BYTES_MAX);
    buf_init(&key, KEY_BYTES_MAX);
    enum err code = spelling_key(header, &key, info);
    if (code == ERR_OK && key.len == 0)
        buf_add_str(&key, header);
    if (code == ERR_OK && (out->mask = lookup(w, sheet, buf_str(&key))) != 0)
        out->how = HEADER_EXACT;
    if (code == ERR_OK && out->how == HEADER_UNKNOWN) {
        code = text_fold_plain(header, &folded, info);
        if (code == ERR_OK)
            code = meaning_of_parts(w, sheet, buf_str(&folded), out, info);
    }
    if (code == ERR_OK && out->how == HEADER_UNKNOWN &&
        (out->mask = word_inside(w, sheet, buf_str(&key))) != 0)
        out->how = HEADER_GUESS;
    uint32_t spoken = fields_of_language(sheet, out->language);
    if (out->language != LANGUAGE_NONE && (out->mask & spoken) != 0)
        out->mask &= spoken;
    buf_release(&folded);
    buf_release(&key);
    return code;
}
