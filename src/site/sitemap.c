/* What crawlers read: see sitemap.h. */
#include "site/sitemap.h"

#include "site/pages.h"
#include "site/pavilion_parts.h"

enum { ADDRESSES_MAX = 50000 }; /* in one file, by the protocol */

#define NAMESPACE "http://www.sitemaps.org/schemas/sitemap/0.9"

void sitemap_robots(struct buf *out, struct str origin) {
    buf_add_c(out, "User-agent: *\nDisallow: /*?\nDisallow: /api/\n");
    if (origin.len > 0)
        html_write(out, "Sitemap: %s/sitemap.xml\n", origin);
}

void sitemap_index(struct buf *out, struct str origin, const struct view *view) {
    buf_add_c(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sitemapindex xmlns=\"" NAMESPACE
                   "\">\n");
    for (uint32_t i = 0; i < view->editions; i++)
        for (enum lang lang = 0; lang < LANGS; lang++)
            html_write(out, "<sitemap><loc>%s/%z/%p/sitemap.xml</loc></sitemap>\n", origin,
                       lang_code(lang), view->edition[i].code);
    buf_add_c(out, "</sitemapindex>\n");
}

struct listing {
    struct page *page;
    uint32_t left;
};

/* `path` is encoded, below the edition. */
static void add(struct listing *l, struct str path) {
    if (l->left == 0)
        return;
    l->left--;
    html_write(l->page->out, "<url><loc>%s%s/%s</loc></url>\n", l->page->origin, l->page->base,
               path);
}

static void add_numbered(struct listing *l, const char *folder, int64_t id) {
    add(l, arena_printf(l->page->arena, "%s/%lld", folder, (long long)id));
}

static void add_coded(struct listing *l, const char *folder, struct str code) {
    add(l, page_text(l->page, "%z/%p", folder, code));
}

enum err page_sitemap(struct page *page, struct errinfo *info) {
    static const char *const sections[] = {"",          "chains",    "exhibitors",
                                           "exhibits",  "pavilions", "programme",
                                           "scenarios", "figures",   "gaps"};
    const struct view *view = page->view;
    struct listing l = {page, ADDRESSES_MAX};
    if (page->origin.len == 0)
        return err_set(info, ERR_NOT_FOUND, "the public address of this site is not set");
    buf_add_c(page->out,
              "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"" NAMESPACE "\">\n");
    for (size_t i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
        add(&l, str_of(sections[i]));
    for (uint32_t i = 0; i < view->pavilions; i++)
        add_coded(&l, "pavilions", pavilion_key(page, i));
    for (uint32_t i = 0; i < view->programmes; i++)
        add_coded(&l, "programme", view->programme[i].code);
    for (uint32_t c = 0; c < view->chains; c++)
        add_coded(&l, "chains", view->chain[c].code);
    for (uint32_t s = 0; s < view->scenarios; s++)
        add_coded(&l, "scenarios", view->scenario[s].code);
    for (uint32_t e = 0; e < view->exhibitors; e++)
        add_numbered(&l, "exhibitors", view_organisation_of(view, e)->id);
    for (uint32_t n = 0; n < view->nodes; n++)
        add_coded(&l, "nodes", view->node[n].code);
    buf_add_c(page->out, "</urlset>\n");
    return ERR_OK;
}
