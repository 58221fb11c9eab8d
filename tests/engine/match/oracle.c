/*
 * The score of a pair by the definitions in score.h: every claim against every claim, every country
 * counted anew. Nothing here is shared with the engine but the strengths and certainties.
 */
#include "markets.h"

struct pair {
    const struct match_market *m;
    uint32_t a, b;
};

struct deal { /* the best fact of a fit */
    double fit, worth;
    uint32_t give, take;
    unsigned side, kind;
};

static double larger(double x, double y) {
    return x > y ? x : y;
}

/* Certainty of a claim, 0 = is not made. */
static double certainty(const struct match_market *m, unsigned side, uint32_t firm, uint32_t node) {
    const struct match_claims *claims = &m->claims[side];
    for (size_t c = claims->offset[firm]; c < claims->offset[firm + 1]; c++)
        if (claims->node[c] == node)
            return match_certainty(claims->basis[c]);
    return 0;
}

static double quantity(const struct match_market *m, unsigned side, uint32_t firm, uint32_t node) {
    const struct match_claims *claims = &m->claims[side];
    for (size_t c = claims->offset[firm]; c < claims->offset[firm + 1]; c++)
        if (claims->node[c] == node && claims->quantity != NULL)
            return claims->quantity[c];
    return 0;
}

/* Whether x is the better of two equal offers: kind, needs first, smaller node (score.h). */
static int is_before(const struct match_relation *x, const struct deal *y) {
    if (x->kind != y->kind)
        return x->kind < y->kind;
    if (x->side != y->side)
        return x->side == MATCH_NEEDS;
    return x->node < y->take;
}

static struct deal deal(const struct match_market *m, uint32_t supplier, uint32_t customer) {
    struct deal best = {.give = MATCH_NO_NODE};
    double product = 1;
    for (uint32_t give = 0; give < m->nodes; give++) {
        double mine = certainty(m, MATCH_OFFERS, supplier, give);
        struct deal at = {.give = MATCH_NO_NODE};
        for (size_t r = m->relation_offset[give]; mine > 0 && r < m->relation_offset[give + 1];
             r++) {
            const struct match_relation *relation = &m->relation[r];
            double theirs = certainty(m, relation->side, customer, relation->node);
            double worth = match_strength(relation->kind) * theirs * mine;
            if (worth > at.worth || (worth > 0 && worth >= at.worth && is_before(relation, &at)))
                at = (struct deal){0, worth, give, relation->node, relation->side, relation->kind};
        }
        if (at.worth > best.worth) {
            product *= 1 - MATCH_FURTHER * best.worth;
            best = at;
        } else {
            product *= 1 - MATCH_FURTHER * at.worth;
        }
    }
    best.fit = 1 - (1 - best.worth) * product;
    return best;
}

static uint16_t country(const struct match_market *m, uint32_t firm) {
    return m->firm != NULL ? m->firm[firm].country : 0;
}

static double resilience(const struct match_market *m, uint32_t supplier, uint32_t customer,
                         const struct deal *deal) {
    uint32_t seen[MARKET_FIRMS_MAX], countries = 0, others = 0, unsaid = 0, home = 0;
    uint32_t node = deal->side == MATCH_NEEDS ? deal->take : deal->give;
    if (deal->worth <= 0 || deal->kind == MATCH_SCENARIO || deal->kind == MATCH_SERVICE)
        return 0;
    for (uint32_t f = 0; f < m->firms; f++) {
        uint32_t at = 0;
        if (f == supplier || f == customer || certainty(m, MATCH_OFFERS, f, node) <= 0)
            continue;
        others++;
        unsaid += country(m, f) == 0;
        while (at < countries && seen[at] != country(m, f))
            at++;
        if (at == countries)
            seen[countries++] = country(m, f);
        home += country(m, f) == country(m, supplier);
    }
    if (others <= 1)
        return others;
    if (unsaid > 0 || country(m, supplier) == 0)
        return 0;
    return countries == 1 && home == 0 ? 1 : countries == 2 && home > 0 ? 0.5 : 0;
}

static double volume(const struct match_market *m, uint32_t supplier, uint32_t customer,
                     const struct deal *deal) {
    if (deal->worth <= 0 || deal->give != deal->take || deal->side != MATCH_NEEDS)
        return 0;
    double supply = quantity(m, MATCH_OFFERS, supplier, deal->give);
    double demand = quantity(m, MATCH_NEEDS, customer, deal->take);
    return supply > 0 && demand > 0 ? (supply < demand ? supply / demand : 1) : 0;
}

