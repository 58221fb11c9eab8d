/*
 * Whom a search reaches: the lists of the prepared firm, added up; see candidates.h.
 *
 * Firms reached stand close together in the order of being reached, so that adding up stays in the
 * cache; `place` leads from the firm to its entry (the sparse set of Briggs and Torczon, ACM
 * Letters on Programming Languages and Systems 2, 1993, which needs no wiping). Lists are read in a
 * circle from the firm on: firms of equal bound are then reached about in the order of the result,
 * and the first ones shut out the rest.
 *
 * The bound of a fit takes the products of the score in another order. Up to three things that is
 * the same number to the last bit (one product of two), with more it is raised by ROUNDING. An
 * offer that meets two claims of the other counts twice here, which raises the bound by far more
 * than rounding could lower it.
 */
#include <string.h>

#include "engine/match/finder.h"

static const double ROUNDING = 1e-12;

enum { HITS_EXACT = 3 };

/* What a list says of its members, by their basis: the largest worth, and the product over the
 * others as in score.h. */
struct share {
    double best[MATCH_BASES], rest[MATCH_BASES];
    uint64_t gifts; /* offers of the prepared firm, as in match_reach */
    uint32_t hits;
    uint8_t may; /* enum match_chance */
};

/* Part of a list: holders, or firms that seek. */
struct run {
    const uint32_t *entry;
    size_t begin, end;
};

static inline struct match_reach *reach_of(struct match_reached *reached, uint32_t firm) {
    uint32_t at = reached->place[firm] - reached->base;
    if (at >= reached->count) {
        at = reached->count++;
        reached->place[firm] = reached->base + at;
        reached->entry[at] = (struct match_reach){.fit = {{0, 1}, {0, 1}}, .firm = firm};
    }
    return &reached->entry[at];
}

/* Nobody is reached: places of the search before lie below the new base. Once in many searches the
 * numbers are used up and the places are wiped. */
static void reach_nobody(struct match_finder *f) {
    uint32_t firms = f->index->market->firms;
    f->reached.base += f->reached.count;
    f->reached.count = 0;
    if (f->reached.base < UINT32_MAX - firms)
        return;
    memset(f->reached.place, 0, firms * sizeof(*f->reached.place));
    f->reached.base = 1;
}

static struct run holders_of(const struct match_index *index, enum match_side side, uint32_t node) {
    const size_t *offset = index->holder_offset[side];
    return (struct run){index->holder[side], offset[node], offset[node + 1]};
}

