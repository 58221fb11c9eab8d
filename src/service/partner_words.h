/*
 * Why two should meet, in words, from the parts of their score (partner_parts.h): one sentence a
 * part, in English and Chinese, the weightiest first. What is only inferred is marked.
 *
 *     "Offers battery cells, an essential input for your battery packs (inferred)"
 *     "A second source of LFP cathode material: one other firm offers it so far"
 *
 * Thread rule: pure.
 */
#ifndef FAIRLEAD_SERVICE_PARTNER_WORDS_H
#define FAIRLEAD_SERVICE_PARTNER_WORDS_H

#include "model/lang.h"
#include "service/partner_parts.h"

/* To whom it is said. */
enum partner_voice {
    PARTNER_TO_FIRST, /* to the first of the pair: "you", and of the second in the third person */
    PARTNER_OF_BOTH,  /* to somebody else: both by name */
};

struct partner_reason {
    enum match_part part;
    double value; /* of the part, before its weight */
    struct str words_en, words_zh;
};

/* The name of a part for people: "Their offer meets your need". */
const char *partner_part_name(enum match_part part, enum lang lang);

/*
 * Sentences for the parts that are not 0 into out[], in memory of the arena; `weight` orders them
 * (NULL = as match_default_weight). Rivalry, which is taken off, comes last. ERR_MEMORY.
 */
enum err partner_words(const struct view *view, const struct partner_parts *parts,
                       enum partner_voice voice, const double *weight, struct arena *arena,
                       struct partner_reason out[MATCH_PARTS], uint32_t *count,
                       struct errinfo *info) ERR_CHECK;

/* A node's name inside a sentence: "battery cells", "PV modules". Borrowed from view or arena; ptr
 * NULL when memory is short. */
struct str partner_node_name(const struct view *view, uint32_t node, enum lang lang,
                             struct arena *arena);

#endif
