/*
 * The map of a chain: see chain_map.h.
 *
 * Boxes come in reading order, so that the Tab key walks each lane from the top. The names of the
 * lanes stand above the picture as HTML and stay in sight while their lane is; the widths come from
 * empty pictures, because the policy of the site allows no style in a page.
 */
#include "site/chain_map.h"

#include <math.h>

#include "site/map_svg.h"
#include "site/parts.h"

static struct str box_words(struct page *page, const struct chain_place *place,
                            enum map_coverage coverage) {
    const struct chain_node *node = &page->view->report->node[place->node];
    bool is_stated = node->gap[CHAIN_GAP_NO_EXHIBITOR] == CHAIN_GAP_STATED;
    const char *const templates[MAP_COVERAGES] = {
        T(page, BOX_MANY), T(page, BOX_ONE), T(page, BOX_INFERRED),
        is_stated ? T(page, BOX_STATED) : T(page, BOX_NONE)};
    return page_text(page, templates[coverage],
                     PICK(page, &page->view->node[place->node], name).text,
                     part_stage(page, place->stage), chain_offers(node));
}

static void write_box(const struct map_picture *map, const struct chain_place *place,
                      uint32_t position, bool leads_down) {
    struct page *page = map->page;
    const struct view_node *node = &page->view->node[place->node];
    const struct chain_node *offered = &page->view->report->node[place->node];
    enum map_coverage coverage = map_coverage_of(offered);
    struct str address =
        leads_down ? page_text(page, "#row-%p", node->code)
                   : page_text(page, "%s%s/nodes/%p", map->stands_alone ? page->origin : STR(""),
                               page->base, node->code);
    const struct map_box_words box = {
        .number = position,
        .label = PICK(page, node, name).text,
        .address = address,
        .words = box_words(page, place, coverage),
        .coverage = coverage,
        .offers = chain_offers(offered),
    };
    map_svg_box(map, position, &box);
}

static enum err write_picture(struct page *page, uint32_t chain,
                              const struct chain_drawing *drawing, bool leads_down,
                              bool stands_alone, struct errinfo *info) {
    const struct chain_report *report = page->view->report;
    const struct chain_summary *summary = &report->chain[chain];
    const struct map_picture map = {page, drawing->layout, stands_alone};
    struct map_leaving leaving;
    if (!map_svg_leaving(page, drawing->input, drawing->links, summary->places, &leaving))
        return err_memory(info);
    map_svg_open(
        &map, page_text(page, T(page, MAP_TITLE), PICK(page, &page->view->chain[chain], name).text),
        page_text(page, T(page, MAP_DESC), summary->places, drawing->links));
    map_svg_lanes(&map);
    for (uint32_t i = 0; i < summary->places; i++) {
        uint32_t position = drawing->order[i];
        buf_add_c(page->out, stands_alone ? "<g>" : "<g class=\"n\">");
        for (uint32_t l = leaving.first[position]; l != CHAIN_NONE; l = leaving.next[l]) {
            uint32_t link = drawing->link[l];
            const struct map_line line = {drawing->input[l], drawing->output[l],
                                          report->input.graph->kind[link] != CHAIN_ESSENTIAL,
                                          report->link[link].live != CHAIN_NOT_LIVE};
            map_svg_line(&map, l, &line);
        }
        write_box(&map, &report->place[summary->place_first + position], position, leads_down);
        buf_add_c(page->out, "</g>\n");
    }
    map_svg_close(&map);
    return ERR_OK;
}

/* One name a lane, as wide as its band. */
static void write_lane_names(struct page *page, const struct map_layout *layout) {
    double drawn = 0;
    buf_add_c(page->out, "<div class=\"lanes\" aria-hidden=\"true\">");
    for (uint32_t lane = 0; lane < MAP_LANES; lane++) {
        const struct map_band *band = &layout->lanes[lane];
        if (band->nodes == 0)
            continue;
        double end = round(band->x + band->width);
        html_write(page->out, "<div><b>%z</b>", part_stage(page, (uint8_t)lane));
        buf_printf(page->out, "<svg width=\"%g\" height=\"1\"></svg></div>", end - drawn);
        drawn = end;
    }
    buf_add_c(page->out, "</div>\n");
}

enum err chain_map_write(struct page *page, uint32_t chain, enum chain_map_form form,
                         struct errinfo *info) {
    const struct chain_drawing *drawing;
    struct buf *out = page->out;
    enum err e = snapshot_map(page->snapshot, chain, page->lang, &drawing, info);
    if (e != ERR_OK)
        return e;
    html_write(out,
               "<figure class=\"map-figure sheet\"><div class=\"scroll map-scroll\" tabindex=\"0\" "
               "role=\"region\" aria-label=\"%z\">\n<div class=\"map-sheet\">",
               T(page, MAP_REGION));
    write_lane_names(page, drawing->layout);
    e = write_picture(page, chain, drawing, form == CHAIN_MAP_ON_PAGE, false, info);
    buf_add_c(out, "</div></div>\n<figcaption>");
    map_svg_legend(page);
    html_write(out, "<p class=\"note\">%z</p></figcaption></figure>\n", T(page, MAP_HELP));
    return e;
}

enum err chain_map_write_file(struct page *page, uint32_t chain, struct errinfo *info) {
    const struct chain_drawing *drawing;
    enum err e = snapshot_map(page->snapshot, chain, page->lang, &drawing, info);
    return e == ERR_OK ? write_picture(page, chain, drawing, false, true, info) : e;
}
