/*
 * Neighbourhoods: see neighbourhood.h.
 *
 * One walk over the links of the graph finds all boxes and lines; a table by node says which box a
 * node has on a side and which position among the exhibitor's own nodes.
 */
#include "service/neighbourhood.h"

#include <stdlib.h>

struct finding {
    const struct view *view;
    const struct chain_report *report;
    struct neighbourhood *out;
    uint32_t *own_at; /* [nodes] position among its own nodes, plus one */
    uint32_t *box_at; /* [nodes] position on the side in work, plus one */
};

struct chain_row near_firms(const struct view *view, bool is_down, const struct near_box *box) {
    return chain_row(is_down && box->is_said ? &view->report->needs_by_node
                                             : &view->report->offers_by_node,
                     box->node);
}

bool near_is_firm(const struct neighbourhood *n, bool is_down, const struct near_box *box,
                  const struct chain_claim *claim) {
    return claim->of != n->exhibitor &&
           !(is_down && box->is_said && claim->basis == CHAIN_INFERRED);
}

static uint32_t count_firms(const struct finding *f, bool is_down, const struct near_box *box) {
    struct chain_row row = near_firms(f->view, is_down, box);
    uint32_t count = 0;
    for (size_t i = 0; i < row.count; i++)
        count += near_is_firm(f->out, is_down, box, &row.at[i]);
    return count;
}

/* ---- boxes ---- */

/* Whether the step that a link makes belongs on the side: somebody else stands at its end, or
 * nobody does though the step is essential and nothing stands in for it. */
static bool is_step(const struct finding *f, uint32_t link, uint32_t other, bool is_down) {
    const struct chain_graph *graph = f->report->input.graph;
    struct near_box box = {.node = other};
    if (count_firms(f, is_down, &box) > 0)
        return true;
    return graph->kind[link] == CHAIN_ESSENTIAL && f->own_at[other] == 0 &&
           (is_down || !f->report->link[link].covered);
}

static struct near_box *box_of(struct finding *f, struct near_side *side, uint32_t node) {
    if (f->box_at[node] == 0) {
        side->box[side->boxes] = (struct near_box){.node = node, .kind = CHAIN_CAPITAL};
        f->box_at[node] = ++side->boxes;
    }
    return &side->box[f->box_at[node] - 1];
}

static void add_line(struct near_side *side, struct near_box *box, uint32_t own, uint8_t kind) {
    side->line[side->lines++] = (struct near_line){(uint32_t)(box - side->box), own, kind};
    box->lines++;
    if (kind < box->kind)
        box->kind = kind;
}

static void take_links(struct finding *f, struct near_side *side, bool is_down) {
    const struct chain_graph *graph = f->report->input.graph;
    for (uint32_t l = 0; l < graph->links; l++) {
        uint32_t own = is_down ? graph->input[l] : graph->output[l];
        uint32_t other = is_down ? graph->output[l] : graph->input[l];
        if (f->own_at[own] != 0 && other != own && is_step(f, l, other, is_down))
            add_line(side, box_of(f, side, other), f->own_at[own] - 1, graph->kind[l]);
    }
}

/* What it says it needs; a box that links have made already is only marked. */
static void take_own_needs(struct finding *f, struct near_side *up) {
    struct chain_row needs = chain_row(&f->report->needs_by_exhibitor, f->out->exhibitor);
    for (size_t i = 0; i < needs.count; i++) {
        if (needs.at[i].basis == CHAIN_INFERRED)
            continue;
        struct near_box *box = box_of(f, up, needs.at[i].of);
        box->is_said = true;
        box->kind = CHAIN_ESSENTIAL;
    }
}

/* Those who say that they need a node of its own: a box beside those of the links. */
static void take_others_needs(struct finding *f, struct near_side *down) {
    for (uint32_t o = 0; o < f->out->owns; o++) {
        struct near_box box = {.node = f->out->own[o], .is_said = true, .kind = CHAIN_ESSENTIAL};
        if (count_firms(f, true, &box) == 0)
            continue;
        down->box[down->boxes] = box;
        add_line(down, &down->box[down->boxes++], o, CHAIN_ESSENTIAL);
    }
}

/* ---- order ---- */

