/*
 * An exhibitor in the chains: its small map with the lists beside it, what it offers and needs, and
 * who offers the same.
 */
#ifndef FAIRLEAD_SITE_EXHIBITOR_CHAIN_H
#define FAIRLEAD_SITE_EXHIBITOR_CHAIN_H

#include "site/page.h"

/* The map and its lists; nothing for an exhibitor that neither offers a node nor says it needs one.
 */
enum err exhibitor_place_write(struct page *page, uint32_t exhibitor,
                               struct errinfo *info) ERR_CHECK;

/* What it offers, then what it needs: its own words first, what follows folded. */
void exhibitor_claims_write(struct page *page, uint32_t exhibitor);

/* Other exhibitors by node that both offer. */
void exhibitor_same_write(struct page *page, uint32_t exhibitor);

#endif
