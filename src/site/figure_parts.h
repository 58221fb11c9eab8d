/*
 * How a published figure is shown: its name, its value, where it comes from.
 */
#ifndef FAIRLEAD_SITE_FIGURE_PARTS_H
#define FAIRLEAD_SITE_FIGURE_PARTS_H

#include "site/page.h"

/* The name of a figure's code in the page's language; the code itself where there is none. */
struct str figure_name(struct page *page, struct str code);

/* "over 100,000 m²" */
void figure_value(struct page *page, const struct view_figure *figure);

/* State, day, what it counts and source, small. */
void figure_origin(struct page *page, const struct view_figure *figure);

#endif
