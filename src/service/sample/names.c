/*
 * Names of generated firms: place + brand word + trade + legal form, in English and Chinese. See
 * parts.h.
 *
 * A name is drawn, reduced to what a reader would compare (letters and digits in lower case,
 * without the legal form; the Chinese name without it, too) and looked up by its hash among the
 * names given so far; a name that was taken is drawn again, with a longer brand word once the
 * short ones run low. 5,000 short words in 65 cities with 80 trades are 26 million names, so that
 * a million firms need 1.02 draws each.
 */
#include "service/sample/parts.h"

#include <ctype.h>

/* After so many draws the brand word grows by a syllable, and after twice as many the search is
 * given up, which no edition up to SAMPLE_EXHIBITORS_MAX comes near. */
enum { DRAWS_SHORT = 4, DRAWS_MAX = 64 };

/* A text of a fixed size that drops what does not fit. */
struct line {
    char *text;
    size_t len;
};

static void add(struct line *line, const char *part) {
    size_t len = strlen(part);
    if (line->len + len < SAMPLE_NAME_MAX) {
        memcpy(line->text + line->len, part, len + 1);
        line->len += len;
    }
}

static void add_word(struct line *line, const char *part) {
    if (line->len > 0)
        add(line, " ");
    add(line, part);
}

static const struct sample_word *trade_of(struct str code, struct rng *rng) {
    const struct sample_words *w = &sample_words;
    uint32_t i = 0;
    while (i + 1 < w->trades_len && !str_starts(code, str_of(w->trades[i].prefix)))
        i++;
    return &w->trades[i].word[rng_below(rng, 4)];
}

static const struct sample_city *draw_city(struct rng *rng) {
    const struct sample_words *w = &sample_words;
    uint32_t sum = 0;
    for (uint32_t i = 0; i < w->cities_len; i++)
        sum += w->cities[i].weight;
    uint32_t at = rng_below(rng, sum), i = 0;
    while (at >= w->cities[i].weight)
        at -= w->cities[i++].weight;
    return &w->cities[i];
}

/* Two characters as a rule, three for one firm in seven. */
static void brand_of_mainland(struct rng *rng, bool longer, char en[SAMPLE_NAME_MAX],
                              char zh[SAMPLE_NAME_MAX]) {
    struct line e = {en, 0}, z = {zh, 0};
    uint32_t count = longer || rng_below(rng, 7) == 0 ? 3 : 2;
    for (uint32_t i = 0; i < count; i++) {
        const struct sample_word *part = &sample_words.han[rng_below(rng, sample_words.han_len)];
        add(&e, part->en);
        add(&z, part->zh);
    }
    en[0] = (char)toupper((unsigned char)en[0]);
}

static void brand_of_abroad(struct rng *rng, const struct sample_style *style, bool longer,
                            char en[SAMPLE_NAME_MAX], char zh[SAMPLE_NAME_MAX]) {
    struct line e = {en, 0}, z = {zh, 0};
    uint32_t count = longer || rng_below(rng, 3) == 0 ? 3 : 2;
    for (uint32_t i = 0; i < count; i++) {
        const struct sample_word *part =
            &sample_words.syllables[rng_below(rng, sample_words.syllables_len)];
        add(&e, part->en);
        add(&z, part->zh);
    }
    const struct sample_word *ending = &style->ending[rng_below(rng, 4)];
    add(&e, ending->en);
    add(&z, ending->zh);
    en[0] = (char)toupper((unsigned char)en[0]);
}

static void name_in_mainland(struct rng *rng, bool longer, const struct sample_word *trade,
                             struct sample_firm *firm, size_t *bare_en, size_t *bare_zh) {
    char en[SAMPLE_NAME_MAX] = "", zh[SAMPLE_NAME_MAX] = "";
    const struct sample_city *city = draw_city(rng);
    bool large = str_equal_c(STR("large"), firm->size), open = rng_below(rng, 4) == 0;
    struct line e = {firm->name_en, 0}, z = {firm->name_zh, 0};
    brand_of_mainland(rng, longer, en, zh);
    firm->region = city->region;
    if (!(large && open)) { /* some large firms carry no city in their name */
        add_word(&e, city->en);
        add(&z, city->zh);
    }
    add_word(&e, en);
    add(&z, zh);
    add_word(&e, trade->en);
    add(&z, trade->zh);
    if (str_equal_c(STR("institution"), firm->size)) {
        add_word(&e, open ? "Association" : "Research Institute");
        add(&z, open ? "行业协会" : "研究院");
        *bare_en = e.len;
        *bare_zh = z.len;
        return;
    }
    *bare_en = e.len;
    *bare_zh = z.len;
    add_word(&e, large ? "Group Co., Ltd." : "Co., Ltd.");
    add(&z, large ? "集团有限公司" : open ? "股份有限公司" : "有限公司");
}

