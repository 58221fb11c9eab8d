/*
 * The market of the generator: which firm offers and needs which nodes. See parts.h.
 *
 * Every place of a chain has a weight: its stage, whether it is core to the trade, and how sought
 * after the node is, which is exponential so that some nodes are crowded and most are not. Drawing
 * is a binary search in the cumulated weights.
 */
#include "service/sample/parts.h"

#include <math.h>

#include "base/mem.h"

/* One node in fifteen is offered by nobody; with chance this leaves gaps as the real lists show. */
static const double gap_share = 1.0 / 15;
/* Firms by stage; midstream is the widest in the sample. */
static const double stage_weight[] = {0.30, 0.42, 0.28};
static const double core_weight = 3;

/* Rows of data/sample with offers by their number: 1: 61 %, 2: 27 %, 3: 9 %, more: 3 %. */
static const double offers_cumulated[SAMPLE_OFFERS_MAX] = {0.57, 0.82, 0.92, 0.96, 0.985, 1.0};
static const double needs_share = 0.25;

static enum err check_catalogue(const struct sample_catalogue *c, struct errinfo *info) {
    if (c->nodes_len == 0 || c->chains_len == 0 || c->places_len == 0)
        return err_set(info, ERR_INPUT, "the catalogue has no nodes, chains or places");
    for (uint32_t i = 0; i < c->places_len; i++) {
        const struct sample_place *p = &c->places[i];
        if (p->chain >= c->chains_len || p->node >= c->nodes_len || p->stage > SAMPLE_DOWNSTREAM)
            return err_set(info, ERR_INPUT, "place %u of the catalogue is out of range", i);
    }
    for (uint32_t i = 0; i < c->links_len; i++) {
        if (c->links[i].input >= c->nodes_len || c->links[i].output >= c->nodes_len)
            return err_set(info, ERR_INPUT, "link %u of the catalogue is out of range", i);
    }
    return ERR_OK;
}

/* Lists the links by node: inputs of an output, or outputs of an input. */
static void sort_links(const struct sample_catalogue *c, bool by_output, uint32_t *list,
                       uint32_t *first) {
    for (uint32_t i = 0; i < c->links_len; i++)
        first[1 + (by_output ? c->links[i].output : c->links[i].input)]++;
    for (uint32_t n = 0; n < c->nodes_len; n++)
        first[n + 1] += first[n];
    for (uint32_t i = c->links_len; i-- > 0;) {
        uint32_t node = by_output ? c->links[i].output : c->links[i].input;
        list[--first[node + 1]] = by_output ? c->links[i].input : c->links[i].output;
    }
    /* Filling from the back left each start one place too far to the right in `first`. */
    for (uint32_t n = 0; n < c->nodes_len; n++)
        first[n] = first[n + 1];
    first[c->nodes_len] = c->links_len;
}

static void sort_places(struct sample_market *m, const double *sought_after) {
    const struct sample_catalogue *c = m->catalogue;
    uint32_t filled = 0;
    for (uint32_t chain = 0; chain < c->chains_len; chain++) {
        double sum = 0;
        m->place_first[chain] = filled;
        for (uint32_t i = 0; i < c->places_len; i++) {
            const struct sample_place *p = &c->places[i];
            if (p->chain != chain)
                continue;
            sum += m->gap[p->node] ? 0
                                   : stage_weight[p->stage] * (p->core ? core_weight : 1) *
                                         sought_after[p->node];
            m->place[filled] = i;
            m->sought[filled++] = sum;
        }
    }
    m->place_first[c->chains_len] = filled;
}

enum err sample_market_init(struct sample_market *m, const struct sample_catalogue *catalogue,
                            struct rng *rng, struct errinfo *info) {
    memset(m, 0, sizeof(*m));
    enum err code = check_catalogue(catalogue, info);
    if (code != ERR_OK)
        return code;
    m->catalogue = catalogue;
    size_t nodes = catalogue->nodes_len, links = catalogue->links_len;
    m->sought = mem_new(catalogue->places_len, sizeof(*m->sought));
    m->place = mem_new(catalogue->places_len, sizeof(*m->place));
    m->place_first = mem_new((size_t)catalogue->chains_len + 1, sizeof(*m->place_first));
    m->input = mem_new(links, sizeof(*m->input));
    m->input_first = mem_new(nodes + 1, sizeof(*m->input_first));
    m->output = mem_new(links, sizeof(*m->output));
    m->output_first = mem_new(nodes + 1, sizeof(*m->output_first));
    m->gap = mem_new(nodes, sizeof(*m->gap));
    double *sought_after = mem_new(nodes, sizeof(*sought_after));
    if (m->sought == NULL || m->place == NULL || m->place_first == NULL || m->input == NULL ||
        m->input_first == NULL || m->output == NULL || m->output_first == NULL || m->gap == NULL ||
        sought_after == NULL) {
        sample_market_release(m);
        mem_free(sought_after);
        return err_memory(info);
    }
    for (size_t n = 0; n < nodes; n++) {
        m->gap[n] = rng_unit(rng) < gap_share;
        sought_after[n] = 0.1 - log(1 - rng_unit(rng));
    }
    sort_places(m, sought_after);
    sort_links(catalogue, true, m->input, m->input_first);
    sort_links(catalogue, false, m->output, m->output_first);
    mem_free(sought_after);
    return ERR_OK;
}

