/* Scores of pairs, straight from their definition; see score.h. */
#include "engine/match/score.h"

#include <stdbool.h>

double match_strength(enum match_kind kind) {
    static const double strength[MATCH_KINDS] = {
        [MATCH_SAME] = 1.0,    [MATCH_ESSENTIAL] = 0.75, [MATCH_SUBSTITUTE] = 0.6,
        [MATCH_CAPITAL] = 0.5, [MATCH_OPTIONAL] = 0.45,  [MATCH_SCENARIO] = 0.4,
        [MATCH_SERVICE] = 0.3,
    };
    return strength[kind];
}

double match_certainty(enum match_basis basis) {
    static const double certainty[MATCH_BASES] = {
        [MATCH_INFERRED] = 0.7, [MATCH_DECLARED] = 0.95, [MATCH_CONFIRMED] = 1.0};
    return certainty[basis];
}

/* The position of a firm's claim of a node, or SIZE_MAX. */
static size_t find_claim(const struct match_claims *claims, uint32_t firm, uint32_t node) {
    size_t low = claims->offset[firm], high = claims->offset[firm + 1];
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (claims->node[middle] < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low < claims->offset[firm + 1] && claims->node[low] == node ? low : SIZE_MAX;
}

/* What the offer at a position is worth to the customer at best. */
static struct match_fact worth_of(const struct match_market *market, size_t offer,
                                  uint32_t customer) {
    const struct match_claims *offers = &market->claims[MATCH_OFFERS];
    uint32_t give = offers->node[offer];
    struct match_fact best = {.give = MATCH_NO_NODE, .take = MATCH_NO_NODE};
    for (size_t r = market->relation_offset[give]; r < market->relation_offset[give + 1]; r++) {
        const struct match_relation *relation = &market->relation[r];
        const struct match_claims *claims = &market->claims[relation->side];
        size_t claim = find_claim(claims, customer, relation->node);
        if (claim == SIZE_MAX)
            continue;
        double worth = match_strength(relation->kind) * match_certainty(claims->basis[claim]) *
                       match_certainty(offers->basis[offer]);
        if (worth > best.worth)
            best = (struct match_fact){.give = give,
                                       .take = relation->node,
                                       .side = relation->side,
                                       .kind = relation->kind,
                                       .give_basis = offers->basis[offer],
                                       .take_basis = claims->basis[claim],
                                       .worth = worth};
    }
    return best;
}

double match_fit(const struct match_market *market, uint32_t supplier, uint32_t customer,
                 struct match_fact *fact) {
    const struct match_claims *offers = &market->claims[MATCH_OFFERS];
    double rest = 1;
    uint32_t things = 0;
    *fact = (struct match_fact){.give = MATCH_NO_NODE, .take = MATCH_NO_NODE};
    for (size_t o = offers->offset[supplier]; o < offers->offset[supplier + 1]; o++) {
        struct match_fact at = worth_of(market, o, customer);
        double further = at.worth;
        if (at.worth <= 0)
            continue;
        things++;
        if (at.worth > fact->worth) {
            further = fact->worth;
            *fact = at;
        }
        rest *= 1 - MATCH_FURTHER * further;
    }
    fact->things = things;
    return 1 - (1 - fact->worth) * rest;
}

static double common_share(const struct match_claims *offers, uint32_t a, uint32_t b) {
    size_t i = offers->offset[a], j = offers->offset[b], common = 0;
    size_t all = offers->offset[a + 1] - i + offers->offset[b + 1] - j;
    while (i < offers->offset[a + 1] && j < offers->offset[b + 1]) {
        uint32_t x = offers->node[i], y = offers->node[j];
        common += x == y;
        i += x <= y;
        j += y <= x;
    }
    return common > 0 ? (double)common / (double)(all - common) : 0;
}

struct match_score match_score_pair(const struct match_market *market,
                                    const double weight[MATCH_PARTS], uint32_t first,
                                    uint32_t second) {
    struct match_score score;
    double need = match_fit(market, second, first, &score.need);
    double offer = match_fit(market, first, second, &score.offer);
    double exchange = need > offer ? need : offer;
    score.part[MATCH_FIT_NEED] = need;
    score.part[MATCH_FIT_OFFER] = offer;
    score.part[MATCH_RIVALRY] =
        common_share(&market->claims[MATCH_OFFERS], first, second) * (1 - exchange);
    double total = weight[MATCH_FIT_NEED] * need + weight[MATCH_FIT_OFFER] * offer -
                   weight[MATCH_RIVALRY] * score.part[MATCH_RIVALRY];
    score.total = total < 0 ? 0 : total > 1 ? 1 : total;
    return score;
}
