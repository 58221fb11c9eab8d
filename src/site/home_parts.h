/*
 * Sections of the overview. Each writes nothing when there is nothing to tell.
 */
#ifndef FAIRLEAD_SITE_HOME_PARTS_H
#define FAIRLEAD_SITE_HOME_PARTS_H

#include "site/page.h"

/* The figures that tell the size of the edition: of each one publication leads, with its state,
 * day, definition and source; those that say otherwise are folded beneath it. */
void home_figures_write(struct page *page);

/* New areas, first showings, and exhibitors that no earlier register knows. */
void home_news_write(struct page *page);

/* Guest country and guest province of honour, and who else has a pavilion. */
void home_guests_write(struct page *page);

/* The dates of the edition that everybody asks for. */
void home_programme_write(struct page *page);

#endif