static const struct match_tie *tie(const struct match_market *m, uint32_t a, uint32_t b) {
    for (size_t t = m->tie_offset != NULL ? m->tie_offset[a] : 0;
         m->tie_offset != NULL && t < m->tie_offset[a + 1]; t++)
        if (m->tie[t].firm == b)
            return &m->tie[t];
    return NULL;
}

/* Offers of a firm that meet a claim of the node on that side. */
static double met_by(const struct match_market *m, uint32_t firm, unsigned side, uint32_t node) {
    double best = 0;
    for (uint32_t give = 0; give < m->nodes; give++)
        for (size_t r = m->relation_offset[give]; r < m->relation_offset[give + 1]; r++)
            if (m->relation[r].node == node && m->relation[r].side == side)
                best = larger(best, match_strength(m->relation[r].kind) *
                                        certainty(m, MATCH_OFFERS, firm, give));
    return best;
}

/* Claims of a firm that an offer of the node meets. */
static double meets(const struct match_market *m, uint32_t firm, uint32_t node) {
    double best = 0;
    for (size_t r = m->relation_offset[node]; r < m->relation_offset[node + 1]; r++)
        best = larger(best, match_strength(m->relation[r].kind) *
                                certainty(m, m->relation[r].side, firm, m->relation[r].node));
    return best;
}

static int offers_service(const struct match_market *m, uint32_t firm) {
    for (uint32_t node = 0; node < m->nodes; node++)
        for (size_t r = m->relation_offset[node]; r < m->relation_offset[node + 1]; r++)
            if (m->relation[r].kind == MATCH_SERVICE && certainty(m, MATCH_OFFERS, firm, node) > 0)
                return 1;
    return 0;
}

/* `taken` is the fit of what a would get of b, `given` the other. */
static double open_seek(struct pair p, unsigned kind, double taken, double given) {
    switch (kind) {
    case MATCH_SEEK_SUPPLIER:
        return taken > 0 ? MATCH_OPEN : 0;
    case MATCH_SEEK_CUSTOMER:
        return given > 0 ? MATCH_OPEN : 0;
    case MATCH_SEEK_SERVICE:
        return taken > 0 && offers_service(p.m, p.b) ? MATCH_OPEN : 0;
    default:
        return taken > 0 || given > 0 ? MATCH_OPEN : 0;
    }
}

static double counterpart(struct pair p, const struct match_seek *seek) {
    double best = 0;
    for (size_t t = p.m->seek_offset[p.b]; t < p.m->seek_offset[p.b + 1]; t++) {
        const struct match_seek *other = &p.m->seek[t];
        if (other->kind != seek->kind)
            continue;
        if (other->node == MATCH_NO_NODE || seek->node == MATCH_NO_NODE)
            best = larger(best, MATCH_OPEN);
        else if (other->node == seek->node)
            best = 1;
    }
    return best;
}

/* The best seek of a that b meets; open ones apart, because they make no pair. */
static double seeks(struct pair p, double taken, double given, double *open) {
    double best = 0;
    for (size_t s = p.m->seek_offset != NULL ? p.m->seek_offset[p.a] : 0;
         p.m->seek_offset != NULL && s < p.m->seek_offset[p.a + 1]; s++) {
        const struct match_seek *seek = &p.m->seek[s];
        if (seek->kind >= MATCH_SEEK_INVESTMENT)
            best = larger(best, counterpart(p, seek));
        else if (seek->node == MATCH_NO_NODE)
            *open = larger(*open, open_seek(p, seek->kind, taken, given));
        else if (seek->kind == MATCH_SEEK_SUPPLIER || seek->kind == MATCH_SEEK_SERVICE)
            best = larger(best, met_by(p.m, p.b, MATCH_NEEDS, seek->node));
        else if (seek->kind == MATCH_SEEK_CUSTOMER)
            best = larger(best, meets(p.m, p.b, seek->node));
        else
            best = larger(larger(larger(best, certainty(p.m, MATCH_OFFERS, p.b, seek->node)),
                                 meets(p.m, p.b, seek->node)),
                          larger(met_by(p.m, p.b, MATCH_NEEDS, seek->node),
                                 met_by(p.m, p.b, MATCH_OFFERS, seek->node)));
    }
    return best;
}

static int holds(struct pair p, const struct match_condition *c) {
    static const struct match_firm nobody;
    const struct match_firm *f = p.m->firm != NULL ? &p.m->firm[p.b] : &nobody;
    switch (c->attribute) {
    case MATCH_BY_COUNTRY:
        return f->country == c->code;
    case MATCH_BY_REGION:
        return f->region == c->code;
    case MATCH_BY_SIZE:
        return f->size == c->code;
    case MATCH_BY_LANGUAGE:
        return (f->languages >> c->code & 1) != 0;
    case MATCH_BY_FIRM:
        return p.b == c->code;
    default:
        for (size_t i = p.m->certificate_offset != NULL ? p.m->certificate_offset[p.b] : 0;
             p.m->certificate_offset != NULL && i < p.m->certificate_offset[p.b + 1]; i++)
            if (p.m->certificate[i] == c->code)
                return 1;
        return 0;
    }
}

