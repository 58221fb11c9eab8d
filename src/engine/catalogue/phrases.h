/*
 * The wordings of a catalogue node: its names, their parts, and its synonyms.
 *
 * A name often holds several products: "Bodies, castings and stampings", "制动与转向系统". They are
 * taken apart with care: what shares the last word gets it back ("brake systems", "steering
 * systems"), what follows "for" describes, and brackets hold abbreviations or details.
 *
 * Thread rule: any thread.
 */
#ifndef FAIRLEAD_ENGINE_CATALOGUE_PHRASES_H
#define FAIRLEAD_ENGINE_CATALOGUE_PHRASES_H

#include "engine/catalogue/classify.h"

/* From here on a wording was given by the catalogue, not derived from one. */
#define PHRASES_GIVEN_FROM 0.95F

/* Takes one wording, borrowed until return. `name` tells that it is a whole name. */
typedef enum err phrases_add(void *ctx, struct str wording, float weight, bool name,
                             struct errinfo *info);

/* Calls `add` for every wording of `node`; stops at its first failure. */
enum err phrases_of_node(const struct classify_node *node, phrases_add *add, void *ctx,
                         struct errinfo *info) ERR_CHECK;

#endif
