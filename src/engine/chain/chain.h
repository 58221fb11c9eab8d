/*
 * The chain engine: an edition's exhibitors placed in the chains of a catalogue.
 *
 * In: a graph of nodes (materials, components, equipment, products, services) and links
 * (input -> output), slices of it (chains), and a register (who offers and who needs which node).
 * Out: a report: who offers and needs each node and how sure that is, which links are live, how
 * concentrated each node is, what is missing and how much it matters, and where each node stands
 * between upstream and downstream. Questions about one gap, exhibitor, bill or stand are asked of
 * the report with chain_ask.h; faults of the catalogue itself are found with chain_check.h.
 *
 * Everything is a dense index: nodes [0, nodes), links [0, links), exhibitors [0, exhibitors),
 * chains [0, chains). The engine knows no names, ids or languages.
 *
 * What is known and what is not is kept apart everywhere:
 *   - a claim (an offer or a need) is inferred, declared or confirmed; counts are given per basis,
 *     and one exhibitor counts once a node, under its strongest basis;
 *   - an unknown country, size or origin is never counted as a kind of it;
 *   - a gap is only stated when the register is complete; see enum chain_gap_state.
 *
 * Ownership: the report owns its arrays and borrows the input, which must outlive it unchanged.
 * Thread rule: a finished report is read-only; any number of threads may read and ask it.
 * Result: the same for the same input, whatever the number of threads.
 */
#ifndef FAIRLEAD_ENGINE_CHAIN_CHAIN_H
#define FAIRLEAD_ENGINE_CHAIN_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/job.h"

enum {
    CHAIN_NONE = UINT32_MAX,      /* no such index, or not known */
    CHAIN_INDEX_MAX = 0x1ffffffe, /* largest node or exhibitor index: claims hold 29 bits of it */
};

enum chain_link_kind {
    CHAIN_ESSENTIAL, /* the output cannot be made without the input or one of its alternatives */
    CHAIN_OPTIONAL,  /* raises quality, or belongs to some variants */
    CHAIN_CAPITAL,   /* used to make the output, not built into it */
    CHAIN_LINK_KINDS
};

enum chain_stage {
    CHAIN_UPSTREAM,
    CHAIN_MIDSTREAM,
    CHAIN_DOWNSTREAM,
    CHAIN_STAGE_UNKNOWN, /* in: to be computed; out: nothing to compute it from */
    CHAIN_STAGES
};

enum chain_role { CHAIN_CORE, CHAIN_SHARED, CHAIN_TOOL, CHAIN_SERVICE, CHAIN_ROLES };

/* How sure a claim is, weakest first. */
enum chain_basis { CHAIN_INFERRED, CHAIN_DECLARED, CHAIN_CONFIRMED, CHAIN_BASES };

enum chain_size {
    CHAIN_SIZE_UNKNOWN,
    CHAIN_SIZE_SMALL,
    CHAIN_SIZE_MEDIUM,
    CHAIN_SIZE_LARGE,
    CHAIN_SIZE_INSTITUTION, /* known to be no firm: not small, medium or large */
    CHAIN_SIZES
};

/* Decided by the caller's rule of what counts as foreign. */
enum chain_origin { CHAIN_ORIGIN_UNKNOWN, CHAIN_DOMESTIC, CHAIN_FOREIGN, CHAIN_ORIGINS };

/* ---- input ---- */

struct chain_graph {
    uint32_t nodes;
    uint32_t links;
    const uint32_t *input;  /* [links] node */
    const uint32_t *output; /* [links] node */
    const uint8_t *kind;    /* [links] enum chain_link_kind */
    /* [links] 0 = none; links of one output with the same number are inputs that can stand in for
     * each other. Numbers count per output. NULL = no alternatives. Only essential links count. */
    const uint32_t *alternative_group;
    const uint8_t *is_service; /* [nodes] 1 = a service; NULL = none is */
};

struct chain_slice {
    uint32_t members;
    const uint32_t *node;  /* [members] each node at most once */
    const uint8_t *stage;  /* [members] enum chain_stage as the organiser sees it */
    const uint8_t *role;   /* [members] enum chain_role */
    uint32_t finals;       /* number of final nodes (what the chain ends in) */
    const uint32_t *final; /* [finals] nodes; one that is no member is ignored (chain_check.h) */
};

/* Statements of exhibitors about nodes, in any order; repeated ones count once. */
struct chain_claims {
    size_t count;
    const uint32_t *exhibitor; /* [count] */
    const uint32_t *node;      /* [count] */
    const uint8_t *basis;      /* [count] enum chain_basis */
};

struct chain_register {
    uint32_t exhibitors;
    uint32_t countries;
    const uint32_t *country; /* [exhibitors] index below `countries`, or CHAIN_NONE = unknown */
    const uint8_t *size;     /* [exhibitors] enum chain_size */
    const uint8_t *origin;   /* [exhibitors] enum chain_origin */
    const uint32_t *lead;    /* [exhibitors] the lead exhibitor that brought it, or CHAIN_NONE */
    const double *weight;    /* [exhibitors] > 0, for concentration; NULL = each weighs 1 */
    struct chain_claims offers;
    struct chain_claims needs;
    bool complete; /* the organiser marked the edition's register complete: gaps may be stated */
};

