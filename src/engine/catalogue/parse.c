/*
 * Parsing: see parse.h.
 *
 * The phrases are chosen so that the sum of the squares of their lengths is largest (dynamic
 * programming from the end): long phrases win over the short ones inside them, and no phrase is cut
 * by a greedy start on its left. A phrase has at most PHRASE_WORDS_MAX words, so the cost stays
 * linear in the text.
 */
#include "engine/catalogue/parse.h"

enum {
    JOINED_BYTES_MAX = 64,
    COMPOUND_PART_MIN = 3,
    OPEN_PIECES_MAX = 64, /* a description of more words is none; keeps the cost linear */
};

/* What a match of each kind is worth beside a product of the same length. */
static const float kind_worth[] = {
    [PHRASE_NONE] = 0,      [PHRASE_PRODUCT] = 1,  [PHRASE_FILLER] = 0.9F, [PHRASE_KIND] = 0.9F,
    [PHRASE_SEEKS] = 0.95F, [PHRASE_AFTER] = 0.5F, [PHRASE_OF] = 0.5F,     [PHRASE_OPEN] = 0.9F,
    [PHRASE_DE] = 0.5F,     [PHRASE_USE] = 0.4F,   [PHRASE_PLAIN] = 0.6F,
};

/* An abbreviation of the catalogue written in small letters. */
#define SURE_SMALL_LETTERS 0.8F

void parse_init(struct parse *p) {
    *p = (struct parse){0};
    words_init(&p->words);
}

void parse_release(struct parse *p) {
    vec_free(&p->pieces);
    vec_free(&p->matches);
    vec_free(&p->chunks);
    vec_free(&p->best);
    vec_free(&p->taken);
    words_release(&p->words);
}

static uint32_t word_of(const struct classifier *c, struct str stem) {
    return str_map_get(&c->words, stem);
}

/* A known word with one letter more, less or other; MAP_NONE when there is none. */
static uint32_t mend_typo(const struct classifier *c, struct str stem) {
    if (stem.len < TYPO_WORD_MIN || stem.len > TYPO_WORD_MAX)
        return MAP_NONE;
    for (size_t skip = stem.len + 1; skip-- > 1;) {
        uint32_t word = u64_map_get(&c->typos, index_typo_key(stem, skip));
        if (word != MAP_NONE)
            return word;
    }
    return MAP_NONE;
}

static struct piece piece_of(const struct classifier *c, const struct word *w, uint32_t id) {
    return (struct piece){.word = id,
                          .family = id != MAP_NONE ? c->lexemes.at[id].family : MAP_NONE,
                          .from = w->from,
                          .to = w->to,
                          .match = MAP_NONE,
                          .gap = w->gap,
                          .form = w->form};
}

/* Splits an unknown compound ("geartrain") into two known words; false when it is none. */
static bool split_compound(const struct classifier *c, const struct word *w, struct str stem,
                           struct piece out[2]) {
    if (stem.len < 2 * COMPOUND_PART_MIN + 1 || stem.len > TYPO_WORD_MAX)
        return false;
    for (size_t cut = stem.len - COMPOUND_PART_MIN; cut >= COMPOUND_PART_MIN; cut--) {
        uint32_t left = word_of(c, str_sub(stem, 0, cut));
        uint32_t right = left != MAP_NONE ? word_of(c, str_sub(stem, cut, stem.len)) : MAP_NONE;
        if (right == MAP_NONE || !c->lexemes.at[right].head)
            continue;
        out[0] = piece_of(c, w, left);
        out[1] = piece_of(c, w, right);
        out[1].gap = GAP_NONE;
        return true;
    }
    return false;
}

/* The id of two words with a hyphen between them, when they are known as one only. */
static uint32_t closed_hyphen(const struct classifier *c, const struct words *words, size_t i) {
    if (i + 1 >= words->list.len || words->list.at[i + 1].gap != GAP_HYPHEN)
        return MAP_NONE;
    struct str a = words_text(words, &words->list.at[i]);
    struct str b = words_text(words, &words->list.at[i + 1]);
    if (a.len + b.len > JOINED_BYTES_MAX ||
        (word_of(c, a) != MAP_NONE && word_of(c, b) != MAP_NONE))
        return MAP_NONE;
    char joined[JOINED_BYTES_MAX];
    memcpy(joined, a.ptr, a.len);
    memcpy(joined + a.len, b.ptr, b.len);
    return word_of(c, (struct str){joined, a.len + b.len});
}

