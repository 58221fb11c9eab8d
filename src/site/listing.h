/*
 * A listing: what a request to the directory asks for and the exhibitors that it finds.
 *
 * A listing has one address: its filters in one order, nothing empty. A form sends empty fields,
 * and people write filters in any order: listing_query is the address to go to.
 *
 * Ownership: all of it lives in the request's arena. Thread rule: one request, one thread.
 */
#ifndef FAIRLEAD_SITE_LISTING_H
#define FAIRLEAD_SITE_LISTING_H

#include "service/directory_facets.h"
#include "site/page.h"

enum { LISTING_PAGE_SIZE = 100 };

/* What a listing reads of a query, in the order of its address: the names of the directory's keys
 * (a test compares them), grouping and page. */
#define LISTING_QUERY "chain stage node country region size area type seen lead pavilion q by page"

struct listing {
    const struct directory *directory;
    struct str value[DIRECTORY_KEYS]; /* as asked; empty = not asked */
    struct directory_filter filter;
    struct directory_facets facets;
    bool is_filtered;
    bool by_area;    /* grouped by area instead of by letter */
    uint32_t *found; /* [count] exhibitors, in the order shown */
    uint32_t count;
    uint32_t page;  /* from 1 */
    uint32_t pages; /* at least 1 */
};

/*
 * Reads the request's query. ERR_NOT_FOUND in the page's language for what the edition does not
 * have and for a page after the last; ERR_LIMIT for too many words; ERR_MEMORY.
 */
enum err listing_read(struct page *page, struct listing *out, struct errinfo *info) ERR_CHECK;

/* The query of the listing without a key (DIRECTORY_KEYS = with all), on a page: "?chain=x&page=2",
 * not escaped for HTML. */
struct str listing_query(struct page *page, const struct listing *listing,
                         enum directory_key without, uint32_t page_number);

/* The heading of a key and the name of the value that is asked for. */
const char *listing_key_name(const struct page *page, enum directory_key key);
struct lang_text listing_value_name(struct page *page, const struct listing *listing,
                                    enum directory_key key);

/* ---- choices ---- */

struct listing_choice {
    struct lang_text name;
    struct str value;
    uint32_t count; /* exhibitors that choosing it leaves */
};

/* The values of a key, in no order; DIRECTORY_WORDS has none. */
uint32_t listing_choices(const struct view *view, enum directory_key key);
struct listing_choice listing_choice(struct page *page, const struct listing *listing,
                                     enum directory_key key, uint32_t index);

#endif
