/*
 * Wordings of a node: see phrases.h. The weights say how surely a wording alone means the node:
 * given ones do; a part of a name mostly does; a part with a shared word put back is our guess.
 */
#include "engine/catalogue/phrases.h"

#include "base/buf.h"

#define WEIGHT_GIVEN 1.0F
#define WEIGHT_PART 0.85F
#define WEIGHT_PART_WORD 0.65F /* one word, as "castings" */
#define WEIGHT_SHARED 0.75F
#define WEIGHT_TAIL 0.55F /* "hydroxide" of "Lithium carbonate and hydroxide" */

enum {
    PARTS_MAX = 8,
    WORDING_BYTES_MAX = 4096, /* of a composed wording; longer names are only taken whole */
};

struct wordings {
    phrases_add *add;
    void *ctx;
    struct buf text; /* a composed wording */
    struct errinfo *info;
};

static enum err put(struct wordings *w, struct str wording, float weight, bool name) {
    wording = str_trim(wording);
    return wording.len > 0 ? w->add(w->ctx, wording, weight, name, w->info) : ERR_OK;
}

/* Adds the two pieces, with `between` in the middle, as one wording. */
static enum err put_joined(struct wordings *w, struct str a, const char *between, struct str b) {
    buf_clear(&w->text);
    buf_add_str(&w->text, str_trim(a));
    buf_add_c(&w->text, between);
    buf_add_str(&w->text, str_trim(b));
    enum err e = buf_error(&w->text, w->info);
    return e != ERR_OK ? e : put(w, buf_str(&w->text), WEIGHT_SHARED, false);
}

static struct str last_word(struct str s) {
    size_t at = s.len;
    while (at > 0 && s.ptr[at - 1] != ' ')
        at--;
    return str_sub(s, at, s.len);
}

static struct str first_word(struct str s) {
    size_t at = 0;
    while (at < s.len && s.ptr[at] != ' ')
        at++;
    return str_sub(s, 0, at);
}

static bool is_one_word(struct str s) {
    return first_word(s).len == s.len;
}

static float part_weight(struct str s) {
    return is_one_word(s) ? WEIGHT_PART_WORD : WEIGHT_PART;
}

/* Whether the name's part can stand alone: "Tractors", not "Gas" or "Logistics". */
static bool is_plural(struct str s) {
    return s.len > 4 && str_ends(s, STR("s")) && !str_ends(s, STR("ss")) &&
           !str_ends(s, STR("us")) && !str_ends(s, STR("ics"));
}

/* Cuts `s` at each of `marks` (a list that ends with an empty one); the rest of a long list stays
 * in its last part. */
static size_t split(struct str s, const struct str *marks, struct str parts[PARTS_MAX]) {
    size_t count = 0, from = 0, at = 0;
    while (at < s.len && count + 1 < PARTS_MAX) {
        size_t hit = 0;
        for (const struct str *m = marks; m->len > 0; m++)
            if (str_starts(str_sub(s, at, s.len), *m)) {
                hit = m->len;
                break;
            }
        if (hit == 0) {
            at++;
            continue;
        }
        struct str part = str_trim(str_sub(s, from, at));
        if (part.len > 0)
            parts[count++] = part;
        from = at += hit;
    }
    struct str rest = str_trim(str_sub(s, from, s.len));
    if (rest.len > 0)
        parts[count++] = rest;
    return count;
}

static const struct str marks_en[] = {{", and ", 6}, {", ", 2}, {" and ", 5}, {"", 0}};
static const struct str marks_zh[] = {{"与", 3}, {"和", 3}, {"及", 3}, {"、", 3}, {"", 0}};
static const struct str marks_list[] = {{";", 1}, {"；", 3}, {"", 0}};
static const struct str describers[] = {{" for ", 5}, {" of ", 4}, {" from ", 6}, {" with ", 6}};

static enum err split_english(struct wordings *w, struct str name) {
    struct str head = name;
    for (size_t k = 0; k < sizeof(describers) / sizeof(*describers); k++) {
        size_t at = str_find(head, describers[k]);
        if (at != SIZE_MAX)
            head = str_sub(head, 0, at);
    }
    enum err e = head.len < name.len ? put(w, head, WEIGHT_PART, false) : ERR_OK;
    struct str parts[PARTS_MAX];
    size_t count = split(head, marks_en, parts);
    if (e != ERR_OK || count < 2)
        return e;
    struct str last = parts[count - 1];
    for (size_t k = 0; k + 1 < count && e == ERR_OK; k++) {
        bool whole = is_one_word(last) || is_plural(parts[k]);
        if (whole)
            e = put(w, parts[k], part_weight(parts[k]), false);
        else
            e = put_joined(w, parts[k], " ", last_word(last));
    }
    bool tail = is_one_word(last) && !is_one_word(parts[0]);
    if (e == ERR_OK && tail)
        e = put_joined(w, first_word(parts[0]), " ", last);
    if (e == ERR_OK)
        e = put(w, last, tail ? WEIGHT_TAIL : part_weight(last), false);
    return e;
}

