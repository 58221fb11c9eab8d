/* The map of a chain: the coordinates that the page draws, in pixels. */
#include <math.h>

#include "api/codes.h"
#include "api/lookup.h"
#include "api/params.h"
#include "api/resources.h"

enum { PATH_BYTES_MAX = 1 << 16 };

/* A row of map_row is the map. */
struct map_row {
    uint32_t chain;
    struct str chain_code, language;
    double width, height;
    const struct chain_drawing *drawing;
};

/* ---- lanes ---- */

struct lane_row {
    struct str stage;
    double x, width;
};

static const struct api_field lane_fields[] = {
    API_CODE_AT(lane_row, stage, &kind_stage, "The stage; null = nodes without one"),
    API_DOUBLE_AT(lane_row, x, "Its left edge"),
    API_DOUBLE_AT(lane_row, width, "Its width"),
};

static const struct api_record api_map_lane = {.name = "MapLane",
                                               .help = "The band of a stage, from top to bottom",
                                               .field = lane_fields,
                                               .fields = API_COUNT(lane_fields)};

static struct api_rows map_lanes(struct api_scope *scope, const void *row) {
    const struct map_layout *layout = ((const struct map_row *)row)->drawing->layout;
    struct lane_row *rows = api_new_rows(scope, MAP_LANES, sizeof(*rows));
    size_t count = 0;
    for (uint32_t lane = 0; rows != NULL && lane < MAP_LANES; lane++)
        if (layout->lanes[lane].nodes > 0)
            rows[count++] = (struct lane_row){api_stage(lane), layout->lanes[lane].x,
                                              layout->lanes[lane].width};
    return API_ROWS(rows, count);
}

/* ---- boxes ---- */

struct box_row {
    const struct view_node *node;
    struct str coverage;
    uint32_t offers;
    double x, y;
};

static const struct api_field box_fields[] = {
    API_ONE_AT(box_row, node, &api_ref_node, false, "The node"),
    API_CODE_AT(box_row, coverage, &api_kind_coverage, "How well it is offered"),
    API_U32_AS("offer_count", box_row, offers, "Exhibitors that offer it"),
    API_DOUBLE_AT(box_row, x, "Left edge of its box"),
    API_DOUBLE_AT(box_row, y, "Upper edge of its box"),
};

static const struct api_record api_map_box = {.name = "MapBox",
                                              .help = "The box of a node",
                                              .field = box_fields,
                                              .fields = API_COUNT(box_fields)};

static struct api_rows map_boxes(struct api_scope *scope, const void *row) {
    const struct map_row *map = row;
    const struct view *view = scope->view;
    const struct chain_summary *chain = &view->report->chain[map->chain];
    struct box_row *rows = api_new_rows(scope, chain->places, sizeof(*rows));
    for (uint32_t i = 0; rows != NULL && i < chain->places; i++) {
        uint32_t position = map->drawing->order[i];
        uint32_t node = view->report->place[chain->place_first + position].node;
        const struct map_box *box = &map->drawing->layout->boxes[position];
        rows[i] = (struct box_row){&view->node[node], api_coverage(&view->report->node[node]),
                                   chain_offers(&view->report->node[node]), box->x, box->y};
    }
    return API_ROWS(rows, rows != NULL ? chain->places : 0);
}

/* ---- lines ---- */

struct line_row {
    struct str input, output, kind, live, path;
    bool backward;
};

static const struct api_field line_fields[] = {
    API_KEY_AT(line_row, input, "Code of the node that goes in"),
    API_KEY_AT(line_row, output, "Code of the node it goes into"),
    API_CODE_AT(line_row, kind, &kind_link, "How much the input is needed"),
    API_CODE_AT(line_row, live, &kind_basis, "How sure both ends are offered; null = not live"),
    API_BOOL_AT(line_row, backward, "Whether it runs against the reading direction"),
    API_KEY_AT(line_row, path, "The line as SVG path data; empty for a link to itself"),
};

