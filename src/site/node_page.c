/* A node of the catalogue at this edition: who offers and needs it, what it is made from. */
#include <stdio.h>

#include "engine/chain/chain_ask.h"
#include "model/kinds.h"
#include "site/pages.h"
#include "site/parts.h"

static const char *link_words(const struct page *page, uint8_t kind) {
    return kind == CHAIN_ESSENTIAL  ? T(page, LINK_ESSENTIAL)
           : kind == CHAIN_OPTIONAL ? T(page, LINK_OPTIONAL)
                                    : T(page, LINK_CAPITAL);
}

static void write_codes(struct page *page, const struct view_node *node) {
    struct buf *out = page->out;
    if (node->hs2022.len > 0)
        html_write(out, "HS 2022 %b", node->hs2022);
    if (node->cpc21.len > 0)
        html_write(out, "%zCPC 2.1 %b", node->hs2022.len > 0 ? ", " : "", node->cpc21);
    if (node->hs2022.len + node->cpc21.len == 0)
        html_write(out, "<span class=\"unknown\">%z</span>", T(page, NONE));
}

static void write_synonyms(struct buf *out, struct str synonyms, bool *first) {
    struct str one;
    while (synonyms.len > 0 && str_next(&synonyms, ";", &one)) {
        one = str_trim(one);
        if (one.len == 0)
            continue;
        html_write(out, *first ? "%b" : ", %b", one);
        *first = false;
    }
}

static void write_concentration(struct page *page, const struct chain_node *node) {
    char firm[16], country[16];
    if (chain_offers(node) == 0)
        return;
    snprintf(firm, sizeof(firm), "%.2f", node->hhi_firm);
    snprintf(country, sizeof(country), "%.2f", node->hhi_country);
    html_write(page->out, "<div><dt>%z</dt><dd>", T(page, CONCENTRATION));
    html_write(page->out, T(page, CONCENTRATION_IS), firm,
               node->hhi_country > 0 ? country : T(page, UNKNOWN));
    buf_add_c(page->out, "</dd></div>\n");
}

static void write_facts(struct page *page, uint32_t n) {
    const struct chain_report *report = page->view->report;
    const struct view_node *node = &page->view->node[n];
    struct chain_positions places = chain_places_of(report, n);
    struct buf *out = page->out;
    bool first = true;
    html_write(out, "<dl class=\"facts\">\n<div><dt>%z</dt><dd>%z</dd></div>\n<div><dt>%z</dt><dd>",
               T(page, NODE_KIND), part_kind(page, &kind_node, node->kind), T(page, NODE_CODES));
    write_codes(page, node);
    html_write(out, "</dd></div>\n<div><dt>%z</dt><dd>", T(page, NODE_CHAINS));
    for (size_t i = 0; i < places.count; i++) {
        buf_add_c(out, i > 0 ? "; " : "");
        part_chain(page, chain_of_place(report, places.at[i]));
        html_write(out, ", %z", part_stage(page, report->place[places.at[i]].stage));
    }
    if (places.count == 0)
        html_write(out, "<span class=\"unknown\">%z</span>", T(page, NONE));
    buf_add_c(out, "</dd></div>\n");
    if (node->synonyms_en.len + node->synonyms_zh.len > 0) {
        html_write(out, "<div><dt>%z</dt><dd>", T(page, SYNONYMS));
        write_synonyms(out, node->synonyms_en, &first);
        buf_add_c(out, "<span lang=\"zh\">");
        write_synonyms(out, node->synonyms_zh, &first);
        buf_add_c(out, "</span></dd></div>\n");
    }
    write_concentration(page, &report->node[n]);
    buf_add_c(out, "</dl>\n");
    part_gaps(page, &report->node[n]);
}

