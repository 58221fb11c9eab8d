/*
 * A wording as word ids, and its variants by words that mean the same.
 *
 * With "lorry" = "truck", the wording "electric truck" gets the variant "electric lorry". Variants
 * are made once, when the classifier is built, so that a text costs nothing more.
 *
 * Life cycle: a zeroed struct variants, variants_add, variants_extend, variants_release.
 * Thread rule: one thread at a time.
 */
#ifndef FAIRLEAD_ENGINE_CATALOGUE_VARIANTS_H
#define FAIRLEAD_ENGINE_CATALOGUE_VARIANTS_H

#include "engine/catalogue/index.h"

enum {
    VARIANTS_MAX = 24, /* of one wording, itself included; the first found win */
};

struct variant {
    uint32_t ids[PHRASE_WORDS_MAX];
    bool han[PHRASE_WORDS_MAX];
    uint32_t count;
    float weight;
    bool caps;    /* one short word in capitals */
    bool general; /* by CLASSIFY_NAMES: means the node only where nothing else is said */
};

struct equivalence {
    struct variant from, to;
    uint32_t next; /* with the same first word of `to`, or MAP_NONE */
    float factor;  /* below 1 for a less usual meaning of `from` */
    bool whole;    /* only where `to` is the whole wording */
    bool general;  /* `from` is a general name */
};

struct variants {
    VEC(struct equivalence)
    rows;
    struct u64_map first; /* first word of `to` -> newest row */
    struct u64_map names; /* hash of `from` of the whole rows -> how many so far */
};

void variants_release(struct variants *v);

/* From now on `to` inside a wording may also read `from`. */
enum err variants_add(struct variants *v, const struct variant *from, const struct variant *to,
                      struct errinfo *info) ERR_CHECK;

/*
 * From now on a wording that is `to` may also read `from`, as a general name of it or as one of its
 * kinds. The first `to` of the same `from` counts as its most usual meaning.
 */
enum err variants_add_whole(struct variants *v, const struct variant *from,
                            const struct variant *to, bool general, struct errinfo *info) ERR_CHECK;

/*
 * Appends to the `count` wordings of `list` (room for VARIANTS_MAX) those with one or two
 * replacements; each replacement multiplies the weight by `factor`. Returns the new count.
 */
size_t variants_extend(const struct variants *v, struct variant *list, size_t count, float factor);

#endif
