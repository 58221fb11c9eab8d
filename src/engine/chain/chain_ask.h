/*
 * Questions asked of a chain report: who could fill a gap, who stands next to an exhibitor, what a
 * bill of nodes lacks, and the small chain on a leader's joint stand.
 *
 * Each answer is worked out when asked, from the report's tables, and touches nothing else: a
 * finished report may be asked by many threads. Results are deterministic.
 *
 * Ownership: lists are written into the caller's arrays, or owned by the caller where a function
 * has a _release beside it.
 */
#ifndef FAIRLEAD_ENGINE_CHAIN_ASK_H
#define FAIRLEAD_ENGINE_CHAIN_ASK_H

#include "engine/chain/chain.h"

/* ---- what can stand in for a node ---- */

/* One alternative; begin with zeros. */
struct chain_alternative {
    uint32_t node;    /* what can stand in ... */
    uint32_t product; /* ... as an input of this node; all of a link come together */
    uint32_t link;    /* of the node into the product */
    uint32_t next;    /* private: the link to look at next */
};

/*
 * The next alternative of a node, product by product in order of links; false after the last. For
 * one product a node may be replaceable and for another not. O(links) for each product.
 */
bool chain_next_alternative(const struct chain_graph *graph, uint32_t node,
                            struct chain_alternative *at);

/* ---- who could fill a gap ---- */

/* Why somebody could offer a node, strongest reason first; the order is the order of the list. */
enum chain_reason {
    CHAIN_REASON_OFFERED_EARLIER, /* offered the node in an earlier edition */
    CHAIN_REASON_LEADER_PARTNER,  /* partner of a lead exhibitor that needs the node */
    CHAIN_REASON_ALTERNATIVE,     /* offers an alternative of it for the same output */
    CHAIN_REASON_SAME_OUTPUT,     /* offers another essential input of one of its outputs */
    CHAIN_REASON_INPUT,           /* offers an essential input of it: one step down would do */
    CHAIN_REASON_OUTPUT,          /* offers an output it is essential to: one step up would do */
    CHAIN_REASONS
};

struct chain_candidate {
    uint32_t exhibitor;    /* of this edition, or CHAIN_NONE: an organisation of the past only */
    uint32_t organisation; /* index in chain_past for OFFERED_EARLIER, else CHAIN_NONE */
    uint8_t reason;        /* enum chain_reason: the strongest that applies */
    uint32_t evidence;     /* node that shows it: what it offers or offered (for a partner: the
                              node its leader needs) */
    uint32_t lead;         /* for LEADER_PARTNER the lead exhibitor, else CHAIN_NONE */
    uint32_t edition;      /* for OFFERED_EARLIER the latest such edition, else 0 */
    uint32_t evidences;    /* how many nodes show it; earlier: how many editions */
};

/*
 * Who could fill the gap `kind` at `node`: at most `max` candidates into `out`, best first; returns
 * the number in `*count`. Nobody who offers the node now is named, and each organisation once. For
 * NO_SMALL_FIRM, NO_FOREIGN and NO_DOMESTIC only those known to be of that kind; for ONE_COUNTRY
 * only those known to come from another country.
 *
 * Rank: reason, then the latest edition, then number of evidences, then index. At most
 * CHAIN_CANDIDATE_SCAN claims are read per reason, so an answer stays short work on any network.
 * Errors: ERR_MEMORY; ERR_NOT_FOUND for a node or kind that does not exist.
 */
enum { CHAIN_CANDIDATE_SCAN = 16384 };

enum err chain_candidates(const struct chain_report *report, uint32_t node,
                          enum chain_gap_kind kind, struct chain_candidate *out, size_t max,
                          size_t *count, struct errinfo *info) ERR_CHECK;

/* ---- who stands next to an exhibitor ---- */

enum chain_direction {
    CHAIN_UP,   /* suppliers: who offers inputs of what it offers, or what it says it needs */
    CHAIN_DOWN, /* customers: who offers outputs of what it offers, or says it needs what it offers
                 */
};

