/*
 * The market of an edition as the matching sees it: who offers and needs what, how an offer meets a
 * claim, and what firms said besides.
 *
 * Firms and nodes are dense numbers from 0. Everything after the relations may be left NULL: then
 * nobody said anything of the kind. Rows of firm i lie at [offset[i], offset[i + 1]) of their
 * array; offsets begin with 0 and ascend.
 *
 * Thread rule: never changed while somebody uses it. Ownership: all arrays are borrowed.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_MARKET_H
#define FAIRLEAD_ENGINE_MATCH_MARKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

enum {
    MATCH_NO_NODE = UINT32_MAX,
    MATCH_NO_FIRM = UINT32_MAX,
    MATCH_FIRMS_MAX = 1 << 24,  /* as the vertices of an assignment */
    MATCH_NODES_MAX = 1 << 24,  /* a node and its basis fit into 32 bits */
    MATCH_CLAIMS_MAX = 1 << 30, /* of one side: offsets stay inside 32 bits */
};

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

/* Rows of claims, the nodes of a firm ascending, none twice. */
struct match_claims {
    const size_t *offset; /* [firms + 1] */
    const uint32_t *node;
    const uint8_t *basis;   /* enum match_basis */
    const double *quantity; /* in one unit for all claims of a node, 0 = not said; may be NULL */
};

/* An offer of the row's node meets a claim of `node` on `side`. */
struct match_relation {
    uint32_t node;
    uint8_t side; /* enum match_side */
    uint8_t kind; /* enum match_kind */
};

/* What a firm is. Codes are the caller's, 0 = not said. */
struct match_firm {
    uint64_t languages; /* one bit each */
    uint32_t region;
    uint32_t group; /* firms of one group (a lead exhibitor and those it brought) never meet here */
    uint16_t country;
    uint8_t size;
    bool is_returning; /* took part in an earlier edition */
};

enum match_seek_kind {
    MATCH_SEEK_SUPPLIER,
    MATCH_SEEK_CUSTOMER,
    MATCH_SEEK_DEVELOPMENT, /* joint */
    MATCH_SEEK_PRODUCTION,  /* joint */
    MATCH_SEEK_SCENARIO,
    MATCH_SEEK_SERVICE,
    MATCH_SEEK_INVESTMENT,
    MATCH_SEEK_DISTRIBUTION,
    MATCH_SEEK_KINDS
};

struct match_seek {
    uint32_t node; /* MATCH_NO_NODE = of anything */
    uint8_t kind;  /* enum match_seek_kind */
};

enum match_demand { MATCH_MUST, MATCH_NICE, MATCH_NEVER, MATCH_DEMANDS };

enum match_attribute {
    MATCH_BY_COUNTRY,
    MATCH_BY_REGION,
    MATCH_BY_SIZE,
    MATCH_BY_LANGUAGE,
    MATCH_BY_CERTIFICATE,
    MATCH_BY_FIRM,
    MATCH_ATTRIBUTES
};

/*
 * What a firm asks of its partners. Of country, region, size and firm a partner has one, so several
 * demands of the same strength are alternatives; languages and certificates are asked for each on
 * its own. `never` holds against each value on its own.
 */
struct match_condition {
    uint32_t code;     /* as in match_firm; the number of a language's bit; a certificate; a firm */
    uint8_t demand;    /* enum match_demand */
    uint8_t attribute; /* enum match_attribute */
};

/* What two firms are to each other beside their goods. It stands in the rows of both, ascending by
 * firm; continuity and bar are the same in both rows. */
struct match_tie {
    uint32_t firm;    /* the other one */
    float wish;       /* the row's firm named the other: certainty of its identity, 0 = did not */
    float continuity; /* 1 agreement running, 0.8 memorandum, 0.6 met before, 0 = nothing */
    uint8_t bar;      /* not 0: the pair is never suggested, for a reason of the caller's */
};

struct match_market {
    uint32_t firms, nodes;
    struct match_claims claims[MATCH_SIDES];
    const size_t *relation_offset; /* [nodes + 1] by the node that is offered */
    const struct match_relation *relation;

    const struct match_firm *firm; /* [firms] */
    const size_t *seek_offset;     /* [firms + 1] */
    const struct match_seek *seek;
    const size_t *condition_offset; /* [firms + 1] */
    const struct match_condition *condition;
    const size_t *certificate_offset; /* [firms + 1] */
    const uint32_t *certificate;      /* codes that a firm holds, ascending */
    const size_t *tie_offset;         /* [firms + 1] */
    const struct match_tie *tie;
};

/*
 * Whether all of the above holds: offsets, order, ranges, finite numbers, ties in both rows.
 * Whoever builds a market from outside input calls it once; the rest of the engine relies on it.
 * ERR_INPUT names the array and the firm or node. O(size of the market x log(ties of a firm)).
 */
enum err match_market_check(const struct match_market *market, struct errinfo *info) ERR_CHECK;

#endif
