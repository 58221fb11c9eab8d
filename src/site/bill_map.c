/* The picture of a bill: see bill_map.h. */
#include "site/bill_map.h"

#include "site/map_svg.h"

struct bill {
    struct page *page;
    uint32_t scenario;
    const struct chain_part *part;
    const struct bill_drawing *drawing;
};

static const struct view_scenario *scenario_of(const struct bill *bill) {
    return &bill->page->view->scenario[bill->scenario];
}

static const struct view_part *part_at(const struct bill *bill, uint32_t i) {
    return &bill->page->view->part[scenario_of(bill)->part_first + i];
}

static enum map_coverage coverage_of(const struct bill *bill, uint32_t i) {
    return map_coverage_of(&bill->page->view->report->node[part_at(bill, i)->node]);
}

static void write_box(const struct bill *bill, const struct map_picture *map, uint32_t i) {
    struct page *page = bill->page;
    struct str label = bill_part_label(page->view, bill->scenario, i, page->lang);
    static const enum site_word words[MAP_COVERAGES] = {WORD_BILL_MANY, WORD_BILL_ONE,
                                                        WORD_BILL_INFERRED, WORD_BILL_NONE};
    const struct map_box_words box = {
        .number = i,
        .label = label,
        .address = page_text(page, "#part-%p", page->view->node[part_at(bill, i)->node].code),
        .words = page_text(page, site_word(page->lang, words[coverage_of(bill, i)]), label,
                           bill->part[i].offers),
        .coverage = coverage_of(bill, i),
        .offers = bill->part[i].offers,
    };
    map_svg_box(map, i, &box);
}

static bool is_live(const struct bill *bill, uint32_t link) {
    return bill->part[bill->drawing->input[link]].offers > 0 &&
           bill->part[bill->drawing->output[link]].offers > 0;
}

static enum err write_picture(const struct bill *bill, struct errinfo *info) {
    struct page *page = bill->page;
    const struct bill_drawing *drawing = bill->drawing;
    const struct view_scenario *scenario = scenario_of(bill);
    const struct map_picture map = {page, drawing->layout, false};
    struct map_leaving leaving;
    if (!map_svg_leaving(page, drawing->input, drawing->links, scenario->parts, &leaving))
        return err_memory(info);
    map_svg_open(&map, page_text(page, T(page, BILL_TITLE), PICK(page, scenario, name).text),
                 page_word(page, WORD_BILL_DESC).text);
    for (uint32_t i = 0; i < scenario->parts; i++) {
        buf_add_c(page->out, "<g class=\"n\">");
        for (uint32_t l = leaving.first[i]; l != CHAIN_NONE; l = leaving.next[l]) {
            const struct map_line line = {drawing->input[l], drawing->output[l], false,
                                          is_live(bill, l)};
            map_svg_line(&map, l, &line);
        }
        write_box(bill, &map, i);
        buf_add_c(page->out, "</g>\n");
    }
    map_svg_close(&map);
    return ERR_OK;
}

enum err bill_map_write(struct page *page, uint32_t scenario, const struct chain_part *part,
                        struct errinfo *info) {
    struct bill bill = {.page = page, .scenario = scenario, .part = part};
    enum err e = snapshot_bill(page->snapshot, scenario, page->lang, &bill.drawing, info);
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
