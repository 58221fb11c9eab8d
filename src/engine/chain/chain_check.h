/*
 * Faults of a catalogue: what is wrong or doubtful in a graph and its chains, as a list of findings
 * with indices, which the caller turns into words. Nothing is mended and nothing is refused: the
 * engine can work with all of it.
 *
 * Thread rule: pure function. Ownership: the list is the caller's; chain_findings_release.
 */
#ifndef FAIRLEAD_ENGINE_CHAIN_CHECK_H
#define FAIRLEAD_ENGINE_CHAIN_CHECK_H

#include "engine/chain/chain.h"

enum chain_finding_kind {
    CHAIN_FOUND_CYCLE,             /* essential links that run in a circle: `path`, from node */
    CHAIN_FOUND_SELF_LOOP,         /* link from a node to itself: node, link */
    CHAIN_FOUND_DUPLICATE_LINK,    /* same input and output as an earlier link: link, other */
    CHAIN_FOUND_NODE_IN_NO_CHAIN,  /* node */
    CHAIN_FOUND_NODE_WITHOUT_LINK, /* node */
    CHAIN_FOUND_UNKNOWN_STAGE,     /* the organiser gave no stage: chain, node */
    CHAIN_FOUND_ALTERNATIVE_NOT_ESSENTIAL, /* in a group, but optional or capital: node, link */
    CHAIN_FOUND_GROUP_OF_ONE,              /* an alternatives group with one input: node, link */
    CHAIN_FOUND_FINAL_NOT_IN_CHAIN,        /* final node that is no member: chain, node */
    CHAIN_FOUND_FINAL_NOT_FED,             /* no essential way from an upstream node: chain, node */
    CHAIN_FOUND_AGAINST_STAGES, /* essential link to an earlier stage: chain, link, node */
    CHAIN_FINDING_KINDS
};

struct chain_finding {
    uint8_t kind;        /* enum chain_finding_kind */
    uint32_t chain;      /* or CHAIN_NONE */
    uint32_t node;       /* or CHAIN_NONE; for links the output */
    uint32_t link;       /* or CHAIN_NONE */
    uint32_t other;      /* the earlier link of a duplicate, else CHAIN_NONE */
    size_t path_first;   /* nodes of a cycle: path[path_first] .. + path_count, in link order */
    uint32_t path_count; /* 0 for all other kinds */
};

struct chain_findings {
    struct chain_finding *at; /* owned; by kind, then chain, node, link */
    size_t count;
    uint32_t *path; /* owned */
    size_t paths;
};

/*
 * Checks a catalogue. One cycle is reported per strongly connected part over essential links, and
 * it is a shortest one of that part (of parts with more than CHAIN_CYCLE_EXACT nodes: a shortest
 * one through one of its first CHAIN_CYCLE_EXACT nodes). Mend it and check again to see the next.
 *
 * Errors: ERR_INPUT an index or enum out of range; ERR_MEMORY; ERR_STOPPED.
 * Complexity: O(nodes + links + members) and, per strongly connected part, at most
 * CHAIN_CYCLE_EXACT searches in it.
 */
enum { CHAIN_CYCLE_EXACT = 1000 };

enum err chain_check(const struct chain_graph *graph, uint32_t chains,
                     const struct chain_slice *slice, const struct job *job,
                     struct chain_findings *out, struct errinfo *info) ERR_CHECK;

void chain_findings_release(struct chain_findings *findings);

#endif