struct ranked {
    struct near_box box;
    uint32_t was;
};

static int by_rank(const void *a, const void *b) {
    const struct near_box *x = &((const struct ranked *)a)->box;
    const struct near_box *y = &((const struct ranked *)b)->box;
    if (x->is_said != y->is_said)
        return x->is_said ? -1 : 1;
    if ((x->firms > 0) != (y->firms > 0))
        return x->firms > 0 ? -1 : 1;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    if (x->firms != y->firms)
        return x->firms > y->firms ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

static bool sort_boxes(struct finding *f, struct near_side *side, bool is_down,
                       struct arena *arena) {
    struct ranked *ranked = arena_new(arena, (size_t)side->boxes + 1, sizeof(*ranked));
    uint32_t *now = arena_new(arena, (size_t)side->boxes + 1, sizeof(*now));
    if (ranked == NULL || now == NULL)
        return false;
    for (uint32_t b = 0; b < side->boxes; b++) {
        side->box[b].firms = count_firms(f, is_down, &side->box[b]);
        ranked[b] = (struct ranked){side->box[b], b};
    }
    if (side->boxes > 0)
        qsort(ranked, side->boxes, sizeof(*ranked), by_rank);
    for (uint32_t b = 0; b < side->boxes; b++) {
        side->box[b] = ranked[b].box;
        now[ranked[b].was] = b;
    }
    for (uint32_t l = 0; l < side->lines; l++)
        side->line[l].box = now[side->line[l].box];
    return true;
}

static enum err find_side(struct finding *f, struct near_side *side, bool is_down,
                          struct arena *arena, struct errinfo *info) {
    const struct chain_graph *graph = f->report->input.graph;
    size_t lines = graph->links + (size_t)f->out->owns + 1;
    side->box = arena_new(arena, (size_t)graph->nodes + f->out->owns + 1, sizeof(*side->box));
    side->line = arena_new(arena, lines, sizeof(*side->line));
    f->box_at = arena_new(arena, (size_t)graph->nodes + 1, sizeof(*f->box_at));
    if (side->box == NULL || side->line == NULL || f->box_at == NULL)
        return err_memory(info);
    take_links(f, side, is_down);
    if (is_down)
        take_others_needs(f, side);
    else
        take_own_needs(f, side);
    return sort_boxes(f, side, is_down, arena) ? ERR_OK : err_memory(info);
}

/* ---- its own nodes ---- */

static bool find_own(struct finding *f, struct arena *arena) {
    const struct chain_graph *graph = f->report->input.graph;
    struct chain_row offers = chain_row(&f->report->offers_by_exhibitor, f->out->exhibitor);
    uint32_t *links = arena_new(arena, (size_t)graph->nodes + 1, sizeof(*links));
    f->own_at = arena_new(arena, (size_t)graph->nodes + 1, sizeof(*f->own_at));
    f->out->own = arena_new(arena, offers.count + 1, sizeof(*f->out->own));
    if (links == NULL || f->own_at == NULL || f->out->own == NULL)
        return false;
    for (uint32_t l = 0; l < graph->links; l++) {
        links[graph->input[l]]++;
        links[graph->output[l]]++;
    }
    /* A handful of nodes: sorted while they come. */
    for (size_t i = 0; i < offers.count; i++) {
        uint32_t at = f->out->owns++;
        for (; at > 0 && links[f->out->own[at - 1]] < links[offers.at[i].of]; at--)
            f->out->own[at] = f->out->own[at - 1];
        f->out->own[at] = offers.at[i].of;
    }
    for (uint32_t o = 0; o < f->out->owns; o++)
        f->own_at[f->out->own[o]] = o + 1;
    return true;
}

enum err neighbourhood_find(const struct view *view, uint32_t exhibitor, struct arena *arena,
                            struct neighbourhood *out, struct errinfo *info) {
    struct finding f = {.view = view, .report = view->report, .out = out};
    *out = (struct neighbourhood){.exhibitor = exhibitor};
    if (!find_own(&f, arena))
        return err_memory(info);
    enum err e = find_side(&f, &out->up, false, arena, info);
    return e == ERR_OK ? find_side(&f, &out->down, true, arena, info) : e;
}
