/*
 * Wishes: partners named, seeks that are met, nice conditions; see score.h.
 *
 * The seeks of the prepared firm are looked up by the other's claims, the other's seeks by what the
 * prepared firm gives and takes at their node: the same products of the same numbers, so that both
 * ends of a pair see the same.
 */
#include "engine/match/finder.h"

/* Keeps the larger; among equals the earlier. */
static void consider(struct match_wish *best, double *value, double worth, struct match_wish wish) {
    if (worth <= *value)
        return;
    *value = worth;
    *best = wish;
}

static void consider_claims(const struct match_finder *f, uint32_t second, struct match_wish *best,
                            double *value) {
    for (unsigned side = 0; side < MATCH_SIDES; side++) {
        struct match_row claims = match_row_of(f->index, side, second);
        for (const uint32_t *c = claims.begin; c < claims.end; c++) {
            const struct match_slot *slot = match_slot_of(f, *c >> MATCH_BASIS_BITS);
            if (slot == NULL || slot->sought[side] <= 0)
                continue;
            consider(best, value, slot->sought[side] * match_certainty(*c & MATCH_BASIS_MASK),
                     (struct match_wish){.kind = MATCH_WISH_SEEK,
                                         .side = (uint8_t)side,
                                         .firm = f->firm,
                                         .seek = slot->seek[side],
                                         .node = *c >> MATCH_BASIS_BITS});
        }
    }
}

/* The prepared firm's offers that meet a claim of the slot's node. */
static void consider_gifts(const struct match_finder *f, const struct match_slot *slot,
                           enum match_side side, struct match_wish wish, struct match_wish *best,
                           double *value) {
    const struct match_claims *offers = &f->index->market->claims[MATCH_OFFERS];
    wish.side = MATCH_OFFERS;
    for (uint32_t h = slot->give[side]; h != 0; h = f->hit[h - 1].next) {
        size_t offer = offers->offset[f->firm] + f->hit[h - 1].offer;
        wish.node = offers->node[offer];
        consider(best, value, f->hit[h - 1].strength * match_certainty(offers->basis[offer]), wish);
    }
}

/* What the prepared firm has to meet a seek of the other with a node. */
static void consider_seek(const struct match_finder *f, uint32_t second, size_t s,
                          struct match_wish *best, double *value) {
    const struct match_seek *seek = &f->index->market->seek[s];
    const struct match_slot *slot = match_slot_of(f, seek->node);
    struct match_wish wish = {.kind = MATCH_WISH_SEEK, .firm = second, .seek = (uint32_t)s};
    if (slot == NULL)
        return;
    struct match_wish take = wish;
    take.side = slot->take_side;
    take.node = slot->take_node;
    switch ((enum match_seek_kind)seek->kind) {
    case MATCH_SEEK_SUPPLIER:
    case MATCH_SEEK_SERVICE:
        consider_gifts(f, slot, MATCH_NEEDS, wish, best, value);
        break;
    case MATCH_SEEK_CUSTOMER:
        consider(best, value, slot->take, take);
        break;
    case MATCH_SEEK_DEVELOPMENT:
    case MATCH_SEEK_PRODUCTION:
    case MATCH_SEEK_SCENARIO:
        wish.side = MATCH_OFFERS;
        wish.node = seek->node;
        if (slot->own != 0)
            consider(best, value, match_certainty(slot->own - 1), wish);
        consider(best, value, slot->take, take);
        consider_gifts(f, slot, MATCH_NEEDS, wish, best, value);
        consider_gifts(f, slot, MATCH_OFFERS, wish, best, value);
        break;
    default:
        break;
    }
}

/* Two that seek the same of investment or distribution. */
static void consider_counterparts(const struct match_finder *f, uint32_t second,
                                  struct match_wish *best, double *value) {
    const struct match_market *m = f->index->market;
    for (size_t s = m->seek_offset[f->firm]; s < m->seek_offset[f->firm + 1]; s++) {
        if (m->seek[s].kind < MATCH_SEEK_INVESTMENT)
            continue;
        for (size_t t = m->seek_offset[second]; t < m->seek_offset[second + 1]; t++) {
            uint32_t mine = m->seek[s].node, theirs = m->seek[t].node;
            if (m->seek[t].kind != m->seek[s].kind ||
                (mine != theirs && mine != MATCH_NO_NODE && theirs != MATCH_NO_NODE))
                continue;
            consider(best, value, mine == MATCH_NO_NODE || theirs == MATCH_NO_NODE ? MATCH_OPEN : 1,
                     (struct match_wish){.kind = MATCH_WISH_SEEK,
                                         .firm = f->firm,
                                         .seek = (uint32_t)s,
                                         .node = MATCH_NO_NODE});
        }
    }
}