void sample_market_release(struct sample_market *m) {
    mem_free(m->sought);
    mem_free(m->place);
    mem_free(m->place_first);
    mem_free(m->input);
    mem_free(m->input_first);
    mem_free(m->output);
    mem_free(m->output_first);
    mem_free(m->gap);
    memset(m, 0, sizeof(*m));
}

/* A node of the chain by weight; SAMPLE_NONE when nobody offers any. */
static uint32_t draw_node(const struct sample_market *m, struct rng *rng, uint32_t chain) {
    uint32_t low = m->place_first[chain], high = m->place_first[chain + 1];
    if (low == high || m->sought[high - 1] <= 0)
        return SAMPLE_NONE;
    double target = rng_unit(rng) * m->sought[high - 1];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (m->sought[middle] <= target)
            low = middle + 1;
        else
            high = middle;
    }
    return m->catalogue->places[m->place[low]].node;
}

/* One of the nodes that go into `node`, or that use it; SAMPLE_NONE when there is none. */
static uint32_t draw_neighbour(const struct sample_market *m, struct rng *rng, uint32_t node,
                               bool inputs) {
    const uint32_t *first = inputs ? m->input_first : m->output_first;
    uint32_t count = first[node + 1] - first[node];
    if (count == 0)
        return SAMPLE_NONE;
    return (inputs ? m->input : m->output)[first[node] + rng_below(rng, count)];
}

static bool has(const uint32_t *list, uint32_t len, uint32_t node) {
    for (uint32_t i = 0; i < len; i++) {
        if (list[i] == node)
            return true;
    }
    return false;
}

static void add_offer(const struct sample_market *m, struct sample_firm *firm, uint32_t node) {
    if (node != SAMPLE_NONE && !m->gap[node] && firm->offers_len < SAMPLE_OFFERS_MAX &&
        !has(firm->offers, firm->offers_len, node))
        firm->offers[firm->offers_len++] = node;
}

static uint32_t draw_count(struct rng *rng) {
    double at = rng_unit(rng);
    uint32_t count = 0;
    while (at >= offers_cumulated[count])
        count++;
    return count + 1;
}

static void declare_needs(const struct sample_market *m, struct rng *rng,
                          struct sample_firm *firm) {
    if (firm->offers_len == 0 || rng_unit(rng) >= needs_share)
        return;
    uint32_t wanted = 1 + rng_below(rng, SAMPLE_NEEDS_MAX);
    for (uint32_t i = 0; i < wanted; i++) {
        uint32_t of = firm->offers[rng_below(rng, firm->offers_len)];
        uint32_t node = draw_neighbour(m, rng, of, true);
        if (node != SAMPLE_NONE && !has(firm->offers, firm->offers_len, node) &&
            !has(firm->needs, firm->needs_len, node))
            firm->needs[firm->needs_len++] = node;
    }
}

void sample_market_supply(const struct sample_market *m, struct rng *rng,
                          struct sample_firm *firm) {
    uint32_t count = draw_count(rng);
    add_offer(m, firm, draw_node(m, rng, firm->area));
    for (uint32_t i = 1; i < count && firm->offers_len > 0; i++) {
        /* A firm's second product stands next to its first, up or down the chain, more often than
         * elsewhere. */
        bool near = rng_unit(rng) < 0.6;
        add_offer(m, firm,
                  near ? draw_neighbour(m, rng, firm->offers[0], rng_below(rng, 2) == 0)
                       : draw_node(m, rng, firm->area));
    }
    declare_needs(m, rng, firm);
}

void sample_market_partner(const struct sample_market *m, struct rng *rng,
                           const struct sample_firm *lead, struct sample_firm *partner) {
    uint32_t count = 1 + (rng_below(rng, 4) == 0);
    for (uint32_t i = 0; i < count && lead->offers_len > 0; i++) {
        uint32_t of = lead->offers[rng_below(rng, lead->offers_len)];
        uint32_t node = draw_neighbour(m, rng, of, true);
        /* A third of them stand one step further up. */
        if (node != SAMPLE_NONE && rng_below(rng, 3) == 0) {
            uint32_t further = draw_neighbour(m, rng, node, true);
            node = further != SAMPLE_NONE ? further : node;
        }
        add_offer(m, partner, node);
    }
    if (partner->offers_len == 0 && partner->area < m->catalogue->chains_len)
        add_offer(m, partner, draw_node(m, rng, partner->area));
    declare_needs(m, rng, partner);
}
