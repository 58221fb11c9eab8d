/*
 * A page in work: where it is written, what it draws from, and the frame around it.
 *
 * A page function opens the frame with page_begin, writes its content with html_write, and closes
 * with page_end. Everything a page shows comes from one snapshot.
 */
#ifndef FAIRLEAD_SITE_PAGE_H
#define FAIRLEAD_SITE_PAGE_H

#include "http/http.h"
#include "service/snapshot.h"
#include "site/html.h"
#include "site/words.h"

struct page {
    struct buf *out;
    const struct http_request *request;
    struct snapshot *snapshot;
    const struct view *view;    /* NULL on an error page without an edition */
    struct arena *arena;        /* the request's */
    struct str here;            /* path of the page below its edition, encoded: "chains/x" */
    const char *style, *script; /* addresses of the assets */
};

struct crumb {
    struct str path; /* below the edition, encoded; ptr NULL = the page itself */
    struct str name;
};

enum page_section {
    SECTION_NONE,
    SECTION_HOME,
    SECTION_CHAINS,
    SECTION_EXHIBITORS,
    SECTION_SCENARIOS,
    SECTION_GAPS
};

struct page_frame {
    struct str title;       /* plain text; also the heading */
    struct str title_zh;    /* beside it, may be empty */
    struct str description; /* one or two sentences, plain text */
    enum page_section section;
    const struct crumb *crumbs; /* between the overview and the page */
    size_t crumb_count;
    bool with_script; /* the page has a map */
};

void page_begin(struct page *page, const struct page_frame *frame);
void page_end(struct page *page);

/* The code of the page's edition, the first segment of its addresses. */
static inline struct str page_edition(const struct page *page) {
    return view_this_edition(page->view)->code;
}

#endif
