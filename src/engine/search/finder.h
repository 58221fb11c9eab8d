/*
 * The finder: from the spans of the terms to the documents that have them. Private to
 * engine/search.
 *
 * The terms are listed one after another. Listing reads the places of a term's spans; once few
 * documents are left, their own places are compared with the spans of the next term instead. A slot
 * for each document counts the terms that it has and keeps the worst of their grades.
 *
 * Life cycle: a finder zeroed but for index, query, fields, visits and steps, finder_init, spans
 * added, listing, finder_release. Where memory is short, nothing more is listed and spans.failed
 * tells.
 */
#ifndef FAIRLEAD_ENGINE_SEARCH_FINDER_H
#define FAIRLEAD_ENGINE_SEARCH_FINDER_H

#include "engine/search/spans.h"

enum { TERM_ALL = 255 /* span.term: the whole query written as one */ };

/* What is known of a document. */
struct slot {
    uint16_t best;  /* grade of the term `last` */
    uint16_t worst; /* of the terms before */
    uint8_t hits;   /* terms that it has */
    uint8_t typos;  /* of the terms before */
    uint8_t last;   /* the latest term it has, from 1 in the order of listing; 0 = accounted for */
};

/* Documents; for the macros of base/vec.h. */
struct documents {
    uint32_t *at;
    size_t len, capacity;
};

enum finder_mode {
    FINDER_ALL,  /* a document must have all terms so far */
    FINDER_ADD,  /* every document that has the term */
    FINDER_KEEP, /* the term decides nothing, but counts where it stands */
};

struct finder {
    const struct search_index *index;
    struct query *query;
    struct spans spans;
    struct slot *slots;              /* by document; unused ones are zero */
    struct documents found;          /* the outcome */
    struct documents next, touched;  /* private: found by the present term; with a slot in use */
    uint64_t size[SEARCH_TERMS_MAX]; /* private: places in the spans of each term */
    uint32_t spans_of[SEARCH_TERMS_MAX];
    uint8_t fields;  /* bit f for field f of struct side_text: where a term counts */
    uint32_t steps;  /* of the spans, at the beginning */
    uint64_t visits; /* places that may still be read */
    uint8_t listed;  /* terms of the last listing; fewer than asked for where visits ran out */
    enum finder_mode mode; /* private */
    bool partial;
};

enum err finder_init(struct finder *f, struct errinfo *info) ERR_CHECK;
void finder_release(struct finder *f);

/* Counts the places of the terms, into `size`. */
void finder_measure(struct finder *f);

/* Finds the documents that have all terms, or the whole query as one. */
void finder_all(struct finder *f);

/* How many documents have one term. What was found before is lost. */
uint32_t finder_count(struct finder *f, uint8_t term);

/* Finds the documents that have one of some terms (bit t for term t), and how many of the others
 * they have. */
void finder_with(struct finder *f, uint32_t terms);

/* Whether a term stands anywhere, as far as its spans are those after the first `from`; stops at
 * the first place. */
bool finder_stands(struct finder *f, size_t from);

#endif
