/*
 * The nodes of the chains: stage, level, depth, what they are essential to, the chain's sums and
 * the services around it. Fills report->chain, place and ecosystem. Private to engine/chain.
 */
#ifndef FAIRLEAD_ENGINE_CHAIN_PLACES_H
#define FAIRLEAD_ENGINE_CHAIN_PLACES_H

#include "engine/chain/chain.h"

/* One chain at a time seen as a graph of its own: node i is the slice's member i. */
struct chain_local {
    uint32_t *of_node;  /* [nodes of the graph] member, or CHAIN_NONE */
    uint32_t *supplier; /* [links] links with both ends in the chain, by supplier */
    uint32_t *customer; /* [links] */
    uint32_t *link;     /* [links] in the graph */
    uint32_t links;
    uint8_t *exhibitor_stages; /* [exhibitors] bit per stage the exhibitor stands at */
    uint32_t *part;            /* [members] weakly connected part */
    double *level;             /* [members] */
    uint32_t *queue;           /* [members] */
    uint32_t *final;           /* [finals] members that are final nodes, each once */
    uint32_t finals;
    uint64_t *reach; /* [members] bits of final nodes */
    uint8_t *waits;  /* [members] in the queue; all 0 between uses */
};

enum err chain_fill_places(struct chain_report *report, const struct job *job,
                           struct errinfo *info) ERR_CHECK;

/* depth, finals and finals_at_risk of chain `number`'s places (finals.c). */
void chain_follow_finals(struct chain_report *report, uint32_t number, struct chain_local *local);

/* report->gap, after the places (gaps.c). */
enum err chain_rank_gaps(struct chain_report *report, struct errinfo *info) ERR_CHECK;

#endif
