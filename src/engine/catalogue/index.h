/*
 * The classifier's tables, private to this folder. Built by index.c, read by parse.c and score.c.
 *
 * Vocabulary: every stemmed word of the catalogue and the lexicon has an id. A trie over ids holds
 * all phrases: names, synonyms, their parts and variants (which carry nodes), fillers, kind words
 * and grammar. Features (word families and pairs of Han characters) lead to the nodes whose phrases
 * hold them, for texts that match no phrase.
 */
#ifndef FAIRLEAD_ENGINE_CATALOGUE_INDEX_H
#define FAIRLEAD_ENGINE_CATALOGUE_INDEX_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "engine/catalogue/classify.h"
#include "engine/catalogue/words.h"

enum {
    WORD_AND = 0,          /* the id that stands for a soft gap inside a phrase */
    PHRASE_WORDS_MAX = 24, /* longer names are not matched as a whole; characters for Han */
    TYPO_WORD_MIN = 7,     /* letters; shorter words have too many neighbours */
    TYPO_WORD_MAX = 32,
};

enum phrase_kind {
    PHRASE_NONE, /* no phrase ends here */
    PHRASE_PRODUCT,
    PHRASE_FILLER,
    PHRASE_KIND, /* `value` = kind */
    PHRASE_SEEKS,
    PHRASE_AFTER, /* what follows is context: "for", "made of" */
    PHRASE_OF,    /* like AFTER, but what precedes is more often empty: "makers of" */
    PHRASE_OPEN,  /* what follows is context up to PHRASE_DE: 面向 */
    PHRASE_DE,    /* what precedes describes: 的 */
    PHRASE_USE,   /* what precedes is context: 手机用 */
    PHRASE_PLAIN, /* nothing; keeps a grammar word from being seen inside another word */
};

struct phrase {
    uint32_t first_use, use_count; /* in classifier.uses */
    uint32_t value;
    uint8_t kind;
    uint8_t words;
    bool caps;   /* an abbreviation: counts in capitals, less in small letters */
    bool second; /* has a second meaning elsewhere */
};

struct phrase_use {
    uint32_t node;
    float weight;
    bool general; /* means the node only where nothing else is said */
};

struct posting {
    uint32_t node;
    float head, modifier; /* strength when the feature is the head of the text, or not */
};

struct feature {
    uint32_t first, count; /* in classifier.postings */
    float rarity;          /* 0 (in every node) to 1 (in one) */
};

struct lexeme {
    uint32_t family; /* feature of an alphabetic word, or MAP_NONE */
    bool head;       /* names something: the last word of a phrase of the catalogue */
    bool ordinary;   /* CLASSIFY_WORD */
};

struct code_use {
    uint32_t node;
    bool exact; /* the node has this code, not one below it */
};

struct code {
    uint32_t first, count; /* in classifier.code_uses */
};

struct classifier {
    struct arena arena; /* bytes of the words */
    uint32_t node_count;
    uint32_t *node_kind; /* per node */
    uint32_t kind_count;

    struct str_map words;
    VEC(struct lexeme)
    lexemes;
    struct str_map families; /* root -> feature */
    struct u64_map pairs;    /* two Han words -> feature */
    VEC(struct feature)
    features;
    VEC(struct posting)
    postings;
    struct u64_map typos; /* hash of a word without one letter -> word */

    struct u64_map edges; /* state << 32 | word -> state; state 0 is the root */
    VEC(struct phrase)
    phrases; /* by state */
    VEC(struct phrase_use)
    uses;

    struct u64_map codes; /* system << 32 | digits with a leading 1 -> index of code_list */
    VEC(struct code)
    code_list;
    VEC(struct code_use)
    code_uses;
};

static inline uint64_t pair_key(uint32_t a, uint32_t b) {
    return (uint64_t)a << 32 | b;
}

/* The state after `word` from `state`, or MAP_NONE. */
static inline uint32_t index_step(const struct classifier *c, uint32_t state, uint32_t word) {
    return u64_map_get(&c->edges, pair_key(state, word));
}

/* The feature of the word family of `stem` (its own or a known relative's), or MAP_NONE. */
uint32_t index_family(const struct classifier *c, struct str stem);

/* Hash of `word` without letter `skip`; `skip` = len keeps all. */
uint64_t index_typo_key(struct str word, size_t skip);

#endif
