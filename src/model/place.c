/*
 * Countries and regions: see place.h.
 *
 * Names are looked up by spelling key. What is not found whole is cut where the writing changes
 * between Han and other letters and at brackets and slashes; when all known parts mean the same
 * country, that is meant ("中国 China", "DE / Germany").
 */
#include "model/place.h"

#include "base/mem.h"
#include "model/spelling.h"
#include "text/utf8.h"

static enum err add_countries(struct place_table *t, struct errinfo *info) {
    for (uint32_t i = 0; i < t->country_count; i++) {
        const struct country *c = &t->countries[i];
        const struct str lists[] = {c->code, c->alpha3, c->m49, c->name_zh, c->other_names};
        enum err code = vocab_add(&t->country_words, c->name_en, i, info);
        for (size_t k = 0; code == ERR_OK && k < sizeof(lists) / sizeof(lists[0]); k++)
            code = vocab_add_list(&t->country_words, lists[k], i, info);
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

static enum err add_regions(struct place_table *t, struct errinfo *info) {
    for (uint32_t i = 0; i < t->region_count; i++) {
        const struct region *r = &t->regions[i];
        const struct str lists[] = {r->code, r->name_zh, r->other_names};
        enum err code = vocab_add(&t->region_words, r->name_en, i, info);
        for (size_t k = 0; code == ERR_OK && k < sizeof(lists) / sizeof(lists[0]); k++)
            code = vocab_add_list(&t->region_words, lists[k], i, info);
        if (code != ERR_OK)
            return code;
    }
    return ERR_OK;
}

static enum err find_twins(struct place_table *t, struct errinfo *info) {
    t->twin = mem_new(t->country_count > 0 ? t->country_count : 1, sizeof(*t->twin));
    if (t->twin == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < t->country_count; i++) {
        uint32_t region;
        enum err code = vocab_find(&t->region_words, t->countries[i].name_zh, &region, info);
        if (code != ERR_OK)
            return code;
        t->twin[i] = region < t->region_count ? region : PLACE_NONE;
    }
    return ERR_OK;
}

enum err place_table_init(struct place_table *t, const struct country *countries,
                          uint32_t country_count, const struct region *regions,
                          uint32_t region_count, struct errinfo *info) {
    *t = (struct place_table){.countries = countries,
                              .regions = regions,
                              .country_count = country_count,
                              .region_count = region_count};
    vocab_init(&t->country_words);
    vocab_init(&t->region_words);
    enum err code = add_countries(t, info);
    if (code == ERR_OK)
        code = add_regions(t, info);
    if (code == ERR_OK)
        code = find_twins(t, info);
    if (code != ERR_OK)
        place_table_release(t);
    return code;
}

void place_table_release(struct place_table *t) {
    vocab_release(&t->country_words);
    vocab_release(&t->region_words);
    mem_free(t->twin);
    *t = (struct place_table){0};
}

/* Han, brackets and slashes, and everything else: where the kind changes, a part ends. */
static int writing_of(uint32_t c) {
    if ((c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x323AF))
        return 1;
    if (c == '(' || c == ')' || c == '[' || c == ']' || c == '/' || c == '|' || c == 0xFF08 ||
        c == 0xFF09 || c == 0xFF0F || c == 0x3010 || c == 0x3011 || c == '\n')
        return 2;
    return 0;
}

static struct str next_part(struct str *rest) {
    struct str part = {rest->ptr, 0};
    int writing = -1;
    while (rest->len > 0) {
        struct str ahead = *rest;
        int next = writing_of(utf8_next(&ahead));
        if (writing >= 0 && next != writing)
            break;
        writing = next;
        *rest = ahead;
    }
    part.len = (size_t)(rest->ptr - part.ptr);
    return part;
}

/* The country that all known parts of `text` name; PLACE_NONE when one is unknown or two differ. */
static enum err find_in_parts(const struct vocab *words, struct str text, uint32_t *found,
                              struct errinfo *info) {
    struct str rest = text;
    *found = VOCAB_NONE;
    while (rest.len > 0) {
        struct str part = str_trim(next_part(&rest));
        uint32_t value;
        if (part.len == 0 || spelling_is_blank(part))
            continue;
        enum err code = vocab_find(words, part, &value, info);
        if (code != ERR_OK)
            return code;
        if (value == VOCAB_NONE && writing_of((unsigned char)part.ptr[0]) == 2)
            continue;
        if (value == VOCAB_NONE || (*found != VOCAB_NONE && *found != value)) {
            *found = VOCAB_NONE;
            return ERR_OK;
        }
        *found = value;
    }
    return ERR_OK;
}

static enum err unknown_place(const struct vocab *words, const char *what, struct str text,
                              bool ambiguous, const char *form, struct errinfo *info) {
    const struct vocab_word *near;
    enum err code = vocab_nearest(words, text, &near, info);
    if (code != ERR_OK)
        return code;
    int shown = text.len > 100 ? 100 : (int)text.len;
    if (ambiguous)
        err_set(info, ERR_INPUT, "\"%.*s\" names more than one %s", shown, text.ptr, what);
    else
        err_set(info, ERR_INPUT, "unknown %s \"%.*s\"", what, shown, text.ptr);
    if (!ambiguous && near != NULL)
        err_hint(info, "Did you mean \"%.*s\"? %s", STR_ARG(near->spelling), form);
    else
        err_hint(info, "%s", form);
    return ERR_INPUT;
}

enum err place_find_country(const struct place_table *t, struct str text, uint32_t *country,
                            struct errinfo *info) {
    text = str_trim(text);
    *country = PLACE_NONE;
    if (spelling_is_blank(text))
        return ERR_OK;
    uint32_t value;
    enum err code = vocab_find(&t->country_words, text, &value, info);
    if (code == ERR_OK && value == VOCAB_NONE)
        code = find_in_parts(&t->country_words, text, &value, info);
    if (code != ERR_OK)
        return code;
    if (value >= t->country_count)
        return unknown_place(&t->country_words, "country or region", text, value == VOCAB_AMBIGUOUS,
                             "Write a name in English or Chinese or an ISO 3166-1 code such as CN, "
                             "DEU",
                             info);
    *country = value;
    return ERR_OK;
}

/* Without the word for the kind of region at its end: "Zhejiang Province" -> "Zhejiang". */
static struct str without_kind(struct str text) {
    static const char *const kinds[] = {" province", " prov.", " prov", " municipality",
                                        " city",     " sheng", " shi",  " region"};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        struct str kind = str_of(kinds[i]);
        if (text.len > kind.len &&
            str_equal_nocase(str_sub(text, text.len - kind.len, text.len), kind))
            return str_trim(str_sub(text, 0, text.len - kind.len));
    }
    return text;
}

/* The region whose Chinese name of two characters at least stands at the front of `text`. */
static uint32_t region_at_front(const struct place_table *t, struct str text) {
    enum { TWO_HAN_BYTES = 6 };
    uint32_t best = VOCAB_NONE;
    size_t longest = 0;
    for (size_t i = 0; i < t->region_words.words.len; i++) {
        const struct vocab_word *word = &t->region_words.words.at[i];
        if (word->spelling.len >= TWO_HAN_BYTES && word->spelling.len > longest &&
            (unsigned char)word->spelling.ptr[0] >= 0xE3 && str_starts(text, word->spelling)) {
            best = word->value;
            longest = word->spelling.len;
        }
    }
    return best;
}

enum err place_find_region(const struct place_table *t, struct str text, uint32_t *region,
                           struct errinfo *info) {
    text = str_trim(text);
    *region = PLACE_NONE;
    if (spelling_is_blank(text))
        return ERR_OK;
    uint32_t value;
    enum err code = vocab_find(&t->region_words, text, &value, info);
    if (code == ERR_OK && value == VOCAB_NONE)
        code = vocab_find(&t->region_words, without_kind(text), &value, info);
    if (code == ERR_OK && value == VOCAB_NONE)
        code = find_in_parts(&t->region_words, text, &value, info);
    if (code != ERR_OK)
        return code;
    if (value == VOCAB_NONE)
        value = region_at_front(t, text);
    if (value >= t->region_count)
        return unknown_place(&t->region_words, "province or region", text, value == VOCAB_AMBIGUOUS,
                             "Write its name or its ISO 3166-2 code such as CN-ZJ, DE-BY", info);
    *region = value;
    return ERR_OK;
}

bool place_is_region_code(const struct place_table *t, struct str text, char code[7]) {
    text = str_trim(text);
    if (text.len < 4 || text.len > 6 || text.ptr[2] != '-')
        return false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i] >= 'a' && text.ptr[i] <= 'z' ? (char)(text.ptr[i] - 'a' + 'A')
                                                          : text.ptr[i];
        bool letter = c >= 'A' && c <= 'Z', digit = c >= '0' && c <= '9';
        if (i != 2 && !(letter || (digit && i > 2)))
            return false;
        code[i] = c;
    }
    code[text.len] = '\0';
    for (uint32_t i = 0; i < t->country_count; i++)
        if (str_equal(t->countries[i].code, (struct str){code, 2}))
            return true;
    return false;
}

