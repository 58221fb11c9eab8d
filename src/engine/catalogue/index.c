/*
 * Building the classifier: see index.h.
 *
 * Grammar and lexicon are entered into the trie first, then every wording of the catalogue with its
 * variants, so that the features of a wording can leave out what says nothing. The nodes of a
 * phrase are collected as entries and written side by side at the end.
 */
#include "engine/catalogue/index.h"

#include <stdlib.h>

#include "engine/catalogue/codes.h"
#include "engine/catalogue/feature_build.h"
#include "engine/catalogue/grammar.h"
#include "engine/catalogue/phrases.h"
#include "engine/catalogue/stem.h"
#include "engine/catalogue/variants.h"

/* A wording with a hyphen, written as one word; and one with a word replaced by the lexicon. */
#define WEIGHT_VARIANT 0.95F

enum {
    ARENA_BYTES_MAX = 1 << 30,
    CAPS_LEN_MAX = 5, /* longer abbreviations ("STATCOM") are no everyday words */
    ROOT_BYTES_MAX = 64,
    FAMILY_BYTES_MIN = 2, /* the o of "O&M" tells nothing alone */
};

/* A phrase of a node, before sorting. */
struct entry {
    uint32_t state, node;
    uint32_t family; /* of a single word, else MAP_NONE */
    float weight;
    bool caps, general;
};

struct builder {
    struct classifier *c;
    struct words words;
    struct variants variants;
    struct features features;
    VEC(struct entry)
    entries;
    uint32_t node; /* being read */
};

uint32_t index_family(const struct classifier *c, struct str stem) {
    char root[ROOT_BYTES_MAX];
    if (stem.len > sizeof(root))
        return MAP_NONE;
    memcpy(root, stem.ptr, stem.len);
    return str_map_get(&c->families, (struct str){root, stem_root(root, stem.len)});
}

uint64_t index_typo_key(struct str word, size_t skip) {
    char left[TYPO_WORD_MAX];
    size_t len = 0;
    for (size_t i = 0; i < word.len; i++)
        if (i != skip)
            left[len++] = word.ptr[i];
    return str_hash((struct str){left, len});
}

/* The feature of the family of a new word; false when memory is short. */
static bool add_family(struct classifier *c, uint32_t word, struct str stem) {
    char root[ROOT_BYTES_MAX];
    if (stem.len > sizeof(root) || stem.len < FAMILY_BYTES_MIN)
        return true;
    memcpy(root, stem.ptr, stem.len);
    struct str key = {root, stem_root(root, stem.len)};
    uint32_t feature = str_map_get(&c->families, key);
    if (feature == MAP_NONE) {
        struct str copy = arena_copy(&c->arena, key);
        feature = (uint32_t)c->features.len;
        if (copy.ptr == NULL || !vec_push(&c->features, (struct feature){0}) ||
            !str_map_put(&c->families, copy, feature))
            return false;
    }
    c->lexemes.at[word].family = feature;
    return true;
}

/* The id of a word, new or not; MAP_NONE when memory is short. */
static uint32_t word_id(struct classifier *c, struct str stem, bool han) {
    uint32_t id = str_map_get(&c->words, stem);
    if (id != MAP_NONE)
        return id;
    struct str copy = arena_copy(&c->arena, stem);
    id = (uint32_t)c->lexemes.len;
    if (copy.ptr == NULL || !vec_push(&c->lexemes, (struct lexeme){.family = MAP_NONE}) ||
        !str_map_put(&c->words, copy, id) || (!han && !add_family(c, id, stem)))
        return MAP_NONE;
    return id;
}

static bool put_id(struct variant *v, uint32_t id, bool han) {
    if (v->count == PHRASE_WORDS_MAX)
        return false;
    v->han[v->count] = han;
    v->ids[v->count++] = id;
    return true;
}

/* Reads `text` into word ids, soft gaps as WORD_AND; what is too long is cut. */
static enum err read_ids(struct builder *b, struct str text, struct variant *out,
                         struct errinfo *info) {
    *out = (struct variant){.weight = 1};
    enum err e = words_read(&b->words, text, info);
    if (e != ERR_OK)
        return e;
    size_t count = b->words.list.len;
    for (size_t i = 0; i < count; i++) {
        const struct word *w = &b->words.list.at[i];
        bool han = (w->form & WORD_HAN) != 0;
        uint32_t id = word_id(b->c, words_text(&b->words, w), han);
        if (id == MAP_NONE)
            return err_memory(info);
        if (i > 0 && w->gap == GAP_SOFT && !put_id(out, WORD_AND, false))
            break;
        if (!put_id(out, id, han))
            break;
    }
    out->caps = count == 1 && (b->words.list.at[0].form & WORD_CAPS) &&
                b->words.list.at[0].len <= CAPS_LEN_MAX;
    return ERR_OK;
}