/* What organisations offered in earlier editions; serves only to find who could fill a gap. */
struct chain_past {
    uint32_t organisations;
    const uint32_t *country; /* [organisations] as in the register */
    const uint8_t *size;     /* [organisations] enum chain_size */
    const uint8_t *origin;   /* [organisations] enum chain_origin */
    const uint32_t *present; /* [organisations] the exhibitor it is this time, or CHAIN_NONE */
    size_t offers;
    const uint32_t *organisation; /* [offers] */
    const uint32_t *node;         /* [offers] */
    const uint32_t *edition;      /* [offers] a number that grows with time */
};

struct chain_input {
    const struct chain_graph *graph;
    uint32_t chains;
    const struct chain_slice *slice; /* [chains] */
    const struct chain_register *reg;
    const struct chain_past *past; /* NULL = no earlier edition is known */
};

/* ---- report ---- */

/* One claim in a table: the other side, how sure, and for needs whether nobody meets it. */
struct chain_claim {
    uint32_t of : 29;   /* node in tables by exhibitor, exhibitor in tables by node */
    uint32_t basis : 2; /* enum chain_basis, the strongest of repeated claims */
    uint32_t open : 1;  /* needs only: no other exhibitor's offer meets it (see chain_node) */
};

/* Rows of claims: row i is claim[offset[i]] .. claim[offset[i + 1]], sorted by `of`, no `of` twice.
 */
struct chain_table {
    uint32_t rows;
    size_t *offset; /* [rows + 1] */
    struct chain_claim *claim;
};

struct chain_row {
    const struct chain_claim *at;
    size_t count;
};

static inline struct chain_row chain_row(const struct chain_table *table, uint32_t row) {
    return (struct chain_row){table->claim + table->offset[row],
                              table->offset[row + 1] - table->offset[row]};
}

/* What a node may lack. All but the first two ask for at least one offerer. */
enum chain_gap_kind {
    CHAIN_GAP_NO_EXHIBITOR,  /* nobody offers it on any basis */
    CHAIN_GAP_ONLY_INFERRED, /* offers are only inferred: nobody has said so */
    CHAIN_GAP_ONE_SOURCE,    /* exactly one exhibitor offers it */
    CHAIN_GAP_ONE_COUNTRY,   /* all offerers come from one country (one source included) */
    CHAIN_GAP_NO_SMALL_FIRM, /* no offerer is a small or medium firm */
    CHAIN_GAP_NO_FOREIGN,    /* no offerer is foreign */
    CHAIN_GAP_NO_DOMESTIC,   /* no offerer is domestic */
    CHAIN_GAP_KINDS
};

/*
 * Three-valued, and honest about the register: whether all offerers are of one kind can only be
 * said when the fact is known of each that matters.
 */
enum chain_gap_state {
    CHAIN_GAP_ABSENT,          /* there is no such gap */
    CHAIN_GAP_UNKNOWN,         /* an unknown country, size or origin decides it */
    CHAIN_GAP_NOT_IN_REGISTER, /* so in the register, which is not complete: say no more */
    CHAIN_GAP_STATED,          /* so in a complete register */
};

/* A node in this edition. "Offerer" = exhibitor that offers the node, on any basis. */
struct chain_node {
    uint32_t offers[CHAIN_BASES]; /* offerers by their strongest basis; the sum is all of them */
    /* Exhibitors that need it by strongest basis. Inferred ones hold those of the register and
     * those that follow: who offers an output needs each essential input, unless it offers that
     * input or an alternative of it itself. */
    uint32_t needs[CHAIN_BASES];
    /* Of them, how many nobody meets: no other exhibitor offers the node, nor, for a need that
     * follows from an output, an alternative of it for that output. */
    uint32_t needs_open;
    uint32_t countries; /* different known countries of offerers */
    uint32_t country_unknown;
    uint32_t small_medium;
    uint32_t size_unknown;
    uint32_t domestic;
    uint32_t foreign; /* offerers of unknown origin: all less domestic less foreign */
    /* Herfindahl-Hirschman index over offerers' weights, in (0, 1]; 0 = nothing to compute from.
     * By country over offerers whose country is known. */
    double hhi_firm;
    double hhi_country;
    uint8_t gap[CHAIN_GAP_KINDS]; /* enum chain_gap_state */
};

static inline uint32_t chain_offers(const struct chain_node *node) {
    return node->offers[CHAIN_INFERRED] + node->offers[CHAIN_DECLARED] +
           node->offers[CHAIN_CONFIRMED];
}

static inline uint32_t chain_needs(const struct chain_node *node) {
    return node->needs[CHAIN_INFERRED] + node->needs[CHAIN_DECLARED] + node->needs[CHAIN_CONFIRMED];
}

