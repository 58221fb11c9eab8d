/*
 * What stands above the directory: the search box with its filters, the filters that are set, and
 * what to do when they leave nobody.
 */
#ifndef FAIRLEAD_SITE_DIRECTORY_FORM_H
#define FAIRLEAD_SITE_DIRECTORY_FORM_H

#include "site/listing.h"

/* A plain form (GET): each choice with the number of exhibitors that it leaves. */
enum err directory_form_write(struct page *page, const struct listing *listing,
                              struct errinfo *info) ERR_CHECK;

/* The filters that are set, each a link to the listing without it; nothing when none is. */
void directory_chips_write(struct page *page, const struct listing *listing);

/* A link to the search for the words of the filter, which looks at names alone; nothing without
 * words. */
void directory_search_write(struct page *page, const struct listing *listing);

/* Organisations that the search finds for the words, and which filter to drop, with what that
 * leaves. Errors of snapshot_search and view_search_find. */
enum err directory_empty_write(struct page *page, const struct listing *listing,
                               struct errinfo *info) ERR_CHECK;

#endif
