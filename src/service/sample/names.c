/*
 * Names of generated firms: place + brand word + trade + legal form, in English and Chinese. See
 * parts.h.
 *
 * No two firms may look like one told twice, or an import would rightly take one of them for the
 * other. So a drawn name claims keys, and one whose keys were taken is drawn again. One key is the
 * name as a reader compares it, letters and digits without the legal form, in each language. The
 * others are the brand with one syllable left out, so that brands differ in two. On the mainland
 * they hold within a city, because names begin with it; a brand without a city has no neighbour in
 * any. Trades do not count: they are general words ("Technology", "Foods").
 *
 * Brand words grow by a syllable when several draws found none, so that there are enough for a
 * million firms; at the real size two or three syllables do.
 */
#include "service/sample/parts.h"

#include <ctype.h>

/* After so many draws the brand word grows by a syllable; at DRAWS_MAX the search is given up,
 * which no edition up to SAMPLE_EXHIBITORS_MAX comes near. */
enum {
    DRAWS_SHORT = 4,
    GROWTH_MAX = 3,
    DRAWS_MAX = 64,
    SYLLABLES_MAX = 3 + GROWTH_MAX,
    CLAIMS_MAX = 3 * SYLLABLES_MAX + 2,
};

/* A key that must be free, or is taken with the name, or both. */
struct claim {
    uint64_t key;
    bool is_asked, is_taken;
};

/* What one draw makes besides the names of the firm. */
struct draft {
    uint32_t growth;                 /* syllables more than usual */
    const struct sample_word *trade; /* one of its words is drawn */
    char brand[SAMPLE_NAME_MAX];
    size_t syllables[SYLLABLES_MAX + 1]; /* where each begins in the brand, and the ending */
    uint32_t syllable_count;
    size_t bare_en, bare_zh; /* lengths of the names without their legal form */
    struct claim claims[CLAIMS_MAX];
    uint32_t claim_count;
};

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

static const struct sample_word *trade_of(struct str code) {
    const struct sample_words *w = &sample_words;
    uint32_t i = 0;
    while (i + 1 < w->trades_len && !str_starts(code, str_of(w->trades[i].prefix)))
        i++;
    return w->trades[i].word;
}

static void claim(struct draft *d, bool is_asked, bool is_taken, struct str what) {
    if (d->claim_count < CLAIMS_MAX)
        d->claims[d->claim_count++] = (struct claim){str_hash(what), is_asked, is_taken};
}