/* Whether both ends of a link are offered, and the weaker of both ends' strongest basis. */
enum chain_live {
    CHAIN_NOT_LIVE,
    CHAIN_LIVE_INFERRED,
    CHAIN_LIVE_DECLARED,
    CHAIN_LIVE_CONFIRMED,
};

struct chain_link {
    uint8_t live;     /* enum chain_live */
    bool covered;     /* the input, or for an essential link an alternative of it, is offered */
    bool replaceable; /* an alternative of the input for this output is offered */
};

/* A node in a chain. */
struct chain_place {
    uint32_t node;
    uint8_t stage;       /* enum chain_stage */
    uint8_t role;        /* enum chain_role */
    bool stage_computed; /* from the trophic level, not from the organiser */
    double level;        /* trophic level in this chain; see trophic.h */
    /* Fewest essential links inside the chain to a final node; CHAIN_NONE = none leads there. */
    uint32_t depth;
    /* Final nodes of the chain that it is essential to, directly or through other nodes ... */
    uint32_t finals;
    /* ... and those of them reached on a way where no input has an offered alternative. */
    uint32_t finals_at_risk;
};

struct chain_gap {
    uint32_t chain;
    uint32_t node;
    uint8_t kind;      /* enum chain_gap_kind */
    uint8_t state;     /* CHAIN_GAP_STATED or CHAIN_GAP_NOT_IN_REGISTER */
    uint32_t waiting;  /* exhibitors that need it (no exhibitor: those whose need is open) */
    double importance; /* 0 to 1; see gaps.c */
};

struct chain_summary {
    size_t place_first; /* its nodes: report->place[place_first] .. + places, as in the slice */
    uint32_t places;
    size_t gap_first; /* its gaps: report->gap[gap_first] .. + gaps, most important first */
    size_t gaps;
    /* The services around it: nodes report->ecosystem[ecosystem_first] .. + ecosystems. Members
     * with the role of a service first, then services outside the chain that a link joins to it. */
    size_t ecosystem_first;
    size_t ecosystems;
    uint32_t finals;                      /* final nodes that are members */
    uint32_t nodes[CHAIN_STAGES];         /* nodes by stage */
    uint32_t offered[CHAIN_STAGES];       /* of them, with an offerer on any basis */
    uint32_t exhibitors;                  /* exhibitors that offer one of its nodes ... */
    uint32_t exhibitors_at[CHAIN_STAGES]; /* ... by stage; one may stand at several */
    uint32_t links[CHAIN_LINK_KINDS];     /* links with both ends in the chain */
    uint32_t live[CHAIN_LINK_KINDS];      /* of them, live on any basis */
    double incoherence;                   /* F0 of the chain's links: 0 layered, 1 no direction */
    bool cut_known;                       /* stages could be computed: the organiser gave some */
    double cut_midstream;                 /* computed stage is upstream below this level ... */
    double cut_downstream;                /* ... and downstream from this one on */
    uint32_t cut_misfits;                 /* organiser's stages that the cut does not meet */
};

struct chain_report {
    struct chain_input input;    /* borrowed, as given */
    struct chain_node *node;     /* [nodes] */
    struct chain_link *link;     /* [links] */
    struct chain_summary *chain; /* [chains] */
    struct chain_place *place;   /* all chains' nodes; see chain_summary */
    struct chain_gap *gap;       /* all chains' gaps; see chain_summary */
    uint32_t *ecosystem;         /* service nodes; see chain_summary */
    struct chain_table offers_by_exhibitor;
    struct chain_table offers_by_node;
    struct chain_table needs_by_exhibitor; /* with the inferred ones */
    struct chain_table needs_by_node;
    struct chain_index *index; /* private: neighbours in the graph, chains of a node, the past */
};

/*
 * Analyses an edition. On success `*out` is the report; free it with chain_report_free.
 *
 * Errors: ERR_INPUT an index or enum out of range, a node twice in a chain, a weight that is not
 * positive (the words name the array and the position); ERR_LIMIT more than CHAIN_INDEX_MAX nodes
 * or exhibitors; ERR_MEMORY; ERR_STOPPED when the job says so.
 * Complexity: O(nodes + links + claims + claims that follow) besides the trophic levels (trophic.h)
 * and O(n log n) to sort gaps and cuts; final nodes are followed 64 at a time.
 */
enum err chain_analyse(const struct chain_input *input, const struct job *job,
                       struct chain_report **out, struct errinfo *info) ERR_CHECK;

void chain_report_free(struct chain_report *report);

/* The chains that hold a node: positions in report->place, ascending by chain. O(1). */
struct chain_positions {
    const uint32_t *at;
    size_t count;
};
struct chain_positions chain_places_of(const struct chain_report *report, uint32_t node);

/* The chain of a position in report->place. O(log chains). */
uint32_t chain_of_place(const struct chain_report *report, uint32_t position);

#endif
