/* The drawing of a chain: see chain_drawing.h. */
#include "service/chain_drawing.h"

#include "base/clock.h"
#include "service/map_label.h"

/* A catalogue of thousands of nodes gets a map that is good enough. */
enum { LAYOUT_DEADLINE_NS = 1000 * 1000 * 1000 };

/* Links with both ends in the chain, and which of its places the ends are. */
static bool gather_links(const struct view *view, const struct chain_summary *chain,
                         struct arena *arena, struct chain_drawing *drawing) {
    const struct chain_report *report = view->report;
    const struct chain_graph *graph = report->input.graph;
    struct u64_map place_of = {0};
    uint32_t *link = arena_new(arena, graph->links + 1, sizeof(*link));
    uint32_t *input = arena_new(arena, graph->links + 1, sizeof(*input));
    uint32_t *output = arena_new(arena, graph->links + 1, sizeof(*output));
    bool ok = link != NULL && input != NULL && output != NULL;
    for (uint32_t p = 0; ok && p < chain->places; p++)
        ok = u64_map_put(&place_of, report->place[chain->place_first + p].node, p);
    for (uint32_t l = 0; ok && l < graph->links; l++) {
        uint32_t from = u64_map_get(&place_of, graph->input[l]);
        uint32_t to = u64_map_get(&place_of, graph->output[l]);
        if (from == MAP_NONE || to == MAP_NONE)
            continue;
        link[drawing->links] = l;
        input[drawing->links] = from;
        output[drawing->links++] = to;
    }
    u64_map_release(&place_of);
    drawing->link = link;
    drawing->input = input;
    drawing->output = output;
    return ok;
}

static enum map_lane lane_of(uint8_t stage) {
    return stage < CHAIN_STAGE_UNKNOWN ? (enum map_lane)stage : MAP_UNSTAGED;
}

/* Sorts places by column and height; insertion sort, because columns hold some dozens of boxes. */
static void sort_places(const struct map_layout *layout, uint32_t *order, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        const struct map_box *box = &layout->boxes[i];
        uint32_t at = i;
        for (; at > 0; at--) {
            const struct map_box *before = &layout->boxes[order[at - 1]];
            if (before->column < box->column ||
                (before->column == box->column && before->y <= box->y))
                break;
            order[at] = order[at - 1];
        }
        order[at] = i;
    }
}

static enum err draw_map(const struct view *view, uint32_t chain, enum lang lang,
                         struct map_shelf *shelf, struct arena *arena,
                         struct chain_drawing *drawing, struct errinfo *info) {
    static const uint32_t weights[CHAIN_LINK_KINDS] = {
        [CHAIN_ESSENTIAL] = 4, [CHAIN_OPTIONAL] = 2, [CHAIN_CAPITAL] = 1};
    const struct chain_summary *summary = &view->report->chain[chain];
    struct job job = {.deadline_ns = clock_monotonic_ns() + LAYOUT_DEADLINE_NS};
    struct map_node *nodes = arena_new(arena, summary->places + 1, sizeof(*nodes));
    uint32_t *order = arena_new(arena, summary->places + 1, sizeof(*order));
    struct map_options options;
    if (nodes == NULL || order == NULL || !gather_links(view, summary, arena, drawing))
        return err_memory(info);
    struct map_link *links = arena_new(arena, drawing->links + 1, sizeof(*links));
    if (links == NULL)
        return err_memory(info);
    for (uint32_t p = 0; p < summary->places; p++) {
        const struct chain_place *place = &view->report->place[summary->place_first + p];
        const struct view_node *node = &view->node[place->node];
        struct map_label label =
            map_label_break(lang_pick(lang, node->name_en, node->name_zh).text);
        nodes[p] =
            (struct map_node){lane_of(place->stage), MAP_BOX_WIDTH, map_label_height(&label)};
    }
    for (uint32_t l = 0; l < drawing->links; l++)
        links[l] = (struct map_link){drawing->input[l], drawing->output[l],
                                     weights[view->report->input.graph->kind[drawing->link[l]]]};
    const struct map_input in = {nodes, summary->places, links, drawing->links};
    map_options_init(&options);
    enum err e = map_shelf_get(shelf, &in, &options, &job, &drawing->layout, info);
    if (e != ERR_OK)
        return e;
    sort_places(drawing->layout, order, summary->places);
    drawing->order = order;
    return ERR_OK;
}

enum err chain_drawing_make(const struct view *view, uint32_t chain, enum lang lang,
                            struct map_shelf *shelf, struct arena *arena,
                            struct chain_drawing **out, struct errinfo *info) {
    struct chain_drawing *drawing = arena_new(arena, 1, sizeof(*drawing));
    enum err e = drawing == NULL ? err_memory(info)
                                 : draw_map(view, chain, lang, shelf, arena, drawing, info);
    if (e == ERR_OK)
        *out = drawing;
    return e;
}

void chain_drawing_release(struct chain_drawing *drawing) {
    if (drawing != NULL)
        map_shelf_put(drawing->layout);
}
