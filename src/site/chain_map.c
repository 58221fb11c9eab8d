/*
 * The SVG of a chain map: see chain_map.h.
 *
 * Boxes come in reading order, so that the Tab key walks each lane from the top. A box and the
 * links that leave it are one group: without script, pointing at a box or moving the focus to it
 * lights up where it goes (style sheet); with script, what it is made from as well (map.js, which
 * reads data-from and data-to: positions of the ends). No link runs through a box (engine/map), so
 * the order of drawing does not matter.
 *
 * How well a node is offered is told in four ways at once, none of which is colour alone: the
 * border (full, thin, dotted, dashed), the number, its mark and the words for screen readers.
 */
#include "site/chain_map.h"

#include <math.h>

#include "service/map_label.h"
#include "site/parts.h"

enum coverage { COVERED_BY_MANY, COVERED_BY_ONE, COVERED_INFERRED, COVERED_BY_NOBODY, COVERAGES };

static const char *const coverage_class[COVERAGES] = {"many", "one", "inferred", "none"};

static enum coverage coverage_of(const struct chain_node *node) {
    uint32_t offers = chain_offers(node);
    if (offers == 0)
        return COVERED_BY_NOBODY;
    if (offers == node->offers[CHAIN_INFERRED])
        return COVERED_INFERRED;
    return offers == 1 ? COVERED_BY_ONE : COVERED_BY_MANY;
}

/* Half pixels are enough for a curve and halve the size of the page. */
static void add_point(struct buf *out, struct map_point p) {
    buf_printf(out, "%g %g", round(p.x * 2) / 2, round(p.y * 2) / 2);
}

static void write_link(struct page *page, const struct chain_drawing *drawing, uint32_t l) {
    const struct chain_report *report = page->view->report;
    const struct map_path *path = &drawing->layout.paths[l];
    const struct map_point *points = &drawing->layout.points[path->first];
    uint32_t link = drawing->link[l];
    bool is_essential = report->input.graph->kind[link] == CHAIN_ESSENTIAL;
    if (path->count == 0)
        return;
    html_write(page->out, "<path class=\"%z%z\" data-from=\"%u\" data-to=\"%u\" d=\"M",
               is_essential ? "l" : "l weak",
               report->link[link].live != CHAIN_NOT_LIVE ? " live" : "", drawing->input[l],
               drawing->output[l]);
    add_point(page->out, points[0]);
    for (uint32_t i = 1; i + 2 < path->count; i += 3) {
        buf_add_char(page->out, 'C');
        for (uint32_t k = 0; k < 3; k++) {
            buf_add_c(page->out, k > 0 ? " " : "");
            add_point(page->out, points[i + k]);
        }
    }
    buf_add_c(page->out, "\"/>");
}

static void write_box_words(struct page *page, const struct chain_place *place,
                            enum coverage coverage) {
    const struct chain_node *node = &page->view->report->node[place->node];
    bool is_stated = node->gap[CHAIN_GAP_NO_EXHIBITOR] == CHAIN_GAP_STATED;
    const char *const templates[COVERAGES] = {T(page, BOX_MANY), T(page, BOX_ONE),
                                              T(page, BOX_INFERRED),
                                              is_stated ? T(page, BOX_STATED) : T(page, BOX_NONE)};
    html_write(page->out, templates[coverage],
               PICK(page, &page->view->node[place->node], name).text,
               part_stage(page, place->stage), chain_offers(node));
}

static void write_box(struct page *page, const struct chain_drawing *drawing,
                      const struct chain_place *place, uint32_t position) {
    struct buf *out = page->out;
    const struct view_node *node = &page->view->node[place->node];
    const struct map_box *box = &drawing->layout.boxes[position];
    uint32_t offers = chain_offers(&page->view->report->node[place->node]);
    enum coverage coverage = coverage_of(&page->view->report->node[place->node]);
    struct map_label label = map_label_break(PICK(page, node, name).text);
    double height = map_label_height(&label), middle = height / 2 + 4;
    html_write(out, "<a href=\"#row-%p\" data-n=\"%u\" class=\"b %z\" aria-label=\"", node->code,
               position, coverage_class[coverage]);
    write_box_words(page, place, coverage);
    buf_printf(out,
               "\" transform=\"translate(%g %g)\"><rect width=\"%d\" height=\"%g\" rx=\"3\"/>"
               "<text x=\"8\" y=\"%d\">",
               round(box->x * 2) / 2, round(box->y * 2) / 2, MAP_BOX_WIDTH, height,
               MAP_BOX_PADDING_Y + 10);
    for (uint32_t i = 0; i < label.lines; i++) {
        if (i > 0)
            buf_printf(out, "<tspan x=\"8\" dy=\"%d\">", MAP_LINE_HEIGHT);
        html_text(out, label.line[i]);
        if (label.cut && i + 1 == label.lines)
            buf_add_c(out, "…");
        buf_add_c(out, i > 0 ? "</tspan>" : "");
    }
    buf_printf(out, "</text><text class=\"k\" x=\"%d\" y=\"%g\">", MAP_BOX_WIDTH - 8, middle);
    if (coverage == COVERED_BY_NOBODY)
        buf_add_c(out, "○");
    else if (coverage == COVERED_INFERRED)
        html_write(out, "~%u", offers);
    else
        html_write(out, "%u", offers);
    buf_add_c(out, "</text></a>");
}