/* The first place of an ascending run with an entry that is not before `entry`. */
static size_t turning_point(struct run run, uint32_t entry) {
    size_t low = run.begin, high = run.end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (run.entry[middle] < entry)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_shares(struct match_finder *f, struct run run, const struct share *share,
                       enum match_part part) {
    struct match_reached reached = f->reached; /* a copy, which stays in registers */
    for (size_t h = run.begin; h < run.end; h++) {
        unsigned basis = run.entry[h] & MATCH_BASIS_MASK;
        struct match_reach *reach = reach_of(&reached, run.entry[h] >> MATCH_BASIS_BITS);
        struct match_reached_fit *fit = &reach->fit[part];
        double worth = share->best[basis], best = fit->best;
        double lower = worth < best ? worth : best;
        fit->best = worth > best ? worth : best;
        fit->rest *= share->rest[basis] * (1 - MATCH_FURTHER * lower);
        reach->hits[part] += share->hits;
        reach->may |=
            (reach->gifts & share->gifts) != 0 ? MATCH_MAY_COUNT_TWICE | share->may : share->may;
        reach->gifts |= share->gifts;
    }
    f->reached.count = reached.count;
}

static void add_share(struct match_finder *f, enum match_side side, uint32_t node,
                      const struct share *share, enum match_part part) {
    struct run run = holders_of(f->index, side, node);
    size_t turn = turning_point(run, f->firm << MATCH_BASIS_BITS);
    add_shares(f, (struct run){run.entry, turn, run.end}, share, part);
    add_shares(f, (struct run){run.entry, run.begin, turn}, share, part);
}

static uint8_t chances(const struct match_finder *f, uint32_t give, uint32_t take,
                       enum match_side side, enum match_kind kind, enum match_side own) {
    uint32_t node = match_supplied(give, take, side, kind);
    bool is_thin = node != MATCH_NO_NODE && match_source_is_thin(&f->index->source[node]);
    bool has_volume = give == take && side == MATCH_NEEDS && f->slot[give].quantity[own] > 0;
    return (uint8_t)((is_thin ? MATCH_MAY_BE_RESILIENT : 0) |
                     (has_volume ? MATCH_MAY_HAVE_VOLUME : 0));
}

static void read_takes(struct match_finder *f, uint32_t node, const struct match_slot *slot) {
    struct share share = {
        .hits = 1,
        .may = chances(f, node, slot->take_node, slot->take_side, slot->take_kind, MATCH_NEEDS)};
    for (int b = 0; b < MATCH_BASES; b++) {
        share.best[b] = slot->take * match_certainty(b);
        share.rest[b] = 1;
    }
    add_share(f, MATCH_OFFERS, node, &share, MATCH_FIT_NEED);
}

static void read_gives(struct match_finder *f, uint32_t node, enum match_side side,
                       const struct match_slot *slot) {
    const struct match_claims *offers = &f->index->market->claims[MATCH_OFFERS];
    struct share share = {.rest = {1, 1, 1}};
    for (uint32_t h = slot->give[side]; h != 0; h = f->hit[h - 1].next) {
        const struct match_hit *hit = &f->hit[h - 1];
        size_t offer = offers->offset[f->firm] + hit->offer;
        for (int b = 0; b < MATCH_BASES; b++) {
            double worth =
                hit->strength * match_certainty(b) * match_certainty(offers->basis[offer]);
            double best = share.best[b], lower = worth < best ? worth : best;
            share.best[b] = worth > best ? worth : best;
            share.rest[b] *= 1 - MATCH_FURTHER * lower;
        }
        share.may |= (share.gifts >> hit->offer % 64 & 1) != 0 ? MATCH_MAY_COUNT_TWICE : 0;
        share.gifts |= (uint64_t)1 << hit->offer % 64;
        share.hits++;
        share.may |= chances(f, offers->node[offer], node, side, hit->kind, MATCH_OFFERS);
    }
    add_share(f, side, node, &share, MATCH_FIT_OFFER);
}

static void add_wish(struct match_finder *f, uint32_t firm, double worth) {
    struct match_reach *reach = reach_of(&f->reached, firm);
    reach->wish = worth > reach->wish ? worth : reach->wish;
}

/* Firms with a claim that meets a seek of the prepared one. */
static void read_sought(struct match_finder *f, uint32_t node, enum match_side side,
                        const struct match_slot *slot) {
    struct run run = holders_of(f->index, side, node);
    for (size_t h = run.begin; h < run.end; h++)
        add_wish(f, run.entry[h] >> MATCH_BASIS_BITS,
                 slot->sought[side] * match_certainty(run.entry[h] & MATCH_BASIS_MASK));
}

/* Firms that seek one of the nodes `from` to `to` by their rows. */
static void read_seekers(struct match_finder *f, enum match_seek_kind kind, uint32_t from,
                         uint32_t to, double worth) {
    const struct match_index *index = f->index;
    size_t begin = index->seeker_offset[match_seeker_row(index, kind, from)];
    size_t end = index->seeker_offset[match_seeker_row(index, kind, to) + 1];
    for (size_t s = begin; s < end && worth > 0; s++)
        add_wish(f, index->seeker[s], worth);
}

/* What the prepared firm's best offer is worth to a seek of a claim of the node. */
static double best_gift(const struct match_finder *f, enum match_side side,
                        const struct match_slot *slot) {
    const struct match_claims *offers = &f->index->market->claims[MATCH_OFFERS];
    double best = 0;
    for (uint32_t h = slot->give[side]; h != 0; h = f->hit[h - 1].next) {
        size_t offer = offers->offset[f->firm] + f->hit[h - 1].offer;
        double worth = f->hit[h - 1].strength * match_certainty(offers->basis[offer]);
        best = worth > best ? worth : best;
    }
    return best;
}

/* Firms whose seek of the node the prepared one meets. */
static void read_seekers_of(struct match_finder *f, uint32_t node, const struct match_slot *slot) {
    double gift = best_gift(f, MATCH_NEEDS, slot), joint = best_gift(f, MATCH_OFFERS, slot);
    double own = slot->own != 0 ? match_certainty(slot->own - 1) : 0;
    joint = gift > joint ? gift : joint;
    joint = slot->take > joint ? slot->take : joint;
    joint = own > joint ? own : joint;
    read_seekers(f, MATCH_SEEK_SUPPLIER, node, node, gift);
    read_seekers(f, MATCH_SEEK_SERVICE, node, node, gift);
    read_seekers(f, MATCH_SEEK_CUSTOMER, node, node, slot->take);
    read_seekers(f, MATCH_SEEK_DEVELOPMENT, node, node, joint);
    read_seekers(f, MATCH_SEEK_PRODUCTION, node, node, joint);
    read_seekers(f, MATCH_SEEK_SCENARIO, node, node, joint);
}

/* Firms that seek the same of investment or distribution. */
static void read_counterparts(struct match_finder *f) {
    const struct match_market *m = f->index->market;
    for (size_t s = m->seek_offset[f->firm]; s < m->seek_offset[f->firm + 1]; s++) {
        unsigned kind = m->seek[s].kind;
        uint32_t node = m->seek[s].node;
        if (kind < MATCH_SEEK_INVESTMENT)
            continue;
        read_seekers(f, kind, node == MATCH_NO_NODE ? 0 : node, node,
                     node == MATCH_NO_NODE ? MATCH_OPEN : 1);
        if (node != MATCH_NO_NODE)
            read_seekers(f, kind, MATCH_NO_NODE, MATCH_NO_NODE, MATCH_OPEN);
    }
}

static void read_ties(struct match_finder *f) {
    const struct match_market *m = f->index->market;
    if (m->tie_offset == NULL)
        return;
    for (size_t t = m->tie_offset[f->firm]; t < m->tie_offset[f->firm + 1]; t++) {
        const struct match_tie *back = match_find_tie(m, m->tie[t].firm, f->firm);
        float wish = back != NULL && back->wish > m->tie[t].wish ? back->wish : m->tie[t].wish;
        add_wish(f, m->tie[t].firm, wish);
        reach_of(&f->reached, m->tie[t].firm)->may |= MATCH_IS_TIED;
    }
}

void match_reach_out(struct match_finder *f, uint32_t firm) {
    match_prepare(f, firm);
    reach_nobody(f);
    bool has_seeks = (f->index->traits[firm].bits & MATCH_HAS_SEEKS) != 0;
    for (uint32_t t = 0; t < f->touched_count; t++) {
        uint32_t node = f->touched[t];
        const struct match_slot *slot = &f->slot[node];
        if (slot->take > 0)
            read_takes(f, node, slot);
        for (int side = 0; side < MATCH_SIDES; side++) {
            if (slot->give[side] != 0)
                read_gives(f, node, side, slot);
            if (has_seeks && slot->sought[side] > 0)
                read_sought(f, node, side, slot);
        }
        if (f->index->seeker_offset != NULL)
            read_seekers_of(f, node, slot);
    }
    if (has_seeks)
        read_counterparts(f);
    read_ties(f);
}

void match_reach_rough_bounds(struct match_finder *f, const double weight[MATCH_PARTS]) {
    const struct match_firm_traits *a = &f->index->traits[f->firm];
    bool may_wish = (f->index->any_bits & (MATCH_HAS_NICE | MATCH_HAS_OPEN_SEEKS)) != 0;
    double wish_least = may_wish ? MATCH_OPEN : 0, other[MATCH_CHANCES];
    for (unsigned may = 0; may < MATCH_CHANCES; may++) {
        double continuity = (a->bits & MATCH_IS_RETURNING) != 0 ? MATCH_BOTH_RETURN : 0;
        other[may] = ROUNDING + (a->languages != 0 ? weight[MATCH_LANGUAGES] : 0) +
                     weight[MATCH_CONTINUITY] * ((may & MATCH_IS_TIED) != 0 ? 1 : continuity) +
                     ((may & MATCH_MAY_BE_RESILIENT) != 0 ? weight[MATCH_RESILIENCE] : 0) +
                     ((may & MATCH_MAY_HAVE_VOLUME) != 0 ? weight[MATCH_VOLUME] : 0);
    }
    for (uint32_t r = 0; r < f->reached.count; r++) {
        const struct match_reach *reach = &f->reached.entry[r];
        double total =
            weight[MATCH_FIT_NEED] * match_reached_fit(&reach->fit[MATCH_FIT_NEED]) +
            weight[MATCH_FIT_OFFER] * match_reached_fit(&reach->fit[MATCH_FIT_OFFER]) +
            weight[MATCH_WISHES] * (reach->wish > wish_least ? reach->wish : wish_least) +
            other[reach->may];
        f->bound[r] = total > 1 ? 1 : total;
    }
}

struct match_bound match_reach_bound(const struct match_finder *f, const double weight[MATCH_PARTS],
                                     const struct match_reach *reach) {
    const struct match_index *index = f->index;
    const struct match_firm_traits *a = &index->traits[f->firm];
    const struct match_firm_traits *b = &index->traits[reach->firm];
    double continuity = (a->bits & b->bits & MATCH_IS_RETURNING) != 0 ? MATCH_BOTH_RETURN : 0;
    double wish = reach->wish, total = 0;
    bool may_wish = ((a->bits | b->bits) & (MATCH_HAS_NICE | MATCH_HAS_OPEN_SEEKS)) != 0;
    bool is_exact = !may_wish && (reach->may & ~MATCH_IS_TIED) == 0 &&
                    reach->hits[MATCH_FIT_NEED] + reach->hits[MATCH_FIT_OFFER] > 0;
    if (may_wish && wish < MATCH_OPEN)
        wish = MATCH_OPEN;
    if ((reach->may & MATCH_IS_TIED) != 0) {
        const struct match_tie *tie = match_find_tie(index->market, f->firm, reach->firm);
        continuity = tie->continuity > continuity ? tie->continuity : continuity;
    }
    for (int part = MATCH_FIT_NEED; part <= MATCH_FIT_OFFER; part++) {
        bool is_rounded = reach->hits[part] > HITS_EXACT;
        total +=
            weight[part] * (match_reached_fit(&reach->fit[part]) + (is_rounded ? ROUNDING : 0));
        is_exact = is_exact && !is_rounded;
    }
    total += (reach->may & MATCH_MAY_BE_RESILIENT) != 0 ? weight[MATCH_RESILIENCE] : 0;
    total += (reach->may & MATCH_MAY_HAVE_VOLUME) != 0 ? weight[MATCH_VOLUME] : 0;
    total += weight[MATCH_WISHES] * wish;
    total += (a->languages & b->languages) != 0 ? weight[MATCH_LANGUAGES] : 0;
    total += weight[MATCH_CONTINUITY] * continuity;
    return (struct match_bound){total, is_exact};
}
