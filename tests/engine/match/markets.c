#include "markets.h"

#include <string.h>

static void make_claims(struct market *m, unsigned side, struct rng *rng) {
    size_t count = 0;
    for (uint32_t f = 0; f < m->of.firms; f++) {
        uint32_t room = rng_below(rng, MARKET_ROW_MAX + 1);
        m->claim_offset[side][f] = count;
        for (uint32_t n = 0; n < m->of.nodes && room > 0; n++)
            if (rng_below(rng, 4) == 0) {
                m->node[side][count] = n;
                m->quantity[side][count] = rng_below(rng, 3);
                m->basis[side][count++] = (uint8_t)rng_below(rng, MATCH_BASES);
                room--;
            }
    }
    m->claim_offset[side][m->of.firms] = count;
    m->of.claims[side] =
        (struct match_claims){.offset = m->claim_offset[side],
                              .node = m->node[side],
                              .basis = m->basis[side],
                              .quantity = rng_below(rng, 2) == 0 ? m->quantity[side] : NULL};
}

static void make_relations(struct market *m, struct rng *rng) {
    size_t count = 0;
    for (uint32_t n = 0; n < m->of.nodes; n++) {
        m->relation_offset[n] = count;
        for (uint32_t left = rng_below(rng, MARKET_ROW_MAX); left > 0; left--)
            m->relation[count++] = (struct match_relation){rng_below(rng, m->of.nodes),
                                                           (uint8_t)rng_below(rng, MATCH_SIDES),
                                                           (uint8_t)rng_below(rng, MATCH_KINDS)};
    }
    m->relation_offset[m->of.nodes] = count;
    m->of.relation_offset = m->relation_offset;
    m->of.relation = m->relation;
}

static void make_firms(struct market *m, struct rng *rng) {
    for (uint32_t f = 0; f < m->of.firms; f++)
        m->firm[f] = (struct match_firm){
            .languages = rng_below(rng, 1 << MARKET_CODES),
            .region = rng_below(rng, MARKET_CODES + 1),
            .group = rng_below(rng, 10) < 7 ? 0 : 1 + rng_below(rng, 5),
            .country = (uint16_t)rng_below(rng, 2 * MARKET_CODES),
            .size = (uint8_t)rng_below(rng, MARKET_CODES + 1),
            .is_returning = rng_below(rng, 2) == 0,
        };
    m->of.firm = m->firm;
}

static void make_seeks(struct market *m, struct rng *rng) {
    size_t count = 0;
    for (uint32_t f = 0; f < m->of.firms; f++) {
        m->seek_offset[f] = count;
        for (uint32_t left = rng_below(rng, 6); left > 3; left--)
            m->seek[count++] = (struct match_seek){
                rng_below(rng, 4) == 0 ? MATCH_NO_NODE : rng_below(rng, m->of.nodes),
                (uint8_t)rng_below(rng, MATCH_SEEK_KINDS)};
    }
    m->seek_offset[m->of.firms] = count;
    m->of.seek_offset = m->seek_offset;
    m->of.seek = m->seek;
}

static void make_conditions(struct market *m, struct rng *rng) {
    size_t count = 0;
    for (uint32_t f = 0; f < m->of.firms; f++) {
        m->condition_offset[f] = count;
        for (uint32_t left = rng_below(rng, 7); left > 3; left--) {
            struct match_condition *c = &m->condition[count++];
            c->demand = (uint8_t)(rng_below(rng, 2) == 0 ? MATCH_NICE : rng_below(rng, 3));
            c->attribute = (uint8_t)rng_below(rng, MATCH_ATTRIBUTES);
            c->code = c->attribute == MATCH_BY_FIRM       ? rng_below(rng, m->of.firms)
                      : c->attribute == MATCH_BY_LANGUAGE ? rng_below(rng, MARKET_CODES)
                                                          : 1 + rng_below(rng, MARKET_CODES);
        }
    }
    m->condition_offset[m->of.firms] = count;
    m->of.condition_offset = m->condition_offset;
    m->of.condition = m->condition;
}

static void make_certificates(struct market *m, struct rng *rng) {
    size_t count = 0;
    for (uint32_t f = 0; f < m->of.firms; f++) {
        m->certificate_offset[f] = count;
        for (uint32_t code = 1; code <= MARKET_CODES; code++)
            if (rng_below(rng, 2) == 0)
                m->certificate[count++] = code;
    }
    m->certificate_offset[m->of.firms] = count;
    m->of.certificate_offset = m->certificate_offset;
    m->of.certificate = m->certificate;
}

static void make_ties(struct market *m, struct rng *rng) {
    static struct match_tie between[MARKET_FIRMS_MAX][MARKET_FIRMS_MAX];
    static const float continuity[] = {0, 0.1F, 0.6F, 0.8F, 1};
    size_t count = 0;
    memset(between, 0, sizeof(between));
    for (uint32_t a = 0; a < m->of.firms; a++)
        for (uint32_t b = a + 1; b < m->of.firms; b++)
            if (rng_below(rng, 12) == 0) {
                struct match_tie tie = {.continuity = continuity[rng_below(rng, 5)],
                                        .bar = (uint8_t)(rng_below(rng, 5) == 0)};
                for (int end = 0; end < 2; end++) {
                    tie.firm = 1 + (end == 0 ? b : a);
                    tie.wish = (float)rng_below(rng, 3) / 2;
                    between[end == 0 ? a : b][end == 0 ? b : a] = tie;
                }
            }
    for (uint32_t a = 0; a < m->of.firms; a++) {
        m->tie_offset[a] = count;
        for (uint32_t b = 0; b < m->of.firms; b++)
            if (between[a][b].firm != 0 && count < sizeof(m->tie) / sizeof(m->tie[0])) {
                m->tie[count] = between[a][b];
                m->tie[count++].firm = b;
            }
    }
    m->tie_offset[m->of.firms] = count;
    m->of.tie_offset = m->tie_offset;
    m->of.tie = m->tie;
}

void market_make(struct market *m, struct rng *rng) {
    memset(m, 0, sizeof(*m));
    m->of.firms = 1 + rng_below(rng, MARKET_FIRMS_MAX);
    m->of.nodes = 1 + rng_below(rng, MARKET_NODES_MAX);
    make_claims(m, MATCH_OFFERS, rng);
    make_claims(m, MATCH_NEEDS, rng);
    make_relations(m, rng);
    if (rng_below(rng, 4) != 0)
        make_firms(m, rng);
    if (rng_below(rng, 4) != 0)
        make_seeks(m, rng);
    if (rng_below(rng, 4) != 0)
        make_conditions(m, rng);
    if (rng_below(rng, 4) != 0)
        make_certificates(m, rng);
    if (rng_below(rng, 4) != 0)
        make_ties(m, rng);
}

void market_weights(double weight[MATCH_PARTS], struct rng *rng) {
    for (int p = 0; p < MATCH_PARTS; p++)
        weight[p] = (double)rng_below(rng, 11) / 10;
}
