/*
 * Features: see feature_build.h.
 *
 * A feature is stronger in a node when it is the head of a wording (its last word that says
 * something: a battery separator is a separator), when the wording is the name, and when several
 * wordings hold it. The numbers were set by hand and checked on the tuning texts; the results
 * depend little on them. Rarity is the inverse document frequency over nodes (Spaerck Jones 1972),
 * scaled to 1 for a feature of one node.
 */
#include "engine/catalogue/feature_build.h"

#include <math.h>
#include <stdlib.h>

struct strength {
    uint32_t feature, node;
    float head, modifier;
};

#define HEAD_OF_NAME 0.85F
#define HEAD_OF_SYNONYM 0.75F
#define MODIFIER_OF_NAME 0.8F
#define MODIFIER_OF_SYNONYM 0.6F
#define HEAD_MAX 1.0F
#define MODIFIER_MAX 0.9F
#define ONE_MORE 0.05F
#define HEAD_BEFORE_KIND 0.65F /* "device" of "medical device components" */
#define LONG_WORDING 0.8F      /* of a wording with very many features */
/* A head of the text that is no head in the node, and the reverse. */
#define HEAD_ON_MODIFIER 0.5F
#define MODIFIER_ON_HEAD 0.4F

void features_release(struct features *f) {
    vec_free(&f->strengths);
    u64_map_release(&f->strength_of);
}

/* Notes that the node holds the feature; more wordings with it make it a little stronger. */
static bool strengthen(struct features *f, uint32_t feature, uint32_t node, float base, bool head) {
    uint64_t key = pair_key(feature, node);
    uint32_t at = u64_map_get(&f->strength_of, key);
    if (at == MAP_NONE) {
        at = (uint32_t)f->strengths.len;
        if (!vec_push(&f->strengths, (struct strength){.feature = feature, .node = node}) ||
            !u64_map_put(&f->strength_of, key, at))
            return false;
    }
    float *sum = head ? &f->strengths.at[at].head : &f->strengths.at[at].modifier;
    float limit = head ? HEAD_MAX : MODIFIER_MAX;
    *sum = (*sum > base ? *sum : base) + (*sum > 0 ? ONE_MORE : 0);
    if (*sum > limit)
        *sum = limit;
    return true;
}

static uint32_t pair_feature(struct classifier *c, uint32_t a, uint32_t b) {
    uint32_t feature = u64_map_get(&c->pairs, pair_key(a, b));
    if (feature == MAP_NONE) {
        feature = (uint32_t)c->features.len;
        if (!vec_push(&c->features, (struct feature){0}) ||
            !u64_map_put(&c->pairs, pair_key(a, b), feature))
            return MAP_NONE;
    }
    return feature;
}

/* Length and kind of the longest grammar word, filler or kind word at `at`. */
static uint32_t skipped_at(const struct classifier *c, const struct variant *v, uint32_t at,
                           uint8_t *kind) {
    uint32_t state = 0, len = 0;
    for (uint32_t i = at; i < v->count; i++) {
        state = index_step(c, state, v->ids[i]);
        if (state == MAP_NONE)
            break;
        uint8_t k = c->phrases.at[state].kind;
        if (k != PHRASE_NONE && k != PHRASE_PRODUCT) {
            len = i + 1 - at;
            *kind = k;
        }
    }
    return len;
}

/* Marks the words that say something, and finds the head among them (MAP_NONE: there is none) and
 * whether a kind word stands behind it. */
static uint32_t mark_words(const struct classifier *c, const struct variant *v, bool *says,
                           bool *kind_behind) {
    uint32_t head = MAP_NONE;
    bool described = false; /* behind "for" */
    for (uint32_t i = 0; i < v->count;) {
        uint8_t kind = PHRASE_NONE;
        uint32_t len = skipped_at(c, v, i, &kind);
        described = described || kind == PHRASE_AFTER || kind == PHRASE_OF;
        bool skip = len > 0 && kind != PHRASE_PLAIN && kind != PHRASE_KIND;
        for (uint32_t end = i + (len > 0 ? len : 1); i < end; i++) {
            says[i] = !skip && v->ids[i] != WORD_AND;
            if (says[i] && !described && kind != PHRASE_KIND)
                head = i;
            if (says[i] && !described)
                *kind_behind = kind == PHRASE_KIND;
        }
    }
    return head;
}

bool features_add(struct features *f, struct classifier *c, uint32_t node, const struct variant *v,
                  bool name) {
    bool says[PHRASE_WORDS_MAX + 1] = {false}, kind_behind = false;
    uint32_t head = mark_words(c, v, says, &kind_behind), count = 0;
    for (uint32_t i = 0; i < v->count; i++)
        count += says[i] && (!v->han[i] || (says[i + 1] && v->han[i + 1]));
    for (uint32_t i = 0; i < v->count; i++) {
        bool pair = v->han[i] && i + 1 < v->count && says[i + 1] && v->han[i + 1];
        if (!says[i] || (v->han[i] && !pair))
            continue;
        bool is_head = head == (pair ? i + 1 : i);
        uint32_t feature =
            pair ? pair_feature(c, v->ids[i], v->ids[i + 1]) : c->lexemes.at[v->ids[i]].family;
        if (feature == MAP_NONE && !pair)
            continue; /* an overlong word has no family */
        float base = is_head ? (name ? HEAD_OF_NAME : HEAD_OF_SYNONYM)
                             : (name ? MODIFIER_OF_NAME : MODIFIER_OF_SYNONYM);
        if (is_head && kind_behind)
            base *= HEAD_BEFORE_KIND;
        base *= LONG_WORDING + (1 - LONG_WORDING) / (float)count;
        if (feature == MAP_NONE || !strengthen(f, feature, node, base * v->weight, is_head))
            return false;
        if (is_head)
            c->lexemes.at[v->ids[i]].head = true;
    }
    return true;
}

static int by_feature(const void *a, const void *b) {
    const struct strength *x = a, *y = b;
    if (x->feature != y->feature)
        return x->feature < y->feature ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

static float larger(float a, float b) {
    return a > b ? a : b;
}

bool features_finish(struct features *f, struct classifier *c) {
    if (f->strengths.len > 0)
        qsort(f->strengths.at, f->strengths.len, sizeof(*f->strengths.at), by_feature);
    if (!vec_reserve(&c->postings, f->strengths.len))
        return false;
    for (size_t i = 0; i < f->strengths.len; i++) {
        const struct strength *s = &f->strengths.at[i];
        struct feature *feature = &c->features.at[s->feature];
        if (feature->count++ == 0)
            feature->first = (uint32_t)i;
        c->postings.at[c->postings.len++] =
            (struct posting){s->node, larger(s->head, s->modifier * HEAD_ON_MODIFIER),
                             larger(s->modifier, s->head * MODIFIER_ON_HEAD)};
    }
    double n = c->node_count;
    for (size_t i = 0; i < c->features.len; i++)
        if (c->features.at[i].count > 0)
            c->features.at[i].rarity = (float)(log(1 + n / c->features.at[i].count) / log(1 + n));
    return true;
}