static void write_claims(struct page *page, const char *id, const char *heading,
                         const struct chain_table *table, uint32_t node, const char *nobody) {
    struct chain_row row = chain_row(table, node);
    part_section(page, id, heading);
    if (row.count == 0) {
        html_write(page->out, "<p>%z</p>\n", nobody);
        return;
    }
    buf_add_c(page->out, "<ul class=\"plain columns\">\n");
    for (size_t i = 0; i < row.count; i++) {
        buf_add_c(page->out, "<li>");
        part_exhibitor(page, row.at[i].of);
        html_write(page->out, " <small>%z</small></li>\n",
                   part_basis(page, (uint8_t)row.at[i].basis));
    }
    buf_add_c(page->out, "</ul>\n");
}

/* Inputs (`is_input`) or outputs of a node. */
static void write_links(struct page *page, uint32_t node, bool is_input) {
    const struct chain_report *report = page->view->report;
    const struct chain_graph *graph = report->input.graph;
    bool first = true;
    part_section(page, is_input ? "inputs" : "outputs",
                 is_input ? T(page, INPUTS) : T(page, OUTPUTS));
    for (uint32_t l = 0; l < graph->links; l++) {
        uint32_t self = is_input ? graph->output[l] : graph->input[l];
        uint32_t other = is_input ? graph->input[l] : graph->output[l];
        if (self != node)
            continue;
        buf_add_c(page->out, first ? "<ul class=\"plain\">\n" : "");
        first = false;
        uint32_t offers = chain_offers(&report->node[other]);
        buf_add_c(page->out, "<li>");
        part_node(page, other);
        html_write(page->out, " <small>%z · ", link_words(page, graph->kind[l]));
        html_write(page->out, offers > 0 ? T(page, OFFERED_BY) : part_nobody(page), offers);
        buf_add_c(page->out, "</small></li>\n");
    }
    if (first)
        html_write(page->out, "<p class=\"unknown\">%z</p>\n", T(page, NOT_LINKED));
    else
        buf_add_c(page->out, "</ul>\n");
}

static void write_alternatives(struct page *page, uint32_t node) {
    const struct view_node *nodes = page->view->node;
    struct chain_alternative at = {.node = 0};
    bool first = true;
    while (chain_next_alternative(page->view->report->input.graph, node, &at)) {
        if (first)
            part_section(page, "alternatives", T(page, ALTERNATIVES));
        buf_add_c(page->out, first ? "<ul class=\"plain\">\n<li>" : "<li>");
        first = false;
        part_node(page, at.node);
        buf_add_c(page->out, " <small>");
        html_write(page->out, T(page, INSTEAD_OF), PICK(page, &nodes[node], name).text,
                   PICK(page, &nodes[at.product], name).text);
        buf_add_c(page->out, "</small></li>\n");
    }
    buf_add_c(page->out, first ? "" : "</ul>\n");
}

enum err page_node(struct page *page, struct errinfo *info) {
    const struct view *view = page->view;
    uint32_t n = str_map_get(&view->node_by_code, page->request->params[2]);
    if (n == MAP_NONE)
        return page_not_found(page, WORD_NO_NODE, info);
    const struct view_node *node = &view->node[n];
    const struct crumb crumbs[] = {{STR("chains"), str_of(T(page, CHAINS))}};
    struct page_frame frame = {
        .description = page_text(page, T(page, NODE_DESCRIPTION), PICK(page, node, name).text,
                                 PICK(page, view_this_edition(view), name).text),
        .section = SECTION_CHAINS,
        .crumbs = crumbs,
        .crumb_count = 1,
    };
    page_title(page, &frame, node->name_en, node->name_zh);
    page_begin(page, &frame);
    write_facts(page, n);
    write_claims(page, "offered", T(page, WHO_OFFERS), &view->report->offers_by_node, n,
                 T(page, NOBODY_OFFERS));
    write_claims(page, "needed", T(page, WHO_NEEDS), &view->report->needs_by_node, n,
                 T(page, NOBODY_NEEDS));
    buf_add_c(page->out, "<div class=\"two\"><div>");
    write_links(page, n, true);
    buf_add_c(page->out, "</div><div>");
    write_links(page, n, false);
    buf_add_c(page->out, "</div></div>\n");
    write_alternatives(page, n);
    page_end(page);
    return ERR_OK;
}
