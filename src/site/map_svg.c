/*
 * Pieces of a map: see map_svg.h.
 *
 * A box and the lines that leave it are one group: without script, pointing at a box or moving the
 * focus to it lights up where it goes (style sheet); with script, what it is made from as well
 * (map.js, which reads data-from and data-to). No line runs through a box (engine/map), so the
 * order of drawing does not matter. The words of a box are one text, because browsers lay out each
 * text by itself and a large chain has hundreds.
 */
#include "site/map_svg.h"

#include <math.h>

#include "service/map_label.h"
#include "site/parts.h"

static const char *const coverage_class[MAP_COVERAGES] = {"many", "one", "inferred", "none"};

/* What the style sheet says of the same classes on paper-white ground. */
static const char *const coverage_look[MAP_COVERAGES] = {
    "fill=\"#d9e8ef\" stroke=\"#0b4f6c\" stroke-width=\"1.6\"",
    "fill=\"#fff\" stroke=\"#0b4f6c\"",
    "fill=\"#fff\" stroke=\"#0b4f6c\" stroke-dasharray=\"1.5 2\"",
    "fill=\"#fff\" stroke=\"#8a3c00\" stroke-dasharray=\"4 3\"",
};

enum map_coverage map_coverage_of(const struct chain_node *node) {
    uint32_t offers = chain_offers(node);
    if (offers == 0)
        return MAP_COVERED_BY_NOBODY;
    if (offers == node->offers[CHAIN_INFERRED])
        return MAP_COVERED_INFERRED;
    return offers == 1 ? MAP_COVERED_BY_ONE : MAP_COVERED_BY_MANY;
}

/* Half pixels are enough for a curve and halve the size of the page. */
static double half(double value) {
    return round(value * 2) / 2;
}

static void add_point(struct buf *out, struct map_point p) {
    buf_printf(out, "%g %g", half(p.x), half(p.y));
}

void map_svg_open(const struct map_picture *map, struct str title, struct str description) {
    struct buf *out = map->page->out;
    double width = ceil(map->layout->width), height = ceil(map->layout->height);
    buf_printf(out, "<svg%s width=\"%g\" height=\"%g\" viewBox=\"0 0 %g %g\"",
               map->stands_alone ? " xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
                                   "font-family=\"sans-serif\" font-size=\"11\""
                                 : " class=\"map\" id=\"map\" role=\"group\"",
               width, height, width, height);
    html_write(out,
               " aria-labelledby=\"map-title\" aria-describedby=\"map-desc\">\n"
               "<title id=\"map-title\">%s</title><desc id=\"map-desc\">%s</desc>\n",
               title, description);
    if (map->stands_alone)
        buf_printf(out, "<rect width=\"%g\" height=\"%g\" fill=\"#fff\"/>\n", width, height);
}

void map_svg_close(const struct map_picture *map) {
    buf_add_c(map->page->out, "</svg>");
}

void map_svg_lanes(const struct map_picture *map) {
    struct buf *out = map->page->out;
    for (uint32_t lane = 0; lane < MAP_LANES; lane++) {
        const struct map_band *band = &map->layout->lanes[lane];
        if (band->nodes == 0)
            continue;
        buf_printf(out, "<rect %s x=\"%g\" y=\"0\" width=\"%g\" height=\"%g\" rx=\"6\"/>",
                   map->stands_alone ? "fill=\"#f4f6f7\"" : "class=\"lane\"", round(band->x),
                   round(band->width), ceil(map->layout->height));
        buf_printf(out, "<text x=\"%g\" y=\"20\" %s>", round(band->x) + 12,
                   map->stands_alone ? "font-size=\"14\" font-weight=\"650\" fill=\"#0b4f6c\""
                                     : "class=\"head\" aria-hidden=\"true\"");
        html_write(out, "%z</text>", part_stage(map->page, (uint8_t)lane));
    }
}

static void add_label(struct buf *out, const struct map_label *label) {
    for (uint32_t i = 0; i < label->lines; i++) {
        if (i > 0)
            buf_printf(out, "<tspan x=\"8\" dy=\"%d\">", MAP_LINE_HEIGHT);
        html_text(out, label->line[i]);
        if (label->cut && i + 1 == label->lines)
            buf_add_c(out, "…");
        buf_add_c(out, i > 0 ? "</tspan>" : "");
    }
}

static void add_count(struct buf *out, const struct map_box_words *box) {
    if (box->coverage == MAP_COVERED_BY_NOBODY)
        buf_add_c(out, "○");
    else if (box->coverage == MAP_COVERED_INFERRED)
        html_write(out, "~%u", box->offers);
    else
        html_write(out, "%u", box->offers);
}

