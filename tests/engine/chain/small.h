/*
 * Small editions for the tests of the chain engine, put together call by call. Arrays are of fixed
 * size; asserts guard them. One fixture at a time: zero it, add, small_input, analyse.
 */
#ifndef FAIRLEAD_TESTS_CHAIN_SMALL_H
#define FAIRLEAD_TESTS_CHAIN_SMALL_H

#include "unit.h"

#include "base/rng.h"
#include "engine/chain/chain.h"

enum {
    SMALL_LINKS = 2048,
    SMALL_NODES = 512,
    SMALL_CHAINS = 4,
    SMALL_EXHIBITORS = 256,
    SMALL_CLAIMS = 2048
};

struct small_claims {
    uint32_t exhibitor[SMALL_CLAIMS];
    uint32_t node[SMALL_CLAIMS];
    uint8_t basis[SMALL_CLAIMS];
    size_t count;
};

struct small_chain {
    uint32_t node[SMALL_NODES];
    uint8_t stage[SMALL_NODES];
    uint8_t role[SMALL_NODES];
    uint32_t final[SMALL_NODES];
    uint32_t members;
    uint32_t finals;
};

struct small {
    struct chain_graph graph;
    struct chain_register reg;
    struct chain_past past;
    struct chain_slice slices[SMALL_CHAINS];
    struct chain_input input;

    uint32_t link_input[SMALL_LINKS];
    uint32_t link_output[SMALL_LINKS];
    uint8_t link_kind[SMALL_LINKS];
    uint32_t link_group[SMALL_LINKS];
    uint8_t is_service[SMALL_NODES];
    struct small_chain chain[SMALL_CHAINS];
    uint32_t country[SMALL_EXHIBITORS];
    uint8_t size[SMALL_EXHIBITORS];
    uint8_t origin[SMALL_EXHIBITORS];
    uint32_t lead[SMALL_EXHIBITORS];
    double weight[SMALL_EXHIBITORS];
    struct small_claims offers;
    struct small_claims needs;
    uint32_t past_country[SMALL_EXHIBITORS];
    uint8_t past_size[SMALL_EXHIBITORS];
    uint8_t past_origin[SMALL_EXHIBITORS];
    uint32_t past_present[SMALL_EXHIBITORS];
    struct small_claims past_offers; /* exhibitor = organisation */
    uint32_t past_edition[SMALL_CLAIMS];
};

/* Returns the link's index. */
static inline uint32_t small_link(struct small *s, uint32_t input, uint32_t output, uint8_t kind,
                                  uint32_t group) {
    uint32_t link = s->graph.links++;
    assert_true(link < SMALL_LINKS);
    s->link_input[link] = input;
    s->link_output[link] = output;
    s->link_kind[link] = kind;
    s->link_group[link] = group;
    return link;
}

static inline void small_member(struct small *s, uint32_t chain, uint32_t node, uint8_t stage,
                                uint8_t role) {
    struct small_chain *c = &s->chain[chain];
    assert_true(c->members < SMALL_NODES);
    c->node[c->members] = node;
    c->stage[c->members] = stage;
    c->role[c->members++] = role;
    if (s->input.chains <= chain)
        s->input.chains = chain + 1;
}

static inline void small_final(struct small *s, uint32_t chain, uint32_t node) {
    s->chain[chain].final[s->chain[chain].finals++] = node;
}

/* Returns the exhibitor's index. */
static inline uint32_t small_exhibitor(struct small *s, uint32_t country, uint8_t size,
                                       uint8_t origin) {
    uint32_t exhibitor = s->reg.exhibitors++;
    assert_true(exhibitor < SMALL_EXHIBITORS);
    s->country[exhibitor] = country;
    s->size[exhibitor] = size;
    s->origin[exhibitor] = origin;
    s->lead[exhibitor] = CHAIN_NONE;
    s->weight[exhibitor] = 1;
    return exhibitor;
}

static inline void small_claim(struct small_claims *claims, uint32_t exhibitor, uint32_t node,
                               uint8_t basis) {
    assert_true(claims->count < SMALL_CLAIMS);
    claims->exhibitor[claims->count] = exhibitor;
    claims->node[claims->count] = node;
    claims->basis[claims->count++] = basis;
}

static inline void small_offer(struct small *s, uint32_t exhibitor, uint32_t node) {
    small_claim(&s->offers, exhibitor, node, CHAIN_DECLARED);
}

static inline void small_need(struct small *s, uint32_t exhibitor, uint32_t node) {
    small_claim(&s->needs, exhibitor, node, CHAIN_DECLARED);
}

/* Returns the organisation's index. */
static inline uint32_t small_past(struct small *s, uint32_t country, uint8_t size, uint8_t origin,
                                  uint32_t present) {
    uint32_t organisation = s->past.organisations++;
    assert_true(organisation < SMALL_EXHIBITORS);
    s->past_country[organisation] = country;
    s->past_size[organisation] = size;
    s->past_origin[organisation] = origin;
    s->past_present[organisation] = present;
    return organisation;
}

static inline void small_past_offer(struct small *s, uint32_t organisation, uint32_t node,
                                    uint32_t edition) {
    s->past_edition[s->past_offers.count] = edition;
    small_claim(&s->past_offers, organisation, node, CHAIN_DECLARED);
}

