/*
 * Scoring: see score.h.
 *
 * Each chunk is a mention with a head, its last word that says something. Two kinds of evidence
 * compete for each node, and the better one counts:
 *
 *   phrase   a wording of the node stands in the chunk. Its score falls with what follows it (a
 *            battery separator is no battery), with the number of nodes that share the wording, and
 *            with the chunk's zone ("sensors for robots" offers no robots).
 *   words    the chunk shares word families or Han pairs with the node: the sum over the chunk's
 *            features of weight * rarity * strength in the node, divided by the same sum with
 *            strength 1. It falls when other nodes score alike.
 *
 * The best chunk gives the node's score; chunks never take from each other, so a further sentence
 * removes no hit. Constants were set by hand on the tuning texts.
 */
#include "engine/catalogue/score.h"

#include <math.h>

enum { NEAR_MAX = 4 }; /* chunks on each side; keeps the cost linear */

/* What a match loses by a word behind it in its chunk. */
#define FOLLOW_PRODUCT 0.40F /* another wording: "battery | separators" */
#define FOLLOW_HEAD 0.55F    /* a word that ends some wording */
#define FOLLOW_KNOWN 0.75F   /* a known word */
#define FOLLOW_UNKNOWN 0.80F /* an unknown word; 0.9 per Han character */
#define FOLLOW_UNKNOWN_HAN 0.88F
#define FOLLOW_KIND_OTHER 0.50F /* "machines" behind a wording of another kind of node */
#define FOLLOW_MIN 0.30F

#define PHRASE_BASE 0.95F
#define PHRASE_SHORT 0.90F  /* one word, or two Han characters */
#define PHRASE_SECOND 0.60F /* second meaning, and nothing else in the text supports it */
#define SECOND_SUPPORT 0.3F
#define PHRASE_AFTER_OTHER                                                                         \
    0.8F                     /* a short wording behind one of another node: "chassis castings"     \
                              */
#define PHRASE_GENERAL 0.88F /* "sensors" and nothing else */
#define PHRASE_GENERAL_INSIDE 0.5F /* "instrument" for all instruments, in "music instrument" */
#define SHARED_BASE 0.20F          /* of a wording of very many nodes */

#define WORDS_CAP 0.85F
#define WORDS_BESIDE_PHRASE 0.75F /* when a phrase ends the chunk */
#define WORDS_KIND_OTHER 0.60F
#define WORDS_SHARED_BASE 0.30F
#define WORDS_FULL 0.6F /* weight of shared features that is enough for a full score */
#define FEATURE_MODIFIER 0.5F
#define FEATURE_CONTEXT 0.5F /* of a chunk that describes the mention, and then as a modifier */
#define UNKNOWN_RARITY 0.6F
#define UNKNOWN_PAIR 0.25F

#define CODE_ALONE 0.50F /* below CLASSIFY_SURE_FROM: codes never assert */
#define CODE_BELOW 0.6F  /* the node's code is longer than the text's */
#define CODE_HEADING 0.4F

static const float zone_factor[] = {
    [ZONE_MAIN] = 1,       [ZONE_OF] = 0.4F,     [ZONE_DESCRIBES] = 0.45F,
    [ZONE_CONTEXT] = 0.3F, [ZONE_WANTED] = 0.5F,
};
/* The same when nothing else in the segment names a product: "makers of X", "promotion of X". */
static const float zone_factor_alone[] = {
    [ZONE_MAIN] = 1,       [ZONE_OF] = 0.85F,    [ZONE_DESCRIBES] = 0.8F,
    [ZONE_CONTEXT] = 0.6F, [ZONE_WANTED] = 0.5F,
};

enum err score_init(struct score *s, const struct classifier *c, struct errinfo *info) {
    *s = (struct score){0};
    s->nodes = mem_new(c->node_count + 1, sizeof(*s->nodes));
    bool ok = s->nodes != NULL && vec_reserve(&s->touched, c->node_count) &&
              vec_reserve(&s->in_chunk, c->node_count);
    if (ok)
        return ERR_OK;
    score_release(s);
    return err_memory(info);
}

void score_release(struct score *s) {
    mem_free(s->nodes);
    vec_free(&s->touched);
    vec_free(&s->in_chunk);
    vec_free(&s->follow);
    *s = (struct score){0};
}