void map_svg_box(const struct map_picture *map, uint32_t position,
                 const struct map_box_words *box) {
    struct buf *out = map->page->out;
    const struct map_box *at = &map->layout->boxes[position];
    struct map_label label = map_label_break(box->label);
    double height = map_label_height(&label);
    html_write(out, "<a href=\"%s\" ", box->address);
    if (map->stands_alone)
        buf_add_c(out, "target=\"_top\"");
    else
        html_write(out, "data-n=\"%u\" class=\"b %z\"", box->number, coverage_class[box->coverage]);
    html_write(out, " aria-label=\"%s\"", box->words);
    buf_printf(out,
               " transform=\"translate(%g %g)\"><rect width=\"%d\" height=\"%g\" rx=\"3\"%s%s/>"
               "<text x=\"8\" y=\"%d\"%s>",
               half(at->x), half(at->y), MAP_BOX_WIDTH, height, map->stands_alone ? " " : "",
               map->stands_alone ? coverage_look[box->coverage] : "", MAP_BOX_PADDING_Y + 10,
               !map->stands_alone                       ? ""
               : box->coverage == MAP_COVERED_BY_NOBODY ? " fill=\"#4d5a64\""
                                                        : " fill=\"#18222a\"");
    add_label(out, &label);
    buf_printf(out, "<tspan %s x=\"%d\" y=\"%g\">",
               map->stands_alone ? "text-anchor=\"end\" font-weight=\"650\"" : "class=\"k\"",
               MAP_BOX_WIDTH - 8, height / 2 + 4);
    add_count(out, box);
    buf_add_c(out, "</tspan></text></a>");
}

void map_svg_line(const struct map_picture *map, uint32_t path, const struct map_line *line) {
    struct buf *out = map->page->out;
    const struct map_path *p = &map->layout->paths[path];
    const struct map_point *points = &map->layout->points[p->first];
    if (p->count == 0)
        return;
    if (map->stands_alone)
        buf_printf(out, "<path fill=\"none\" stroke=%s%s d=\"M",
                   line->is_live ? "\"#0b4f6c\" stroke-width=\"1.6\" stroke-opacity=\".5\""
                                 : "\"#4d5a64\" stroke-opacity=\".22\"",
                   line->is_weak ? " stroke-dasharray=\"3 3\"" : "");
    else
        html_write(out, "<path class=\"%z%z\" data-from=\"%u\" data-to=\"%u\" d=\"M",
                   line->is_weak ? "l weak" : "l", line->is_live ? " live" : "", line->from,
                   line->to);
    add_point(out, points[0]);
    for (uint32_t i = 1; i + 2 < p->count; i += 3) {
        buf_add_char(out, 'C');
        for (uint32_t k = 0; k < 3; k++) {
            buf_add_c(out, k > 0 ? " " : "");
            add_point(out, points[i + k]);
        }
    }
    buf_add_c(out, "\"/>");
}

void map_svg_legend(struct page *page) {
    static const enum site_word words[MAP_COVERAGES] = {WORD_LEGEND_MANY, WORD_LEGEND_ONE,
                                                        WORD_LEGEND_INFERRED, WORD_LEGEND_NONE};
    static const char *const marks[MAP_COVERAGES] = {"3", "1", "~2", "○"};
    static const char *const lines[] = {"l live", "l weak live"};
    static const enum site_word line_words[] = {WORD_LEGEND_ESSENTIAL, WORD_LEGEND_OTHER};
    struct buf *out = page->out;
    buf_add_c(out, "<ul class=\"legend\">");
    for (uint32_t i = 0; i < MAP_COVERAGES; i++)
        html_write(
            out,
            "<li><svg class=\"map\" width=\"46\" height=\"20\" aria-hidden=\"true\" "
            "focusable=\"false\"><g class=\"b %z\"><rect x=\"1\" y=\"1\" width=\"44\" "
            "height=\"18\" rx=\"3\"/><text class=\"k\" x=\"38\" y=\"14\">%z</text></g></svg> "
            "%z</li>",
            coverage_class[i], marks[i], site_word(page->lang, words[i]));
    for (uint32_t i = 0; i < 2; i++)
        html_write(out,
                   "<li><svg class=\"map\" width=\"46\" height=\"20\" aria-hidden=\"true\" "
                   "focusable=\"false\"><path class=\"%z\" d=\"M2 10H44\"/></svg> %z</li>",
                   lines[i], site_word(page->lang, line_words[i]));
    buf_add_c(out, "</ul>\n");
}

bool map_svg_leaving(struct page *page, const uint32_t *from, uint32_t lines, uint32_t boxes,
                     struct map_leaving *out) {
    out->first = arena_new(page->arena, boxes + 1, sizeof(*out->first));
    out->next = arena_new(page->arena, lines + 1, sizeof(*out->next));
    if (out->first == NULL || out->next == NULL)
        return false;
    for (uint32_t b = 0; b < boxes; b++)
        out->first[b] = CHAIN_NONE;
    for (uint32_t l = lines; l-- > 0;) {
        out->next[l] = out->first[from[l]];
        out->first[from[l]] = l;
    }
    return true;
}
