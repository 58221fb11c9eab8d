/*
 * The score of the prepared firm with another, part by part; see score.h.
 *
 * Sums and products are taken in the order of the supplier's offers whichever end is prepared, so
 * that the total is the same from both to the last bit.
 */
#include "engine/match/score.h"

#include <math.h>

#include "engine/match/finder.h"

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

enum err match_weights_check(const double weight[MATCH_PARTS], struct errinfo *info) {
    for (int part = 0; part < MATCH_PARTS; part++)
        if (!isfinite(weight[part]) || weight[part] < 0 || weight[part] > 1)
            return err_set(info, ERR_INPUT, "the weight of %s is %g and must be from 0 to 1",
                           match_part_code(part), weight[part]);
    return ERR_OK;
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

/* Takes one more offer into the fit: `rest` is the product over all but the best. */
static void add_gift(struct match_fact *fact, double *rest, struct match_fact gift) {
    uint32_t things = fact->things + 1;
    double further = gift.worth;
    if (gift.worth > fact->worth) {
        further = fact->worth;
        *fact = gift;
    }
    fact->things = things;
    *rest *= 1 - MATCH_FURTHER * further;
}

/* What the prepared firm gets from the offers of the other. */
static double fit_from(const struct match_finder *f, uint32_t second, struct match_fact *fact) {
    struct match_row offers = match_row_of(f->index, MATCH_OFFERS, second);
    double rest = 1;
    for (const uint32_t *o = offers.begin; o < offers.end; o++) {
        uint32_t node = *o >> MATCH_BASIS_BITS;
        enum match_basis basis = *o & MATCH_BASIS_MASK;
        const struct match_slot *slot = match_slot_of(f, node);
        if (slot == NULL || slot->take <= 0)
            continue;
        add_gift(fact, &rest,
                 (struct match_fact){.give = node,
                                     .take = slot->take_node,
                                     .side = slot->take_side,
                                     .kind = slot->take_kind,
                                     .give_basis = (uint8_t)basis,
                                     .take_basis = slot->take_basis,
                                     .worth = slot->take * match_certainty(basis)});
    }
    return 1 - (1 - fact->worth) * rest;
}

/* The other's claim is met by an offer of the prepared firm. */
static void collect_gift(struct match_finder *f, const struct match_hit *hit, unsigned side,
                         uint32_t node, enum match_basis basis) {
    struct match_gift *gift = &f->gift[hit->offer];
    double worth = hit->strength * match_certainty(basis);
    if (match_take_is_better(worth, hit->kind, side, node, gift->worth, gift->kind, gift->side,
                             gift->take))
        *gift = (struct match_gift){.worth = worth,
                                    .take = node,
                                    .side = (uint8_t)side,
                                    .kind = hit->kind,
                                    .basis = (uint8_t)basis};
}

/* Notes for each offer of the prepared firm the claim of the other that it meets best. */
static bool collect_gifts(struct match_finder *f, uint32_t second) {
    bool any = false;
    for (unsigned side = 0; side < MATCH_SIDES; side++) {
        struct match_row claims = match_row_of(f->index, side, second);
        for (const uint32_t *c = claims.begin; c < claims.end; c++) {
            uint32_t node = *c >> MATCH_BASIS_BITS;
            const struct match_slot *slot = match_slot_of(f, node);
            for (uint32_t h = slot != NULL ? slot->give[side] : 0; h != 0; h = f->hit[h - 1].next) {
                collect_gift(f, &f->hit[h - 1], side, node, *c & MATCH_BASIS_MASK);
                any = true;
            }
        }
    }
    return any;
}

/* What the other gets from the offers of the prepared firm. */
static double fit_to(struct match_finder *f, uint32_t second, struct match_fact *fact) {
    const struct match_claims *offers = &f->index->market->claims[MATCH_OFFERS];
    double rest = 1;
    if (!collect_gifts(f, second))
        return 0;
    size_t begin = offers->offset[f->firm], count = offers->offset[f->firm + 1] - begin;
    for (size_t o = 0; o < count; o++) {
        struct match_gift *gift = &f->gift[o];
        if (gift->worth <= 0)
            continue;
        add_gift(
            fact, &rest,
            (struct match_fact){.give = offers->node[begin + o],
                                .take = gift->take,
                                .side = gift->side,
                                .kind = gift->kind,
                                .give_basis = offers->basis[begin + o],
                                .take_basis = gift->basis,
                                .worth = gift->worth * match_certainty(offers->basis[begin + o])});
        gift->worth = 0;
    }
    return 1 - (1 - fact->worth) * rest;
}

/* What a supplier adds to a node of which some others are sources. */
static double resilience_of(const struct match_index *index, uint32_t supplier, uint32_t customer,
                            uint32_t node, struct match_resilience *out) {
    const struct match_market *m = index->market;
    struct match_source left;
    uint16_t home = m->firm != NULL ? m->firm[supplier].country : 0;
    const uint32_t pair[2] = {supplier, customer};
    uint32_t countries = 0;
    bool is_home_left = false;
    if (!match_source_is_thin(&index->source[node]))
        return 0;
    left = index->source[node];
    for (int i = 0; i < 2; i++) {
        if (match_find_claim(&m->claims[MATCH_OFFERS], pair[i], node) == SIZE_MAX)
            continue;
        uint16_t country = m->firm != NULL ? m->firm[pair[i]].country : 0;
        left.firms--;
        left.unsaid -= country == 0;
        for (uint32_t p = 0; p < MATCH_PLACES; p++)
            left.of[p] -= country != 0 && left.country[p] == country;
    }
    for (uint32_t p = 0; p < MATCH_PLACES; p++) {
        countries += left.of[p] > 0;
        is_home_left |= left.of[p] > 0 && left.country[p] == home;
    }
    *out = (struct match_resilience){node, supplier, left.firms, countries};
    if (left.firms <= 1)
        return left.firms;
    if (home == 0 || left.unsaid > 0 || left.places > MATCH_PLACES)
        return 0;
    return countries == 1 && !is_home_left ? 1 : countries == 2 && is_home_left ? 0.5 : 0;
}

static void add_resilience(const struct match_index *index, const struct match_fact *fact,
                           uint32_t supplier, uint32_t customer, struct match_score *score) {
    struct match_resilience here;
    if (fact->give == MATCH_NO_NODE)
        return;
    uint32_t node = match_supplied(fact->give, fact->take, fact->side, fact->kind);
    double value =
        node != MATCH_NO_NODE ? resilience_of(index, supplier, customer, node, &here) : 0;
    if (value <= score->part[MATCH_RESILIENCE])
        return;
    score->part[MATCH_RESILIENCE] = value;
    score->resilience = here;
}

/* `own` is the side on which the prepared firm stands in the fit. */
static void add_volume(const struct match_finder *f, const struct match_fact *fact,
                       enum match_side own, uint32_t second, struct match_score *score) {
    const struct match_claims *claims = &f->index->market->claims[MATCH_SIDES - 1 - own];
    if (fact->give == MATCH_NO_NODE || fact->give != fact->take || fact->side != MATCH_NEEDS)
        return;
    double mine = f->slot[fact->give].quantity[own], theirs = 0;
    if (mine > 0 && claims->quantity != NULL)
        theirs = claims->quantity[match_find_claim(claims, second, fact->give)];
    if (theirs <= 0)
        return;
    double supply = own == MATCH_OFFERS ? mine : theirs;
    double demand = own == MATCH_OFFERS ? theirs : mine;
    double value = supply < demand ? supply / demand : 1;
    if (value <= score->part[MATCH_VOLUME])
        return;
    score->part[MATCH_VOLUME] = value;
    score->volume =
        (struct match_volume){fact->give, own == MATCH_OFFERS ? f->firm : second, supply, demand};
}

void match_common_offers(const struct match_finder *f, uint32_t second, uint32_t *same,
                         uint32_t *of) {
    struct match_row mine = match_row_of(f->index, MATCH_OFFERS, f->firm);
    struct match_row theirs = match_row_of(f->index, MATCH_OFFERS, second);
    *same = 0;
    for (const uint32_t *o = theirs.begin; o < theirs.end; o++) {
        const struct match_slot *slot = match_slot_of(f, *o >> MATCH_BASIS_BITS);
        *same += slot != NULL && slot->own != 0;
    }
    *of = (uint32_t)(mine.end - mine.begin) + (uint32_t)(theirs.end - theirs.begin) - *same;
}

/* What adds to a pair that stands on something else. */
static void add_accompanying(const struct match_finder *f, uint32_t second,
                             struct match_score *score) {
    const struct match_index *index = f->index;
    uint32_t first = f->firm;
    const struct match_firm_traits *a = &index->traits[first], *b = &index->traits[second];
    add_resilience(index, &score->need, second, first, score);
    add_resilience(index, &score->offer, first, second, score);
    add_volume(f, &score->need, MATCH_NEEDS, second, score);
    add_volume(f, &score->offer, MATCH_OFFERS, second, score);
    score->languages = a->languages & b->languages;
    score->languages_said = a->languages != 0 && b->languages != 0;
    score->part[MATCH_LANGUAGES] = score->languages != 0;
}

struct match_score match_score_pair(struct match_finder *f, const double weight[MATCH_PARTS],
                                    uint32_t first, uint32_t second) {
    const struct match_index *index = f->index;
    const struct match_tie *tie = match_find_tie(index->market, first, second);
    struct match_score score = {.resilience = {.node = MATCH_NO_NODE, .supplier = MATCH_NO_FIRM},
                                .volume = {.node = MATCH_NO_NODE, .supplier = MATCH_NO_FIRM},
                                .wish = {.firm = MATCH_NO_FIRM, .node = MATCH_NO_NODE},
                                .need = {.give = MATCH_NO_NODE, .take = MATCH_NO_NODE},
                                .offer = {.give = MATCH_NO_NODE, .take = MATCH_NO_NODE}};
    double *part = score.part;
    bool makes_pair;
    if (first == second) {
        score.obstacle.kind = MATCH_SAME_FIRM;
        return score;
    }
    match_prepare(f, first);
    part[MATCH_FIT_NEED] = fit_from(f, second, &score.need);
    part[MATCH_FIT_OFFER] = fit_to(f, second, &score.offer);
    double exchange =
        part[MATCH_FIT_NEED] > part[MATCH_FIT_OFFER] ? part[MATCH_FIT_NEED] : part[MATCH_FIT_OFFER];
    part[MATCH_WISHES] = match_wishes(f, second, tie, &score, &makes_pair);
    part[MATCH_CONTINUITY] = tie != NULL ? tie->continuity : 0;
    makes_pair = makes_pair || exchange > 0 || part[MATCH_CONTINUITY] > 0;
    score.both_return =
        exchange > 0 && part[MATCH_CONTINUITY] < MATCH_BOTH_RETURN &&
        (index->traits[first].bits & index->traits[second].bits & MATCH_IS_RETURNING) != 0;
    if (score.both_return)
        part[MATCH_CONTINUITY] = MATCH_BOTH_RETURN;
    match_common_offers(f, second, &score.same, &score.same_of);
    part[MATCH_RIVALRY] = match_rivalry(score.same, score.same_of, exchange);
    add_accompanying(f, second, &score);
    if (match_find_obstacle(index, first, second, tie, &score.obstacle) || !makes_pair)
        return score;
    for (int p = 0; p < MATCH_RIVALRY; p++)
        score.total += weight[p] * part[p];
    score.total = match_total(score.total, weight[MATCH_RIVALRY], part[MATCH_RIVALRY]);
    return score;
}
