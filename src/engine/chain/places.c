/*
 * Places: see places.h. Chains are handled one after the other, in the members' own numbers.
 *
 * Level: trophic level over all links inside the chain, each of weight 1 whatever its kind. On our
 * seven chains the best cut of that level meets the organiser's stage of 492 of 556 nodes; lighter
 * or no weight for optional and capital links meets 463 to 491, because tools and services hang on
 * capital links alone.
 *
 * Stage: the organiser's. Where there is none, by the best cut (cut.c), but only in a connected
 * part in which the organiser gave some stage: levels of different parts cannot be compared.
 *
 * Services around a chain: members with the role of a service, and services of the catalogue
 * outside the chain with a link to or from a member.
 */
#include "engine/chain/places.h"

#include <string.h>

#include "base/mem.h"
#include "base/vec.h"
#include "engine/chain/cut.h"
#include "engine/chain/index.h"
#include "engine/chain/trophic.h"

struct fill {
    struct chain_report *report;
    const struct job *job;
    struct chain_local local;
    VEC(uint32_t)
    ecosystem;
    uint32_t *around; /* [nodes] chain + 1: already in this chain's ecosystem */
};

static bool local_new(struct chain_local *local, const struct chain_input *input) {
    uint32_t members = 0, links = input->graph->links;
    for (uint32_t c = 0; c < input->chains; c++)
        if (input->slice[c].members > members)
            members = input->slice[c].members;
    *local = (struct chain_local){
        .of_node = mem_new(input->graph->nodes, sizeof(uint32_t)),
        .supplier = mem_new(links, sizeof(uint32_t)),
        .customer = mem_new(links, sizeof(uint32_t)),
        .link = mem_new(links, sizeof(uint32_t)),
        .exhibitor_stages = mem_new(input->reg->exhibitors, 1),
        .part = mem_new(members, sizeof(uint32_t)),
        .level = mem_new(members, sizeof(double)),
        .queue = mem_new(members, sizeof(uint32_t)),
        .final = mem_new(members, sizeof(uint32_t)),
        .reach = mem_new(members, sizeof(uint64_t)),
        .waits = mem_new(members, 1),
    };
    if (local->of_node == NULL || local->supplier == NULL || local->customer == NULL ||
        local->link == NULL || local->exhibitor_stages == NULL || local->part == NULL ||
        local->level == NULL || local->queue == NULL || local->final == NULL ||
        local->reach == NULL || local->waits == NULL)
        return false;
    for (uint32_t i = 0; i < input->graph->nodes; i++)
        local->of_node[i] = CHAIN_NONE;
    return true;
}

static void local_release(struct chain_local *local) {
    mem_free(local->of_node);
    mem_free(local->supplier);
    mem_free(local->customer);
    mem_free(local->link);
    mem_free(local->exhibitor_stages);
    mem_free(local->part);
    mem_free(local->level);
    mem_free(local->queue);
    mem_free(local->final);
    mem_free(local->reach);
    mem_free(local->waits);
}

/* The chain's links in members' numbers; counts links and live links by kind. */
static void enter_chain(struct fill *f, const struct chain_slice *slice,
                        struct chain_summary *chain) {
    const struct chain_report *report = f->report;
    const struct chain_graph *graph = report->input.graph;
    struct chain_local *local = &f->local;
    for (uint32_t i = 0; i < slice->members; i++)
        local->of_node[slice->node[i]] = i;
    local->links = 0;
    for (uint32_t i = 0; i < slice->members; i++) {
        struct chain_span out = chain_links_out(report->index, slice->node[i]);
        for (size_t k = 0; k < out.count; k++) {
            uint32_t link = out.at[k], customer = local->of_node[graph->output[link]];
            if (customer == CHAIN_NONE)
                continue;
            local->supplier[local->links] = i;
            local->customer[local->links] = customer;
            local->link[local->links++] = link;
            chain->links[graph->kind[link]]++;
            chain->live[graph->kind[link]] += report->link[link].live != CHAIN_NOT_LIVE;
        }
    }
}

static void leave_chain(struct fill *f, const struct chain_slice *slice) {
    for (uint32_t i = 0; i < slice->members; i++)
        f->local.of_node[slice->node[i]] = CHAIN_NONE;
}

/* Stages of nodes for which the organiser gave none. `part_staged` holds a byte per part. */
static void compute_stages(struct chain_local *local, const struct chain_slice *slice,
                           const struct chain_cut *cut, uint8_t *part_staged,
                           struct chain_place *place) {
    for (uint32_t i = 0; i < slice->members; i++)
        if (slice->stage[i] != CHAIN_STAGE_UNKNOWN)
            part_staged[local->part[i]] = 1;
    for (uint32_t i = 0; i < slice->members; i++) {
        place[i] = (struct chain_place){
            .node = slice->node[i],
            .stage = slice->stage[i],
            .role = slice->role[i],
            .level = local->level[i],
        };
        if (slice->stage[i] == CHAIN_STAGE_UNKNOWN && part_staged[local->part[i]]) {
            place[i].stage = chain_cut_stage(cut, local->level[i]);
            place[i].stage_computed = true;
        }
    }
}

