/*
 * A chain's map: three lanes of boxes, each a link, and the lines between them.
 */
#ifndef FAIRLEAD_SITE_CHAIN_MAP_H
#define FAIRLEAD_SITE_CHAIN_MAP_H

#include "site/page.h"

enum chain_map_form {
    CHAIN_MAP_ON_PAGE,  /* a box leads to "#row-CODE" of the table below */
    CHAIN_MAP_EMBEDDED, /* in others' pages: a box leads to the node's page */
};

/* Writes the map in a frame that scrolls, with its legend. Errors as of snapshot_map. */
enum err chain_map_write(struct page *page, uint32_t chain, enum chain_map_form form,
                         struct errinfo *info) ERR_CHECK;

/* Writes the map alone, as an SVG file with its own colours and whole addresses. */
enum err chain_map_write_file(struct page *page, uint32_t chain, struct errinfo *info) ERR_CHECK;

#endif