/* Finds the words in the vocabulary. */
static enum err resolve(const struct classifier *c, struct parse *p, struct errinfo *info) {
    p->pieces.len = 0;
    if (!vec_reserve(&p->pieces, p->words.list.len * 2))
        return err_memory(info);
    for (size_t i = 0; i < p->words.list.len; i++) {
        const struct word *w = &p->words.list.at[i];
        struct str stem = words_text(&p->words, w);
        uint32_t joined = closed_hyphen(c, &p->words, i);
        if (joined != MAP_NONE) {
            struct piece one = piece_of(c, w, joined);
            one.to = w[1].to;
            p->pieces.at[p->pieces.len++] = one;
            i++;
            continue;
        }
        struct piece piece = piece_of(c, w, word_of(c, stem));
        bool mend = piece.word == MAP_NONE && !(w->form & (WORD_HAN | WORD_DIGIT));
        if (mend && split_compound(c, w, stem, &p->pieces.at[p->pieces.len])) {
            p->pieces.len += 2;
            continue;
        }
        if (mend) {
            piece.family = index_family(c, stem);
            uint32_t word = piece.family == MAP_NONE ? mend_typo(c, stem) : MAP_NONE;
            if (word != MAP_NONE)
                piece = piece_of(c, w, word);
        }
        p->pieces.at[p->pieces.len++] = piece;
    }
    return ERR_OK;
}

/* Whether capitals tell an abbreviation here: not where everything is written in capitals. */
static bool capitals_tell(const struct parse *p) {
    size_t words = 0, caps = 0;
    for (size_t i = 0; i < p->words.list.len; i++) {
        const struct word *w = &p->words.list.at[i];
        words += !(w->form & (WORD_HAN | WORD_DIGIT));
        caps += (w->form & WORD_CAPS) != 0;
    }
    return caps < 3 || caps * 10 < words * 7;
}

/* Whether the character stands alone: 铝 is aluminium, but inside 铝业 it is part of a word. */
static bool stands_alone(const struct parse *p, uint32_t at) {
    bool left =
        at > 0 && p->pieces.at[at].gap == GAP_NONE && (p->pieces.at[at - 1].form & WORD_HAN);
    bool right = at + 1 < p->pieces.len && p->pieces.at[at + 1].gap == GAP_NONE &&
                 (p->pieces.at[at + 1].form & WORD_HAN);
    return !left && !right;
}

/* How surely the phrase that begins at `at` is meant; 0 = not. */
static float sureness(const struct classifier *c, const struct parse *p, uint32_t at,
                      const struct phrase *phrase, bool capitals) {
    const struct piece *first = &p->pieces.at[at];
    if (phrase->kind == PHRASE_PRODUCT && phrase->words == 1 && (first->form & WORD_HAN))
        return stands_alone(p, at) ? 1 : 0;
    if (!phrase->caps)
        return 1;
    bool ordinary = c->lexemes.at[first->word].ordinary;
    if ((first->form & WORD_CAPS) && (capitals || !ordinary))
        return 1;
    return ordinary ? 0 : SURE_SMALL_LETTERS;
}

/* The best match from `at`, given the best sums behind it. */
static struct match best_from(const struct classifier *c, const struct parse *p, uint32_t at,
                              bool capitals, float *sum) {
    struct match best = {at, 0, 0, 0};
    *sum = p->best.at[at + 1];
    uint32_t state = 0;
    for (uint32_t i = at; i < p->pieces.len; i++) {
        const struct piece *piece = &p->pieces.at[i];
        if (piece->word == MAP_NONE || (i > at && piece->gap >= GAP_LIST))
            break;
        if (i > at && piece->gap == GAP_SOFT)
            state = index_step(c, state, WORD_AND);
        if (state != MAP_NONE)
            state = index_step(c, state, piece->word);
        if (state == MAP_NONE)
            break;
        const struct phrase *phrase = &c->phrases.at[state];
        float sure = phrase->kind != PHRASE_NONE ? sureness(c, p, at, phrase, capitals) : 0;
        float length = (float)(i + 1 - at);
        float worth = kind_worth[phrase->kind] * length * length * sure + p->best.at[i + 1];
        if (sure > 0 && worth > *sum) {
            *sum = worth;
            best = (struct match){at, i + 1 - at, state, sure};
        }
    }
    return best;
}

static enum err cover(const struct classifier *c, struct parse *p, struct errinfo *info) {
    size_t count = p->pieces.len;
    p->matches.len = 0;
    if (!vec_reserve(&p->best, count + 1) || !vec_reserve(&p->taken, count + 1) ||
        !vec_reserve(&p->matches, count))
        return err_memory(info);
    bool capitals = capitals_tell(p);
    p->best.at[count] = 0;
    for (size_t at = count; at-- > 0;)
        p->taken.at[at] = best_from(c, p, (uint32_t)at, capitals, &p->best.at[at]);
    for (size_t at = 0; at < count;) {
        const struct match *m = &p->taken.at[at];
        for (uint32_t k = 0; k < m->count; k++)
            p->pieces.at[at + k].match = (uint32_t)p->matches.len;
        if (m->count > 0)
            p->matches.at[p->matches.len++] = *m;
        at += m->count > 0 ? m->count : 1;
    }
    return ERR_OK;
}