/* The brand with each syllable left out, among the brands of one place or kind. */
static void claim_brand(struct draft *d, bool is_asked, bool is_taken, const char *among) {
    char text[2 * SAMPLE_NAME_MAX];
    for (uint32_t i = 0; i < d->syllable_count; i++) {
        struct line key = {text, 0};
        text[0] = '\0';
        add(&key, among);
        add(&key, "/");
        memcpy(text + key.len, d->brand, d->syllables[i]);
        key.len += d->syllables[i];
        text[key.len++] = '?';
        text[key.len] = '\0';
        add(&key, d->brand + d->syllables[i + 1]);
        claim(d, is_asked, is_taken, (struct str){text, key.len});
    }
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
static void brand_of_mainland(struct rng *rng, struct draft *d, struct line *zh) {
    struct line en = {d->brand, 0};
    d->syllable_count = (rng_below(rng, 7) == 0 ? 3U : 2U) + d->growth;
    for (uint32_t i = 0; i < d->syllable_count; i++) {
        const struct sample_word *part = &sample_words.han[rng_below(rng, sample_words.han_len)];
        d->syllables[i] = en.len;
        add(&en, part->en);
        add(zh, part->zh);
    }
    d->syllables[d->syllable_count] = en.len;
    d->brand[0] = (char)toupper((unsigned char)d->brand[0]);
}

static void brand_of_abroad(struct rng *rng, const struct sample_style *style, struct draft *d,
                            struct line *zh) {
    struct line en = {d->brand, 0};
    d->syllable_count = (rng_below(rng, 3) == 0 ? 3U : 2U) + d->growth;
    for (uint32_t i = 0; i < d->syllable_count; i++) {
        const struct sample_word *part =
            &sample_words.syllables[rng_below(rng, sample_words.syllables_len)];
        d->syllables[i] = en.len;
        add(&en, part->en);
        add(zh, part->zh);
    }
    d->syllables[d->syllable_count] = en.len;
    const struct sample_word *ending = &style->ending[rng_below(rng, 4)];
    add(&en, ending->en);
    add(zh, ending->zh);
    d->brand[0] = (char)toupper((unsigned char)d->brand[0]);
}

static void name_in_mainland(struct rng *rng, struct draft *d, struct sample_firm *firm) {
    char brand_zh[SAMPLE_NAME_MAX] = "";
    const struct sample_word *trade = &d->trade[rng_below(rng, 4)];
    const struct sample_city *city = draw_city(rng);
    bool large = str_equal_c(STR("large"), firm->size), open = rng_below(rng, 4) == 0;
    /* Some large firms carry no city in their name, as long as there are brands for them. */
    bool is_alone = large && open && d->growth == 0;
    struct line e = {firm->name_en, 0}, z = {firm->name_zh, 0}, brand = {brand_zh, 0};
    brand_of_mainland(rng, d, &brand);
    firm->region = city->region;
    if (!is_alone) {
        add_word(&e, city->en);
        add(&z, city->zh);
    }
    add_word(&e, d->brand);
    add(&z, brand_zh);
    add_word(&e, trade->en);
    add(&z, trade->zh);
    claim_brand(d, is_alone, true, "anywhere");
    claim_brand(d, !is_alone, is_alone, "without a city");
    if (!is_alone)
        claim_brand(d, true, true, city->en);
    if (str_equal_c(STR("institution"), firm->size)) {
        add_word(&e, open ? "Association" : "Research Institute");
        add(&z, open ? "行业协会" : "研究院");
        d->bare_en = e.len;
        d->bare_zh = z.len;
        return;
    }
    d->bare_en = e.len;
    d->bare_zh = z.len;
    add_word(&e, large ? "Group Co., Ltd." : "Co., Ltd.");
    add(&z, large ? "集团有限公司" : open ? "股份有限公司" : "有限公司");
}

static void name_abroad(struct rng *rng, struct draft *d, struct sample_firm *firm) {
    char brand_zh[SAMPLE_NAME_MAX] = "";
    const struct sample_word *trade = &d->trade[rng_below(rng, 4)];
    const struct sample_country *country = &sample_words.countries[firm->country];
    const struct sample_style *style = &sample_words.styles[country->style];
    bool institution = str_equal_c(STR("institution"), firm->size);
    struct line e = {firm->name_en, 0}, z = {firm->name_zh, 0}, brand = {brand_zh, 0};
    brand_of_abroad(rng, style, d, &brand);
    claim_brand(d, true, true, "abroad");
    firm->region = country->region;
    add_word(&e, d->brand);
    add(&z, brand_zh);
    add_word(&e, trade->en);
    add(&z, trade->zh);
    if (institution) {
        add_word(&e, "Institute");
        add(&z, "研究所");
    }
    d->bare_en = e.len;
    d->bare_zh = z.len;
    if (!institution) {
        add_word(&e, style->legal[rng_below(rng, 3)]);
        add(&z, "公司");
    }
    if (rng_below(rng, 10) == 0) { /* not every firm from abroad has a Chinese name */
        firm->name_zh[0] = '\0';
        d->bare_zh = 0;
    }
}

/* Letters and digits alone, in lower case. */
static void claim_name(struct draft *d, const struct sample_firm *firm) {
    char letters[SAMPLE_NAME_MAX];
    size_t count = 0;
    for (size_t i = 0; i < d->bare_en; i++) {
        if (isalnum((unsigned char)firm->name_en[i]))
            letters[count++] = (char)tolower((unsigned char)firm->name_en[i]);
    }
    claim(d, true, true, (struct str){letters, count});
    if (d->bare_zh > 0)
        claim(d, true, true, (struct str){firm->name_zh, d->bare_zh});
}

void sample_names_release(struct sample_names *names) {
    u64_map_release(&names->taken);
}

static bool is_free(const struct sample_names *names, const struct draft *d) {
    for (uint32_t i = 0; i < d->claim_count; i++) {
        if (d->claims[i].is_asked && u64_map_get(&names->taken, d->claims[i].key) != MAP_NONE)
            return false;
    }
    return true;
}

enum err sample_names_give(struct sample_names *names, struct rng *rng, struct str code,
                           struct sample_firm *firm, struct errinfo *info) {
    for (uint32_t draw = 0; draw < DRAWS_MAX; draw++) {
        uint32_t growth = draw / DRAWS_SHORT;
        struct draft d = {.growth = growth < GROWTH_MAX ? growth : GROWTH_MAX,
                          .trade = trade_of(code)};
        if (firm->country == SAMPLE_NONE)
            name_in_mainland(rng, &d, firm);
        else
            name_abroad(rng, &d, firm);
        claim_name(&d, firm);
        if (!is_free(names, &d))
            continue;
        for (uint32_t i = 0; i < d.claim_count; i++) {
            if (d.claims[i].is_taken && !u64_map_put(&names->taken, d.claims[i].key, 1))
                return err_memory(info);
        }
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
