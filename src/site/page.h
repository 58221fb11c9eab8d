/*
 * A page in work: where it is written, what it draws from, and the frame around it.
 *
 * A page function opens the frame with page_begin, writes its content with html_write, and closes
 * with page_end. Everything a page shows comes from one snapshot and is said in one language.
 */
#ifndef FAIRLEAD_SITE_PAGE_H
#define FAIRLEAD_SITE_PAGE_H

#include "base/json.h"
#include "http/http.h"
#include "service/snapshot.h"
#include "site/html.h"
#include "site/words.h"

struct page_frame;

struct page {
    struct buf *out;
    const struct http_request *request;
    struct snapshot *snapshot;
    const struct view *view; /* NULL on an error page without an edition */
    struct arena *arena;     /* the request's */
    enum lang lang;
    struct str base;   /* of the addresses of this edition and language: "/en/2024" */
    struct str here;   /* path of the page below it, encoded: "chains/x" */
    struct str query;  /* "?country=DE", encoded, or empty */
    struct str origin; /* public address, "https://expo.example"; empty = not known */
    /* Addresses of the assets: the style sheet, the scripts of maps and of the search box. */
    const char *style, *script, *find_script;
    const struct page_frame *frame; /* set by page_begin */
    struct str go_to;               /* set by a page: where to go instead, encoded */
};

struct crumb {
    struct str path; /* below the edition, encoded */
    struct str name;
};

enum page_section {
    SECTION_NONE,
    SECTION_HOME,
    SECTION_CHAINS,
    SECTION_EXHIBITORS,
    SECTION_SCENARIOS,
    SECTION_EXHIBITS,
    SECTION_PAVILIONS,
    SECTION_PROGRAMME,
    SECTION_FIGURES,
    SECTION_GAPS
};

/* Writes one schema.org thing about `what` (the frame's `thing_of`) as a JSON object. */
typedef void page_thing(struct page *page, struct json_out *json, const void *what);

struct page_frame {
    struct lang_text title;  /* plain text; also the heading */
    struct lang_text beside; /* the same name in the other language; may be empty */
    struct str description;  /* one or two sentences, plain text */
    struct str query;        /* what of the query belongs to the page's address: "?page=2" */
    enum page_section section;
    struct str
        elsewhere; /* path in other editions of what only this one has; empty = the page's own */
    const struct crumb *crumbs; /* between the overview and the page */
    size_t crumb_count;
    page_thing *thing; /* what the page is about, for search engines, or NULL */
    const void *thing_of;
    bool with_script; /* the page has a map */
    bool with_query;  /* the search box keeps what was asked */
    bool no_index;    /* one of endless many: search engines should leave it out */
    bool is_embedded; /* inside another site: content alone */
};

/* The frame is borrowed until page_end. */
void page_begin(struct page *page, const struct page_frame *frame);
void page_end(struct page *page);

/* Title and the name beside it from the two names of a record. */
void page_title(const struct page *page, struct page_frame *frame, struct str en, struct str zh);

/* A word of the site as a title or text in the page's language. */
static inline struct lang_text page_word(const struct page *page, enum site_word word) {
    return (struct lang_text){str_of(site_word(page->lang, word)), page->lang, false};
}

/* The text of a record in the page's language, else in the other, marked. */
#define PICK(page, record, field) LANG_PICK((page)->lang, record, field)

/* Plain text made with html_write_plain's marks, in the request's arena; empty without memory. */
#define PAGE_TEXT_MAX 4096
struct str page_text(struct page *page, const char *template, ...);

/* ERR_NOT_FOUND said in the page's language. */
enum err page_not_found(const struct page *page, enum site_word word,
                        struct errinfo *info) ERR_CHECK;

#endif