void score_clear(struct score *s) {
    for (size_t i = 0; i < s->touched.len; i++)
        s->nodes[s->touched.at[i]] = (struct node_score){0};
    s->touched.len = 0;
    s->in_chunk.len = 0;
    s->code_count = 0;
}

static struct node_score *touch(struct score *s, uint32_t node) {
    struct node_score *n = &s->nodes[node];
    if (!n->touched) {
        n->touched = true;
        s->touched.at[s->touched.len++] = node; /* reserved: each node once */
    }
    return n;
}

static void offer(struct score *s, uint32_t node, float value, uint8_t evidence, uint32_t source) {
    struct node_score *n = touch(s, node);
    if (value > n->best) {
        n->best = value;
        n->evidence = evidence;
        n->source = source;
    }
}

/* What kind a piece is: PHRASE_NONE when no match covers it. */
static enum phrase_kind kind_at(const struct classifier *c, const struct parse *p, uint32_t i) {
    uint32_t match = p->pieces.at[i].match;
    return match == MAP_NONE ? PHRASE_NONE
                             : (enum phrase_kind)c->phrases.at[p->matches.at[match].phrase].kind;
}

/* A model name or number: "G1", "Megapack" inside a sentence. Says nothing. */
static bool is_name(const struct piece *piece, bool first) {
    if (piece->word != MAP_NONE || piece->family != MAP_NONE || (piece->form & WORD_HAN))
        return false;
    return (piece->form & WORD_DIGIT) || ((piece->form & (WORD_CAPITAL | WORD_CAPS)) && !first);
}

static bool says(const struct classifier *c, const struct parse *p, const struct chunk *chunk,
                 uint32_t i) {
    enum phrase_kind kind = kind_at(c, p, i);
    if (kind != PHRASE_NONE && kind != PHRASE_PRODUCT && kind != PHRASE_PLAIN)
        return false;
    return kind == PHRASE_PRODUCT || !is_name(&p->pieces.at[i], i == chunk->from);
}

/* A chunk while it is scored. */
struct mention {
    const struct chunk *chunk;
    uint32_t index;                /* of the chunk */
    uint32_t head;                 /* last piece that says something, or MAP_NONE */
    uint32_t kind;                 /* of node its end asks for, or MAP_NONE */
    uint32_t said;                 /* pieces that say something, those that describe included */
    uint32_t first_near, end_near; /* chunks around that describe it */
    float zone;
    float top; /* best phrase before zones */
};

/*
 * From the end of the chunk to its front: what a match that ends here keeps. Fills s->follow by
 * piece (relative to the chunk) and finds the head and the kind word at the end.
 */
static void follow_factors(const struct classifier *c, struct score *s, const struct parse *p,
                           struct mention *m) {
    const struct chunk *chunk = m->chunk;
    float factor = 1;
    m->head = m->kind = MAP_NONE;
    for (uint32_t i = chunk->to; i-- > chunk->from;) {
        s->follow.at[i - chunk->from] = factor;
        const struct piece *piece = &p->pieces.at[i];
        enum phrase_kind kind = kind_at(c, p, i);
        if (kind == PHRASE_KIND && m->head == MAP_NONE && m->kind == MAP_NONE)
            m->kind = c->phrases.at[p->matches.at[piece->match].phrase].value;
        if (!says(c, p, chunk, i))
            continue;
        m->said++;
        if (m->head == MAP_NONE)
            m->head = i;
        if (kind == PHRASE_PRODUCT) {
            if (p->matches.at[piece->match].at == i)
                factor *= FOLLOW_PRODUCT;
        } else if (piece->form & WORD_HAN) {
            factor *= FOLLOW_UNKNOWN_HAN;
        } else if (piece->word != MAP_NONE) {
            factor *= c->lexemes.at[piece->word].head ? FOLLOW_HEAD : FOLLOW_KNOWN;
        } else {
            factor *= FOLLOW_UNKNOWN;
        }
        if (factor < FOLLOW_MIN)
            factor = FOLLOW_MIN;
    }
}

