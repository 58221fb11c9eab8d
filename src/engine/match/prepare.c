/* What a firm gains and gives, written down by node; see finder.h. */
#include <string.h>

#include "base/mem.h"
#include "engine/match/finder.h"

/* Most offers of a firm, and most relations that the offers of one firm have. */
static void most_of(const struct match_market *m, size_t *offers_most, size_t *hits_most) {
    const struct match_claims *offers = &m->claims[MATCH_OFFERS];
    *offers_most = *hits_most = 0;
    for (uint32_t f = 0; f < m->firms; f++) {
        size_t count = offers->offset[f + 1] - offers->offset[f], hits = 0;
        for (size_t o = offers->offset[f]; o < offers->offset[f + 1]; o++)
            hits += m->relation_offset[offers->node[o] + 1] - m->relation_offset[offers->node[o]];
        *offers_most = count > *offers_most ? count : *offers_most;
        *hits_most = hits > *hits_most ? hits : *hits_most;
    }
}

enum err match_finder_new(const struct match_index *index, struct match_finder **out,
                          struct errinfo *info) {
    const struct match_market *m = index->market;
    struct match_finder *f = mem_new(1, sizeof(*f));
    size_t firms = (size_t)m->firms + 1, nodes = (size_t)m->nodes + 1, offers, hits;
    *out = NULL;
    if (f == NULL)
        return err_memory(info);
    most_of(m, &offers, &hits);
    f->index = index;
    f->firm = MATCH_NO_FIRM;
    f->reached.base = 1;
    f->stamp = mem_new(nodes, sizeof(*f->stamp));
    f->slot = mem_new(nodes, sizeof(*f->slot));
    f->touched = mem_new(nodes, sizeof(*f->touched));
    f->hit = mem_new(hits + 1, sizeof(*f->hit));
    f->gift = mem_new(offers + 1, sizeof(*f->gift));
    f->reached.place = mem_new(firms, sizeof(*f->reached.place));
    f->reached.entry = mem_new(firms, sizeof(*f->reached.entry));
    f->bound = mem_new(firms, sizeof(*f->bound));
    if (f->stamp == NULL || f->slot == NULL || f->touched == NULL || f->hit == NULL ||
        f->gift == NULL || f->reached.place == NULL || f->reached.entry == NULL ||
        f->bound == NULL) {
        match_finder_free(f);
        return err_memory(info);
    }
    *out = f;
    return ERR_OK;
}

void match_finder_free(struct match_finder *f) {
    if (f == NULL)
        return;
    mem_free(f->stamp);
    mem_free(f->slot);
    mem_free(f->touched);
    mem_free(f->hit);
    mem_free(f->gift);
    mem_free(f->reached.place);
    mem_free(f->reached.entry);
    mem_free(f->bound);
    mem_free(f);
}

static struct match_slot *slot_at(struct match_finder *f, uint32_t node) {
    struct match_slot *slot = &f->slot[node];
    if (f->stamp[node] != f->turn) {
        f->stamp[node] = f->turn;
        f->touched[f->touched_count++] = node;
        *slot = (struct match_slot){.take = 0};
    }
    return slot;
}

static void add_hit(struct match_finder *f, uint32_t offer, const struct match_relation *relation) {
    struct match_slot *slot = slot_at(f, relation->node);
    f->hit[f->hits] = (struct match_hit){.next = slot->give[relation->side],
                                         .offer = offer,
                                         .strength = match_strength(relation->kind),
                                         .kind = relation->kind};
    slot->give[relation->side] = ++f->hits;
}

/* An offer of `give` meets the firm's claim of `node`. */
static void add_take(struct match_finder *f, uint32_t give, enum match_kind kind,
                     enum match_side side, uint32_t node, enum match_basis basis) {
    struct match_slot *slot = slot_at(f, give);
    double worth = match_strength(kind) * match_certainty(basis);
    if (!match_take_is_better(worth, kind, side, node, slot->take, slot->take_kind, slot->take_side,
                              slot->take_node))
        return;
    slot->take = worth;
    slot->take_node = node;
    slot->take_side = (uint8_t)side;
    slot->take_kind = (uint8_t)kind;
    slot->take_basis = (uint8_t)basis;
}