static enum err fill_stages(struct fill *f, const struct chain_slice *slice,
                            struct chain_summary *chain, struct chain_place *place,
                            struct errinfo *info) {
    struct chain_local *local = &f->local;
    struct trophic_network network = {
        .nodes = slice->members,
        .links = local->links,
        .supplier = local->supplier,
        .customer = local->customer,
    };
    struct trophic_result result;
    enum err err = trophic_levels(&network, f->job, local->level, local->part, &result, info);
    if (err != ERR_OK)
        return err;
    struct chain_cut cut;
    uint8_t *part_staged = mem_new(result.parts, 1);
    if (part_staged != NULL && chain_fit_cut(slice->members, local->level, slice->stage, &cut)) {
        compute_stages(local, slice, &cut, part_staged, place);
        chain->incoherence = result.incoherence;
        chain->cut_known = cut.known;
        chain->cut_midstream = cut.midstream;
        chain->cut_downstream = cut.downstream;
        chain->cut_misfits = cut.misfits;
    } else {
        err = err_memory(info);
    }
    mem_free(part_staged);
    return err;
}

/* Nodes, offered nodes and exhibitors by stage. */
static void count_chain(struct fill *f, const struct chain_place *place,
                        struct chain_summary *chain) {
    const struct chain_report *report = f->report;
    uint32_t exhibitors = report->input.reg->exhibitors;
    uint8_t *stages = f->local.exhibitor_stages;
    memset(stages, 0, exhibitors);
    for (uint32_t i = 0; i < chain->places; i++) {
        struct chain_row offers = chain_row(&report->offers_by_node, place[i].node);
        chain->nodes[place[i].stage]++;
        chain->offered[place[i].stage] += offers.count > 0;
        for (size_t k = 0; k < offers.count; k++)
            stages[offers.at[k].of] |= (uint8_t)(1u << place[i].stage);
    }
    for (uint32_t e = 0; e < exhibitors; e++) {
        chain->exhibitors += stages[e] != 0;
        for (uint32_t stage = 0; stage < CHAIN_STAGES; stage++)
            chain->exhibitors_at[stage] += (stages[e] >> stage) & 1u;
    }
}

/* Adds a service once for a chain. */
static bool add_service(struct fill *f, uint32_t chain, uint32_t node) {
    if (f->around[node] == chain + 1)
        return true;
    f->around[node] = chain + 1;
    return vec_push(&f->ecosystem, node);
}

static bool add_outside_services(struct fill *f, uint32_t chain, struct chain_span links,
                                 const uint32_t *end) {
    const uint8_t *is_service = f->report->input.graph->is_service;
    for (size_t k = 0; k < links.count; k++) {
        uint32_t node = end[links.at[k]];
        if (is_service[node] && f->local.of_node[node] == CHAIN_NONE &&
            !add_service(f, chain, node))
            return false;
    }
    return true;
}

static bool find_services(struct fill *f, uint32_t number, const struct chain_slice *slice,
                          struct chain_summary *chain) {
    const struct chain_report *report = f->report;
    const struct chain_graph *graph = report->input.graph;
    chain->ecosystem_first = f->ecosystem.len;
    for (uint32_t i = 0; i < slice->members; i++)
        if (slice->role[i] == CHAIN_SERVICE && !add_service(f, number, slice->node[i]))
            return false;
    for (uint32_t i = 0; i < slice->members && graph->is_service != NULL; i++) {
        uint32_t node = slice->node[i];
        if (!add_outside_services(f, number, chain_links_in(report->index, node), graph->input) ||
            !add_outside_services(f, number, chain_links_out(report->index, node), graph->output))
            return false;
    }
    chain->ecosystems = f->ecosystem.len - chain->ecosystem_first;
    return true;
}

static enum err fill_chain(struct fill *f, uint32_t number, size_t first, struct errinfo *info) {
    struct chain_report *report = f->report;
    const struct chain_slice *slice = &report->input.slice[number];
    struct chain_summary *chain = &report->chain[number];
    *chain = (struct chain_summary){.place_first = first, .places = slice->members};
    enter_chain(f, slice, chain);
    enum err err = fill_stages(f, slice, chain, report->place + first, info);
    if (err == ERR_OK && !find_services(f, number, slice, chain))
        err = err_memory(info);
    if (err == ERR_OK) {
        count_chain(f, report->place + first, chain);
        chain_follow_finals(report, number, &f->local);
    }
    leave_chain(f, slice);
    return err;
}

enum err chain_fill_places(struct chain_report *report, const struct job *job,
                           struct errinfo *info) {
    const struct chain_input *input = &report->input;
    struct fill f = {.report = report, .job = job};
    size_t places = 0;
    for (uint32_t c = 0; c < input->chains; c++)
        places += input->slice[c].members;
    enum err err = ERR_OK;
    report->chain = mem_new(input->chains, sizeof(*report->chain));
    report->place = mem_new(places, sizeof(*report->place));
    f.around = mem_new(input->graph->nodes, sizeof(uint32_t));
    if (!local_new(&f.local, input) || report->chain == NULL || report->place == NULL ||
        f.around == NULL)
        err = err_memory(info);
    size_t first = 0;
    for (uint32_t c = 0; c < input->chains && err == ERR_OK; c++) {
        err = job_should_stop(job)
                  ? err_set(info, ERR_STOPPED, "stopped while placing nodes in chains")
                  : fill_chain(&f, c, first, info);
        first += input->slice[c].members;
    }
    report->ecosystem = f.ecosystem.at;
    mem_free(f.around);
    local_release(&f.local);
    return err;
}
