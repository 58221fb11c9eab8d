/* A check of a catalogue under way. Private to engine/chain; see chain_check.h. */
#ifndef FAIRLEAD_ENGINE_CHAIN_CHECK_PRIVATE_H
#define FAIRLEAD_ENGINE_CHAIN_CHECK_PRIVATE_H

#include "base/vec.h"
#include "engine/chain/chain_check.h"
#include "engine/chain/index.h"

struct check {
    const struct chain_graph *graph;
    struct chain_index *index;
    const struct job *job;
    VEC(struct chain_finding)
    findings;
    VEC(uint32_t)
    path;
};

/* Adds a finding; false when memory is short. */
bool chain_found(struct check *check, enum chain_finding_kind kind, uint32_t chain, uint32_t node,
                 uint32_t link) ERR_CHECK;

/* A shortest circle of essential links in each strongly connected part (cycles.c). */
enum err chain_check_cycles(struct check *check, struct errinfo *info) ERR_CHECK;

#endif