/* Seeks without a node, met by a fit: `taken` is the fit of what the seeker would get,
 * `given` of what it would give. */
static void consider_open(const struct match_index *index, uint32_t seeker, uint32_t partner,
                          double taken, double given, struct match_wish *best, double *value) {
    const struct match_market *m = index->market;
    if ((index->traits[seeker].bits & MATCH_HAS_OPEN_SEEKS) == 0 || *value >= MATCH_OPEN)
        return;
    for (size_t s = m->seek_offset[seeker]; s < m->seek_offset[seeker + 1]; s++) {
        unsigned kind = m->seek[s].kind;
        bool is_met = taken > 0 || given > 0;
        if (m->seek[s].node != MATCH_NO_NODE || kind >= MATCH_SEEK_INVESTMENT)
            continue;
        if (kind == MATCH_SEEK_SUPPLIER)
            is_met = taken > 0;
        else if (kind == MATCH_SEEK_CUSTOMER)
            is_met = given > 0;
        else if (kind == MATCH_SEEK_SERVICE)
            is_met = taken > 0 && (index->traits[partner].bits & MATCH_OFFERS_SERVICE) != 0;
        if (is_met)
            consider(best, value, MATCH_OPEN,
                     (struct match_wish){.kind = MATCH_WISH_SEEK,
                                         .firm = seeker,
                                         .seek = (uint32_t)s,
                                         .node = MATCH_NO_NODE});
    }
}

static void consider_nice(const struct match_index *index, uint32_t asks, uint32_t partner,
                          struct match_wish *best, double *value) {
    struct match_wish wish = {.kind = MATCH_WISH_NICE, .firm = asks, .node = MATCH_NO_NODE};
    if ((index->traits[asks].bits & MATCH_HAS_NICE) == 0)
        return;
    match_count_nice(index->market, asks, partner, &wish.held, &wish.asked);
    consider(best, value, MATCH_OPEN * wish.held / wish.asked, wish);
}

static void consider_named(const struct match_market *m, uint32_t first, uint32_t second,
                           const struct match_tie *tie, struct match_wish *best, double *value) {
    struct match_wish wish = {.kind = MATCH_WISH_NAMED, .node = MATCH_NO_NODE};
    const struct match_tie *back = match_find_tie(m, second, first);
    wish.firm = first;
    consider(best, value, tie->wish, wish);
    wish.firm = second;
    if (back != NULL)
        consider(best, value, back->wish, wish);
}

double match_wishes(struct match_finder *f, uint32_t second, const struct match_tie *tie,
                    struct match_score *score, bool *makes_pair) {
    const struct match_index *index = f->index;
    const struct match_market *m = index->market;
    uint32_t first = f->firm, mine = index->traits[first].bits, theirs = index->traits[second].bits;
    double need = score->part[MATCH_FIT_NEED], offer = score->part[MATCH_FIT_OFFER], value = 0;
    struct match_wish *best = &score->wish;
    if (tie != NULL)
        consider_named(m, first, second, tie, best, &value);
    if ((mine & MATCH_HAS_SEEKS) != 0)
        consider_claims(f, second, best, &value);
    if ((theirs & MATCH_HAS_SEEKS) != 0) {
        for (size_t s = m->seek_offset[second]; s < m->seek_offset[second + 1]; s++)
            if (m->seek[s].node != MATCH_NO_NODE)
                consider_seek(f, second, s, best, &value);
        if ((mine & MATCH_HAS_SEEKS) != 0)
            consider_counterparts(f, second, best, &value);
    }
    *makes_pair = value > 0;
    consider_open(index, first, second, need, offer, best, &value);
    consider_open(index, second, first, offer, need, best, &value);
    consider_nice(index, first, second, best, &value);
    consider_nice(index, second, first, best, &value);
    return value;
}
