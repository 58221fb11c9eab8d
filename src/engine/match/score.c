/* Scores of pairs, straight from their definition; see score.h. */
#include "engine/match/index.h"

const char *match_part_code(enum match_part part) {
    static const char *const code[MATCH_PARTS] = {
        [MATCH_FIT_NEED] = "fit-need",     [MATCH_FIT_OFFER] = "fit-offer",
        [MATCH_RESILIENCE] = "resilience", [MATCH_VOLUME] = "volume",
        [MATCH_WISHES] = "wishes",         [MATCH_LANGUAGES] = "languages",
        [MATCH_CONTINUITY] = "continuity", [MATCH_RIVALRY] = "rivalry",
    };
    return code[part];
}

double match_default_weight(enum match_part part) {
    static const double weight[MATCH_PARTS] = {
        [MATCH_FIT_NEED] = 0.45,   [MATCH_FIT_OFFER] = 0.45, [MATCH_RESILIENCE] = 0.12,
        [MATCH_VOLUME] = 0.05,     [MATCH_WISHES] = 0.2,     [MATCH_LANGUAGES] = 0.04,
        [MATCH_CONTINUITY] = 0.08, [MATCH_RIVALRY] = 0.3,
    };
    return weight[part];
}

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

static double fit(const struct match_market *market, uint32_t supplier, uint32_t customer,
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

static double volume_of(const struct match_market *market, const struct match_fact *fact,
                        uint32_t supplier, uint32_t customer, struct match_volume *out) {
    const struct match_claims *offers = &market->claims[MATCH_OFFERS];
    const struct match_claims *needs = &market->claims[MATCH_NEEDS];
    if (fact->kind != MATCH_SAME || fact->side != MATCH_NEEDS || fact->give != fact->take ||
        fact->give == MATCH_NO_NODE || offers->quantity == NULL || needs->quantity == NULL)
        return 0;
    double supply = offers->quantity[find_claim(offers, supplier, fact->give)];
    double demand = needs->quantity[find_claim(needs, customer, fact->take)];
    if (supply <= 0 || demand <= 0)
        return 0;
    *out = (struct match_volume){fact->give, supplier, supply, demand};
    return supply < demand ? supply / demand : 1;
}

static void add_volume(const struct match_market *market, uint32_t first, uint32_t second,
                       struct match_score *score) {
    struct match_volume from_second = {MATCH_NO_NODE, MATCH_NO_FIRM, 0, 0};
    struct match_volume from_first = from_second;
    double need = volume_of(market, &score->need, second, first, &from_second);
    double offer = volume_of(market, &score->offer, first, second, &from_first);
    score->part[MATCH_VOLUME] = need >= offer ? need : offer;
    score->volume = need >= offer ? from_second : from_first;
}

struct match_score match_score_pair(struct match_finder *finder, const double weight[MATCH_PARTS],
                                    uint32_t first, uint32_t second) {
    const struct match_market *market = finder->index->market;
    struct match_score score = {.resilience = {MATCH_NO_NODE, MATCH_NO_FIRM, 0, 0},
                                .wish = {.firm = MATCH_NO_FIRM, .node = MATCH_NO_NODE}};
    double *part = score.part;
    part[MATCH_FIT_NEED] = fit(market, second, first, &score.need);
    part[MATCH_FIT_OFFER] = fit(market, first, second, &score.offer);
    double exchange =
        part[MATCH_FIT_NEED] > part[MATCH_FIT_OFFER] ? part[MATCH_FIT_NEED] : part[MATCH_FIT_OFFER];
    part[MATCH_RIVALRY] =
        common_share(&market->claims[MATCH_OFFERS], first, second) * (1 - exchange);
    add_volume(market, first, second, &score);
    if (market->firm != NULL && exchange > 0) {
        const struct match_firm *a = &market->firm[first], *b = &market->firm[second];
        score.languages = a->languages & b->languages;
        score.languages_said = a->languages != 0 && b->languages != 0;
        score.both_return = a->is_returning && b->is_returning;
        part[MATCH_LANGUAGES] = score.languages != 0;
        part[MATCH_CONTINUITY] = score.both_return ? MATCH_BOTH_RETURN : 0;
    }
    for (int p = 0; p < MATCH_PARTS; p++)
        score.total += p == MATCH_RIVALRY ? -weight[p] * part[p] : weight[p] * part[p];
    score.total = score.total < 0 ? 0 : score.total > 1 ? 1 : score.total;
    return score;
}
