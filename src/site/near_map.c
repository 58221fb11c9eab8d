/*
 * Drawing a neighbourhood: see near_map.h.
 *
 * Lines run from column to column only, so nothing needs an engine for layout: each column is a
 * stack of boxes, centred, and lines are drawn before them. A box leads to its node, the firm named
 * in it to the firm. Borders, and not only colour, tell where nobody stands (style sheet).
 */
#include "site/near_map.h"

#include "service/map_label.h"
#include "site/parts.h"

enum {
    COLUMN_WIDTH = 104,
    COLUMN_STEP = 128,
    LANE_MARGIN = 4, /* of a lane around its column */
    FIRST_COLUMN = LANE_MARGIN,
    OWN_COLUMN = FIRST_COLUMN + COLUMN_STEP,
    LAST_COLUMN = OWN_COLUMN + COLUMN_STEP,
    MAP_WIDTH = LAST_COLUMN + COLUMN_WIDTH + LANE_MARGIN,
    HEAD_HEIGHT = 42,
    BOX_INDENT = 6,
    BOX_GAP = 8,
    MORE_HEIGHT = 20,
    TEXT_WIDTH = COLUMN_WIDTH - 2 * BOX_INDENT,
    FIRM_WIDTH = TEXT_WIDTH - 22, /* leaves room for "+99" */
    FIRMS_A_BOX = 6,              /* in the list */
    EMPTY_UNTIL = 8,              /* steps where nobody stands fill a column up to here */
};

/* A column of boxes, drawn from the top. */
struct column {
    uint32_t x;
    uint32_t boxes, all; /* drawn, and all there are */
    struct map_label label[NEAR_BOXES_MAX];
    uint32_t y[NEAR_BOXES_MAX], height[NEAR_BOXES_MAX];
    uint32_t total; /* height of the stack */
};

/* ---- layout ---- */

/* The name's lines and one more, for a firm or the stage. */
static void measure(struct column *c, uint32_t box, struct str name) {
    c->label[box] = map_label_fit(name, TEXT_WIDTH, MAP_LABEL_LINES);
    c->height[box] = (c->label[box].lines + 1) * MAP_LINE_HEIGHT + 2 * MAP_BOX_PADDING_Y;
    c->total += c->height[box] + (box > 0 ? BOX_GAP : 0);
}

static struct column measure_side(struct page *page, const struct near_side *side, uint32_t x) {
    struct column c = {.x = x, .all = side->boxes};
    while (c.boxes < c.all && c.boxes < NEAR_BOXES_MAX &&
           (side->box[c.boxes].firms > 0 || c.boxes < EMPTY_UNTIL)) {
        measure(&c, c.boxes, PICK(page, &page->view->node[side->box[c.boxes].node], name).text);
        c.boxes++;
    }
    if (c.all > c.boxes)
        c.total += MORE_HEIGHT;
    return c;
}

static struct column measure_own(struct page *page, const struct neighbourhood *near) {
    struct column c = {.x = OWN_COLUMN, .all = near->owns};
    c.boxes = near->owns < NEAR_BOXES_MAX ? near->owns : NEAR_BOXES_MAX;
    for (uint32_t b = 0; b < c.boxes; b++)
        measure(&c, b, PICK(page, &page->view->node[near->own[b]], name).text);
    if (c.all > c.boxes)
        c.total += MORE_HEIGHT;
    return c;
}

static void stack(struct column *c, uint32_t height) {
    uint32_t y = HEAD_HEIGHT + (height - c->total) / 2;
    for (uint32_t b = 0; b < c->boxes; b++) {
        c->y[b] = y;
        y += c->height[b] + BOX_GAP;
    }
}

static uint32_t middle_of(const struct column *c, uint32_t box) {
    return c->y[box] + c->height[box] / 2;
}

/* ---- pieces ---- */

