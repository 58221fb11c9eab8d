/* An exhibitor in the chains: see exhibitor_chain.h. */
#include "site/exhibitor_chain.h"

#include "site/near_map.h"
#include "site/parts.h"

enum { SAME_NODES_MAX = 8, SAME_FIRMS_MAX = 6 };

/* ---- its place ---- */

/* Whether a node stands in a chain. */
static bool is_in(const struct chain_report *report, uint32_t node, uint32_t chain) {
    struct chain_positions places = chain_places_of(report, node);
    for (size_t i = 0; i < places.count; i++)
        if (chain_of_place(report, places.at[i]) == chain)
            return true;
    return false;
}

/* Whether a firm stands next to it on a side, both nodes in the chain. */
static bool has_neighbour(const struct chain_report *report, const struct neighbourhood *near,
                          const struct near_side *side, uint32_t chain) {
    for (uint32_t l = 0; l < side->lines; l++) {
        const struct near_box *box = &side->box[side->line[l].box];
        if (box->firms > 0 && is_in(report, box->node, chain) &&
            is_in(report, near->own[side->line[l].own], chain))
            return true;
    }
    return false;
}

/* One line for the chains in which it stands alone. */
static void write_alone(struct page *page, const struct neighbourhood *near) {
    const struct chain_report *report = page->view->report;
    bool first = true;
    for (uint32_t c = 0; c < page->view->chains; c++) {
        bool stands = false;
        for (uint32_t o = 0; o < near->owns && !stands; o++)
            stands = is_in(report, near->own[o], c);
        if (!stands || has_neighbour(report, near, &near->up, c) ||
            has_neighbour(report, near, &near->down, c))
            continue;
        html_write(page->out, first ? "<p class=\"note\">%z " : "%z",
                   first ? T(page, NEAR_ALONE) : T(page, COMMA));
        first = false;
        part_chain(page, c);
    }
    buf_add_c(page->out, first ? "" : "</p>\n");
}

enum err exhibitor_place_write(struct page *page, uint32_t exhibitor, struct errinfo *info) {
    struct neighbourhood near;
    enum err e = neighbourhood_find(page->view, exhibitor, page->arena, &near, info);
    if (e != ERR_OK || near.owns + near.up.boxes == 0)
        return e;
    part_section(page, "place", T(page, NEIGHBOURS));
    if (near.up.boxes + near.down.boxes > 0) {
        buf_add_c(page->out, "<div class=\"place\">\n<figure>");
        near_map_write(page, &near);
        html_write(page->out, "<figcaption class=\"note\">%z</figcaption></figure>\n<div>\n",
                   T(page, NEAR_HELP));
        near_list_write(page, &near, false);
        near_list_write(page, &near, true);
        buf_add_c(page->out, "</div></div>\n");
    }
    write_alone(page, &near);
    return ERR_OK;
}

/* ---- offers and needs ---- */

static void write_chains_of(struct page *page, uint32_t node) {
    const struct chain_report *report = page->view->report;
    struct chain_positions places = chain_places_of(report, node);
    for (size_t i = 0; i < places.count; i++) {
        buf_add_c(page->out, i > 0 ? "; " : "");
        part_chain(page, chain_of_place(report, places.at[i]));
        html_write(page->out, "%z%z", T(page, COMMA),
                   part_stage(page, report->place[places.at[i]].stage));
    }
}

static void open_list(struct page *page) {
    buf_add_c(page->out, "<ul class=\"steps wide-steps\">\n");
}

static void write_claim(struct page *page, const struct chain_claim *claim) {
    const struct view_node *node = &page->view->node[claim->of];
    buf_add_c(page->out, "<li>");
    part_node(page, claim->of);
    part_beside(page, node->name_en, node->name_zh);
    if (claim->open != 0)
        html_write(page->out, " <span class=\"mark none\">%z</span>", T(page, NEED_OPEN));
    html_write(page->out, "<div class=\"note\">%z · ", part_basis(page, (uint8_t)claim->basis));
    write_chains_of(page, claim->of);
    buf_add_c(page->out, "</div></li>\n");
}

