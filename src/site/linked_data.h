/*
 * Linked data for search engines: schema.org in JSON-LD 1.1 (W3C), one block in the head of a page.
 *
 * The graph holds the way to the page (BreadcrumbList) and what the page is about (the frame's
 * thing). Addresses are absolute where the public address is known.
 */
#ifndef FAIRLEAD_SITE_LINKED_DATA_H
#define FAIRLEAD_SITE_LINKED_DATA_H

#include "site/page.h"

/* Writes the block into the head of the page. */
void linked_data_write(struct page *page, const struct page_frame *frame);

/* Members of a thing: "@type", and an address below the page's edition and language. */
void linked_data_type(struct json_out *json, const char *type);
void linked_data_address(struct page *page, struct json_out *json, const char *key,
                         struct str path);

/* The edition as an Event with its Place; `what` is a struct view_edition. */
page_thing linked_data_edition;

/* An organisation; `what` is a struct view_organisation. */
page_thing linked_data_organisation;

#endif