static void write_text(struct page *page, const struct map_label *label, uint32_t x, uint32_t y) {
    html_write(page->out, "<text x=\"%u\" y=\"%u\">", x, y);
    for (uint32_t i = 0; i < label->lines; i++) {
        if (i > 0)
            html_write(page->out, "<tspan x=\"%u\" dy=\"%u\">", x, (uint32_t)MAP_LINE_HEIGHT);
        html_text(page->out, label->line[i]);
        if (label->cut && i + 1 == label->lines)
            buf_add_c(page->out, "…");
        buf_add_c(page->out, i > 0 ? "</tspan>" : "");
    }
    buf_add_c(page->out, "</text>");
}

static void write_node(struct page *page, const struct column *c, uint32_t box, uint32_t node,
                       const char *look) {
    html_write(page->out,
               "<a class=\"b %z\" href=\"%s/nodes/%p\"><rect x=\"%u\" y=\"%u\" width=\"%u\" "
               "height=\"%u\" rx=\"3\"/>",
               look, page->base, page->view->node[node].code, c->x, c->y[box],
               (uint32_t)COLUMN_WIDTH, c->height[box]);
    write_text(page, &c->label[box], c->x + BOX_INDENT, c->y[box] + MAP_BOX_PADDING_Y + 10);
    buf_add_c(page->out, "</a>");
}

/* Where the last line of a box stands. */
static uint32_t second_line(const struct column *c, uint32_t box) {
    return c->y[box] + c->height[box] - MAP_BOX_PADDING_Y - 3;
}

/* The first firm of a box as a link, and how many more there are. */
static void write_firm(struct page *page, const struct neighbourhood *near, bool is_down,
                       const struct column *c, uint32_t b) {
    const struct near_box *box = is_down ? &near->down.box[b] : &near->up.box[b];
    struct chain_row row = near_firms(page->view, is_down, box);
    uint32_t x = c->x + BOX_INDENT, y = second_line(c, b);
    size_t at = 0;
    if (box->firms == 0) {
        html_write(page->out, "<text class=\"k\" x=\"%u\" y=\"%u\">○ %z</text>", x, y,
                   T(page, NEAR_NONE));
        return;
    }
    while (at < row.count && !near_is_firm(near, is_down, box, &row.at[at]))
        at++;
    const struct view_organisation *o = view_organisation_of(page->view, row.at[at].of);
    struct map_label name =
        map_label_fit(PICK(page, o, name).text, box->firms > 1 ? FIRM_WIDTH : TEXT_WIDTH, 1);
    html_write(page->out, "<a class=\"f\" href=\"%s/exhibitors/%i\">", page->base, o->id);
    write_text(page, &name, x, y);
    buf_add_c(page->out, "</a>");
    if (box->firms > 1)
        html_write(page->out, "<text class=\"k\" text-anchor=\"end\" x=\"%u\" y=\"%u\">+%u</text>",
                   c->x + COLUMN_WIDTH - BOX_INDENT, y, box->firms - 1);
}

static void write_more(struct page *page, const struct column *c) {
    if (c->all <= c->boxes || c->boxes == 0)
        return;
    uint32_t last = c->boxes - 1;
    html_write(page->out, "<text class=\"k\" x=\"%u\" y=\"%u\">", c->x + BOX_INDENT,
               c->y[last] + c->height[last] + MORE_HEIGHT - 5);
    html_write(page->out, T(page, AND_MORE), c->all - c->boxes);
    buf_add_c(page->out, "</text>");
}

static void write_head(struct page *page, uint32_t x, struct str name, const char *below,
                       uint32_t height) {
    struct map_label label = map_label_fit(name, TEXT_WIDTH - 8, 1);
    html_write(page->out,
               "<rect class=\"lane\" x=\"%u\" y=\"0\" width=\"%u\" height=\"%u\" rx=\"4\"/>"
               "<g class=\"title\">",
               x - LANE_MARGIN, (uint32_t)COLUMN_WIDTH + 2 * LANE_MARGIN, height);
    write_text(page, &label, x + BOX_INDENT, 16);
    html_write(page->out, "</g><text class=\"k\" x=\"%u\" y=\"31\">%z</text>\n", x + BOX_INDENT,
               below);
}

