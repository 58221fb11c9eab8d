/*
 * Vocabularies: many spellings, one meaning each.
 *
 * A vocabulary maps the spelling keys (see spelling.h) of words to numbers that its owner chose:
 * indices of countries, areas, nodes. It is built once and then only read. When two meanings claim
 * the same key, the key becomes ambiguous and is said to be so instead of being guessed.
 *
 * Life cycle: vocab_init, vocab_add..., lookups, vocab_release. The words are copied.
 * Thread rule: any number of readers, or one writer.
 */
#ifndef FAIRLEAD_MODEL_VOCAB_H
#define FAIRLEAD_MODEL_VOCAB_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"

#define VOCAB_NONE UINT32_MAX
#define VOCAB_AMBIGUOUS (UINT32_MAX - 1)

struct vocab_word {
    struct str key;
    struct str spelling; /* as it was added */
    uint32_t value;
    uint32_t letters; /* code points of the key */
};

struct vocab {
    struct arena arena;    /* private */
    struct str_map by_key; /* private: position in words */
    VEC(struct vocab_word)
    words; /* read-only: one per key */
};

void vocab_init(struct vocab *v);
void vocab_release(struct vocab *v);

/* Adds a spelling; one with an empty key is passed over. O(len). */
enum err vocab_add(struct vocab *v, struct str spelling, uint32_t value,
                   struct errinfo *info) ERR_CHECK;

/* Adds every spelling of a list separated by ";". */
enum err vocab_add_list(struct vocab *v, struct str spellings, uint32_t value,
                        struct errinfo *info) ERR_CHECK;

/* The meaning of `text`, VOCAB_NONE or VOCAB_AMBIGUOUS. O(len). */
enum err vocab_find(const struct vocab *v, struct str text, uint32_t *value,
                    struct errinfo *info) ERR_CHECK;

/* The meaning of a ready key. */
uint32_t vocab_find_key(const struct vocab *v, struct str key);

/*
 * The word nearest to `text` (at most a quarter of its letters wrong, at least one allowed, the
 * first added on a tie), for "did you mean"; NULL when none is near. O(words * len^2).
 */
enum err vocab_nearest(const struct vocab *v, struct str text, const struct vocab_word **nearest,
                       struct errinfo *info) ERR_CHECK;

#endif
