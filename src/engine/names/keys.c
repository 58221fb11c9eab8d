/*
 * Keys: see keys.h.
 *
 * Latin: each brand word; the first long one with each letter left out (two words one slip apart
 * share such a form); the joined core; initials of the first two words with the third ("GE
 * Healthcare" and "General Electric Healthcare"); initials of all. Han: each brand, its first two
 * characters, each of its forms with one character left out, the joined core, its pinyin as a Latin
 * core.
 */
#include "engine/names/keys.h"

enum { LEFT_OUT_MIN = 5, LEFT_OUT_LETTERS = 12, HAN_BYTES = 3, TEXT_MAX = 4096, FEW = 48 };

/* Sorts of keys, so that they do not meet by chance. */
enum sort_of_key { WORD, LEFT_OUT, CORE, INITIALS, HEAD };

static void add(struct names_keys *keys, enum sort_of_key sort, uint32_t hash) {
    if (keys->len == NAMES_KEYS_MAX)
        return;
    uint32_t mixed = (hash ^ (uint32_t)sort * 0x85EBCA6BU) * 0x9E3779B1U;
    mixed ^= mixed >> 15;
    keys->at[keys->len++] = sort == CORE ? mixed | NAMES_KEY_WHOLE : mixed & ~1U;
}

static void add_text(struct names_keys *keys, enum sort_of_key sort, struct str text) {
    if (text.len > 0)
        add(keys, sort, names_hash(text));
}

static struct str token_text(const struct names_view *v, size_t i) {
    return (struct str){v->text + v->tokens[i].text, v->tokens[i].len};
}

/* `unit` bytes a letter. */
static void add_left_out(struct names_keys *keys, struct str word, size_t unit) {
    char rest[NAMES_WORD_MAX];
    add_text(keys, LEFT_OUT, word);
    for (size_t i = 0; i + unit <= word.len && i < LEFT_OUT_LETTERS * unit; i += unit) {
        memcpy(rest, word.ptr, i);
        memcpy(rest + i, word.ptr + i + unit, word.len - i - unit);
        add_text(keys, LEFT_OUT, (struct str){rest, word.len - unit});
    }
}

static void add_core(struct names_keys *keys, const struct names_view *segment) {
    char bytes[NAMES_JOINED_MAX];
    for (int trade = 0; trade < 2; trade++) {
        size_t len = names_join(segment, trade == 1, bytes, NAMES_JOINED_MAX);
        add_text(keys, CORE, (struct str){bytes, len});
    }
}

static void add_initials(struct names_keys *keys, const struct names_view *v) {
    char letters[NAMES_TOKENS_MAX];
    for (size_t i = 0; i < v->count; i++)
        letters[i] = token_text(v, i).ptr[0];
    if (v->count >= 3) {
        add(keys, INITIALS, names_hash((struct str){letters, 2}) ^ v->tokens[2].hash);
        add_text(keys, WORD, (struct str){letters, v->count});
    }
    if (v->count >= 2 && v->tokens[0].len == 2)
        add(keys, INITIALS, v->tokens[0].hash ^ v->tokens[1].hash);
}

static void add_latin(struct names_keys *keys, const struct names_view *v) {
    bool left_out = false;
    for (size_t i = 0; i < v->count; i++) {
        if (v->tokens[i].kind != NAMES_BRAND)
            continue;
        struct str word = token_text(v, i);
        add_text(keys, WORD, word);
        if (!left_out && word.len >= LEFT_OUT_MIN) {
            add_left_out(keys, word, 1);
            left_out = true;
        }
    }
    add_core(keys, v);
    add_initials(keys, v);
}

static void add_han(struct names_keys *keys, const struct names_view *v) {
    bool left_out = false;
    for (size_t i = 0; i < v->count; i++) {
        if (v->tokens[i].kind != NAMES_BRAND)
            continue;
        struct str word = token_text(v, i);
        add_text(keys, WORD, word);
        if (word.len >= 2 * HAN_BYTES)
            add_text(keys, HEAD, str_sub(word, 0, 2 * HAN_BYTES));
        if (!left_out && word.len >= 4 * HAN_BYTES && word.len % HAN_BYTES == 0) {
            add_left_out(keys, word, HAN_BYTES);
            left_out = true;
        }
    }
    add_core(keys, v);
}

static int ascending(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

size_t names_sort_unique(uint32_t *at, size_t len) {
    /* Most lists are short: insertion is several times faster than qsort there. */
    for (size_t i = 1; i < len && len <= FEW; i++) {
        uint32_t x = at[i];
        size_t j = i;
        for (; j > 0 && at[j - 1] > x; j--)
            at[j] = at[j - 1];
        at[j] = x;
    }
    if (len > FEW)
        qsort(at, len, sizeof(*at), ascending);
    size_t kept = 0;
    for (size_t i = 0; i < len; i++)
        if (kept == 0 || at[i] != at[kept - 1])
            at[kept++] = at[i];
    return kept;
}

enum err names_keys_of(const struct names_view *record, struct names_keys *out,
                       struct errinfo *info) {
    struct names_view read;
    struct names_segments segments;
    struct names_token tokens[NAMES_TOKENS_MAX];
    enum err err = ERR_OK;
    struct buf text;
    buf_init(&text, TEXT_MAX);
    out->len = 0;
    names_cut(record, &segments);
    for (size_t s = 0; s < segments.len; s++) {
        const struct names_view *segment = &segments.at[s].words;
        if (!segments.at[s].han) {
            add_latin(out, segment);
            continue;
        }
        add_han(out, segment);
        buf_clear(&text);
        err = names_pinyin_view(segment, NULL, tokens, NAMES_TOKENS_MAX, &text, &read, info);
        if (err != ERR_OK)
            break;
        add_core(out, &read);
        for (size_t i = 0; i < read.count; i++)
            if (read.tokens[i].kind == NAMES_BRAND)
                add_text(out, WORD, token_text(&read, i));
    }
    buf_release(&text);
    out->len = names_sort_unique(out->at, out->len);
    return err;
}
