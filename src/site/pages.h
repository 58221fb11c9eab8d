/*
 * The pages: each draws one address of an edition. The page's snapshot is set; its tag is not.
 *
 * Errors: ERR_NOT_FOUND when what the address names does not exist; ERR_MEMORY. What was written
 * before an error is thrown away.
 */
#ifndef FAIRLEAD_SITE_PAGES_H
#define FAIRLEAD_SITE_PAGES_H

#include "site/page.h"

typedef enum err page_draw(struct page *page, struct errinfo *info);

page_draw page_home, page_chains, page_chain, page_ecosystem, page_chain_embed, page_chain_svg,
    page_exhibitors, page_exhibitor, page_node, page_gaps, page_scenarios, page_scenario,
    page_exhibits, page_figures, page_search, page_suggest, page_pavilions, page_pavilion,
    page_programme, page_programme_embed, page_event, page_sitemap;

/* Files beside a page, of their own content type. */
page_draw page_programme_ics, page_chain_ics, page_event_ics, page_card, page_exhibitors_csv;

/* The picture of a chain on its card, and the same in words. */
void page_chain_picture(struct page *page, uint32_t chain);
void page_chain_stages(struct page *page, uint32_t chain);

#endif
