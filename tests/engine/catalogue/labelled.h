/*
 * Labelled texts and how well a classifier does on them; used by tests and the benchmark.
 *
 * Sources: data/sample (exhibitors.csv, exhibits.csv; English and Chinese are two texts) and
 * fresh_texts.csv here. Each text belongs to the tuned part, which may be looked at while the
 * classifier is improved, or to the held-out part, by the CRC-32 of the row's name: sample rows are
 * held out when it is odd, fresh texts when it is divisible by 3.
 */
#ifndef FAIRLEAD_TESTS_ENGINE_CATALOGUE_LABELLED_H
#define FAIRLEAD_TESTS_ENGINE_CATALOGUE_LABELLED_H

#include <stdio.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "engine/catalogue/classify.h"

enum { LABELS_MAX = 12 };

struct labelled_text {
    struct str text, name;
    uint32_t labels[LABELS_MAX];
    uint32_t label_count; /* 0: names no product of the catalogue */
    bool held_out;
    bool vague; /* listed in vague_rows.csv: does not name the labelled product */
};

struct text_set {
    VEC(struct labelled_text)
    list;
};

struct labelled {
    struct arena arena;
    VEC(struct classify_node)
    nodes;
    VEC(struct str)
    ids;
    struct str_map node_of;
    VEC(struct classify_lexeme)
    lexicon;
    struct text_set exhibitors, exhibits, fresh;
};

/* Reads everything below the source folder `root`. */
enum err labelled_load(struct labelled *l, const char *root, struct errinfo *info) ERR_CHECK;
void labelled_release(struct labelled *l);

enum text_part { PART_TUNED = 1, PART_HELD_OUT = 2, PART_VAGUE = 4 };

struct tally {
    uint32_t texts;      /* with labels */
    uint32_t first;      /* first hit is a label */
    uint32_t five;       /* a label is among the first five */
    uint32_t labels;     /* in all */
    uint32_t found;      /* labels among the hits with at least CLASSIFY_ASK_FROM */
    uint32_t asserted;   /* asserted nodes in all texts */
    uint32_t right;      /* of them labels */
    uint32_t empty;      /* texts without labels */
    uint32_t sure_empty; /* of them with an asserted node */
};

/*
 * Classifies the texts of the `parts` (of enum text_part; PART_VAGUE adds the vague rows). With
 * `misses`, writes every text of the tuned part whose first hit is wrong.
 */
enum err labelled_tally(const struct labelled *l, const struct text_set *set, unsigned parts,
                        const struct classifier *c, struct tally *out, FILE *misses,
                        struct errinfo *info) ERR_CHECK;

/* Adds, per tenth of the score, the hits and the right ones among them. */
enum err labelled_calibrate(const struct text_set *set, unsigned parts, const struct classifier *c,
                            uint32_t hits[10], uint32_t right[10], struct errinfo *info) ERR_CHECK;

#endif
