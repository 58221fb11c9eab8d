/* The ecosystem of a chain: the services around it, what each serves, and who offers it. */
#include "site/pages.h"
#include "site/parts.h"

enum { EXHIBITORS_A_SERVICE = 20, SERVED_A_SERVICE = 6 };

/* The nodes of the chain that a service goes into by a link of the catalogue. */
static void write_served(struct page *page, uint32_t chain, uint32_t service) {
    const struct chain_report *report = page->view->report;
    const struct chain_graph *graph = report->input.graph;
    uint32_t served = 0;
    for (uint32_t l = 0; l < graph->links; l++) {
        if (graph->input[l] != service || !part_stands_in(page, graph->output[l], chain))
            continue;
        if (++served > SERVED_A_SERVICE)
            continue;
        if (served == 1)
            html_write(page->out, "<p class=\"note\">%z%z", T(page, SERVES), T(page, COLON));
        else
            buf_add_c(page->out, T(page, COMMA));
        part_node(page, graph->output[l]);
    }
    if (served > SERVED_A_SERVICE) {
        buf_add_char(page->out, ' ');
        html_write(page->out, T(page, AND_MORE), served - SERVED_A_SERVICE);
    }
    buf_add_c(page->out, served > 0 ? "</p>\n" : "");
}

static void write_service(struct page *page, uint32_t chain, uint32_t service) {
    const struct chain_report *report = page->view->report;
    struct chain_row offers = chain_row(&report->offers_by_node, service);
    buf_add_c(page->out, "<li class=\"card\"><h3>");
    part_node(page, service);
    part_beside(page, page->view->node[service].name_en, page->view->node[service].name_zh);
    buf_add_c(page->out, "</h3>\n");
    if (offers.count > 0) {
        buf_add_c(page->out, "<p>");
        part_exhibitor_list(page, offers, EXHIBITORS_A_SERVICE);
        buf_add_c(page->out, "</p>\n");
    }
    part_gaps(page, &report->node[service]);
    write_served(page, chain, service);
    buf_add_c(page->out, "</li>\n");
}

/* The services of the chain itself (`is_inside`), or those that links of the catalogue join. */
static void write_services(struct page *page, uint32_t chain, bool is_inside) {
    const struct chain_summary *summary = &page->view->report->chain[chain];
    bool first = true;
    for (size_t i = 0; i < summary->ecosystems; i++) {
        uint32_t service = page->view->report->ecosystem[summary->ecosystem_first + i];
        if (part_stands_in(page, service, chain) != is_inside)
            continue;
        if (first) {
            part_section(page, is_inside ? "inside" : "around",
                         is_inside ? T(page, SERVICES_INSIDE) : T(page, SERVICES_AROUND));
            buf_add_c(page->out, "<ul class=\"cards\">\n");
        }
        first = false;
        write_service(page, chain, service);
    }
    buf_add_c(page->out, first ? "" : "</ul>\n");
}

static uint32_t count_offered(const struct chain_report *report,
                              const struct chain_summary *summary) {
    uint32_t offered = 0;
    for (size_t i = 0; i < summary->ecosystems; i++)
        offered += chain_offers(&report->node[report->ecosystem[summary->ecosystem_first + i]]) > 0;
    return offered;
}

enum err page_ecosystem(struct page *page, struct errinfo *info) {
    uint32_t c = str_map_get(&page->view->chain_by_code, page->request->params[2]);
    if (c == MAP_NONE)
        return page_not_found(page, WORD_NO_CHAIN, info);
    const struct view_chain *chain = &page->view->chain[c];
    const struct chain_summary *summary = &page->view->report->chain[c];
    const struct crumb crumbs[] = {
        {STR("chains"), str_of(T(page, CHAINS))},
        {page_text(page, "chains/%p", chain->code), PICK(page, chain, name).text}};
    const struct page_frame frame = {
        .title = page_word(page, WORD_ECOSYSTEM),
        .description =
            page_text(page, "%z%z%t", T(page, ECOSYSTEM), T(page, COLON), PICK(page, chain, name)),
        .section = SECTION_CHAINS,
        .crumbs = crumbs,
        .crumb_count = 2};
    page_begin(page, &frame);
    buf_add_c(page->out, "<p class=\"lead\">");
    html_write(page->out, T(page, ECOSYSTEM_LEAD), PICK(page, chain, name).text);
    buf_add_c(page->out, "</p>\n<p>");
    html_write(page->out, T(page, ECOSYSTEM_COUNT), count_offered(page->view->report, summary),
               (uint32_t)summary->ecosystems);
    buf_add_c(page->out, "</p>\n");
    part_register(page);
    write_services(page, c, true);
    write_services(page, c, false);
    page_end(page);
    return ERR_OK;
}
