/*
 * A text as the classifier sees it: known words, the phrases that stand in it, and its chunks.
 *
 * A chunk is one mention: the words between two commas, "and"s or grammar words. Its zone tells
 * whether the mention is what the text is about. Private to this folder.
 *
 * Life cycle: a zeroed struct parse with parse_init, any number of parse_text, parse_release.
 */
#ifndef FAIRLEAD_ENGINE_CATALOGUE_PARSE_H
#define FAIRLEAD_ENGINE_CATALOGUE_PARSE_H

#include "engine/catalogue/index.h"

/* A word of the text after spelling was mended; compounds give two with the same bytes. */
struct piece {
    uint32_t word;     /* id or MAP_NONE */
    uint32_t family;   /* feature or MAP_NONE; never for Han */
    uint32_t from, to; /* bytes in the text */
    uint32_t match;    /* that covers it, or MAP_NONE */
    uint8_t gap;       /* enum word_gap */
    uint8_t form;      /* enum word_form bits */
};

/* A phrase in the text; matches do not overlap. */
struct match {
    uint32_t at, count; /* pieces */
    uint32_t phrase;    /* state of the trie */
    float sure;         /* 1, less for an abbreviation in small letters */
};

enum zone {
    ZONE_MAIN,
    ZONE_OF,        /* behind "of" */
    ZONE_DESCRIBES, /* before 的 */
    ZONE_CONTEXT,   /* behind "for", before 用 */
    ZONE_WANTED,    /* behind "looking for" */
};

struct chunk {
    uint32_t from, to; /* pieces */
    uint32_t segment;  /* chunks between two commas or stops have the same */
    uint8_t zone;
};

struct parse {
    VEC(struct piece)
    pieces;
    VEC(struct match)
    matches;
    VEC(struct chunk)
    chunks;
    struct words words; /* private, like all below */
    VEC(float)
    best;
    VEC(struct match)
    taken;
};

void parse_init(struct parse *p);
void parse_release(struct parse *p);

enum err parse_text(const struct classifier *c, struct parse *p, struct str text,
                    struct errinfo *info) ERR_CHECK;

#endif