/* Raw scores of the nodes whose wording is match `index`. */
static void score_match(const struct classifier *c, struct score *s, const struct parse *p,
                        uint32_t index, struct mention *m) {
    const struct match *match = &p->matches.at[index];
    const struct phrase *phrase = &c->phrases.at[match->phrase];
    uint32_t last = match->at + match->count - 1;
    bool han = (p->pieces.at[last].form & WORD_HAN) != 0;
    bool is_short = match->count <= (han ? 2 : 1);
    float value = is_short ? PHRASE_SHORT : PHRASE_BASE;
    if (is_short && match->at > m->chunk->from && kind_at(c, p, match->at - 1) == PHRASE_PRODUCT)
        value *= PHRASE_AFTER_OTHER;
    value *= match->sure * s->follow.at[last - m->chunk->from];
    float all = 0;
    for (uint32_t k = 0; k < phrase->use_count; k++)
        all += c->uses.at[phrase->first_use + k].weight;
    for (uint32_t k = 0; k < phrase->use_count; k++) {
        const struct phrase_use *use = &c->uses.at[phrase->first_use + k];
        float score = value * use->weight * (SHARED_BASE + (1 - SHARED_BASE) * use->weight / all);
        if (m->kind != MAP_NONE && c->node_kind[use->node] != m->kind)
            score *= FOLLOW_KIND_OTHER;
        if (phrase->second && s->nodes[use->node].support < SECOND_SUPPORT)
            score *= PHRASE_SECOND;
        if (use->general)
            score *= m->said > match->count ? PHRASE_GENERAL_INSIDE : PHRASE_GENERAL;
        if (score > m->top)
            m->top = score;
        offer(s, use->node, score * m->zone, EVIDENCE_MATCH, index);
    }
}

static void score_phrases(const struct classifier *c, struct score *s, const struct parse *p,
                          struct mention *m) {
    for (uint32_t i = m->chunk->from; i < m->chunk->to; i++) {
        uint32_t match = p->pieces.at[i].match;
        bool starts = match != MAP_NONE && p->matches.at[match].at == i;
        /* A phrase with a soft gap inside ends in a later chunk only if cut_chunks cut it. */
        if (starts && kind_at(c, p, i) == PHRASE_PRODUCT)
            score_match(c, s, p, match, m);
    }
}

/* The feature that piece `i` of the chunk makes, its weight without strength; 0 = none. */
static float feature_at(const struct classifier *c, const struct parse *p,
                        const struct chunk *chunk, uint32_t head, uint32_t i, uint32_t *feature) {
    const struct piece *piece = &p->pieces.at[i];
    *feature = MAP_NONE;
    if (!says(c, p, chunk, i))
        return 0;
    uint32_t last = i;
    if (piece->form & WORD_HAN) {
        last = i + 1;
        if (last >= chunk->to || !says(c, p, chunk, last) || !(p->pieces.at[last].form & WORD_HAN))
            return 0;
        if (piece->word != MAP_NONE && piece[1].word != MAP_NONE)
            *feature = u64_map_get(&c->pairs, pair_key(piece->word, piece[1].word));
    } else {
        *feature = piece->family;
    }
    bool found = *feature != MAP_NONE && c->features.at[*feature].count > 0;
    float rarity = found                      ? c->features.at[*feature].rarity
                   : (piece->form & WORD_HAN) ? UNKNOWN_PAIR
                                              : UNKNOWN_RARITY;
    if (!found)
        *feature = MAP_NONE;
    return rarity * (last == head ? 1 : FEATURE_MODIFIER);
}

/*
 * Sums the features of `chunk`, the mention's own or one that describes it, into `sum` of each
 * node; returns the largest possible sum.
 */
