/*
 * Gaps in order of importance.
 *
 * A gap of a chain is a kind and a node of the chain whose state is STATED or NOT_IN_REGISTER. Its
 * importance is
 *
 *     severity(kind) * role(node in chain) * (1 + 2 r + 2 w) / 5        in (0, 1]
 *
 *     r = final nodes of the chain at risk when the node is missing / final nodes of the chain
 *     w = exhibitors waiting for the node / the most that wait for one node of the chain
 *
 * so that a missing core node on which every final product hangs and for which most exhibitors wait
 * has 1, and the same gap has at least a fifth of that where nothing is known to hang on it.
 * Waiting are, when there is no exhibitor, those whose need is open (an alternative meets a need),
 * else all that need the node. Severities and roles are judgements, in the order of the gaps' list:
 * nobody at all, nobody certain, one source, one country, then the missing kinds of firms; a
 * chain's own nodes before those it shares, then tools and services.
 *
 * Order: chain, importance (high first), node, kind. O(places + gaps log gaps).
 */
#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "engine/chain/places.h"

static const double severity[CHAIN_GAP_KINDS] = {
    [CHAIN_GAP_NO_EXHIBITOR] = 1.0, [CHAIN_GAP_ONLY_INFERRED] = 0.6, [CHAIN_GAP_ONE_SOURCE] = 0.5,
    [CHAIN_GAP_ONE_COUNTRY] = 0.4,  [CHAIN_GAP_NO_SMALL_FIRM] = 0.2, [CHAIN_GAP_NO_FOREIGN] = 0.2,
    [CHAIN_GAP_NO_DOMESTIC] = 0.3,
};

static const double role_weight[CHAIN_ROLES] = {
    [CHAIN_CORE] = 1.0,
    [CHAIN_SHARED] = 0.8,
    [CHAIN_TOOL] = 0.6,
    [CHAIN_SERVICE] = 0.6,
};

static bool is_gap(uint8_t state) {
    return state == CHAIN_GAP_NOT_IN_REGISTER || state == CHAIN_GAP_STATED;
}

static uint32_t waiting(const struct chain_node *node, int kind) {
    return kind == CHAIN_GAP_NO_EXHIBITOR ? node->needs_open : chain_needs(node);
}

static int by_importance(const void *a, const void *b) {
    const struct chain_gap *left = a, *right = b;
    if (left->importance != right->importance)
        return left->importance > right->importance ? -1 : 1;
    if (left->node != right->node)
        return left->node < right->node ? -1 : 1;
    return left->kind - right->kind;
}

enum err chain_rank_gaps(struct chain_report *report, struct errinfo *info) {
    VEC(struct chain_gap)
    gaps = {0};
    for (uint32_t c = 0; c < report->input.chains; c++) {
        struct chain_summary *chain = &report->chain[c];
        const struct chain_place *place = report->place + chain->place_first;
        uint32_t most_waiting = 1;
        chain->gap_first = gaps.len;
        for (uint32_t i = 0; i < chain->places; i++) {
            uint32_t needs = chain_needs(&report->node[place[i].node]);
            most_waiting = needs > most_waiting ? needs : most_waiting;
        }
        for (uint32_t i = 0; i < chain->places; i++) {
            const struct chain_node *node = &report->node[place[i].node];
            double risk = chain->finals > 0 ? (double)place[i].finals_at_risk / chain->finals : 0;
            for (uint8_t kind = 0; kind < (uint8_t)CHAIN_GAP_KINDS; kind++) {
                if (!is_gap(node->gap[kind]))
                    continue;
                struct chain_gap gap = {
                    .chain = c,
                    .node = place[i].node,
                    .kind = kind,
                    .state = node->gap[kind],
                    .waiting = waiting(node, kind),
                };
                gap.importance = severity[kind] * role_weight[place[i].role] *
                                 (1 + 2 * risk + 2.0 * gap.waiting / most_waiting) / 5;
                if (!vec_push(&gaps, gap)) {
                    vec_free(&gaps);
                    return err_memory(info);
                }
            }
        }
        chain->gaps = gaps.len - chain->gap_first;
        if (chain->gaps > 0)
            qsort(gaps.at + chain->gap_first, chain->gaps, sizeof(*gaps.at), by_importance);
    }
    report->gap = gaps.at;
    return ERR_OK;
}
