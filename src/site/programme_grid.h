/*
 * The grid of a day: hours down, places or chains across, as a table that becomes a list on a
 * narrow screen.
 */
#ifndef FAIRLEAD_SITE_PROGRAMME_GRID_H
#define FAIRLEAD_SITE_PROGRAMME_GRID_H

#include "site/page.h"

/*
 * Writes the grid of `count` events that all have a beginning, in its order; nothing for none.
 * Events of one column that overlap share a cell, each with its own hours. O(count * columns +
 * count^2).
 */
enum err programme_grid(struct page *page, const uint32_t *entries, size_t count, bool by_chain,
                        struct errinfo *info) ERR_CHECK;

#endif