static float sum_features(const struct classifier *c, struct score *s, const struct parse *p,
                          const struct mention *m, const struct chunk *chunk) {
    float most = 0, factor = chunk == m->chunk ? 1 : FEATURE_CONTEXT;
    for (uint32_t i = chunk->from; i < chunk->to; i++) {
        uint32_t feature;
        float weight = factor * feature_at(c, p, chunk, m->head, i, &feature);
        if (chunk != m->chunk && feature == MAP_NONE)
            continue;
        most += weight;
        if (feature == MAP_NONE)
            continue;
        bool han = (p->pieces.at[i].form & WORD_HAN) != 0;
        bool head = (han ? i + 1 : i) == m->head;
        const struct feature *f = &c->features.at[feature];
        for (uint32_t k = 0; k < f->count; k++) {
            const struct posting *posting = &c->postings.at[f->first + k];
            struct node_score *n = touch(s, posting->node);
            if (!n->in_chunk && chunk != m->chunk)
                continue; /* what describes supports, it names nothing */
            if (!n->in_chunk) {
                n->in_chunk = true;
                s->in_chunk.at[s->in_chunk.len++] = posting->node;
            }
            n->sum += weight * (head ? posting->head : posting->modifier);
        }
    }
    return most;
}

static void score_features(const struct classifier *c, struct score *s, const struct parse *p,
                           const struct mention *m) {
    float most = sum_features(c, s, p, m, m->chunk), all = 0;
    for (uint32_t i = m->first_near; i < m->end_near; i++)
        if (i != m->index)
            most += sum_features(c, s, p, m, &p->chunks.at[i]);
    for (size_t i = 0; i < s->in_chunk.len; i++) {
        struct node_score *n = &s->nodes[s->in_chunk.at[i]];
        float full = n->sum < WORDS_FULL ? n->sum / WORDS_FULL : 1;
        n->support += n->sum;
        n->sum = most > 0 ? n->sum / most * full : 0;
        if (m->kind != MAP_NONE && c->node_kind[s->in_chunk.at[i]] != m->kind)
            n->sum *= WORDS_KIND_OTHER;
        all += n->sum * n->sum * n->sum;
    }
    float beside = m->top > CLASSIFY_SURE_FROM ? WORDS_BESIDE_PHRASE : 1;
    for (size_t i = 0; i < s->in_chunk.len; i++) {
        struct node_score *n = &s->nodes[s->in_chunk.at[i]];
        float share = all > 0 ? n->sum * n->sum * n->sum / all : 0;
        float value = WORDS_CAP * n->sum * (WORDS_SHARED_BASE + (1 - WORDS_SHARED_BASE) * share);
        offer(s, s->in_chunk.at[i], value * beside * m->zone, EVIDENCE_WORDS, m->index);
        n->sum = 0;
        n->in_chunk = false;
    }
    s->in_chunk.len = 0;
}

/* Finds the chunks that describe a mention the text is about: of its segment and next to it. */
static void find_near(const struct classifier *c, const struct parse *p, struct mention *m) {
    m->first_near = m->end_near = m->index;
    if (m->chunk->zone != ZONE_MAIN)
        return;
    m->end_near++;
    const struct chunk *all = p->chunks.at;
    while (m->first_near > 0 && m->index - m->first_near < NEAR_MAX &&
           all[m->first_near - 1].segment == m->chunk->segment &&
           (all[m->first_near - 1].zone == ZONE_DESCRIBES ||
            all[m->first_near - 1].zone == ZONE_CONTEXT))
        m->first_near--;
    while (m->end_near < p->chunks.len && m->end_near - m->index <= NEAR_MAX &&
           all[m->end_near].segment == m->chunk->segment &&
           (all[m->end_near].zone == ZONE_OF || all[m->end_near].zone == ZONE_CONTEXT))
        m->end_near++;
    for (uint32_t k = m->first_near; k < m->end_near; k++)
        for (uint32_t i = all[k].from; k != m->index && i < all[k].to; i++)
            m->said += says(c, p, &all[k], i);
}

/* Scores chunk `index`; returns its best phrase before the zone's factor. */
static float score_chunk(const struct classifier *c, struct score *s, const struct parse *p,
                         uint32_t index, float zone) {
    struct mention m = {.chunk = &p->chunks.at[index], .index = index, .zone = zone};
    find_near(c, p, &m);
    follow_factors(c, s, p, &m);
    score_phrases(c, s, p, &m);
    score_features(c, s, p, &m);
    return m.top;
}

