/*
 * Codes of goods and services inside a text: HS ("HS 8507.60", "850760") and CPC ("CPC 65211").
 * A bare number counts only when it has the digits of an HS subheading; years and model numbers do
 * not.
 */
#ifndef FAIRLEAD_ENGINE_CATALOGUE_CODES_H
#define FAIRLEAD_ENGINE_CATALOGUE_CODES_H

#include "engine/catalogue/index.h"

enum code_system { CODE_HS, CODE_CPC };

enum { CODES_FOUND_MAX = 8 };

struct code_found {
    enum code_system system;
    uint32_t digits;   /* the first 4 to 6 (HS) or 3 to 5 (CPC), with a 1 in front */
    uint32_t from, to; /* bytes in the text */
    float weight;      /* how surely it is a code */
};

/* Finds codes; returns how many (at most CODES_FOUND_MAX, the first ones). O(len). */
size_t codes_find(struct str text, struct code_found found[CODES_FOUND_MAX]);

/* Enters the codes of the nodes into the classifier; false when memory is short. */
bool codes_build(struct classifier *c, const struct classify_node *nodes)
    __attribute__((warn_unused_result));

/* The nodes with the code or with codes below it; NULL when there are none. */
const struct code *codes_get(const struct classifier *c, enum code_system system, uint32_t digits);

#endif
