/*
 * What two firms are to each other: a score between 0 and 1 from named parts, each with its fact.
 *
 * Fit. A relation says which claim of a customer an offer meets: a need of the same node, of a node
 * it can stand in for, or an offer of something that is made with it. With strength r(kind) and the
 * certainty q of each claim (inferred, declared, confirmed), an offer y of firm s is worth to c
 *
 *     g(y) = q(s offers y) * max over relations of y to claims k of c of r * q(k)
 *     fit(s, c) = 1 - (1 - g1) * product over the other y of (1 - MATCH_FURTHER * g(y))
 *
 * where g1 is the largest: one thing that is exactly needed outweighs many that are near. Equal
 * worths: the stronger kind, then the need before the offer, then the smaller node.
 *
 * Resilience. The node that a fit supplies is the need that it meets, or else the input itself. If
 * one other firm offers it, s is the second source: 1, whatever its country, because a single
 * source is the sharpest risk. If several do and all are of one country or region, a supplier from
 * another one gives 1; if they are of two and s is of one of them, 0.5; otherwise 0. Who did not
 * say where it is gives no country. Scenario and service fits supply nothing that anybody depends
 * on. The larger of both directions.
 *
 * Volume. The best fact of a direction names one node for both and both said how much: the share of
 * the demand that the supplier covers, at most 1. The larger of both directions.
 *
 * Wishes. The largest of: a partner named (certainty of who is meant); a seek that the partner
 * meets; MATCH_OPEN times the share of the nice conditions that hold. A seek is worth r * q of what
 * meets it: supplier and service of n, an offer that meets a need of n; customer of n, a claim
 * that n meets; development, production and scenario of n, an offer of n itself (r = 1) or any
 * claim one relation away; investment and distribution, a partner that seeks the same, 1 of the
 * same node and MATCH_OPEN when one of them left the node open. A seek without a node is worth
 * MATCH_OPEN where there is a fit in its direction (in either for the joint ones; with a service
 * offered by the partner for services): it tells less than one with a node.
 *
 * Languages. 1 when both said theirs and one is common. Continuity. What the tie says, else
 * MATCH_BOTH_RETURN where both come back and there is a fit.
 *
 * Rivalry, taken off: the share of common nodes in all that both offer, as far as nothing is to be
 * exchanged.
 *
 * Nice conditions, resilience, volume, languages and coming back add where a fit, a partner named,
 * a seek met or a tie stands; alone they make nobody a partner. One group, a bar, an unmet must
 * (also one of which the partner said nothing) or a never makes the total 0, and the score says
 * which.
 *
 * Thread rule: pure.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_SCORE_H
#define FAIRLEAD_ENGINE_MATCH_SCORE_H

#include "engine/match/market.h"

#define MATCH_FURTHER 0.35    /* how much a second thing to exchange counts beside the best */
#define MATCH_OPEN 0.5        /* a wish that leaves open what of */
#define MATCH_BOTH_RETURN 0.3 /* continuity of two that come back */

enum match_part {
    MATCH_FIT_NEED,  /* their offer meets what the first needs */
    MATCH_FIT_OFFER, /* the first's offer meets what they need */
    MATCH_RESILIENCE,
    MATCH_VOLUME,
    MATCH_WISHES,
    MATCH_LANGUAGES,
    MATCH_CONTINUITY,
    MATCH_RIVALRY, /* taken off */
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

struct match_resilience {
    uint32_t node, supplier; /* MATCH_NO_NODE = nothing to tell */
    uint32_t others;         /* firms beside the two that offer the node */
    uint32_t countries;      /* or regions, of those */
};

struct match_volume {
    uint32_t node, supplier; /* MATCH_NO_NODE = nothing to tell */
    double supply, demand;
};

enum match_wish_kind { MATCH_WISH_NONE, MATCH_WISH_NAMED, MATCH_WISH_SEEK, MATCH_WISH_NICE };

struct match_wish {
    uint8_t kind;         /* enum match_wish_kind */
    uint8_t side;         /* of `node`, when a seek */
    uint32_t firm;        /* whose wish */
    uint32_t seek;        /* position in market->seek, when a seek */
    uint32_t node;        /* of the partner, that meets it; MATCH_NO_NODE = a fit or its own seek */
    uint32_t held, asked; /* nice conditions; alternatives count once */
};

enum match_obstacle_kind {
    MATCH_NO_OBSTACLE,
    MATCH_SAME_FIRM,
    MATCH_SAME_GROUP,
    MATCH_BARRED,
    MATCH_CONDITION
};

/* Why the total is 0 whatever the parts. */
struct match_obstacle {
    uint8_t kind;       /* enum match_obstacle_kind */
    uint8_t bar;        /* of the tie */
    bool is_unsaid;     /* the partner did not say what a must asks for */
    uint32_t firm;      /* whose condition */
    uint32_t condition; /* position in market->condition */
};

struct match_score {
    double total; /* 0 to 1 */
    double part[MATCH_PARTS];
    struct match_fact need, offer; /* of MATCH_FIT_NEED and MATCH_FIT_OFFER */
    struct match_resilience resilience;
    struct match_volume volume;
    struct match_wish wish;
    uint64_t languages;     /* in common */
    bool languages_said;    /* by both */
    bool both_return;       /* continuity comes from that */
    uint32_t same, same_of; /* offers in common, of so many different ones */
    struct match_obstacle obstacle;
};

/* A stable word for store and API: "fit-need", "resilience", ... */
const char *match_part_code(enum match_part part);

/*
 * The weights that an edition begins with. A fit in one direction is most of a pair, since two
 * firms seldom need each other both ways; a wish said outright weighs about half of that; what
 * stands between them already and what makes the chain safer come next; volume and a common
 * language order those that are otherwise equal, because interpreters and a second supplier can be
 * found.
 */
double match_default_weight(enum match_part part);

/* Whether each weight is a number from 0 to 1; ERR_INPUT names the first part whose is not. */
enum err match_weights_check(const double weight[MATCH_PARTS], struct errinfo *info) ERR_CHECK;

/* Worth of a relation when both claims are confirmed, and of a claim by its basis. They order the
 * kinds as listed above; the organiser changes the weights of parts, not these. */
double match_strength(enum match_kind kind);
double match_certainty(enum match_basis basis);

struct match_finder; /* candidates.h */

/*
 * The score of a pair, as `first` sees it. Weights are between 0 and 1. With equal weights of both
 * fits the total is the same from both ends. O(claims of both and their relations); several
 * pairs with the same `first` in a row cost less.
 */
struct match_score match_score_pair(struct match_finder *finder, const double weight[MATCH_PARTS],
                                    uint32_t first, uint32_t second);

#endif