/* The chunks [from, to) of one segment: first what it is about, then what is said about it. */
static void score_segment(const struct classifier *c, struct score *s, const struct parse *p,
                          uint32_t from, uint32_t to) {
    float top = 0;
    for (uint32_t i = from; i < to; i++)
        if (p->chunks.at[i].zone == ZONE_MAIN) {
            float chunk = score_chunk(c, s, p, i, 1);
            top = chunk > top ? chunk : top;
        }
    const float *factor = top >= CLASSIFY_ASK_FROM ? zone_factor : zone_factor_alone;
    for (uint32_t i = from; i < to; i++)
        if (p->chunks.at[i].zone != ZONE_MAIN)
            (void)score_chunk(c, s, p, i, factor[p->chunks.at[i].zone]);
}

/* A code shared by many nodes tells little about each. */
static void score_codes(const struct classifier *c, struct score *s, struct str text) {
    s->code_count = codes_find(text, s->codes);
    for (uint32_t i = 0; i < s->code_count; i++) {
        const struct code_found *f = &s->codes[i];
        const struct code *code = codes_get(c, f->system, f->digits);
        float weight = CODE_ALONE * f->weight;
        if (code == NULL && f->digits >= 1000000) {
            code = codes_get(c, f->system, f->digits / 100);
            weight *= CODE_HEADING;
        }
        for (uint32_t k = 0; code != NULL && k < code->count; k++) {
            const struct code_use *use = &c->code_uses.at[code->first + k];
            float value =
                weight * (use->exact ? 1 : CODE_BELOW) * (0.5F + 0.5F / sqrtf((float)code->count));
            struct node_score *n = touch(s, use->node);
            if (value > n->code)
                n->code = value;
            offer(s, use->node, value, EVIDENCE_CODE, i);
        }
    }
}

enum err score_text(const struct classifier *c, struct score *s, const struct parse *p,
                    struct str text, struct errinfo *info) {
    if (!vec_reserve(&s->follow, p->pieces.len + 1))
        return err_memory(info);
    for (uint32_t from = 0; from < p->chunks.len;) {
        uint32_t to = from;
        while (to < p->chunks.len && p->chunks.at[to].segment == p->chunks.at[from].segment)
            to++;
        score_segment(c, s, p, from, to);
        from = to;
    }
    score_codes(c, s, text);
    return ERR_OK;
}

/* Adds [from, to) behind the spans, joining what touches; false when full. */
static bool add_span(struct classify_span *spans, uint32_t *count, uint32_t from, uint32_t to) {
    if (*count > 0 && from <= spans[*count - 1].to + 1) {
        if (to > spans[*count - 1].to)
            spans[*count - 1].to = to;
        return true;
    }
    if (*count == CLASSIFY_SPANS_MAX)
        return false;
    spans[(*count)++] = (struct classify_span){from, to};
    return true;
}

static bool holds(const struct classifier *c, uint32_t feature, uint32_t node) {
    const struct feature *f = &c->features.at[feature];
    for (uint32_t k = 0; k < f->count; k++)
        if (c->postings.at[f->first + k].node == node)
            return true;
    return false;
}

uint32_t score_spans(const struct classifier *c, const struct score *s, const struct parse *p,
                     uint32_t node, struct classify_span spans[CLASSIFY_SPANS_MAX]) {
    const struct node_score *n = &s->nodes[node];
    uint32_t count = 0;
    if (n->evidence == EVIDENCE_CODE) {
        (void)add_span(spans, &count, s->codes[n->source].from, s->codes[n->source].to);
    } else if (n->evidence == EVIDENCE_MATCH) {
        const struct match *m = &p->matches.at[n->source];
        (void)add_span(spans, &count, p->pieces.at[m->at].from,
                       p->pieces.at[m->at + m->count - 1].to);
    } else if (n->evidence == EVIDENCE_WORDS) {
        struct mention m = {.chunk = &p->chunks.at[n->source], .head = MAP_NONE};
        for (uint32_t i = m.chunk->from; i < m.chunk->to; i++) {
            uint32_t feature;
            (void)feature_at(c, p, m.chunk, m.head, i, &feature);
            if (feature == MAP_NONE || !holds(c, feature, node))
                continue;
            bool han = (p->pieces.at[i].form & WORD_HAN) != 0;
            if (!add_span(spans, &count, p->pieces.at[i].from, p->pieces.at[han ? i + 1 : i].to))
                break;
        }
    }
    return count;
}
