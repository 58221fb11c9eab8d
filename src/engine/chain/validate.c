/*
 * Validation: see validate.h. The words are for whoever fills the arrays: they name the array and
 * the position.
 */
#include "engine/chain/validate.h"

#include <math.h>

#include "base/mem.h"

/* Whether every value is below `end`, or CHAIN_NONE where that is allowed. */
static enum err check_indices(const char *what, const uint32_t *value, size_t count, uint32_t end,
                              bool none_allowed, struct errinfo *info) {
    for (size_t i = 0; i < count; i++)
        if (value[i] >= end && !(none_allowed && value[i] == CHAIN_NONE)) {
            enum err err = err_set(info, ERR_INPUT, "%s %zu of the chain engine's input is %u",
                                   what, i, value[i]);
            err_hint(info, "It must be below %u", end);
            return err;
        }
    return ERR_OK;
}

static enum err check_enums(const char *what, const uint8_t *value, size_t count, uint8_t end,
                            struct errinfo *info) {
    for (size_t i = 0; i < count; i++)
        if (value[i] >= end) {
            enum err err = err_set(info, ERR_INPUT, "%s %zu of the chain engine's input is %u",
                                   what, i, value[i]);
            err_hint(info, "It must be below %u", end);
            return err;
        }
    return ERR_OK;
}

static enum err check_count(const char *what, size_t count, size_t max, struct errinfo *info) {
    return count <= max ? ERR_OK
                        : err_set(info, ERR_LIMIT, "%zu %s are more than the chain engine's %zu",
                                  count, what, max);
}

enum err chain_validate_graph(const struct chain_graph *graph, struct errinfo *info) {
    enum err err = check_count("nodes", graph->nodes, CHAIN_INDEX_MAX, info);
    if (err == ERR_OK)
        err = check_count("links", graph->links, CHAIN_NONE - 1, info);
    if (err == ERR_OK)
        err = check_indices("link input", graph->input, graph->links, graph->nodes, false, info);
    if (err == ERR_OK)
        err = check_indices("link output", graph->output, graph->links, graph->nodes, false, info);
    if (err == ERR_OK)
        err = check_enums("link kind", graph->kind, graph->links, CHAIN_LINK_KINDS, info);
    return err;
}

static enum err check_slice(uint32_t nodes, uint32_t chain, const struct chain_slice *slice,
                            uint32_t *last_chain, struct errinfo *info) {
    enum err err = check_indices("chain node", slice->node, slice->members, nodes, false, info);
    if (err == ERR_OK)
        err = check_indices("final node", slice->final, slice->finals, nodes, false, info);
    if (err == ERR_OK)
        err = check_enums("stage", slice->stage, slice->members, CHAIN_STAGES, info);
    if (err == ERR_OK)
        err = check_enums("role", slice->role, slice->members, CHAIN_ROLES, info);
    for (uint32_t i = 0; i < slice->members && err == ERR_OK; i++) {
        if (last_chain[slice->node[i]] == chain + 1)
            err =
                err_set(info, ERR_INPUT, "node %u stands twice in chain %u", slice->node[i], chain);
        last_chain[slice->node[i]] = chain + 1;
    }
    return err;
}

enum err chain_validate_slices(uint32_t nodes, uint32_t chains, const struct chain_slice *slice,
                               struct errinfo *info) {
    enum err err = check_count("chains", chains, CHAIN_NONE - 1, info);
    uint32_t *last_chain = mem_new(nodes, sizeof(*last_chain));
    if (last_chain == NULL)
        return err_memory(info);
    size_t members = 0;
    for (uint32_t c = 0; c < chains && err == ERR_OK; c++) {
        err = check_slice(nodes, c, &slice[c], last_chain, info);
        members += slice[c].members;
    }
    if (err == ERR_OK)
        err = check_count("nodes in chains", members, CHAIN_NONE - 1, info);
    mem_free(last_chain);
    return err;
}

static enum err check_claims(const char *exhibitor, const char *node, const char *basis,
                             const struct chain_claims *claims, uint32_t exhibitors, uint32_t nodes,
                             struct errinfo *info) {
    enum err err =
        check_indices(exhibitor, claims->exhibitor, claims->count, exhibitors, false, info);
    if (err == ERR_OK)
        err = check_indices(node, claims->node, claims->count, nodes, false, info);
    if (err == ERR_OK)
        err = check_enums(basis, claims->basis, claims->count, CHAIN_BASES, info);
    return err;
}

static enum err check_register(const struct chain_register *reg, uint32_t nodes,
                               struct errinfo *info) {
    uint32_t count = reg->exhibitors;
    enum err err = check_count("exhibitors", count, CHAIN_INDEX_MAX, info);
    if (err == ERR_OK)
        err = check_indices("country", reg->country, count, reg->countries, true, info);
    if (err == ERR_OK)
        err = check_enums("size", reg->size, count, CHAIN_SIZES, info);
    if (err == ERR_OK)
        err = check_enums("origin", reg->origin, count, CHAIN_ORIGINS, info);
    if (err == ERR_OK)
        err = check_indices("lead exhibitor", reg->lead, count, count, true, info);
    for (uint32_t i = 0; i < count && reg->weight != NULL && err == ERR_OK; i++)
        if (!(reg->weight[i] > 0) || !isfinite(reg->weight[i]))
            err =
                err_set(info, ERR_INPUT, "the weight of exhibitor %u is not a positive number", i);
    if (err == ERR_OK)
        err = check_claims("offer's exhibitor", "offer's node", "offer's basis", &reg->offers,
                           count, nodes, info);
    if (err == ERR_OK)
        err = check_claims("need's exhibitor", "need's node", "need's basis", &reg->needs, count,
                           nodes, info);
    return err;
}

static enum err check_past(const struct chain_past *past, const struct chain_register *reg,
                           uint32_t nodes, struct errinfo *info) {
    uint32_t count = past->organisations;
    enum err err = check_count("past offers", past->offers, CHAIN_NONE - 1, info);
    if (err == ERR_OK)
        err = check_indices("past country", past->country, count, reg->countries, true, info);
    if (err == ERR_OK)
        err = check_enums("past size", past->size, count, CHAIN_SIZES, info);
    if (err == ERR_OK)
        err = check_enums("past origin", past->origin, count, CHAIN_ORIGINS, info);
    if (err == ERR_OK)
        err = check_indices("past organisation's exhibitor", past->present, count, reg->exhibitors,
                            true, info);
    if (err == ERR_OK)
        err = check_indices("past offer's organisation", past->organisation, past->offers, count,
                            false, info);
    if (err == ERR_OK)
        err = check_indices("past offer's node", past->node, past->offers, nodes, false, info);
    return err;
}

enum err chain_validate(const struct chain_input *input, struct errinfo *info) {
    uint32_t nodes = input->graph->nodes;
    enum err err = chain_validate_graph(input->graph, info);
    if (err == ERR_OK)
        err = chain_validate_slices(nodes, input->chains, input->slice, info);
    if (err == ERR_OK)
        err = check_register(input->reg, nodes, info);
    if (err == ERR_OK && input->past != NULL)
        err = check_past(input->past, input->reg, nodes, info);
    return err;
}
