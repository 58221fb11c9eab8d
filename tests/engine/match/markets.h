/* Small markets made at random, with everything that firms can say. */
#ifndef FAIRLEAD_TESTS_ENGINE_MATCH_MARKETS_H
#define FAIRLEAD_TESTS_ENGINE_MATCH_MARKETS_H

#include "base/rng.h"
#include "engine/match/score.h"

enum {
    MARKET_FIRMS_MAX = 60,
    MARKET_NODES_MAX = 12,
    MARKET_ROW_MAX = 5, /* claims, seeks, ... of one firm; relations of one node */
    MARKET_TIES_MAX = 16,
    MARKET_CODES = 3, /* countries, regions, sizes, languages, certificates */
};

struct market {
    struct match_market of; /* points into the rest: do not copy */
    size_t claim_offset[MATCH_SIDES][MARKET_FIRMS_MAX + 1];
    uint32_t node[MATCH_SIDES][MARKET_FIRMS_MAX * MARKET_ROW_MAX];
    uint8_t basis[MATCH_SIDES][MARKET_FIRMS_MAX * MARKET_ROW_MAX];
    double quantity[MATCH_SIDES][MARKET_FIRMS_MAX * MARKET_ROW_MAX];
    size_t relation_offset[MARKET_NODES_MAX + 1];
    struct match_relation relation[MARKET_NODES_MAX * MARKET_ROW_MAX];
    struct match_firm firm[MARKET_FIRMS_MAX];
    size_t seek_offset[MARKET_FIRMS_MAX + 1];
    struct match_seek seek[MARKET_FIRMS_MAX * MARKET_ROW_MAX];
    size_t condition_offset[MARKET_FIRMS_MAX + 1];
    struct match_condition condition[MARKET_FIRMS_MAX * MARKET_ROW_MAX];
    size_t certificate_offset[MARKET_FIRMS_MAX + 1];
    uint32_t certificate[MARKET_FIRMS_MAX * MARKET_CODES];
    size_t tie_offset[MARKET_FIRMS_MAX + 1];
    struct match_tie tie[MARKET_FIRMS_MAX * MARKET_TIES_MAX];
};

/* Each kind of statement is left out of every fourth market. */
void market_make(struct market *m, struct rng *rng);

/* Weights in tenths, 0 and 1 among them. */
void market_weights(double weight[MATCH_PARTS], struct rng *rng);

/* The score by the definitions in score.h, with plain loops over everything: total and parts. */
void market_score(const struct match_market *m, const double weight[MATCH_PARTS], uint32_t first,
                  uint32_t second, double *total, double part[MATCH_PARTS]);

#endif
