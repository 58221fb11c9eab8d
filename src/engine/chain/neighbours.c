/*
 * Neighbours of an exhibitor: see chain_ask.h.
 *
 * Up: for each node it offers and each link into it, the offerers of the input; and the offerers of
 * what it says it needs. Down: for each node it offers and each link out of it, the offerers of the
 * output; and those who say that they need the node. Both are one walk over links with the ends
 * exchanged. A dense table exhibitor -> entry merges what joins the same two.
 */
#include "engine/chain/chain_ask.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/vec.h"
#include "engine/chain/index.h"

struct walk {
    const struct chain_report *report;
    uint32_t exhibitor;
    enum chain_direction direction;
    const uint8_t *inside; /* [nodes] 1 = in the chain asked for; NULL = all are */
    uint32_t *entry;       /* [exhibitors] 1 + position in `found`, 0 = none */
    VEC(struct chain_neighbour)
    found;
    VEC(uint8_t)
    best; /* of each found, the kind of joint that supplied and used_in tell */
};

/* A stated need outranks every link. */
enum { KIND_SAID, KIND_OF_LINK };

static bool inside(const struct walk *w, uint32_t node) {
    return w->inside == NULL || w->inside[node];
}

/* What joins the exhibitor to a neighbour; of the best kind the first is told. */
struct joint {
    uint8_t kind; /* KIND_SAID or KIND_OF_LINK + enum chain_link_kind */
    uint8_t basis;
    uint32_t supplied;
    uint32_t used_in;
};

static bool join(struct walk *w, uint32_t neighbour, struct joint joint) {
    if (neighbour == w->exhibitor)
        return true;
    if (w->entry[neighbour] == 0) {
        struct chain_neighbour fresh = {
            .exhibitor = neighbour, .supplied = joint.supplied, .used_in = joint.used_in};
        if (!vec_push(&w->found, fresh) || !vec_push(&w->best, joint.kind))
            return false;
        w->entry[neighbour] = (uint32_t)w->found.len;
    }
    uint32_t at = w->entry[neighbour] - 1;
    struct chain_neighbour *entry = &w->found.at[at];
    if (joint.kind == KIND_SAID)
        entry->said++;
    else
        entry->links[joint.kind - KIND_OF_LINK]++;
    if (joint.basis > entry->basis)
        entry->basis = joint.basis;
    if (joint.kind < w->best.at[at]) {
        w->best.at[at] = joint.kind;
        entry->supplied = joint.supplied;
        entry->used_in = joint.used_in;
    }
    return true;
}

/* All in a row, joined in the same way; of two claims the weaker basis counts. */
static bool join_row(struct walk *w, struct chain_row row, struct joint joint) {
    uint8_t own = joint.basis;
    for (size_t i = 0; i < row.count; i++) {
        joint.basis = row.at[i].basis < own ? (uint8_t)row.at[i].basis : own;
        if (!join(w, row.at[i].of, joint))
            return false;
    }
    return true;
}

static bool join_over_links(struct walk *w, struct chain_claim offer) {
    const struct chain_report *report = w->report;
    const struct chain_graph *graph = report->input.graph;
    bool up = w->direction == CHAIN_UP;
    struct chain_span links =
        up ? chain_links_in(report->index, offer.of) : chain_links_out(report->index, offer.of);
    for (size_t i = 0; i < links.count; i++) {
        uint32_t link = links.at[i], other = up ? graph->input[link] : graph->output[link];
        struct joint joint = {(uint8_t)(KIND_OF_LINK + graph->kind[link]), (uint8_t)offer.basis,
                              graph->input[link], graph->output[link]};
        if (inside(w, other) && !join_row(w, chain_row(&report->offers_by_node, other), joint))
            return false;
    }
    return true;
}

/* Those who say that they need `offer`. */
static bool join_stated_needs(struct walk *w, struct chain_claim offer) {
    struct chain_row needs = chain_row(&w->report->needs_by_node, offer.of);
    for (size_t i = 0; i < needs.count; i++) {
        struct joint joint = {KIND_SAID, (uint8_t)offer.basis, offer.of, CHAIN_NONE};
        if (needs.at[i].basis != CHAIN_INFERRED &&
            !join_row(w, (struct chain_row){&needs.at[i], 1}, joint))
            return false;
    }
    return true;
}

static bool join_all(struct walk *w) {
    const struct chain_report *report = w->report;
    struct chain_row offers = chain_row(&report->offers_by_exhibitor, w->exhibitor);
    struct chain_row needs = chain_row(&report->needs_by_exhibitor, w->exhibitor);
    for (size_t i = 0; i < offers.count; i++) {
        if (!inside(w, offers.at[i].of))
            continue;
        if (!join_over_links(w, offers.at[i]) ||
            (w->direction == CHAIN_DOWN && !join_stated_needs(w, offers.at[i])))
            return false;
    }
    for (size_t i = 0; i < needs.count && w->direction == CHAIN_UP; i++) {
        struct joint joint = {KIND_SAID, (uint8_t)needs.at[i].basis, needs.at[i].of, CHAIN_NONE};
        if (needs.at[i].basis != CHAIN_INFERRED && inside(w, needs.at[i].of) &&
            !join_row(w, chain_row(&report->offers_by_node, needs.at[i].of), joint))
            return false;
    }
    return true;
}

static int more_first(uint32_t left, uint32_t right) {
    return left != right ? (left > right ? -1 : 1) : 0;
}

static int by_rank(const void *a, const void *b) {
    const struct chain_neighbour *left = a, *right = b;
    int order = more_first(left->said, right->said);
    for (int kind = 0; kind < CHAIN_LINK_KINDS && order == 0; kind++)
        order = more_first(left->links[kind], right->links[kind]);
    if (order == 0)
        order = more_first(left->basis, right->basis);
    return order != 0 ? order : more_first(right->exhibitor, left->exhibitor);
}

enum err chain_find_neighbours(const struct chain_report *report, uint32_t exhibitor,
                               enum chain_direction direction, uint32_t chain,
                               struct chain_neighbours *out, struct errinfo *info) {
    const struct chain_input *input = &report->input;
    if (exhibitor >= input->reg->exhibitors || (chain != CHAIN_NONE && chain >= input->chains))
        return err_set(info, ERR_NOT_FOUND, "there is no exhibitor %u or no chain %u", exhibitor,
                       chain);
    enum err err = ERR_OK;
    struct walk w = {.report = report, .exhibitor = exhibitor, .direction = direction};
    uint8_t *members = mem_new(input->graph->nodes, 1);
    w.entry = mem_new(input->reg->exhibitors, sizeof(uint32_t));
    bool room = members != NULL && w.entry != NULL;
    if (room && chain != CHAIN_NONE) {
        for (uint32_t i = 0; i < input->slice[chain].members; i++)
            members[input->slice[chain].node[i]] = 1;
        w.inside = members;
    }
    if (room && join_all(&w)) {
        if (w.found.len > 0)
            qsort(w.found.at, w.found.len, sizeof(*w.found.at), by_rank);
        *out = (struct chain_neighbours){w.found.at, w.found.len};
    } else {
        vec_free(&w.found);
        err = err_memory(info);
    }
    vec_free(&w.best);
    mem_free(w.entry);
    mem_free(members);
    return err;
}

void chain_neighbours_release(struct chain_neighbours *neighbours) {
    mem_free(neighbours->at);
    *neighbours = (struct chain_neighbours){0};
}