/*
 * The wording just read with its hyphens closed, as in "onboard"; empty when it has none. False
 * when memory is short.
 */
static bool close_hyphens(struct builder *b, struct variant *out) {
    char joined[ROOT_BYTES_MAX];
    size_t len = 0, count = b->words.list.len;
    bool any = false;
    *out = (struct variant){.weight = 1};
    for (size_t i = 0; i < count; i++) {
        const struct word *w = &b->words.list.at[i];
        struct str text = words_text(&b->words, w);
        bool more = i + 1 < count && w[1].gap == GAP_HYPHEN;
        if ((i > 0 && w->gap == GAP_SOFT) || len + text.len > sizeof(joined)) {
            out->count = 0;
            return true;
        }
        memcpy(joined + len, text.ptr, text.len);
        len += text.len;
        any = any || more;
        if (more)
            continue;
        bool han = (w->form & WORD_HAN) != 0;
        uint32_t id = word_id(b->c, (struct str){joined, len}, han);
        if (id == MAP_NONE)
            return false;
        if (!put_id(out, id, han))
            break;
        len = 0;
    }
    if (!any)
        out->count = 0;
    return true;
}

/* The state of a phrase, new or not; MAP_NONE when memory is short. */
static uint32_t trie_insert(struct classifier *c, const struct variant *v) {
    uint32_t state = 0;
    for (uint32_t i = 0; i < v->count; i++) {
        uint32_t next = index_step(c, state, v->ids[i]);
        if (next == MAP_NONE) {
            next = (uint32_t)c->phrases.len;
            if (!vec_push(&c->phrases, (struct phrase){.words = (uint8_t)(i + 1)}) ||
                !u64_map_put(&c->edges, pair_key(state, v->ids[i]), next))
                return MAP_NONE;
        }
        state = next;
    }
    return state;
}

/* phrases_add: one wording of the node, with its variants. */
static enum err add_wording(void *ctx, struct str wording, float weight, bool name,
                            struct errinfo *info) {
    struct builder *b = ctx;
    struct variant list[VARIANTS_MAX];
    enum err e = read_ids(b, wording, &list[0], info);
    if (e != ERR_OK)
        return e;
    if (!close_hyphens(b, &list[1]))
        return err_memory(info);
    list[0].weight = weight;
    list[1].weight = weight * WEIGHT_VARIANT;
    size_t count = list[1].count > 0 ? 2 : 1;
    count = variants_extend(&b->variants, list, count, WEIGHT_VARIANT);
    for (size_t k = 0; k < count; k++) {
        if (list[k].count == 0)
            continue;
        uint32_t state = trie_insert(b->c, &list[k]);
        uint32_t family = MAP_NONE;
        if (list[k].count == 1)
            family = b->c->lexemes.at[list[k].ids[0]].family;
        struct entry entry = {.state = state,
                              .node = b->node,
                              .family = family,
                              .weight = list[k].weight,
                              .caps = list[k].caps,
                              .general = list[k].general};
        if (state == MAP_NONE || !vec_push(&b->entries, entry) ||
            !features_add(&b->features, b->c, b->node, &list[k], name && k == 0))
            return err_memory(info);
    }
    return ERR_OK;
}

/* A phrase of grammar or lexicon. */
static enum err add_plain(struct builder *b, enum phrase_kind kind, struct str text, uint32_t value,
                          struct errinfo *info) {
    struct variant v;
    enum err e = read_ids(b, text, &v, info);
    if (e != ERR_OK || v.count == 0)
        return e;
    uint32_t state = trie_insert(b->c, &v);
    if (state == MAP_NONE)
        return err_memory(info);
    b->c->phrases.at[state].kind = (uint8_t)kind;
    b->c->phrases.at[state].value = value;
    return ERR_OK;
}

static enum err add_grammar(struct builder *b, struct errinfo *info) {
    size_t count;
    const struct grammar_word *words = grammar_words(&count);
    enum err e = ERR_OK;
    for (size_t i = 0; i < count && e == ERR_OK; i++)
        e = add_plain(b, words[i].kind, words[i].text, 0, info);
    return e;
}

