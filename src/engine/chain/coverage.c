/*
 * Coverage: see coverage.h and, for the meaning of each number, struct chain_node.
 *
 * Concentration is the Herfindahl-Hirschman index, the sum of squared shares (O. C. Herfindahl
 * 1950; A. O. Hirschman, "The paternity of an index", American Economic Review 54 (1964) 761): over
 * offerers, and over the countries of those whose country is known. With equal weights the first is
 * 1 / offerers; weights (stand area, capacity) make it say more.
 *
 * Nodes are independent of each other, so they are spread over threads; sums within a node run in
 * the order of exhibitors, so the result is the same for any number of threads.
 * O(offers + needs + links + nodes) besides a table of countries for each thread.
 */
#include "engine/chain/coverage.h"

#include "base/mem.h"
#include "base/threads.h"
#include "engine/chain/index.h"

enum { NODES_AT_ONCE = 16 };

struct offers_work {
    struct chain_report *report;
    double *country_weight; /* [threads * countries], zero between nodes */
    uint32_t *seen;         /* [threads * countries] countries of the node at hand */
};

static double weight_of(const struct chain_register *reg, uint32_t exhibitor) {
    return reg->weight != NULL ? reg->weight[exhibitor] : 1.0;
}

/* Offers by basis, sizes, origins and concentration by firm. */
static void count_offerers(const struct chain_register *reg, struct chain_row offers,
                           struct chain_node *node) {
    double sum = 0, squares = 0;
    for (size_t i = 0; i < offers.count; i++) {
        uint32_t exhibitor = offers.at[i].of;
        node->offers[offers.at[i].basis]++;
        uint8_t size = reg->size[exhibitor];
        node->small_medium += size == CHAIN_SIZE_SMALL || size == CHAIN_SIZE_MEDIUM;
        node->size_unknown += size == CHAIN_SIZE_UNKNOWN;
        node->domestic += reg->origin[exhibitor] == CHAIN_DOMESTIC;
        node->foreign += reg->origin[exhibitor] == CHAIN_FOREIGN;
        double weight = weight_of(reg, exhibitor);
        sum += weight;
        squares += weight * weight;
    }
    node->hhi_firm = offers.count > 0 ? squares / (sum * sum) : 0;
}

static void count_countries(const struct chain_register *reg, struct chain_row offers,
                            struct chain_node *node, double *country_weight, uint32_t *seen) {
    double sum = 0, squares = 0;
    for (size_t i = 0; i < offers.count; i++) {
        uint32_t country = reg->country[offers.at[i].of];
        if (country == CHAIN_NONE) {
            node->country_unknown++;
            continue;
        }
        double weight = weight_of(reg, offers.at[i].of);
        if (country_weight[country] == 0)
            seen[node->countries++] = country;
        country_weight[country] += weight;
        sum += weight;
    }
    for (uint32_t i = 0; i < node->countries; i++) {
        squares += country_weight[seen[i]] * country_weight[seen[i]];
        country_weight[seen[i]] = 0;
    }
    node->hhi_country = node->countries > 0 ? squares / (sum * sum) : 0;
}

static void cover_offers_block(void *ctx, size_t from, size_t to, uint32_t worker) {
    const struct offers_work *work = ctx;
    const struct chain_register *reg = work->report->input.reg;
    size_t own = (size_t)worker * reg->countries;
    for (size_t i = from; i < to; i++) {
        struct chain_row offers = chain_row(&work->report->offers_by_node, (uint32_t)i);
        struct chain_node *node = &work->report->node[i];
        count_offerers(reg, offers, node);
        count_countries(reg, offers, node, work->country_weight + own, work->seen + own);
    }
}

enum err chain_cover_offers(struct chain_report *report, const struct job *job,
                            struct errinfo *info) {
    size_t countries = (size_t)job_threads(job) * report->input.reg->countries;
    struct offers_work work = {
        .report = report,
        .country_weight = mem_new(countries, sizeof(double)),
        .seen = mem_new(countries, sizeof(uint32_t)),
    };
    enum err err = ERR_OK;
    if (work.country_weight != NULL && work.seen != NULL)
        threads_for(job_threads(job), report->input.graph->nodes, NODES_AT_ONCE, cover_offers_block,
                    &work);
    else
        err = err_memory(info);
    mem_free(work.country_weight);
    mem_free(work.seen);
    return err;
}

