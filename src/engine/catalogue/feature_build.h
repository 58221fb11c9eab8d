/*
 * Features: word families and pairs of Han characters, and the nodes that hold them. They decide
 * where no phrase of the catalogue stands in a text.
 *
 * Built once: features_add for each wording, features_finish, features_release.
 */
#ifndef FAIRLEAD_ENGINE_CATALOGUE_FEATURE_BUILD_H
#define FAIRLEAD_ENGINE_CATALOGUE_FEATURE_BUILD_H

#include "engine/catalogue/index.h"
#include "engine/catalogue/variants.h"

struct strength;

struct features {
    VEC(struct strength)
    strengths;
    struct u64_map strength_of; /* feature << 32 | node */
};

void features_release(struct features *f);

/* Counts the features of a wording of `node`; `name` tells that it is a name. False: no memory. */
bool features_add(struct features *f, struct classifier *c, uint32_t node, const struct variant *v,
                  bool name) __attribute__((warn_unused_result));

/* Writes postings and rarities into the classifier; false when memory is short. */
bool features_finish(struct features *f, struct classifier *c) __attribute__((warn_unused_result));

#endif
