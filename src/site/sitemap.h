/*
 * What crawlers read: robots.txt (RFC 9309) and site maps (sitemaps.org protocol 0.9).
 *
 * Site maps need whole addresses, so they exist only where the public address is known.
 */
#ifndef FAIRLEAD_SITE_SITEMAP_H
#define FAIRLEAD_SITE_SITEMAP_H

#include "site/page.h"

/* No filters and searches, whose combinations are endless, and where the index is. */
void sitemap_robots(struct buf *out, struct str origin);

/* One site map a language and edition of the view. */
void sitemap_index(struct buf *out, struct str origin, const struct view *view);

#endif