static void name_abroad(struct rng *rng, bool longer, const struct sample_word *trade,
                        struct sample_firm *firm, size_t *bare_en, size_t *bare_zh) {
    char en[SAMPLE_NAME_MAX] = "", zh[SAMPLE_NAME_MAX] = "";
    const struct sample_country *country = &sample_words.countries[firm->country];
    const struct sample_style *style = &sample_words.styles[country->style];
    bool institution = str_equal_c(STR("institution"), firm->size);
    struct line e = {firm->name_en, 0}, z = {firm->name_zh, 0};
    brand_of_abroad(rng, style, longer, en, zh);
    firm->region = country->region;
    add_word(&e, en);
    add(&z, zh);
    add_word(&e, trade->en);
    add(&z, trade->zh);
    if (institution) {
        add_word(&e, "Institute");
        add(&z, "研究所");
    }
    *bare_en = e.len;
    *bare_zh = z.len;
    if (!institution) {
        add_word(&e, style->legal[rng_below(rng, 3)]);
        add(&z, "公司");
    }
    if (rng_below(rng, 10) == 0) { /* not every firm from abroad has a Chinese name */
        firm->name_zh[0] = '\0';
        *bare_zh = 0;
    }
}

/* Letters and digits alone, in lower case. */
static uint64_t hash_en(const char *name, size_t len) {
    char letters[SAMPLE_NAME_MAX];
    size_t count = 0;
    for (size_t i = 0; i < len; i++) {
        if (isalnum((unsigned char)name[i]))
            letters[count++] = (char)tolower((unsigned char)name[i]);
    }
    return str_hash((struct str){letters, count});
}

void sample_names_release(struct sample_names *names) {
    u64_map_release(&names->taken);
}

enum err sample_names_give(struct sample_names *names, struct rng *rng, struct str code,
                           struct sample_firm *firm, struct errinfo *info) {
    for (int draw = 0; draw < DRAWS_MAX; draw++) {
        size_t bare_en = 0, bare_zh = 0;
        const struct sample_word *trade = trade_of(code, rng);
        if (firm->country == SAMPLE_NONE)
            name_in_mainland(rng, draw >= DRAWS_SHORT, trade, firm, &bare_en, &bare_zh);
        else
            name_abroad(rng, draw >= DRAWS_SHORT, trade, firm, &bare_en, &bare_zh);
        uint64_t en = hash_en(firm->name_en, bare_en);
        uint64_t zh = str_hash((struct str){firm->name_zh, bare_zh});
        if (u64_map_get(&names->taken, en) != MAP_NONE ||
            (bare_zh > 0 && u64_map_get(&names->taken, zh) != MAP_NONE))
            continue;
        if (!u64_map_put(&names->taken, en, 1) ||
            (bare_zh > 0 && !u64_map_put(&names->taken, zh, 1)))
            return err_memory(info);
        return ERR_OK;
    }
    return err_set(info, ERR_LIMIT, "no unused name found after %d draws", DRAWS_MAX);
}

/* Cuts the legal form off the end of a name; false when it has another one. */
static bool cut(char *name, const char *legal) {
    size_t len = strlen(name), cut_len = strlen(legal);
    if (len <= cut_len || strcmp(name + len - cut_len, legal) != 0)
        return false;
    name[len - cut_len] = '\0';
    return true;
}

void sample_names_respell(struct rng *rng, struct sample_firm *firm) {
    static const char *const instead[] = {" Co Ltd", " Company Limited", " CO.,LTD", ""};
    struct line e = {firm->name_en, 0};
    bool had_form = cut(firm->name_en, " Co., Ltd.");
    e.len = strlen(firm->name_en);
    if (had_form)
        add(&e, instead[rng_below(rng, 4)]);
    if (!had_form || rng_below(rng, 3) == 0) {
        for (size_t i = 0; i < e.len; i++)
            e.text[i] = (char)toupper((unsigned char)e.text[i]);
    }
    if (rng_below(rng, 2) == 0)
        (void)(cut(firm->name_zh, "有限公司") || cut(firm->name_zh, "公司"));
}