struct chain_neighbour {
    uint32_t exhibitor;
    uint32_t said;                    /* nodes that are needed by an own (not inferred) statement */
    uint32_t links[CHAIN_LINK_KINDS]; /* links that join the two, by kind */
    uint8_t basis;                    /* the surest of what joins them; of a link, the weaker end */
    uint32_t supplied;                /* the best joining link's input: goes between the two */
    uint32_t used_in;                 /* its output, or CHAIN_NONE for a statement without one */
};

struct chain_neighbours {
    struct chain_neighbour *at; /* owned */
    size_t count;
};

/*
 * The neighbours of an exhibitor up or down `chain` (CHAIN_NONE = the whole catalogue): with a
 * chain, only links and nodes inside it count. Itself is not among them. Order: said, essential,
 * optional, capital links (more first), basis, index.
 *
 * Complexity: O(joining claims + exhibitors) time and memory for the answer.
 * Errors: ERR_MEMORY; ERR_NOT_FOUND for an exhibitor or chain that does not exist.
 */
enum err chain_find_neighbours(const struct chain_report *report, uint32_t exhibitor,
                               enum chain_direction direction, uint32_t chain,
                               struct chain_neighbours *out, struct errinfo *info) ERR_CHECK;

void chain_neighbours_release(struct chain_neighbours *neighbours);

/* ---- bills of nodes (scenarios) ---- */

enum chain_part_state {
    CHAIN_PART_OFFERED,          /* somebody says that it offers the node */
    CHAIN_PART_OFFERED_INFERRED, /* offers are only inferred */
    CHAIN_PART_ALTERNATIVE,      /* nobody, but an alternative for the part above is offered */
    CHAIN_PART_NOT_IN_REGISTER,  /* nobody in a register that is not complete */
    CHAIN_PART_MISSING,          /* nobody, and the register is complete */
};

struct chain_part {
    uint8_t state;        /* enum chain_part_state */
    uint32_t offers;      /* exhibitors that offer the node on any basis: report->offers_by_node */
    uint32_t alternative; /* for ALTERNATIVE, the node offered instead, else CHAIN_NONE */
    uint32_t parts;       /* parts in the tree from here down, this one included ... */
    uint32_t missing;     /* ... and of them MISSING or NOT_IN_REGISTER */
};

/*
 * Reads a bill: part i is node[i] within part parent[i] (a position in the bill; CHAIN_NONE = top).
 * Fills out[i] for each. O(parts + links of their nodes).
 * Errors: ERR_INPUT a node or parent out of range, or parents that run in a circle; ERR_MEMORY.
 */
enum err chain_read_bill(const struct chain_report *report, uint32_t parts, const uint32_t *node,
                         const uint32_t *parent, struct chain_part *out,
                         struct errinfo *info) ERR_CHECK;

/* ---- a chain leader's joint stand ---- */

struct chain_stand_node {
    uint32_t node;
    bool by_leader;
    uint32_t partners; /* partners that offer it */
    uint8_t need;      /* 1 + enum chain_basis of the leader's need; 0 = it needs it not */
};

struct chain_stand {
    uint32_t leader;
    uint32_t *partner; /* [partners] exhibitors whose lead is the leader, ascending */
    uint32_t partners;
    /* [nodes] what the leader or a partner offers or the leader needs, ascending by node */
    struct chain_stand_node *node;
    uint32_t nodes;
    uint32_t *link; /* [links] links of the graph with both ends offered on the stand */
    uint32_t links;
    uint32_t needs;     /* nodes the leader needs ... */
    uint32_t needs_met; /* ... and of them offered by a partner */
};

/*
 * The small chain of a leader and those it brought. An exhibitor without partners gives a stand of
 * its own nodes. O(exhibitors + claims of the stand + links of its nodes).
 * Errors: ERR_MEMORY; ERR_NOT_FOUND for an exhibitor that does not exist.
 */
enum err chain_find_stand(const struct chain_report *report, uint32_t leader,
                          struct chain_stand *out, struct errinfo *info) ERR_CHECK;

void chain_stand_release(struct chain_stand *stand);

#endif
