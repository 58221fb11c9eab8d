/* The layout of a chain map: see map.h. Here the steps are called in turn and boxes get their x. */
#include "engine/map/map.h"

#include <math.h>

#include "engine/map/graph_private.h"

/* All arrays of one call; about 100 bytes a bend, so two million bends fit. */
static const size_t SCRATCH_MAX = (size_t)1 << 30;

/* Larger distances would lose the small ones in the rounding of doubles. */
static const double GAP_MAX = 1e6;

void map_options_init(struct map_options *o) {
    *o = (struct map_options){.column_gap = 44,
                              .lane_gap = 24,
                              .box_gap = 8,
                              .wire_gap = 7,
                              .margin = 12,
                              .header = 28,
                              .aspect = 1.6};
}

static enum err check_options(const struct map_options *o, struct errinfo *info) {
    const struct {
        const char *name;
        double value;
    } gaps[] = {{"column_gap", o->column_gap}, {"lane_gap", o->lane_gap}, {"box_gap", o->box_gap},
                {"wire_gap", o->wire_gap},     {"margin", o->margin},     {"header", o->header}};
    for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++)
        if (!(gaps[i].value >= 0 && gaps[i].value <= GAP_MAX))
            return err_set(info, ERR_INPUT, "%s of a map is %g, expected 0 to 1e6", gaps[i].name,
                           gaps[i].value);
    if (!(o->column_gap > 0 && o->wire_gap > 0))
        return err_set(info, ERR_INPUT, "column_gap and wire_gap of a map must be above 0");
    if (!(o->aspect >= 0.1 && o->aspect <= 10))
        return err_set(info, ERR_INPUT, "aspect of a map is %g, expected 0.1 to 10", o->aspect);
    return ERR_OK;
}

/* Sets x of the columns, the lanes' bands and the map's width. */
static void place_columns(const struct map_graph *g, const struct map_options *o,
                          struct map_columns *c, struct map_layout *out) {
    for (uint32_t v = 0; v < g->nodes; v++) {
        c->width[g->layer[v]] = fmax(c->width[g->layer[v]], g->node[v].width);
        out->lanes[g->node[v].lane].nodes++;
    }
    double x = o->margin;
    for (int lane = 0; lane < MAP_LANES; lane++) {
        struct map_band *band = &out->lanes[lane];
        band->first_column = g->lane_first[lane];
        band->columns = g->lane_first[lane + 1] - g->lane_first[lane];
        band->x = x;
        if (band->columns == 0)
            continue;
        /* Half of every gap belongs to the band on either side of it. */
        x += (o->lane_gap + o->column_gap) / 2;
        for (uint32_t l = band->first_column; l < g->lane_first[lane + 1]; l++) {
            c->x[l] = x;
            x += c->width[l] + o->column_gap;
        }
        x += (o->lane_gap - o->column_gap) / 2;
        band->width = x - band->x;
    }
    out->width = x + o->margin;
}

static void place_boxes(const struct map_graph *g, const struct map_options *o,
                        const struct map_columns *c, double *y, uint32_t vertices,
                        struct map_layout *out) {
    for (uint32_t v = 0; v < vertices; v++)
        y[v] += o->margin + o->header;
    for (uint32_t v = 0; v < g->nodes; v++)
        out->boxes[v] = (struct map_box){
            .x = c->x[g->layer[v]], .y = y[v] - g->node[v].height / 2, .column = g->layer[v]};
}

static enum err lay_out(const struct map_input *in, const struct map_options *o,
                        struct arena *scratch, struct arena *arena, const struct job *job,
                        struct map_layout *out, struct errinfo *info) {
    struct map_graph g;
    struct map_proper separate, p;
    struct map_columns c;
    bool stopped = false;
    enum err code = map_build_graph(in, scratch, &g, info);
    if (code == ERR_OK)
        code = map_assign_layers(o, scratch, &g, info);
    if (code == ERR_OK)
        code = map_build_proper(&g, scratch, &separate, info);
    if (code == ERR_OK)
        code = map_order(scratch, job, &separate, &stopped, info);
    if (code == ERR_OK)
        code = map_reinsert(o, scratch, job, &g, &separate, &stopped, info);
    if (code == ERR_OK)
        code = map_bundle(&g, &separate, scratch, &p, info);
    if (code != ERR_OK)
        return code;
    double height = 0, *y = arena_new(scratch, p.vertices, sizeof(*y));
    c.x = arena_new(scratch, g.layers, sizeof(double));
    c.width = arena_new(scratch, g.layers, sizeof(double));
    out->boxes = arena_new(arena, g.nodes, sizeof(*out->boxes));
    if (y == NULL || c.x == NULL || c.width == NULL || out->boxes == NULL)
        return err_memory(info);
    code = map_place(&g, o, scratch, job, &p, y, &height, &stopped, info);
    if (code != ERR_OK)
        return code;
    place_columns(&g, o, &c, out);
    place_boxes(&g, o, &c, y, p.vertices, out);
    out->height = height + o->header + 2 * o->margin;
    out->columns = g.layers;
    out->crossings = map_count_crossings(&p);
    out->bends = p.vertices - p.nodes;
    out->self_loops = g.self_loops;
    out->duplicates = g.duplicates;
    out->backward = g.backward;
    out->status = stopped ? MAP_STOPPED : MAP_COMPLETE;
    return map_route(in, &g, &p, y, &c, scratch, arena, out, info);
}

enum err map_lay_out(const struct map_input *in, const struct map_options *options,
                     struct arena *arena, const struct job *job, struct map_layout *out,
                     struct errinfo *info) {
    struct map_options defaults;
    struct arena scratch;
    *out = (struct map_layout){0};
    map_options_init(&defaults);
    const struct map_options *o = options != NULL ? options : &defaults;
    enum err code = check_options(o, info);
    if (code != ERR_OK)
        return code;
    arena_init(&scratch, SCRATCH_MAX);
    code = lay_out(in, o, &scratch, arena, job, out, info);
    if (code != ERR_OK)
        *out = (struct map_layout){0};
    arena_release(&scratch);
    return code;
}