/* How many conditions of that demand a sets and how many hold for b: alternatives are one, of
 * languages and certificates each is one. */
static void count_conditions(struct pair p, unsigned demand, uint32_t *asked, uint32_t *held) {
    *asked = *held = 0;
    for (unsigned attribute = 0; attribute < MATCH_ATTRIBUTES; attribute++) {
        uint32_t of = 0, yes = 0;
        for (size_t c = p.m->condition_offset[p.a]; c < p.m->condition_offset[p.a + 1]; c++)
            if (p.m->condition[c].demand == demand && p.m->condition[c].attribute == attribute) {
                of++;
                yes += (uint32_t)holds(p, &p.m->condition[c]);
            }
        int is_alternative = attribute != MATCH_BY_LANGUAGE && attribute != MATCH_BY_CERTIFICATE;
        *asked += is_alternative ? of > 0 : of;
        *held += is_alternative ? yes > 0 : yes;
    }
}

static int is_refused(struct pair p) {
    uint32_t asked, held;
    if (p.m->condition_offset == NULL)
        return 0;
    count_conditions(p, MATCH_MUST, &asked, &held);
    if (held < asked)
        return 1;
    count_conditions(p, MATCH_NEVER, &asked, &held);
    return held > 0;
}

static double nice(struct pair p) {
    uint32_t asked, held;
    if (p.m->condition_offset == NULL)
        return 0;
    count_conditions(p, MATCH_NICE, &asked, &held);
    return asked > 0 ? MATCH_OPEN * held / asked : 0;
}

static double rivalry(struct pair p) {
    uint32_t common = 0, all = 0;
    for (uint32_t node = 0; node < p.m->nodes; node++) {
        int a = certainty(p.m, MATCH_OFFERS, p.a, node) > 0;
        int b = certainty(p.m, MATCH_OFFERS, p.b, node) > 0;
        common += a && b;
        all += a || b;
    }
    return common > 0 ? (double)common / all : 0;
}

static int is_impossible(struct pair p, const struct match_tie *tie) {
    const struct match_firm *firm = p.m->firm;
    return p.a == p.b || (tie != NULL && tie->bar != 0) ||
           (firm != NULL && firm[p.a].group != 0 && firm[p.a].group == firm[p.b].group) ||
           is_refused(p) || is_refused((struct pair){p.m, p.b, p.a});
}

void market_score(const struct match_market *m, const double weight[MATCH_PARTS], uint32_t first,
                  uint32_t second, double *total, double part[MATCH_PARTS]) {
    struct pair there = {m, first, second}, back = {m, second, first};
    struct deal need = deal(m, second, first), offer = deal(m, first, second);
    const struct match_tie *mine = tie(m, first, second), *theirs = tie(m, second, first);
    double exchange = larger(need.fit, offer.fit), open = 0;
    double seek =
        larger(seeks(there, need.fit, offer.fit, &open), seeks(back, offer.fit, need.fit, &open));
    double named = mine != NULL ? larger(mine->wish, theirs->wish) : 0;
    double kept = mine != NULL ? mine->continuity : 0;
    int stands = exchange > 0 || seek > 0 || named > 0 || kept > 0;
    if (m->firm != NULL && m->firm[first].is_returning && m->firm[second].is_returning &&
        exchange > 0)
        kept = larger(kept, MATCH_BOTH_RETURN);
    part[MATCH_FIT_NEED] = need.fit;
    part[MATCH_FIT_OFFER] = offer.fit;
    part[MATCH_RESILIENCE] =
        larger(resilience(m, second, first, &need), resilience(m, first, second, &offer));
    part[MATCH_VOLUME] = larger(volume(m, second, first, &need), volume(m, first, second, &offer));
    part[MATCH_WISHES] = larger(larger(named, larger(seek, open)), larger(nice(there), nice(back)));
    part[MATCH_LANGUAGES] =
        m->firm != NULL && (m->firm[first].languages & m->firm[second].languages) != 0;
    part[MATCH_CONTINUITY] = kept;
    part[MATCH_RIVALRY] = rivalry(there) * (1 - exchange);
    *total = 0;
    for (int p = 0; p < MATCH_PARTS; p++)
        *total += p == MATCH_RIVALRY ? -weight[p] * part[p] : weight[p] * part[p];
    *total = *total < 0 || !stands || is_impossible(there, mine) ? 0 : *total > 1 ? 1 : *total;
}
