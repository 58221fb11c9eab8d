/*
 * Days as people write them: "26–30 November 2024", "2024年11月26日至30日".
 *
 * Days come as YYYY-MM-DD; what is no such day is written as it is.
 */
#ifndef FAIRLEAD_SITE_DATES_H
#define FAIRLEAD_SITE_DATES_H

#include "site/page.h"

/* A day, or a span of days, in the page's language as plain text of the request's arena. An empty
 * last day, or one equal to the first, is one day. */
struct str dates_text(struct page *page, struct str first, struct str last);

/* The same as HTML, with the machine's form beside it (<time>); nothing for an empty first day. */
void dates_write(struct page *page, struct str first, struct str last);

#endif