static const char *line_class(uint8_t kind, uint32_t firms) {
    if (kind == CHAIN_ESSENTIAL)
        return firms > 0 ? "l live" : "l";
    return firms > 0 ? "l weak live" : "l weak";
}

static void write_line(struct page *page, const char *look, uint32_t x, uint32_t from,
                       uint32_t to) {
    uint32_t end = x + COLUMN_STEP - COLUMN_WIDTH, half = x + (COLUMN_STEP - COLUMN_WIDTH) / 2;
    html_write(page->out, "<path class=\"%z\" d=\"M%u %uC%u %u %u %u %u %u\"/>", look, x, from,
               half, from, half, to, end, to);
}

static void write_lines(struct page *page, const struct near_side *side, bool is_down,
                        const struct column *boxes, const struct column *own) {
    for (uint32_t l = 0; l < side->lines; l++) {
        const struct near_line *line = &side->line[l];
        if (line->box >= boxes->boxes || line->own >= own->boxes)
            continue;
        uint32_t here = middle_of(boxes, line->box), there = middle_of(own, line->own);
        write_line(page, line_class(line->kind, side->box[line->box].firms),
                   (is_down ? OWN_COLUMN : FIRST_COLUMN) + COLUMN_WIDTH, is_down ? there : here,
                   is_down ? here : there);
    }
    /* A need without a link to what it offers leads to the firm as a whole. */
    for (uint32_t b = 0; b < boxes->boxes; b++)
        if (side->box[b].lines == 0)
            write_line(page, line_class(CHAIN_ESSENTIAL, side->box[b].firms),
                       FIRST_COLUMN + COLUMN_WIDTH, middle_of(boxes, b), middle_of(boxes, b));
}

static void write_side(struct page *page, const struct neighbourhood *near, bool is_down,
                       const struct column *c) {
    const struct near_side *side = is_down ? &near->down : &near->up;
    for (uint32_t b = 0; b < c->boxes; b++) {
        const struct near_box *box = &side->box[b];
        write_node(page, c, b, box->node,
                   box->firms == 0  ? "none"
                   : box->firms > 1 ? "many"
                                    : "one");
        write_firm(page, near, is_down, c, b);
        buf_add_char(page->out, '\n');
    }
    write_more(page, c);
}

static void write_own(struct page *page, const struct neighbourhood *near, const struct column *c) {
    for (uint32_t b = 0; b < c->boxes; b++) {
        struct chain_positions places = chain_places_of(page->view->report, near->own[b]);
        write_node(page, c, b, near->own[b], "own");
        if (places.count > 0)
            html_write(page->out, "<text class=\"k\" x=\"%u\" y=\"%u\">%z</text>",
                       c->x + BOX_INDENT, second_line(c, b),
                       part_stage(page, page->view->report->place[places.at[0]].stage));
        buf_add_char(page->out, '\n');
    }
    write_more(page, c);
}

void near_map_write(struct page *page, const struct neighbourhood *near) {
    struct column up = measure_side(page, &near->up, FIRST_COLUMN), own = measure_own(page, near);
    struct column down = measure_side(page, &near->down, LAST_COLUMN);
    struct str name = PICK(page, view_organisation_of(page->view, near->exhibitor), name).text;
    uint32_t height = own.total > up.total ? own.total : up.total;
    height = down.total > height ? down.total : height;
    uint32_t whole = HEAD_HEIGHT + height + BOX_GAP;
    stack(&up, height);
    stack(&own, height);
    stack(&down, height);
    html_write(page->out,
               "<svg class=\"map near\" role=\"group\" aria-labelledby=\"near-title\" "
               "aria-describedby=\"near-words\" viewBox=\"0 0 %u %u\"><title id=\"near-title\">",
               (uint32_t)MAP_WIDTH, whole);
    html_write(page->out, T(page, NEAR_TITLE), name);
    buf_add_c(page->out, "</title>\n");
    write_head(page, FIRST_COLUMN, str_of(T(page, NEAR_UP)), T(page, NEAR_UP_WHO), whole);
    write_head(page, OWN_COLUMN, name, T(page, NEAR_OWN), whole);
    write_head(page, LAST_COLUMN, str_of(T(page, NEAR_DOWN)), T(page, NEAR_DOWN_WHO), whole);
    write_lines(page, &near->up, false, &up, &own);
    write_lines(page, &near->down, true, &down, &own);
    write_side(page, near, false, &up);
    write_own(page, near, &own);
    write_side(page, near, true, &down);
    buf_add_c(page->out, "</svg>\n");
}

