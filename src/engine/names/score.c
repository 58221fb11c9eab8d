/*
 * Two records: see similar.h.
 *
 * E = best pair of Latin segments, Z = best pair of Han segments, X = best pair of a Han segment
 * read as pinyin and a Latin one, used where one side lacks a script. With E and Z both known,
 *
 *     score = 0.7 max(E, Z) + 0.3 min(E, Z)
 *
 * so that one language may differ completely (NVIDIA is 英伟达 and 輝達) when the other agrees, but
 * a similarity in one language alone is not enough. Evidence beside the names moves the score by
 * some percent; it never makes a pair by itself.
 */
#include "engine/names/similar.h"

#include <math.h>

#include "text/han.h"
#include "text/utf8.h"

static const float WEIGHT_OF_BETTER = 0.7F;
static const float ONE_SCRIPT_ONLY = 0.95F; /* nothing in the other script to confirm it */
static const float PINYIN_ONLY = 0.9F;      /* many names sound alike */
static const float UNCONFIRMED = 0.5F;      /* the other script says no to a weak likeness */
static const float SAME_OFFERS = 1.15F;
static const float OTHER_COUNTRY = 0.95F;
static const float PARTNER_OF_OTHER = 0.8F; /* the one brings the other to the fair */

enum { SHORT_NAME = 3, PINYIN_MAX = 1 << 12, WORDS_MAX = NAMES_TOKENS_MAX };

struct best {
    float score; /* -1 = no two segments to compare */
    uint32_t reasons;
    bool is_short; /* a name of few letters, as many firms have */
};

static void best_of_script(const struct names_segments *a, const struct names_segments *b, bool han,
                           struct best *out) {
    *out = (struct best){-1, 0, false};
    for (size_t i = 0; i < a->len; i++)
        for (size_t j = 0; j < b->len; j++) {
            const struct names_segment *x = &a->at[i], *y = &b->at[j];
            if (x->han != han || y->han != han)
                continue;
            uint32_t reasons = 0;
            float score = names_segment_score(x, y, &reasons);
            if (score > out->score)
                *out = (struct best){score, reasons, !han && x->joined <= SHORT_NAME};
        }
}

enum err names_pinyin_view(const struct names_view *segment, const struct names_rarity *rarity,
                           struct names_token *out, size_t max, struct buf *text,
                           struct names_view *view, struct errinfo *info) {
    size_t count = 0;
    for (size_t i = 0; i < segment->count && count < max; i++) {
        struct names_token t = segment->tokens[i];
        struct str word = {segment->text + t.text, t.len};
        size_t from = text->len;
        char spelled[PINYIN_MAX];
        struct buf raw;
        buf_init(&raw, PINYIN_MAX);
        enum err err = han_pinyin(word, &raw, info);
        size_t len = 0;
        for (struct str rest = buf_str(&raw); rest.len > 0 && len < NAMES_WORD_MAX - 4;) {
            uint32_t c = utf8_next(&rest);
            if (c != ' ')
                len += utf8_put(spelled + len, c == 0xFC ? 'u' : c);
        }
        buf_release(&raw);
        if (err != ERR_OK)
            return err;
        buf_add(text, spelled, len);
        t.text = (uint32_t)from;
        t.len = (uint8_t)len;
        t.flags &= (uint8_t)~NAMES_HAN;
        if (t.kind == NAMES_BRAND)
            t.hash = names_hash((struct str){spelled, len});
        out[count++] = t;
    }
    names_set_rarity(out, count, rarity);
    *view = (struct names_view){out, count, text->ptr};
    return buf_error(text, info);
}

/* Han segments of `a`, read, against Latin segments of `b`. */
static enum err best_pinyin(const struct names_segments *a, const struct names_segments *b,
                            const struct names_rarity *rarity, struct best *out,
                            struct errinfo *info) {
    enum err err = ERR_OK;
    struct buf text;
    buf_init(&text, PINYIN_MAX);
    for (size_t i = 0; i < a->len && err == ERR_OK; i++) {
        struct names_token tokens[WORDS_MAX];
        struct names_view read;
        if (!a->at[i].han)
            continue;
        buf_clear(&text);
        err = names_pinyin_view(&a->at[i].words, rarity, tokens, WORDS_MAX, &text, &read, info);
        if (err != ERR_OK)
            break;
        struct names_segment x = names_segment_of(read);
        for (size_t j = 0; j < b->len; j++) {
            uint32_t reasons = 0;
            float score = b->at[j].han ? 0 : names_segment_score(&x, &b->at[j], &reasons);
            if (score > out->score)
                *out = (struct best){score, reasons | NAMES_PINYIN, false};
        }
    }
    buf_release(&text);
    return err;
}

/* A likeness that is only a slip, or of a short name, and that the other script denies. */
static bool is_doubtful(const struct best *better, const struct best *other) {
    return other->score < 0.3F && (better->is_short || (better->reasons & NAMES_SPELLING) != 0);
}