static void write_offers(struct page *page, struct chain_row offers) {
    part_section(page, "offers", T(page, OFFERS));
    if (offers.count == 0) {
        html_write(page->out, "<p>%z</p>\n", T(page, NO_OFFERS));
        return;
    }
    open_list(page);
    for (size_t i = 0; i < offers.count; i++)
        write_claim(page, &offers.at[i]);
    buf_add_c(page->out, "</ul>\n");
}

/* What follows from offers is much and nobody said it: it is counted, and shown on demand, those
 * first that nobody meets. */
static void write_inferred(struct page *page, struct chain_row needs, uint32_t count,
                           uint32_t open) {
    buf_add_c(page->out, "<details><summary>");
    html_write(page->out, T(page, NEEDS_FOLLOW), count, open);
    buf_add_c(page->out, "</summary>\n");
    open_list(page);
    for (uint32_t wanted = 2; wanted-- > 0;)
        for (size_t i = 0; i < needs.count; i++)
            if (needs.at[i].basis == CHAIN_INFERRED && needs.at[i].open == wanted)
                write_claim(page, &needs.at[i]);
    buf_add_c(page->out, "</ul></details>\n");
}

static void write_needs(struct page *page, struct chain_row needs) {
    uint32_t inferred = 0, open = 0;
    if (needs.count == 0)
        return;
    for (size_t i = 0; i < needs.count; i++) {
        inferred += needs.at[i].basis == CHAIN_INFERRED;
        open += needs.at[i].basis == CHAIN_INFERRED && needs.at[i].open != 0;
    }
    part_section(page, "needs", T(page, NEEDS));
    if (inferred < needs.count) {
        open_list(page);
        for (size_t i = 0; i < needs.count; i++)
            if (needs.at[i].basis != CHAIN_INFERRED)
                write_claim(page, &needs.at[i]);
        buf_add_c(page->out, "</ul>\n");
    }
    if (inferred > 0)
        write_inferred(page, needs, inferred, open);
}

void exhibitor_claims_write(struct page *page, uint32_t exhibitor) {
    const struct chain_report *report = page->view->report;
    write_offers(page, chain_row(&report->offers_by_exhibitor, exhibitor));
    write_needs(page, chain_row(&report->needs_by_exhibitor, exhibitor));
}

/* ---- who offers the same ---- */

static void write_others(struct page *page, uint32_t exhibitor, struct chain_row row,
                         uint32_t node) {
    uint32_t shown = 0;
    buf_add_c(page->out, "<li>");
    part_node(page, node);
    buf_add_c(page->out, "<div>");
    for (size_t i = 0; i < row.count && shown < SAME_FIRMS_MAX; i++) {
        if (row.at[i].of == exhibitor)
            continue;
        buf_add_c(page->out, shown++ > 0 ? T(page, COMMA) : "");
        part_exhibitor(page, row.at[i].of);
    }
    if (row.count - 1 > shown) {
        html_write(page->out, " <a rel=\"nofollow\" href=\"%s/exhibitors?node=%p\">", page->base,
                   page->view->node[node].code);
        html_write(page->out, T(page, AND_MORE), (uint32_t)(row.count - 1 - shown));
        buf_add_c(page->out, "</a>");
    }
    buf_add_c(page->out, "</div></li>\n");
}

void exhibitor_same_write(struct page *page, uint32_t exhibitor) {
    const struct chain_report *report = page->view->report;
    struct chain_row offers = chain_row(&report->offers_by_exhibitor, exhibitor);
    uint32_t shown = 0;
    for (size_t i = 0; i < offers.count && shown < SAME_NODES_MAX; i++) {
        struct chain_row row = chain_row(&report->offers_by_node, offers.at[i].of);
        if (row.count < 2)
            continue;
        if (shown++ == 0) {
            part_section(page, "same", T(page, SAME_NODES));
            open_list(page);
        }
        write_others(page, exhibitor, row, offers.at[i].of);
    }
    buf_add_c(page->out, shown > 0 ? "</ul>\n" : "");
}