enum { HAN_BYTES = 3 };

static enum err split_chinese(struct wordings *w, struct str name) {
    struct str parts[PARTS_MAX];
    size_t count = split(name, marks_zh, parts);
    if (count < 2)
        return ERR_OK;
    struct str last = parts[count - 1];
    enum err e = put(w, last, WEIGHT_PART, false);
    for (size_t k = 0; k + 1 < count && e == ERR_OK; k++) {
        if (parts[k].len < 2 * HAN_BYTES)
            continue;
        bool shares = last.len >= 4 * HAN_BYTES && last.len > parts[k].len;
        e = put(w, parts[k], shares ? WEIGHT_TAIL : WEIGHT_PART, false);
        if (e == ERR_OK && shares)
            e = put_joined(w, parts[k], "", str_sub(last, last.len - 2 * HAN_BYTES, last.len));
    }
    return e;
}

/* "OSAT", "pCAM": one word with at least two capitals. */
static bool is_abbreviation(struct str s) {
    size_t capitals = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == ' ' || ((unsigned char)s.ptr[i] & 0x80) != 0)
            return false;
        capitals += s.ptr[i] >= 'A' && s.ptr[i] <= 'Z';
    }
    return capitals >= 2 && s.len <= 6;
}

/* A bracket at the end of a name: gives the name without it, and adds its abbreviations. */
static enum err open_bracket(struct wordings *w, struct str *name) {
    size_t open = str_find(*name, STR(" (")), close = str_find(*name, STR(")")), skip = 2;
    if (open == SIZE_MAX) {
        open = str_find(*name, STR("（"));
        close = str_find(*name, STR("）"));
        skip = 3;
    }
    if (open == SIZE_MAX || close == SIZE_MAX || close < open + skip)
        return ERR_OK;
    struct str parts[PARTS_MAX];
    size_t count = split(str_sub(*name, open + skip, close), marks_en, parts);
    enum err e = ERR_OK;
    for (size_t k = 0; k < count && e == ERR_OK; k++) {
        bool pure = true;
        for (size_t i = 0; i < parts[k].len; i++)
            pure = pure && parts[k].ptr[i] >= 'A' && parts[k].ptr[i] <= 'Z';
        /* "(SiC, GaN)" in a list are details, "(pCAM)" alone is the name again. */
        if (is_abbreviation(parts[k]) && (pure || count == 1))
            e = put(w, parts[k], WEIGHT_PART, false);
    }
    *name = str_trim(str_sub(*name, 0, open));
    return e;
}

static enum err name_wordings(struct wordings *w, struct str name, bool chinese) {
    if (name.len > WORDING_BYTES_MAX / 2)
        return put(w, name, WEIGHT_GIVEN, true);
    enum err e = open_bracket(w, &name);
    if (e == ERR_OK)
        e = put(w, name, WEIGHT_GIVEN, true);
    if (e == ERR_OK)
        e = chinese ? split_chinese(w, name) : split_english(w, name);
    return e;
}

static enum err synonym_wordings(struct wordings *w, struct str list) {
    enum err e = ERR_OK;
    while (list.len > 0 && e == ERR_OK) {
        size_t cut = list.len, skip = 0;
        for (const struct str *m = marks_list; m->len > 0; m++) {
            size_t at = str_find(list, *m);
            if (at < cut) {
                cut = at;
                skip = m->len;
            }
        }
        e = put(w, str_sub(list, 0, cut), WEIGHT_GIVEN, false);
        list = str_sub(list, cut + skip, list.len);
    }
    return e;
}

enum err phrases_of_node(const struct classify_node *node, phrases_add *add, void *ctx,
                         struct errinfo *info) {
    struct wordings w = {.add = add, .ctx = ctx, .info = info};
    buf_init(&w.text, WORDING_BYTES_MAX);
    enum err e = name_wordings(&w, node->name_en, false);
    if (e == ERR_OK)
        e = name_wordings(&w, node->name_zh, true);
    if (e == ERR_OK)
        e = synonym_wordings(&w, node->synonyms_en);
    if (e == ERR_OK)
        e = synonym_wordings(&w, node->synonyms_zh);
    buf_release(&w.text);
    return e;
}
