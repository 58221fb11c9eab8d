/*
 * The public site: pages of an edition, its chains, exhibitors and gaps, drawn on the server.
 *
 * A site draws every page from the snapshot of an edition (service/snapshot.h): HTML and SVG that
 * work without script. Addresses begin with the language and the edition, for example
 * /zh/2024/chains/clean-energy; "/", "/zh" and "/2024" lead to the current edition and to the
 * language that the browser prefers. Pages depend on their address and the data alone, so that the
 * server keeps them (http/http.h).
 *
 * Life cycle: site_new, http_server_new with the site's routes and site_error_page, serve,
 * http_server_free, site_free.
 * Thread rule: pages may be drawn on any number of threads at once.
 */
#ifndef FAIRLEAD_SITE_SITE_H
#define FAIRLEAD_SITE_SITE_H

#include "http/http.h"
#include "service/snapshot.h"

struct site;

struct site_options {
    struct snapshots *snapshots; /* outlive the site */
    /* The address visitors use, "https://expo.example", for search engines and printed codes;
     * NULL = not known: links are then relative and no code is printed. */
    const char *origin;
};

/* Loads the current edition, so that what is wrong shows before serving starts. ERR_INPUT for an
 * origin that is none; else errors as of snapshots_get. */
enum err site_new(const struct site_options *options, struct site **out,
                  struct errinfo *info) ERR_CHECK;

/* After the server has stopped. NULL is allowed. */
void site_free(struct site *site);

/* The table of pages and assets; lives as long as the site. */
const struct http_route *site_routes(const struct site *site, size_t *count);

/* For http_options; `ctx` is the site: draws errors as pages, and tells when pages have changed.
 * The pages of refusals know nothing of the data, so that they are cheap. */
http_error_page site_error_page;
http_refusal site_refusal;
http_generation site_generation;

#endif
