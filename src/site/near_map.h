/*
 * The small map of an exhibitor: what it offers in the middle, what that is made from on the left,
 * what it goes into on the right, with who stands there; and the same in words beside it.
 */
#ifndef FAIRLEAD_SITE_NEAR_MAP_H
#define FAIRLEAD_SITE_NEAR_MAP_H

#include "service/neighbourhood.h"
#include "site/page.h"

enum { NEAR_BOXES_MAX = 12 }; /* of a column; the rest is only counted */

/* An SVG that fits a phone unscaled: three columns, 360 units wide. */
void near_map_write(struct page *page, const struct neighbourhood *near);

/* A side in words: each node with its firms, then the nodes where nobody stands. */
void near_list_write(struct page *page, const struct neighbourhood *near, bool is_down);

#endif
