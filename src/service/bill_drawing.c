/* The drawing of a bill: see bill_drawing.h. */
#include "service/bill_drawing.h"

#include "base/clock.h"
#include "service/map_label.h"

enum { LAYOUT_DEADLINE_NS = 200 * 1000 * 1000 }; /* forty times what a bill takes */

static const struct view_part *part_at(const struct view *view, uint32_t scenario, uint32_t part) {
    return &view->part[view->scenario[scenario].part_first + part];
}

struct str bill_part_label(const struct view *view, uint32_t scenario, uint32_t part,
                           enum lang lang) {
    const struct view_part *p = part_at(view, scenario, part);
    struct str own = LANG_PICK(lang, p, part).text;
    return own.len > 0 ? own : LANG_PICK(lang, &view->node[p->node], name).text;
}

static enum err draw_bill(const struct view *view, uint32_t scenario, enum lang lang,
                          struct map_shelf *shelf, struct arena *arena,
                          struct bill_drawing *drawing, struct errinfo *info) {
    uint32_t parts = view->scenario[scenario].parts;
    struct job job = {.deadline_ns = clock_monotonic_ns() + LAYOUT_DEADLINE_NS};
    struct map_node *nodes = arena_new(arena, parts + 1, sizeof(*nodes));
    struct map_link *links = arena_new(arena, parts + 1, sizeof(*links));
    uint32_t *input = arena_new(arena, parts + 1, sizeof(*input));
    uint32_t *output = arena_new(arena, parts + 1, sizeof(*output));
    struct map_options options;
    if (nodes == NULL || links == NULL || input == NULL || output == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < parts; i++) {
        struct map_label label = map_label_break(bill_part_label(view, scenario, i, lang));
        uint32_t parent = part_at(view, scenario, i)->parent;
        nodes[i] = (struct map_node){MAP_MIDSTREAM, MAP_BOX_WIDTH, map_label_height(&label)};
        if (parent == VIEW_NONE)
            continue;
        input[drawing->links] = i;
        output[drawing->links] = parent;
        links[drawing->links++] = (struct map_link){i, parent, 1};
    }
    map_options_init(&options);
    options.header = 0;
    drawing->input = input;
    drawing->output = output;
    const struct map_input in = {nodes, parts, links, drawing->links};
    return map_shelf_get(shelf, &in, &options, &job, &drawing->layout, info);
}

enum err bill_drawing_make(const struct view *view, uint32_t scenario, enum lang lang,
                           struct map_shelf *shelf, struct arena *arena, struct bill_drawing **out,
                           struct errinfo *info) {
    struct bill_drawing *drawing = arena_new(arena, 1, sizeof(*drawing));
    enum err e = drawing == NULL ? err_memory(info)
                                 : draw_bill(view, scenario, lang, shelf, arena, drawing, info);
    if (e == ERR_OK)
        *out = drawing;
    return e;
}

void bill_drawing_release(struct bill_drawing *drawing) {
    if (drawing != NULL)
        map_shelf_put(drawing->layout);
}