static const struct api_record api_map_line = {.name = "MapLine",
                                               .help = "The line of a link",
                                               .field = line_fields,
                                               .fields = API_COUNT(line_fields)};

/* Half pixels are enough for a curve. */
static void add_point(struct buf *out, char before, struct map_point p) {
    buf_printf(out, "%c%g %g", before, round(p.x * 2) / 2, round(p.y * 2) / 2);
}

static struct str path_of(struct api_scope *scope, const struct map_layout *layout, uint32_t line) {
    const struct map_path *path = &layout->paths[line];
    const struct map_point *points = &layout->points[path->first];
    struct buf out;
    buf_init(&out, PATH_BYTES_MAX);
    if (path->count > 0)
        add_point(&out, 'M', points[0]);
    for (uint32_t i = 1; i < path->count; i++)
        add_point(&out, i % 3 == 1 ? 'C' : ' ', points[i]);
    struct str copy = arena_copy(scope->arena, buf_str(&out));
    enum err e = buf_error(&out, scope->info);
    buf_release(&out);
    if (copy.ptr == NULL && e == ERR_OK)
        e = err_memory(scope->info);
    if (e != ERR_OK)
        api_fail(scope, e);
    return copy.ptr != NULL ? copy : STR("");
}

static struct api_rows map_lines(struct api_scope *scope, const void *row) {
    const struct map_row *map = row;
    const struct view *view = scope->view;
    const struct chain_graph *graph = view->report->input.graph;
    struct line_row *rows = api_new_rows(scope, map->drawing->links, sizeof(*rows));
    for (uint32_t l = 0; rows != NULL && l < map->drawing->links; l++) {
        uint32_t link = map->drawing->link[l];
        rows[l] = (struct line_row){
            .input = view->node[graph->input[link]].code,
            .output = view->node[graph->output[link]].code,
            .kind = str_of(kind_code(&kind_link, graph->kind[link] + 1U)),
            .live = api_live(view->report->link[link].live),
            .path = path_of(scope, map->drawing->layout, l),
            .backward = map->drawing->layout->paths[l].backward,
        };
    }
    return API_ROWS(rows, rows != NULL ? map->drawing->links : 0);
}

/* ---- the map ---- */

static const struct api_field map_fields[] = {
    API_STR_AS("chain", map_row, chain_code, API_KEY, false, "Code of the chain"),
    API_CODE_AT(map_row, language, &api_kind_lang, "The language its boxes have room for"),
    API_DOUBLE_AT(map_row, width, "Width of the whole"),
    API_DOUBLE_AT(map_row, height, "Height of the whole"),
    API_MANY("lanes", &api_map_lane, map_lanes, "Its stages from left to right"),
    API_MANY("boxes", &api_map_box, map_boxes, "Its nodes in reading order"),
    API_MANY("lines", &api_map_line, map_lines, "Its links"),
};

const struct api_record api_chain_map = {
    .name = "ChainMap",
    .help = "The map of a chain in pixels, y downwards, as the page draws it",
    .field = map_fields,
    .fields = API_COUNT(map_fields)};

enum err api_find_chain_map(struct api_call *call, const void **row, struct errinfo *info) {
    struct map_row *map = api_new_rows(&call->scope, 1, sizeof(*map));
    uint32_t lang = kind_of_code(&api_kind_lang, api_call_value(call, &api_param_lang));
    if (map == NULL)
        return call->scope.failed;
    enum err e = api_lookup(call, &api_path_chain, &map->chain, info);
    if (e == ERR_OK)
        e = snapshot_map(call->scope.snapshot, map->chain,
                         lang > 0 ? (enum lang)(lang - 1) : LANG_EN, &map->drawing, info);
    if (e != ERR_OK)
        return e;
    map->chain_code = call->scope.view->chain[map->chain].code;
    map->language = str_of(kind_code(&api_kind_lang, lang > 0 ? lang : LANG_EN + 1U));
    map->width = map->drawing->layout->width;
    map->height = map->drawing->layout->height;
    *row = map;
    return ERR_OK;
}