bool place_has_regions(const struct place_table *t, struct str country_code) {
    for (uint32_t i = 0; i < t->region_count; i++)
        if (str_equal(t->regions[i].country, country_code))
            return true;
    return false;
}

/* A country that is also a region of another one, as that country and region. */
static void resolve_twin(const struct place_table *t, struct str *country, struct str *region) {
    for (uint32_t i = 0; i < t->country_count; i++)
        if (t->twin[i] != PLACE_NONE && str_equal(t->countries[i].code, *country)) {
            *region = t->regions[t->twin[i]].code;
            *country = t->regions[t->twin[i]].country;
            return;
        }
}

bool place_agrees(const struct place_table *t, struct str country_a, struct str region_a,
                  struct str country_b, struct str region_b) {
    resolve_twin(t, &country_a, &region_a);
    resolve_twin(t, &country_b, &region_b);
    return (country_a.len == 0 || country_b.len == 0 || str_equal(country_a, country_b)) &&
           (region_a.len == 0 || region_b.len == 0 || str_equal(region_a, region_b));
}

static bool list_has(struct str list, struct str code) {
    struct str piece;
    while (str_next(&list, " ", &piece))
        if (code.len > 0 && str_equal(piece, code))
            return true;
    return false;
}

enum origin foreign_rule_apply(const struct foreign_rule *rule, struct str country,
                               struct str region) {
    struct str rest = rule->body, domestic = {0}, abroad = {0};
    if (country.len == 0 && region.len > 2)
        country = str_sub(region, 0, 2);
    if (country.len == 0)
        return ORIGIN_UNKNOWN;
    if (str_next(&rest, ";", &domestic))
        str_next(&rest, ";", &abroad);
    return list_has(domestic, country) && !list_has(abroad, region) ? ORIGIN_DOMESTIC
                                                                    : ORIGIN_FOREIGN;
}
