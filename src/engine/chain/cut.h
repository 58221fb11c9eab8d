/*
 * Stages from levels: where to cut the trophic level of a chain so that it meets the organiser's
 * stages best. Private to engine/chain.
 */
#ifndef FAIRLEAD_ENGINE_CHAIN_CUT_H
#define FAIRLEAD_ENGINE_CHAIN_CUT_H

#include "engine/chain/chain.h"

struct chain_cut {
    bool known;        /* false: no node has a stage, so there is nothing to fit */
    double midstream;  /* upstream below, midstream from here; INFINITY = none above */
    double downstream; /* downstream from here, at least `midstream`; INFINITY = none */
    uint32_t misfits;  /* nodes with a stage that the cut does not meet */
};

/*
 * The cut that meets most of the stages other than unknown; of several, the one with the widest
 * margins (sum of both distances between the levels next to a cut), then the lowest.
 * O(count log count). False when memory is short.
 */
bool chain_fit_cut(uint32_t count, const double *level, const uint8_t *stage,
                   struct chain_cut *out) ERR_CHECK;

static inline uint8_t chain_cut_stage(const struct chain_cut *cut, double level) {
    if (level >= cut->downstream)
        return CHAIN_DOWNSTREAM;
    return level >= cut->midstream ? CHAIN_MIDSTREAM : CHAIN_UPSTREAM;
}

#endif