/* 0 when nobody offers the node, else 1 + the strongest basis. */
static uint8_t strongest(const struct chain_node *node) {
    for (uint8_t basis = CHAIN_BASES; basis > 0; basis--)
        if (node->offers[basis - 1] > 0)
            return basis;
    return 0;
}

void chain_cover_links(struct chain_report *report) {
    const struct chain_graph *graph = report->input.graph;
    for (uint32_t output = 0; output < graph->nodes; output++) {
        struct chain_span in = chain_links_in(report->index, output);
        uint8_t at_output = strongest(&report->node[output]);
        for (size_t from = 0, to; from < in.count; from = to) {
            to = chain_run_end(graph, in, from);
            uint32_t offered = 0; /* different inputs; a repeated link stands beside its twin */
            for (size_t i = from; i < to; i++) {
                uint32_t input = graph->input[in.at[i]];
                if (i == from || graph->input[in.at[i - 1]] != input)
                    offered += strongest(&report->node[input]) > 0;
            }
            for (size_t i = from; i < to; i++) {
                uint8_t at_input = strongest(&report->node[graph->input[in.at[i]]]);
                report->link[in.at[i]] = (struct chain_link){
                    .live = at_input < at_output ? at_input : at_output,
                    .covered = offered > 0,
                    .replaceable = offered > (at_input > 0 ? 1u : 0u),
                };
            }
        }
    }
}

static void cover_needs_block(void *ctx, size_t from, size_t to, uint32_t worker) {
    struct chain_report *report = ctx;
    for (size_t i = from; i < to; i++) {
        struct chain_row needs = chain_row(&report->needs_by_node, (uint32_t)i);
        for (size_t k = 0; k < needs.count; k++) {
            report->node[i].needs[needs.at[k].basis]++;
            report->node[i].needs_open += needs.at[k].open;
        }
    }
}

void chain_cover_needs(struct chain_report *report, const struct job *job) {
    threads_for(job_threads(job), report->input.graph->nodes, NODES_AT_ONCE, cover_needs_block,
                report);
}

/* The state of "no offerer is of this kind", when `of_kind` are known to be and `unknown` may be.
 */
static uint8_t judge(bool complete, uint32_t of_kind, uint32_t unknown) {
    if (of_kind > 0)
        return CHAIN_GAP_ABSENT;
    if (unknown > 0)
        return CHAIN_GAP_UNKNOWN;
    return complete ? CHAIN_GAP_STATED : CHAIN_GAP_NOT_IN_REGISTER;
}

void chain_judge_gaps(struct chain_report *report) {
    bool complete = report->input.reg->complete;
    for (uint32_t i = 0; i < report->input.graph->nodes; i++) {
        struct chain_node *node = &report->node[i];
        uint32_t offers = chain_offers(node);
        if (offers == 0) { /* of nobody nothing else can be said; the rest stays ABSENT */
            node->gap[CHAIN_GAP_NO_EXHIBITOR] = judge(complete, 0, 0);
            continue;
        }
        uint32_t said = offers - node->offers[CHAIN_INFERRED];
        uint32_t origin_unknown = offers - node->domestic - node->foreign;
        node->gap[CHAIN_GAP_ONLY_INFERRED] = judge(complete, said, 0);
        node->gap[CHAIN_GAP_ONE_SOURCE] = judge(complete, offers - 1, 0);
        node->gap[CHAIN_GAP_ONE_COUNTRY] =
            judge(complete, node->countries > 1, node->country_unknown);
        node->gap[CHAIN_GAP_NO_SMALL_FIRM] =
            judge(complete, node->small_medium, node->size_unknown);
        node->gap[CHAIN_GAP_NO_FOREIGN] = judge(complete, node->foreign, origin_unknown);
        node->gap[CHAIN_GAP_NO_DOMESTIC] = judge(complete, node->domestic, origin_unknown);
    }
}