/* ---- in words ---- */

static void write_firms(struct page *page, const struct neighbourhood *near, bool is_down,
                        const struct near_box *box) {
    struct chain_row row = near_firms(page->view, is_down, box);
    uint32_t shown = 0;
    for (size_t i = 0; i < row.count && shown < FIRMS_A_BOX; i++) {
        if (!near_is_firm(near, is_down, box, &row.at[i]))
            continue;
        buf_add_c(page->out, shown++ > 0 ? T(page, COMMA) : "");
        part_exhibitor(page, row.at[i].of);
        if (row.at[i].basis == CHAIN_INFERRED)
            html_write(page->out, " <small>(%z)</small>", T(page, BASIS_INFERRED));
    }
    if (box->firms > shown) {
        html_write(page->out, " <a href=\"%s/nodes/%p\">", page->base,
                   page->view->node[box->node].code);
        html_write(page->out, T(page, AND_MORE), box->firms - shown);
        buf_add_c(page->out, "</a>");
    }
}

/* "for X, Y": which of its own nodes a box is joined to. */
static void write_joined(struct page *page, const struct neighbourhood *near, bool is_down,
                         uint32_t b) {
    const struct near_side *side = is_down ? &near->down : &near->up;
    struct buf *out = page->out;
    bool first = true;
    if (side->box[b].is_said) {
        html_write(out, " <small>%z</small>",
                   is_down ? T(page, NEAR_THEY_SAY) : T(page, NEAR_IT_SAYS));
        return;
    }
    if (near->owns < 2)
        return;
    buf_add_c(out, " <small>");
    for (uint32_t l = 0; l < side->lines; l++) {
        if (side->line[l].box != b)
            continue;
        struct str own = PICK(page, &page->view->node[near->own[side->line[l].own]], name).text;
        if (first)
            html_write(out, is_down ? T(page, NEAR_FROM) : T(page, FOR_PRODUCT), own);
        else
            html_write(out, "%z%s", T(page, COMMA), own);
        first = false;
    }
    buf_add_c(out, "</small>");
}

static void write_empty(struct page *page, const struct near_side *side) {
    bool first = true;
    for (uint32_t b = 0; b < side->boxes; b++) {
        if (side->box[b].firms > 0)
            continue;
        if (first)
            html_write(page->out, "<p class=\"note\">%z%z", T(page, NEAR_EMPTY), T(page, COLON));
        buf_add_c(page->out, first ? "" : T(page, COMMA));
        first = false;
        part_node(page, side->box[b].node);
    }
    buf_add_c(page->out, first ? "" : "</p>\n");
}

void near_list_write(struct page *page, const struct neighbourhood *near, bool is_down) {
    const struct near_side *side = is_down ? &near->down : &near->up;
    bool first = true;
    html_write(page->out, "<h3>%z</h3>\n", is_down ? T(page, CUSTOMERS) : T(page, SUPPLIERS));
    for (uint32_t b = 0; b < side->boxes; b++) {
        if (side->box[b].firms == 0)
            continue;
        buf_add_c(page->out, first ? "<ul class=\"steps\">\n<li>" : "<li>");
        first = false;
        part_node(page, side->box[b].node);
        write_joined(page, near, is_down, b);
        buf_add_c(page->out, "<div>");
        write_firms(page, near, is_down, &side->box[b]);
        buf_add_c(page->out, "</div></li>\n");
    }
    buf_add_c(page->out, first ? "" : "</ul>\n");
    if (side->boxes == 0)
        html_write(page->out, "<p class=\"unknown\">%z</p>\n", T(page, NO_NEIGHBOURS));
    write_empty(page, side);
}
