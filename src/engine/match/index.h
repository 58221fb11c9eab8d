/*
 * The market turned around, from the node to the firms: what every search of it shares. Private to
 * engine/match; made by match_index_new in candidates.h.
 *
 * Thread rule: read-only once made.
 */
#ifndef FAIRLEAD_ENGINE_MATCH_INDEX_H
#define FAIRLEAD_ENGINE_MATCH_INDEX_H

#include "engine/match/candidates.h"

enum { MATCH_PLACES = 3 };

/* Who offers a node, and from where: enough to tell what is left when two firms are taken away
 * (score.h, resilience). With a fourth country no pair leaves what would count. */
struct match_source {
    uint32_t firms;
    uint32_t unsaid; /* of these, without a country */
    uint32_t places; /* countries or regions, MATCH_PLACES + 1 = more than stand here */
    uint16_t country[MATCH_PLACES];
    uint32_t of[MATCH_PLACES]; /* firms of that country */
};

/*
 * Whether any supplier can add to the resilience of the node: one other is left when two of at most
 * three are taken away, or the others can be of at most two countries. Those are the supplier's and
 * one more; a third can only go away with the customer, who is then alone there.
 */
static inline bool match_source_is_thin(const struct match_source *s) {
    if (s->firms <= 3)
        return s->firms > 0;
    bool is_one_alone = s->of[0] == 1 || s->of[1] == 1 || s->of[2] == 1;
    return s->unsaid <= 2 && (s->places <= 2 || (s->places == 3 && is_one_alone));
}

/* An offer of `node` meets the claim whose row this stands in. */
struct match_met_by {
    uint32_t node;
    uint8_t kind; /* enum match_kind */
};

enum match_trait {
    MATCH_HAS_CONDITIONS = 1 << 0, /* a must or a never */
    MATCH_HAS_NICE = 1 << 1,
    MATCH_HAS_SEEKS = 1 << 2,
    MATCH_HAS_OPEN_SEEKS = 1 << 3, /* one without a node that asks for a fit */
    MATCH_IS_RETURNING = 1 << 4,
    MATCH_OFFERS_SERVICE = 1 << 5,
};

/* What bounds are made of, close together: it is read for every firm that a search reaches. */
struct match_firm_traits {
    uint64_t languages;
    uint32_t bits; /* enum match_trait */
};

/* A claim as one number: the node in the row of a firm, or the firm in the list of a node, above
 * its basis. */
enum { MATCH_BASIS_BITS = 2, MATCH_BASIS_MASK = (1 << MATCH_BASIS_BITS) - 1 };

struct match_index {
    const struct match_market *market;
    /* Claims of both sides of a firm close together, because every pair that is scored reads them:
     * offers of firm f from claim_offset[2 f], needs from claim_offset[2 f + 1]. */
    uint32_t *claim_offset; /* [2 * firms + 1] */
    uint32_t *claim;
    size_t *holder_offset[MATCH_SIDES]; /* [nodes + 1] */
    uint32_t *holder[MATCH_SIDES];      /* ascending */
    size_t *met_offset[MATCH_SIDES];    /* [nodes + 1] */
    struct match_met_by *met[MATCH_SIDES];
    size_t *seeker_offset;       /* [MATCH_SEEK_KINDS * (nodes + 1) + 1], NULL = nobody seeks */
    uint32_t *seeker;            /* firms, by kind, then node, those without a node last */
    uint8_t *is_service;         /* [nodes] */
    struct match_source *source; /* [nodes] */
    struct match_firm_traits *traits; /* [firms] */
    uint32_t any_bits;                /* that some firm has */
};

/* The row of a kind of seek and a node, which may be MATCH_NO_NODE, in seeker_offset. */
static inline size_t match_seeker_row(const struct match_index *index, enum match_seek_kind kind,
                                      uint32_t node) {
    uint32_t nodes = index->market->nodes;
    return kind * ((size_t)nodes + 1) + (node < nodes ? node : nodes);
}

/* The claims of a firm on a side, as numbers. */
struct match_row {
    const uint32_t *begin, *end;
};

static inline struct match_row match_row_of(const struct match_index *index, enum match_side side,
                                            uint32_t firm) {
    const uint32_t *offset = &index->claim_offset[2 * (size_t)firm + side];
    return (struct match_row){index->claim + offset[0], index->claim + offset[1]};
}

/* The position of a firm's claim of a node, or SIZE_MAX. O(log(claims of the firm)). */
size_t match_find_claim(const struct match_claims *claims, uint32_t firm, uint32_t node);

/* What the first has with the second beside goods, or NULL. O(log(ties of the first)). */
const struct match_tie *match_find_tie(const struct match_market *market, uint32_t first,
                                       uint32_t second);

#endif
