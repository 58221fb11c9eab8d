/* A chain: its map, its nodes by stage with exhibitors and gaps, the services around it. */
#include <stdio.h>

#include "engine/chain/chain_ask.h"
#include "site/chain_map.h"
#include "site/pages.h"
#include "site/parts.h"

enum { EXHIBITORS_A_ROW = 12 };

/* Incoherence F0 (MacKay, Johnson, Sansom 2020) in words: below a tenth a person sees layers, above
 * a half no more. */
static const double layered_below = 0.1, directed_below = 0.5;

static void write_order(struct page *page, const struct chain_summary *chain) {
    char number[16];
    snprintf(number, sizeof(number), "%.2f", chain->incoherence);
    const char *template = chain->incoherence < layered_below    ? T(page, ORDER_PERFECT)
                           : chain->incoherence < directed_below ? T(page, ORDER_GOOD)
                                                                 : T(page, ORDER_POOR);
    html_write(page->out, "<p><strong>%z.</strong> ", T(page, ORDER));
    html_write(page->out, template, number);
    uint32_t computed = 0;
    for (uint32_t p = 0; p < chain->places; p++)
        computed += page->view->report->place[chain->place_first + p].stage_computed;
    if (computed > 0) {
        buf_add_char(page->out, ' ');
        html_write(page->out, T(page, STAGES_COMPUTED), computed);
    }
    buf_add_c(page->out, "</p>\n");
}

static void write_summary(struct page *page, const struct chain_summary *chain) {
    uint32_t offered = 0;
    for (uint32_t stage = 0; stage < CHAIN_STAGES; stage++)
        offered += chain->offered[stage];
    buf_add_c(page->out, "<p>");
    html_write(page->out, T(page, CHAIN_SUMMARY), offered, chain->places, chain->exhibitors,
               chain->live[CHAIN_ESSENTIAL], chain->links[CHAIN_ESSENTIAL]);
    buf_add_c(page->out, "</p>\n");
}

/* What can stand in for this node, product by product: for one it may, for another not. */
static void write_alternatives(struct page *page, uint32_t node) {
    const struct chain_graph *graph = page->view->report->input.graph;
    struct chain_alternative at = {.node = 0};
    uint32_t link = CHAIN_NONE, product = CHAIN_NONE;
    bool more = true;
    while (more) {
        more = chain_next_alternative(graph, node, &at);
        if (link != CHAIN_NONE && (!more || at.link != link)) {
            buf_add_c(page->out, " <small>");
            html_write(page->out, T(page, FOR_PRODUCT),
                       PICK(page, &page->view->node[product], name).text);
            buf_add_c(page->out, "</small>");
        }
        if (!more)
            continue;
        buf_add_c(page->out, link == CHAIN_NONE ? "" : at.link == link ? ", " : "; ");
        part_node(page, at.node);
        link = at.link;
        product = at.product;
    }
}

static void write_row(struct page *page, const struct chain_place *place) {
    struct buf *out = page->out;
    const struct chain_report *report = page->view->report;
    const struct view_node *node = &page->view->node[place->node];
    html_write(out, "<tr id=\"row-%p\" tabindex=\"-1\"><th scope=\"row\">", node->code);
    part_node(page, place->node);
    part_beside(page, node->name_en, node->name_zh);
    buf_add_c(out, "</th><td>");
    struct chain_row offers = chain_row(&report->offers_by_node, place->node);
    if (offers.count > 0)
        part_exhibitor_list(page, offers, EXHIBITORS_A_ROW);
    buf_add_c(out, "</td><td>");
    part_gaps(page, &report->node[place->node]);
    buf_add_c(out, "</td><td>");
    write_alternatives(page, place->node);
    buf_add_c(out, "</td></tr>\n");
}

static void write_stage(struct page *page, const struct chain_summary *chain, uint8_t stage) {
    struct buf *out = page->out;
    if (chain->nodes[stage] == 0)
        return;
    html_write(out, "<tbody><tr class=\"stage\"><th colspan=\"4\" scope=\"rowgroup\">%z <small>",
               part_stage(page, stage));
    html_write(out, T(page, NODES_COVERED), chain->offered[stage], chain->nodes[stage]);
    buf_add_c(out, "</small></th></tr>\n");
    for (uint32_t p = 0; p < chain->places; p++) {
        const struct chain_place *place = &page->view->report->place[chain->place_first + p];
        if (place->stage == stage)
            write_row(page, place);
    }
    buf_add_c(out, "</tbody>\n");
}