/* The number of a kind of node; MAP_NONE when memory is short. */
static uint32_t kind_of(struct str_map *kinds, struct str kind) {
    uint32_t id = str_map_get(kinds, kind);
    if (id != MAP_NONE)
        return id;
    id = kinds->len;
    return str_map_put(kinds, kind, id) ? id : MAP_NONE;
}

static enum err add_kinds(struct builder *b, const struct classify_node *nodes,
                          const struct classify_lexeme *lexicon, uint32_t lexicon_count,
                          struct errinfo *info) {
    struct str_map kinds = {0};
    enum err e = ERR_OK;
    for (uint32_t i = 0; i < b->c->node_count && e == ERR_OK; i++) {
        b->c->node_kind[i] = kind_of(&kinds, nodes[i].kind);
        if (b->c->node_kind[i] == MAP_NONE)
            e = err_memory(info);
    }
    for (uint32_t i = 0; i < lexicon_count && e == ERR_OK; i++) {
        if (lexicon[i].relation != CLASSIFY_KIND)
            continue;
        uint32_t kind = kind_of(&kinds, lexicon[i].to);
        e = kind == MAP_NONE ? err_memory(info)
                             : add_plain(b, PHRASE_KIND, lexicon[i].from, kind, info);
    }
    str_map_release(&kinds);
    return e;
}

static enum err add_lexeme(struct builder *b, const struct classify_lexeme *row,
                           struct errinfo *info) {
    if (row->relation == CLASSIFY_FILLER || row->relation == CLASSIFY_SEEKS)
        return add_plain(b, row->relation == CLASSIFY_FILLER ? PHRASE_FILLER : PHRASE_SEEKS,
                         row->from, 0, info);
    struct variant from, to;
    enum err e = read_ids(b, row->from, &from, info);
    if (e != ERR_OK)
        return e;
    if (row->relation == CLASSIFY_WORD) {
        for (uint32_t i = 0; i < from.count; i++)
            b->c->lexemes.at[from.ids[i]].ordinary = true;
    } else if (row->relation == CLASSIFY_SECOND) {
        uint32_t state = trie_insert(b->c, &from);
        if (state == MAP_NONE)
            return err_memory(info);
        b->c->phrases.at[state].second = true;
    } else {
        e = read_ids(b, row->to, &to, info);
        if (e == ERR_OK)
            e = row->relation == CLASSIFY_SAME
                    ? variants_add(&b->variants, &from, &to, info)
                    : variants_add_whole(&b->variants, &from, &to, row->relation == CLASSIFY_NAMES,
                                         info);
    }
    return e;
}

static int by_state(const void *a, const void *b) {
    const struct entry *x = a, *y = b;
    if (x->state != y->state)
        return x->state < y->state ? -1 : 1;
    if (x->node != y->node)
        return x->node < y->node ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (int)x->general - (int)y->general;
}

/* The nodes of one phrase: each once; derived ones only where no node was given the wording. */
static bool write_uses(struct classifier *c, const struct entry *entries, size_t count) {
    struct phrase *p = &c->phrases.at[entries[0].state];
    bool given = false;
    for (size_t i = 0; i < count; i++)
        given = given || (entries[i].weight >= PHRASES_GIVEN_FROM && !entries[i].general);
    p->first_use = (uint32_t)c->uses.len;
    p->caps = true;
    for (size_t i = 0; i < count; i++) {
        p->caps = p->caps && entries[i].caps;
        bool again = i > 0 && entries[i].node == entries[i - 1].node;
        bool derived = entries[i].general || entries[i].weight < PHRASES_GIVEN_FROM;
        if (again || (given && derived))
            continue;
        float weight = entries[i].weight;
        /* "Modules" of one node's name means little where many nodes have modules. */
        if (derived && !entries[i].general && entries[i].family != MAP_NONE)
            weight *= c->features.at[entries[i].family].rarity;
        if (!vec_push(&c->uses, (struct phrase_use){entries[i].node, weight, entries[i].general}))
            return false;
    }
    p->use_count = (uint32_t)c->uses.len - p->first_use;
    /* Grammar stays grammar; a filler that somebody sells is a product. */
    if (p->kind == PHRASE_NONE || p->kind == PHRASE_FILLER || p->kind == PHRASE_KIND ||
        p->kind == PHRASE_PLAIN)
        p->kind = PHRASE_PRODUCT;
    return true;
}