static void add_sought(struct match_finder *f, enum match_side side, uint32_t node, double worth,
                       size_t seek) {
    struct match_slot *slot = slot_at(f, node);
    if (worth <= slot->sought[side])
        return;
    slot->sought[side] = worth;
    slot->seek[side] = (uint32_t)seek;
}

/* Offers that meet a claim of the node on that side, as what the seek looks for. */
static void seek_offers(struct match_finder *f, enum match_side side, uint32_t node, size_t seek) {
    const struct match_index *index = f->index;
    for (size_t r = index->met_offset[side][node]; r < index->met_offset[side][node + 1]; r++)
        add_sought(f, MATCH_OFFERS, index->met[side][r].node,
                   match_strength(index->met[side][r].kind), seek);
}

static void seek_claims(struct match_finder *f, uint32_t node, size_t seek) {
    const struct match_market *m = f->index->market;
    for (size_t r = m->relation_offset[node]; r < m->relation_offset[node + 1]; r++)
        add_sought(f, m->relation[r].side, m->relation[r].node, match_strength(m->relation[r].kind),
                   seek);
}

static void prepare_seeks(struct match_finder *f, uint32_t firm) {
    const struct match_market *m = f->index->market;
    for (size_t s = m->seek_offset[firm]; s < m->seek_offset[firm + 1]; s++) {
        uint32_t node = m->seek[s].node;
        if (node == MATCH_NO_NODE)
            continue;
        switch ((enum match_seek_kind)m->seek[s].kind) {
        case MATCH_SEEK_SUPPLIER:
        case MATCH_SEEK_SERVICE:
            seek_offers(f, MATCH_NEEDS, node, s);
            break;
        case MATCH_SEEK_CUSTOMER:
            seek_claims(f, node, s);
            break;
        case MATCH_SEEK_DEVELOPMENT:
        case MATCH_SEEK_PRODUCTION:
        case MATCH_SEEK_SCENARIO:
            add_sought(f, MATCH_OFFERS, node, 1, s);
            seek_offers(f, MATCH_NEEDS, node, s);
            seek_offers(f, MATCH_OFFERS, node, s);
            seek_claims(f, node, s);
            break;
        default: /* meets the seek of the other, not a claim */
            break;
        }
    }
}

/* A new turn; once in 2^32 of them the old stamps are wiped. */
static void begin(struct match_finder *f) {
    f->touched_count = 0;
    f->hits = 0;
    if (++f->turn != 0)
        return;
    memset(f->stamp, 0, f->index->market->nodes * sizeof(*f->stamp));
    f->turn = 1;
}

void match_prepare(struct match_finder *f, uint32_t firm) {
    const struct match_index *index = f->index;
    const struct match_market *m = index->market;
    const struct match_claims *offers = &m->claims[MATCH_OFFERS], *needs = &m->claims[MATCH_NEEDS];
    if (f->firm == firm)
        return;
    f->firm = firm;
    begin(f);
    for (size_t o = offers->offset[firm]; o < offers->offset[firm + 1]; o++) {
        uint32_t node = offers->node[o];
        struct match_slot *slot = slot_at(f, node);
        slot->own = (uint8_t)(1 + offers->basis[o]);
        slot->quantity[MATCH_OFFERS] = offers->quantity != NULL ? offers->quantity[o] : 0;
        for (size_t r = m->relation_offset[node]; r < m->relation_offset[node + 1]; r++)
            add_hit(f, (uint32_t)(o - offers->offset[firm]), &m->relation[r]);
    }
    for (int side = 0; side < MATCH_SIDES; side++) {
        const struct match_claims *claims = &m->claims[side];
        for (size_t c = claims->offset[firm]; c < claims->offset[firm + 1]; c++)
            for (size_t r = index->met_offset[side][claims->node[c]];
                 r < index->met_offset[side][claims->node[c] + 1]; r++)
                add_take(f, index->met[side][r].node, index->met[side][r].kind, side,
                         claims->node[c], claims->basis[c]);
    }
    if (needs->quantity != NULL)
        for (size_t n = needs->offset[firm]; n < needs->offset[firm + 1]; n++)
            if (needs->quantity[n] > 0)
                slot_at(f, needs->node[n])->quantity[MATCH_NEEDS] = needs->quantity[n];
    if ((index->traits[firm].bits & MATCH_HAS_SEEKS) != 0)
        prepare_seeks(f, firm);
}
