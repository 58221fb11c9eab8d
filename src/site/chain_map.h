/*
 * A chain's map as SVG: three lanes of boxes, each a link, and the lines between them.
 */
#ifndef FAIRLEAD_SITE_CHAIN_MAP_H
#define FAIRLEAD_SITE_CHAIN_MAP_H

#include "site/page.h"

/* Writes the map with its legend. A box leads to "#row-CODE" of the table below it. */
enum err chain_map_write(struct page *page, uint32_t chain, struct errinfo *info) ERR_CHECK;

#endif
