/* The picture of a bill: see bill_map.h. It has no lanes: a bill runs across chains. */
#include "site/bill_map.h"

#include "base/clock.h"
#include "service/map_label.h"
#include "site/map_svg.h"

enum { LAYOUT_DEADLINE_NS = 200 * 1000 * 1000 }; /* bills have some dozens of parts: about 5 ms */

struct bill {
    struct page *page;
    const struct view_scenario *scenario;
    const struct chain_part *part;
    uint32_t *input;  /* [links] part that goes into ... */
    uint32_t *output; /* ... this one */
    uint32_t links;
    struct map_layout layout;
};

static const struct view_part *part_at(const struct bill *bill, uint32_t i) {
    return &bill->page->view->part[bill->scenario->part_first + i];
}

static struct str label_of(const struct bill *bill, uint32_t i) {
    const struct view_part *p = part_at(bill, i);
    struct lang_text own = PICK(bill->page, p, part);
    return own.text.len > 0 ? own.text
                            : PICK(bill->page, &bill->page->view->node[p->node], name).text;
}

static enum err lay_out(struct bill *bill, struct errinfo *info) {
    struct arena *arena = bill->page->arena;
    uint32_t parts = bill->scenario->parts;
    struct job job = {.deadline_ns = clock_monotonic_ns() + LAYOUT_DEADLINE_NS};
    struct map_node *nodes = arena_new(arena, parts + 1, sizeof(*nodes));
    struct map_link *links = arena_new(arena, parts + 1, sizeof(*links));
    struct map_options options;
    bill->input = arena_new(arena, parts + 1, sizeof(*bill->input));
    bill->output = arena_new(arena, parts + 1, sizeof(*bill->output));
    if (nodes == NULL || links == NULL || bill->input == NULL || bill->output == NULL)
        return err_memory(info);
    for (uint32_t i = 0; i < parts; i++) {
        struct map_label label = map_label_break(label_of(bill, i));
        nodes[i] = (struct map_node){MAP_MIDSTREAM, MAP_BOX_WIDTH, map_label_height(&label)};
        if (part_at(bill, i)->parent == VIEW_NONE)
            continue;
        bill->input[bill->links] = i;
        bill->output[bill->links] = part_at(bill, i)->parent;
        links[bill->links] = (struct map_link){i, part_at(bill, i)->parent, 1};
        bill->links++;
    }
    map_options_init(&options);
    options.header = 0;
    const struct map_input in = {nodes, parts, links, bill->links};
    return map_lay_out(&in, &options, arena, &job, &bill->layout, info);
}

static enum map_coverage coverage_of(const struct bill *bill, uint32_t i) {
    return map_coverage_of(&bill->page->view->report->node[part_at(bill, i)->node]);
}

static void write_box(const struct bill *bill, const struct map_picture *map, uint32_t i) {
    struct page *page = bill->page;
    static const enum site_word words[MAP_COVERAGES] = {WORD_BILL_MANY, WORD_BILL_ONE,
                                                        WORD_BILL_INFERRED, WORD_BILL_NONE};
    const struct map_box_words box = {
        .number = i,
        .label = label_of(bill, i),
        .address = page_text(page, "#part-%p", page->view->node[part_at(bill, i)->node].code),
        .words = page_text(page, site_word(page->lang, words[coverage_of(bill, i)]),
                           label_of(bill, i), bill->part[i].offers),
        .coverage = coverage_of(bill, i),
        .offers = bill->part[i].offers,
    };
    map_svg_box(map, i, &box);
}

static bool is_live(const struct bill *bill, uint32_t link) {
    return bill->part[bill->input[link]].offers > 0 && bill->part[bill->output[link]].offers > 0;
}

static enum err write_picture(const struct bill *bill, struct errinfo *info) {
    struct page *page = bill->page;
    const struct map_picture map = {page, &bill->layout, false};
    struct map_leaving leaving;
    if (!map_svg_leaving(page, bill->input, bill->links, bill->scenario->parts, &leaving))
        return err_memory(info);
    map_svg_open(&map, page_text(page, T(page, BILL_TITLE), PICK(page, bill->scenario, name).text),
                 page_word(page, WORD_BILL_DESC).text);
    for (uint32_t i = 0; i < bill->scenario->parts; i++) {
        buf_add_c(page->out, "<g class=\"n\">");
        for (uint32_t l = leaving.first[i]; l != CHAIN_NONE; l = leaving.next[l]) {
            const struct map_line line = {bill->input[l], bill->output[l], false, is_live(bill, l)};
            map_svg_line(&map, l, &line);
        }
        write_box(bill, &map, i);
        buf_add_c(page->out, "</g>\n");
    }
    map_svg_close(&map);
    return ERR_OK;
}

enum err bill_map_write(struct page *page, const struct view_scenario *scenario,
                        const struct chain_part *part, struct errinfo *info) {
    struct bill bill = {.page = page, .scenario = scenario, .part = part};
    enum err e = lay_out(&bill, info);
    if (e != ERR_OK)
        return e;
    html_write(page->out,
               "<figure class=\"map-figure\"><div class=\"scroll map-scroll\" tabindex=\"0\" "
               "role=\"region\" aria-label=\"%z\">\n<div class=\"map-sheet\">",
               T(page, BILL_REGION));
    e = write_picture(&bill, info);
    buf_add_c(page->out, "</div></div>\n<figcaption>");
    map_svg_legend(page);
    buf_add_c(page->out, "</figcaption></figure>\n");
    return e;
}