/* The fixture as the engine's input; set graph.nodes, reg.countries and reg.complete before. */
static inline const struct chain_input *small_input(struct small *s) {
    s->graph.input = s->link_input;
    s->graph.output = s->link_output;
    s->graph.kind = s->link_kind;
    s->graph.alternative_group = s->link_group;
    s->graph.is_service = s->is_service;
    for (uint32_t c = 0; c < s->input.chains; c++)
        s->slices[c] = (struct chain_slice){
            .members = s->chain[c].members,
            .node = s->chain[c].node,
            .stage = s->chain[c].stage,
            .role = s->chain[c].role,
            .finals = s->chain[c].finals,
            .final = s->chain[c].final,
        };
    s->reg.country = s->country;
    s->reg.size = s->size;
    s->reg.origin = s->origin;
    s->reg.lead = s->lead;
    s->reg.weight = s->weight;
    s->reg.offers = (struct chain_claims){s->offers.count, s->offers.exhibitor, s->offers.node,
                                          s->offers.basis};
    s->reg.needs =
        (struct chain_claims){s->needs.count, s->needs.exhibitor, s->needs.node, s->needs.basis};
    s->past.country = s->past_country;
    s->past.size = s->past_size;
    s->past.origin = s->past_origin;
    s->past.present = s->past_present;
    s->past.offers = s->past_offers.count;
    s->past.organisation = s->past_offers.exhibitor;
    s->past.node = s->past_offers.node;
    s->past.edition = s->past_edition;
    s->input.graph = &s->graph;
    s->input.slice = s->slices;
    s->input.reg = &s->reg;
    s->input.past = &s->past;
    return &s->input;
}

static inline struct chain_report *small_analyse(struct small *s) {
    struct errinfo info = {0};
    struct chain_report *report = NULL;
    assert_ok(chain_analyse(small_input(s), NULL, &report, &info), &info);
    return report;
}

/*
 * A random edition: links of all kinds (cycles, loops and repeats too), groups, two chains that
 * overlap, exhibitors with gaps in what is known, claims with repeats, partners and a past.
 */
static inline void small_random(struct small *s, uint64_t seed) {
    struct rng rng;
    rng_init(&rng, seed);
    memset(s, 0, sizeof(*s));
    uint32_t nodes = 1 + rng_below(&rng, 40), exhibitors = rng_below(&rng, 30);
    s->graph.nodes = nodes;
    for (uint32_t i = rng_below(&rng, 4 * nodes); i > 0; i--) {
        uint32_t input = rng_below(&rng, nodes), output = rng_below(&rng, nodes);
        small_link(s, input, output, (uint8_t)rng_below(&rng, 3),
                   rng_below(&rng, 3) == 0 ? 1 + rng_below(&rng, 2) : 0);
    }
    for (uint32_t node = 0; node < nodes; node++) {
        s->is_service[node] = rng_below(&rng, 5) == 0;
        for (uint32_t c = 0; c < 2; c++)
            if (rng_below(&rng, 3) > 0) {
                small_member(s, c, node, (uint8_t)rng_below(&rng, 4), (uint8_t)rng_below(&rng, 4));
                if (rng_below(&rng, 6) == 0)
                    small_final(s, c, node);
            }
    }
    s->reg.countries = 3;
    s->reg.complete = rng_below(&rng, 2) == 0;
    for (uint32_t e = 0; e < exhibitors; e++) {
        uint32_t country = rng_below(&rng, 4);
        small_exhibitor(s, country < 3 ? country : CHAIN_NONE, (uint8_t)rng_below(&rng, 5),
                        (uint8_t)rng_below(&rng, 3));
        if (e > 0 && rng_below(&rng, 3) == 0)
            s->lead[e] = rng_below(&rng, e);
        s->weight[e] = 1 + rng_below(&rng, 3);
    }
    for (uint32_t i = exhibitors > 0 ? rng_below(&rng, 3 * exhibitors) : 0; i > 0; i--)
        small_claim(&s->offers, rng_below(&rng, exhibitors), rng_below(&rng, nodes),
                    (uint8_t)rng_below(&rng, 3));
    for (uint32_t i = exhibitors > 0 ? rng_below(&rng, exhibitors) : 0; i > 0; i--)
        small_claim(&s->needs, rng_below(&rng, exhibitors), rng_below(&rng, nodes),
                    (uint8_t)rng_below(&rng, 3));
    for (uint32_t i = rng_below(&rng, 10); i > 0; i--) {
        uint32_t country = rng_below(&rng, 4);
        uint32_t organisation = small_past(
            s, country < 3 ? country : CHAIN_NONE, (uint8_t)rng_below(&rng, 5),
            (uint8_t)rng_below(&rng, 3),
            exhibitors > 0 && rng_below(&rng, 2) == 0 ? rng_below(&rng, exhibitors) : CHAIN_NONE);
        for (uint32_t k = rng_below(&rng, 4); k > 0; k--)
            small_past_offer(s, organisation, rng_below(&rng, nodes), 1 + rng_below(&rng, 3));
    }
}

#endif
