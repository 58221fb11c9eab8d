/*
 * What pages show of pavilions: links, pictures, events.
 *
 * A pavilion is found under the code of its country or province in small letters ("hu", "cn-hb")
 * where no other pavilion of the edition has the code, else under its number.
 */
#ifndef FAIRLEAD_SITE_PAVILION_PARTS_H
#define FAIRLEAD_SITE_PAVILION_PARTS_H

#include "site/page.h"

/* The last segment of a pavilion's address, in the request's arena. */
struct str pavilion_key(struct page *page, uint32_t pavilion);

/* The pavilion that a segment names: code in any case, or number; VIEW_NONE. */
uint32_t pavilion_of_key(struct page *page, struct str key);

/* A link to a pavilion by its name. */
void pavilion_link(struct page *page, uint32_t pavilion);

/* A picture with its sides, so that nothing moves when it comes; `lazy` where it is far down. */
void pavilion_picture(struct page *page, const struct view_picture *picture, bool lazy);

#endif
