/*
 * Faults of a catalogue: see chain_check.h. Simple faults are read off the arrays and the index;
 * circles are in cycles.c. Findings are put in order at the end.
 */
#include "engine/chain/check.h"

#include <stdlib.h>

#include "base/mem.h"
#include "engine/chain/validate.h"

void chain_findings_release(struct chain_findings *findings) {
    mem_free(findings->at);
    mem_free(findings->path);
    *findings = (struct chain_findings){0};
}

bool chain_found(struct check *check, enum chain_finding_kind kind, uint32_t chain, uint32_t node,
                 uint32_t link) {
    struct chain_finding finding = {
        .kind = (uint8_t)kind, .chain = chain, .node = node, .link = link, .other = CHAIN_NONE};
    return vec_push(&check->findings, finding);
}

/* Loops, repeats and faults of alternatives among the links into one node. */
static bool check_links_into(struct check *check, uint32_t node) {
    const struct chain_graph *graph = check->graph;
    struct chain_span in = chain_links_in(check->index, node);
    for (size_t i = 0; i < in.count; i++) {
        uint32_t link = in.at[i];
        bool grouped = graph->alternative_group != NULL && graph->alternative_group[link] != 0;
        if (graph->input[link] == node &&
            !chain_found(check, CHAIN_FOUND_SELF_LOOP, CHAIN_NONE, node, link))
            return false;
        if (grouped && graph->kind[link] != CHAIN_ESSENTIAL &&
            !chain_found(check, CHAIN_FOUND_ALTERNATIVE_NOT_ESSENTIAL, CHAIN_NONE, node, link))
            return false;
    }
    for (size_t from = 0, to; from < in.count; from = to) {
        to = chain_run_end(graph, in, from);
        bool one = true;
        for (size_t i = from; i < to; i++)
            one = one && graph->input[in.at[i]] == graph->input[in.at[from]];
        if (chain_group(graph, in.at[from]) != 0 && one &&
            !chain_found(check, CHAIN_FOUND_GROUP_OF_ONE, CHAIN_NONE, node, in.at[from]))
            return false;
    }
    return true;
}

/* Links with the same ends as an earlier one. `first` holds the first link from each input. */
static bool check_repeats(struct check *check, uint32_t node, uint32_t *first) {
    const struct chain_graph *graph = check->graph;
    struct chain_span in = chain_links_in(check->index, node);
    bool room = true;
    for (size_t i = 0; i < in.count; i++) {
        uint32_t *earliest = &first[graph->input[in.at[i]]];
        *earliest = in.at[i] < *earliest ? in.at[i] : *earliest;
    }
    for (size_t i = 0; i < in.count && room; i++) {
        uint32_t earliest = first[graph->input[in.at[i]]];
        if (earliest == in.at[i])
            continue;
        room = chain_found(check, CHAIN_FOUND_DUPLICATE_LINK, CHAIN_NONE, node, in.at[i]);
        if (room)
            check->findings.at[check->findings.len - 1].other = earliest;
    }
    for (size_t i = 0; i < in.count; i++)
        first[graph->input[in.at[i]]] = CHAIN_NONE;
    return room;
}

static bool check_nodes(struct check *check) {
    uint32_t nodes = check->graph->nodes;
    uint32_t *first = mem_new(nodes, sizeof(*first));
    bool room = first != NULL;
    for (uint32_t node = 0; node < nodes && room; node++)
        first[node] = CHAIN_NONE;
    for (uint32_t node = 0; node < nodes && room; node++) {
        room = check_links_into(check, node) && check_repeats(check, node, first);
        if (room && check->index->place_offset[node] == check->index->place_offset[node + 1])
            room = chain_found(check, CHAIN_FOUND_NODE_IN_NO_CHAIN, CHAIN_NONE, node, CHAIN_NONE);
        if (room && chain_links_in(check->index, node).count == 0 &&
            chain_links_out(check->index, node).count == 0)
            room = chain_found(check, CHAIN_FOUND_NODE_WITHOUT_LINK, CHAIN_NONE, node, CHAIN_NONE);
    }
    mem_free(first);
    return room;
}

/* A chain seen by node: 0 = not a member, else 1 + stage. */
struct chain_view {
    uint8_t *stage;  /* [nodes] */
    uint8_t *seen;   /* [nodes] zero between uses */
    uint32_t *queue; /* [nodes] */
};

static bool check_stages(struct check *check, uint32_t chain, const struct chain_slice *slice,
                         const struct chain_view *view) {
    const struct chain_graph *graph = check->graph;
    for (uint32_t i = 0; i < slice->members; i++) {
        uint32_t node = slice->node[i];
        if (slice->stage[i] == CHAIN_STAGE_UNKNOWN) {
            if (!chain_found(check, CHAIN_FOUND_UNKNOWN_STAGE, chain, node, CHAIN_NONE))
                return false;
            continue;
        }
        struct chain_span in = chain_links_in(check->index, node);
        for (size_t k = 0; k < in.count && graph->kind[in.at[k]] == CHAIN_ESSENTIAL; k++) {
            uint8_t stage = view->stage[graph->input[in.at[k]]];
            if (stage > view->stage[node] && stage != 1 + CHAIN_STAGE_UNKNOWN &&
                !chain_found(check, CHAIN_FOUND_AGAINST_STAGES, chain, node, in.at[k]))
                return false;
        }
    }
    return true;
}