/* Reads the pieces from left to right into chunks. */
struct chunker {
    struct parse *p;
    uint32_t open;    /* first piece of the open chunk */
    uint32_t segment; /* number */
    size_t first;     /* chunk of the segment */
    uint8_t zone;
    bool open_list; /* behind 面向, and a 的 will end it: lists inside stay context */
};

static void close_chunk(struct chunker *k, uint32_t end) {
    if (k->open < end)
        k->p->chunks.at[k->p->chunks.len++] = (struct chunk){k->open, end, k->segment, k->zone};
    k->open = end;
}

static void rezone(struct chunker *k, uint8_t zone) {
    for (size_t i = k->first; i < k->p->chunks.len; i++)
        if (k->p->chunks.at[i].zone == ZONE_MAIN)
            k->p->chunks.at[i].zone = zone;
}

/* Whether a 的 stands behind piece `at` before the clause ends. */
static bool ends_in_de(const struct classifier *c, const struct parse *p, uint32_t at) {
    for (uint32_t i = at; i < p->pieces.len && i < at + OPEN_PIECES_MAX; i++) {
        const struct piece *piece = &p->pieces.at[i];
        if (piece->gap == GAP_HARD)
            return false;
        if (piece->match != MAP_NONE &&
            c->phrases.at[p->matches.at[piece->match].phrase].kind == PHRASE_DE)
            return true;
    }
    return false;
}

/* A grammar word at pieces [at, end); anything else is left in the chunk. */
static void take_grammar(const struct classifier *c, struct chunker *k, enum phrase_kind kind,
                         uint32_t at, uint32_t end) {
    bool wanted = k->zone == ZONE_WANTED;
    switch (kind) {
    case PHRASE_AFTER:
    case PHRASE_OPEN:
        close_chunk(k, at);
        k->open_list = kind == PHRASE_OPEN && ends_in_de(c, k->p, end);
        k->zone = wanted ? ZONE_WANTED : ZONE_CONTEXT;
        break;
    case PHRASE_OF:
        close_chunk(k, at);
        if (k->zone == ZONE_MAIN)
            k->zone = ZONE_OF;
        break;
    case PHRASE_SEEKS:
        close_chunk(k, at);
        k->zone = ZONE_WANTED;
        break;
    case PHRASE_DE:
        close_chunk(k, at);
        if (!k->open_list)
            rezone(k, ZONE_DESCRIBES);
        k->open_list = false;
        k->zone = wanted ? ZONE_WANTED : ZONE_MAIN;
        break;
    case PHRASE_USE:
        close_chunk(k, at);
        rezone(k, ZONE_CONTEXT);
        break;
    default:
        return;
    }
    k->open = end;
}

static enum err cut_chunks(const struct classifier *c, struct parse *p, struct errinfo *info) {
    p->chunks.len = 0;
    if (!vec_reserve(&p->chunks, p->pieces.len))
        return err_memory(info);
    struct chunker k = {.p = p};
    for (uint32_t i = 0; i < p->pieces.len;) {
        const struct piece *piece = &p->pieces.at[i];
        const struct match *m = piece->match != MAP_NONE ? &p->matches.at[piece->match] : NULL;
        uint32_t end = i + (m != NULL ? m->count : 1);
        if (piece->gap >= GAP_SOFT)
            close_chunk(&k, i);
        if (piece->gap == GAP_HARD || (piece->gap == GAP_LIST && !k.open_list)) {
            k.zone = ZONE_MAIN;
            k.open_list = false;
            k.segment++;
            k.first = p->chunks.len;
        }
        if (m != NULL)
            take_grammar(c, &k, (enum phrase_kind)c->phrases.at[m->phrase].kind, i, end);
        i = end;
    }
    close_chunk(&k, (uint32_t)p->pieces.len);
    return ERR_OK;
}

enum err parse_text(const struct classifier *c, struct parse *p, struct str text,
                    struct errinfo *info) {
    enum err e = words_read(&p->words, text, info);
    if (e == ERR_OK)
        e = resolve(c, p, info);
    if (e == ERR_OK)
        e = cover(c, p, info);
    if (e == ERR_OK)
        e = cut_chunks(c, p, info);
    return e;
}