static float combine(const struct best *e, const struct best *z, const struct best *x,
                     uint32_t *reasons) {
    const struct best *better = e->score >= z->score ? e : z;
    const struct best *other = better == e ? z : e;
    if (e->score >= 0 && z->score >= 0) {
        *reasons |= better->reasons | (other->score >= 0.5F ? other->reasons : 0);
        float score = WEIGHT_OF_BETTER * better->score + (1 - WEIGHT_OF_BETTER) * other->score;
        return is_doubtful(better, other) ? score * UNCONFIRMED : score;
    }
    if (x->score > 0 && x->score * PINYIN_ONLY > better->score * ONE_SCRIPT_ONLY) {
        *reasons |= x->reasons;
        return x->score * PINYIN_ONLY;
    }
    *reasons |= better->reasons;
    return better->score < 0 ? 0 : better->score * ONE_SCRIPT_ONLY;
}

static void say_equal(const struct names_entry *a, const struct names_entry *b,
                      const struct best *e, const struct best *z, uint32_t *reasons) {
    if (a->english != 0 && a->english == b->english)
        *reasons |= NAMES_SAME_ENGLISH;
    if (a->chinese != 0 && a->chinese == b->chinese)
        *reasons |= a->chinese_raw == b->chinese_raw ? NAMES_SAME_CHINESE : NAMES_SCRIPT;
    bool equal_core = (e->score > 0.9F && a->english != b->english) ||
                      (z->score > 0.9F && a->chinese != b->chinese);
    if (equal_core && (*reasons & (NAMES_BRANCH | NAMES_ACRONYM | NAMES_SPELLING)) == 0)
        *reasons |= NAMES_LEGAL_FORM;
}

/* What stands beside the names. */
static float evidence(const struct names_entry *a, const struct names_entry *b, bool equal,
                      uint32_t *reasons) {
    float factor = 1;
    if (a->offers != 0 && a->offers == b->offers) {
        factor *= SAME_OFFERS;
        *reasons |= NAMES_SAME_OFFERS;
    }
    if (a->country != 0 && b->country != 0 && a->country != b->country) {
        factor *= OTHER_COUNTRY;
        *reasons |= NAMES_OTHER_COUNTRY;
    }
    bool partner = a->parent != 0 && (a->parent == b->english || a->parent == b->chinese);
    partner = partner || (b->parent != 0 && (b->parent == a->english || b->parent == a->chinese));
    if (partner && !equal)
        factor *= PARTNER_OF_OTHER;
    return factor;
}

enum err names_score(const struct names_entry *a, const struct names_segments *a_words,
                     const struct names_entry *b, const struct names_segments *b_words,
                     const struct names_rarity *rarity, struct names_pair *out,
                     struct errinfo *info) {
    struct best e, z, x = {-1, 0, false};
    best_of_script(a_words, b_words, false, &e);
    best_of_script(a_words, b_words, true, &z);
    if (e.score < 0 || z.score < 0) {
        enum err err = best_pinyin(a_words, b_words, rarity, &x, info);
        if (err == ERR_OK)
            err = best_pinyin(b_words, a_words, rarity, &x, info);
        if (err != ERR_OK)
            return err;
    }
    uint32_t reasons = 0;
    float score = combine(&e, &z, &x, &reasons);
    say_equal(a, b, &e, &z, &reasons);
    bool equal = (reasons & (NAMES_SAME_ENGLISH | NAMES_SAME_CHINESE | NAMES_SCRIPT)) != 0;
    score *= evidence(a, b, equal, &reasons);
    out->score = score > 1 ? 1 : score;
    out->reasons = reasons;
    return ERR_OK;
}

void names_say_reasons(uint32_t reasons, bool chinese, struct buf *out) {
    static const struct {
        uint32_t bit;
        const char *english, *chinese;
    } WORDS[] = {
        {NAMES_SAME_ENGLISH, "same English name", "英文名称相同"},
        {NAMES_SAME_CHINESE, "same Chinese name", "中文名称相同"},
        {NAMES_SCRIPT, "traditional and simplified script", "繁简体不同"},
        {NAMES_LEGAL_FORM, "same after removing legal form and generic words",
         "去掉公司形式和通用词后相同"},
        {NAMES_BRANCH, "same brand, with a place on one side", "同一品牌，一方带有地名"},
        {NAMES_PINYIN, "the Chinese name read as pinyin is the English one",
         "中文名称的拼音与英文名称一致"},
        {NAMES_ACRONYM, "acronym or initials of the other name", "一方是另一方的缩写"},
        {NAMES_ABBREVIATION, "Chinese short form of the other name", "一方是另一方的中文简称"},
        {NAMES_SPELLING, "a letter or two apart", "拼写相差一两个字母"},
        {NAMES_PART, "one name is part of the other", "一方名称包含另一方"},
        {NAMES_SAME_OFFERS, "same offers text", "展品描述相同"},
        {NAMES_OTHER_COUNTRY, "but different countries or regions", "但国家/地区不同"},
    };
    bool first = true;
    for (size_t i = 0; i < sizeof(WORDS) / sizeof(WORDS[0]); i++) {
        if ((reasons & WORDS[i].bit) == 0)
            continue;
        if (!first)
            buf_add_c(out, chinese ? "；" : "; ");
        buf_add_c(out, chinese ? WORDS[i].chinese : WORDS[i].english);
        first = false;
    }
    /* No one rule decided: it was the weight of the rare words that both names share. */
    if ((reasons & ~(uint32_t)(NAMES_SAME_OFFERS | NAMES_OTHER_COUNTRY)) == 0)
        buf_add_c(out, chinese ? (first ? "共有少见词" : "；共有少见词")
                               : (first ? "rare words in common" : "; rare words in common"));
}
