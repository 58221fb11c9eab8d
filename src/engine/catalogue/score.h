/*
 * Scores of the nodes that a parsed text may mean. Private to this folder.
 *
 * Life cycle: score_init for a classifier, then per text score_text, reading `touched`, `nodes` and
 * score_spans, and score_clear; score_release.
 */
#ifndef FAIRLEAD_ENGINE_CATALOGUE_SCORE_H
#define FAIRLEAD_ENGINE_CATALOGUE_SCORE_H

#include "engine/catalogue/codes.h"
#include "engine/catalogue/parse.h"

/* Where a node's best score came from. */
enum evidence { EVIDENCE_NONE, EVIDENCE_MATCH, EVIDENCE_WORDS, EVIDENCE_CODE };

struct node_score {
    float best;      /* raw score of the best mention */
    float code;      /* raw score by codes in the text */
    float support;   /* evidence for the node anywhere in the text */
    float sum;       /* private: of the chunk being read */
    uint32_t source; /* match, chunk or code, by `evidence` */
    uint8_t evidence;
    bool touched, in_chunk;
};

struct score {
    struct node_score *nodes; /* one per node, zero unless touched */
    VEC(uint32_t)
    touched; /* nodes with any evidence */
    VEC(uint32_t)
    in_chunk; /* private */
    VEC(float)
    follow; /* private: per piece of a chunk */
    struct code_found codes[CODES_FOUND_MAX];
    size_t code_count;
};

enum err score_init(struct score *s, const struct classifier *c, struct errinfo *info) ERR_CHECK;
void score_release(struct score *s);
void score_clear(struct score *s);

enum err score_text(const struct classifier *c, struct score *s, const struct parse *p,
                    struct str text, struct errinfo *info) ERR_CHECK;

/* The bytes that decided for a touched node: ascending, apart, at most CLASSIFY_SPANS_MAX. */
uint32_t score_spans(const struct classifier *c, const struct score *s, const struct parse *p,
                     uint32_t node, struct classify_span spans[CLASSIFY_SPANS_MAX]);

#endif
