/*
 * Lists by counting: each is counted, the counts are summed, the rows are filled in the order of
 * firms, so that lists ascend without a sort; see index.h.
 */
#include "engine/match/index.h"

#include "base/mem.h"

size_t match_find_claim(const struct match_claims *claims, uint32_t firm, uint32_t node) {
    size_t low = claims->offset[firm], end = claims->offset[firm + 1], high = end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (claims->node[middle] < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && claims->node[low] == node ? low : SIZE_MAX;
}

const struct match_tie *match_find_tie(const struct match_market *m, uint32_t first,
                                       uint32_t second) {
    if (m->tie_offset == NULL)
        return NULL;
    size_t low = m->tie_offset[first], end = m->tie_offset[first + 1], high = end;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (m->tie[middle].firm < second)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && m->tie[low].firm == second ? &m->tie[low] : NULL;
}

/* Turns counts at offset[i + 1] into beginnings at offset[i]. */
static void add_up(size_t *offset, size_t rows) {
    for (size_t n = 0; n < rows; n++)
        offset[n + 1] += offset[n];
}

/* After filling, offset[i] stands at the end of its run: back by one. */
static void step_back(size_t *offset, size_t rows) {
    for (size_t n = rows; n > 0; n--)
        offset[n] = offset[n - 1];
    offset[0] = 0;
}

static bool pack_claims(struct match_index *index) {
    const struct match_market *m = index->market;
    const struct match_claims *offers = &m->claims[MATCH_OFFERS], *needs = &m->claims[MATCH_NEEDS];
    uint32_t at = 0;
    index->claim_offset = mem_new(2 * (size_t)m->firms + 1, sizeof(*index->claim_offset));
    index->claim =
        mem_new(offers->offset[m->firms] + needs->offset[m->firms] + 1, sizeof(*index->claim));
    if (index->claim_offset == NULL || index->claim == NULL)
        return false;
    for (uint32_t f = 0; f < m->firms; f++)
        for (int side = 0; side < MATCH_SIDES; side++) {
            const struct match_claims *claims = &m->claims[side];
            for (size_t c = claims->offset[f]; c < claims->offset[f + 1]; c++)
                index->claim[at++] = claims->node[c] << MATCH_BASIS_BITS | claims->basis[c];
            index->claim_offset[2 * (size_t)f + (size_t)side + 1] = at;
        }
    return true;
}

static bool index_claims(struct match_index *index, enum match_side side) {
    const struct match_market *m = index->market;
    const struct match_claims *claims = &m->claims[side];
    size_t count = claims->offset[m->firms];
    size_t *offset = mem_new((size_t)m->nodes + 1, sizeof(*offset));
    uint32_t *holder = mem_new(count + 1, sizeof(*holder));
    index->holder_offset[side] = offset;
    index->holder[side] = holder;
    if (offset == NULL || holder == NULL)
        return false;
    for (size_t c = 0; c < count; c++)
        offset[claims->node[c] + 1]++;
    add_up(offset, m->nodes);
    for (uint32_t f = 0; f < m->firms; f++)
        for (size_t c = claims->offset[f]; c < claims->offset[f + 1]; c++)
            holder[offset[claims->node[c]]++] = f << MATCH_BASIS_BITS | claims->basis[c];
    step_back(offset, m->nodes);
    return true;
}

static bool turn_relations(struct match_index *index, enum match_side side) {
    const struct match_market *m = index->market;
    size_t count = m->relation_offset[m->nodes];
    size_t *offset = mem_new((size_t)m->nodes + 1, sizeof(*offset));
    struct match_met_by *met = mem_new(count + 1, sizeof(*met));
    index->met_offset[side] = offset;
    index->met[side] = met;
    if (offset == NULL || met == NULL)
        return false;
    for (size_t r = 0; r < count; r++)
        if (m->relation[r].side == side)
            offset[m->relation[r].node + 1]++;
    add_up(offset, m->nodes);
    for (uint32_t n = 0; n < m->nodes; n++)
        for (size_t r = m->relation_offset[n]; r < m->relation_offset[n + 1]; r++)
            if (m->relation[r].side == side)
                met[offset[m->relation[r].node]++] = (struct match_met_by){n, m->relation[r].kind};
    step_back(offset, m->nodes);
    return true;
}

static bool index_seeks(struct match_index *index) {
    const struct match_market *m = index->market;
    size_t rows = MATCH_SEEK_KINDS * ((size_t)m->nodes + 1);
    if (m->seek_offset == NULL)
        return true;
    size_t count = m->seek_offset[m->firms];
    size_t *offset = index->seeker_offset = mem_new(rows + 1, sizeof(*offset));
    index->seeker = mem_new(count + 1, sizeof(*index->seeker));
    if (offset == NULL || index->seeker == NULL)
        return false;
    for (size_t s = 0; s < count; s++)
        offset[match_seeker_row(index, m->seek[s].kind, m->seek[s].node) + 1]++;
    add_up(offset, rows);
    for (uint32_t f = 0; f < m->firms; f++)
        for (size_t s = m->seek_offset[f]; s < m->seek_offset[f + 1]; s++)
            index->seeker[offset[match_seeker_row(index, m->seek[s].kind, m->seek[s].node)]++] = f;
    step_back(offset, rows);
    return true;
}

static void add_source(struct match_source *source, uint16_t country) {
    uint32_t at = 0;
    source->firms++;
    if (country == 0) {
        source->unsaid++;
        return;
    }
    while (at < source->places && at < MATCH_PLACES && source->country[at] != country)
        at++;
    if (at == source->places)
        source->places++;
    if (at < MATCH_PLACES) {
        source->country[at] = country;
        source->of[at]++;
    }
}

static bool index_nodes(struct match_index *index) {
    const struct match_market *m = index->market;
    const struct match_claims *offers = &m->claims[MATCH_OFFERS];
    index->source = mem_new((size_t)m->nodes + 1, sizeof(*index->source));
    index->is_service = mem_new((size_t)m->nodes + 1, sizeof(*index->is_service));
    if (index->source == NULL || index->is_service == NULL)
        return false;
    for (uint32_t f = 0; f < m->firms; f++)
        for (size_t o = offers->offset[f]; o < offers->offset[f + 1]; o++)
            add_source(&index->source[offers->node[o]], m->firm != NULL ? m->firm[f].country : 0);
    for (uint32_t n = 0; n < m->nodes; n++)
        for (size_t r = m->relation_offset[n]; r < m->relation_offset[n + 1]; r++)
            if (m->relation[r].kind == MATCH_SERVICE)
                index->is_service[n] = 1;
    return true;
}

static uint32_t traits_of(const struct match_index *index, uint32_t firm) {
    const struct match_market *m = index->market;
    const struct match_claims *offers = &m->claims[MATCH_OFFERS];
    uint32_t bits = m->firm != NULL && m->firm[firm].is_returning ? MATCH_IS_RETURNING : 0;
    if (m->condition_offset != NULL)
        for (size_t c = m->condition_offset[firm]; c < m->condition_offset[firm + 1]; c++)
            bits |= m->condition[c].demand == MATCH_NICE ? MATCH_HAS_NICE : MATCH_HAS_CONDITIONS;
    if (m->seek_offset != NULL)
        for (size_t s = m->seek_offset[firm]; s < m->seek_offset[firm + 1]; s++) {
            bits |= MATCH_HAS_SEEKS;
            if (m->seek[s].node == MATCH_NO_NODE && m->seek[s].kind < MATCH_SEEK_INVESTMENT)
                bits |= MATCH_HAS_OPEN_SEEKS;
        }
    for (size_t o = offers->offset[firm]; o < offers->offset[firm + 1]; o++)
        if (index->is_service[offers->node[o]] != 0)
            bits |= MATCH_OFFERS_SERVICE;
    return bits;
}

static bool index_firms(struct match_index *index) {
    const struct match_market *m = index->market;
    index->traits = mem_new((size_t)m->firms + 1, sizeof(*index->traits));
    if (index->traits == NULL)
        return false;
    for (uint32_t f = 0; f < m->firms; f++) {
        index->traits[f] = (struct match_firm_traits){
            .languages = m->firm != NULL ? m->firm[f].languages : 0, .bits = traits_of(index, f)};
        index->any_bits |= index->traits[f].bits;
    }
    return true;
}

enum err match_index_new(const struct match_market *market, struct match_index **out,
                         struct errinfo *info) {
    struct match_index *index = mem_new(1, sizeof(*index));
    *out = NULL;
    if (index == NULL)
        return err_memory(info);
    index->market = market;
    bool ok = pack_claims(index) && index_nodes(index) && index_firms(index) && index_seeks(index);
    for (int side = 0; side < MATCH_SIDES && ok; side++)
        ok = index_claims(index, side) && turn_relations(index, side);
    if (!ok) {
        match_index_free(index);
        return err_memory(info);
    }
    *out = index;
    return ERR_OK;
}

void match_index_free(struct match_index *index) {
    if (index == NULL)
        return;
    mem_free(index->claim_offset);
    mem_free(index->claim);
    for (int side = 0; side < MATCH_SIDES; side++) {
        mem_free(index->holder_offset[side]);
        mem_free(index->holder[side]);
        mem_free(index->met_offset[side]);
        mem_free(index->met[side]);
    }
    mem_free(index->seeker_offset);
    mem_free(index->seeker);
    mem_free(index->is_service);
    mem_free(index->source);
    mem_free(index->traits);
    mem_free(index);
}