/* Links of each place: the positions of those that leave it, found by walking lists. */
struct outgoing {
    uint32_t *first; /* [places] a link, or CHAIN_NONE */
    uint32_t *next;  /* [links] */
};

static bool list_outgoing(struct page *page, const struct chain_drawing *drawing, uint32_t places,
                          struct outgoing *out) {
    out->first = arena_new(page->arena, places + 1, sizeof(*out->first));
    out->next = arena_new(page->arena, drawing->links + 1, sizeof(*out->next));
    if (out->first == NULL || out->next == NULL)
        return false;
    for (uint32_t p = 0; p < places; p++)
        out->first[p] = CHAIN_NONE;
    for (uint32_t l = drawing->links; l-- > 0;) {
        out->next[l] = out->first[drawing->input[l]];
        out->first[drawing->input[l]] = l;
    }
    return true;
}

static void write_lanes(struct page *page, const struct map_layout *layout) {
    for (uint32_t lane = 0; lane < MAP_LANES; lane++) {
        const struct map_band *band = &layout->lanes[lane];
        if (band->nodes == 0)
            continue;
        buf_printf(page->out,
                   "<rect class=\"lane\" x=\"%g\" y=\"0\" width=\"%g\" height=\"%g\" rx=\"6\"/>"
                   "<text class=\"head\" x=\"%g\" y=\"20\">",
                   round(band->x), round(band->width), ceil(layout->height), round(band->x) + 12);
        html_write(page->out, "%z</text>", part_stage(page, (uint8_t)lane));
    }
}

static void write_legend(struct page *page) {
    static const enum site_word words[COVERAGES] = {WORD_LEGEND_MANY, WORD_LEGEND_ONE,
                                                    WORD_LEGEND_INFERRED, WORD_LEGEND_NONE};
    static const char *const marks[COVERAGES] = {"3", "1", "~2", "○"};
    struct buf *out = page->out;
    buf_add_c(out, "<ul class=\"legend\">");
    for (uint32_t i = 0; i < COVERAGES; i++)
        html_write(
            out,
            "<li><svg class=\"map\" width=\"46\" height=\"20\" aria-hidden=\"true\" "
            "focusable=\"false\"><g class=\"b %z\"><rect x=\"1\" y=\"1\" width=\"44\" "
            "height=\"18\" rx=\"3\"/><text class=\"k\" x=\"38\" y=\"14\">%z</text></g></svg> "
            "%z</li>",
            coverage_class[i], marks[i], site_word(page->lang, words[i]));
    html_write(
        out,
        "<li><svg class=\"map\" width=\"46\" height=\"20\" aria-hidden=\"true\" "
        "focusable=\"false\"><path class=\"l live\" d=\"M2 10H44\"/></svg> %z</li>"
        "<li><svg class=\"map\" width=\"46\" height=\"20\" aria-hidden=\"true\" "
        "focusable=\"false\"><path class=\"l weak live\" d=\"M2 10H44\"/></svg> %z</li></ul>\n",
        T(page, LEGEND_ESSENTIAL), T(page, LEGEND_OTHER));
}

enum err chain_map_write(struct page *page, uint32_t chain, struct errinfo *info) {
    const struct chain_summary *summary = &page->view->report->chain[chain];
    const struct chain_drawing *drawing;
    struct outgoing outgoing;
    struct buf *out = page->out;
    enum err e = snapshot_map(page->snapshot, chain, page->lang, &drawing, info);
    if (e != ERR_OK)
        return e;
    if (!list_outgoing(page, drawing, summary->places, &outgoing))
        return err_memory(info);
    html_write(out,
               "<figure class=\"map-figure\"><div class=\"scroll map-scroll\" tabindex=\"0\" "
               "role=\"region\" aria-label=\"%z\">\n",
               T(page, MAP_REGION));
    buf_printf(out,
               "<svg class=\"map\" id=\"map\" role=\"group\" aria-labelledby=\"map-title\" "
               "aria-describedby=\"map-desc\" width=\"%g\" height=\"%g\" viewBox=\"0 0 %g %g\">\n"
               "<title id=\"map-title\">",
               ceil(drawing->layout.width), ceil(drawing->layout.height),
               ceil(drawing->layout.width), ceil(drawing->layout.height));
    html_write(out, T(page, MAP_TITLE), PICK(page, &page->view->chain[chain], name).text);
    buf_add_c(out, "</title><desc id=\"map-desc\">");
    html_write(out, T(page, MAP_DESC), summary->places, drawing->links);
    buf_add_c(out, "</desc>\n");
    write_lanes(page, &drawing->layout);
    for (uint32_t i = 0; i < summary->places; i++) {
        uint32_t position = drawing->order[i];
        buf_add_c(out, "<g class=\"n\">");
        for (uint32_t l = outgoing.first[position]; l != CHAIN_NONE; l = outgoing.next[l])
            write_link(page, drawing, l);
        write_box(page, drawing, &page->view->report->place[summary->place_first + position],
                  position);
        buf_add_c(out, "</g>\n");
    }
    buf_add_c(out, "</svg></div>\n<figcaption>");
    write_legend(page);
    html_write(out, "<p class=\"note\">%z</p></figcaption></figure>\n", T(page, MAP_HELP));
    return ERR_OK;
}
