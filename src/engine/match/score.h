/*
 * What two firms are to each other: a score between 0 and 1 from named parts, each with its fact.
 *
 * A relation says which claim of a customer an offer meets: a need of the same node, of a node it
 * can stand in for, or an offer of something that is made with it. With strength r(kind) and the
 * certainty q of each claim (inferred, declared, confirmed), an offer y of firm s is worth to c
 *
 *     g(y) = q(s offers y) * max over relations of y to claims k of c of r * q(k)
 *     fit(s, c) = 1 - (1 - g1) * product over the other y of (1 - MATCH_FURTHER * g(y))
 *
 * where g1 is the largest: one thing that is exactly needed outweighs many that are near. Rivalry
 * is the share of common nodes in all that both offer, as far as nothing is to be exchanged.
 *
 * Thread rule: pure. Ownership: all arrays are borrowed.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_SCORE_H
#define FAIRLEAD_ENGINE_MATCH_SCORE_H

#include <stddef.h>
#include <stdint.h>

enum { MATCH_NO_NODE = UINT32_MAX };

#define MATCH_FURTHER 0.35 /* how much a second thing to exchange counts beside the best */

enum match_side { MATCH_OFFERS, MATCH_NEEDS, MATCH_SIDES };
enum match_basis { MATCH_INFERRED, MATCH_DECLARED, MATCH_CONFIRMED, MATCH_BASES };

/* How an offer meets a claim, strongest first. */
enum match_kind {
    MATCH_SAME,       /* the need names the node */
    MATCH_ESSENTIAL,  /* an essential input of what the customer offers */
    MATCH_SUBSTITUTE, /* can stand in for the node that is needed */
    MATCH_CAPITAL,    /* a tool to make what the customer offers */
    MATCH_OPTIONAL,   /* an optional input of it */
    MATCH_SCENARIO,   /* a part of it in the bill of a scenario */
    MATCH_SERVICE,    /* a service to the chain it belongs to */
    MATCH_KINDS
};

/* Rows of claims: firm i has node[offset[i]] .. node[offset[i + 1]], ascending, none twice. */
struct match_claims {
    const size_t *offset; /* [firms + 1] */
    const uint32_t *node;
    const uint8_t *basis; /* enum match_basis */
};

/* An offer of the row's node meets a claim of `node` on `side`. */
struct match_relation {
    uint32_t node;
    uint8_t side; /* enum match_side */
    uint8_t kind; /* enum match_kind */
};

struct match_market {
    uint32_t firms, nodes;
    struct match_claims claims[MATCH_SIDES];
    const size_t *relation_offset; /* [nodes + 1] by the node that is offered */
    const struct match_relation *relation;
};

enum match_part {
    MATCH_FIT_NEED,  /* their offer meets what the first needs */
    MATCH_FIT_OFFER, /* the first's offer meets what they need */
    MATCH_RIVALRY,   /* taken off */
    MATCH_PARTS
};

/* What a fit rests on: `give` of the supplier meets `take` of the customer. */
struct match_fact {
    uint32_t give, take; /* MATCH_NO_NODE = nothing */
    uint8_t side, kind;  /* of the relation */
    uint8_t give_basis, take_basis;
    double worth;    /* g1 */
    uint32_t things; /* offers that are worth something to the customer */
};

struct match_score {
    double total; /* 0 to 1 */
    double part[MATCH_PARTS];
    struct match_fact need, offer; /* of MATCH_FIT_NEED and MATCH_FIT_OFFER */
};

/* Worth of a relation when both claims are confirmed, and of a claim by its basis. They order the
 * kinds as listed above; the organiser changes the weights of parts, not these. */
double match_strength(enum match_kind kind);
double match_certainty(enum match_basis basis);

/* How well the supplier's offers meet the customer's claims, 0 to 1. O(relations of the offers x
 * log(claims)). */
double match_fit(const struct match_market *market, uint32_t supplier, uint32_t customer,
                 struct match_fact *fact);

/*
 * The score of a pair, as `first` sees it. Weights are between 0 and 1. With equal weights of both
 * fits the total is the same from both ends.
 */
struct match_score match_score_pair(const struct match_market *market,
                                    const double weight[MATCH_PARTS], uint32_t first,
                                    uint32_t second);

#endif