static bool finish_phrases(struct builder *b) {
    if (b->entries.len > 0)
        qsort(b->entries.at, b->entries.len, sizeof(*b->entries.at), by_state);
    for (size_t i = 0; i < b->entries.len;) {
        size_t end = i;
        while (end < b->entries.len && b->entries.at[end].state == b->entries.at[i].state)
            end++;
        if (!write_uses(b->c, &b->entries.at[i], end - i))
            return false;
        i = end;
    }
    return true;
}

/* Long words are also found by what is left without one of their letters. */
static bool add_typos(struct classifier *c) {
    for (uint32_t i = 0; c->words.slots != NULL && i <= c->words.mask; i++) {
        struct str word = c->words.slots[i].key;
        if (word.ptr == NULL || word.len < TYPO_WORD_MIN || word.len > TYPO_WORD_MAX)
            continue;
        for (size_t skip = 0; skip <= word.len; skip++) {
            uint64_t key = index_typo_key(word, skip);
            uint32_t old = u64_map_get(&c->typos, key), id = c->words.slots[i].value;
            if ((old == MAP_NONE || id < old) && !u64_map_put(&c->typos, key, id))
                return false;
        }
    }
    return true;
}

static enum err build(struct builder *b, const struct classify_node *nodes,
                      const struct classify_lexeme *lexicon, uint32_t lexicon_count,
                      struct errinfo *info) {
    struct classifier *c = b->c;
    c->node_kind = mem_new(c->node_count, sizeof(*c->node_kind));
    if ((c->node_kind == NULL && c->node_count > 0) || !vec_push(&c->phrases, (struct phrase){0}) ||
        word_id(c, STR("and"), true) != WORD_AND)
        return err_memory(info);
    enum err e = add_grammar(b, info);
    if (e == ERR_OK)
        e = add_kinds(b, nodes, lexicon, lexicon_count, info);
    for (uint32_t i = 0; i < lexicon_count && e == ERR_OK; i++)
        if (lexicon[i].relation != CLASSIFY_KIND)
            e = add_lexeme(b, &lexicon[i], info);
    for (b->node = 0; b->node < c->node_count && e == ERR_OK; b->node++)
        e = phrases_of_node(&nodes[b->node], add_wording, b, info);
    if (e == ERR_OK && (!finish_phrases(b) || !features_finish(&b->features, c) || !add_typos(c) ||
                        !codes_build(c, nodes)))
        e = err_memory(info);
    return e;
}

enum err classifier_new(const struct classify_node *nodes, uint32_t count,
                        const struct classify_lexeme *lexicon, uint32_t lexicon_count,
                        struct classifier **out, struct errinfo *info) {
    if (count > CLASSIFY_NODES_MAX) {
        (void)err_set(info, ERR_LIMIT, "the catalogue has %u nodes", count);
        err_hint(info, "at most %d can be classified", CLASSIFY_NODES_MAX);
        return ERR_LIMIT;
    }
    struct classifier *c = mem_new(1, sizeof(*c));
    if (c == NULL)
        return err_memory(info);
    arena_init(&c->arena, ARENA_BYTES_MAX);
    c->node_count = count;
    struct builder b = {.c = c};
    words_init(&b.words);
    enum err e = build(&b, nodes, lexicon, lexicon_count, info);
    words_release(&b.words);
    variants_release(&b.variants);
    features_release(&b.features);
    vec_free(&b.entries);
    if (e == ERR_OK)
        *out = c;
    else
        classifier_free(c);
    return e;
}

void classifier_free(struct classifier *c) {
    if (c == NULL)
        return;
    mem_free(c->node_kind);
    str_map_release(&c->words);
    vec_free(&c->lexemes);
    str_map_release(&c->families);
    u64_map_release(&c->pairs);
    vec_free(&c->features);
    vec_free(&c->postings);
    u64_map_release(&c->typos);
    u64_map_release(&c->edges);
    vec_free(&c->phrases);
    vec_free(&c->uses);
    u64_map_release(&c->codes);
    vec_free(&c->code_list);
    vec_free(&c->code_uses);
    arena_release(&c->arena);
    mem_free(c);
}

bool classify_relation_of(struct str word, enum classify_relation *out) {
    static const char *const names[] = {"same", "filler", "kind",  "seeks",
                                        "word", "second", "names", "isa"};
    for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++)
        if (str_equal_c(word, names[k])) {
            *out = (enum classify_relation)k;
            return true;
        }
    return false;
}