static void write_nodes(struct page *page, const struct chain_summary *chain) {
    part_section(page, "nodes", T(page, NODE_TABLE));
    html_write(
        page->out,
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"nodes\">"
        "<table class=\"nodes\"><thead><tr><th scope=\"col\">%z</th><th scope=\"col\">%z</th>"
        "<th scope=\"col\">%z</th><th scope=\"col\">%z</th></tr></thead>\n",
        T(page, NODE), T(page, WHO_OFFERS), T(page, MISSING), T(page, ALTERNATIVES));
    for (uint8_t stage = 0; stage < (uint8_t)CHAIN_STAGES; stage++)
        write_stage(page, chain, stage);
    buf_add_c(page->out, "</table></div>\n");
}

static void write_ecosystem(struct page *page, const struct chain_summary *chain, struct str code) {
    const struct chain_report *report = page->view->report;
    if (chain->ecosystems == 0)
        return;
    part_section(page, "ecosystem", T(page, ECOSYSTEM));
    html_write(page->out,
               "<p class=\"note\">%z <a href=\"%s/chains/%p/ecosystem\">%z</a></p>\n"
               "<ul class=\"plain columns\">\n",
               T(page, ECOSYSTEM_NOTE), page->base, code, T(page, ECOSYSTEM_PAGE));
    for (size_t i = 0; i < chain->ecosystems; i++) {
        uint32_t node = report->ecosystem[chain->ecosystem_first + i];
        uint32_t offers = chain_offers(&report->node[node]);
        buf_add_c(page->out, "<li>");
        part_node(page, node);
        buf_add_c(page->out, " <small>");
        html_write(page->out, offers > 0 ? T(page, OFFERED_BY) : part_nobody(page), offers);
        buf_add_c(page->out, "</small></li>\n");
    }
    buf_add_c(page->out, "</ul>\n");
}

enum err page_chain(struct page *page, struct errinfo *info) {
    uint32_t c = str_map_get(&page->view->chain_by_code, page->request->params[2]);
    if (c == MAP_NONE)
        return page_not_found(page, WORD_NO_CHAIN, info);
    const struct view_chain *chain = &page->view->chain[c];
    const struct chain_summary *summary = &page->view->report->chain[c];
    const struct crumb crumbs[] = {{STR("chains"), str_of(T(page, CHAINS))}};
    struct page_frame frame = {.description = PICK(page, chain, summary).text,
                               .section = SECTION_CHAINS,
                               .crumbs = crumbs,
                               .crumb_count = 1,
                               .with_script = true};
    page_title(page, &frame, chain->name_en, chain->name_zh);
    page_begin(page, &frame);
    html_write(page->out, "<p class=\"lead\">%t</p>\n", PICK(page, chain, summary));
    write_summary(page, summary);
    part_register(page);
    html_write(page->out, "<p class=\"skip-map\"><a href=\"#nodes\">%z</a></p>\n",
               T(page, MAP_SKIP));
    enum err e = chain_map_write(page, c, CHAIN_MAP_ON_PAGE, info);
    if (e != ERR_OK)
        return e;
    html_write(page->out,
               "<aside class=\"panel\" id=\"panel\" hidden tabindex=\"-1\" aria-label=\"%z\">"
               "<button type=\"button\">%z</button><div></div></aside>\n",
               T(page, PANEL_LABEL), T(page, PANEL_CLOSE));
    write_order(page, summary);
    write_nodes(page, summary);
    write_ecosystem(page, summary, chain->code);
    html_write(page->out,
               "<p><a href=\"%s/gaps#%p\">%z</a></p>\n"
               "<p class=\"note\">%z%z<a href=\"%s/chains/%p/map.svg\">%z</a>%z"
               "<a href=\"%s/chains/%p/embed\">%z</a></p>\n",
               page->base, chain->code, T(page, CHAIN_GAPS), T(page, USE_MAP), T(page, COLON),
               page->base, chain->code, T(page, USE_MAP_SVG), T(page, COMMA), page->base,
               chain->code, T(page, USE_MAP_EMBED));
    page_end(page);
    return ERR_OK;
}