/* Whether an upstream node reaches `final` over essential links inside the chain. */
static bool is_fed(const struct check *check, const struct chain_view *view, uint32_t final) {
    const struct chain_graph *graph = check->graph;
    uint32_t head = 0, tail = 0;
    bool fed = false;
    view->queue[tail++] = final;
    view->seen[final] = 1;
    while (head < tail && !fed) {
        uint32_t node = view->queue[head++];
        struct chain_span in = chain_links_in(check->index, node);
        fed = view->stage[node] == 1 + CHAIN_UPSTREAM;
        for (size_t k = 0; k < in.count && graph->kind[in.at[k]] == CHAIN_ESSENTIAL; k++) {
            uint32_t input = graph->input[in.at[k]];
            if (view->stage[input] != 0 && !view->seen[input]) {
                view->seen[input] = 1;
                view->queue[tail++] = input;
            }
        }
    }
    for (uint32_t i = 0; i < tail; i++)
        view->seen[view->queue[i]] = 0;
    return fed;
}

static bool check_finals(struct check *check, uint32_t chain, const struct chain_slice *slice,
                         const struct chain_view *view) {
    const uint8_t *is_service = check->graph->is_service;
    for (uint32_t i = 0; i < slice->finals; i++) {
        uint32_t final = slice->final[i];
        bool room = true;
        if (view->stage[final] == 0)
            room = chain_found(check, CHAIN_FOUND_FINAL_NOT_IN_CHAIN, chain, final, CHAIN_NONE);
        else if (!(is_service != NULL && is_service[final]) && !is_fed(check, view, final))
            room = chain_found(check, CHAIN_FOUND_FINAL_NOT_FED, chain, final, CHAIN_NONE);
        if (!room)
            return false;
    }
    return true;
}

static enum err check_chains(struct check *check, uint32_t chains, const struct chain_slice *slice,
                             struct errinfo *info) {
    uint32_t nodes = check->graph->nodes;
    struct chain_view view = {
        .stage = mem_new(nodes, 1),
        .seen = mem_new(nodes, 1),
        .queue = mem_new(nodes, sizeof(uint32_t)),
    };
    enum err err = ERR_OK;
    if (view.stage == NULL || view.seen == NULL || view.queue == NULL)
        err = err_memory(info);
    for (uint32_t c = 0; c < chains && err == ERR_OK; c++) {
        if (job_should_stop(check->job)) {
            err = err_set(info, ERR_STOPPED, "stopped while checking the chains");
            break;
        }
        for (uint32_t i = 0; i < slice[c].members; i++)
            view.stage[slice[c].node[i]] = (uint8_t)(1 + slice[c].stage[i]);
        if (!check_stages(check, c, &slice[c], &view) || !check_finals(check, c, &slice[c], &view))
            err = err_memory(info);
        for (uint32_t i = 0; i < slice[c].members; i++)
            view.stage[slice[c].node[i]] = 0;
    }
    mem_free(view.stage);
    mem_free(view.seen);
    mem_free(view.queue);
    return err;
}

static int compare(uint32_t left, uint32_t right) {
    return left < right ? -1 : left > right;
}

static int by_kind_and_place(const void *a, const void *b) {
    const struct chain_finding *left = a, *right = b;
    int order = compare(left->kind, right->kind);
    if (order == 0)
        order = compare(left->chain, right->chain);
    if (order == 0)
        order = compare(left->node, right->node);
    return order != 0 ? order : compare(left->link, right->link);
}

enum err chain_check(const struct chain_graph *graph, uint32_t chains,
                     const struct chain_slice *slice, const struct job *job,
                     struct chain_findings *out, struct errinfo *info) {
    struct chain_input input = {.graph = graph, .chains = chains, .slice = slice};
    struct check check = {.graph = graph, .job = job};
    enum err err = chain_validate_graph(graph, info);
    if (err == ERR_OK)
        err = chain_validate_slices(graph->nodes, chains, slice, info);
    if (err != ERR_OK)
        return err;
    check.index = chain_index_new(&input);
    if (check.index == NULL || !check_nodes(&check))
        err = err_memory(info);
    if (err == ERR_OK)
        err = chain_check_cycles(&check, info);
    if (err == ERR_OK)
        err = check_chains(&check, chains, slice, info);
    if (err == ERR_OK) {
        if (check.findings.len > 0)
            qsort(check.findings.at, check.findings.len, sizeof(*check.findings.at),
                  by_kind_and_place);
        *out = (struct chain_findings){check.findings.at, check.findings.len, check.path.at,
                                       check.path.len};
    } else {
        vec_free(&check.findings);
        vec_free(&check.path);
    }
    chain_index_free(check.index);
    return err;
}
