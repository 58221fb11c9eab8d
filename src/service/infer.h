/*
 * From what an exhibitor writes to the nodes it offers, by the catalogue engine.
 *
 * An inferrer holds a classifier over one catalogue (that of a database, or the one inside the
 * program) with the working memory for one thread. Only what the engine asserts becomes a
 * statement, and it stays marked as inferred, with the words that decided.
 *
 * Life cycle: infer_new, infer_text or infer_offers any number of times, infer_free. Thread rule:
 * one thread.
 */
#ifndef FAIRLEAD_SERVICE_INFER_H
#define FAIRLEAD_SERVICE_INFER_H

#include "base/buf.h"
#include "engine/catalogue/classify.h"
#include "store/store.h"

struct infer;

/* `reader` NULL = the catalogue inside the program. ERR_MEMORY, ERR_STORE. */
enum err infer_new(struct store_reader *reader, struct infer **out, struct errinfo *info) ERR_CHECK;
void infer_free(struct infer *infer);

/* Code and names of a node of a result. */
struct infer_node {
    int64_t id; /* in the database; 0 for the built-in catalogue */
    struct str code, name_en, name_zh;
};
const struct infer_node *infer_node(const struct infer *infer, uint32_t node);

/* Classifies one text. */
enum err infer_text(struct infer *infer, struct str text, struct classify_result *out,
                    struct errinfo *info) ERR_CHECK;

/* The words that decided a hit, separated by " ... ", into `out`. */
void infer_words(struct str text, const struct classify_hit *hit, struct buf *out);

enum { INFER_OFFERS_MAX = 2 * CLASSIFY_HITS_MAX };

struct infer_offer {
    int64_t node_id;
    float score;
    struct str evidence; /* borrowed until the next call */
};

/* The asserted nodes of an exhibitor's two texts (either may be empty), each node once, surest
 * first. */
enum err infer_offers(struct infer *infer, struct str text_en, struct str text_zh,
                      struct infer_offer offers[INFER_OFFERS_MAX], uint32_t *count,
                      struct errinfo *info) ERR_CHECK;

#endif
